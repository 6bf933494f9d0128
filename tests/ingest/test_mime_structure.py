"""Parts: which text is the body, what is attached, and what broken structure costs (mail.md, "Parsing")."""

from __future__ import annotations

import base64
import binascii
import hashlib
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcrm.adapters.mime import Mime
from mailcrm.domain.errors import ParseError
from mailcrm.domain.message import ParsedMail
from mailcrm.ingest.reading import read_mail

PDF = b"%PDF-1.4 " + bytes(range(256)) * 4


def read(text: str) -> ParsedMail:
    return Mime().parse(text.replace("\n", "\r\n").encode())


def parts(kind: str, *bodies: str, closing: str = "--b--\n") -> str:
    return (
        f"Content-Type: multipart/{kind}; boundary=b\n\npreamble\n"
        + "".join(f"--b\n{body}\n" for body in bodies)
        + closing
    )


PLAIN = "Content-Type: text/plain\n\nplain words"
HTML = "Content-Type: text/html\n\n<p>rich words</p>"
FILE = (
    f"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n{base64.b64encode(PDF).decode()}"
)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (parts("alternative", PLAIN, HTML), "plain words"),
        (parts("alternative", HTML), "rich words"),
        (parts("alternative", "Content-Type: text/plain\n\n \n", HTML), "rich words"),
        (parts("alternative", "Content-Type: text/plain\n\nThis is an HTML email.", HTML), "This is an HTML email."),
        (parts("alternative", "Content-Type: text/plain\n\nThis is an HTML email.", HTML + "<br>" * 99), "rich words"),
        (parts("mixed", PLAIN, HTML, FILE), "plain words\n\nrich words"),
        (parts("mixed", PLAIN, "Content-Type: text/plain\n\nfooter"), "plain words\n\nfooter"),
        (parts("mixed", PLAIN, "Content-Type: text/plain\nContent-Disposition: attachment; filename=n.txt\n\nnote"), "plain words"),
        (parts("mixed", PLAIN, "Content-Type: text/plain; name=n.txt\n\nnote"), "plain words"),
        (parts("mixed", "Content-Type: text/plain; name=n.txt\n\nthe text itself"), "the text itself"),
        (parts("mixed", PLAIN, "Content-Type: text/csv\n\na;b"), "plain words"),
        (parts("mixed", "\nno header at all"), "no header at all"),
        (parts("mixed", PLAIN, closing=""), "plain words"),
        (parts("related", HTML, "Content-Type: image/png\nContent-ID: <i>\n\nx"), "rich words"),
        (parts("mixed", "Content-Type: multipart/alternative; boundary=c\n\n--c\n" + PLAIN + "\n--c\n" + HTML + "\n--c--\n", FILE), "plain words"),
        (parts("mixed", "Content-Type: multipart/alternative; boundary=c\n\n--c\n" + PLAIN, FILE), "plain words"),
        (parts("mixed", "Content-Type: multipart/mixed; boundary=b\n\n", PLAIN), "plain words"),
        ("Content-Type: multipart/mixed\n\nno boundary named", "no boundary named"),
        ("Content-Type: multipart/mixed; boundary=wrong\n\n--right\nContent-Type: text/plain\n\nfound\n--right--\n", "found"),
        ("Content-Type: text\n\nwords", "words"),
        ("Content-Type: what is this\n\nwords", "words"),
        ("Content-Transfer-Encoding: whatever\n\nwords", "words"),
        ("Content-Transfer-Encoding: quoted-printable\n\na=3Db=\nc =ZZ", "a=bc =ZZ"),
        ("Content-Transfer-Encoding: base64\n\naGVsbG8", "hello"),
        ("Content-Transfer-Encoding: base64\n\naGVs\n bG8=\nd29ybGQ=", "helloworld"),
        ("Content-Transfer-Encoding: base64\n\naGVsbG8=\n-- \nlist footer, see below", "hello"),
        ("Content-Transfer-Encoding: base64\n\nThis was never encoded at all, it is plain text that someone labelled wrongly, as you can see here.",
         "This was never encoded at all, it is plain text that someone labelled wrongly, as you can see here."),
        ("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a.txt\n%:&5L;&\\ \n`\nend", "hello"),
    ],
)  # fmt: skip
def test_the_body(text: str, body: str) -> None:
    assert read(text).body == body


def test_an_attached_mail_is_an_attachment_of_its_own() -> None:
    inner = "Content-Type: message/rfc822\n\nSubject: inner\nFrom: x@y.example\n\ninner words"
    mail = read(parts("mixed", PLAIN, inner))
    assert mail.body == "plain words"
    assert [(one.content_type, one.safe_filename) for one in mail.attachments] == [("message/rfc822", "message.eml")]


def test_a_report_and_the_returned_original_are_no_attachments() -> None:
    status = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nAction: failed"
    original = "Content-Type: message/rfc822\n\nMessage-ID: <1@a>\n\nwords"
    mail = read(parts("report", PLAIN, status, original, FILE))
    assert [one.filename for one in mail.attachments] == ["a.pdf"]


def test_attachments_are_hashed_sized_and_read_again() -> None:
    mail_text = parts("mixed", PLAIN, FILE)
    raw = mail_text.replace("\n", "\r\n").encode()
    (one,) = Mime().parse(raw).attachments
    assert (one.size, one.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert Mime().part_bytes(raw, 0) == PDF
    with pytest.raises(IndexError):
        Mime().part_bytes(raw, 1)


def test_parts_are_offsets_into_the_raw_mail() -> None:
    raw = parts("mixed", PLAIN, FILE).encode()
    mail = Mime().parse(raw)
    assert raw[mail.parts[0].start : mail.parts[0].end] == b"plain words"
    assert binascii.a2b_base64(raw[mail.parts[1].start : mail.parts[1].end]) == PDF


def test_inline_pictures_are_marked() -> None:
    picture = "Content-Type: image/png; name=logo.png\nContent-ID: <logo>\nContent-Disposition: inline\n\nx"
    assert [one.inline for one in read(parts("related", HTML, picture)).attachments] == [True]


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"  \n\x00\n"])
def test_nothing_at_all_is_a_parse_error(raw: bytes) -> None:
    with pytest.raises(ParseError):
        Mime().parse(raw)


def leaves(message: Message) -> list[tuple[str, bytes]]:
    """What the standard library's compat32 finds: the reference."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        data = message.get_payload(decode=True)
        return [(message.get_content_type(), data if isinstance(data, bytes) else b"")]
    payload = message.get_payload()
    assert isinstance(payload, list)
    return [leaf for part in payload if isinstance(part, Message) for leaf in leaves(part)]


def ours(raw: bytes) -> list[tuple[str, bytes]]:
    found = []
    for part in Mime().parse(raw).parts:
        data = raw[part.start : part.end]
        if part.encoding == "base64":
            data = binascii.a2b_base64(data)
        elif part.encoding == "quoted-printable":
            data = binascii.a2b_qp(data)
        found.append((part.content_type, b"" if part.content_type == "message/rfc822" else data))
    return found


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)


@st.composite
def mails(draw: st.DrawFn) -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP.clone(max_line_length=76))
    mail["From"] = "a@b.example"
    mail["Subject"] = draw(WORDS).strip() or "x"
    mail.set_content(draw(WORDS), cte=draw(st.sampled_from(["8bit", "quoted-printable", "base64"])))
    if draw(st.booleans()):
        mail.add_alternative(draw(WORDS), subtype="html", cte="base64")
    for _ in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            mail.add_attachment(draw(st.binary(max_size=200)), maintype="application", subtype="pdf", filename="a.pdf")
        else:
            inner = EmailMessage()
            inner.set_content(draw(WORDS), cte="base64")
            mail.add_attachment(inner)
    return mail


@settings(max_examples=150, deadline=None)
@given(mails())
def test_parts_equal_the_reference(mail: EmailMessage) -> None:
    raw = mail.as_bytes()
    reference = message_from_bytes(raw, policy=policy.compat32)
    assert ours(raw) == [(kind, b"" if kind == "message/rfc822" else data) for kind, data in leaves(reference)]


@settings(max_examples=150, deadline=None)
@given(mails())
def test_subjects_equal_what_was_written(mail: EmailMessage) -> None:
    assert Mime().parse(mail.as_bytes()).subject.split() == str(mail["Subject"]).split()


def test_a_file_that_lies_elsewhere_is_told_where() -> None:
    raw = (
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\n"
        b'Content-Type: message/external-body; access-type=URL; URL="https://files.example/list.pdf"\n\n'
        b"Content-Type: application/pdf\nContent-ID: <1@b.example>\n\nThe list of May.\n--b--\n"
    )
    got = Mime().parse(raw)
    assert got.body == "See below.\n\naccess-type=URL; url=https://files.example/list.pdf\nThe list of May."
    assert got.attachments == ()


@pytest.mark.parametrize(
    ("types", "content", "body"),
    [
        (("multipart/mixed; boundary=b", "text/plain"), "--b\n\nwords\n--b--\n", "words"),
        (("text/plain", "multipart/mixed; boundary=b"), "\n--b\n\nwords\n", "words"),
        (("multipart/mixed; boundary=b", "text/plain"), "A preamble.\n--b\n\nwords\n--b--\n", "words"),
        (("multipart/mixed; boundary=b", "text/plain"), "My words.\n\n--b\nmore\n", "My words.\n\n--b\nmore"),
        (("text/html", "text/plain"), "<p>words</p>\n", "words"),
        (("text/plain", "text/html"), "a < b\n", "a < b"),
    ],
)
def test_of_two_content_types_the_one_that_the_body_bears_out_counts(
    types: tuple[str, str], content: str, body: str
) -> None:
    head = "".join(f"Content-Type: {kind}\n" for kind in types)
    got = read(f"From: a@b.example\n{head}\n{content}")
    assert got.body == body
    assert "duplicate_content_type" in got.defects


def test_a_piece_of_a_cut_mail_is_read() -> None:
    got = read(
        'From: a@b.example\nContent-Type: message/partial; id="1@b.example"; number=2; total=3\n\nand the rest.\n'
    )
    assert got.body == "and the rest."
    assert got.attachments == ()


def test_a_body_is_as_it_was_sent_and_judged_without_nul() -> None:
    got = read_mail(Mime(), b"From: a@b.example\nSubject: Offer\n\nPlease qu\0ote 500 pcs.\n")
    assert got.mail.body == "Please qu\0ote 500 pcs."
    assert got.reply == "Please quote 500 pcs."
    assert "nul" in got.mail.defects
