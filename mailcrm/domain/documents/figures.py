"""Amounts, quantities and days as a document writes them.

Room: domain. In: Decimals, dates, aware instants, the document's language ("en" or "zh"). Out: text. Nothing else in the house makes
text of a document's Decimal, so that a comma means the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from mailcrm.domain.trade.in_words import places_of

__all__ = [
    "amount",
    "cartons",
    "column_places",
    "day",
    "moment",
    "number",
    "price",
    "rounded",
    "term_of_delivery",
    "time_zone",
    "total",
]

_SEPARATORS = {"en": (",", "."), "zh": (",", ".")}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_BEIJING = ("Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "PRC")


def number(value: Decimal | int | None, language: str = "en", places: int | None = None) -> str:
    """Return "1,200" or "0.063"; `places`: that many decimals, at least (None: as many as `value` has). None is ""."""
    if value is None:
        return ""
    exact = Decimal(value)
    if places is not None:
        exact = exact.normalize()
        exact = exact.quantize(Decimal(1).scaleb(min(-places, _exponent(exact))))
    thousands, point = _SEPARATORS.get(language, _SEPARATORS["en"])
    whole, dot, part = f"{exact:,f}".partition(".")
    if places is None and dot:
        part = part.rstrip("0")
    return whole.replace(",", thousands) + (point + part if part else "")


def price(value: Decimal, language: str = "en", places: int = 2) -> str:
    """Return a unit price with at least `places` decimals."""
    return number(value, language, places)


def column_places(values: Iterable[Decimal | None], least: int) -> int:
    """Return the decimals that a column of figures has, at least `least`, so that their points stand under each other."""
    return max((least, *(-_exponent(value.normalize()) for value in values if value is not None)))


def amount(value: Decimal | None, currency: str, language: str = "en") -> str:
    """Return an amount, rounded to what its currency can be paid in."""
    return "" if value is None else number(rounded(value, currency), language, places_of(currency))


def rounded(value: Decimal, currency: str) -> Decimal:
    """Return `value` in the places of its currency; half is up. A total is the sum of such amounts."""
    return value.quantize(Decimal(1).scaleb(-places_of(currency)), rounding=ROUND_HALF_UP)


def total(values: Sequence[Decimal], currency: str) -> Decimal:
    """Return the sum of amounts, each rounded first: what a customer who adds the column up gets."""
    return sum((rounded(value, currency) for value in values), Decimal(0))


def cartons(quantity: Decimal, pieces: int | None) -> Decimal | None:
    """Return how many cartons of `pieces` a quantity fills, the last one perhaps not whole; None where nobody knows."""
    return (quantity / pieces).to_integral_value(ROUND_CEILING) if pieces else None


def day(value: date | None, language: str = "en") -> str:
    """Return "26 November 2026" or "2026年11月26日": the month in words, since 11/12 is two days to two customers."""
    if value is None:
        return ""
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | None, zone: str, language: str = "en") -> str:
    """Return day, hour and zone of an aware instant."""
    if value is None:
        return ""
    there = value.astimezone(ZoneInfo(zone))
    return f"{day(there.date(), language)} {there:%H:%M} {time_zone(there.date(), zone, language)}"


def time_zone(on: date, zone: str, language: str = "en") -> str:
    """Return "Beijing time, UTC+8": which zone a day ends in, and its distance from UTC on that day."""
    offset = datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo(zone)).utcoffset()
    seconds = int(offset.total_seconds()) if offset is not None else 0
    hours, minutes = divmod(abs(seconds) // 60, 60)
    utc = f"UTC{'-' if seconds < 0 else '+'}{hours}" + (f":{minutes:02d}" if minutes else "")
    if zone in _BEIJING:
        return f"北京时间 {utc}" if language == "zh" else f"Beijing time, {utc}"
    city = zone.rpartition("/")[2].replace("_", " ")
    if city == "UTC":
        return city
    return f"{city} {utc}" if language == "zh" else f"{city} time, {utc}"


def term_of_delivery(code: str, place: str, version: str = "2020") -> str:
    """Return "FOB Ningbo, Incoterms® 2020", as the ICC wants it written."""
    return f"{code} {place}, Incoterms® {version}" if code else ""


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
