"""Hostile mail by name, made when asked for."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["HEAD", "HOSTILE", "many_parts", "nested"]

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
    "50 MB in one line": lambda: HEAD + b"\r\n" + b"x" * 52_000_000,
    "50 MB of one base64 line": lambda: (
        HEAD + b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 12_500_000
    ),
    "50 MB of NUL": lambda: HEAD + b"\r\n" + bytes(50_000_000),
    "50 MB of CR alone": lambda: HEAD.replace(b"\r\n", b"\r") + b"\r" + b"word\r" * 10_000_000,
    "30 MB of header": lambda: b"X: " + b"y" * 30_000_000,
    "a megabyte of NUL": lambda: HEAD + b"\r\n" + b"\x00" * 1_000_000,
    "a megabyte of quote marks": lambda: HEAD + b"\r\n" + b"> " * 500_000,
    "a megabyte of quoted lines": lambda: HEAD + b"\r\n" + b"> x\r\n" * 200_000,
    "a megabyte of quote marks in HTML": lambda: HEAD + b"Content-Type: text/html\r\n\r\n" + b"<blockquote>" * 85_000,
    "a megabyte of flowed lines": lambda: HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b">>> x \r\n" * 120_000,
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
    "a packet of packets": lambda: (
        HEAD + b"Content-Type: application/ms-tnef\r\n\r\n\x78\x9f\x3e\x22\x01\x00" + b"\x02\x02\x90\x06\x00\x00\x00\x00\x00\x00\x00" * 1_000_000
    ),
    "verdicts": lambda: b"Authentication-Results: x; " + b"dkim=pass (" * 80_000 + b"\r\n\r\nx",
    "ten thousand hops": lambda: b"Received: from a by b; Mon, 2 Mar 2026 09:00:00 +0000\r\n" * 10_000 + b"\r\nx",
    "accounts": lambda: HEAD + b"\r\nbank " + b"DE89 account no 1 " * 50_000,
    "a bounce of reasons": lambda: b"From: MAILER-DAEMON@x\r\nSubject: failure notice\r\n\r\n" + b"user mailbox is not address message " * 25_000,
    "a courier's flood": lambda: b"From: noreply@dhl.com\r\n\r\n" + b"waybill tracking number " * 40_000,
}  # fmt: skip
