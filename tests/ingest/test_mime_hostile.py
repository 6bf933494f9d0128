"""Hostile mail: every one gives a document or a ParseError, in bounded time and memory."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcrm.adapters.mime import Mime
from mailcrm.domain.errors import ParseError
from mailcrm.ingest.document import document
from mailcrm.ingest.reading import read_mail

HEAD = b"From: a@b.example\r\nSubject: x\r\nMessage-ID: <1@b.example>\r\n"


def nested(levels: int) -> bytes:
    level = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    return HEAD + b"".join(level % (n, n) for n in range(levels)) + b"Content-Type: text/plain\r\n\r\ndeep\r\n"


def many_parts(count: int) -> bytes:
    body = b"--b\r\nContent-Type: text/plain\r\n\r\nwords\r\n" * count
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + body


HOSTILE: dict[str, Callable[[], bytes]] = {
    "1,000 nested parts": lambda: nested(1_000),
    "3,000 identical boundaries": lambda: (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 3_000
    ),
    "100,000 headers": lambda: HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(100_000)) + b"\r\nbody",
    "100,000 parts": lambda: many_parts(100_000),
    "20,000 encoded words": lambda: b"Subject:" + b" =?utf-8?Q?=C3=A9?=" * 20_000 + b"\r\n\r\nbody",
    "20,000 different charsets": lambda: b"Subject:" + b"".join(b" =?x%d?Q?=C3?=" % n for n in range(20_000)) + b"\r\n\r\nx",
    "20,000 addresses": lambda: b"To: " + b", ".join(b"a%d@b.example" % n for n in range(20_000)) + b"\r\n\r\nbody",
    "30 MB in one line": lambda: HEAD + b"\r\n" + b"x" * 30_000_000,
    "30 MB of header": lambda: b"X: " + b"y" * 30_000_000,
    "a megabyte of NUL": lambda: HEAD + b"\r\n" + b"\x00" * 1_000_000,
    "a megabyte of quote marks": lambda: HEAD + b"\r\n" + b"> " * 500_000,
    "a megabyte of delimiters": lambda: HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\n" * 250_000,
    "delimiters that are none": lambda: HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--bx\n" * 1_000_000,
    "quotes in addresses": lambda: b'To: "' + b'\\"' * 400_000 + b"\r\n\r\nx",
    "angles in addresses": lambda: b"To: " + b"<" * 900_000 + b"\r\n\r\nx",
    "groups in addresses": lambda: b"To: " + b"a:b@c;" * 100_000 + b"\r\n\r\nx",
    "comments in addresses": lambda: b"To: " + b"(" * 900_000 + b"\r\n\r\nx",
    "endless references": lambda: b"References: " + b"<a@b> " * 150_000 + b"\r\n\r\nx",
    "half words": lambda: b"Subject: " + b"=?utf-8?B?" * 90_000 + b"\r\n\r\nx",
    "parameters": lambda: b"Content-Type: text/plain; " + b"a=b; " * 150_000 + b"\r\n\r\nx",
    "RFC 2231 pieces": lambda: b"Content-Type: text/plain; " + b"".join(b"a*%d=b; " % n for n in range(90_000)) + b"\r\n\r\nx",
    "folded garbage": lambda: HEAD + b"garbage line\r\n" * 60_000 + b"From: x@y\r\n\r\nx",
    "padding in base64": lambda: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"YQ==\r\n" * 100_000,
    "soft line breaks": lambda: HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=\r\n" * 300_000,
    "uuencode": lambda: HEAD + b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n" + b"~~~\r\n" * 200_000,
    "escapes": lambda: HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + b"\x1b$B!!\x1b(B" * 90_000,
    "a megabyte of high bytes": lambda: HEAD + b"\r\n" + b"\xfe\x81" * 450_000,
    "HTML": lambda: HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div><a href=https://x>" * 40_000,
    "a bounce that repeats": lambda: b"From: MAILER-DAEMON@x\r\nSubject: failure notice\r\n\r\n" + b"550 5.1.1 user unknown a@b.example\r\n" * 25_000,
    "recipients in a bounce": lambda: b"From: MAILER-DAEMON@x\r\nSubject: failure notice\r\n\r\n" + b"recipient a@" * 80_000,
    "fields in a report": lambda: HEAD + b"Content-Type: message/delivery-status\r\n\r\n" + b"Status : x\r\n \r\n" * 60_000,
    "a courier's flood": lambda: b"From: noreply@dhl.com\r\n\r\n" + b"waybill tracking number " * 40_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_in_seconds(name: str) -> None:
    raw = HOSTILE[name]()
    started = time.process_time()
    document("x.eml", read_mail(Mime(), raw))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "name", ["1,000 nested parts", "30 MB in one line", "30 MB of header", "100,000 headers", "100,000 parts"]
)
def test_hostile_mail_costs_bounded_memory(name: str) -> None:
    raw = HOSTILE[name]()
    tracemalloc.start()
    Mime().parse(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150_000_000


def test_what_lies_beyond_the_caps_is_noted() -> None:
    assert "depth_cap" in Mime().parse(nested(60)).defects
    parsed = Mime().parse(many_parts(2_000))
    assert "parts_cap" in parsed.defects
    assert len(parsed.parts) == 1_000
    assert "header_cap" in Mime().parse(b"X: " + b"y" * 2_000_000).defects
    assert "address_cap" in Mime().parse(HOSTILE["20,000 addresses"]()).defects


def test_a_long_text_is_cut_for_reading() -> None:
    mail = Mime().parse(HEAD + b"\r\n" + b"word " * 300_000)
    assert len(mail.body) <= 256 * 1024
    assert "text_cut" in mail.defects


def read_or_refuse(raw: bytes) -> None:
    try:
        found = document("x.eml", read_mail(Mime(), raw))
    except ParseError:
        return
    shown = json.dumps(found, ensure_ascii=False)
    shown.encode()  # no half characters
    assert "\\u0000" not in shown  # PostgreSQL takes no NUL


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=600))
def test_arbitrary_bytes_never_raise(raw: bytes) -> None:
    read_or_refuse(raw)


PIECES = st.sampled_from(
    [b"From: ", b"Subject: ", b"Content-Type: multipart/mixed; boundary=b\r\n", b"Content-Type: text/html; charset=gb2312\r\n", b"--b\r\n",
     b"--b--\r\n", b"\r\n\r\n", b"\n", b"=?utf-8?Q?=C3?=", b"=?gb2312?B?", b"?=", b"<a@b>", b'"', b"(", b"\x1b$B", b"\xb1\xa8", b"\x00", b"; x*0*=",
     b"Content-Type: message/delivery-status\r\n", b"Content-Transfer-Encoding: base64\r\n", b"Message-ID: <", b"Date: 2 Nov ", b"<p>", b"> ",
     b"Content-Type: message/rfc822\r\n", b"Content-Disposition: attachment; filename=", b"%E6%8A", b"Content-Type: multipart/report\r\n",
     b"Status: 5.1.1\r\n", b"Auto-Submitted: ", b"MAILER-DAEMON", b"550 5.1.1 ", b"Received: x; ", b"=?utf-7?Q?+2AA-?=", b"=?utf-8?Q?=00?=", b"Content-Type: text/plain; charset=utf-7\r\n", b"+2AA-", b"''%00",
     b"=?utf-16?Q?=00=D8?=", b"Content-Transfer-Encoding: x-uuencode\r\n"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=12), max_size=40))
def test_pieces_of_mail_in_any_order_never_raise(pieces: list[bytes]) -> None:
    read_or_refuse(b"".join(pieces))
