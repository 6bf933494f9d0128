"""Follow-ups of quotes that stand ready as drafts: which are wanted, and what goes when nobody wants them any more.

Room: rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mailcrm.domain.clock.office import Office
from mailcrm.domain.outbox import Status, cancel
from mailcrm.domain.quotes.sequence import REMINDER, FollowUp, follow_ups
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.waiting.steps import Schedule
from mailcrm.domain.words import say
from mailcrm.records import Contact, Outgoing, QuoteRecord
from mailcrm.rules.sequences import Moment, StepDraft
from mailcrm.store.dispatches import dispatch_of, write_dispatch
from mailcrm.store.quotes import content_of, quote_name, thread_of
from mailcrm.store.quotes_of import company_of

__all__ = ["calendar_there", "drop_drafts", "follow_ups_of", "wanted_drafts"]


def follow_ups_of(session: Session, row: QuoteRecord, moment: Moment) -> tuple[FollowUp, ...]:
    """Return when a quote that was sent is followed up, in the working days of the customer's country."""
    if row.sent_at is None or row.valid_until is None:
        return ()
    schedule = Schedule(moment.policies.quotes.follow_up, calendar_there(session, row, moment))
    zone = content_of(row).zone
    return follow_ups(row.sent_at, schedule, row.valid_until, zone, remind_days=moment.policies.quotes.remind_days)


def calendar_there(session: Session, row: QuoteRecord, moment: Moment) -> Office:
    """Return the working days where the quote went: the company's country's, else the contact's."""
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    company = company_of(session, row.contact_id)
    country = (company.country if company else None) or (contact.country if contact else None) or ""
    return moment.policies.waiting.calendar_of(country)


def wanted_drafts(session: Session, moment: Moment) -> list[StepDraft]:
    """Return the follow-up that each quote wants now."""
    found = select(QuoteRecord).where(col(QuoteRecord.state) == QuoteState.FOLLOW_UP.value)
    return [
        draft for row in session.exec(found.order_by(col(QuoteRecord.id))) for draft in _wanted(session, row, moment)
    ]


def _wanted(session: Session, row: QuoteRecord, moment: Moment) -> list[StepDraft]:
    steps = follow_ups_of(session, row, moment)
    if not 1 <= row.step <= len(steps):
        return []
    step = steps[row.step - 1]
    told = {"quotation": quote_name(row)}
    if step.template == REMINDER and row.valid_until is not None:
        told["valid_until"] = row.valid_until.isoformat()
    return [StepDraft(f"q{row.id}:follow{step.number}", thread_of(session, row), step.template, told)]


def drop_drafts(session: Session, row: QuoteRecord, but: int = 0) -> None:
    """Cancel the follow-ups that nobody sent, all but that of step `but`: there was an answer, or the next one takes its place."""
    waiting: Sequence[Outgoing] = session.exec(
        select(Outgoing).where(
            col(Outgoing.about).startswith(f"q{row.id}:follow", autoescape=True),
            col(Outgoing.state).in_([Status.DRAFT.value, Status.HELD.value]),
        )
    ).all()
    for mail in waiting:
        if mail.about != f"q{row.id}:follow{but}":
            write_dispatch(mail, cancel(dispatch_of(mail)))
            mail.last_error = say("Not needed any more: there was an answer, or another step.").to_json()
            session.add(mail)
