"""A sample on a real mailbox and a real mail server, from the customer's mail to the answer that stops the sequence."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from documents.made import png
from e2e.desk import Desk, complaint, letter, moment, opened

pytestmark = pytest.mark.server

MON, SAT, TUE = "2026-03-02", "2026-03-07", "2026-03-10"
ASKED, MADE, NIGHT = f"{MON}T10:05", f"{MON}T18:00", f"{SAT}T03:02"
AWB = "2718281823"
PICTURE = png(64, 48, lambda _x, _y: (200, 30, 60))
SHEET = (
    "--item", "Spray nozzle A3", "--material", "POM", "--colour", "Pantone 185 C", "--size", "28/410", "--quantity", "3 pcs",
    "--purpose", "to try", "--needed-by", "2026-03-20", "--sample-paid-by", "us", "--freight-paid-by", "us",
)  # fmt: skip


class Sampling:
    """Wei's desk, with Mei as the manager, and Anna who asks for a sample."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        (desk.home / "mailcrm.toml").write_text('[office]\nzone = "Asia/Shanghai"\n', encoding="utf-8")
        desk.env["LOGNAME"] = "wei"  # whose account it is
        desk.add_account(trusted="mx.ningbo.example")
        self.anna = desk.customer("anna@hamburg.example").user
        desk("team", "add", "mei", "--address", "mei@ningbo.example", "--manager")
        desk("team", "add", "wei", "--address", desk.rep.user)

    def row(self, now: str) -> Any:  # noqa: ANN401  (a JSON document)
        return self.desk.read("sample", "show", "s1", now=now)

    def step(self, *words: str) -> Any:  # noqa: ANN401  (a JSON document)
        return self.desk.read("sample", words[0], "s1", *words[1:], now=MADE)

    def suggested(self, now: str, view: str = "all") -> dict[str, Any]:
        (row,) = [row for row in self.desk.work(now=now, view=view) if row["id"].startswith("j")]
        return row

    def drafts(self) -> list[dict[str, Any]]:
        return [mail for mail in self.desk.read("outbox", "list") if mail["state"] == "draft"]

    def is_asked_for(self) -> None:
        """Anna's mail suggests it; Wei says yes."""
        body = "Could you send us a sample of the spray nozzle A3?"
        asked = letter(self.anna, self.desk.rep.user, body, subject="Nozzle", message_id="asked@hamburg.example")
        self.desk.arrives(asked, f"{MON}T10:00")
        self.desk.sync(now=ASKED)
        assert self.desk.read("sample", "list", now=ASKED) == []
        suggested = self.suggested(ASKED, "samples")
        assert (suggested["kind"], suggested["flags"]) == ("question", ["begin_sample"])
        self.desk("decide", suggested["id"], "yes", now=ASKED)
        row = self.row(ASKED)
        (step,) = row["history"]
        assert (row["state"], row["number"], step["actor"]) == ("requested", "SMP-2026-0001", "wei")
        assert step["evidence"] == [{"kind": "message", "ref": row["message_id"]}]

    def is_signed(self) -> None:
        """Wei fills in the sheet and can't sign it; Mei does."""
        assert self.step("edit", *SHEET)["state"] == "spec_draft"
        assert self.step("advance", "pending_sign")["state"] == "pending_sign"
        assert "mei" in complaint(self.desk("sample", "sign", "s1", now=MADE, code=4), 4)
        self.desk.env["LOGNAME"] = "mei"
        signature = self.step("sign")["signature"]
        assert (signature["by"], signature["part"], signature["holds"]) == ("mei", "manager", True)
        self.desk.env["LOGNAME"] = "wei"

    def is_made_and_photographed(self) -> None:
        """The factory makes it, and its mail brings the photo; without one it doesn't leave."""
        for state in ("making", "made"):
            assert self.step("advance", state)["state"] == state
        assert self.step("check", "--all")["state"] == "checked"
        refused = complaint(self.desk("sample", "ship", "s1", "--awb", AWB, now=MADE, code=4), 4)
        assert "Missing: a photo" in refused
        photo = letter(
            "Factory <factory@ningbo.example>",
            self.desk.rep.user,
            "SMP-2026-0001 is on the picture.",
            subject="Nozzle",
            attachment=("front.png", PICTURE),
        )
        self.desk.arrives(photo, f"{MON}T17:50")
        self.desk.sync(now=MADE)
        offered = self.suggested(MADE)
        assert (offered["ref"], self.row(MADE)["state"]) == ("s1", "checked")
        self.desk("decide", offered["id"], "yes", now=MADE)
        row = self.row(MADE)
        assert row["state"] == "photographed"
        assert [paper["sha256"] for paper in row["photos"]] == [hashlib.sha256(PICTURE).hexdigest()]

    def is_shipped(self) -> None:
        """It leaves with its waybill, and the mail that says so stands ready."""
        parcel = self.step("ship", "--awb", AWB)["parcel"]
        assert (parcel["carrier"], parcel["awb"]) == ("dhl", AWB)
        (draft,) = self.drafts()
        assert AWB in self.desk.read("outbox", "show", draft["id"])["body"]

    def notice(self, *, stamped: bool) -> None:
        """Let DHL's mail arrive as our own server received it."""
        stamp = {"Authentication-Results": "mx.ningbo.example; dkim=pass header.d=dhl.com"} if stamped else {}
        at = moment(f"{SAT}T03:00")
        stamp |= {"Received": f"from mail.dhl.com by mx.ningbo.example with ESMTPS; {at:%a, %d %b %Y %H:%M:%S %z}"}
        text = f"Your shipment with waybill {AWB} was delivered. It was signed for by NOWAK."
        subject = f"DHL shipment {AWB} was delivered"
        raw = letter("DHL Express <noreply@dhl.com>", self.desk.rep.user, text, subject=subject, headers=stamp)
        self.desk.arrives(raw, f"{SAT}T03:00")
        self.desk.sync(now=NIGHT)


def test_from_the_mail_that_asks_to_the_answer_that_stops_the_sequence(bare: Desk) -> None:
    sampling = Sampling(bare)
    sampling.is_asked_for()
    sampling.is_signed()
    sampling.is_made_and_photographed()
    sampling.is_shipped()
    sampling.notice(stamped=False)
    suggested = sampling.suggested(NIGHT)
    assert (suggested["ref"], suggested["kind"], sampling.row(NIGHT)["state"]) == ("s1", "question", "shipped")
    assert "Unverified" in suggested["why"]
    sampling.notice(stamped=True)
    row = sampling.row(NIGHT)
    assert (row["state"], row["due"]) == ("delivered", f"{moment('2026-03-08T03:00').isoformat()}")
    assert row["history"][-1]["actor"] == "mailcrm"
    assert not [row for row in bare.work(now=NIGHT) if row["id"].startswith("j")]
    (draft,) = sampling.drafts()
    sent = bare.read("outbox", "send", draft["id"], now=f"{SAT}T09:00")
    assert sent["state"] == "sent"
    assert sampling.row(f"{SAT}T09:01")["state"] == "feedback_requested"
    (mail,) = [opened(raw) for raw in bare.dovecot.raws(sampling.anna, "INBOX")]
    body = mail.get_body()
    assert body is not None
    assert "Which quantity do you have in mind for a first order?" in body.get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["front.jpg"]
    _answered(sampling, sent["message_id"])


def _answered(sampling: Sampling, mail: str) -> None:
    """Let a colleague of Anna's answer; nobody is asked any more."""
    desk = sampling.desk
    colleague = "Eva <eva@hamburg.example>"
    desk.arrives(letter(colleague, desk.rep.user, "It fits.", subject="Re: Nozzle", answers=[mail]), f"{TUE}T16:00")
    desk.sync(now=f"{TUE}T16:05")
    row = sampling.row(f"{TUE}T16:05")
    assert (row["state"], row["history"][-1]["evidence"][0]["kind"]) == ("feedback_in", "message")
    desk.sync(now="2026-05-01T10:00")
    assert sampling.drafts() == []
