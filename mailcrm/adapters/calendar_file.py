"""Our own rest days and make-up workdays, from an iCalendar file (RFC 5545) in the home.

Room: adapters. In: the home and the name that `office.calendars` gives. Out: the days of its all-day events: make-up workdays
where a category or the summary says so (补班, "work"), rest days otherwise. Events with hours are meetings and don't count.
The file is bounded in every direction, and so is what one rule may repeat: a calendar can be wrong, and it can be hostile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import Sentence, say

__all__ = ["own_days"]

_MOST_BYTES, _MOST_EVENTS, _MOST_DAYS, _MOST_TIMES = 1_000_000, 5_000, 20_000, 1_000
_LONGEST, _LAST_YEAR = 400, 2100
_DAY = timedelta(days=1)
_FREQUENCIES = {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}
_RULE_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
_OF_LONG_RULES = {"BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"}
_WORK = frozenset({"work", "workday", "working day", "make-up workday", "补班", "上班", "班"})
_WORKED = re.compile(
    r"补班|(?<!不)上班|(?<!\w)(?<!no )(?<!non-)(?:make-?up )?work(?:ing)?[ -]?day(?!\w)", re.IGNORECASE
)

Days = tuple[frozenset[date], frozenset[date]]
# What a property holds differs by its name and by what the file says; each use checks it.
_Event = Mapping[str, Any]


def own_days(home: Path, name: str) -> Days:
    """Return the (rest days, make-up workdays) of the file `name` in `home`; ConfigError names what can't be read."""
    rest: set[date] = set()
    make_up: set[date] = set()
    for number, event in enumerate(_events(home / name, name)):
        if number >= _MOST_EVENTS or len(rest) + len(make_up) > _MOST_DAYS:
            raise _wrong(name, say("it holds more days than an office has"))
        try:
            days = set(islice(_days(event), _MOST_DAYS))
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            raise _wrong(
                name, say('its event "{summary}" has no readable day', summary=event.get("SUMMARY"))
            ) from error
        (make_up if _is_worked(event) else rest).update(days)
    return frozenset(rest - make_up), frozenset(make_up)


def _events(path: Path, name: str) -> Iterator[_Event]:
    from icalendar import Calendar

    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ConfigError(
            say('office.calendars: "{name}" can\'t be read: {reason}.', name=name, reason=error.strerror or error),
            say("Put the file into {home}, or take its name out of office.calendars.", home=path.parent),
        ) from error
    if len(raw) > _MOST_BYTES:
        raise _wrong(name, say("it is larger than 1 MB"))
    try:
        found = Calendar.from_ical(raw, multiple=True)
    except (ValueError, KeyError, IndexError, RecursionError) as error:
        raise _wrong(name, say("it is no iCalendar file")) from error
    if not found:
        raise _wrong(name, say("it is no iCalendar file"))
    return (event for calendar in found for event in calendar.walk("VEVENT"))


def _days(event: _Event) -> Iterator[date]:
    """Return the days of an all-day event, its repetitions with it; none for an event with hours or one that was called off."""
    first = event["DTSTART"].dt if "DTSTART" in event else None
    if (
        not isinstance(first, date)
        or isinstance(first, datetime)
        or str(event.get("STATUS", "")).upper() == "CANCELLED"
    ):
        return
    length = _length(event, first)
    left_out = set(_dates(event, "EXDATE"))
    for start in (*_starts(event, first), *_dates(event, "RDATE")):
        if start not in left_out:
            yield from (start + step * _DAY for step in range(length))


def _length(event: _Event, first: date) -> int:
    """Return how many days the event lasts; DTEND is the day after the last."""
    if "DTEND" in event:
        length = int((event["DTEND"].dt - first).days)
    elif "DURATION" in event:
        length = int(event["DURATION"].dt.days)
    else:
        length = 1
    if not 0 <= length <= _LONGEST:
        raise ValueError(length)
    return max(length, 1)


def _starts(event: _Event, first: date) -> Iterator[date]:
    """Return the days on which the event begins, by its rule where it has one."""
    rule = event.get("RRULE")
    if rule is None:
        yield first
        return
    if isinstance(rule, list):
        raise TypeError(rule)
    from dateutil.rrule import rrulestr

    parts: dict[str, list[Any]] = dict(rule)
    _check_rule(parts)
    until = parts.pop("UNTIL", [date(_LAST_YEAR, 1, 1)])[0]
    last = until.date() if isinstance(until, datetime) else until
    written = ";".join(part for part in rule.to_ical().decode().split(";") if not part.startswith("UNTIL="))
    repeated = (at.date() for at in rrulestr(written, dtstart=datetime.combine(first, time())))
    yield from takewhile(lambda day: day <= last, islice(repeated, _MOST_TIMES))


def _check_rule(parts: dict[str, list[Any]]) -> None:
    """Refuse a rule that never ends to be counted: every hour, every 0 days, the 30th of February of every day."""
    frequency = str(parts["FREQ"][0]) if parts.get("FREQ") else ""
    allowed = _RULE_PARTS | (_OF_LONG_RULES if frequency in ("YEARLY", "MONTHLY") else set())
    if frequency not in _FREQUENCIES or not set(parts) <= allowed or int(parts.get("INTERVAL", [1])[0]) < 1:
        raise ValueError(parts)


def _dates(event: _Event, name: str) -> Iterator[date]:
    """Return the days that EXDATE or RDATE lists."""
    listed = event.get(name, [])
    for group in listed if isinstance(listed, list) else [listed]:
        for one in group.dts:
            yield one.dt.date() if isinstance(one.dt, datetime) else one.dt


def _is_worked(event: _Event) -> bool:
    """Whether people work on these days instead."""
    listed = event.get("CATEGORIES", [])
    groups = listed if isinstance(listed, list) else [listed]
    categories = {str(one).strip().lower() for group in groups for one in group.cats}
    summary = str(event.get("SUMMARY", "")).strip()
    return bool(categories & _WORK) or summary.lower() in _WORK or bool(_WORKED.search(summary))


def _wrong(name: str, why: Sentence) -> ConfigError:
    return ConfigError(
        say('office.calendars: "{name}" can\'t be used: {why}.', name=name, why=why),
        say("Export the calendar anew as .ics with all-day events, or take its name out of office.calendars."),
    )
