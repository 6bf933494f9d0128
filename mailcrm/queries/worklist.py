"""The worklist: what to do, in the order of trade.md.

Room: queries. In: the rows of `worklines` and `outgoing_lines`. Out: a view of them, ranked, and the head line's counts. A row stands in the first band that fits; folded bands are rows in view `all` only and counts everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session, col, func, select

from mailcrm.domain.clock.states import State
from mailcrm.domain.message import Kind, Side
from mailcrm.queries.outgoing_lines import outbox_rows
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.questions import forward_rows, with_questions
from mailcrm.queries.rows import Worklist, WorklistRow
from mailcrm.queries.tasks import task_rows
from mailcrm.queries.waiting import wait_rows
from mailcrm.queries.worklines import letter_rows, open_turns, quarantine_rows, turn_rows
from mailcrm.records import Message
from mailcrm.store.sort_keys import first_sort_key

__all__ = ["BANDS", "FOLDED", "VIEWS", "worklist"]

BANDS = (
    "alarm",
    "complaint",
    "broken",
    "chased",
    "overdue",
    "at_risk",
    "money",
    "step",
    "today",
    "later",
    "looks_finished",
    "unknown",
    "others",
)
FOLDED = frozenset({"looks_finished", "unknown", "others"})
VIEWS = ("now", "today", "waiting", "samples", "quotes", "unknown", "before-you-leave", "all")

_ALWAYS_NOW = frozenset({"alarm", "complaint", "broken", "chased", "overdue", "at_risk"})
_SILENT = [Kind.AUTO_REPLY, Kind.RECEIPT, Kind.BULK, Kind.AUTO_GENERATED, Kind.COURIER, Kind.CALENDAR, Kind.SPAM]
_SILENT_SINCE = timedelta(days=7)
_SOON = timedelta(hours=24)
_WAIT = "w"
_GRADES = {"A": 0, "B": 1, "C": 2, "D": 3, "E": 4}


def worklist(session: Session, outlook: Outlook, *, view: str = "now", owner: str = "all") -> Worklist:
    """Return the rows of `view` in order, and the counts of the head line. `owner`: a colleague, "me" or "all"."""
    owners, turns = Owners(session, outlook), open_turns(session)
    rows = with_questions(session, outlook, turns, turn_rows(session, outlook, owners, turns))
    rows += [*letter_rows(session, owners), *quarantine_rows(session, owners)]
    for others in (outbox_rows, forward_rows, task_rows, wait_rows):
        rows += others(session, outlook, owners)
    rows = [row for row in rows if _is_work_of(owner, row, outlook)]
    rows.sort(key=_order)
    needs_you = [row for row in rows if _in_view(row, "now", outlook)]
    shown = [row for row in rows if _in_view(row, view, outlook)]
    counts = {
        "needs_you": len(needs_you),
        "broken": _count(rows, "broken"),
        "chased": _count(rows, "chased"),
        "complaints": _count(rows, "complaint"),
        "looks_finished": _count(rows, "looks_finished"),
        "unknown": _count(rows, "unknown"),
        "others": _count(rows, "others"),
        "handled_silently": _handled_silently(session, outlook),
    }
    due = [row.due for row in rows if row.due is not None and row.due > outlook.now and not _is_quiet(row)]
    ranked = tuple(replace(row, rank=rank) for rank, row in enumerate(shown, 1))
    return Worklist(view, ranked, counts, min(due, default=None))


def _is_work_of(owner: str, row: WorklistRow, outlook: Outlook) -> bool:
    """Whether a row is on this colleague's list: what is owned, and what is done meanwhile for whoever is away."""
    who = outlook.actor if owner == "me" else owner
    if owner == "all" or (owner == "me" and outlook.team.find(who) is None):
        return True
    return who == outlook.team.works_on(row.owner, outlook.now) or (owner != "me" and who == row.owner)


def _order(row: WorklistRow) -> tuple[int, int, float, str]:
    due = row.due or row.arrived_at
    return (BANDS.index(row.band), _GRADES.get(row.grade or "", 5), due.timestamp() if due else 0.0, row.id)


def _count(rows: Iterable[WorklistRow], band: str) -> int:
    return sum(row.band == band for row in rows)


def _handled_silently(session: Session, outlook: Outlook) -> int:
    return session.exec(
        select(func.count()).where(
            col(Message.side) == Side.THEIRS.value,
            col(Message.kind).in_([kind.value for kind in _SILENT]),
            col(Message.sort_key) >= first_sort_key(outlook.now - _SILENT_SINCE),
            col(Message.history).is_(False),
        )
    ).one()


def _is_quiet(row: WorklistRow) -> bool:
    """Whether a row asks nothing of anybody: it is folded away, or what we wait for isn't due."""
    return row.band in FOLDED or (row.kind == "nudge" and row.band == "later")


def _in_view(row: WorklistRow, view: str, outlook: Outlook) -> bool:
    if view == "all":
        return True
    if view == "unknown":
        return row.band == "unknown"
    if view == "waiting":
        return row.id.startswith(_WAIT)
    if row.snoozed_until is not None or _is_quiet(row) or view in ("samples", "quotes"):
        return False
    if view == "now":
        return (
            row.band in _ALWAYS_NOW
            or row.state == State.PROMISE_UNCONFIRMED
            or row.kind == "question"
            or row.due is None
            or row.due <= outlook.now + _SOON
        )
    limit = outlook.end_of_today() if view == "today" else outlook.before_you_leave()
    return row.due is None or row.due <= limit
