"""Turns between record and value: `domain.clock.account.Turn`, column by column.

Room: store. The record's ids are numbers, the domain's are the strings of the ledger ("m340").
"""

from __future__ import annotations

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.states import deadline
from mailcrm.records import TurnRecord

__all__ = ["turn_of", "write_turn"]

_SAME = (
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


def turn_of(record: TurnRecord) -> Turn:
    """Return the value of a stored turn."""
    same = {name: getattr(record, name) for name in _SAME}
    return Turn(opened_by=f"m{record.opened_by}", messages=tuple(f"m{i}" for i in record.messages), **same)


def write_turn(record: TurnRecord, turn: Turn, thread_id: int) -> None:
    """Make `record` say what `turn` says."""
    for name in _SAME:
        setattr(record, name, getattr(turn, name))
    record.thread_id = thread_id
    record.messages = [int(key.removeprefix("m")) for key in turn.messages]
    record.deadline = deadline(turn)
