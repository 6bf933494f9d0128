"""A quote, from the inquiry to the order: below the floor, approved, sent as a PDF, negotiated, accepted; on real servers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from e2e.desk import Desk, header_values, letter, moment, opened
from servers.dovecot import Login

pytestmark = pytest.mark.server

MON, TUE, WED, THU, FRI = (f"2026-03-{day:02d}" for day in range(2, 7))
ANSWERS = ("end_customer", "yearly_volume", "region", "use", "specification", "quality")
TERMS = (
    *("--incoterm", "CIF Hamburg", "--freight", "0.20", "--premium", "0.3%", "--currency", "USD"),
    *("--payment", "30% T/T deposit, 70% against copy of B/L", "--lead-time", "30 days after deposit"),
    *("--valid-until", "2026-03-31", "--customer", "Hamburg Garden GmbH"),
)


class Quoting:
    """A desk with a price list, a bank account, a manager (mei) and a rep (wei); who acts is told by name."""

    def __init__(self, desk: Desk, place: Path) -> None:
        self.desk = desk
        self.act("mei")
        desk("team", "add", "mei", "--address", "mei@ningbo.example", "--manager")
        desk("team", "add", "wei", "--address", desk.rep.user)
        desk("entity", "edit", "--name-en", "Ningbo Valve Works", "--address-en", "1 Harbour Road, Ningbo")
        account = ("--beneficiary", "Ningbo Valve Works", "--account", "8001 2345 6789", "--bank", "Bank of Harbour")
        proposed = desk.read("bank", "propose", *account, "--swift", "BKCHCNBJ92A", "--currency", "USD")
        self.act("wei")
        desk("bank", "register", proposed["id"])
        self.act("mei")
        prices = place / "prices.csv"
        prices.write_text(
            "sku,description,unit,qty_break,fob_usd,floor_usd\nGV-50,Gate valve DN50,pcs,1,2.80,2.55\n", "utf-8"
        )
        desk(
            "pricelist",
            "import",
            str(prices),
            "--version",
            "v6",
            "--valid-from",
            "2026-01-01",
            "--apply",
            now=f"{MON}T08:00",
        )
        costs = (
            "--sku",
            "GV-50",
            "--cost",
            "1.50",
            "--kind",
            "factory",
            "--refund",
            "13%",
            "--rate",
            "1",
            "--official",
        )
        desk("costsheet", "new", "Gate valve DN50", *costs, now=f"{MON}T08:00")
        self.act("wei")
        self.freight = place / "freight.pdf"
        self.freight.write_bytes(b"%PDF-1.4 freight Hamburg 0.20 a piece")

    def act(self, name: str) -> None:
        """Let this colleague sit at the desk."""
        self.desk.env["LOGNAME"] = name

    def comes(
        self, buyer: Login, body: str, at: str, *, answers: bytes = b"", attachment: tuple[str, bytes] | None = None
    ) -> None:
        """Have the buyer write, and be read five minutes later."""
        known = [header_values(answers, "Message-ID")[0].strip("<>")] if answers else []
        subject = "Re: Inquiry: gate valves DN50" if answers else "Inquiry: gate valves DN50"
        raw = letter(
            buyer.user,
            self.desk.rep.user,
            body,
            subject=subject,
            answers=known,
            date=moment(at),
            attachment=attachment,
        )
        self.desk.arrives(raw, at)
        self.desk.sync(now=f"{at[:-2]}05")

    def quote(self, now: str, number: str = "") -> dict[str, Any]:
        """Return the newest version of the quote, or the one of this number."""
        rows = self.desk.read("quote", "list", now=now)
        found = self.desk.read("quote", "show", number or rows[0]["id"], now=now)
        assert isinstance(found, dict)
        return found


def test_a_quote_from_the_inquiry_to_the_order(bare: Desk, tmp_path: Path) -> None:
    desk = bare
    desk.env["LOGNAME"] = "wei"  # whose account it is
    desk.add_account()
    quoting, buyer = Quoting(desk, tmp_path), desk.customer("anna@hamburg.example")
    quoting.comes(buyer, "Please quote 1,000 gate valves DN50 CIF Hamburg.", f"{MON}T10:00")
    thread = desk.thread(now=f"{MON}T10:05")["id"]
    told = [word for name in ANSWERS for word in ("--answer", f"{name}=told by phone")]
    inquiry = desk.read("inquiry", "new", thread, *told, "--set", "feasibility=yes", now=f"{MON}T10:10")["id"]
    made = desk.read(
        "quote", "new", thread, "--inquiry", inquiry, "--line", "GV-50,1000,2.60,moq=500", *TERMS, now=f"{MON}T10:20"
    )["id"]
    desk("quote", "confirm", made, "freight", str(quoting.freight), "--expires", "2026-03-31", now=f"{MON}T10:21")
    desk("quote", "confirm", made, "insurance", str(quoting.freight), "--expires", "2026-03-31", now=f"{MON}T10:21")
    checked = desk.read("quote", "check", made, now=f"{MON}T10:22")
    assert checked["state"] == "needs_approval"
    working = desk("quote", "show", made, now=f"{MON}T10:22").out
    assert "2.3914" in working
    assert "2.76" in working
    assert "approv" in desk("quote", "send", made, now=f"{MON}T10:23", code=4).err
    desk("quote", "ask", made, "--note", "a first order", now=f"{MON}T10:25")
    assert desk("quote", "approve", made, now=f"{MON}T10:26", code=4).err
    quoting.act("mei")
    (waiting,) = [row for row in desk.work(now=f"{MON}T10:30") if row["kind"] == "approval"]
    assert waiting["ref"] == made
    desk("quote", "approve", made, now=f"{MON}T10:40")
    quoting.act("wei")
    desk("quote", "render", made, now=f"{MON}T10:45")
    desk("quote", "send", made, now=f"{MON}T10:50")
    assert quoting.quote(f"{MON}T10:51")["state"] == "sent"
    assert desk.thread(now=f"{MON}T10:51")["state"] == "closed"
    (first,) = desk.dovecot.raws(buyer.user, "INBOX")
    (pdf,) = opened(first).iter_attachments()
    assert bytes(pdf.get_content())[:5] == b"%PDF-"
    haggle = "Your price is too high. Can you do 2.76? We need a better payment term too."
    quoting.comes(buyer, haggle, f"{TUE}T16:00", answers=first)
    assert quoting.quote(f"{TUE}T16:06")["state"] == "negotiating"
    second = desk.read("quote", "revise", made, "--line", "GV-50,1000,2.76,moq=500", now=f"{TUE}T16:10")["id"]
    assert desk.read("quote", "check", second, now=f"{TUE}T16:11")["state"] == "ready"
    desk("quote", "send", second, now=f"{TUE}T16:15")
    states = {row["id"]: row["state"] for row in desk.read("quote", "list", now=f"{TUE}T16:16")}
    assert states == {made: "superseded", second: "sent"}
    read = desk.dovecot.raws(buyer.user, "INBOX")[-1]
    accepts = "We accept. Please find our purchase order PO-88123 attached."
    quoting.comes(buyer, accepts, f"{WED}T15:00", answers=read, attachment=("PO-88123.pdf", b"%PDF-1.4 PO"))
    questions = [row for row in desk.work(now=f"{WED}T15:06") if row["kind"] == "question" and row["ref"] == second]
    assert len(questions) == 1
    desk("decide", questions[0]["id"], "yes", now=f"{WED}T15:10")
    assert quoting.quote(f"{WED}T15:11", second)["state"] == "accepted"
    made_order = desk.read("order", "new", second, now=f"{WED}T15:12")
    assert desk.read("order", "show", made_order["id"], now=f"{WED}T15:13")["state"]
    for row in (quoting.quote(f"{WED}T15:13", made), quoting.quote(f"{WED}T15:13", second)):
        assert all(step["at"] and step["actor"] and step["evidence"] for step in row["history"])
