"""Which country a mail comes from, and how we know.

Room: domain. In: `Clues`, what one mail tells. Out: an `Origin` with the sentence that says why, and from the origins of
many mails the one that counts for a contact or a company. A suggestion only: what a person says is never overwritten.

The evidence, in the order of its trust:

1. *stated*: the buyer chose it in the platform's or the form's field, and for this purpose;
2. *address*: the country at the end of a postal address in the signature is where the writer sits; a subsidiary writes from
   its mother's domain, so this comes before
3. *domain*: a country's own top-level domain, which a company registers at home. Those that the world buys for their sound
   (.io, .co, .tv …) and .example say nothing, nor does that of a mailbox provider;
4. *phone*: the region of a number in the signature. It belongs to the person, who may carry a mobile from elsewhere, so a
   clock that isn't that country's takes its word away;
5. *clock*: the offset of `Date:` together with the language, where they fit one country only; without a language where one
   country alone has that offset. UTC is what programs write and says nothing.

Where one kind of evidence names several countries, the one that other evidence supports is meant; else that kind is silent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from mailcrm.domain.address_block import addresses, block, telephones
from mailcrm.domain.country_names import clocks, country_in, named, only_at
from mailcrm.domain.country_table import COUNTRIES
from mailcrm.domain.words import Sentence, say

__all__ = ["Clues", "Origin", "Trust", "choose_origin", "read_origin"]


class Trust(IntEnum):
    """How far a piece of evidence is believed; the more the higher."""

    CLOCK = 1
    PHONE = 2
    DOMAIN = 3
    ADDRESS = 4
    STATED = 5


@dataclass(frozen=True, slots=True)
class Clues:
    """What a mail tells about where its writer is.

    `domain`: of the writer's address (the buyer's in an inquiry). `free_mail`: anybody can have a mailbox there. `offset`:
    minutes east of UTC in `Date:`, None for UTC. `stated`: the country in the inquiry of `platform`, as it stands there.
    """

    domain: str = ""
    free_mail: bool = False
    said: str = ""
    signature: str = ""
    language: str = ""
    offset: int | None = None
    stated: str = ""
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """A country (ISO 3166-1 alpha-2), how far it is believed, and why."""

    country: str
    trust: Trust
    reason: Sentence

    def stored(self) -> str:
        """Return the origin as it is kept with its mail."""
        return json.dumps([self.country, int(self.trust), self.reason.to_json()], ensure_ascii=False)

    @staticmethod
    def from_stored(text: str) -> Origin:
        """Return the origin that `stored` kept."""
        country, trust, reason = json.loads(text)
        return Origin(country, Trust(trust), Sentence.from_json(reason))


# Sold to everybody for their sound, or belonging to no country that people write from.
_GENERIC = frozenset({"ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "cf", "co", "cm", "cx", "dj", "eu", "fm", "ga", "gg", "gq", "gs", "im", "io", "je", "la", "lc", "ly", "me", "ml", "ms", "mu", "nu", "pn", "pw", "sc", "sh", "st", "su", "sx", "tc", "tk", "tl", "tm", "to", "tv", "vc", "vg", "vu", "ws"})  # fmt: skip
_OTHER_NAMES = {
    "uk": "GB",
    "рф": "RU",
    "xn--p1ai": "RU",
    "中国": "CN",
    "xn--fiqs8s": "CN",
    "台灣": "TW",
    "香港": "HK",
    "한국": "KR",
}
# Where a language is that of business; one with a single country here, or a single one in that zone, tells a country.
_SPOKEN = {
    language: tuple(countries.split())
    for language, countries in {
        "ja": "JP", "ko": "KR", "tr": "TR", "pl": "PL", "it": "IT", "cs": "CZ", "hu": "HU", "vi": "VN", "th": "TH", "he": "IL",
        "fi": "FI", "da": "DK", "uk": "UA", "id": "ID", "hi": "IN", "el": "GR CY", "ro": "RO MD", "sv": "SE FI", "nl": "NL BE SR",
        "de": "DE AT CH LI LU", "pt": "BR PT AO MZ CV GW", "fa": "IR AF TJ", "zh": "CN TW HK MO SG MY",
        "ru": "RU BY KZ KG UZ TJ TM UA AM AZ GE MD", "es": "ES MX AR CL PE CO VE EC GT CU BO DO HN PY SV NI CR PA UY US",
        "fr": "FR BE CH LU CA MA DZ TN SN CI CM CD CG GA ML BF NE TG BJ MG HT",
    }.items()
}  # fmt: skip
_INDIA = 330  # Sri Lanka's clock shows it too; of those who write to exporters it is India in all but a few


def read_origin(clues: Clues) -> Origin | None:
    """Return the country that the best evidence of a mail names; None where nothing is sure enough."""
    stated = country_in(clues.stated) if clues.stated else ""
    if stated:
        who = clues.platform or clues.domain
        return Origin(stated, Trust.STATED, say("{platform} says: {stated}", platform=who, stated=clues.stated.strip()))
    lines = block(clues.said, clues.signature)
    written, phones, home = addresses(lines), telephones(lines), _home(clues.domain)
    domain = "" if clues.free_mail else home
    believed = _one_of(written, {*phones, domain}, clues.offset)
    if believed:
        return Origin(believed, Trust.ADDRESS, say("signature says {line}", line=written[believed]))
    if domain:
        return Origin(domain, Trust.DOMAIN, say("domain ends in .{suffix}", suffix=clues.domain.rpartition(".")[2]))
    called = _one_of(phones, set(written), clues.offset, only_where_possible=True)
    if called:
        return Origin(called, Trust.PHONE, say("phone number {number}", number=phones[called]))
    return _by_clock(clues, home)


def _home(domain: str) -> str:
    """Return the country of a top-level domain; "" for one that says nothing."""
    suffix = domain.rpartition(".")[2].lower()
    if suffix in _GENERIC:
        return ""
    code = _OTHER_NAMES.get(suffix) or (named(suffix) if not suffix.isascii() else suffix.upper())
    return code if code in COUNTRIES else ""


def _one_of(
    named_in: Mapping[str, str], others: set[str], offset: int | None, *, only_where_possible: bool = False
) -> str:
    """Return the one country, or of several the one that other evidence, then the clock, supports."""
    possible = [code for code in named_in if offset is None or offset in clocks(code)]
    found = possible if only_where_possible else list(named_in)
    if len(found) == 1:
        return found[0]
    supported = [code for code in found if code in others]
    if len(supported) == 1:
        return supported[0]
    by_clock = [code for code in (supported or found) if code in possible] if offset is not None else []
    return by_clock[0] if len(by_clock) == 1 else ""


def _by_clock(clues: Clues, home: str) -> Origin | None:
    if clues.offset is None:
        return None
    spoken = [code for code in _SPOKEN.get(clues.language, ()) if clues.offset in clocks(code)]
    country = spoken[0] if len(spoken) == 1 else home if home in spoken else ""
    if country:
        reason = say("written in {language} at UTC{offset}", language=clues.language, offset=_shown(clues.offset))
        return Origin(country, Trust.CLOCK, reason)
    alone = "IN" if clues.offset == _INDIA else only_at(clues.offset)
    if alone and clues.language in ("", "en"):
        return Origin(alone, Trust.CLOCK, say("clock at UTC{offset}", offset=_shown(clues.offset)))
    return None


def _shown(offset: int) -> str:
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours}:{minutes:02}"


def choose_origin(found: Iterable[tuple[Origin, int, str]]) -> Origin | None:
    """Return the origin that counts among many mails': (origin, how many mails tell it, when the first one came).

    The most trusted one; of several countries with equal trust that of most mails; then that of the first mail. The
    same whatever the order of `found`.
    """
    rows = list(found)
    best = max((origin.trust for origin, _count, _first in rows), default=None)
    rows = [row for row in rows if row[0].trust == best]
    votes: dict[str, int] = {}
    for origin, count, _first in rows:
        votes[origin.country] = votes.get(origin.country, 0) + count
    ranked = sorted(rows, key=lambda row: (-votes[row[0].country], row[2], row[0].country, str(row[0].reason.values)))
    return ranked[0][0] if ranked else None
