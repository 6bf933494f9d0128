"""Moments relative to now, as the demo's mails write them.

Room: adapters. An *age* is a sign, then days, hours, minutes: `-26h`, `-3d4h10m`, `+2d`. A place in a text, `{date:-26h}`,
is filled with that moment in the zone of the mail:

    date    Mon, 23 Nov 2026 10:15:00 +0100    RFC 5322
    day     25 November                        English prose
    dmy     25.11.2026                         European and Latin American prose
    md      11月25日                            Chinese and Japanese prose
    stamp   20261125T091500Z                   RFC 5545
    iso     2026-11-25                         a field

`{esc}` is the ESC control character, which hostile mail uses to talk to terminals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

__all__ = ["age", "fill"]

_AGE = re.compile(r"([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
_PLACE = re.compile(r"\{(date|day|dmy|md|stamp|iso):([+-][0-9dhm]+)\}")

_FORMS: Mapping[str, Callable[[datetime], str]] = {
    "date": format_datetime,
    "day": lambda moment: f"{moment.day} {moment:%B}",
    "dmy": lambda moment: f"{moment:%d.%m.%Y}",
    "md": lambda moment: f"{moment.month}月{moment.day}日",
    "iso": lambda moment: f"{moment:%Y-%m-%d}",
    "stamp": lambda moment: f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}",
}


def age(text: str) -> timedelta:
    """Return the age `text`; ValueError where it is none."""
    found = _AGE.fullmatch(text.strip())
    if found is None or not any(found.groups()[1:]):
        raise ValueError(text)
    days, hours, minutes = (int(number or 0) for number in found.groups()[1:])
    span = timedelta(days=days, hours=hours, minutes=minutes)
    return -span if found[1] == "-" else span


def fill(text: str, now: datetime, zone: str) -> str:
    """Return `text` with every place filled, seen from `now` in `zone`."""
    filled = _PLACE.sub(lambda place: _FORMS[place[1]]((now + age(place[2])).astimezone(ZoneInfo(zone))), text)
    return filled.replace("{esc}", "\x1b")
