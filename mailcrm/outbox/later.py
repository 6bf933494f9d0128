"""Send later: when a mail leaves, said by both clocks, with a warning where that is too late.

Room: outbox. In: a mail that is to leave at a time, its thread's open turns. Out: the sentence for its author.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.leaving import Answer, leaving
from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.clock.states import deadline
from mailcrm.domain.customer_zone import place_of
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.records import Outgoing, TurnRecord
from mailcrm.store.dispatches import dispatch_of
from mailcrm.store.turns import turn_of

__all__ = ["leaves_when", "missed_by"]


def missed_by(session: Session, row: Outgoing) -> Turn | None:
    """Return the first open turn whose deadline passes before the mail leaves."""
    at = row.held_until
    if at is None:
        return None
    waiting = select(TurnRecord).where(col(TurnRecord.thread_id) == row.thread_id, col(TurnRecord.end) == "")
    turns = sorted((turn_of(record) for record in session.exec(waiting)), key=deadline)
    answer = Answer(dispatch_of(row), row.answers_until)
    return next((turn for turn in turns if leaving(turn, [answer], at).in_time is False), None)


def leaves_when(session: Session, row: Outgoing, zone: str) -> Sentence:
    """Return when the mail leaves, by our clock and the customer's; and that it is too late, where it is."""
    assert row.held_until is not None  # noqa: S101  (it is to leave at a time)
    language = active_language()
    ours = stamp(row.held_until, zone, language)
    said = say("Leaves {ours}.", ours=ours)
    if row.zone_there:
        said = say(
            "Leaves {ours} our time, {theirs} at the customer's ({place}).",
            ours=ours,
            theirs=stamp(row.held_until, row.zone_there, language),
            place=place_of(row.zone_there),
        )
    missed = missed_by(session, row)
    if missed is None:
        return said
    due = stamp(deadline(missed), zone, language)
    return say("{leaves} That is too late: an answer is due {due}.", leaves=said, due=due)
