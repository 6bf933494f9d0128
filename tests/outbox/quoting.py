"""A desk at which quotes are written: a post with our company, its bank account, a price list, a cost sheet and a customer's inquiry.

desk = Desk(post, tmp_path)
quote = desk.new("FOB Ningbo", "NZ-20,1000,2.60,moq=500")     # everything else in order
desk.do("check_quote", quote).state
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from ingest.mailroom import REP, letter
from outbox.conftest import Post
from sqlmodel import select

from mailcrm.adapters.documents.fake import FakePress
from mailcrm.core.facade import Core
from mailcrm.domain.quotes.states import QUOTE_MACHINE
from mailcrm.domain.trade.cost_sheet import CostSheet
from mailcrm.domain.trade.costing import Costing
from mailcrm.domain.trade.money import Money
from mailcrm.queries.rows import OrderRow, QuoteRow, WorklistRow
from mailcrm.records import CostSheetRecord, MailAccount
from mailcrm.store.papers import paper_named, read_paper

__all__ = ["BUYER", "SKU", "Desk"]

BUYER = "jan@acme.example"
SKU = "NZ-20"
_TERMS = {
    "currency": "USD",
    "payment": "30% T/T deposit, 70% against copy of B/L",
    "lead_time": "30 days after deposit",
}


@dataclass
class Desk:
    """Quotes of one rep, at a fixed clock."""

    post: Post
    place: Path
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        policies = self.post.room.world.policies
        clock = replace(policies.clock, office=replace(policies.office, zone="Asia/Shanghai"))
        self.use(press=FakePress(["quotation", "proforma", "work_order"]), policies=replace(policies, clock=clock))
        self.core.do("edit_entity", name_en="Brightport Tools Ltd.", address_en="1 Harbour Road, Ningbo")
        account = self.core.do(
            "propose_account",
            beneficiary="Brightport Tools Ltd.",
            account="8001 2345 6789",
            bank="Bank of Harbour",
            swift="BKCHCNBJ92A",
            currency="USD",
        ).row
        self.core.do("register_account", id=account.id, alone=True)
        self.prices("v6", "2.55")
        self.sheet()

    @property
    def core(self) -> Core:
        """The core."""
        return self.post.core

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.post.room.clock.at

    def use(self, **changes: Any) -> None:  # noqa: ANN401  (fields of the world)
        """Let the world be another one in some respect: the press, who acts."""
        self.post.room.world = replace(self.post.room.world, **changes)
        self.post.room.core = Core(self.post.room.world)

    def as_(self, name: str) -> None:
        """Let another of us act."""
        self.use(actor=name)

    def team(self) -> None:
        """Let there be a manager, mei, and a rep, wei, who acts."""
        self.core.do("add_person", name="mei", address="mei@ningbo.example", manager=True)
        self.core.do("add_person", name="wei", address=REP)
        self._account(owner="wei")
        self.as_("wei")

    def prices(self, version: str, floor: str, *, breaks: str = "", valid_from: date | None = None) -> None:
        """Apply a price list with our article; `breaks`: more lines of the file."""
        day = valid_from or self.now.date()
        file = self.place / f"{version}.csv"
        fob = Decimal(floor) + Decimal("0.20")
        head = "sku,description,unit,qty_break,fob_usd,floor_usd"
        file.write_text(f"{head}\n{SKU},Spray nozzle,pcs,1,{fob},{floor}\n{breaks}", encoding="utf-8")
        _preview, new = self.core.ask("pricelist_preview", file=str(file), version=version, valid_from=day.isoformat())
        self.core.do("apply_pricelist", new=new)

    def sheet(
        self, sku: str = SKU, *, official: bool = True, rate_on: date | None = None, currency: str = "USD"
    ) -> str:
        """Put a cost sheet behind an article; return its id."""
        cost = Money(Decimal("1.50"), currency)
        none = Decimal(0)
        costing = Costing(
            "factory",
            cost,
            Money(none, currency),
            none,
            none,
            Decimal("0.1"),
            none,
            none,
            "USD",
            Decimal(1 if currency == "USD" else 7),
        )
        sheet = CostSheet(
            sku, costing, sku=sku, official=official, rate_on=rate_on, rate_source="bank" if rate_on else ""
        )
        with self.post.room.store.begin() as session:
            row = CostSheetRecord(
                title=sku,
                sku=sku,
                kind="factory",
                official=official,
                amount="1.70",
                currency="USD",
                content=sheet.to_json(),
                content_hash=sheet.content_hash(),
                author="wei",
                created_at=self.now,
            )
            session.add(row)
            session.flush()
            return f"g{row.id}"

    def asked(self, subject: str = "Nozzles", sender: str = BUYER, **more: Any) -> str:  # noqa: ANN401  (whatever a command takes)
        """Have a customer ask for a price; return the thread."""
        at = self.now - timedelta(hours=1)
        self.post.mailboxes["work"].deliver(b"INBOX", letter(sender, subject, date=at, **more), at)
        self.post.room.sync()
        found: str = next(row.id for row in self.core.ask("threads") if row.subject == subject)
        return found

    def writes(self, thread: str, text: str, *, sender: str = BUYER, subject: str = "", **more: Any) -> None:  # noqa: ANN401  (whatever a command takes)
        """Have somebody answer on a thread, now."""
        row = self.core.ask("thread", id=thread)
        number = next(self._numbers)
        mail = letter(
            sender,
            subject or f"Re: {row.subject}",
            text,
            message_id=f"answer-{number}@mail.example",
            references=[row.messages[0].message_id],
            date=self.now,
            **more,
        )
        self.post.mailboxes["work"].deliver(b"INBOX", mail, self.now)
        self.post.room.sync()

    def inquiry(self, thread: str) -> str:
        """Write down what the customer needs, every question answered; return its id."""
        answers = {
            "end_customer": "garden centres",
            "yearly_volume": "20,000",
            "region": "Germany",
            "use": "garden hoses",
        }
        answers |= {"specification": "as the sample", "quality": "no leaks at 6 bar"}
        row = self.core.do("new_inquiry", thread=thread, answers=answers, values={"feasibility": "yes"}).row
        return str(row.id)

    def new(self, incoterm: str = "FOB Ningbo", lines: str = f"{SKU},1000,2.60,moq=500", **terms: str) -> str:
        """Begin a quote on a thread of its own, with everything in order that isn't said otherwise; return its id."""
        thread = terms.pop("thread", "") or self.asked(f"Nozzles {next(self._numbers)}")
        known = {"inquiry": self.inquiry(thread)} if "inquiry" not in terms else {}
        row = self.core.do(
            "new_quote", thread=thread, incoterm=incoterm, lines=lines, **{**_TERMS, **known, **terms}
        ).row
        return str(row.id)

    def confirmed(self, quote: str, *kinds: str, expires: str = "") -> None:
        """Attach what others charge."""
        for kind in kinds or ("freight", "insurance"):
            file = self.place / f"{kind}.pdf"
            file.write_bytes(b"%PDF-1.4 " + kind.encode())
            self.core.do("confirm_quote", id=quote, kind=kind, file=str(file), expires=expires)

    def do(self, verb: str, quote: str, **more: Any) -> QuoteRow:  # noqa: ANN401  (whatever a command takes)
        """Do something with a quote; return it as it is then."""
        self.core.do(verb, id=quote, **more)
        return self.quote(quote)

    def quote(self, quote: str) -> QuoteRow:
        """Return a quote. Whatever happened to it happened by the machine, each step with who, when and by what it is shown."""
        row: QuoteRow = self.core.ask("quote", id=quote)
        before = ""
        for step in row.history:
            assert step.from_ == before
            assert (step.from_, step.to) == ("", "draft") or step.to in QUOTE_MACHINE.steps[step.from_]
            assert step.actor
            assert step.evidence
            assert step.actor != "mailcrm" or step.reason is not None
            before = step.to
        assert before == row.state
        return row

    def own_server(self, name: str) -> None:
        """Let our receiving server be called so: its stamps are believed."""
        self._account(authserv_ids=[name])

    def _account(self, **changes: Any) -> None:  # noqa: ANN401  (columns)
        with self.post.room.store.begin() as session:
            for account in session.exec(select(MailAccount)):
                account.sqlmodel_update(changes)
                session.add(account)

    def paper(self, paper: str) -> bytes:
        """Return the bytes of a kept file."""
        with self.post.room.store.read() as session:
            return read_paper(session, paper_named(session, paper))

    def sends_by_hand(self, quote: str, pdf: str, *, to: str = BUYER) -> None:
        """Find a mail in Sent that was written in another program, on the quote's thread, with a kept file attached."""
        mail = EmailMessage()
        first = self.core.ask("thread", id=self.quote(quote).thread_id).messages[0]
        mail["From"], mail["To"], mail["Subject"] = REP, to, f"Re: {first.subject}"
        mail["Date"], mail["Message-ID"] = format_datetime(self.now), f"<hand-{next(self._numbers)}@ningbo.example>"
        mail["References"] = f"<{first.message_id}>"
        mail.set_content("Please find our offer attached.")
        mail.add_attachment(self.paper(pdf), maintype="application", subtype="pdf", filename="offer.pdf")
        self.post.mailboxes["work"].deliver(b"Sent", mail.as_bytes(), self.now)
        self.post.room.sync()

    def ready(self, *args: str, **terms: str) -> str:
        """Return a quote that is ready to send."""
        quote = self.new(*args, **terms)
        assert self.do("check_quote", quote).state == "ready"
        return quote

    def sent(self, *args: str, **terms: str) -> str:
        """Return a quote that the customer has."""
        quote = self.ready(*args, **terms)
        assert self.do("send_quote", quote, mode="send").state == "sent"
        return quote

    def ordered(self, about: str, **more: str) -> OrderRow:
        """Make an order of a quote, or of a thread; return it."""
        row = self.core.do("new_order", about=about, **more).row
        assert isinstance(row, OrderRow)
        return row

    def passes(self, span: timedelta) -> None:
        """Let time pass, and the house see that it did."""
        self.post.room.clock.at += span
        self.core.tick_steps()

    def rows(self, view: str = "quotes", **more: str) -> list[WorklistRow]:
        """Return the worklist's rows."""
        return list(self.core.ask("worklist", view=view, **more).rows)


def days(count: float) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)
