"""Numbers pasted all at once: from a message, a column of a table, or a list with states.

Room: domain. In: text as it was pasted. Out: one `PastedAwb` a number, in the order of the text. A list has columns `awb,status,date,
signed by` (and a courier), with or without headings, parted by tabs, commas or semicolons; in any other text every number is taken
that a courier could have written, and whatever else looks like one, so that a person sees what wasn't understood.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mailcrm.domain.couriers.cells import day_in, heading_of, status_in
from mailcrm.domain.couriers.numbers import Match, compact, recognise
from mailcrm.domain.couriers.registry import courier_named
from mailcrm.domain.errors import NotFound
from mailcrm.domain.patterns import lazy_pattern

__all__ = ["PastedAwb", "split_awbs"]

_PARTED = lazy_pattern(r"[;，；、|]")
_OUR_OWN = lazy_pattern(r"[A-Z]{2,4}-20\d\d-\d{4,}(?:/V\d+)?")  # SMP-2026-0012 beside the waybill is no waybill
_CHINESE = lazy_pattern(r"([\u2e80-\u9fff]+)")
_GUARDS = "'\"=‘’“”[]()（）#:：*·•"  # what a spreadsheet or a person puts around a number
_READ, _WORDS, _LONGEST = 60_000, 60, 400
_GROUPS = 9  # a number is written in no more groups than these
_DIGITS, _LETTERS, _COUNTRY = 6, 8, 2


@dataclass(frozen=True, slots=True)
class PastedAwb:
    """A number as records keep it. `courier`: who was named, else the likeliest, "" for nobody's; `matches` whose it can be.

    `status` is that of a notice, "" where none was told; `customs`: customs hold it. `on`: the day that was told.
    """

    number: str
    courier: str = ""
    status: str = ""
    on: date | None = None
    signed_by: str = ""
    customs: bool = False
    matches: tuple[Match, ...] = ()


def split_awbs(pasted: str) -> list[PastedAwb]:
    """Return each number once; of several lines about one, that of the latest day counts, else the last."""
    found: dict[str, PastedAwb] = {}
    for one in _all(pasted[:_READ].splitlines()):
        known = found.get(one.number)
        if known is None or not (known.on and one.on and one.on < known.on):
            found[one.number] = one if known is None or one.status or not known.status else known
    return list(found.values())


def _all(lines: Iterable[str]) -> Iterator[PastedAwb]:
    headings: list[str] = []
    for line in lines:
        cells = _cells(line[:_LONGEST])
        named = [heading_of(cell) for cell in cells]
        if "number" in named and not any(map(_is_number, cells)):
            headings = named
        elif headings and len(cells) > 1:
            yield from _headed(headings, cells)
        else:
            yield from _row(cells) if len(cells) > 1 else _sentence(cells)


def _cells(line: str) -> list[str]:
    """Return the cells of a line; one cell where nothing parts it."""
    parted = line if "\t" in line else _PARTED.sub(",", line)
    cells = csv.reader([parted], delimiter="\t" if "\t" in line else ",", skipinitialspace=True)
    return [cell.strip() for cell in next(cells, [])]


def _is_number(cell: str) -> bool:
    return bool(_whole(cell))


def _whole(cell: str) -> PastedAwb | None:
    """Return the number that a cell is, with nothing beside it."""
    number = compact(cell.strip(_GUARDS + " "))
    matches = recognise(number) if len(number) >= _DIGITS and day_in(cell) is None else ()
    if matches:
        return PastedAwb(matches[0].number, matches[0].courier, matches=matches)
    return PastedAwb(number) if _looks_like_one(cell.strip(), number) else None


def _looks_like_one(cell: str, number: str) -> bool:
    if " " in cell or not number.isascii() or _OUR_OWN.fullmatch(number) or day_in(cell):
        return False
    return len(number) >= _LETTERS and sum(map(str.isdigit, number)) >= _DIGITS


def _headed(headings: Sequence[str], cells: Sequence[str]) -> Iterator[PastedAwb]:
    told = {name: cell for name, cell in zip(headings, cells, strict=False) if name}
    written = told.get("number", "")
    one = _whole(written) or PastedAwb(compact(written))
    if one.number:
        status, customs = status_in(told.get("status", ""))
        yield replace(
            one,
            courier=_courier(told.get("courier", "")) or one.courier,
            status=status,
            on=day_in(told.get("on", "")),
            signed_by=told.get("signed_by", ""),
            customs=customs,
        )


def _row(cells: Sequence[str]) -> Iterator[PastedAwb]:
    """Read a line of cells by what each is; without a state or a day in it, it is just several numbers."""
    numbers = [one for one in map(_whole, cells) if one]
    rest = [cell for cell in cells if cell and not _is_number(cell)]
    courier = next((name for name in map(_courier, rest) if name), "")
    state, customs = next((told for told in map(status_in, rest) if told[0]), ("", False))
    on = next((day for day in map(day_in, rest) if day), None)
    if len(numbers) != 1 or not (state or on or courier):
        yield from _free(cells)
        return
    behind = cells[
        next(place for place, cell in enumerate(cells) if _is_number(cell)) + 1 :
    ]  # a customer stands before
    others = [cell for cell in behind if cell and not (_courier(cell) or status_in(cell)[0] or day_in(cell))]
    yield replace(
        numbers[0],
        courier=courier or numbers[0].courier,
        status=state,
        on=on,
        signed_by=others[-1] if others else "",
        customs=customs,
    )


def _sentence(cells: Sequence[str]) -> Iterator[PastedAwb]:
    """Read a line that nothing parts: where it holds one number, what else it says is about that."""
    numbers = list(_free(cells))
    if len(numbers) == 1:
        status, customs = status_in(cells[0])
        numbers = [replace(numbers[0], status=status, customs=customs)]
    yield from numbers


def _free(cells: Sequence[str]) -> Iterator[PastedAwb]:
    """Find the numbers in running text, also those written in groups; a courier's name before a number is who carries it."""
    for cell in cells:
        words = _CHINESE.sub(r" \1 ", cell).split()[:_WORDS]
        place, courier = 0, ""
        while place < len(words):
            one, taken = _longest(words, place)
            if one:
                yield replace(one, courier=courier or one.courier)
            else:
                named, taken = _named(words, place)
                courier = named or courier
            place += taken


def _longest(words: Sequence[str], place: int) -> tuple[PastedAwb | None, int]:
    """Return the number that begins at a word, and how many words it takes: the longest right one, else the word alone."""
    name = _courier(words[place])
    for end in range(min(len(words), place + _GROUPS), place + 1, -1):
        group = words[place:end]
        one = _whole(" ".join(group)) if all(map(_may_go_on, group[1:])) else None
        if one and (one.courier == name if name else one.matches[0].valid):
            return one, end - place
    return (None, 0) if name else (_whole(words[place]), 1)


def _may_go_on(word: str) -> bool:
    """Whether a word can be a later group of a number: it has a digit, or is a country at the end."""
    return len(word) <= _COUNTRY or any(map(str.isdigit, word))


def _named(words: Sequence[str], place: int) -> tuple[str, int]:
    for count in (3, 2, 1):
        name = _courier(" ".join(words[place : place + count]))
        if name:
            return name, min(count, len(words) - place)
    return "", 1


def _courier(cell: str) -> str:
    plain = re.sub(r"(?:快递|速运|国际)$", "", cell.strip(_GUARDS + " ")) or cell
    try:
        return courier_named(plain).name if plain else ""
    except NotFound:
        return ""
