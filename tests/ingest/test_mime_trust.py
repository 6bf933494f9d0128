"""The trust view: a mail's way through the servers, as its Received headers tell."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcrm.adapters.mime.trust import trust_view

MAIL = (
    "Received: by 10.1.2.3 with SMTP id x; Mon, 2 Mar 2026 09:00:09 +0000\n"
    "Received: from mail.buyer.example (mail.buyer.example [9.9.9.9])\n by mx.seller.example (Postfix) with ESMTPS id 1;\n"
    " Mon, 2 Mar 2026 10:00:05 +0100\n"
    "Received: from pc.local (unknown [198.51.100.7]) by mail.buyer.example with ESMTP; Mon, 2 Mar 2026 09:00:00 +0000\n"
    "From: Ana <ana@buyer.example>\nSubject: x\n\nHi"
)


def test_the_route_the_last_hop_first() -> None:
    view = trust_view(MAIL.encode())
    assert [(hop.by, hop.protocol, hop.delay) for hop in view.hops] == [
        ("10.1.2.3", "SMTP", 4.0),
        ("mx.seller.example", "ESMTPS", 5.0),
        ("mail.buyer.example", "ESMTP", 0.0),
    ]
    assert view.hops[1].at is not None
    assert view.hops[1].at.isoformat() == "2026-03-02T09:00:05+00:00"


def test_the_sender_is_what_our_first_named_server_wrote_down() -> None:
    view = trust_view(MAIL.encode())
    assert (view.sender_ip, view.sender_host) == ("9.9.9.9", "mail.buyer.example")


def test_a_mail_without_a_route() -> None:
    view = trust_view(b"From: a@b.example\n\nHi")
    assert (view.hops, view.sender_ip, view.sender_host) == ((), "", "")


@pytest.mark.parametrize(
    "raw",
    [
        MAIL.encode().replace(b"; Mon, 2 Mar 2026 10:00:05 +0100", b"; yesterday"),
        b"Received: nonsense\n" + MAIL.encode(),
        b"Received: from a by b; \xff\xfe\n\n",
        b"Received: from a (b [1.2.3.4]) by c with SMTP; Mon, 2 Mar 2026 09:00:00 +0000\n" * 5_000,
        b"Received: from " + b"(a " * 90_000 + b"; Mon\n\nhi",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(1_000)),
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 9_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\n",
        b"To: " + b",".join(b"a%d@b.example" % i for i in range(20_000)) + b"\n\n",
        b"\0" * 100_000,
        b"",
    ],
)
def test_broken_and_hostile_mail_within_bounds(raw: bytes) -> None:
    began = time.monotonic()
    assert len(trust_view(raw).hops) <= 100
    assert time.monotonic() - began < 5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                b"Received: ",
                b"from ",
                b"by ",
                b"[1.2.3.4]",
                b"; ",
                b"\n",
                b" ",
                b"(",
                b")",
                b"\xe9",
                b"Content-Type: multipart/mixed;boundary=a\n",
                b"--a",
                b"\0",
            ]
        ),
        max_size=40,
    )
)
def test_any_bytes_give_a_view(pieces: list[bytes]) -> None:
    trust_view(b"".join(pieces))
