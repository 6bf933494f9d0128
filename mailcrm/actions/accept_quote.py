"""Accept quote: a person confirms that the customer takes it. What was over when they did, or priced by an older list, is checked again first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.quoting import by, done, evidence_of
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.quotes.states import OPEN, QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.records import QuoteRecord
from mailcrm.store.finding import message_of
from mailcrm.store.order_parties import order_on
from mailcrm.store.proposals import drop_proposals
from mailcrm.store.quote_facts import risen_since
from mailcrm.store.quotes import NOUN, expire, give_back, move_quote, quote_name, quote_named, standing
from mailcrm.store.quotes_of import answers

__all__ = ["COMMAND", "AcceptQuote"]


@dataclass(frozen=True)
class AcceptQuote:
    """Note that the customer accepted quote `id`; `mail` ("m12") is the order, or `text` says how they told us.

    They accepted when their mail arrived, whenever that is noted.
    """

    id: str
    mail: str = ""
    text: str = ""

    verb: ClassVar[str] = "accept_quote"
    title: ClassVar[Sentence] = say("The customer accepted a quote")
    help: ClassVar[Sentence] = say(
        "Note that a quote was accepted; one that has expired, or whose price list has risen, is to be checked again first."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Let it be accepted, or to be checked again; RefusedByRule for what the customer doesn't have."""
        row = quote_named(session, self.id)
        said_at = self._said_at(session, row, situation)
        self._reopen(session, row, situation, said_at)
        if row.state == QuoteState.RE_CHECK:
            raise RefusedByRule(
                say("{quote} is to be checked again before it can be accepted.", quote=quote_name(row)),
                say(
                    "Send the next version with today's prices: `mailcrm quote revise q{id}`; or name the mail that accepted it in time: `mailcrm quote accept q{id} --mail m12`.",
                    id=row.id,
                ),
            )
        evidence = evidence_of(row, self.mail, self.text)
        why = self._over(session, row, situation, said_at)
        drop_proposals(session, NOUN, row.id or 0, [self.verb], situation.now)
        if why is not None:
            move_quote(session, row, QuoteState.RE_CHECK, by(situation, evidence, why))
            said = say(
                "Not accepted yet. {why} Send the next version: `mailcrm quote revise q{id}`.", why=why, id=row.id
            )
            return done(session, row, said)
        before = standing(row)
        move_quote(session, row, QuoteState.ACCEPTED, by(situation, evidence))
        return done(session, row, say("{quote} is accepted.", quote=quote_name(row)), before)

    def _said_at(self, session: Session, row: QuoteRecord, situation: Situation) -> datetime:
        """Return when they accepted: when their mail arrived; now, where nothing but our own word shows it."""
        mail = message_of(session, self.mail) if self.mail else None
        return mail.arrived_at if mail is not None and answers(session, mail, row) else situation.now

    def _reopen(self, session: Session, row: QuoteRecord, situation: Situation, said_at: datetime) -> None:
        """Let a quote that is over be open again where they had accepted before its end."""
        if row.state not in (QuoteState.EXPIRED, QuoteState.RE_CHECK) or row.expires_at is None:
            return
        if said_at >= row.expires_at or self._risen(session, row, situation, said_at) is not None:
            return
        zone = situation.policies.office.tz
        reason = say("Their mail came in time, at {at}.", at=said_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"))
        move_quote(session, row, QuoteState.NEGOTIATING, by(situation, evidence_of(row, self.mail), reason))
        row.next_due = row.expires_at
        session.add(row)

    def _over(self, session: Session, row: QuoteRecord, situation: Situation, said_at: datetime) -> Sentence | None:
        """Return why it is to be checked again; None where what was offered still held when they took it."""
        if row.state in OPEN and row.expires_at is not None and said_at >= row.expires_at:
            expire(session, row, situation.now)
        if row.state == QuoteState.EXPIRED:
            return say("It was valid until {day}.", day=row.valid_until)
        return self._risen(session, row, situation, said_at) if row.state in OPEN else None

    @staticmethod
    def _risen(session: Session, row: QuoteRecord, situation: Situation, said_at: datetime) -> Sentence | None:
        return risen_since(session, row, replace(situation, now=said_at))

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let it be where it was; refused where an order stands on it."""
        order = order_on(session, before["quote"])
        if order:
            raise refuse_undo(say("{order} stands on it: cancel that first.", order=order))
        give_back(session, before, by(situation, (), say("Taken back: it is not accepted.")))
        return frozenset()


COMMAND = AcceptQuote
