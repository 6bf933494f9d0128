"""Dates and times as a mail writes them: the month in words, the hour in both zones.

Room: outbox. In: aware instants, IANA zone names, the language of the mail (not of the screen). Out: a phrase such as
"Wed 25 November, 17:00 Beijing / 10:00 Hamburg". "11/12" is two different days to two customers; a word is one.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["day_in_words", "full_moment", "in_both_zones", "place_of"]

_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "zh": [f"{month}月" for month in range(1, 13)],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}
_DAY = {"en": "{weekday} {day} {month}", "zh": "{month}{day}日（{weekday}）", "es": "{weekday} {day} de {month}"}
_DAY_AND_YEAR = {
    "en": "{weekday} {day} {month} {year}",
    "zh": "{year}年{month}{day}日（{weekday}）",
    "es": "{weekday} {day} de {month} de {year}",
}
_DAY_AND_HOUR = {"en": "{day}, {hour}", "zh": "{day}{hour}", "es": "{day}, {hour}"}
_HOUR_AND_PLACE = {"en": "{hour} {place}", "zh": "{hour}（{place}时间）", "es": "{hour} ({place})"}

# Zones whose city is called otherwise in trade letters or in the other languages: zone -> (en, zh, es).
_PLACES = {
    "Africa/Cairo": ("Cairo", "开罗", "El Cairo"),
    "Africa/Johannesburg": ("Johannesburg", "约翰内斯堡", "Johannesburgo"),
    "Africa/Lagos": ("Lagos", "拉各斯", "Lagos"),
    "Africa/Nairobi": ("Nairobi", "内罗毕", "Nairobi"),
    "America/Argentina/Buenos_Aires": ("Buenos Aires", "布宜诺斯艾利斯", "Buenos Aires"),
    "America/Bogota": ("Bogotá", "波哥大", "Bogotá"),
    "America/Chicago": ("Chicago", "芝加哥", "Chicago"),
    "America/Lima": ("Lima", "利马", "Lima"),
    "America/Los_Angeles": ("Los Angeles", "洛杉矶", "Los Ángeles"),
    "America/Mexico_City": ("Mexico City", "墨西哥城", "Ciudad de México"),
    "America/New_York": ("New York", "纽约", "Nueva York"),
    "America/Santiago": ("Santiago", "圣地亚哥", "Santiago de Chile"),
    "America/Sao_Paulo": ("São Paulo", "圣保罗", "São Paulo"),
    "America/Toronto": ("Toronto", "多伦多", "Toronto"),
    "Asia/Dhaka": ("Dhaka", "达卡", "Daca"),
    "Asia/Dubai": ("Dubai", "迪拜", "Dubái"),
    "Asia/Ho_Chi_Minh": ("Ho Chi Minh City", "胡志明市", "Ciudad Ho Chi Minh"),
    "Asia/Hong_Kong": ("Hong Kong", "香港", "Hong Kong"),
    "Asia/Istanbul": ("Istanbul", "伊斯坦布尔", "Estambul"),
    "Asia/Jerusalem": ("Jerusalem", "耶路撒冷", "Jerusalén"),
    "Asia/Karachi": ("Karachi", "卡拉奇", "Karachi"),
    "Asia/Kolkata": ("India", "印度", "India"),
    "Asia/Riyadh": ("Riyadh", "利雅得", "Riad"),
    "Asia/Seoul": ("Seoul", "首尔", "Seúl"),
    "Asia/Shanghai": ("Beijing", "北京", "Pekín"),
    "Asia/Singapore": ("Singapore", "新加坡", "Singapur"),
    "Asia/Taipei": ("Taipei", "台北", "Taipéi"),
    "Asia/Tokyo": ("Tokyo", "东京", "Tokio"),
    "Australia/Sydney": ("Sydney", "悉尼", "Sídney"),
    "Europe/Amsterdam": ("Amsterdam", "阿姆斯特丹", "Ámsterdam"),
    "Europe/Athens": ("Athens", "雅典", "Atenas"),
    "Europe/Berlin": ("Berlin", "柏林", "Berlín"),
    "Europe/Brussels": ("Brussels", "布鲁塞尔", "Bruselas"),
    "Europe/Copenhagen": ("Copenhagen", "哥本哈根", "Copenhague"),
    "Europe/Istanbul": ("Istanbul", "伊斯坦布尔", "Estambul"),
    "Europe/Kyiv": ("Kyiv", "基辅", "Kiev"),
    "Europe/Lisbon": ("Lisbon", "里斯本", "Lisboa"),
    "Europe/London": ("London", "伦敦", "Londres"),
    "Europe/Madrid": ("Madrid", "马德里", "Madrid"),
    "Europe/Moscow": ("Moscow", "莫斯科", "Moscú"),
    "Europe/Paris": ("Paris", "巴黎", "París"),
    "Europe/Rome": ("Rome", "罗马", "Roma"),
    "Europe/Stockholm": ("Stockholm", "斯德哥尔摩", "Estocolmo"),
    "Europe/Vienna": ("Vienna", "维也纳", "Viena"),
    "Europe/Warsaw": ("Warsaw", "华沙", "Varsovia"),
    "Europe/Zurich": ("Zurich", "苏黎世", "Zúrich"),
    "UTC": ("UTC", "UTC", "UTC"),
}
_COLUMN = {"en": 0, "zh": 1, "es": 2}


def place_of(zone: str, language: str) -> str:
    """Return what a zone is called in a mail: its usual city, else the last part of its IANA name."""
    named = _PLACES.get(zone)
    return named[_COLUMN.get(language, 0)] if named else zone.rpartition("/")[2].replace("_", " ")


def day_in_words(day: date, language: str, *, with_year: bool = False) -> str:
    """Return "Wed 25 November", with the year where asked for."""
    known = language if language in _DAYS else "en"
    pattern = (_DAY_AND_YEAR if with_year else _DAY)[known]
    weekday, month = _DAYS[known][day.weekday()], _MONTHS[known][day.month - 1]
    return pattern.format(weekday=weekday, day=day.day, month=month, year=day.year)


def full_moment(moment: datetime, language: str) -> str:
    """Return day, year and hour of an aware instant, in the zone it is given in."""
    known = language if language in _DAYS else "en"
    day = day_in_words(moment.date(), known, with_year=True)
    return _DAY_AND_HOUR[known].format(day=day, hour=f"{moment:%H:%M}")


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
    pattern = _HOUR_AND_PLACE.get(language, _HOUR_AND_PLACE["en"])
    return pattern.format(hour=f"{side[0]:%H:%M}", place=side[1])


def _dated(side: tuple[datetime, str], language: str) -> str:
    pattern = _DAY_AND_HOUR.get(language, _DAY_AND_HOUR["en"])
    return pattern.format(day=day_in_words(side[0].date(), language), hour=_hour(side, language))
