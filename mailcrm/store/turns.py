"""Turns between record and value: `domain.clock.account.Turn`, column by column.

Room: store. The record's ids are numbers, the domain's are the strings of the ledger ("m340").
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.states import deadline
from mailcrm.records import Judgement, TurnRecord
from mailcrm.store.bulk import add_rows, among, change_rows, differs, drop_rows, rows, stale, table_of
from mailcrm.store.values import TURN_COLUMNS, turn_of

__all__ = ["judge", "known_turns", "row_of", "turn_of", "write_turns"]

_TURN = table_of(TurnRecord)
_OF_THREADS = select(_TURN).where(among(_TURN.c.thread_id))

_JUDGED = ("closed", "waived")


def row_of(turn: Turn, thread_id: int, notice_at: datetime | None) -> dict[str, Any]:
    """Return the row of a turn: every column of `TurnRecord`."""
    row = {name: getattr(turn, name) for name in TURN_COLUMNS}
    row["opened_by"] = int(turn.opened_by[1:])
    row["thread_id"] = thread_id
    row["messages"] = [int(key[1:]) for key in turn.messages]
    row["deadline"] = deadline(turn)
    row["notice_at"] = notice_at
    return row


def known_turns(session: Session, thread_ids: Collection[int]) -> dict[int, Row[Any]]:
    """Return the stored turns of these threads by what opened them."""
    return {row.opened_by: row for row in rows(session, _OF_THREADS, thread_ids)}


def write_turns(session: Session, known: Mapping[int, Row[Any]], wanted: Sequence[Mapping[str, Any]]) -> None:
    """Make the `known` rows what is `wanted` (rows of `row_of`); what says the same already isn't written."""
    drop_rows(session, _TURN, "opened_by", known.keys() - {row["opened_by"] for row in wanted})
    add_rows(session, _TURN, [row for row in wanted if row["opened_by"] not in known])
    again = [row for row in wanted if row["opened_by"] in known]
    change_rows(session, _TURN, "opened_by", [row for row in again if differs(known[row["opened_by"]], row)])
    stale(session, TurnRecord)


def judge(session: Session, judged: Container[int], turns: Iterable[Turn]) -> None:
    """Keep what each of these turns was judged by when it ended, but for those that were `judged` before."""
    ended = [turn for turn in turns if turn.end in _JUDGED and int(turn.opened_by[1:]) not in judged]
    values = [
        {
            "opened_by": int(turn.opened_by[1:]),
            "due": turn.due,
            "policy_version": turn.policy_version,
            "rule": turn.rule,
            "calendar": turn.calendar,
        }
        for turn in ended
    ]
    add_rows(session, table_of(Judgement), values)
