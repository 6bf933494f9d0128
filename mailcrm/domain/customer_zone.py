"""What time it is at the customer's: the zone, and how we know.

Room: domain. In: the country of the contact, the lines below her mails, the clocks that her mails showed. Out: a `CustomerZone`.

The evidence in its order: a town or a postal code in the signature, the area code of a telephone, the `Date:` of her mails
(the zone of the country whose clock they fit), the zone where most people of the country live. The first that their mails' clocks
don't contradict is meant; UTC contradicts nothing, programs write it. Without a country the clocks alone tell, as a fixed
distance from UTC.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from mailcrm.domain.phrases import fold
from mailcrm.domain.words import Sentence, say
from mailcrm.domain.zone_places import CODES, TOWNS
from mailcrm.domain.zone_table import ZONES

__all__ = ["CustomerZone", "ZoneClues", "customer_zone", "fixed_zone", "place_of", "zone_named"]

_CODE = {
    "US": re.compile(r"\b([A-Z]{2})[ .,]{1,3}\d{5}(?:-\d{4})?\b"),
    "CA": re.compile(r"\b([A-Z]{2})[ .,]{1,3}[A-Z]\d[A-Z] ?\d[A-Z]\d\b"),
    "AU": re.compile(r"\b([A-Z]{2,3})[ .,]{1,3}\d{4}\b"),
    "BR": re.compile(r"[/–-] ?([A-Z]{2})\b"),
}
_HALF_HOURS = {
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    570: "Australia/Darwin",
    -210: "America/St_Johns",
}
_FURTHEST = 14 * 60
_NO_WORD = re.compile(r"[^\w.-]+")
_NUMBER = re.compile(r"\+ ?\(?\d[\d ().\-/]{6,20}\d")
_LINES, _CLOCKS = 60, 20
_DISTANCE = re.compile(r"(?:UTC|GMT)? ?([+-]) ?(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ZoneClues:
    """What is known of where a customer is.

    `lines`: below her mails, the newest mail's first. `clocks`: when mails of hers came and the minutes east of UTC that they
    showed, the newest first.
    """

    country: str = ""
    lines: Sequence[str] = ()
    clocks: Sequence[tuple[datetime, int]] = ()


@dataclass(frozen=True, slots=True)
class CustomerZone:
    """An IANA zone, its place in words that can't mislead, and why it is believed."""

    zone: str
    place: str
    reason: Sentence


def customer_zone(clues: ZoneClues) -> CustomerZone | None:
    """Return the customer's zone; None where nothing tells it."""
    found = list(_evidence(clues))
    clocks = [(at, minutes) for at, minutes in clues.clocks[:_CLOCKS] if minutes]
    fitting = [one for one in found if _fits(one.zone, clocks)]
    return next(iter(fitting or found), None)


def fixed_zone(minutes: int) -> str:
    """Return the zone of a clock that is `minutes` east of UTC; "" where no zone is that far."""
    hours, rest = divmod(abs(minutes), 60)
    if abs(minutes) > _FURTHEST or rest:
        return _HALF_HOURS.get(minutes, "")
    return f"Etc/GMT{'-' if minutes > 0 else '+'}{hours}" if hours else "Etc/UTC"


def place_of(zone: str) -> str:
    """Return a zone's place: the town that it is named after, or UTC+5 (Etc/GMT-5 is east of it)."""
    if zone.startswith("Etc/"):
        sign = zone.removeprefix("Etc/GMT")
        return "UTC" if zone == "Etc/UTC" else f"UTC{'+' if sign[0] == '-' else '-'}{sign[1:]}"
    return zone.rpartition("/")[2].replace("_", " ")


def zone_named(words: str, country: str = "") -> str:
    """Return the zone that a person means: its name, a town (of `country` first), or a distance from UTC; "" for none of them."""
    if distance := _DISTANCE.fullmatch(words.strip()):
        minutes = int(distance[2]) * 60 + int(distance[3] or 0)
        return fixed_zone(minutes if distance[1] == "+" else -minutes)
    wanted = fold(words.strip())
    return _places(country).get(wanted) or _places("").get(wanted) or ""


@cache
def _places(country: str) -> dict[str, str]:
    """Return the zones of a country ("": of all) by their names and their towns."""
    found = {"utc": "Etc/UTC"}
    for code in [country] if country else sorted(ZONES):
        zones = tuple(ZONES.get(code, "").split())
        for name, zone in (*((zone, zone) for zone in zones), *_towns(code, zones)):
            found.setdefault(fold(name), zone)
    return found


def _evidence(clues: ZoneClues) -> Iterator[CustomerZone]:
    zones = ZONES.get(clues.country, "").split()
    clocks = [(at, minutes) for at, minutes in clues.clocks[:_CLOCKS] if minutes]
    if len(zones) > 1:
        yield from _by_place(clues, zones)
        yield from _by_phone(clues.lines, zones)
    if clocks and zones:
        best = max(zones, key=lambda zone: _agreeing(zone, clocks))
        if _fits(best, clocks):
            yield _zone(best, say("their mails' clock in {country}", country=clues.country))
    if zones:
        yield _zone(zones[0], say("country {country}", country=clues.country))
    elif clocks and (fixed := fixed_zone(Counter(minutes for _at, minutes in clocks).most_common(1)[0][0])):
        yield _zone(fixed, say("their mails' clock"))


def _zone(zone: str, reason: Sentence) -> CustomerZone:
    return CustomerZone(zone, place_of(zone), reason)


def _fits(zone: str, clocks: Sequence[tuple[datetime, int]]) -> bool:
    """Whether most of the clocks show what `zone` had at that moment; no clocks contradict nothing."""
    return 2 * _agreeing(zone, clocks) >= len(clocks)


def _agreeing(zone: str, clocks: Sequence[tuple[datetime, int]]) -> int:
    there = ZoneInfo(zone)
    return sum(at.astimezone(there).utcoffset() == timedelta(minutes=minutes) for at, minutes in clocks)


def _by_place(clues: ZoneClues, zones: Sequence[str]) -> Iterator[CustomerZone]:
    codes = {code: zone for zone, some in CODES.get(clues.country, {}).items() for code in some.split()}
    pattern = _CODE.get(clues.country)
    towns = _towns(clues.country, tuple(zones))
    for line in clues.lines[:_LINES]:
        found = [codes[code] for code in pattern.findall(line) if code in codes] if pattern else []
        plain = f" {_NO_WORD.sub(' ', fold(line))} "
        found += [zone for town, zone in towns if f" {town} " in plain]
        for zone in dict.fromkeys(found):
            yield _zone(zone, say("signature says {line}", line=line))


@cache
def _towns(country: str, zones: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    named = [(fold(place_of(zone)), zone) for zone in zones]
    told = [(town, zone) for zone, towns in TOWNS.get(country, {}).items() for town in towns.split("|")]
    return tuple(named + told)


def _by_phone(lines: Sequence[str], zones: Sequence[str]) -> Iterator[CustomerZone]:
    """Yield the zones of area codes; a number that may be anywhere in its country tells nothing."""
    import phonenumbers  # 20 ms that few commands need
    from phonenumbers.timezone import time_zones_for_number

    for shown in (found[0] for line in lines[:_LINES] for found in _NUMBER.finditer(line)):
        digits = "".join(letter for letter in shown if letter.isdigit())
        try:
            told = time_zones_for_number(phonenumbers.parse(f"+{digits}", None))
        except phonenumbers.NumberParseException:
            continue
        if len(told) == 1 and told[0] in zones:
            yield _zone(told[0], say("phone number {number}", number=shown))
