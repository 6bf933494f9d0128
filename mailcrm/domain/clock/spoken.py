"""Instants in words, for mails and explanations.

Room: domain. In: an aware instant, an IANA zone, a language. Out: the wall clock there, the month in words, so that
nobody reads 05/06 the wrong way round. Months and weekdays of the three mail languages stand here: the domain has no
locale data, and a mail's language is the customer's, not the screen's.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

__all__ = ["spoken", "stamp"]

_EN_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ES_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_ES_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_ZH_DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")

# China has one time, and everybody calls it Beijing's, though the zone is named for Shanghai.
_CHINA = ("Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "PRC")
_BEIJING = {"en": "Beijing", "zh": "北京", "es": "Pekín"}
_ZONE_TIME = {"en": "{city} time", "zh": "{city}时间", "es": "hora de {city}"}


def spoken(instant: datetime, zone: str, language: str) -> str:
    """Return `instant` for a mail in `language` (en, zh, es; anything else reads English), naming the zone.

    "Wed 25 November, 17:00 Beijing time" · "11月25日（周三）17:00（北京时间）" · "miércoles 25 de noviembre, 17:00 (hora de Pekín)".
    """
    local = instant.astimezone(ZoneInfo(zone))
    label = _zone_label(zone, language)
    if language == "zh":
        return f"{local.month}月{local.day}日（{_ZH_DAYS[local.weekday()]}）{local:%H:%M}（{label}）"
    if language == "es":
        return f"{_ES_DAYS[local.weekday()]} {local.day} de {_ES_MONTHS[local.month - 1]}, {local:%H:%M} ({label})"
    return f"{_EN_DAYS[local.weekday()]} {local.day} {_EN_MONTHS[local.month - 1]}, {local:%H:%M} {label}"


def stamp(instant: datetime, zone: str, language: str) -> str:
    """Return `instant` for the screen, without the zone: "Wed 25 November 17:00" or "11月25日 周三 17:00"."""
    local = instant.astimezone(ZoneInfo(zone))
    if language == "zh":
        return f"{local.month}月{local.day}日 {_ZH_DAYS[local.weekday()]} {local:%H:%M}"
    return f"{_EN_DAYS[local.weekday()]} {local.day} {_EN_MONTHS[local.month - 1]} {local:%H:%M}"


def _zone_label(zone: str, language: str) -> str:
    language = language if language in _BEIJING else "en"
    city = _BEIJING[language] if zone in _CHINA else zone.rpartition("/")[2].replace("_", " ")
    return "UTC" if city == "UTC" else _ZONE_TIME[language].format(city=city)
