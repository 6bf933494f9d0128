"""A mail in bytes: what was meant arrives in any reader, and nothing that was not meant."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import ComposeError
from mailcrm.domain.message import Address, ParsedMail
from mailcrm.outbox.compose import (
    Composed,
    Draft,
    OutgoingFile,
    attribution,
    compose,
    quoted,
    reference_chain,
    reply_recipients,
    reply_subject,
)

REP = Address("Li Lei", "rep@ningbo.example")
ANNA = Address("Anna Berg", "anna@hamburg.example")
BOSS = Address("", "boss@hamburg.example")
MANAGER = Address("", "manager@ningbo.example")
WHEN = datetime(2026, 11, 25, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DRAFT = Draft(
    from_=REP, to=(ANNA,), subject="Re: Inquiry", body="Dear Anna,\n\nUSD 1.20.\n", date=WHEN, token="t0k3n-0001"
)

SCRIPTS = {
    "English": "Best regards",
    "German": "Größe, Maß und Grüße",
    "Spanish": "¿Cuándo llegará la muestra?",
    "Chinese": "请尽快报价，谢谢！",
    "Japanese": "お見積もりをお願いします",
    "Korean": "견적을 부탁드립니다",
    "Russian": "Пришлите, пожалуйста, прайс-лист",
    "Greek": "Παρακαλώ στείλτε τιμές",
    "Arabic": "أرسلوا لنا عرض الأسعار",
    "Hebrew": "אנא שלחו הצעת מחיר",
    "Hindi": "कृपया मूल्य भेजें",
    "Thai": "กรุณาส่งใบเสนอราคา",
    "emoji": "👩🏽‍🔧 ok 👍",
}
INJECTIONS = [
    "Re: x\r\nBcc: thief@evil.example",
    "Re: x\nBcc: thief@evil.example",
    "Re: x\rBcc: thief@evil.example",
    "x\x00y",
    "x\x0by",
    "x\x1b[2Jy",
    "x\x7fy",
    "x\x85Bcc: thief@evil.example",
    "x\u2028Bcc: thief@evil.example",
    "=?utf-8?q?x=0d=0aBcc:_thief@evil.example?=",
    "=?utf-8?Q?x=0ABcc:_thief@evil.example?=",
    "=?utf-8?b?eA0KQmNjOiB0aGllZkBldmlsLmV4YW1wbGU=?=",
    "=?utf-7?q?x+AA0ACg-Bcc:_thief@evil.example?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3D0d=3D0aBcc=3A_thief=3F=3D?=",
    "=?nowhere?q?x=00y?=",
    "pre =?iso-8859-1?q?x=0d=0a?= post",
    "x\ud800y",
]


def read(mail: Composed) -> EmailMessage:
    message = message_from_bytes(mail.raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not [defect for part in message.walk() for defect in part.defects]
    return message


def text_of(mail: Composed) -> str:
    body = read(mail).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def shown_name(mail: Composed, field: str) -> str:
    """The display name by RFC 2047's own rule, space between two encoded words ignored (policy.default keeps it)."""
    name, _spec = parseaddr(str(message_from_bytes(mail.raw)[field]))
    return str(make_header(decode_header(name)))


class TestRoundTrip:
    @pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
    def test_every_script_arrives_in_every_place(self, text: str) -> None:
        long = f"{text} " * 12
        person = Address(text, "who@hamburg.example")
        file = OutgoingFile(f"{text}.pdf".replace("/", "-"), "application/pdf", text.encode())
        draft = replace(DRAFT, to=(person,), subject=long.strip(), body=long, signature=text, attachments=(file,))
        message = read(compose(draft))
        assert message["subject"] == long.strip()
        assert shown_name(compose(draft), "To") == text
        assert message["to"].addresses[0].addr_spec == "who@hamburg.example"
        (attached,) = message.iter_attachments()
        assert attached.get_filename() == file.filename
        assert attached.get_content() == file.content
        assert text_of(compose(draft)) == f"{long}\n\n-- \n{text}\n"

    @given(
        subject=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200),
        name=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=80),
        body=st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), max_size=2000),
    )
    def test_any_text_comes_back_or_is_refused(self, subject: str, name: str, body: str) -> None:
        try:
            mail = compose(replace(DRAFT, subject=subject, to=(Address(name, ANNA.addr_spec),), body=body))
        except ComposeError:
            assert "=?" in subject + name
            return
        message = message_from_bytes(mail.raw, policy=policy.default)
        assert message.keys() == [
            *("Date", "From", "To", "Subject", "Message-ID", "X-Mailcrm-Reference", "MIME-Version"),
            *("Content-Type", "Content-Transfer-Encoding"),
        ]
        assert mail.recipients == (ANNA.addr_spec,)
        assert text_of(mail).rstrip("\n") == re.sub("[\u2028\u2029]", "\n", body).strip("\n")

    @pytest.mark.parametrize(
        "body", ["plain\n", "naïve\n", "报价\n", "x" * 5000, ".\n..\nFrom me\n", "tab\tand trailing  \n"]
    )
    def test_the_bytes_are_seven_bit_with_crlf_and_short_lines(self, body: str) -> None:
        file = OutgoingFile("a.bin", "application/octet-stream", bytes(range(256)) * 20)
        for draft in (replace(DRAFT, body=body), replace(DRAFT, body=body, attachments=(file,))):
            raw = compose(draft).raw
            assert raw.isascii()
            assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
            assert max(len(line) for line in raw.split(b"\r\n")) <= 78
            assert text_of(compose(draft)).strip("\n") == body.strip("\n")

    def test_chinese_goes_as_base64_and_mostly_latin_text_as_quoted_printable(self) -> None:
        assert read(compose(replace(DRAFT, body="报价单已发送" * 20)))["content-transfer-encoding"] == "base64"
        assert (
            read(compose(replace(DRAFT, body="¿Cuándo llegará la muestra? Quedamos a la espera. " * 4)))[
                "content-transfer-encoding"
            ]
            == "quoted-printable"
        )
        assert read(compose(DRAFT))["content-transfer-encoding"] == "7bit"

    def test_the_parts_of_a_reply_stand_in_order(self) -> None:
        quote = quoted("When can you ship?\n> older", attribution("Anna Berg", WHEN, "en"))
        draft = replace(DRAFT, body="Next week.", signature="Li Lei\nNingbo", quoted=quote)
        assert text_of(compose(draft)) == (
            "Next week.\n\n-- \nLi Lei\nNingbo\n\n"
            "On Wed 25 November 2026, 17:00, Anna Berg wrote:\n> When can you ship?\n>> older\n"
        )

    def test_headers_of_a_reply(self) -> None:
        draft = replace(
            DRAFT, cc=(BOSS,), in_reply_to="q1@hamburg.example", references=("q0@x.example", "q1@hamburg.example")
        )
        mail = compose(draft)
        message = read(mail)
        assert message["in-reply-to"] == "<q1@hamburg.example>"
        assert message["references"] == "<q0@x.example> <q1@hamburg.example>"
        assert message["message-id"] == f"<{mail.message_id}>" == "<t0k3n-0001@ningbo.example>"
        assert message["x-mailcrm-reference"] == mail.reference == "t0k3n-0001"
        assert message["date"] == "Wed, 25 Nov 2026 17:00:00 +0800"
        assert message["from"] == "Li Lei <rep@ningbo.example>"
        assert message["cc"] == "boss@hamburg.example"
        assert len(message.keys()) == len({name.lower() for name in message.keys()})  # noqa: SIM118  (a mail is no dict)

    def test_the_same_draft_gives_the_same_bytes(self) -> None:
        assert compose(DRAFT) == compose(DRAFT)

    def test_an_identifier_that_a_header_cannot_hold_is_left_out(self) -> None:
        mail = compose(replace(DRAFT, in_reply_to="a b\r\nBcc: x", references=("ok@x.example", "<odd>", "é@x.example")))
        assert read(mail)["in-reply-to"] is None
        assert read(mail)["references"] == "<ok@x.example>"

    def test_long_identifiers_stay_whole(self) -> None:
        long = "x" * 300 + "@outlook.example"
        raw = compose(replace(DRAFT, in_reply_to=long, references=(long, "b@x.example"))).raw
        assert f"In-Reply-To: <{long}>\r\n".encode() in raw
        assert f"References: <{long}>\r\n <b@x.example>\r\n".encode() in raw


class TestEnvelope:
    def test_bcc_is_in_the_envelope_and_nowhere_in_the_bytes(self) -> None:
        mail = compose(replace(DRAFT, cc=(BOSS,), bcc=(MANAGER,)))
        assert mail.sender == "rep@ningbo.example"
        assert mail.recipients == (ANNA.addr_spec, BOSS.addr_spec, MANAGER.addr_spec)
        assert b"manager" not in mail.raw
        assert b"bcc" not in mail.raw.lower()

    def test_only_bcc(self) -> None:
        mail = compose(replace(DRAFT, to=(), bcc=(MANAGER,)))
        assert mail.recipients == (MANAGER.addr_spec,)
        assert read(mail)["to"].addresses == ()

    def test_nobody_gets_two(self) -> None:
        assert compose(replace(DRAFT, cc=(ANNA,), bcc=(ANNA,))).recipients == (ANNA.addr_spec,)

    @pytest.mark.parametrize(
        ("written", "sent"),
        [
            ("anna@müller.example", "anna@xn--mller-kva.example"),
            ("anna@straße.example", "anna@xn--strae-oqa.example"),
            ("anna@例子.example", "anna@xn--fsqu00a.example"),
            ("anna@ｈａｍｂｕｒｇ．example", "anna@hamburg.example"),
            ("Anna.Berg+po@Hamburg.example", "Anna.Berg+po@hamburg.example"),
            ("anna..b.@docomo.example", '"anna..b."@docomo.example'),
            ('"john doe"@hamburg.example', '"john doe"@hamburg.example'),
        ],
    )
    def test_addresses_as_smtp_wants_them(self, written: str, sent: str) -> None:
        mail = compose(replace(DRAFT, to=(Address("A, B", written),)))
        assert mail.recipients == (sent,)
        assert b"A, B" in mail.raw

    @pytest.mark.parametrize(
        "written",
        [
            *("", "anna", "@hamburg.example", "anna@", "anna@ham burg.example", "a b@hamburg.example"),
            *("anna@hamburg..example", "anna@-x.example", "anna@hamburg.example, boss@hamburg.example"),
            *("anna@hamburg.example\r\nRCPT TO:<x@evil.example>", "<anna@hamburg.example>", "anna@[192.0.2.1]"),
            *("a@b@hamburg.example", 'x"@hamburg.example', "anna@" + "x" * 64 + ".example", "a" * 250 + "@x.example"),
        ],
    )
    def test_what_is_no_address_is_refused(self, written: str) -> None:
        for draft in (replace(DRAFT, to=(Address("", written),)), replace(DRAFT, bcc=(Address("", written),))):
            with pytest.raises(ComposeError):
                compose(draft)

    def test_letters_that_smtp_cannot_carry_are_named(self) -> None:
        with pytest.raises(ComposeError, match="non-Latin letters before the @"):
            compose(replace(DRAFT, to=(Address("", "用户@hamburg.example"),)))

    def test_a_mail_to_nobody(self) -> None:
        with pytest.raises(ComposeError, match="no recipient"):
            compose(replace(DRAFT, to=()))


class TestInjection:
    @pytest.mark.parametrize("payload", INJECTIONS)
    def test_no_value_can_write_a_header(self, payload: str) -> None:
        file = OutgoingFile(payload, "text/plain", b"x")
        for draft in (
            replace(DRAFT, subject=payload),
            replace(DRAFT, to=(Address(payload, ANNA.addr_spec),)),
            replace(DRAFT, cc=(Address(payload, BOSS.addr_spec),)),
            replace(DRAFT, from_=Address(payload, REP.addr_spec)),
            replace(DRAFT, attachments=(file,)),
        ):
            with pytest.raises(ComposeError, match="control character"):
                compose(draft)

    @pytest.mark.parametrize("payload", INJECTIONS)
    def test_a_customer_with_such_a_subject_and_name_is_answered_all_the_same(self, payload: str) -> None:
        original = ParsedMail(size=1, from_=Address(payload, ANNA.addr_spec), cc=(Address(payload, BOSS.addr_spec),))
        to, cc = reply_recipients(original, lambda _address: False)
        quote = quoted(payload, attribution(payload, WHEN, "en"))
        mail = compose(replace(DRAFT, to=to, cc=cc, subject=reply_subject(payload), quoted=quote))
        message = read(mail)
        assert mail.recipients == (ANNA.addr_spec, BOSS.addr_spec)
        assert message["bcc"] is None
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", text_of(mail))

    @pytest.mark.parametrize("text", ["=?utf-8?q?hello?=", "=?utf-8?b?5oql5Lu3?=", "=?x?y?z?=", "a =? b"])
    def test_harmless_encoded_words_arrive_as_they_were_typed(self, text: str) -> None:
        raw = compose(replace(DRAFT, subject=text)).raw
        assert text.encode() not in raw
        assert read(compose(replace(DRAFT, subject=text)))["subject"] == text

    def test_the_content_type_of_a_file_is_data(self) -> None:
        for odd in ("text/html\r\nX: y", "nonsense", "message/rfc822", "multipart/mixed"):
            (part,) = read(compose(replace(DRAFT, attachments=(OutgoingFile("a", odd, b"x"),)))).iter_attachments()
            assert part.get_content_type() == "application/octet-stream"

    @pytest.mark.parametrize(
        ("name", "sent"),
        [("../../etc/passwd", "passwd"), ("C:\\offer\\Q 1.pdf", "Q 1.pdf"), ("", "attachment"), ("a/", "attachment"),
         ('quo"te;x=y.pdf', 'quo"te;x=y.pdf'), ("100%.txt", "100%.txt"), ("x" * 300 + ".pdf", "x" * 196 + ".pdf")],
    )  # fmt: skip
    def test_file_names(self, name: str, sent: str) -> None:
        (part,) = read(compose(replace(DRAFT, attachments=(OutgoingFile(name, "image/png", b"x"),)))).iter_attachments()
        assert part.get_filename() == sent


class TestReplying:
    @pytest.mark.parametrize(
        ("subject", "reply"),
        [
            ("Inquiry", "Re: Inquiry"),
            ("Re: Inquiry", "Re: Inquiry"),
            ("RE: RE: re: Inquiry", "Re: Inquiry"),
            ("AW: Re: Antw: SV: Inquiry", "Re: Inquiry"),
            ("回复：答复: 转发：询价", "Re: 询价"),
            ("Re[2]: Re(3): Inquiry", "Re: Inquiry"),
            ("Fwd: FW: WG: Inquiry (fwd)", "Re: Inquiry"),
            ("[EXT] Re: [EXT] Inquiry", "Re: [EXT] Inquiry"),
            ("[PO 8812] packing", "Re: [PO 8812] packing"),
            ("Rebate list", "Re: Rebate list"),
            ("Ref: PO 8812", "Re: Ref: PO 8812"),
            ("a folded\r\n subject", "Re: a folded subject"),
            ("", "Re:"),
            ("Re: ", "Re:"),
        ],
    )
    def test_the_prefix_stands_once(self, subject: str, reply: str) -> None:
        assert reply_subject(subject) == reply
        assert reply_subject(reply) == reply

    def test_reply_to_comes_before_from_and_ours_and_doubles_leave_cc(self) -> None:
        original = ParsedMail(
            size=1,
            from_=ANNA,
            reply_to=(Address("Desk", "desk@hamburg.example"),),
            to=(REP,),
            cc=(BOSS, MANAGER, Address("Boss again", "BOSS@hamburg.example"), Address("Desk", "desk@hamburg.example")),
        )

        def is_ours(address: Address) -> bool:
            return address.domain == "ningbo.example"

        assert reply_recipients(original, is_ours) == ((Address("Desk", "desk@hamburg.example"),), (BOSS,))
        assert reply_recipients(replace(original, reply_to=()), is_ours)[0] == (ANNA,)

    def test_the_chain_of_references(self) -> None:
        assert reference_chain("c@x", ("a@x", "b@x")) == ("a@x", "b@x", "c@x")
        assert reference_chain("b@x", (), "a@x") == ("a@x", "b@x")
        assert reference_chain("b@x") == ("b@x",)
        assert reference_chain("b@x", ("a@x", "b@x", "c@x", "not one", "c@x")) == ("a@x", "c@x", "b@x")
        long = reference_chain("new@x", [f"{number}@x" for number in range(100)])
        assert (long[0], long[-1], len(long)) == ("0@x", "new@x", 20)

    @pytest.mark.parametrize(
        ("language", "line"),
        [
            ("en", "On Wed 25 November 2026, 17:00, Anna Berg wrote:"),
            ("zh", "2026年11月25日（周三）17:00，Anna Berg 写道："),
            ("es", "El miércoles 25 de noviembre de 2026, 17:00, Anna Berg escribió:"),
            ("fr", "Le mercredi 25 novembre 2026, 17h00, Anna Berg a écrit :"),
            ("it", "On Wed 25 November 2026, 17:00, Anna Berg wrote:"),
        ],
    )
    def test_who_wrote_when(self, language: str, line: str) -> None:
        assert attribution("Anna \r\n Berg", WHEN, language) == line

    def test_a_quote_is_bounded(self) -> None:
        quote = quoted("x\n" * 50_000 + "end", "Anna wrote:")
        assert quote.endswith("\n> x\n> […]")
        assert quote.count("\n") < 1_100
