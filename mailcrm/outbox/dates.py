"""Dates and times as a mail writes them: the month in words, the hour in both zones.

Room: outbox. In: aware instants, IANA zone names, the language of the mail (not of the screen). Out: a phrase such as
"Wed 25 November, 17:00 Beijing / 10:00 Hamburg". "11/12" is two different days to two customers; a word is one.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mailcrm.outbox.place_names import named_place

__all__ = ["day_in_words", "full_moment", "in_both_zones", "place_of"]

_DAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "zh": "周一 周二 周三 周四 周五 周六 周日",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "zh": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
# A Russian weekday would have to follow the word before it ("до среды"); in brackets it stands as it is.
_DAY = {
    "en": "{weekday} {day} {month}",
    "zh": "{month}{day}日（{weekday}）",
    "es": "{weekday} {day} de {month}",
    "de": "{weekday}, {day}. {month}",
    "fr": "{weekday} {day} {month}",
    "pt": "{weekday}, {day} de {month}",
    "ru": "{day} {month} ({weekday})",
}
_DAY_AND_YEAR = {
    "en": "{weekday} {day} {month} {year}",
    "zh": "{year}年{month}{day}日（{weekday}）",
    "es": "{weekday} {day} de {month} de {year}",
    "de": "{weekday}, {day}. {month} {year}",
    "fr": "{weekday} {day} {month} {year}",
    "pt": "{weekday}, {day} de {month} de {year}",
    "ru": "{day} {month} {year} г. ({weekday})",
}
_DAY_AND_HOUR = {"zh": "{day}{hour}"}
_HOUR = {"de": "%H:%M Uhr", "fr": "%Hh%M", "pt": "%Hh%M"}
_HOUR_AND_PLACE = {"en": "{hour} {place}", "zh": "{hour}（{place}时间）"}
_OTHERS = {"hour": "%H:%M", "day_and_hour": "{day}, {hour}", "hour_and_place": "{hour} ({place})"}
"""Where a language has no way of its own."""


def place_of(zone: str, language: str) -> str:
    """Return what a zone is called in a mail: its usual city, else the last part of its IANA name."""
    return named_place(zone, language) or zone.rpartition("/")[2].replace("_", " ")


def day_in_words(day: date, language: str, *, with_year: bool = False) -> str:
    """Return "Wed 25 November", with the year where asked for."""
    known = _known(language)
    pattern = (_DAY_AND_YEAR if with_year else _DAY)[known]
    weekday, month = _DAYS[known].split()[day.weekday()], _MONTHS[known].split()[day.month - 1]
    number = "1er" if known == "fr" and day.day == 1 else day.day
    return pattern.format(weekday=weekday, day=number, month=month, year=day.year)


def full_moment(moment: datetime, language: str) -> str:
    """Return day, year and hour of an aware instant, in the zone it is given in."""
    day = day_in_words(moment.date(), language, with_year=True)
    return _together(day, _clock(moment, language), language)


def in_both_zones(instant: datetime, language: str, ours: tuple[str, str], theirs: tuple[str, str]) -> str:
    """Return an aware instant on our clock and on theirs; each side is (IANA zone, place or "").

    The second day is written only where it differs. A customer whose zone isn't known reads our clock with its place.
    """
    first = _side(instant, language, ours)
    if not theirs[0] or _zone(theirs[0]) is None:
        return _dated(first, language)
    second = _side(instant, language, theirs)
    if first == second:
        return _dated(first, language)
    same_day = first[0].date() == second[0].date()
    return f"{_dated(first, language)} / {_hour(second, language) if same_day else _dated(second, language)}"


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _side(instant: datetime, language: str, side: tuple[str, str]) -> tuple[datetime, str]:
    zone, place = side
    known = _zone(zone)
    if known is None:
        return instant.astimezone(ZoneInfo("UTC")), "UTC"
    return instant.astimezone(known), place or place_of(zone, language)


def _hour(side: tuple[datetime, str], language: str) -> str:
    pattern = _HOUR_AND_PLACE.get(_known(language), _OTHERS["hour_and_place"])
    return pattern.format(hour=_clock(side[0], language), place=side[1])


def _dated(side: tuple[datetime, str], language: str) -> str:
    return _together(day_in_words(side[0].date(), language), _hour(side, language), language)


def _together(day: str, hour: str, language: str) -> str:
    return _DAY_AND_HOUR.get(_known(language), _OTHERS["day_and_hour"]).format(day=day, hour=hour)


def _clock(moment: datetime, language: str) -> str:
    return moment.strftime(_HOUR.get(_known(language), _OTHERS["hour"]))


def _known(language: str) -> str:
    return language if language in _DAYS else "en"
