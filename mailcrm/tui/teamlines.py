"""How the work lies on one of us, in columns and in words.

Room: tui. In: a `LoadRow`, the room in cells. Out: spans of a row, those of the heading above all rows, and what is told of one
person below the list. A narrow window has a sign instead of a word above each column; the words below the list explain them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len

from mailcrm.domain.text import printable_line
from mailcrm.domain.words import Sentence, _, plural, say
from mailcrm.queries.rows import LoadRow, TeamLoad, WorstRow
from mailcrm.tui.terms import BANDS, STATES
from mailcrm.tui.times import moment, span
from mailcrm.tui.widgets.cells import fit, shorten

if TYPE_CHECKING:
    from mailcrm.tui.widgets.rowlist import Span

__all__ = ["COUNTS", "about", "heading_spans", "in_time_words", "load_spans", "name_words", "now_words", "worst_words"]

WIDE, MIDDLE = 128, 70
NAME_MOST = 18
IN_TIME, IN_TIME_BOTH = 5, 14
WORST_MOST, TOLD_MOST = 30, 40
GAP = "  "


@dataclass(frozen=True, slots=True)
class Count:
    """A column of numbers: its word in a heading, its sign where there is no room for the word, the look of what isn't 0."""

    word: Sentence
    sign: str = ""
    look: str = ""
    always: bool = True


COUNTS = {
    "open": Count(say("in hand")),
    "overdue": Count(say("overdue"), STATES["overdue"].sign, "bad"),
    "broken": Count(say("broken"), STATES["promise_broken"].sign, "bad"),
    "chased": Count(say("chased"), BANDS["chased"].sign, "bad"),
    "complaints": Count(say("complaints"), BANDS["complaint"].sign, "bad"),
    "at_risk": Count(say("at risk"), STATES["at_risk"].sign, "warn", always=False),
    "promised": Count(say("promised"), STATES["promised"].sign, "promise", always=False),
    "unconfirmed": Count(say("unconfirmed"), STATES["promise_unconfirmed"].sign, "promise", always=False),
}


def _shown(width: int) -> list[tuple[str, Count, str]]:
    """Return the columns for a window, each with its heading."""
    return [
        (name, count, str(count.word) if width >= WIDE or not count.sign else count.sign)
        for name, count in COUNTS.items()
        if count.always or width >= MIDDLE
    ]


def _size(heading: str) -> int:
    return max(cell_len(heading), 2) + len(GAP)


def _right(text: str, size: int) -> str:
    return " " * (size - cell_len(text)) + text


def _names(load: TeamLoad) -> int:
    return min(max((cell_len(name_words(row)) for row in load.rows), default=0), NAME_MOST)


def heading_spans(load: TeamLoad, width: int) -> list[Span]:
    """Return the heading above the rows."""
    spans: list[Span] = [(fit("", _names(load)), "")]
    spans.extend((_right(heading, _size(heading)), "muted") for _name, _count, heading in _shown(width))
    if width >= MIDDLE:
        spans.append((GAP + fit(_("in time"), _in_time_size(width)), "muted"))
    rest = width - sum(cell_len(text) for text, _look in spans)
    spans.append((fit(GAP + _("waits longest"), rest), "muted"))
    return spans


def load_spans(row: LoadRow, load: TeamLoad, width: int, zone: str, now: datetime) -> list[Span]:
    """Return the row of one of us in `width` cells; a narrow one leaves out what is told below the list anyway."""
    spans: list[Span] = [(fit(name_words(row), _names(load)), "strong")]
    for name, count, heading in _shown(width):
        number = row.counts[name]
        spans.append((_right(str(number) if number else "-", _size(heading)), count.look if number else "muted"))
    if width >= MIDDLE:
        told = in_time_words(row) if width >= WIDE else _percent(row.in_time_percent)
        spans.append((GAP + fit(told, _in_time_size(width)), ""))
    rest = width - sum(cell_len(text) for text, _look in spans)
    late = "bad" if row.worst and row.worst.overdue_seconds else ""
    away = _meanwhile(row, zone, now) if width >= WIDE else ""
    worst = max(cell_len(GAP + worst_words(each.worst, zone, now) + GAP) for each in load.rows)
    room = min(cell_len(away), max(rest - min(worst, WORST_MOST), 0))
    spans.append((fit(GAP + worst_words(row.worst, zone, now), rest - room), late))
    spans.append((fit(away, room), "muted"))
    return spans


def _in_time_size(width: int) -> int:
    return max(IN_TIME_BOTH if width >= WIDE else IN_TIME, cell_len(_("in time")))


def name_words(row: LoadRow) -> str:
    """Return who it is, and whether they are away."""
    name = printable_line(row.name) or _("nobody")
    return _("{name} (away)", name=name) if row.away_until else name


def worst_words(worst: WorstRow | None, zone: str, now: datetime) -> str:
    """Return whose customer waits longest, and how late that is."""
    if worst is None:
        return ""
    who = printable_line(worst.company or worst.contact or worst.subject)
    if worst.overdue_seconds:
        return _("{span} {who}", span=span(timedelta(seconds=worst.overdue_seconds)), who=who)
    return _("by {moment} {who}", moment=moment(worst.due, zone, now), who=who)


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}%"


def in_time_words(row: LoadRow) -> str:
    """Return the part that was answered in time, beside the part of it that only promised an answer."""
    if row.in_time_percent is None:
        return ""
    return _("{part}, {held} held", part=_percent(row.in_time_percent), held=_percent(row.by_holding_percent))


def _meanwhile(row: LoadRow, zone: str, now: datetime) -> str:
    """Return the same as `now_words` in a column's room: the name tells already that somebody is away."""
    if row.away_until is None:
        return now_words(row, zone, now)
    until, name = moment(row.away_until, zone, now), row.stands_in if row.stands_in != row.name else _("nobody")
    return _("{name} until {until}", name=name, until=until)


def now_words(row: LoadRow, zone: str, now: datetime) -> str:
    """Return until when somebody is away and who stands in, or how much of somebody else's they have meanwhile."""
    if row.away_until is None:
        if not row.standing_in:
            return ""
        return plural("{count} of them another's", "{count} of them another's", row.standing_in)
    until = moment(row.away_until, zone, now)
    if row.stands_in == row.name:
        return _("away until {until}, nobody stands in", until=until)
    return _("away until {until}, {name} stands in", until=until, name=row.stands_in)


def about(row: LoadRow, load: TeamLoad, zone: str, now: datetime) -> list[tuple[str, str]]:
    """Return what is told of a person below the list: a line and its look each."""
    counts = [(f"{count.sign} {count.word} {row.counts[name]}".strip(), count.always) for name, count in COUNTS.items()]
    who = f"{row.display_name} ({row.name})" if row.display_name else row.name or _("nobody")
    told = [(who, "heading")]
    told.extend((" · ".join(words for words, first in counts if first is row_of), "") for row_of in (True, False))
    if row.worst is not None:
        told.append((_worst_told(row.worst, zone, now), "bad" if row.worst.overdue_seconds else ""))
    if row.counted:
        told.append(
            (
                _(
                    "Since {day}: {part} of {count} in time, {held} by a holding reply.",
                    day=load.from_,
                    part=_percent(row.in_time_percent),
                    count=row.counted,
                    held=_percent(row.by_holding_percent),
                ),
                "",
            )
        )
    told.extend((words, "") for words in (now_words(row, zone, now), _deputy(row)) if words)
    return told


def _worst_told(worst: WorstRow, zone: str, now: datetime) -> str:
    people = " · ".join(dict.fromkeys(part for part in (worst.contact, worst.company) if part))
    who, subject = (shorten(printable_line(text), TOLD_MOST) for text in (people, worst.subject))
    if worst.overdue_seconds:
        late = span(timedelta(seconds=worst.overdue_seconds))
        return _("Waits longest: {who}, “{subject}”, late {span}.", who=who, subject=subject, span=late)
    due = moment(worst.due, zone, now)
    return _("Next: {who}, “{subject}”, by {moment}.", who=who, subject=subject, moment=due)


def _deputy(row: LoadRow) -> str:
    if row.away_until is not None:
        return ""
    if row.deputy:
        return _("Deputy: {name}.", name=row.deputy)
    return _("No deputy is written down.") if row.colleague else ""
