"""Hostile mail: every one gives a document or a ParseError, in bounded time and memory."""

from __future__ import annotations

import json
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest.hostile import HEAD, HOSTILE, many_parts, nested

from mailcrm.adapters.mime import Mime
from mailcrm.domain.errors import ParseError
from mailcrm.ingest.document import document
from mailcrm.ingest.reading import read_mail


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_in_seconds(name: str) -> None:
    raw = HOSTILE[name]()
    started = time.process_time()
    document("x.eml", read_mail(Mime(), raw))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "name", ["1,000 nested parts", "50 MB in one line", "30 MB of header", "100,000 headers", "100,000 parts"]
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
    json.dumps(found, ensure_ascii=False).encode()  # no half characters
    judged = json.dumps({key: value for key, value in found.items() if key != "body"})
    assert "\\u0000" not in judged  # the body is as it was sent; the store takes NUL out (test_store.py)


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
