"""When a mail says it was written, and when it came.

Room: adapters. In: a `Date:` or `Received:` value (RFC 5322 section 3.3, and the forms that programs write instead). Out:
an aware datetime with the offset as written, or None where nothing can be read. Never raises.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

__all__ = ["read_date", "received_at"]

_MONTHS = {
    name: n
    for n, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "bst": 60, "cet": 60, "cest": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180, "msk": 180,
    "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "ist": 330, "aest": 600, "aedt": 660, "wet": 0, "west": 60,
}  # fmt: skip
_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?\s{0,5}(?P<pm>[AaPp][Mm]\b)?"
_ZONE = r"\s{0,9}\(?(?P<zone>(?:GMT|UTC)?\s?[+-]\s?\d{1,2}:?\d{2}|[A-Za-z]{1,5}\b)?"
_FORMS = (
    r"(?P<day>\d{1,2})[\s-]{1,5}(?P<month>[A-Za-z]{3,9})\.?[\s,-]{1,5}(?P<year>\d{2,4})[\s,T]{1,5}" + _TIME + _ZONE,
    r"(?P<year>\d{4})[-/.](?P<monthno>\d{1,2})[-/.](?P<day>\d{1,2})[\sT]{1,5}" + _TIME + _ZONE,
    r"(?P<month>[A-Za-z]{3,9})\.?\s{1,5}(?P<day>\d{1,2}),?\s{1,5}(?P<year>\d{4})[\s,]{1,5}(?:at\s)?" + _TIME + _ZONE,
    r"(?P<month>[A-Za-z]{3,9})\s{1,5}(?P<day>\d{1,2})\s{1,5}" + _TIME + r"\s{1,5}(?P<tz>[A-Za-z]{3,5}\s{1,3})?(?P<year>\d{4})"
    + _ZONE,
)  # fmt: skip
# What nearly every mail writes. Whatever is out of range in it is left to the forms above.
_PLAIN = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) ((?:19[7-9]|20\d|21\d)\d) (\d{2}:\d{2}:\d{2}) ([+-]\d{4})(?: \([A-Z]{1,5}\))?",
    re.ASCII,
)
_PLAIN_MONTHS = {name.title(): f"{n:02}" for name, n in _MONTHS.items()}
_LONGEST = 200
_CENTURY, _PIVOT, _FIRST_YEAR, _LAST_YEAR = 100, 70, 1970, 2199
_NOON = 12
_LEAP_SECOND = 60
_WIDEST = 24 * 60


def read_date(value: str) -> datetime | None:
    """Return the instant that `value` names, in the offset it is written in (UTC where it names none)."""
    plain = _PLAIN.fullmatch(value)
    if plain:
        day, month, year, time, offset = plain.groups()
        try:
            return datetime.fromisoformat(f"{year}-{_PLAIN_MONTHS[month]}-{day.zfill(2)}T{time}{offset}")
        except (KeyError, ValueError):
            pass
    value = value[:_LONGEST]
    for form in _compiled():
        found = form.search(value)
        if found:
            return _build(found)
    return None


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    """Return the forms; most runs meet no other date than the plain one."""
    return tuple(re.compile(form, re.ASCII) for form in _FORMS)


def received_at(value: str) -> datetime | None:
    """Return the stamp of a `Received:` header: what stands behind its last semicolon."""
    return read_date(value.rpartition(";")[2].strip())


def _build(found: re.Match[str]) -> datetime | None:
    part = found.groupdict()
    month = int(part["monthno"]) if part.get("monthno") else _MONTHS.get((part.get("month") or "")[:3].lower(), 0)
    year = int(part["year"])
    if year < _CENTURY:
        year += 2000 if year < _PIVOT else 1900
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    hour = int(part["hour"])
    if part["pm"]:
        hour = hour % _NOON + (_NOON if part["pm"].lower() == "pm" else 0)
    second = min(int(part["second"] or 0), _LEAP_SECOND - 1)
    zone = _zone(part.get("zone") or part.get("tz") or "")
    try:
        return datetime(year, month, int(part["day"]), hour, int(part["minute"]), second, tzinfo=zone)
    except ValueError:
        return None


def _zone(text: str) -> timezone:
    name = text.strip().lower()
    found = re.search(r"([+-])\s?(\d{1,2}):?(\d{2})$", name)
    if not found:
        return _offset(_ZONES.get(name, 0))
    minutes = int(found[2]) * 60 + int(found[3])
    return _offset(-minutes if found[1] == "-" else minutes)


def _offset(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes)) if minutes and abs(minutes) < _WIDEST else UTC
