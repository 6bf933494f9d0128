"""The worklist: what to do, in the order of trade.md.

Room: queries. In: the rows of `worklines` and `outgoing_lines`. Out: a view of them, ranked, and the head line's counts. A row stands in the first band that fits; folded bands are rows in view `all` only and counts everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session, col, func, select

from mailcrm.domain.clock.counting import office_time_between
from mailcrm.domain.message import Kind, Side
from mailcrm.queries.order import FOLDED, in_view, is_quiet, is_work_of, order
from mailcrm.queries.order_lines import order_rows
from mailcrm.queries.outgoing_lines import outbox_rows
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.proposals import proposal_rows, with_suggestions
from mailcrm.queries.questions import forward_rows, with_questions
from mailcrm.queries.quote_lines import quote_rows, with_holding, without_nudges
from mailcrm.queries.rows import Worklist, WorklistRow
from mailcrm.queries.sample_lines import sample_rows
from mailcrm.queries.tasks import task_rows
from mailcrm.queries.waiting import wait_rows
from mailcrm.queries.worklines import letter_rows, open_turns, quarantine_rows, turn_rows
from mailcrm.records import Message
from mailcrm.store.sort_keys import first_sort_key

__all__ = ["worklist"]

_SILENT = [Kind.AUTO_REPLY, Kind.RECEIPT, Kind.BULK, Kind.AUTO_GENERATED, Kind.COURIER, Kind.CALENDAR, Kind.SPAM]
_UNFOLDING = ("now", "today")  # views in which a folded group can be opened
_SILENT_SINCE = timedelta(days=7)


def worklist(session: Session, outlook: Outlook, *, view: str = "now", owner: str = "all") -> Worklist:
    """Return the rows of `view` in order, and the counts of the head line. `owner`: a colleague, "me", "all" or "nobody"."""
    if owner == "nobody":
        owner, outlook = "", replace(outlook, actor="")
    owners, turns = Owners(session, outlook), open_turns(session)
    rows = with_questions(session, outlook, turns, turn_rows(session, outlook, owners, turns))
    rows += [*letter_rows(session, owners), *quarantine_rows(session, owners)]
    every = (outbox_rows, forward_rows, task_rows, wait_rows, proposal_rows, sample_rows, quote_rows, order_rows)
    for others in every:
        rows += others(session, outlook, owners)
    rows = with_suggestions(with_holding(session, without_nudges(session, rows)))
    rows = [row for row in rows if is_work_of(owner, row, outlook)]
    rows.sort(key=order)
    needs_you = [row for row in rows if in_view(row, "now", outlook)]
    shown = [row for row in rows if in_view(row, view, outlook)]
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
    due = [row.due for row in rows if row.due is not None and row.due > outlook.now and not is_quiet(row)]
    ranked = tuple(replace(_both_facts(row, outlook), rank=rank) for rank, row in enumerate(shown, 1))
    folded = tuple(row for row in rows if row.band in FOLDED) if view in _UNFOLDING else ()
    return Worklist(view, ranked, counts, min(due, default=None), folded)


def _both_facts(row: WorklistRow, outlook: Outlook) -> WorklistRow:
    """Add to what is late by the rule how much of that was office time (trade.md)."""
    if not row.overdue_seconds or row.due is None:
        return row
    late = office_time_between(row.due, outlook.now, outlook.policies.office)
    return replace(row, overdue_office_seconds=int(late.total_seconds()))


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
