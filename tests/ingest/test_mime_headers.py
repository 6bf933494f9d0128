"""Headers: addresses on the undecoded header, file names, ids, dates, duplicates, broken blocks (mail.md)."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest

from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import Address, ParsedMail


def read(*lines: str | bytes, body: bytes = b"hello") -> ParsedMail:
    head = b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return Mime().parse(head + b"\r\n\r\n" + body)


WORD = "=?gb18030?B?" + base64.b64encode("王伟, 采购".encode("gb18030")).decode() + "?="


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("ana@buyer.example", [("", "ana@buyer.example")]),
        ("<ana@buyer.example>", [("", "ana@buyer.example")]),
        ("Ana Pérez <ana@buyer.example>", [("Ana Pérez", "ana@buyer.example")]),
        ('"Pérez, Ana" <ana@buyer.example>', [("Pérez, Ana", "ana@buyer.example")]),
        ("Pérez, Ana <ana@buyer.example>", [("Pérez, Ana", "ana@buyer.example")]),
        (f"{WORD} <w@factory.cn>", [("王伟, 采购", "w@factory.cn")]),
        (f'"{WORD}" <w@factory.cn>', [("王伟, 采购", "w@factory.cn")]),
        (f"{WORD} <w@factory.cn>, b@c.example", [("王伟, 采购", "w@factory.cn"), ("", "b@c.example")]),
        ('"A \\"B\\" C" <a@b.example>', [('A "B" C', "a@b.example")]),
        ("a@b.example (Ana Pérez)", [("Ana Pérez", "a@b.example")]),
        ("'Ana' <a@b.example>", [("Ana", "a@b.example")]),
        ("a@b.example; c@d.example", [("", "a@b.example"), ("", "c@d.example")]),
        ("undisclosed-recipients:;", []),
        ("Team: a@b.example, C <c@d.example>;", [("", "a@b.example"), ("C", "c@d.example")]),
        ('"unclosed <a@b.example>', [("unclosed", "a@b.example")]),
        ("Ana <a@b.example", [("Ana", "a@b.example")]),
        ("<mailto:a@b.example>", [("", "a@b.example")]),
        ('"a@b.example" <a@b.example>', [("a@b.example", "a@b.example")]),
        ("A <a@b.example>, , B <b@b.example>,", [("A", "a@b.example"), ("B", "b@b.example")]),
        ("=?utf-8?Q?evil=40x.example=3E=2C?= <a@b.example>", [("evil@x.example>,", "a@b.example")]),
        ("Only A Name", [("Only A Name", "")]),
        ("", []),
    ],
)
def test_addresses(value: str, people: list[tuple[str, str]]) -> None:
    assert read(f"To: {value}").to == tuple(Address(*one) for one in people)


def test_raw_8_bit_names_are_read() -> None:
    assert read("From: 王伟 <w@factory.cn>".encode("gb18030")).from_ == Address("王伟", "w@factory.cn")
    assert read("From: Jürgen <j@buyer.de>".encode("latin-1")).from_ == Address("Jürgen", "j@buyer.de")


def test_the_first_of_duplicates_counts_and_is_noted() -> None:
    mail = read(
        "From: a@b.example",
        "From: evil@x.example",
        "Subject: one",
        "Subject: two",
        "Message-ID: <1@b>",
        "Message-ID: <2@b>",
    )
    assert (mail.from_.addr_spec, mail.subject, mail.message_id) == ("a@b.example", "one", "1@b")
    assert {"duplicate_from", "duplicate_subject", "duplicate_message_id"} <= set(mail.defects)


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<a@b> <c@d>", ("a@b", "c@d")),
        ("<a@b>\r\n\t<c@d>", ("a@b", "c@d")),
        ("<a@b><c@d>,<a@b>", ("a@b", "c@d")),
        ("<long-\r\n id@b>", ("long-id@b",)),
        ("a@b c@d", ("a@b", "c@d")),
        ('Message from "x" of Monday <a@b>', ("a@b",)),
        ("nothing here", ()),
    ],
)
def test_references(value: str, ids: tuple[str, ...]) -> None:
    assert read(f"References: {value}").references == ids


def test_ids_have_no_angle_brackets() -> None:
    mail = read("Message-ID: <1@b>", "In-Reply-To: <0@b>", "X-Microsoft-Original-Message-ID: <9@b>")
    assert (mail.message_id, mail.in_reply_to, mail.original_message_id) == ("1@b", "0@b", "9@b")
    assert read("Message-ID: no-brackets").message_id == "no-brackets"


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("Mon, 2 Nov 2026 10:15:30 +0800", datetime(2026, 11, 2, 10, 15, 30, tzinfo=timezone(timedelta(hours=8)))),
        ("2 Nov 26 10:15 GMT", datetime(2026, 11, 2, 10, 15, tzinfo=UTC)),
        (
            "Mon, 02 Nov 2026 10:15:30 -0330 (NST)",
            datetime(2026, 11, 2, 10, 15, 30, tzinfo=timezone(-timedelta(hours=3.5))),
        ),
        ("Mon Nov  2 10:15:30 2026", datetime(2026, 11, 2, 10, 15, 30, tzinfo=UTC)),
        ("Mon Nov  2 10:15:30 EST 2026", datetime(2026, 11, 2, 10, 15, 30, tzinfo=timezone(-timedelta(hours=5)))),
        ("2026-11-02T10:15:30Z", datetime(2026, 11, 2, 10, 15, 30, tzinfo=UTC)),
        ("2026-11-02 10:15:30 +08:00", datetime(2026, 11, 2, 10, 15, 30, tzinfo=timezone(timedelta(hours=8)))),
        ("November 2, 2026 10:15:30 PM +0000", datetime(2026, 11, 2, 22, 15, 30, tzinfo=UTC)),
        ("Mon, 31 Dec 2026 23:59:60 +0000", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Mon, 2 Nov 2026 10.15.30 +0800", datetime(2026, 11, 2, 10, 15, 30, tzinfo=timezone(timedelta(hours=8)))),
        ("Mon, 32 Nov 2026 10:15:30 +0800", None),
        ("Mon, 2 Foo 2026 10:15:30 +0800", None),
        ("Mon, 2 Nov 99999999999 10:15:30", None),
        ("2 Nov 2026 10:15 +9999", datetime(2026, 11, 2, 10, 15, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(value: str, instant: datetime | None) -> None:
    got = read(f"Date: {value}").date
    assert got == instant
    assert got is None or got.utcoffset() is not None


def test_the_topmost_received_stamp_counts() -> None:
    mail = read(
        "Received: from a (a; helo) by b; with x;\r\n\tMon, 2 Nov 2026 10:15:30 +0800",
        "Received: by a; Sun, 1 Nov 2026 00:00:00 +0000",
    )
    assert mail.received_at == datetime(2026, 11, 2, 2, 15, 30, tzinfo=UTC)


GBK_NAME = base64.b64encode("报价单.pdf".encode("gb18030")).decode()


@pytest.mark.parametrize(
    ("disposition", "filename"),
    [
        ('attachment; filename="offer.pdf"', "offer.pdf"),
        ("attachment; filename=offer.pdf", "offer.pdf"),
        ("attachment; filename=price list 2026.pdf; size=3", "price list 2026.pdf"),
        ("attachment; filename*=utf-8''%E6%8A%A5%E4%BB%B7.pdf", "报价.pdf"),
        ("attachment; filename*0*=utf-8''%E6%8A; filename*1*=%A5.pdf", "报.pdf"),
        ('attachment; filename*0="long "; filename*1="name.pdf"', "long name.pdf"),
        (f'attachment; filename="=?gb2312?B?{GBK_NAME}?="', "报价单.pdf"),
        (f"attachment; filename==?gb2312?B?{GBK_NAME}?=", "报价单.pdf"),
        ("attachment; filename*=gb2312''%B1%A8%BC%DB.pdf", "报价.pdf"),
        ('attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        ('attachment; filename="报价.pdf"', "报价.pdf"),
        ("attachment; filename*=utf-8''x.pdf; filename=fallback.pdf", "x.pdf"),
        ('attachment; filename="../../evil.exe"', "../../evil.exe"),
        ('attachment; filename="unclosed.pdf', "unclosed.pdf"),
        ("attachment", ""),
    ],
)
def test_file_names(disposition: str, filename: str) -> None:
    mail = read("Content-Type: application/pdf", f"Content-Disposition: {disposition}")
    assert mail.attachments[0].filename == filename
    assert "/" not in mail.attachments[0].safe_filename


def test_a_broken_line_inside_the_header_loses_no_field() -> None:
    mail = read(
        "From: a@b.example", "this line lost its blank", "Subject: still here", "Date: Mon, 2 Nov 2026 10:15:30 +0000"
    )
    assert mail.subject == "still here"
    assert "broken_header_line" in mail.defects


def test_text_where_a_header_should_be_begins_the_body() -> None:
    mail = Mime().parse(b"From: a@b.example\r\nDear Lin, no blank line here\r\nbye")
    assert mail.from_.addr_spec == "a@b.example"
    assert mail.body == "Dear Lin, no blank line here\nbye"
    assert "missing_header_end" in mail.defects


def test_an_mbox_line_in_front_is_passed_over() -> None:
    assert Mime().parse(b"From a@b Mon Nov  2 10:15:30 2026\nSubject: x\n\nhello").subject == "x"


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_every_line_end_is_read(end: bytes) -> None:
    raw = end.join([b"From: a@b.example", b"Subject: one", b" two", b"", b"first", b"second"])
    mail = Mime().parse(raw)
    assert (mail.subject, mail.body) == ("one two", "first\nsecond")
