"""New quote: offer what a mail asks for; terms and lines come from the last quote to the company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.quoting import QuoteTerms, by, completed, done
from mailcrm.domain.quotes.content import QuoteContent
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.quotes.typed import parse_lines
from mailcrm.domain.steps import Evidence
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.trade.rules import TradeRules
from mailcrm.domain.words import Sentence, say
from mailcrm.records import QuoteRecord
from mailcrm.store.finding import thread_id_of
from mailcrm.store.numbers import next_number
from mailcrm.store.proposals import drop_thread_proposals
from mailcrm.store.quote_facts import list_today
from mailcrm.store.quotes import content_of, forget_quote, quote_name, quote_named, write_content, write_step
from mailcrm.store.quotes_of import asked_by, inquiry_of, last_quote_to, name_printed

__all__ = ["COMMAND", "NewQuote"]


@dataclass(frozen=True)
class NewQuote(QuoteTerms):
    """Begin a quote on `thread` ("t12", or a mail "m340").

    `from_quote`: take terms and lines from this one instead of the last quote to the company; "none" begins with nothing. Lines that are
    given take the place of those that were offered last, article by article with what is known of it.
    """

    thread: str
    from_quote: str = ""

    verb: ClassVar[str] = "new_quote"
    title: ClassVar[Sentence] = say("Write a quote")
    help: ClassVar[Sentence] = say("Offer prices on this mail; what was offered to the company last is filled in.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the first version, as a draft."""
        thread = thread_id_of(session, self.thread)
        mail = asked_by(session, thread)
        row = QuoteRecord(
            number=next_number(session, QuoteRecord.number, "QUO", situation.today),
            state="",
            message_id=mail.id or 0,
            contact_id=mail.contact_id,
            author=situation.actor,
            created_at=situation.now,
            changed_at=situation.now,
        )
        row.inquiry_id = inquiry_of(session, self.inquiry, thread)
        session.add(row)
        session.flush()
        row.list_version = list_today(session, situation)
        content = self._content(session, situation, row)
        write_content(session, row, content)
        write_step(session, row, QuoteState.DRAFT, by(situation, [Evidence("message", f"m{mail.id}")]))
        drop_thread_proposals(session, thread, self.verb, situation.now)
        return done(session, row, say("{quote} is being written.", quote=quote_name(row)), {"quote": row.id})

    def _content(self, session: Session, situation: Situation, row: QuoteRecord) -> QuoteContent:
        day = situation.today
        begun = replace(
            self._begun(session, row, situation.policies.trade),
            customer=name_printed(session, row),
            zone=situation.policies.office.zone,
            valid_until=day + timedelta(days=situation.policies.quotes.valid_days),
        )
        if self.lines:
            offered = {sku_key(line["sku"]) for line in parse_lines(self.lines)}
            begun = replace(begun, lines=tuple(line for line in begun.lines if sku_key(line.sku) in offered))
        return completed(session, self.on(begun, day, situation.policies.trade))

    def _begun(self, session: Session, row: QuoteRecord, trade: TradeRules) -> QuoteContent:
        """Return what the quote begins with."""
        last = None
        if self.from_quote != "none":
            last = quote_named(session, self.from_quote) if self.from_quote else last_quote_to(session, row)
        if last is not None:
            return content_of(last)
        return QuoteContent(trade.currency, "", "", markup=trade.mark_up, step=trade.price_step)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let there be no such quote; refused once it went any step."""
        del situation
        row = session.get_one(QuoteRecord, before["quote"])
        if row.state != QuoteState.DRAFT:
            raise refuse_undo(say("{quote} is no draft any more.", quote=quote_name(row)))
        forget_quote(session, row)
        return frozenset()


COMMAND = NewQuote
