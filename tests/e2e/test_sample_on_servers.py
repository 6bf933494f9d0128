"""A sample on a real mailbox and a real mail server, from the customer's mail to the answer that stops the sequence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from e2e.desk import Desk, letter, moment, opened

pytestmark = pytest.mark.server

MON, SAT, TUE = "2026-03-02", "2026-03-07", "2026-03-10"
AWB = "2718281823"
SHEET = (
    "--item", "Spray nozzle A3", "--material", "POM", "--colour", "Pantone 185 C", "--size", "28/410", "--quantity", "3 pcs",
    "--purpose", "to try", "--needed-by", "2026-03-20", "--sample-paid-by", "us", "--freight-paid-by", "us",
)  # fmt: skip


@pytest.fixture
def sampled(bare: Desk, tmp_path: Path) -> tuple[Desk, str]:
    """A desk from which Anna's sample has left on Monday evening, and her address."""
    desk = bare
    (desk.home / "mailcrm.toml").write_text('[office]\nzone = "Asia/Shanghai"\n', encoding="utf-8")
    desk.add_account(trusted="mx.ningbo.example")
    anna = desk.customer("anna@hamburg.example").user
    asked = letter(
        anna,
        desk.rep.user,
        "Could you send us a sample of the spray nozzle A3?",
        subject="Nozzle",
        message_id="asked@hamburg.example",
    )
    desk.arrives(asked, f"{MON}T10:00")
    desk.sync(now=f"{MON}T10:05")
    (proposal,) = [row for row in desk.work(now=f"{MON}T10:05", view="samples") if row["id"].startswith("j")]
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
