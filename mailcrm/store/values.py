"""Stored rows as values of the domain, column by column, whoever read them: SQLAlchemy, or the plain DB-API of the first paint.

Room: store. In: rows with the columns of `turn` and `outgoing` as attributes. Out: turns and dispatches. The record's ids are
numbers, the domain's are the strings of the ledger ("m340").
"""

from __future__ import annotations

from typing import Any, Protocol

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.outbox import Dispatch, Status

__all__ = ["DISPATCH_COLUMNS", "TURN_COLUMNS", "dispatch_of", "turn_of"]

TURN_COLUMNS = (
    "anchor",
    "due",
    "sender",
    "party",
    "low",
    "looks_finished",
    "first_touch_at",
    "first_touch",
    "promised_until",
    "extensions",
    "promise",
    "supposed_by",
    "supposed",
    "end",
    "ended_at",
    "ended_by",
    "answered_by",
    "result",
    "external",
    "bounced",
    "late_arrivals",
    "adopted",
    "routed_at",
    "reason",
    "policy_version",
    "rule",
    "calendar",
    "domestic",
    "seen_late",
)
"""The columns that a turn's value calls the same; its ids are told otherwise there."""

DISPATCH_COLUMNS = (
    "held_until",
    "next_attempt",
    "attempts",
    "failures",
    "failing_since",
    "sending_at",
    "sent_at",
    "looked_for",
)
"""The columns that a dispatch calls the same."""


class Stored(Protocol):
    """A stored turn: a `TurnRecord`, or a row of its table."""

    opened_by: Any
    messages: Any


def turn_of(record: Stored) -> Turn:
    """Return the value of a stored turn."""
    same = {name: getattr(record, name) for name in TURN_COLUMNS}
    return Turn(opened_by=f"m{record.opened_by}", messages=tuple(f"m{i}" for i in record.messages), **same)


class Underway(Protocol):
    """A stored outgoing mail: an `Outgoing`, or a row of its table."""

    message_id: Any
    state: Any


def dispatch_of(record: Underway) -> Dispatch:
    """Return where a mail is on its way."""
    same = {name: getattr(record, name) for name in DISPATCH_COLUMNS}
    return Dispatch(key=record.message_id, state=Status(record.state), **same)
