"""How the work lies on our people: what a manager looks at.

Room: queries. In: the open turns, the figures of the last days, who is away. Out: one frozen row with a line for each of us, and for
whoever else owns work. A line counts what the list of that person shows, so that who stands in has the other's work too; what
has no owner is nobody's here, though elsewhere it is the work of whoever asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import inf

from sqlmodel import Session

from mailcrm.domain.clock.states import State
from mailcrm.domain.reports.replies import Figures
from mailcrm.queries.order import FOLDED
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.report import replies
from mailcrm.queries.rows import LoadRow, RepliesReport, TeamLoad, WorklistRow, WorstRow
from mailcrm.queries.worklines import open_turns, turn_rows

__all__ = ["team_load"]

_DAYS = timedelta(days=7)
_COUNTED = ("open", "overdue", "broken", "chased", "complaints", "at_risk", "promised", "unconfirmed")
_STATES = {
    State.OVERDUE: "overdue",
    State.PROMISE_BROKEN: "broken",
    State.AT_RISK: "at_risk",
    State.PROMISE_AT_RISK: "at_risk",
    State.PROMISED: "promised",
    State.PROMISE_UNCONFIRMED: "unconfirmed",
}


def team_load(session: Session, outlook: Outlook) -> TeamLoad:
    """Return the line of each of us, the worst first."""
    people = [person.name for person in outlook.team.people]
    asked = replace(outlook, actor="") if people else outlook
    rows = turn_rows(session, asked, Owners(session, asked), open_turns(session))
    mine = _by_person([row for row in rows if row.band not in FOLDED], asked)
    report = _report(session, asked)
    figures = {group.key: group.figures for group in report.groups}
    names = dict.fromkeys((*(people or [asked.actor]), *mine))
    lines = [_line(name, mine.get(name, ()), figures.get(name), outlook) for name in names]
    known = {row.id: row for own in mine.values() for row in own}
    return TeamLoad(report.from_, report.to, _counts(list(known.values())), tuple(sorted(lines, key=_worst_first)))


def _report(session: Session, outlook: Outlook) -> RepliesReport:
    today = outlook.today
    return replies(session, outlook, start=(today - _DAYS + timedelta(days=1)).isoformat(), rows=False)


def _by_person(rows: Sequence[WorklistRow], outlook: Outlook) -> dict[str, list[WorklistRow]]:
    found: dict[str, list[WorklistRow]] = {}
    for row in rows:
        for name in {row.owner, outlook.team.works_on(row.owner, outlook.now)}:
            found.setdefault(name, []).append(row)
    return found


def _counts(rows: Sequence[WorklistRow]) -> Mapping[str, int]:
    seen = Counter(_STATES.get(State(row.state), "") for row in rows)
    seen["open"] = len(rows)
    seen["chased"] = sum("chased" in row.flags for row in rows)
    seen["complaints"] = sum(row.band == "complaint" for row in rows)
    return {name: seen[name] for name in _COUNTED}


def _line(name: str, rows: Sequence[WorklistRow], figures: Figures | None, outlook: Outlook) -> LoadRow:
    team, now = outlook.team, outlook.now
    person, absence = team.find(name), team.absence(name, now)
    return LoadRow(
        name=name,
        display_name=person.display_name if person else "",
        colleague=person is not None,
        manager=person is not None and person.manager,
        counts=_counts(rows),
        standing_in=sum(row.owner != name for row in rows),
        worst=_worst(rows, now),
        counted=figures.count if figures else 0,
        in_time_percent=figures.in_time_percent if figures else None,
        by_holding_percent=figures.by_holding_percent if figures else None,
        away_until=absence.until if absence else None,
        deputy=team.deputy(name, now),
        stands_in=team.works_on(name, now),
    )


def _worst(rows: Sequence[WorklistRow], now: datetime) -> WorstRow | None:
    waiting = [(row.due, row.id, row) for row in rows if row.due is not None and row.thread_id is not None]
    if not waiting:
        return None
    due, _id, row = min(waiting, key=lambda each: each[:2])
    late = max(0, int((now - due).total_seconds()))
    return WorstRow(row.thread_id or "", row.company, row.contact, row.subject, row.state, due, late)


def _worst_first(line: LoadRow) -> tuple[int, float, str]:
    """Sort by how much is late, then by whose customer waits longest."""
    late = line.counts["overdue"] + line.counts["broken"]
    return (-late, line.worst.due.timestamp() if line.worst else inf, line.name)
