"""Public holidays, make-up workdays and the working week of a country, from the `holidays` library.

Room: adapters. In: an ISO 3166-1 code. Out: for a year, its rest days and the weekend days on which people work instead (China's
调休); the weekdays on which people work there; what the rest days are called. A year that a government has not announced yet is as the library expects it: provisional, without make-up days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

__all__ = ["holiday_names", "public_days", "working_week"]

_SPELT = {"zh": ("zh_CN", "en_US", "en_GB"), "en": ("en_US", "en_GB")}


def public_days(country: str) -> Callable[[int], tuple[frozenset[date], frozenset[date]]]:
    """Return the function that gives a year's (rest days, make-up workdays); ConfigError for a country that nobody knows.

    It loads what it needs when it is first asked: that takes a tenth of a second, and most commands never ask.
    """

    @cache
    def days_of(year: int) -> tuple[frozenset[date], frozenset[date]]:
        from holidays import country_holidays

        try:
            found = country_holidays(country, years=year)
        except NotImplementedError as error:
            raise ConfigError(
                say('office.holidays = "{value}" is no country whose holidays are known.', value=country),
                say('Write a country\'s code, such as "CN" or "DE", or "" for none.'),
            ) from error
        rest = frozenset(day for day in found if day.year == year)
        return rest, frozenset(day for day in getattr(found, "weekend_workdays", ()) if day.year == year)

    return days_of


def holiday_names(country: str) -> Callable[[int, str], dict[date, str]]:
    """Return the function that gives what a year's rest days are called, in a language of ours, else as they are called there."""

    @cache
    def names_of(year: int, language: str) -> dict[date, str]:
        from holidays import country_holidays

        known = country_holidays(country).supported_languages
        wanted = [spelt for spelt in _SPELT.get(language, ()) if spelt in known]
        try:
            found = country_holidays(country, years=year, language=wanted[0] if wanted else None)
        except NotImplementedError:
            return {}
        return {day: found[day] for day in found if day.year == year}

    return names_of


@cache
def working_week(country: str) -> frozenset[int] | None:
    """Return the weekdays (0 = Monday) on which people work in `country`; None for one that nobody knows."""
    from holidays import country_holidays

    try:
        weekend = country_holidays(country).weekend if country else None
    except NotImplementedError:
        return None
    return frozenset(range(7)) - weekend if weekend is not None else None
