"""A sample, from the mail that asks for it to the answer that ends its sequence, through a real mailbox and a real MTA."""
"""A sample on a real mailbox and a real mail server, from the customer's mail to the answer that stops the sequence."""

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
from e2e.desk import Desk, letter, moment, opened


MON, SAT, TUE = "2026-03-02", "2026-03-07", "2026-03-10"
AWB = "2718281823"
    "--item", "Spray nozzle A3", "--material", "POM", "--colour", "Pantone 185 C", "--size", "28/410", "--quantity", "3 pcs",
    "--purpose", "to try", "--needed-by", "2026-03-20", "--sample-paid-by", "us", "--freight-paid-by", "us",
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
def sampled(bare: Desk, tmp_path: Path) -> tuple[Desk, str]:
    """A desk from which Anna's sample has left on Monday evening, and her address."""
    desk = bare
    (desk.home / "mailcrm.toml").write_text('[office]\nzone = "Asia/Shanghai"\n', encoding="utf-8")
    desk.add_account(trusted="mx.ningbo.example")
    anna = desk.customer("anna@hamburg.example").user
    asked = letter(
        anna,
        "Could you send us a sample of the spray nozzle A3?",
        subject="Nozzle",
        message_id="asked@hamburg.example",
    )
    desk.arrives(asked, f"{MON}T10:00")
    desk.sync(now=f"{MON}T10:05")
    (proposal,) = [row for row in desk.work(now=f"{MON}T10:05") if row["id"].startswith("j")]
    desk("decide", proposal["id"], "yes", now=f"{MON}T10:06")
    photo = tmp_path / "front.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    steps: tuple[tuple[str, ...], ...] = (
        ("edit", "s1", *SHEET),
        ("advance", "s1", "spec_draft"),
        ("advance", "s1", "pending_sign"),
        ("sign", "s1"),
        ("advance", "s1", "making"),
        ("advance", "s1", "made"),
        ("check", "s1", "--all"),
        ("photo", "s1", str(photo)),
        ("ship", "s1", "--awb", AWB),
    )
    for step in steps:
        desk("sample", *step, now=f"{MON}T18:00")
    return desk, anna


def notice(desk: Desk, *, signed: bool) -> bytes:
    """Return DHL's mail as our own server received it."""
    stamp = {"Authentication-Results": "mx.ningbo.example; dkim=pass header.d=dhl.com"} if signed else {}
    stamp |= {
        "Received": f"from mail.dhl.com by mx.ningbo.example with ESMTPS; {moment(f'{SAT}T03:00'):%a, %d %b %Y %H:%M:%S %z}"
    }
    text = f"Your shipment with waybill {AWB} was delivered. It was signed for by NOWAK."
    subject = f"DHL shipment {AWB} was delivered"
    return letter("DHL Express <noreply@dhl.com>", desk.rep.user, text, subject=subject, headers=stamp)


def sample(desk: Desk, now: str) -> Any:  # noqa: ANN401  (a JSON document)
    return desk.read("sample", "show", "s1", now=now)


def test_from_the_signed_notice_to_the_answer_that_stops_the_sequence(sampled: tuple[Desk, str]) -> None:
    (desk, anna), night = sampled, f"{SAT}T03:02"
    desk.arrives(notice(desk, signed=True), f"{SAT}T03:00")
    desk.sync(now=night)
    row = sample(desk, night)
    assert (row["state"], row["due"]) == ("delivered", f"{moment('2026-03-08T03:00').isoformat()}")
    assert row["history"][-1]["actor"] == "mailcrm"
    (draft,) = [mail for mail in desk.read("outbox", "list") if mail["state"] == "draft"]
    sent = desk.read("outbox", "send", draft["id"], now=f"{SAT}T09:00")
    assert sent["state"] == "sent"
    assert sample(desk, f"{SAT}T09:01")["state"] == "feedback_requested"
    mails = [opened(raw) for raw in desk.dovecot.raws(anna, "INBOX")]
    assert len(mails) == 1
    body = mails[0].get_body()
    assert body is not None
    assert "Which quantity do you have in mind for a first order?" in body.get_content()
    assert [part.get_content_type() for part in mails[0].iter_attachments()] == ["image/png"]
    colleague = letter(
        "Eva <eva@hamburg.example>", desk.rep.user, "It fits well.", subject="Re: Nozzle", answers=[sent["message_id"]]
    )
    desk.arrives(colleague, f"{TUE}T16:00")
    desk.sync(now=f"{TUE}T16:05")
    assert sample(desk, f"{TUE}T16:05")["state"] == "feedback_in"
    desk.sync(now="2026-05-01T10:00")
    assert [mail for mail in desk.read("outbox", "list") if mail["state"] == "draft"] == []


def test_without_the_stamp_it_is_a_suggestion_only(sampled: tuple[Desk, str]) -> None:
    (desk, _anna), night = sampled, f"{SAT}T03:02"
    desk.arrives(notice(desk, signed=False), f"{SAT}T03:00")
    desk.sync(now=night)
    assert sample(desk, night)["state"] == "shipped"
    (row,) = [row for row in desk.work(now=night) if row["id"].startswith("j")]
    assert (row["ref"], row["kind"]) == ("s1", "question")
    assert "Unverified" in row["why"]
    desk("decide", row["id"], "yes", now=night)
    assert sample(desk, night)["state"] == "delivered"
