"""What stands below a mail: the countries of the addresses and of the telephones in its signature.

Room: domain. In: the newest part and the signature of a mail. Out: country → the words that say so. A country counts at
the end of an address only: "Offices in China and Vietnam", "Made in Italy" and a person called Jordan are none. Of numbers
only those count that begin with + or, behind a word such as "Tel", with 00, and that exist by the numbering plan; a line
about a bank account has none. Whatever the length of a mail, its last lines are read, each up to its 160th letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mailcrm.domain.country_names import AROUND, begins_with, ends_a_name, last_words, named
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.phrases import fold

__all__ = ["addresses", "block", "telephones"]

_READ, _LINES, _LINE = 4_000, 24, 160
_TAIL, _TAIL_LINES, _TAIL_LINE = 1_200, 10, 90
_SEGMENTS = lazy_pattern(r"[,;|/•·،，、()]|\s[-–—]\s|\s{3,}")
_WORDS = lazy_pattern(r"[^\s,;|/•·،，、()]+")
_STATES = "AL|AK|AZ|AR|CA|CO|CT|DC|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
_POSTAL = (
    (lazy_pattern(rf"\b(?:{_STATES})[ .,]{{1,3}}\d{{5}}(?:-\d{{4}})?\b"), "US"),
    (lazy_pattern(r"\b[ABCEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d\b"), "CA"),
    (lazy_pattern(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"), "GB"),
)
_REFERENCE = lazy_pattern(r"(?i)\b(?:p/n|hs|code|ref|item|part|order|po|model|no)\b")
_PREFIXED = lazy_pattern(
    r"(?<![\w-])(?P<prefix>AT?|B|BE|CH|CZ|DE?|DK|F|FR|IT?|NL|PL|SE?)-\d{2,3}[ -]?\d{2,3} [^\W\d_]{2}"
)
_BY_PREFIX = {"A": "AT", "B": "BE", "D": "DE", "F": "FR", "I": "IT", "S": "SE"}
# A first name or a place elsewhere before it is a country: it stands behind a town, or below one.
_ALSO_A_NAME = frozenset({"jordan", "chad", "israel", "india", "kenya", "america", "ireland", "malta", "cuba", "lebanon", "jersey", "mali", "guinea", "niger", "georgia", "georgie", "holland", "england", "scotland", "wales", "china", "francia", "grenada", "dominica", "togo"})  # fmt: skip
_ADDRESS_LABEL = lazy_pattern(
    r"\W{0,3}(?:地址|公司地址|住所|所在地|住址|주소|address|adresse|direcci[óo]n|адрес)\s?[:：]\s?", re.IGNORECASE
)
_PLACE = lazy_pattern(r"[省市区區县縣路号號都府道町]")
_LIKE_POSTAL = lazy_pattern(r"[A-Z][ .,-]{0,3}\d")  # in all of them
_GEORGIAN_TOWNS = lazy_pattern(r"(?i)\b(?:tbilisi|batumi|kutaisi|rustavi|poti)\b")

_BANK = lazy_pattern(
    r"(?i)iban|swift|\bbic\b|account|\ba/c\b|\bacct|konto|cuenta|\bcompte\b|\bconto\b|\bconta\b|beneficiar|账号|帐号|账户|счет|счёт|hesap"
)
_PHONE = lazy_pattern(r"(?<![\w+/-])\+ ?\(?\d[\d ().\-/]{6,20}\d")
_LABELLED = lazy_pattern(
    r"(?i)(?:\b(?:tel|telephone|phone|ph|mobile|mob|cell|fax|whatsapp|tlf|t|m|p|телефон|тел|моб)|电话|電話|手机|手機|传真|전화|هاتف)"
    r"[.:：)\s]{0,3}\(?00(?P<rest>[1-9][\d ().\-/]{6,20}\d)"
)
_FAX = lazy_pattern(r"(?i)(?:fax|传真|傳真|факс|팩스)[^+\d\n]{0,12}$|\bf[.:]?\s{0,2}$")
_NUMBERS = 6


def block(said: str, signature: str) -> tuple[str, ...]:
    """Return the lines below a mail: its signature, else a last paragraph of short lines."""
    if signature:
        return _lines(signature[:_READ])[:_LINES]
    lines = _lines(re.split(r"\n[ \t]*\n", said[-_TAIL:].rstrip())[-1])
    short = 1 < len(lines) <= _TAIL_LINES and all(len(line) <= _TAIL_LINE for line in lines)
    return lines[1:] if short else ()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip()[:_LINE] for line in text.split("\n") if line.strip())


def addresses(lines: Sequence[str]) -> dict[str, str]:
    """Return the countries that the addresses in `lines` are in, each with its line."""
    found: dict[str, str] = {}
    folded = fold("\n\n".join(lines)).split("\n\n")
    endings = {word.strip(AROUND) for word in _WORDS.findall(" ".join(folded))} & last_words()
    for number, line in enumerate(lines):
        may_name = any(map(folded[number].__contains__, endings))  # hardly a line does
        country = _of_line(line, lines[number - 1] if number else "", may_name=may_name)
        if country:
            found.setdefault(country, line)
    if "GE" in found and not any(_GEORGIAN_TOWNS.search(line) for line in lines):
        del found["GE"]  # Atlanta's Georgia
    return found


def _of_line(line: str, above: str, *, may_name: bool) -> str:
    label = _ADDRESS_LABEL.match(line) if ":" in line or "：" in line else None
    line = line[label.end() :] if label else line
    countries = _named_in(line, above) if may_name else {}
    if countries:
        return next(iter(countries)) if len(countries) == 1 else ""  # a list of countries is nobody's address
    if line.isascii():
        return _postal(line)
    return _postal(line) or (begins_with(line) if _PLACE.search(line) else "")


def _named_in(line: str, above: str) -> dict[str, None]:
    """Return the countries with which the pieces of a line end."""
    segments = [segment.strip() for segment in _SEGMENTS.split(line) if segment and not segment.isspace()]
    countries: dict[str, None] = dict.fromkeys(
        code for segment in segments if (code := _segment(segment, segments, above))
    )
    if len(countries) > 1:  # a town's name beside its country's: "Lebanon, PA 17042, USA"
        towns = {named(plain) for segment in segments if (plain := _plain(segment)).lower() in _ALSO_A_NAME}
        return {code: None for code in countries if code not in towns}
    return countries


def _segment(segment: str, segments: Sequence[str], above: str) -> str:
    plain = _plain(segment)
    if not ends_a_name(plain):
        return ""
    country = named(plain)
    if country:
        alone = len(segments) == 1 and len(plain.split()) == len(segment.split())
        surely = not alone or plain.lower().strip(" .") not in _ALSO_A_NAME or _is_address(above)
        return country if surely else ""
    words = plain.split()
    if segment == segments[-1] and len(words) < len(segment.split()):  # "Sydney NSW 2000 Australia"
        return next((code for start in range(1, min(len(words), 6)) if (code := named(" ".join(words[start:])))), "")
    return ""


def _plain(segment: str) -> str:
    """Return the words of a piece of a line without postal codes and other numbers."""
    return " ".join([word for word in segment.split() if not any(map(str.isdigit, word))])


def _is_address(line: str) -> bool:
    return "," in line or any(map(str.isdigit, line))


def _postal(line: str) -> str:
    if not _LIKE_POSTAL.search(line):
        return ""
    found = next((country for pattern, country in _POSTAL if pattern.search(line)), "")
    prefixed = None if found else _PREFIXED.search(line)
    if prefixed is not None:
        found = _BY_PREFIX.get(prefixed["prefix"], prefixed["prefix"])
    return "" if found and _REFERENCE.search(line) else found


def telephones(lines: Sequence[str]) -> dict[str, str]:
    """Return the countries of the telephones in `lines`, each with its number; of the faxes where there is no other."""
    phones: dict[str, str] = {}
    faxes: dict[str, str] = {}
    for number, is_fax in _numbers(lines):
        region = _region("".join(filter(str.isdigit, number)))
        if region:
            (faxes if is_fax else phones).setdefault(region, number)
    return phones or faxes


def _numbers(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    left = _NUMBERS
    for line in lines:
        phones = _PHONE.finditer(line) if "+" in line else ()
        numbers = (*phones, *(_LABELLED.finditer(line) if "00" in line else ()))
        if not numbers or _BANK.search(line):
            continue
        for found in numbers:
            if not left:
                return
            left -= 1
            labelled = found.groupdict().get("rest")
            shown = labelled or found[0]
            fax = found[0][:16] if labelled else line[: found.start()][-24:]
            yield f"+{shown.strip(' +')}", bool(_FAX.search(fax))


@lru_cache(maxsize=4096)
def _region(digits: str) -> str:
    """Return the country of an international number without its +; a first look at a country costs a millisecond."""
    import phonenumbers  # 20 ms that only reading mail needs

    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return ""
    region = phonenumbers.region_code_for_number(number) if phonenumbers.is_valid_number(number) else None
    return region if region and len(region) == 2 and region.isalpha() else ""  # noqa: PLR2004  ("001": no country's)
