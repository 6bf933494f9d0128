"""Revise quote: write the next version of a quote that the customer has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.new_quote import NewQuote
from mailcrm.actions.quoting import QuoteTerms, by, completed, done
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.quotes.checks.confirmations import KINDS
from mailcrm.domain.quotes.states import EDITABLE, QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.records import QuoteRecord
from mailcrm.store.papers import copy_paper, papers_of
from mailcrm.store.quote_facts import list_today
from mailcrm.store.quotes import (
    NOUN,
    content_of,
    quote_evidence,
    quote_name,
    quote_named,
    versions_of,
    write_content,
    write_step,
)

__all__ = ["COMMAND", "ReviseQuote"]


@dataclass(frozen=True)
class ReviseQuote(QuoteTerms):
    """Write version v+1 of quote `id`; when it is sent it takes the place of the one that the customer has."""

    id: str

    verb: ClassVar[str] = "revise_quote"
    title: ClassVar[Sentence] = say("Write the next version of a quote")
    help: ClassVar[Sentence] = say("Begin the next version; the one that the customer has holds until it is sent.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it as a draft; RefusedByRule where one is being written already, or the quote was accepted."""
        last = versions_of(session, quote_named(session, self.id).number)[-1]
        _refuse(session, last)
        row = QuoteRecord(
            number=last.number,
            version=last.version + 1,
            state="",
            message_id=last.message_id,
            contact_id=last.contact_id,
            inquiry_id=last.inquiry_id,
            author=situation.actor,
            created_at=situation.now,
            changed_at=situation.now,
        )
        row.list_version = list_today(session, situation)
        session.add(row)
        session.flush()
        day = situation.today
        content = replace(content_of(last), valid_until=day + timedelta(days=situation.policies.quotes.valid_days))
        write_content(session, row, completed(session, self.on(content, day, situation.policies.trade)))
        for paper in papers_of(session, NOUN, [last.id or 0]):
            if paper.kind in KINDS:  # what was confirmed stays so until it expires
                copy_paper(session, paper, row.id or 0)
        reason = say("It follows on {quote}.", quote=quote_name(last))
        write_step(session, row, QuoteState.DRAFT, by(situation, [quote_evidence(last)], reason))
        return done(session, row, say("{quote} is being written.", quote=quote_name(row)), {"quote": row.id})

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let there be no such version."""
        return NewQuote.undo(session, before, situation)


def _refuse(session: Session, last: QuoteRecord) -> None:
    if last.state in EDITABLE:
        raise RefusedByRule(
            say("{quote} is being written already.", quote=quote_name(last)),
            say("Change that one: `mailcrm quote edit q{id}`.", id=last.id),
        )
    accepted = select(QuoteRecord.id).where(
        col(QuoteRecord.number) == last.number, col(QuoteRecord.state) == QuoteState.ACCEPTED.value
    )
    if session.exec(accepted).first() is not None:
        raise RefusedByRule(
            say("{number} is accepted: an order stands on it.", number=last.number),
            say("Change the order, or begin another quote: `mailcrm quote new`."),
        )


COMMAND = ReviseQuote
