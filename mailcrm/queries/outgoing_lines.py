"""Outgoing mail on the lists: what is on its way for a thread, and what a person must see to.

Room: queries. A mail that failed, came back, is in doubt, or still waits two hours after it was meant to leave is a row of the
worklist until somebody has seen to it: a later mail of ours on its thread, or a person's word about the thread. What waits or
was begun is one when somebody else has answered meanwhile.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from mailcrm.domain.clock.leaving import Answer, answered_meanwhile
from mailcrm.domain.clock.ledger import MailSent
from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.message import Kind, Side
from mailcrm.domain.outbox import WAITING, Status, is_looked_for, leaves_at, stuck
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import ActionEntry, Message, Outgoing
from mailcrm.store.dispatches import WITHOUT_BYTES, dispatch_of
from mailcrm.store.facts import ledger

__all__ = ["on_their_way", "outbox_counts", "outbox_rows"]

_FEW = 500  # threads; of more of them it is quicker to read all that is underway: never much
_UNDERWAY = [state.value for state in (*WAITING, Status.DRAFT, Status.IN_DOUBT)]
_WRONG = [state.value for state in (Status.FAILED, Status.IN_DOUBT, Status.BOUNCED)]
_NOT_GONE = [state.value for state in (*WAITING, Status.DRAFT)]
_SETTLED = [state.value for state in (Status.FAILED, Status.BOUNCED)]
_SETTLING = ("done", "waive", "answered")
_WHY = {
    Status.FAILED: say("This mail was refused and did not leave."),
    Status.IN_DOUBT: say("Nobody knows whether this mail left: was it sent, or shall it be sent again?"),
    Status.BOUNCED: say("This mail came back."),
}


def on_their_way(session: Session, thread_ids: Collection[int]) -> dict[int, list[Answer]]:
    """Return what was begun, waits or is in doubt on each of these threads."""
    found: dict[int, list[Answer]] = defaultdict(list)
    underway = select(Outgoing).options(WITHOUT_BYTES).where(col(Outgoing.state).in_(_UNDERWAY))
    if len(thread_ids) <= _FEW:
        underway = underway.where(col(Outgoing.thread_id).in_(thread_ids))
    for row in session.exec(underway):
        if row.thread_id is not None and row.thread_id in thread_ids:
            found[row.thread_id].append(Answer(dispatch_of(row), row.answers_until))
    return found


def outbox_rows(session: Session, outlook: Outlook, owners: Owners) -> list[WorklistRow]:
    """Return the mails that did not leave as they should and that nobody has seen to."""
    told = select(Outgoing).options(WITHOUT_BYTES).where(col(Outgoing.state).in_([*_WRONG, *_NOT_GONE]))
    rows = session.exec(told.where(col(Outgoing.automatic).is_(False))).all()
    seen_to = _seen_to(session, [row for row in rows if row.state in _SETTLED])
    crossed = _crossed(session, outlook, [row for row in rows if row.state in _NOT_GONE])
    lines = []
    for row in rows:
        by = crossed.get(row.id)
        wrong = row.state in _WRONG and (row.state not in _SETTLED or _open(row, seen_to))
        if by or wrong or stuck(dispatch_of(row), outlook.now):
            lines.append(_line(row, outlook, owners, _crossing(by, outlook) if by else _why(row, outlook)))
    return lines


def outbox_counts(session: Session) -> dict[str, int]:
    """Return how many mails are in each state; without those that failed or came back and were seen to."""
    counts = Counter(session.exec(select(Outgoing.state)).all())
    settled = select(Outgoing).options(WITHOUT_BYTES).where(col(Outgoing.state).in_(_SETTLED))
    wrong = session.exec(settled).all()
    seen_to = _seen_to(session, wrong)
    counts.subtract(row.state for row in wrong if not _open(row, seen_to))
    return {state: count for state, count in counts.items() if count}


def _crossed(session: Session, outlook: Outlook, rows: Sequence[Outgoing]) -> dict[int | None, MailSent]:
    """Return the replies by which somebody answered since these mails were written: what waits may be too much."""
    threads = {row.thread_id for row in rows if row.thread_id is not None}
    events = ledger(session, threads, outlook.ours) if threads else {}
    found = {}
    for row in rows:
        reply = answered_meanwhile(row.created_at, dispatch_of(row), events.get(row.thread_id or 0, ()))
        if reply is not None:
            found[row.id] = reply
    return found


def _crossing(reply: MailSent, outlook: Outlook) -> Sentence:
    at = stamp(reply.at, outlook.zone, active_language())
    return say("{who} answered this customer {at}; what you wrote is still here.", who=reply.by, at=at)


def _open(row: Outgoing, seen_to: dict[int | None, datetime]) -> bool:
    return row.thread_id not in seen_to or seen_to[row.thread_id] <= _moment(row)


def _moment(row: Outgoing) -> datetime:
    return row.sending_at or row.held_until or row.created_at


def _seen_to(session: Session, rows: Sequence[Outgoing]) -> dict[int | None, datetime]:
    """Return when somebody last wrote to the customer on a thread of these mails, or had a say about it."""
    threads = {row.thread_id for row in rows} - {None}
    if not threads:
        return {}
    themselves = {row.stored_message_id for row in rows} - {None}
    written = session.exec(
        select(Message.thread_id, func.max(Message.arrived_at))
        .where(
            col(Message.thread_id).in_(threads),
            col(Message.side) == Side.OURS.value,
            col(Message.kind) == Kind.HUMAN.value,
            col(Message.id).not_in(themselves),
        )
        .group_by(col(Message.thread_id))
    )
    said = session.exec(
        select(ActionEntry.thread_id, func.max(ActionEntry.at))
        .where(
            col(ActionEntry.thread_id).in_(threads),
            col(ActionEntry.verb).in_(_SETTLING),
            col(ActionEntry.undone_at).is_(None),
        )
        .group_by(col(ActionEntry.thread_id))
    )
    latest: dict[int | None, datetime] = {}
    for thread, at in [*written, *said]:
        if at is not None:
            latest[thread] = max(latest.get(thread, at), at)
    return latest


def _line(row: Outgoing, outlook: Outlook, owners: Owners, why: Sentence) -> WorklistRow:
    return WorklistRow(
        id=f"x{row.id}",
        ref=f"x{row.id}",
        band="step",
        kind="outbox",
        state=row.state,
        why=why,
        thread_id=f"t{row.thread_id}" if row.thread_id else None,
        contact=", ".join(name or address for name, address in row.to),
        gist=str(Sentence.from_json(row.last_error)) if row.last_error else "",
        subject=row.subject,
        arrived_at=row.sending_at or row.created_at,
        leaves_at=leaves_at(dispatch_of(row), outlook.now),
        owner=owners.of(row.thread_id, row.account_id),
    )


def _why(row: Outgoing, outlook: Outlook) -> Sentence:
    if is_looked_for(dispatch_of(row), outlook.now):
        return say("The connection broke while this mail was handed over; it is being looked for in Sent.")
    if row.state in WAITING:
        since = stamp(_moment(row), outlook.zone, active_language())
        return say("This mail waits since {since}; it is tried again by itself.", since=since)
    return _WHY[Status(row.state)]
