"""Decisions in the ledger: how the commands that decide about a thread write one and take it back.

Room: actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from mailcrm.actions.command import Situation
from mailcrm.domain.clock.moments import parse_moment
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.words import say
from mailcrm.records import Decision, Message, TurnRecord

__all__ = ["CHANNELS", "checked_channel", "open_turns", "past_moment", "record_decision", "revoke_decision", "seen"]

CHANNELS = ("phone", "whatsapp", "wechat", "platform", "fax", "fair", "visit", "other")


def checked_channel(channel: str) -> str:
    """Return `channel`; UsageError names the known ones."""
    if channel not in CHANNELS:
        raise UsageError(
            say("{channel} is no channel.", channel=channel), say("Channels are: {known}.", known=", ".join(CHANNELS))
        )
    return channel


def past_moment(given: str | datetime | None, situation: Situation) -> datetime:
    """Return the instant that a person typed for something that happened; RefusedByRule where it lies ahead."""
    at = parse_moment(given, situation.now, situation.zone)
    if at > situation.now:
        raise RefusedByRule(
            say("An answer can't be in the future."), say("Give the time at which the customer was answered.")
        )
    return at


def open_turns(session: Session, thread_id: int) -> list[TurnRecord]:
    """Return the open turns of a thread."""
    found = select(TurnRecord).where(col(TurnRecord.thread_id) == thread_id, col(TurnRecord.end) == "")
    return list(session.exec(found))


def seen(session: Session, thread_id: int, shown: datetime | None = None) -> dict[str, str]:
    """Return, for the details of a decision, up to which arrival the mail that waits is here: it is about no later one.

    `shown`: the arrival of the newest mail that the person had before them, where that is known.
    """
    waiting = {message for turn in open_turns(session, thread_id) for message in turn.messages}
    newest = session.exec(select(func.max(Message.arrived_at)).where(col(Message.id).in_(waiting))).one()
    known = [at for at in (newest, shown) if at is not None]
    return {"seen": min(known).isoformat()} if known else {}


def record_decision(
    session: Session,
    situation: Situation,
    thread_id: int,
    event: str,
    at: datetime,
    details: Mapping[str, str],
    about: int | None = None,
) -> int:
    """Write a decision into the ledger and return its id; `about`: the mail that it is about."""
    row = Decision(
        thread_id=thread_id,
        event=event,
        at=at,
        actor=situation.actor,
        about=about,
        details=dict(details),
        recorded_at=situation.now,
    )
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (flush gave it one)
    return row.id


def revoke_decision(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
    """Revoke the decision that `before` names; it stays on record and counts no more."""
    row = session.get_one(Decision, before["decision"])
    row.revoked_at = situation.now
    session.add(row)
    return frozenset({row.thread_id})
