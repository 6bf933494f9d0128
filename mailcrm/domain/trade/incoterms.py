"""Incoterms® 2020: who carries the goods how far, at whose cost.

Room: domain. In: what people write ("FOB Ningbo", "C&F Lagos", "CIF,HAMBURG"). Out: an `Incoterm`, its printed form, and what
is wrong with it as sentences. The terms are those of the ICC's rules of 2020; DAT and DDU are of older ones and are refused with today's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import Sentence, say

__all__ = ["TERMS", "Incoterm", "Term", "lint", "parse_incoterm"]


@dataclass(frozen=True, slots=True)
class Term:
    """What one of the eleven includes in the price: `freight` is the main carriage, `charges` what arises in the country of arrival."""

    code: str
    names: str  # "works", "loading" or "destination": the place behind the code
    sea_only: bool = False
    cleared: bool = True  # the seller brings the goods to the loading place and clears them for export
    freight: bool = False
    insurance: bool = False
    charges: bool = False
    unloaded: bool = False
    duties: bool = False


TERMS = {
    term.code: term
    for term in (
        Term("EXW", "works", cleared=False),
        Term("FCA", "loading"),
        Term("FAS", "loading", sea_only=True),
        Term("FOB", "loading", sea_only=True),
        Term("CFR", "destination", sea_only=True, freight=True),
        Term("CIF", "destination", sea_only=True, freight=True, insurance=True),
        Term("CPT", "destination", freight=True),
        Term("CIP", "destination", freight=True, insurance=True),
        Term("DAP", "destination", freight=True, charges=True),
        Term("DPU", "destination", freight=True, charges=True, unloaded=True),
        Term("DDP", "destination", freight=True, charges=True, duties=True),
    )
}

_IN_CONTAINERS = {"FAS": "FCA", "FOB": "FCA", "CFR": "CPT", "CIF": "CIP"}
_ALIASES = {"CF": "CFR", "C&F": "CFR", "C+F": "CFR", "CNF": "CFR", "CANDF": "CFR"}
_OLD = {"DAT": "DPU", "DDU": "DAP", "DAF": "DAP", "DES": "DAP", "DEQ": "DPU"}
_CODE = re.compile(r"\s*(C\s?(?:&|\+|and)\s?F|[A-Z]{2,3})(?![A-Za-z&])[\s,.:;(\-–、]*(.*)", re.IGNORECASE | re.DOTALL)
_EDITION = re.compile(r"[\s,;(]*\bincoterms?\b\s?(?:®|\(R\))?[\s,]*(\d{4})?\)?\s*$", re.IGNORECASE)
_LONGEST, _LONGEST_PLACE = 200, 80


@dataclass(frozen=True, slots=True)
class Incoterm:
    """A term with its place: ("FOB", "Ningbo"); `place` is "" where none was named."""

    code: str
    place: str
    year: int = 2020

    @property
    def term(self) -> Term:
        """What the term includes."""
        return TERMS[self.code]

    @property
    def short(self) -> str:
        """Code and place: "FOB Ningbo"."""
        return f"{self.code} {self.place}".rstrip()

    def __str__(self) -> str:
        """Return the printed form: "FOB Ningbo, Incoterms® 2020"."""
        return f"{self.short}, Incoterms® {self.year}"


def parse_incoterm(given: str) -> Incoterm:
    """Return the term that `given` names; UsageError for what is none of the eleven of 2020."""
    text = " ".join(unicodedata.normalize("NFKC", given[:_LONGEST]).split())
    edition = _EDITION.search(text)
    if edition and edition[1] and edition[1] != "2020":
        raise UsageError(
            say("{given} is of the Incoterms of {year}.", given=given.strip(), year=edition[1]),
            say("Quote by those of 2020; most terms mean the same in both."),
        )
    found = _CODE.fullmatch(text[: edition.start()] if edition else text)
    code = re.sub(r"\s", "", found[1]).upper() if found else ""
    code = _ALIASES.get(code, code)
    if code in _OLD:
        raise UsageError(
            say("{code} is no term of Incoterms® 2020.", code=code), say("Today it is called {code}.", code=_OLD[code])
        )
    if found is None or code not in TERMS:
        raise UsageError(
            say("{given} is no Incoterm.", given=given.strip() or "—"),
            say("Write one of {codes} and the place, such as FOB Ningbo.", codes=", ".join(TERMS)),
        )
    return Incoterm(code, " ".join(found[2].split()).strip(" ,;)")[:_LONGEST_PLACE])


def lint(
    incoterm: Incoterm, *, loading: str = "", destination: str = "", containers: bool = False, by_sea: bool = True
) -> tuple[Sentence, ...]:
    """Return what is wrong or unwise about a term, the worst first.

    `loading` and `destination` are the places of the shipment where they are known; `containers`: the goods leave in them;
    `by_sea` False: by air, rail, road or courier.
    """
    return (*_about_place(incoterm, loading, destination), *_about_carriage(incoterm, containers, by_sea))


def _about_place(incoterm: Incoterm, loading: str, destination: str) -> Iterator[Sentence]:
    code, place, names = incoterm.code, incoterm.place, incoterm.term.names
    if not place and names == "destination":
        yield say("{code} needs the place of destination behind it, such as {code} Hamburg.", code=code)
    elif not place and names == "loading":
        yield say("{code} needs the place of loading behind it, such as {code} Ningbo.", code=code)
    elif not place:
        yield say("{code} needs the place of the works behind it.", code=code)
    elif names == "destination" and _same(place, loading) and not _same(place, destination):
        yield say(
            "{code} names the place of destination; {place} is where the goods are loaded.", code=code, place=place
        )
    elif names != "destination" and _same(place, destination) and not _same(place, loading):
        yield say("{code} names the place of loading; {place} is where the goods go.", code=code, place=place)


def _about_carriage(incoterm: Incoterm, containers: bool, by_sea: bool) -> Iterator[Sentence]:
    if not incoterm.term.sea_only:
        return
    better = _IN_CONTAINERS[incoterm.code]
    if not by_sea:
        yield say("{code} is for carriage by sea only; use {better}.", code=incoterm.code, better=better)
    elif containers:
        yield say(
            "Containers are handed over before the ship: {better} fits better than {code}.",
            code=incoterm.code,
            better=better,
        )


def _same(one: str, other: str) -> bool:
    return bool(other) and one.casefold().split(",")[0].strip() == other.casefold().split(",")[0].strip()
