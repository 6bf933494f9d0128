"""New order: from a quote that the customer accepted, or by hand from a thread, a contact or a company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.accept_quote import AcceptQuote
from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, finish, give_back, snapshot
from mailcrm.actions.owing import check_terms
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.orders.content import OrderContent
from mailcrm.domain.orders.fields import edited
from mailcrm.domain.orders.from_quote import CHECKLIST, ordered
from mailcrm.domain.orders.milestones import Stage
from mailcrm.domain.quotes.states import OPEN, QUOTE_STATE_WORDS, QuoteState
from mailcrm.domain.trade.currencies import checked_currency
from mailcrm.domain.words import Sentence, say
from mailcrm.records import OrderRecord, QuoteRecord
from mailcrm.store.factory_names import chinese_names
from mailcrm.store.numbers import next_number
from mailcrm.store.order_parties import names_quote, order_on, party_of, quoted_party
from mailcrm.store.orders import Settled, add_milestones, move, with_milestones
from mailcrm.store.proposals import drop_thread_proposals
from mailcrm.store.quotes import content_of, quote_name, quote_named
from mailcrm.store.team import person_named

__all__ = ["COMMAND", "NewOrder"]


@dataclass(frozen=True)
class NewOrder:
    """Make an order about `about`: a quote ("q2", "QUO-2026-0007/v2"), or a "t12", "m340", "c7", "o5".

    A quote that is with the customer is accepted by that, shown by `mail`, the one that orders. `lines` as in domain.orders.lines. What is
    empty can be said later with `edit_order`.
    """

    about: str
    lines: str = ""
    currency: str = "USD"
    po: str = ""
    pi: str = ""
    terms: str = ""
    incoterm: str = ""
    latest_shipment: str = ""
    deposit: str = ""
    special: str = ""
    mail: str = ""
    owner: str = ""

    verb: ClassVar[str] = "new_order"
    title: ClassVar[Sentence] = say("Make an order")
    help: ClassVar[Sentence] = say(
        "Make an order of an accepted quote, or from this thread: its milestones are planned, and its gates follow from the payment terms."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Make it; RefusedByRule for a quote that isn't accepted and can't be."""
        quote = quote_named(session, self.about) if names_quote(self.about) else None
        accepted = self._accept(session, situation, quote) if quote is not None else None
        contact, message = quoted_party(session, quote) if quote is not None else party_of(session, self.about)
        content = self._content(session, situation, quote)
        row = OrderRecord(
            number=next_number(session, OrderRecord.number, "ORD", situation.today),
            state="",
            stage=Stage.CONTRACT.value,
            message_id=message,
            contact_id=contact.id or 0,
            quote_id=quote.id if quote else None,
            owner=person_named(session, self.owner).name if self.owner.strip() else "",
            content=content.to_json(),
            created_at=situation.now,
            created_by=situation.actor,
            changed_at=situation.now,
        )
        session.add(row)
        session.flush()
        file = with_milestones(session, [row])[0]
        before = snapshot(file) | ({"accepted": dict(accepted)} if accepted is not None else {})
        shown = Shown(self.mail).read(session, situation, file)
        move(session, file, "new", Settled(situation.actor, situation.now, situation.today, evidence=shown))
        add_milestones(session, file)
        if file.thread_id is not None:
            drop_thread_proposals(session, file.thread_id, self.verb, situation.now)
        return finish(session, situation, file, before, say("{order} is made.", order=row.number))

    def _accept(self, session: Session, situation: Situation, quote: QuoteRecord) -> Mapping[str, object] | None:
        """See to it that the quote is accepted; what has expired or whose prices have risen is checked again first.

        Return how that is taken back; None where it was accepted before.
        """
        before = None
        if quote.state in OPEN or (self.mail and quote.state in (QuoteState.EXPIRED, QuoteState.RE_CHECK)):
            before = AcceptQuote(f"q{quote.id}", self.mail).handle(session, situation).before
        if quote.state != QuoteState.ACCEPTED:
            raise RefusedByRule(
                say(
                    "{quote} is not accepted: {state}.",
                    quote=quote_name(quote),
                    state=QUOTE_STATE_WORDS[QuoteState(quote.state)],
                ),
                say("What the customer accepts is noted with `mailcrm quote accept q{id}`.", id=quote.id),
            )
        made = order_on(session, quote.id or 0)
        if made:
            raise RefusedByRule(
                say("{quote} has its order: {order}.", quote=quote_name(quote), order=made),
                say("A second one is made from the thread: `mailcrm order new t12`."),
            )
        return before

    def _content(self, session: Session, situation: Situation, quote: QuoteRecord | None) -> OrderContent:
        said = {
            "po": self.po,
            "pi": self.pi,
            "terms": self.terms,
            "incoterm": self.incoterm,
            "lines": self.lines,
            "latest_shipment": self.latest_shipment,
            "deposit": self.deposit,
            "special": self.special,
        }
        given = {name: value for name, value in said.items() if value}
        if quote is None:
            begun = OrderContent(checked_currency(self.currency), documents=CHECKLIST)
        else:
            offered = content_of(quote)
            called = chinese_names(session, [line.sku for line in offered.lines])
            begun = ordered(offered, quote_name(quote), called)
            begun = edited(begun, {"terms": offered.payment}, situation.today) if offered.payment else begun
        content = edited(begun, given, situation.today)
        check_terms(begun, content, situation)
        return content

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let it be cancelled: its number is given. Was the quote accepted by it, it is so no more; what was accepted before stays."""
        cancelled = {"state": Stage.CANCELLED.value, "stage": Stage.CANCELLED.value}
        touched = give_back(session, {**before, "row": {**before["row"], **cancelled}}, situation)
        return touched | AcceptQuote.undo(session, before["accepted"], situation) if "accepted" in before else touched


COMMAND = NewOrder
