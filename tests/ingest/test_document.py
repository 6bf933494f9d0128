"""The JSON document of `mailcrm parse` (cli.md): every key, plain values."""

from __future__ import annotations

import json

from mailcrm.adapters.mime import Mime
from mailcrm.ingest.document import document
from mailcrm.ingest.reading import read_mail

RAW = (
    "From: =?gb2312?B?zfXOsA==?= <wang@buyer.example>\r\nTo: Lin <lin@seller.example>, b@c.example\r\nReply-To: r@buyer.example\r\n"
    "Subject: =?utf-8?B?5oql5Lu3?=\r\nMessage-ID: <1@buyer.example>\r\nIn-Reply-To: <0@seller.example>\r\n"
    "References: <a@seller.example> <0@seller.example>\r\nDate: Mon, 2 Nov 2026 10:15:30 +0800\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "您好，\r\n\r\n请报价500件。\r\n\r\n-- \r\n王伟\r\n\r\n> old\r\n--b\r\nContent-Type: application/pdf; name=../a.pdf\r\n\r\n%PDF\r\n--b--\r\n"
).encode()


def test_a_document_has_every_key() -> None:
    found = document("in/x.eml", read_mail(Mime(), RAW))
    assert json.loads(json.dumps(found)) == found
    assert found["attachments"] == [
        {
            "filename": "../a.pdf",
            "safe_filename": "a.pdf",
            "content_type": "application/pdf",
            "size": 4,
            "sha256": "315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027",
            "inline": False,
        }
    ]
    body = found.pop("body")
    assert isinstance(body, str)
    assert "请报价500件。" in body
    del found["attachments"]
    assert found == {
        "file": "in/x.eml",
        "message_id": "1@buyer.example",
        "in_reply_to": "0@seller.example",
        "references": ["a@seller.example", "0@seller.example"],
        "date": "2026-11-02T10:15:30+08:00",
        "subject": "报价",
        "from": {"name": "王伟", "address": "wang@buyer.example"},
        "reply_to": [{"name": "", "address": "r@buyer.example"}],
        "to": [{"name": "Lin", "address": "lin@seller.example"}, {"name": "", "address": "b@c.example"}],
        "cc": [],
        "kind": "human",
        "kind_signals": [],
        "purpose": "inquiry",
        "purpose_signals": ["请报价"],
        "away_until": None,
        "gist": "请报价500件。",
        "language": "zh",
        "reply": "您好，\n\n请报价500件。",
        "quoted_lines": 1,
        "signature": "-- \n王伟",
        "bounce": None,
        "courier": None,
        "inquiry": None,
        "authentication": None,
        "warnings": [],
        "charset_fallback": None,
        "defects": [],
    }


def test_a_bounce_and_a_missing_date_are_plain_values_too() -> None:
    raw = b"From: MAILER-DAEMON@x.example\r\nSubject: failure notice\r\n\r\n<a@b.example>: 550 5.1.1 no such user"
    found = document("x", read_mail(Mime(), raw))
    assert found["date"] is None
    assert found["bounce"] == {
        "recipient": "a@b.example",
        "status": "5.1.1",
        "action": "failed",
        "diagnostic": "<a@b.example>: 550 5.1.1 no such user",
        "original_message_id": "",
    }
    assert found["defects"] == ["no_date", "no_message_id"]


def test_a_mail_without_a_demand_looks_finished() -> None:
    raw = b"From: a@b.example\r\n\r\nThank you!\r\n\r\nOn Mon, 2 Nov 2026 at 10:15, Lin <l@s.example> wrote:\r\n> Anything else?\r\n"
    assert not read_mail(Mime(), raw).asks
    assert read_mail(Mime(), raw.replace(b"you!", b"you! And the invoice?")).asks
