"""What time does to quotes: a follow-up is due, the last day ends, another price list becomes valid.

Room: rules. A quote that was sent has one instant at which something is next (`next_due`); one that is being written is held against the
price list of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mailcrm.domain.quotes.states import EDITABLE, OPEN, QuoteState
from mailcrm.domain.steps import Evidence
from mailcrm.domain.waiting.steps import Schedule
from mailcrm.domain.words import say
from mailcrm.records import Contact, QuoteRecord
from mailcrm.rules.quotes.drafts import calendar_there, drop_drafts, follow_ups_of
from mailcrm.rules.quotes.leaving import next_due
from mailcrm.rules.sequences import Moment
from mailcrm.store.quote_facts import list_today, marked_since
from mailcrm.store.quotes import RULE, Cause, carried_by, expire, move_quote

__all__ = ["is_due", "pass_time"]

_OPEN = [state.value for state in OPEN]
_EDITABLE = [state.value for state in EDITABLE]


def is_due(session: Session, moment: Moment) -> bool:
    """Whether time has anything to do by now."""
    return session.exec(_due(moment.now).limit(1)).first() is not None or bool(_outdated(session, moment, most=1))


def pass_time(session: Session, moment: Moment) -> None:
    """Do what is due."""
    for row in session.exec(_due(moment.now)).all():
        _pass(session, row, moment)
    for row in _outdated(session, moment):
        _mark(session, row, moment)


def _due(now: datetime) -> SelectOfScalar[QuoteRecord]:
    waiting = select(QuoteRecord).where(col(QuoteRecord.next_due) <= now, col(QuoteRecord.state).in_(_OPEN))
    return waiting.order_by(col(QuoteRecord.next_due))


def _pass(session: Session, row: QuoteRecord, moment: Moment) -> None:
    if row.expires_at is not None and row.expires_at <= moment.now:
        drop_drafts(session, row)
        expire(session, row, row.expires_at)
        return
    back = _away_until(session, row, moment)
    if back is not None and back > moment.now:
        row.next_due = back if row.expires_at is None else min(back, row.expires_at)
        session.add(row)
        return
    _follow_up(session, row, moment)


def _follow_up(session: Session, row: QuoteRecord, moment: Moment) -> None:
    """Let the follow-ups that are due be due, the last of them to be written: nobody gets two at once."""
    steps = follow_ups_of(session, row, moment)
    while row.step < len(steps) and steps[row.step].due <= moment.now:
        step = steps[row.step]
        row.step += 1
        reason = say("No answer since {day}: follow-up {number}.", day=_day(row.sent_at, moment), number=step.number)
        move_quote(session, row, QuoteState.FOLLOW_UP, Cause(RULE, moment.now, carried_by(row), reason))
    drop_drafts(session, row, but=row.step)
    row.next_due = next_due(session, row, moment)
    session.add(row)


def _day(at: datetime | None, moment: Moment) -> str:
    return moment.policies.day(at).isoformat() if at else ""


def _away_until(session: Session, row: QuoteRecord, moment: Moment) -> datetime | None:
    """Return when whoever is away is back at work, at the hour at which we wrote; None where nobody is away."""
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    if contact is None or contact.away_until is None or row.sent_at is None:
        return None
    schedule = Schedule(calendar=calendar_there(session, row, moment))
    return schedule.back_at_work(contact.away_until, row.sent_at)


def _outdated(session: Session, moment: Moment, most: int | None = None) -> Sequence[QuoteRecord]:
    """Return the quotes that are being written and were held against another list than today's."""
    today = list_today(session, moment)
    rows = select(QuoteRecord).where(col(QuoteRecord.state).in_(_EDITABLE), col(QuoteRecord.list_version) != today)
    return session.exec(rows.order_by(col(QuoteRecord.id)).limit(most)).all()


def _mark(session: Session, row: QuoteRecord, moment: Moment) -> None:
    """Mark the lines whose floor is another one now; what was checked or approved by the old list is to be checked again."""
    changed = marked_since(session, row, moment) if row.list_version else []
    row.list_version = list_today(session, moment)
    row.marked = sorted({*row.marked, *changed})
    session.add(row)
    if changed and row.state != QuoteState.DRAFT:
        row.approval = None
        reason = say("Price list {version} is valid now, with other floors for lines {lines}.",
                     version=row.list_version, lines=", ".join(map(str, changed)))  # fmt: skip
        evidence = (Evidence("text", f"price list {row.list_version}"),)
        move_quote(session, row, QuoteState.DRAFT, Cause(RULE, moment.now, evidence, reason))
