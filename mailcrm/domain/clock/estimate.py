"""Estimates of holding replies: "tomorrow 17:00", "+2wd", "Thu" -> an instant.

Room: domain. In: what a person typed, `now` (aware UTC), the office. Out: an aware UTC instant in the future, or an
error: RefusedByRule for an empty or past estimate, UsageError for words that nobody can read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

from mailcrm.domain.clock.office import Office
from mailcrm.domain.clock.spoken import spoken, stamp
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.words import Sentence, active_language, say

__all__ = ["default_estimate", "instant_ahead", "instant_of", "parse_estimate", "promised_until", "spoken"]

_DEFAULT_HOUR = time(17)
_LONGEST = timedelta(days=366)
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {
    **{name: day for day, name in enumerate(_ENGLISH)},
    **{name[:3]: day for day, name in enumerate(_ENGLISH)},
    **{f"{word}{name}": day for word in ("周", "星期", "礼拜") for day, name in enumerate("一二三四五六日")},
    **{f"{word}天": 6 for word in ("星期", "礼拜")},
}
_NEAR_DAYS = {"today": 0, "tomorrow": 1, "今天": 0, "明天": 1, "后天": 2}
_DAY_AND_TIME = re.compile(r"(\+\d{1,3} ?(?:wd|d)|[a-z]+|[\u4e00-\u9fff]+) ?(?:(\d{1,2}):(\d\d))?", re.ASCII)
_HOURS = re.compile(r"\+(\d{1,3}) ?h", re.ASCII)


def default_estimate(now: datetime, office: Office) -> datetime:
    """Return our next working day, 17:00 office time."""
    day = office.working_day_after(now.astimezone(office.tz).date())
    return datetime.combine(day, _DEFAULT_HOUR, office.tz).astimezone(UTC)


def promised_until(day: date | None, sent_at: datetime, office: Office) -> datetime:
    """Return until when a mail sent at `sent_at` promises that names `day`: the end of office then, else the usual estimate."""
    if day is not None and (until := office.end_of(day).astimezone(UTC)) > sent_at:
        return until
    return default_estimate(sent_at, office)


def parse_estimate(text: str, now: datetime, office: Office) -> datetime:
    """Return the instant until which `text` promises an answer; RefusedByRule for one that is more than a year away.

    Such a year was mistyped: the demand would be out of sight for good, and the customer reads a day without a year.
    """
    instant = instant_ahead(text, now, office)
    if instant - now > _LONGEST:
        raise RefusedByRule(
            say('"{text}" is more than a year away: nobody is told to wait as long as that.', text=text.strip()),
            _advice(now, office),
        )
    return instant


def instant_ahead(text: str, now: datetime, office: Office) -> datetime:
    """Return the instant that `text` names (`instant_of`); one that has passed is no promise."""
    if not text.strip():
        raise RefusedByRule(say("A holding reply must say until when."), _advice(now, office))
    instant = instant_of(text, now, office)
    if instant <= now:
        raise RefusedByRule(
            say("A promise must lie in the future; {instant} has passed.", instant=_shown(instant, office)),
            _advice(now, office),
        )
    return instant


def instant_of(text: str, now: datetime, office: Office) -> datetime:
    """Return the instant that `text` names: ISO, "tomorrow 17:00", "+2wd", "+3d", "+5h", "Thu 17:00" or "周四".

    Times are the office's where no offset is given; a day without a time is the end of office that day; a weekday is
    the next one, today only with a time that is still to come.
    """
    words = " ".join(unicodedata.normalize("NFKC", text).split())
    try:
        instant = _iso(words, office) or _spoken_day(words.lower(), now, office)
    except (ValueError, OverflowError) as cause:
        raise _unreadable(text) from cause
    if instant is None:
        raise _unreadable(text)
    return instant


def _iso(words: str, office: Office) -> datetime | None:
    """Return the instant of an ISO date or date and time, None where it isn't ISO."""
    try:
        return office.end_of(date.fromisoformat(words)).astimezone(UTC)
    except ValueError:
        pass
    try:
        instant = datetime.fromisoformat(words.upper())
    except ValueError:
        return None
    return (instant if instant.tzinfo else instant.replace(tzinfo=office.tz)).astimezone(UTC)


def _spoken_day(words: str, now: datetime, office: Office) -> datetime | None:
    """Return the instant of "+5h" or of a day in words with or without a time, None where it isn't such."""
    hours = _HOURS.fullmatch(words)
    if hours:
        return now + timedelta(hours=int(hours[1]))
    match = _DAY_AND_TIME.fullmatch(words)
    if match is None:
        return None
    clock = time(int(match[2]), int(match[3])) if match[2] else None
    day = _day(match[1], clock, now.astimezone(office.tz), office)
    if day is None:
        return None
    local = office.end_of(day) if clock is None else datetime.combine(day, clock, office.tz)
    return local.astimezone(UTC)


def _day(word: str, clock: time | None, here: datetime, office: Office) -> date | None:
    """Return the day that `word` names, seen from `here` (office time)."""
    today = here.date()
    if word.startswith("+"):
        count = int(word.strip("+wd "))
        return office.working_day_after(today, count) if word.endswith("wd") else today + timedelta(days=count)
    if word in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[word])
    if word not in _WEEKDAYS:
        return None
    ahead = (_WEEKDAYS[word] - today.weekday()) % 7
    still_today = clock is not None and clock > here.time()
    return today + timedelta(days=ahead if ahead or still_today else 7)


def _shown(instant: datetime, office: Office) -> str:
    return stamp(instant, office.zone, active_language())


def _advice(now: datetime, office: Office) -> Sentence:
    return say(
        'Give an instant to come, such as "tomorrow 17:00", "+2wd" or "Thu"; usual is the next working day, {usual}.',
        usual=_shown(default_estimate(now, office), office),
    )


def _unreadable(text: str) -> UsageError:
    return UsageError(
        say('"{text}" can\'t be read as an estimate.', text=text.strip()),
        say(
            'Write it as "2026-11-26 17:00", "2026-11-26", "today 17:00", "tomorrow 17:00", "+2wd", "+3d", "+5h" or "Thu 17:00".'
        ),
    )
