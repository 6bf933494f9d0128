"""Reading a mail beside the standard library's parser, in one run: `make bench` prints the ratio, nothing is timed to pass."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header

from mailcrm.adapters.demo.story import mails
from mailcrm.adapters.mime import Mime

NOW = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
ROUNDS = 5


def test_our_parser_beside_the_standard_librarys() -> None:
    raws = [mail.raw for mail in mails(NOW)]
    parser = Mime()
    ours = theirs = 0.0
    for _round in range(ROUNDS):
        began = time.process_time()
        read = [parser.parse(raw) for raw in raws]
        ours += time.process_time() - began
        began = time.process_time()
        known = [message_from_bytes(raw) for raw in raws]
        for mail in known:
            for part in mail.walk():
                part.get_payload(decode=True)
        theirs += time.process_time() - began
    a_mail = 1000 / (ROUNDS * len(raws))
    print(
        f"\nparse: ours {ours * a_mail:.2f} ms a mail, standard library {theirs * a_mail:.2f}, ratio {ours / theirs:.2f}"
    )
    assert len(read) == len(known)
    plain = [
        (r.subject, str(make_header(decode_header(k["Subject"]))))
        for r, k in zip(read, known, strict=True)
        if k["Subject"].isascii() and "gb2312" not in k["Subject"].lower() and "=?" not in k["Subject"]
    ]
    assert all(one.split() == other.split() for one, other in plain)
    assert plain
