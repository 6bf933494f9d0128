"""A customer's mail inside a colleague's, as mail programs of the world pass it on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mailcrm.domain.forwarding import counts_from, forwarded_in, forwarded_text
from mailcrm.domain.message import ParsedMail, Part

CHINA = timezone(timedelta(hours=8))
PASSED_ON = datetime(2026, 3, 2, 14, 0, tzinfo=CHINA)
WRITTEN = datetime(2026, 3, 2, 8, 0, tzinfo=CHINA)
WORDS = "Please quote 500 valves.\n\nAnna"

BLOCKS = {
    "Outlook, English": "From: Anna Schmidt <anna@hamburg.example>\nSent: Monday, March 2, 2026 8:00 AM\nTo: Wang <wang@ningbo.example>\nSubject: Gate valves",
    "Outlook, dashes": "-----Original Message-----\nFrom: Anna Schmidt [mailto:anna@hamburg.example]\nSent: Monday, March 2, 2026 8:00 AM\nTo: Wang\nSubject: Gate valves",
    "Outlook, German": "Von: Anna Schmidt <anna@hamburg.example>\nGesendet: Montag, 2. März 2026 08:00\nAn: Wang <wang@ningbo.example>\nBetreff: Gate valves",
    "Outlook, Spanish": "De: Anna Schmidt <anna@hamburg.example>\nEnviado el: lunes, 2 de marzo de 2026 8:00\nPara: Wang <wang@ningbo.example>\nAsunto: Gate valves",
    "Outlook, French": "De : Anna Schmidt <anna@hamburg.example>\nEnvoyé : lundi 2 mars 2026 08:00\nÀ : Wang <wang@ningbo.example>\nObjet : Gate valves",
    "Outlook, Chinese": "发件人: Anna Schmidt <anna@hamburg.example>\n发送时间: 2026年3月2日 8:00\n收件人: Wang <wang@ningbo.example>\n主题: Gate valves",
    "Gmail": "---------- Forwarded message ---------\nFrom: Anna Schmidt <anna@hamburg.example>\nDate: Mon, Mar 2, 2026 at 8:00 AM\nSubject: Gate valves\nTo: Wang <wang@ningbo.example>",
    "Apple Mail": "Begin forwarded message:\n\nFrom: Anna Schmidt <anna@hamburg.example>\nSubject: Gate valves\nDate: 2 March 2026 at 08:00:00 GMT+8\nTo: Wang <wang@ningbo.example>",
    "Foxmail": "发件人： Anna Schmidt <anna@hamburg.example>\n发送时间： 2026-03-02 08:00\n收件人： wang@ningbo.example\n主题： Gate valves",
    "QQ": '------------------ 原始邮件 ------------------\n发件人: "Anna Schmidt" <anna@hamburg.example>;\n发送时间: 2026年3月2日(星期一) 上午8:00\n收件人: "Wang"<wang@ningbo.example>;\n主题: Gate valves',
    "163": "---- 转发的邮件 ----\n发件人: Anna Schmidt <anna@hamburg.example>\n发送日期: 2026-03-02 08:00:00\n收件人: wang@ningbo.example\n主题: Gate valves",
    "Russian": "От: Anna Schmidt <anna@hamburg.example>\nОтправлено: 2 марта 2026 г. 8:00\nКому: Wang <wang@ningbo.example>\nТема: Gate valves",
}  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_the_block_of_a_forward_tells_who_wrote_when_and_about_what(block: str) -> None:
    body = f"Li, can you take this one? He is slow to pay.\n\n{block}\n\n{WORDS}"
    found = forwarded_in(ParsedMail(size=1, body=body, date=PASSED_ON))
    assert found is not None
    assert (found.name, found.address, found.subject) == ("Anna Schmidt", "anna@hamburg.example", "Gate valves")
    assert found.at == WRITTEN
    assert forwarded_text(body) == WORDS


def test_an_attached_mail_tells_by_its_header() -> None:
    header = "from: Anna Schmidt <anna@hamburg.example>\nsubject: Gate valves\ndate: Mon, 2 Mar 2026 01:00:00 +0100\nmessage-id: <1@hamburg>"
    mail = ParsedMail(size=1, body="See below.", date=PASSED_ON, parts=(Part("message/rfc822", text=header),))
    found = forwarded_in(mail)
    assert found is not None
    assert (found.address, found.at, found.message_id) == ("anna@hamburg.example", WRITTEN, "1@hamburg")


@pytest.mark.parametrize(
    "body",
    [
        "Can we make these by April?",
        "From: the factory\nTo: you",
        "From: Anna Schmidt\nSent: Monday, March 2, 2026 8:00 AM\nTo: Wang\nSubject: Gate valves",
    ],
)
def test_what_names_nobody_passes_nothing_on(body: str) -> None:
    assert forwarded_in(ParsedMail(size=1, body=body, date=PASSED_ON)) is None


@pytest.mark.parametrize(
    ("written", "counts"),
    [
        (WRITTEN, WRITTEN),
        (PASSED_ON - timedelta(days=7), PASSED_ON - timedelta(days=7)),
        (PASSED_ON - timedelta(days=7, seconds=1), PASSED_ON),
        (PASSED_ON + timedelta(minutes=1), PASSED_ON),
        (None, PASSED_ON),
    ],
)
def test_it_counts_from_its_own_date_a_week_before_at_most(written: datetime | None, counts: datetime) -> None:
    stored = {"at": written.astimezone(UTC).isoformat() if written else ""}
    assert counts_from(stored, PASSED_ON) == counts
