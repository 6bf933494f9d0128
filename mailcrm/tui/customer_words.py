"""A customer in words: her hour, her holidays, her rhythm, all of it in numbers.

Room: tui. In: parts of `CustomerRow`, now and the zone to speak in. Out: short lines, in the language of the moment.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mailcrm.domain.words import _, plural, say
from mailcrm.queries.rows import CustomerRow, HolidayRow, ThereRow, TotalsRow
from mailcrm.tui.terms import Term, term
from mailcrm.tui.times import DAYS, MONTHS, clock_time, moment

__all__ = ["DAY_THERE", "holiday_words", "hour_words", "open_words", "rhythm_words", "totals_words"]

DAY_THERE = {
    "": Term(say("open"), "●", "good"),
    "hours": Term(say("closed"), "○", "muted"),
    "weekend": Term(say("weekend"), "○", "muted"),
    "holiday": Term(say("holiday"), "○", "warn"),
}


def hour_words(there: ThereRow, now: datetime) -> str:
    """Return "Tue 07:40 Berlin"."""
    weekday = DAYS[now.astimezone(ZoneInfo(there.time_zone)).weekday()]
    return _("{weekday} {time} {place}", weekday=weekday, time=clock_time(now, there.time_zone), place=there.place)


def open_words(there: ThereRow, now: datetime, zone: str) -> str:
    """Return "open", or "weekend until Mon 09:00 (16:00 ours)"."""
    state = term(DAY_THERE, there.closed_by).title
    if there.opens_at is None:
        return str(state)
    theirs, ours = moment(there.opens_at, there.time_zone, now), moment(there.opens_at, zone, now)
    if theirs == ours:
        return _("{state} until {theirs}", state=state, theirs=theirs)
    return _("{state} until {theirs} ({ours} here)", state=state, theirs=theirs, ours=ours)


def holiday_words(holiday: HolidayRow) -> str:
    """Return "Thu 26 November Thanksgiving"."""
    day = holiday.day
    words = _("{weekday} {day} {month}", weekday=DAYS[day.weekday()], day=day.day, month=MONTHS[day.month - 1])
    return f"{words} {holiday.name}" if holiday.name else words


def rhythm_words(row: CustomerRow) -> str:
    """Return "writes every 3 days or so"; "" where too few mails tell it."""
    days = row.usual_pause_days
    if days is None:
        return ""
    often = (
        _("writes every day") if days < 1 else plural("writes every day or so", "writes every {count} days or so", days)
    )
    return _("{often}; unusually silent now", often=often) if row.silent else often


def totals_words(totals: TotalsRow) -> str:
    """Return "43 mails (21 theirs) in 9 threads; in time 12, late 1"."""
    mails = plural(
        "{count} mail ({theirs} theirs)", "{count} mails ({theirs} theirs)", totals.mails, theirs=totals.theirs
    )
    threads = plural("{count} thread", "{count} threads", totals.threads)
    if not totals.met + totals.late:
        return _("{mails} in {threads}", mails=mails, threads=threads)
    return _(
        "{mails} in {threads}; answered in time {met}, late {late}",
        mails=mails,
        threads=threads,
        met=totals.met,
        late=totals.late,
    )
