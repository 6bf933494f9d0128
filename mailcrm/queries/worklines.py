"""What stands on the worklist: open turns, letters without a clock, mails nobody could read.

Room: queries. Each function makes the rows of one kind; their order and the views are `worklist`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import load_only
from sqlmodel import Session, col, func, select

from mailcrm.domain.clock.states import State
from mailcrm.domain.message import Side
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.marks import marks_of
from mailcrm.queries.outgoing_lines import on_their_way
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import WorklistRow
from mailcrm.queries.turn_lines import Mark, Party, Standing, turn_line
from mailcrm.records import Company, Contact, Message, QuarantinedMail, Thread, TurnRecord
from mailcrm.store.turns import turn_of

__all__ = ["letter_rows", "open_turns", "quarantine_rows", "turn_rows"]

_PLACE = ("thread_id", "account_id", "contact_id", "sort_key", "arrived_at", "date_header")
_TOLD = ("from_name", "from_address", "subject", "gist", "purpose", "has_attachments")
# Most of a mail's other columns are lists, which cost more to read than all of these.
_SHOWN = load_only(*(getattr(Message, name) for name in (*_PLACE, *_TOLD)))


def _parties(session: Session, messages: Sequence[Message]) -> dict[int | None, Party]:
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
    found: dict[int | None, Party] = {}
    for message in messages:
        contact = contacts.get(message.contact_id)
        company = companies.get(contact.company_id) if contact else None
        found[message.id] = _party(company, contact, message.from_name or message.from_address)
    return found


def _party(company: Company | None, contact: Contact | None, sender: str) -> Party:
    if contact is None:
        return Party(sender)
    if company is None:
        return Party(sender, None, contact.name, contact.country, None, contact.role)
    return Party(sender, company.name, contact.name, company.country or contact.country, company.grade, company.role)


def open_turns(session: Session) -> Sequence[TurnRecord]:
    """Return the turns that stand."""
    return session.exec(select(TurnRecord).where(col(TurnRecord.end) == "")).all()


def turn_rows(session: Session, outlook: Outlook, owners: Owners, records: Sequence[TurnRecord]) -> list[WorklistRow]:
    """Return the rows of open turns."""
    newest = {record.opened_by: record.messages[-1] for record in records}
    wanted, threads = {*newest, *newest.values()}, {record.thread_id for record in records}
    messages = {m.id: m for m in session.exec(select(Message).options(_SHOWN).where(col(Message.id).in_(wanted)))}
    parties = _parties(session, list(messages.values()))
    first_mail = _first_mails(session, {message.contact_id for message in messages.values()} - {None})
    we_wrote, marks = _first_of_ours(session, threads), marks_of(session, records)
    snoozed, answers = _snoozed(session, outlook, threads), on_their_way(session, threads)
    rows = []
    for record in records:
        opening, thread = messages[record.opened_by], record.thread_id
        first = opening.contact_id is None or first_mail.get(opening.contact_id) == opening.sort_key
        known = Standing(
            turn_of(record),
            opening,
            messages[newest[record.opened_by]],
            parties[opening.id],
            owners.of(thread, opening.account_id),
            first=first and not we_wrote.get(thread, record.anchor) < record.anchor,
            answers=answers.get(thread, ()),
            mark=marks.get(record.opened_by, Mark()),
            snoozed_until=snoozed.get(thread),
        )
        rows.append(turn_line(known, outlook))
    return rows


def _snoozed(session: Session, outlook: Outlook, threads: set[int]) -> dict[int, datetime]:
    rows = select(Thread.id, Thread.snoozed_until).where(
        col(Thread.id).in_(threads), col(Thread.snoozed_until) > outlook.now
    )
    return {thread: until for thread, until in session.exec(rows) if thread is not None and until is not None}


def _first_mails(session: Session, contacts: Collection[int | None]) -> dict[int | None, int]:
    """Return the sort key of the first mail of each contact: one step into an index for each, however much they wrote."""
    first = select(func.min(Message.sort_key)).where(col(Message.contact_id) == col(Contact.id)).scalar_subquery()
    return dict(session.exec(select(Contact.id, first).where(col(Contact.id).in_(contacts))).all())


def _first_of_ours(session: Session, threads: set[int]) -> dict[int, datetime]:
    found = session.exec(
        select(Message.thread_id, func.min(Message.arrived_at))
        .where(col(Message.thread_id).in_(threads), col(Message.side) == Side.OURS.value)
        .group_by(col(Message.thread_id))
    )
    return {thread: at for thread, at in found if at is not None}


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


def _letter_row(message: Message, party: Party, owner: str) -> WorklistRow:
    other = not party.starts_clock
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
            id=f"h{row.id}",
            ref=f"h{row.id}",
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
