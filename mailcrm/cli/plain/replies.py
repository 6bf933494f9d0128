"""The report on replies for people: two lines for each group and for the whole, and how it is counted.

Room: cli. `heads`, `cells` and the words for groups are those of the page too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns
from mailcrm.domain.reports.replies import Figures
from mailcrm.domain.words import Sentence, _, say
from mailcrm.queries.rows import RepliesReport
from mailcrm.tui.times import span
from mailcrm.tui.widgets.cells import wrap

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["by_title", "cells", "group_name", "heads", "percent", "show_replies", "title", "waited"]

_BY = {"rep": say("rep"), "country": say("country"), "grade": say("grade"), "week": say("week")}
_UNKNOWN = {"rep": say("nobody known"), "country": say("no country known"), "grade": say("no grade")}
_NOTHING = "–"
_PARTS = (
    slice(6),
    slice(6, None),
)  # the answers; promises and what stands beside: a terminal is not wide enough for both


def show_replies(out: Output, report: RepliesReport, _core: Core) -> None:
    """Print the report."""
    out.line(title(report), "heading")
    if not report.total.count and not report.total.running and not report.total.waived:
        out.line(_("No customer's mail arrived in this time."))
        return
    names = [*(group_name(report.by, group.key) for group in report.groups), _("all")]
    figures = [*(cells(group.figures) for group in report.groups), cells(report.total)]
    for part in _PARTS:
        out.line()
        rows = [(name, *line[part]) for name, line in zip(names, figures, strict=True)]
        columns(out, (by_title(report.by), *heads()[part]), rows)
    out.line()
    for note in report.notes:
        for line in wrap(str(note), out.width):
            out.line(line, "muted")


def title(report: RepliesReport) -> str:
    """Return what the report is about."""
    return _("Replies to mail that arrived from {start} to {end}", start=report.from_, end=report.to)


def by_title(by: str) -> str:
    """Return the head of the groups' column."""
    return str(_BY[by])


def group_name(by: str, key: str) -> str:
    """Return a group's name for people."""
    return key or str(_UNKNOWN.get(by, Sentence(_NOTHING)))


def heads() -> tuple[str, ...]:
    """Return the heads of `cells`."""
    return (
        _("counted"),
        _("in time"),
        _("by holding"),
        _("late"),
        _("median"),
        "P90",
        _("promises kept"),
        _("broken"),
        _("open, overdue"),
        _("not yet due"),
        _("waived"),
    )


def cells(of: Figures) -> tuple[str, ...]:
    """Return the figures of one line."""
    return (
        str(of.count),
        percent(of.in_time_percent),
        percent(of.by_holding_percent),
        str(of.late),
        waited(of.median_seconds),
        waited(of.p90_seconds),
        percent(of.promises_kept_percent),
        percent(of.promises_broken_percent),
        str(of.open_overdue),
        str(of.running),
        str(of.waived),
    )


def percent(value: float | None) -> str:
    """Return "83.3%", a dash for None."""
    return _NOTHING if value is None else f"{value:.1f}%"


def waited(seconds: int | None) -> str:
    """Return "3h 20m", a dash for None."""
    return _NOTHING if seconds is None else span(timedelta(seconds=seconds))
