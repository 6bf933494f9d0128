"""Mail that nobody ever wrote: good mails cut up, put together wrongly and damaged, from a seed.

    counts = fuzz(seconds=15, seed=1)

Every mail is read, shown as a document, and each of its files is taken out. An escape is anything but a reading or a
ParseError, a document that is no JSON, half characters in it, NUL in what was read out of the mail (the body is as it was sent),
or more than five seconds for one mail.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from random import Random

from ingest.hostile import HOSTILE

from mailcrm.adapters.mime import Mime
from mailcrm.domain.errors import ParseError
from mailcrm.ingest.document import document
from mailcrm.ingest.reading import read_mail

__all__ = ["escape", "fuzz"]

_SEED_SIZE, _LONGEST, _SLOW = 3_000, 60_000, 5.0
_TOKENS = (
    b"\r\n\r\n", b"\n", b"\r", b"\x00", b"--b\r\n", b"--b--\r\n", b'"', b"(", b"<", b">", b";", b"=?utf-8?B?", b"?=", b"=?gb2312?Q?=C4",
    b"Content-Type: multipart/alternative; boundary=b\r\n", b"Content-Type: text/html; charset=big5\r\n", b"Content-Type: message/rfc822\r\n",
    b"Content-Type: application/ms-tnef\r\n", b"Content-Type: text/plain; format=flowed; delsp=yes; charset=utf-7\r\n",
    b"Content-Type: message/external-body; access-type=URL\r\n", b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.", b"From: MAILER-DAEMON@x\r\nSubject: failure notice\r\n\r\n",
    b"\x1b$B", b"\xe6\x8a\xa5", b"\xb1\xa8\xbc\xdb", b"\xff\xfe", b"\xed\xa0\x80", b"+2AA-", b"filename*0*=gb2312''%B1", b"Message-ID: <", b"References: ",
    b"Date: Thu, 31 Feb 2026 25:61:61 +9999\r\n", b"Authentication-Results: x; dkim=pass", b"> ", b"On Monday, a@b.example wrote:\n", b"<blockquote>",
    b"<table><tr><td>", b"</td></table>", b"<a href=http://\xc3\xa9>", b"\x78\x9f\x3e\x22", b"begin 644 x\n", b"550 5.1.1 ", b"IBAN DE89370400440532013000",
    b"From: =?utf-8?B?", b"Reply-To: a@xn--", b"X-Failed-Recipients: ", b"{\\rtf1\\ansi ", b'notificationType":"Bounce"',
)  # fmt: skip


_GOOD = (
    b"From: Ana <ana@buyer.example>\r\nTo: lin@seller.example\r\nSubject: =?utf-8?B?5oql5Lu3?=\r\nDate: Mon, 2 Mar 2026 09:00:00 +0100\r\n"
    b"Message-ID: <1@buyer.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n"
    b"\xb1\xa8\xbc\xdb 500\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Gr=C3=B6=\r\n=C3=9Fe</p>\r\n"
    b'--b\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQ=\r\n--b--\r\n'
)


def _seeds() -> list[bytes]:
    small = (make for name, make in HOSTILE.items() if not name.startswith(("50 MB", "30 MB")))
    return [_GOOD, *(make()[:_SEED_SIZE] for make in small)]


def _mutated(random: Random, seeds: list[bytes]) -> bytes:
    mail = bytearray(random.choice(seeds))
    for _ in range(random.randint(1, 12)):
        at = random.randint(0, len(mail))
        kind = random.randrange(6)
        if kind == 0:
            mail[at:at] = random.choice(_TOKENS)
        elif kind == 1:
            del mail[at : at + random.randint(1, 200)]
        elif kind == 2 and mail:
            mail[at % len(mail)] = random.randrange(256)
        elif kind == 3:
            other = random.choice(seeds)
            cut = random.randint(0, len(other))
            mail[at:at] = other[cut : cut + random.randint(1, 400)]
        elif kind == 4:
            mail[at:at] = bytes(mail[at : at + random.randint(1, 60)]) * random.randint(2, 40)
        else:
            mail[at:at] = random.randbytes(random.randint(1, 30))
    return bytes(mail[:_LONGEST])


def escape(raw: bytes) -> str:
    """Return what went wrong with `raw`, "" where nothing did."""
    parser = Mime()
    began = time.process_time()
    try:
        read = read_mail(parser, raw)
        found = document("x.eml", read)
        json.dumps(found, ensure_ascii=False).encode()
        judged = json.dumps({key: value for key, value in found.items() if key != "body"})
        sizes = [len(parser.part_bytes(raw, index)) for index in range(len(read.mail.attachments))]
    except ParseError:
        return ""
    except Exception as error:  # noqa: BLE001  (an escape is what a fuzzer looks for)
        return f"{type(error).__name__}: {error}"
    if "\\u0000" in judged:
        return "NUL"
    if sizes != [file.size for file in read.mail.attachments]:
        return "sizes"
    return "slow" if time.process_time() - began > _SLOW else ""


def fuzz(seconds: float, seed: int) -> tuple[Counter[str], list[tuple[str, bytes]]]:
    """Return how many mails were read and what escaped, with the mails."""
    random, seeds = Random(seed), _seeds()  # noqa: S311  (a seed, no secret)
    counts: Counter[str] = Counter()
    escapes: list[tuple[str, bytes]] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        raw = _mutated(random, seeds)
        counts["mails"] += 1
        counts["bytes"] += len(raw)
        wrong = escape(raw)
        if wrong:
            escapes.append((wrong, raw))
    return counts, escapes
