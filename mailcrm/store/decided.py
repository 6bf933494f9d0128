"""Decisions of people as events of the ledger, and what they change in reading the mail of a thread.

Room: store.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mailcrm.domain.clock.ledger import (
    AnswerDecided,
    AnsweredElsewhere,
    ElsewhereDecided,
    Event,
    ForwardDecided,
    NoteWritten,
    PromiseDecided,
    PurposeDecided,
    ThreadAdopted,
    TurnWaived,
    WaitDecided,
)
from mailcrm.domain.purpose import asks_by_word
from mailcrm.records import Decision, Message
from mailcrm.store.bulk import among, objects, rows, table_of

__all__ = ["adopted_from", "event_of", "keep_purpose", "standing_decisions", "taken_over"]

_YES = "yes"
_decision = table_of(Decision).c
_STANDING = columns(_decision.id).where(among(_decision.thread_id), _decision.revoked_at.is_(None))


def standing_decisions(session: Session, thread_ids: Collection[int]) -> Sequence[Decision]:
    """Return the decisions about these threads that weren't taken back."""
    return objects(session, Decision, [key for (key,) in rows(session, _STANDING, thread_ids)])


def adopted_from(session: Session, decisions: Iterable[Decision]) -> dict[int, datetime]:
    """Return for each adopted thread the arrival of the mail from which its history counts."""
    threads = {row.about: row.thread_id for row in decisions if row.event == ThreadAdopted.name}
    if not threads:
        return {}
    rows = session.exec(select(Message.id, Message.arrived_at).where(col(Message.id).in_(threads)))
    found: dict[int, datetime] = {}
    for message, at in rows:
        thread = threads[message]
        found[thread] = min(at, found.get(thread, at))
    return found


def taken_over(decisions: Iterable[Decision]) -> frozenset[int | None]:
    """Return the colleagues' mails whose customer's mail inside was taken over; of two words the later counts."""
    said = {row.about: _yes(row) for row in sorted(decisions, key=_when) if row.event == ForwardDecided.name}
    return frozenset(about for about, yes in said.items() if yes)


def keep_purpose(session: Session, message: Message) -> None:
    """Let a mail that was read again be for what a person said that it is for."""
    said = (
        col(Decision.about) == message.id,
        col(Decision.event) == PurposeDecided.name,
        col(Decision.revoked_at).is_(None),
    )
    last = session.exec(
        select(Decision).where(*said).order_by(col(Decision.at).desc(), col(Decision.id).desc())
    ).first()
    if last is not None:
        message.purpose = last.details["purpose"]
        message.asks = asks_by_word(last.details["purpose"], read=message.asks)


def _when(decision: Decision) -> tuple[datetime, int]:
    return decision.at, decision.id or 0


def _yes(decision: Decision) -> bool:
    return decision.details.get("answer") == _YES


def event_of(decision: Decision) -> Event:
    """Return the event that a decision is in the ledger."""
    return _EVENTS[decision.event](decision, f"d{decision.id}", decision.details)


def _waived(row: Decision, key: str, told: Mapping[str, str]) -> Event:
    return TurnWaived(row.at, key, row.actor, told.get("reason", ""), _seen(told))


def _promise(row: Decision, key: str, told: Mapping[str, str]) -> Event:
    until = datetime.fromisoformat(told["until"]) if told.get("until") else None
    return PromiseDecided(row.at, key, row.actor, told["sent"], until)


def _elsewhere(row: Decision, key: str, told: Mapping[str, str]) -> Event:
    return AnsweredElsewhere(row.at, key, row.actor, told.get("channel", ""), told.get("summary", ""), _seen(told))


def _seen(told: Mapping[str, str]) -> datetime | None:
    return datetime.fromisoformat(told["seen"]) if told.get("seen") else None


def _wait(row: Decision, key: str, told: Mapping[str, str]) -> Event:
    until = datetime.fromisoformat(told["until"]) if told.get("until") else None
    return WaitDecided(row.at, key, row.actor, int(told["days"]) if told.get("days") else None, until)


def _wrote_elsewhere(row: Decision, key: str, told: Mapping[str, str]) -> Event:
    return ElsewhereDecided(row.at, key, row.actor, told["message"], waiting=told["waiting"] == _YES)


_EVENTS: Mapping[str, Callable[[Decision, str, Mapping[str, str]], Event]] = {
    TurnWaived.name: _waived,
    PromiseDecided.name: _promise,
    AnsweredElsewhere.name: _elsewhere,
    AnswerDecided.name: lambda row, key, _told: AnswerDecided(row.at, key, row.actor, f"m{row.about}", _yes(row)),
    ForwardDecided.name: lambda row, key, _told: ForwardDecided(row.at, key, row.actor, f"m{row.about}", _yes(row)),
    ThreadAdopted.name: lambda row, key, _told: ThreadAdopted(row.at, key, row.actor),
    WaitDecided.name: _wait,
    ElsewhereDecided.name: _wrote_elsewhere,
    PurposeDecided.name: lambda row, key, told: PurposeDecided(
        row.at, key, row.actor, f"m{row.about}", told["purpose"]
    ),
    NoteWritten.name: lambda row, key, told: NoteWritten(row.at, key, row.actor, told.get("text", "")),
}
