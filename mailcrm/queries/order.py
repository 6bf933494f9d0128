"""In which order the worklist's rows stand, and which view shows which.

Room: queries. In: rows, and the moment. Out: what sorts and chooses them; no database.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from mailcrm.domain.clock.states import State

if TYPE_CHECKING:
    from mailcrm.queries.outlook import Outlook
    from mailcrm.queries.rows import WorklistRow

__all__ = ["BANDS", "BEGINS", "FOLDED", "in_view", "is_beginning", "is_quiet", "is_work_of", "order"]

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

_ALWAYS_NOW = frozenset({"alarm", "complaint", "broken", "chased", "overdue", "at_risk", "money"})
BEGINS = "begin_"
"""How the flag begins of a mail that suggests to begin a quote, a sample or an order."""
_SOON = timedelta(hours=24)
_WAIT = "w"
_WAITING_KINDS = frozenset({"nudge", "sample", "quote"})  # they wait for somebody else until their day comes
# Views that show everything of a kind, what waits and what was put away too.
_WHOLE: dict[str, Callable[[WorklistRow], bool]] = {
    "all": lambda row: not is_beginning(row),
    "unknown": lambda row: row.band == "unknown",
    "waiting": lambda row: row.id.startswith(_WAIT),
    "samples": lambda row: _is_about("s", row) or _suggests("sample", row),
    "quotes": lambda row: _is_about("q", row) or _suggests("quote", row),
}
_GRADES = {"A": 0, "B": 1, "C": 2, "D": 3, "E": 4}


def order(row: WorklistRow) -> tuple[int, int, float, str]:
    """Return what rows are sorted by: band, grade, due."""
    due = row.due or row.arrived_at
    return (BANDS.index(row.band), _GRADES.get(row.grade or "", 5), due.timestamp() if due else 0.0, row.id)


def is_work_of(owner: str, row: WorklistRow, outlook: Outlook) -> bool:
    """Whether a row is on this colleague's list: what is owned, and what is done meanwhile for whoever is away."""
    who = outlook.actor if owner == "me" else owner
    if owner == "all" or (owner == "me" and outlook.team.find(who) is None):
        return True
    return who == outlook.team.works_on(row.owner, outlook.now) or (owner != "me" and who == row.owner)


def _is_about(letter: str, row: WorklistRow) -> bool:
    return row.ref[:1] == letter and row.ref[1:].isdecimal()


def _suggests(noun: str, row: WorklistRow) -> bool:
    return row.kind == "question" and BEGINS + noun in row.flags


def is_beginning(row: WorklistRow) -> bool:
    """Whether a row only suggests to begin a quote or a sample, which is part of answering: the mail's own row is flagged with it."""
    return _suggests("quote", row) or _suggests("sample", row)


def is_quiet(row: WorklistRow) -> bool:
    """Whether a row asks nothing of anybody: it is folded away, or what we wait for isn't due."""
    return row.band in FOLDED or (row.kind in _WAITING_KINDS and row.band == "later")


def in_view(row: WorklistRow, view: str, outlook: Outlook) -> bool:
    """Whether a view shows a row (cli.md, "Views")."""
    if view in _WHOLE:
        return _WHOLE[view](row)
    if row.snoozed_until is not None or is_quiet(row) or is_beginning(row):
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
