"""What we wait for, as rows of the worklist: nudges, what a person is asked about them, and addresses that failed.

Room: queries. A row is "w340", by the mail that we wait on. Until its step is due it stands in the view `waiting` only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.message import Kind, Side
from mailcrm.domain.rhythm import LATEST, LEAST, is_silent
from mailcrm.domain.waiting.wait import WaitState, state
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import Company, Contact, Message, Outgoing, Thread, TurnRecord, WaitRecord
from mailcrm.store.waiting import wait_of

__all__ = ["arrivals_of", "wait_rows"]

_AT_ONCE = 5_000
_DOUBT = "in_doubt"
_LEAVING = ("held", "queued", "sending", "deferred", _DOUBT)
_BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)


def wait_rows(session: Session, outlook: Outlook, owners: Owners) -> list[WorklistRow]:
    """Return the waits of threads that nobody has put away, each a row of kind `nudge` or, where something is asked, `question`."""
    found = session.exec(
        select(WaitRecord, Message, Thread)
        .select_from(WaitRecord)
        .join(Message, col(Message.id) == col(WaitRecord.message_id))
        # The sum keeps SQLite from going through all threads: the waits are few.
        .join(Thread, col(Thread.id) == col(WaitRecord.thread_id) + 0)
        .where(col(Thread.done).is_(False))
    ).all()
    people = _people(session, [record for record, _mail, _thread in found])
    firms = {row.id: row for row in _companies(session, people.values())}
    arrivals = arrivals_of(session, _quiet(session, people.values(), outlook))
    leaving = _on_its_way(session, {record.thread_id for record, _mail, _thread in found})
    reopened = set(session.exec(select(TurnRecord.thread_id).where(col(TurnRecord.end) == "")))
    rows = []
    for record, mail, thread in found:
        if record.failed and record.thread_id in reopened:
            continue  # the turn that the bounce reopened says so already
        contact = next((people[one] for one in record.recipients if one in people), None)
        silent = contact is not None and is_silent(arrivals.get(contact.id or 0, ()), outlook.now)
        company = firms.get(contact.company_id) if contact else None
        owner = owners.of(record.thread_id, thread.account_id)
        sending = leaving.get(record.thread_id, "")
        rows.append(_row(record, mail, contact, company, outlook, owner=owner, silent=silent, sending=sending))
    return rows


def _on_its_way(session: Session, threads: Collection[int]) -> dict[int, str]:
    """Return the state of our mails that have neither left nor failed: nobody is to write another one beside them."""
    rows = select(Outgoing.thread_id, Outgoing.state).where(
        col(Outgoing.thread_id).in_(threads), col(Outgoing.state).in_(_LEAVING)
    )
    return {thread: how for thread, how in session.exec(rows) if thread is not None}


def _quiet(session: Session, people: Collection[Contact], outlook: Outlook) -> set[int]:
    """Return those who haven't written for so long that they may be unusually silent."""
    mails = _written_by([one.id for one in people if one.id is not None])
    newest = select(Message.contact_id).where(*mails).group_by(col(Message.contact_id))
    quiet = session.exec(newest.having(func.max(Message.arrived_at) < outlook.now - LEAST))
    return {one for one in quiet if one is not None}


def _written_by(contacts: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Message.contact_id).in_(contacts),
        col(Message.side) == Side.THEIRS.value,
        col(Message.kind).in_(_BY_HAND),
    )


def arrivals_of(session: Session, contacts: Collection[int]) -> dict[int, list[datetime]]:
    """Return when each contact wrote his latest mails by hand, whatever of it is history."""
    found: dict[int, list[datetime]] = defaultdict(list)
    for some in _pieces(contacts):
        place = func.row_number().over(partition_by=col(Message.contact_id), order_by=col(Message.arrived_at).desc())
        ranked = (
            select(Message.contact_id, Message.arrived_at, place.label("place")).where(*_written_by(some)).subquery()
        )
        rows = select(ranked.c.contact_id, ranked.c.arrived_at).where(ranked.c.place <= LATEST)
        for contact, at in session.exec(rows):
            found[contact or 0].append(at)
    return found


def _pieces(ids: Collection[int]) -> Iterator[list[int]]:
    every = sorted(ids)
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))


def _people(session: Session, records: Collection[WaitRecord]) -> dict[str, Contact]:
    wanted = {address for record in records for address in record.recipients}
    return {row.address: row for row in session.exec(select(Contact).where(col(Contact.address).in_(wanted)))}


def _companies(session: Session, people: Collection[Contact]) -> Collection[Company]:
    wanted = {one.company_id for one in people} - {None}
    return session.exec(select(Company).where(col(Company.id).in_(wanted))).all()


def _row(
    record: WaitRecord,
    mail: Message,
    contact: Contact | None,
    company: Company | None,
    outlook: Outlook,
    *,
    owner: str,
    silent: bool,
    sending: str,
) -> WorklistRow:
    wait = wait_of(record)
    now_state = state(wait, outlook.now)
    asked = record.elsewhere is not None
    acts = asked or now_state is WaitState.FAILED or (now_state is WaitState.NUDGE_DUE and not sending)
    nudges = now_state is WaitState.NUDGE_DUE and wait.number is not None and not asked
    judged: Company | Contact | None = company or contact
    flags = {"silent": silent, "bounced": record.failed, "away": _is_away(record, outlook), _DOUBT: sending == _DOUBT}
    return WorklistRow(
        id=f"w{record.message_id}",
        ref=f"t{record.thread_id}",
        band="step" if acts else "later",
        kind="question" if asked else "nudge",
        state=now_state.value,
        why=_why(record, now_state, outlook),
        thread_id=f"t{record.thread_id}",
        company=company.name if company else None,
        contact=(contact.name if contact else "") or ", ".join(record.recipients) or None,
        country=(company.country if company else None) or (contact.country if contact else None),
        grade=company.grade if company else None,
        role=judged.role if judged else "unknown",
        gist=mail.question or mail.gist,
        subject=mail.subject,
        due=None if asked or record.failed else record.due,
        overdue_seconds=0,
        arrived_at=record.since,
        count=1 + len(record.nudges),
        flags=tuple(name for name, on in flags.items() if on),
        suggested_template=f"nudge_{wait.number}" if nudges else None,
        owner=owner,
    )


def _is_away(record: WaitRecord, outlook: Outlook) -> bool:
    office = outlook.policies.office
    return record.away_until is not None and record.away_until > outlook.now.astimezone(office.tz).date()


def _why(record: WaitRecord, now_state: WaitState, outlook: Outlook) -> Sentence:
    language = active_language()
    since, due = stamp(record.since, outlook.zone, language), stamp(record.due, outlook.zone, language)
    if record.elsewhere is not None:
        return say(
            "They wrote on another thread since {since}: do we still wait for this (yes), or was that the answer (no)?",
            since=since,
        )
    if now_state is WaitState.NUDGE_DUE:
        return _why_now(record, since, due)
    told = {
        WaitState.FAILED: say(
            "Our mail of {since} came back: the address failed. Find another one, or wait no more.", since=since
        ),
        WaitState.PARKED: say("Asked {since}. Parked until {due}.", since=since, due=due),
        WaitState.WAITING: say("Asked {since}. Next step: a nudge {due}.", since=since, due=due),
    }
    count = len(record.nudges)
    return told.get(now_state) or say(
        "Asked {since}, nudges so far: {count}. Next step {due}.", since=since, count=count, due=due
    )


def _why_now(record: WaitRecord, since: str, due: str) -> Sentence:
    """Return what a person is to do now that the step is due."""
    if record.number is None:
        count = len(record.nudges)
        return say(
            "Asked {since}, no answer to {count} nudges: park it until a day, call them, or wait no more.",
            since=since,
            count=count,
        )
    if record.parked_until is not None:
        return say("Asked {since}, no answer; it was parked until {due}.", since=since, due=due)
    return say("Asked {since}, no answer: nudge {number} is due.", since=since, number=record.number)
