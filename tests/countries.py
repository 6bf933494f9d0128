"""Make the tables of countries and of their zones: `make countries`.

In: Babel's names of territories and the zones of tzdata (both for developers only: the program must start fast, and its
domain reads no files). Out: mailcrm/domain/country_table.py, one line a country: its names as customers write them, and
how its clocks are set in summer and in winter; and mailcrm/domain/zone_table.py, the IANA zones of each, the one where most
people live first. The same Babel and tzdata give the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError
from babel.languages import get_official_languages

from mailcrm.domain.phrases import fold

__all__ = ["TABLE", "ZONE_TABLE", "text", "zone_text"]

TABLE = Path(__file__).resolve().parent.parent / "mailcrm" / "domain" / "country_table.py"
ZONE_TABLE = TABLE.with_name("zone_table.py")
LANGUAGES = (
    "en", "zh", "zh_Hant", "es", "de", "fr", "pt", "ru", "it", "tr", "ar", "ja", "ko", "nl", "pl", "cs", "sv", "da", "fi", "hu",
    "ro", "el", "he", "vi", "id", "uk", "th", "fa",
)  # fmt: skip
YEAR = 2026
# Where most people live, of the countries that zone.tab lists from east to west.
MAIN = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "KI": "Pacific/Tarawa",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}
# What people write and no standard says.
ALIASES = {
    "US": "usa|u.s.a.|u.s.a|u.s.|united states of america|estados unidos|eeuu|ee.uu.|美国|сша|america",
    "GB": "uk|u.k.|great britain|england|scotland|wales|northern ireland|united kingdom of great britain and northern ireland|великобритания",
    "AE": "uae|u.a.e.|u.a.e|emirates|阿联酋|оаэ|الامارات",
    "SA": "ksa|k.s.a.|kingdom of saudi arabia|السعودية",
    "CN": "prc|p.r.c.|p.r.china|p.r. china|p. r. china|pr china|people's republic of china|mainland china|中华人民共和国",
    "HK": "hong kong|hongkong|hk|h.k.|hong kong sar|香港|中国香港|中國香港",
    "MO": "macao|macau|澳门|澳門|中国澳门",
    "TW": "taiwan|taiwan r.o.c.|taiwan, r.o.c.|taiwan (r.o.c.)|r.o.c.|台湾|台灣|臺灣|中国台湾",
    "KR": "korea|south korea|republic of korea|korea, republic of|korea (south)|r.o.korea|rep. of korea|韩国|韓國|корея",
    "VN": "viet nam|vietnam|việt nam",
    "NL": "holland|the netherlands|netherlands|nederland",
    "CZ": "czech republic|ceska republika|tschechische republik",
    "RU": "russian federation|рф|российская федерация",
    "BY": "республика беларусь|republic of belarus|белоруссия",
    "KZ": "республика казахстан|republic of kazakhstan",
    "CI": "ivory coast|cote d'ivoire",
    "MK": "macedonia",
    "MM": "myanmar|burma",
    "TR": "turkey|turkiye",
    "BR": "brasil",
    "CD": "dr congo|democratic republic of the congo|d.r. congo|congo, democratic republic of the|rdc",
    "CG": "congo|republic of the congo",
    "PS": "palestine",
    "TZ": "united republic of tanzania|tanzania, united republic of",
    "IR": "iran|iran, islamic republic of|islamic republic of iran",
    "SY": "syria|syrian arab republic",
    "BO": "bolivia|bolivia, plurinational state of",
    "VE": "venezuela|venezuela, bolivarian republic of",
    "MD": "moldova|moldova, republic of|republic of moldova",
    "LA": "laos|lao pdr",
    "ZA": "rsa|republic of south africa",
    "IE": "republic of ireland|eire",
    "EG": "arab republic of egypt",
    "SG": "republic of singapore",
    "DO": "rep. dominicana|republica dominicana",
}  # fmt: skip


def _names(code: str) -> list[str]:
    own = get_official_languages(code, de_facto=True)
    names = [name for language in dict.fromkeys((*LANGUAGES, *own)) for name in _in_language(code, language)]
    return list(dict.fromkeys([fold(name) for name in names] + ALIASES.get(code, "").split("|")))


def _in_language(code: str, language: str) -> Iterator[str]:
    try:
        name = Locale.parse(language).territories.get(code, "")
    except (UnknownLocaleError, ValueError):
        return
    plain = name.partition("(")[0].strip()
    if len(plain) > 1 and "|" not in plain:
        yield plain


def _offsets() -> dict[str, list[int]]:
    """Return for each country its minutes east of UTC, in winter and in summer."""
    found: dict[str, set[int]] = {}
    for code, name in _zones():
        for month in (1, 7):
            offset = datetime(YEAR, month, 1, tzinfo=UTC).astimezone(ZoneInfo(name)).utcoffset()
            if offset is not None:
                found.setdefault(code, set()).add(int(offset.total_seconds() // 60))
    return {code: sorted(minutes) for code, minutes in found.items()}


def _zones() -> Iterator[tuple[str, str]]:
    """Yield (country, zone) as zone.tab lists them."""
    tab = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    for row in csv.reader((line for line in tab.splitlines() if not line.startswith("#")), delimiter="\t"):
        yield row[0], row[2]


def text() -> str:
    """Return the table as it should be."""
    lines = []
    for code, minutes in sorted(_offsets().items()):
        names = "|".join(name for name in _names(code) if name)
        lines.append(f'    "{code}": "{" ".join(map(str, minutes))}|{names}",\n')
    head = '"""Countries: how their clocks are set, and their names as customers write them. Made by `make countries`."""\n'
    return f'{head}\n__all__ = ["COUNTRIES"]\n\nCOUNTRIES = {{\n{"".join(lines)}}}\n'


def zone_text() -> str:
    """Return the table of zones as it should be."""
    found: dict[str, list[str]] = {}
    for code, name in _zones():
        found.setdefault(code, []).append(name)
    for code, main in MAIN.items():
        found[code].remove(main)
        found[code].insert(0, main)
    lines = [f'    "{code}": "{" ".join(names)}",\n' for code, names in sorted(found.items())]
    head = '"""The IANA zones of each country, the one where most people live first. Made by `make countries`."""\n'
    return f'{head}\n__all__ = ["ZONES"]\n\nZONES = {{\n{"".join(lines)}}}\n'


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")
    ZONE_TABLE.write_text(zone_text(), encoding="utf-8")
    sys.stdout.write(f"{TABLE}\n{ZONE_TABLE}\n")
