"""A sample, from the mail that asks for it to the answer that ends its sequence, through a real mailbox and a real MTA."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from e2e.desk import Desk, header_values, letter, moment, opened
from servers.dovecot import Login

pytestmark = pytest.mark.server

MON, TUE, WED, THU, FRI = (f"2026-03-{day:02d}" for day in range(2, 7))
AWB = "1234567891"  # DHL: 123456789 leaves 1 by 7
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(200)) + b"\xff\xd9"
SHEET = (
    *("--item", "Spray nozzle SN-20", "--material", "ABS", "--colour", "RAL 2004", "--size", "198 mm", "--quantity", "3"),
    *("--kind", "sales", "--direction", "ours", "--purpose", "evaluation", "--needed-by", "2026-03-12"),
    *("--sample-paid-by", "us", "--freight-paid-by", "us"),
)  # fmt: skip


@pytest.fixture
def asked(bare: Desk) -> Login:
    """A buyer who asked for a sample on Monday at ten; the rep's server stamps what it receives."""
    bare.add_account(authserv="mx.ningbo.example")
    buyer = bare.customer("anna@hamburg.example")
    body = "Could you send us three samples of the spray nozzle SN-20?"
    raw = letter(
        buyer.user,
        bare.rep.user,
        body,
        subject="Sample SN-20",
        message_id="ask@hamburg.example",
        date=moment(f"{MON}T10:00"),
    )
    bare.arrives(raw, f"{MON}T10:00")
    bare.sync(now=f"{MON}T10:05")
    return buyer


def sample(desk: Desk, now: str = "") -> dict[str, Any]:
    """Return the only sample."""
    (row,) = desk.read("sample", "list", now=now)
    found = desk.read("sample", "show", row["id"], now=now)
    assert isinstance(found, dict)
    return found


def notice(desk: Desk, *, stamped: bool) -> bytes:
    """Return the courier's word that the parcel was delivered, with or without our own server's stamp on it."""
    stamp = "mx.ningbo.example; dkim=pass header.d=dhl.com; spf=pass; dmarc=pass"
    headers = {"Authentication-Results": stamp} if stamped else {}
    return letter(
        "noreply@dhl.com",
        desk.rep.user,
        f"Your shipment with waybill number {AWB} was delivered on 6 March. Signed for by: A. Berg.",
        subject=f"DHL: shipment {AWB} delivered",
        date=moment(f"{FRI}T15:00"),
        headers=headers,
    )


def shipped(desk: Desk, tmp_path: Path) -> str:
    """Take the sample from the mail to the courier's hands; return its id."""
    (question,) = [row for row in desk.work(now=f"{MON}T10:06") if row["kind"] == "question"]
    assert "sample" in question["why"]
    desk("decide", question["id"], "yes", now=f"{MON}T10:10")
    (row,) = desk.read("sample", "list", now=f"{MON}T10:10")
    assert (row["state"], row["company"]) == ("requested", "Hamburg")
    made = str(row["id"])
    desk("sample", "edit", made, *SHEET, now=f"{MON}T10:20")
    photo = tmp_path / "front.jpg"
    photo.write_bytes(PHOTO)
    refused = desk("sample", "ship", made, "--awb", AWB, now=f"{MON}T10:30", code=4)
    assert "sign" in refused.err
    desk("sample", "advance", made, "spec_draft", now=f"{MON}T10:30")
    desk("sample", "advance", made, "pending_sign", now=f"{MON}T10:31")
    desk("sample", "sign", made, now=f"{MON}T11:00")
    desk("sample", "advance", made, "making", now=f"{MON}T11:05")
    desk("sample", "advance", made, "made", now=f"{WED}T09:30")
    desk("sample", "check", made, "--all", now=f"{WED}T09:40")
    refused = desk("sample", "ship", made, "--awb", AWB, now=f"{WED}T09:41", code=4)
    assert "photo" in refused.err
    desk("sample", "photo", made, str(photo), now=f"{WED}T09:45")
    desk("sample", "ship", made, "--awb", AWB, "--freight", "CNY 220", now=f"{WED}T10:00")
    assert sample(desk, now=f"{WED}T10:01")["state"] == "shipped"
    return made


def test_a_sample_from_the_mail_that_asks_to_the_answer_that_ends_it(bare: Desk, tmp_path: Path, asked: Login) -> None:
    made = shipped(bare, tmp_path)
    bare.arrives(notice(bare, stamped=True), f"{FRI}T15:00")
    bare.sync(now=f"{FRI}T15:05")  # one poll
    row = sample(bare, now=f"{FRI}T15:06")
    assert (row["state"], row["history"][-1]["evidence"][0]["kind"]) == ("delivered", "message")
    (draft,) = [mail for mail in bare.read("outbox", "list", now=f"{FRI}T15:06") if mail["state"] == "draft"]
    assert draft["to"] == [asked.user]
    first = bare.work(now=f"{FRI}T15:06", view="samples")[0]
    assert (first["kind"], first["suggested_template"], first["due"]) == (
        "sample",
        "sample_delivered",
        "2026-03-07T15:00:00+08:00",
    )
    bare("outbox", "send", draft["id"], now=f"{FRI}T15:30")
    assert sample(bare, now=f"{FRI}T15:31")["state"] == "feedback_requested"
    (read,) = bare.dovecot.raws(asked.user, "INBOX")
    mail = opened(read)
    text = mail.get_body(("plain",))
    assert text is not None
    assert AWB in text.get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["front.jpg"]
    answer = letter(
        "boss@hamburg.example",
        bare.rep.user,
        "The nozzle is very good. Please quote 5,000 pieces.",
        subject="Re: Sample SN-20",
        answers=[header_values(read, "Message-ID")[0].strip("<>")],
        date=moment("2026-03-09T16:00"),
    )
    bare.arrives(answer, "2026-03-09T16:00")
    bare.sync(now="2026-03-09T16:05")
    row = sample(bare, now="2026-03-09T16:06")
    assert row["state"] == "feedback_in"
    bare.sync(now="2026-04-20T10:00")  # long after every follow-up would have been due
    written = {mail["id"]: mail["state"] for mail in bare.read("outbox", "list", now="2026-04-20T10:01")}
    assert written.pop(draft["id"]) == "sent"
    assert list(written.values()) == ["cancelled"]  # the advice that it was shipped: it came first
    assert all(step["at"] and step["actor"] for step in row["history"])
    assert made == row["id"]


def test_without_the_stamp_the_notice_only_suggests(bare: Desk, tmp_path: Path, asked: Login) -> None:
    shipped(bare, tmp_path)
    bare.arrives(notice(bare, stamped=False), f"{FRI}T15:00")
    bare.sync(now=f"{FRI}T15:05")
    assert sample(bare, now=f"{FRI}T15:06")["state"] == "shipped"
    (question,) = [row for row in bare.work(now=f"{FRI}T15:06") if row["kind"] == "question"]
    assert "Unverified" in question["why"]
    bare("decide", question["id"], "yes", now=f"{FRI}T15:10")
    assert sample(bare, now=f"{FRI}T15:11")["state"] == "delivered"
    assert len([mail for mail in bare.read("outbox", "list", now=f"{FRI}T15:11") if mail["state"] == "draft"]) == 1
