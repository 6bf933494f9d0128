"""What stands on the worklist: open turns, letters without a clock, mails nobody could read.

Room: queries. Each function makes the rows of one kind; their order and the views are `worklist`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

from sqlalchemy.orm import load_only
from sqlmodel import Session, col, func, select

from mailcrm.domain.arrival import dated_in_future
from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.leaving import Leaving, leaving
from mailcrm.domain.clock.states import State, back_from_snooze, deadline, state
from mailcrm.domain.message import Role, Side
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.marks import Mark, marks_of
from mailcrm.queries.outgoing_lines import on_their_way
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import WorklistRow
from mailcrm.queries.turn_reasons import PROMISES, why
from mailcrm.records import Company, Contact, Message, QuarantinedMail, Thread, TurnRecord
from mailcrm.store.turns import turn_of

__all__ = ["letter_rows", "open_turns", "quarantine_rows", "turn_rows"]

_PLACE = ("thread_id", "account_id", "contact_id", "sort_key", "arrived_at", "date_header")
_TOLD = ("from_name", "from_address", "subject", "gist", "purpose", "has_attachments")
# Most of a mail's other columns are lists, which cost more to read than all of these.
_SHOWN = load_only(*(getattr(Message, name) for name in (*_PLACE, *_TOLD)))
_BANDS_BY_STATE = {
    State.PROMISE_BROKEN: "broken",
    State.OVERDUE: "overdue",
    State.AT_RISK: "at_risk",
    State.PROMISE_AT_RISK: "at_risk",
}
_TEMPLATES = {
    State.OVERDUE: "late_apology",
    State.PROMISE_AT_RISK: "promise_extend",
    State.PROMISE_BROKEN: "late_apology",
}


class _PartyColumns(TypedDict):
    company: str | None
    contact: str | None
    country: str | None
    grade: str | None
    role: str


@dataclass(frozen=True, slots=True)
class _Party:
    """Who a row is about."""

    company: Company | None
    contact: Contact | None
    sender: str

    @property
    def role(self) -> str:
        return self.company.role if self.company else self.contact.role if self.contact else "unknown"

    @property
    def country(self) -> str | None:
        """The company's; the contact's own where no company has one."""
        firm = self.company.country if self.company else None
        return firm or (self.contact.country if self.contact else None)

    def columns(self) -> _PartyColumns:
        """Return the columns of a row that tell who it is about."""
        return {
            "company": self.company.name if self.company else None,
            "contact": (self.contact.name if self.contact else "") or self.sender,
            "country": self.country,
            "grade": self.company.grade if self.company else None,
            "role": self.role,
        }


def _parties(session: Session, messages: Sequence[Message]) -> dict[int | None, _Party]:
    contacts = {
        row.id: row
        for row in session.exec(select(Contact).where(col(Contact.id).in_({m.contact_id for m in messages} - {None})))
    }
    companies = {
        row.id: row
        for row in session.exec(
            select(Company).where(col(Company.id).in_({c.company_id for c in contacts.values()} - {None}))
        )
    }
    found: dict[int | None, _Party] = {}
    for message in messages:
        contact = contacts.get(message.contact_id)
        company = companies.get(contact.company_id) if contact else None
        found[message.id] = _Party(company, contact, message.from_name or message.from_address)
    return found


def open_turns(session: Session) -> Sequence[TurnRecord]:
    """Return the turns that stand."""
    return session.exec(select(TurnRecord).where(col(TurnRecord.end) == "")).all()


def turn_rows(session: Session, outlook: Outlook, owners: Owners, records: Sequence[TurnRecord]) -> list[WorklistRow]:
    """Return the rows of open turns."""
    turns = {record.opened_by: turn_of(record) for record in records}
    newest = {record.opened_by: record.messages[-1] for record in records}
    wanted = {*turns, *newest.values()}
    messages = {m.id: m for m in session.exec(select(Message).options(_SHOWN).where(col(Message.id).in_(wanted)))}
    parties = _parties(session, list(messages.values()))
    first_mail = _first_mails(session, [p.contact.id for p in parties.values() if p.contact and p.contact.id])
    we_wrote = _first_of_ours(session, {record.thread_id for record in records})
    marks = marks_of(session, records)
    snoozed = _snoozed(session, outlook, {record.thread_id for record in records})
    answers = on_their_way(session, {record.thread_id for record in records})
    rows = []
    for record in records:
        opening, last = messages[record.opened_by], messages[newest[record.opened_by]]
        party = parties[opening.id]
        first = party.contact is None or first_mail.get(party.contact.id) == opening.sort_key
        new = first and not we_wrote.get(record.thread_id, record.anchor) < record.anchor
        turn = turns[record.opened_by]
        ours = leaving(turn, answers.get(record.thread_id, ()), outlook.now)
        mark = marks.get(record.opened_by, Mark())
        row = _turn_row(turn, opening, last, party, outlook, new_sender=new, ours=ours, mark=mark)
        row = replace(row, owner=owners.of(record.thread_id, opening.account_id))
        until = snoozed.get(record.thread_id)
        back = outlook.now
        if until:
            back = back_from_snooze(until, record.deadline, outlook.policy, domestic=record.domestic)
        rows.append(replace(row, snoozed_until=back, flags=("snoozed", *row.flags)) if back > outlook.now else row)
    return rows


def _snoozed(session: Session, outlook: Outlook, threads: set[int]) -> dict[int, datetime]:
    rows = select(Thread.id, Thread.snoozed_until).where(
        col(Thread.id).in_(threads), col(Thread.snoozed_until) > outlook.now
    )
    return {thread: until for thread, until in session.exec(rows) if thread is not None and until is not None}


def _first_mails(session: Session, contacts: Iterable[int]) -> dict[int | None, int]:
    """Return the sort key of the first mail of each contact: one step into an index for each, however much they wrote."""
    first = select(func.min(Message.sort_key)).where(col(Message.contact_id) == col(Contact.id)).scalar_subquery()
    return dict(session.exec(select(Contact.id, first).where(col(Contact.id).in_(set(contacts)))).all())


def _first_of_ours(session: Session, threads: set[int]) -> dict[int, datetime]:
    found = session.exec(
        select(Message.thread_id, func.min(Message.arrived_at))
        .where(col(Message.thread_id).in_(threads), col(Message.side) == Side.OURS.value)
        .group_by(col(Message.thread_id))
    )
    return {thread: at for thread, at in found if at is not None}


def _turn_row(
    turn: Turn,
    opening: Message,
    last: Message,
    party: _Party,
    outlook: Outlook,
    *,
    new_sender: bool,
    ours: Leaving,
    mark: Mark,
) -> WorklistRow:
    now_state = state(turn, outlook.policy, outlook.now)
    due = deadline(turn)
    flags = {
        "chased": mark.chased,
        "new_sender": new_sender and not turn.looks_finished,
        "bounced": turn.bounced,
        "arrived_while_you_wrote": turn.late_arrivals,
        "low": turn.low,
        "seen_late": bool(turn.seen_late),
        "adopted": turn.adopted,
        "routed_late": turn.routed_at is not None,
        "junk": mark.junk,
        "attachment": opening.has_attachments or last.has_attachments,
        "future_date": any(
            m.date_header is not None and dated_in_future(m.date_header, m.arrived_at) for m in (opening, last)
        ),
    }
    first_touch = "complaint_received" if mark.complaint else "inquiry_ask" if new_sender else "plain_reply"
    suggested = _TEMPLATES.get(now_state, first_touch)
    return WorklistRow(
        id=f"r{opening.id}",
        ref=f"t{opening.thread_id}",
        band=_band(turn, now_state, mark, calm=ours.looked_for)
        or ("today" if due <= outlook.end_of_today() else "later"),
        kind="promise" if now_state in PROMISES else "reply",
        thread_id=f"t{opening.thread_id}",
        **party.columns(),
        purpose=last.purpose,
        gist=last.gist,
        subject=last.subject,
        state=now_state.value,
        due=due,
        reply_due=turn.due,
        overdue_seconds=max(0, int((outlook.now - due).total_seconds())),
        arrived_at=turn.anchor,
        count=len(turn.messages),
        flags=(*(name for name, on in flags.items() if on), *ours.flags),
        why=why(turn, now_state, outlook.zone, ours),
        leaves_at=ours.leaves_at,
        in_time=ours.in_time,
        seen_late_seconds=turn.seen_late,
        suggested_template=suggested,
        routed_late_seconds=int((turn.routed_at - turn.anchor).total_seconds()) if turn.routed_at else 0,
    )


def _band(turn: Turn, now_state: State, mark: Mark, *, calm: bool) -> str | None:
    """Return the first band that fits (trade.md), None where only the due decides.

    `calm`: the reply may have left and is being looked for, so that no deadline counts as missed yet.
    """
    if mark.complaint:
        return "complaint"
    if turn.looks_finished and now_state not in PROMISES:
        return "looks_finished"
    if now_state is State.PROMISE_BROKEN or not mark.chased:
        return None if calm else _BANDS_BY_STATE.get(now_state)
    return "chased"


def letter_rows(session: Session, owners: Owners) -> list[WorklistRow]:
    """Return the last mails of threads that no clock runs for: unknown senders, and parties whose role starts none."""
    # Most threads have none: asked for those that have one, SQLite looks into the index.
    lying = (col(Thread.letter_id) > 0, col(Thread.done).is_(False))
    mails = select(Message).options(_SHOWN).join(Thread, col(Thread.letter_id) == col(Message.id))
    messages = session.exec(mails.where(*lying)).all()
    parties = _parties(session, messages)
    return [
        _letter_row(message, parties[message.id], owners.of(message.thread_id, message.account_id))
        for message in messages
    ]


def _letter_row(message: Message, party: _Party, owner: str) -> WorklistRow:
    other = not Role(party.role).starts_clock
    return WorklistRow(
        id=f"m{message.id}",
        ref=f"t{message.thread_id}",
        band="others" if other else "unknown",
        kind="reply" if other else "unknown_sender",
        state=State.IDLE.value,
        why=say("No clock runs for a party of this role: {role}.", role=party.role)
        if other
        else say("A new sender in whose mail no demand can be read."),
        thread_id=f"t{message.thread_id}",
        **party.columns(),
        purpose=message.purpose,
        gist=message.gist,
        subject=message.subject,
        arrived_at=message.arrived_at,
        flags=("attachment",) if message.has_attachments else (),
        owner=owner,
    )


def quarantine_rows(session: Session, owners: Owners) -> list[WorklistRow]:
    """Return mails that no parser survived."""
    rows = session.exec(select(QuarantinedMail).where(col(QuarantinedMail.state) == "open")).all()
    return [
        WorklistRow(
            id=f"q{row.id}",
            ref=f"q{row.id}",
            band="later",
            kind="quarantine",
            state=State.IDLE.value,
            why=say("This mail could not be read; it is kept whole and will be tried again by the next release."),
            gist=str(Sentence.from_json(row.error)),
            arrived_at=row.arrived_at,
            owner=owners.of(None, row.account_id),
        )
        for row in rows
    ]
