"""The page of the report on replies: charts, the figures by group, and the turns that were late.

Room: cli. In: the report. Out: the page as text, in the language of the moment. Text of mails is made showable here and
escaped by the template.
"""

from __future__ import annotations

from pathlib import Path

from mailcrm.cli.pages.charts import bars, line
from mailcrm.cli.plain.replies import by_title, cells, group_name, heads, percent, title, waited
from mailcrm.cli.plain.threads import written
from mailcrm.domain.reports.period import Period
from mailcrm.domain.reports.replies import Group, MeasuredTurn, Standing, summed
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import _, active_language
from mailcrm.queries.rows import RepliesReport
from mailcrm.tui.widgets.cells import shorten

__all__ = ["replies_page"]

_MOST_LATE = 100
_NAME_WIDTH = 24
_LANGUAGES = {"zh": "zh-CN"}


def replies_page(report: RepliesReport) -> str:
    """Return the page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    late = _late(report)
    return environment.get_template("replies.html.j2").render(
        language=_LANGUAGES.get(active_language(), active_language()),
        title=title(report),
        made=_("As of {time} ({zone}).", time=written(report.made_at, report.zone), zone=report.zone),
        total=dict(zip(heads(), cells(report.total), strict=True)),
        by=by_title(report.by),
        heads=heads(),
        groups=[(printable_line(group_name(report.by, each.key)), cells(each.figures)) for each in report.groups],
        whole=(_("all"), cells(report.total)),
        bars=bars([_bar(report, each) for each in report.groups]),
        line=line(_medians(report)),
        late_heads=_late_heads(),
        late=[_late_cells(turn, report.zone) for turn in late[:_MOST_LATE]],
        unlisted=_("{count} more are not listed.", count=len(late) - _MOST_LATE) if late[_MOST_LATE:] else "",
        notes=[str(note) for note in report.notes],
        words=_words(),
    )


def _words() -> dict[str, str]:
    return {
        "bars": _("In time, and by holding reply"),
        "in_time": _("in time"),
        "by_holding": _("of it by holding reply"),
        "line": _("Median time until the first touch, by week"),
        "figures": _("The figures"),
        "late": _("Late, the worst first"),
        "none_late": _("None was late."),
        "nothing": _("No customer's mail arrived in this time."),
        "notes": _("How it is counted"),
    }


def _bar(report: RepliesReport, group: Group) -> tuple[str, float, float, str]:
    of = group.figures
    name = shorten(printable_line(group_name(report.by, group.key)), _NAME_WIDTH)
    value = f"{percent(of.in_time_percent)} · {percent(of.by_holding_percent)} · n={of.count}"
    return name, of.in_time_percent or 0.0, of.by_holding_percent or 0.0, value


def _medians(report: RepliesReport) -> list[tuple[str, int | None, str]]:
    _total, groups = summed(report.turns, "week")
    medians = {group.key: group.figures.median_seconds for group in groups}
    weeks = Period(report.from_, report.to, report.zone).weeks()
    return [(week, medians.get(week), f"{week}: {waited(medians.get(week))}") for week in weeks]


def _late(report: RepliesReport) -> list[MeasuredTurn]:
    return sorted((turn for turn in report.turns if turn.first_touch == "late"), key=lambda turn: turn.early_seconds)


def _late_heads() -> tuple[str, ...]:
    return (_("customer"), _("country"), _("grade"), _("arrived"), _("due"), _("first touch"), _("late by"), _("rep"))


def _late_cells(turn: MeasuredTurn, zone: str) -> tuple[str, ...]:
    open_still = turn.standing is Standing.OVERDUE
    shown = (
        turn.customer,
        turn.country or "",
        turn.grade or "",
        written(turn.anchor, zone),
        written(turn.due, zone),
        _("none yet") if open_still else written(turn.first_touch_at, zone),
        waited(-turn.early_seconds),
        turn.rep,
    )
    return tuple(map(printable_line, shown))
