"""What a person types to find mail, read: words, "phrases", Chinese of any length, and filters.

Room: domain. In: the query as typed, and the zone in which its days begin. Out: a `SearchQuery`; UsageError with the mend for a
day that is none and for a value that a filter doesn't know. What begins like a filter and is none (`Re:`, `https:`) is a word.
Half a query is no error, since it is read while it is typed: a filter without a value says nothing, a phrase ends with the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from mailcrm.domain.errors import UsageError
from mailcrm.domain.search_words import FILES, FROM, LETTER, TO, cut, pairs, words
from mailcrm.domain.tags import checked_tag
from mailcrm.domain.words import say

__all__ = ["SearchQuery", "Term", "completion", "filters", "read_query"]

# The colon and the quotation marks of a Chinese keyboard, and those that a word processor makes of ours.
_SPELT = str.maketrans({"：": ":", "“": '"', "”": '"', "„": '"', "＂": '"', "「": '"', "」": '"', "\u3000": " "})
_PIECE = re.compile(r'(?:([A-Za-z]+):)?(?:"([^"]*)"?|([^\s"]+)|(?<=:))')
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_LEAST_BEGINNING = 3  # letters: what begins with two is half of all words
_STATES = ("overdue", "waiting", "sample", "quote")


@dataclass(frozen=True, slots=True)
class Term:
    """Words of the index that stand side by side; with `beginning` the last may be only the beginning of a word there.

    `shown` is what to look for in the mail's own text, "" where it stands elsewhere.
    """

    words: tuple[str, ...]
    beginning: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All of it must fit. `after` is included, `before` is not; `country` and `company` as they were typed."""

    terms: tuple[Term, ...] = ()
    companies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    after: datetime | None = None
    before: datetime | None = None

    @property
    def has_beginning(self) -> bool:
        """Whether there is a word that may be only begun."""
        return any(term.beginning for term in self.terms)


def read_query(query: str, zone: tzinfo) -> SearchQuery:
    """Read what was typed; days begin in `zone`."""
    reading = _Reading(zone)
    pieces = [found for found in _PIECE.finditer(query.translate(_SPELT)) if found[0]]
    for place, found in enumerate(pieces, 1):
        name, quoted = (found[1] or "").lower(), found[2] is not None
        value = (found[2] if quoted else found[3]) or ""
        if name in _FILTERS:
            if value.strip():
                _FILTERS[name](reading, value.strip())
        else:
            reading.words(value if quoted and not name else found[0], last=place == len(pieces) and not quoted)
    return reading.query(query)


class _Reading:
    """What was read so far."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.terms: list[Term] = []
        self.companies: list[str] = []
        self.countries: list[str] = []
        self.grades: list[str] = []
        self.tags: list[str] = []
        self.states: list[str] = []
        self.after: datetime | None = None
        self.before: datetime | None = None
        self._silent = False

    def words(self, text: str, *, last: bool) -> None:
        """Take words to be found anywhere; the `last` one of a query may still be growing."""
        found = list(_terms(text, growing=last))
        self.terms += found
        self._silent = self._silent or not found

    def query(self, typed: str) -> SearchQuery:
        """Return all of it."""
        found = SearchQuery(
            tuple(self.terms),
            tuple(self.companies),
            tuple(self.countries),
            tuple(self.grades),
            tuple(self.tags),
            tuple(self.states),
            self.after,
            self.before,
        )
        if self._silent and found == SearchQuery():
            raise UsageError(
                say("There is neither a letter nor a digit in {query}.", query=typed.strip()),
                say("Mail is found by words, numbers and Chinese of any length."),
            )
        return found


def _terms(text: str, *, growing: bool) -> Iterator[Term]:
    plain, runs = cut(text)
    row = words(plain)
    if row:
        open_end = growing and text[-1:].isalnum() and not cut(text[-1])[1] and len(row[-1]) >= _LEAST_BEGINNING
        yield Term(tuple(row), open_end, plain.strip())
    for run in runs.split():
        yield Term(tuple(pairs(run).split()) if len(run) > 1 else (LETTER + run,), shown=run)


def _people(mark: str) -> Callable[[_Reading, str], None]:
    def take(reading: _Reading, value: str) -> None:
        for term in _terms(value, growing=True):
            row = tuple(mark + word.removeprefix(LETTER) for word in term.words)
            reading.terms.append(Term(row, term.beginning))

    return take


def _has(reading: _Reading, value: str) -> None:
    if not "attachment".startswith(value.lower().removesuffix("s")):
        raise UsageError(say("has:{value} is not known.", value=value), say("Only has:attachment is known."))
    reading.terms.append(Term((FILES,)))


def _is(reading: _Reading, value: str) -> None:
    if value.lower() not in _STATES:
        known = ", ".join(f"is:{state}" for state in _STATES)
        raise UsageError(say("is:{value} is not known.", value=value), say("Known are: {known}.", known=known))
    reading.states.append(value.lower())


def _after(reading: _Reading, value: str) -> None:
    reading.after = max(filter(None, (reading.after, _instant(value, reading.zone))))


def _before(reading: _Reading, value: str) -> None:
    reading.before = min(filter(None, (reading.before, _instant(value, reading.zone))))


def _instant(value: str, zone: tzinfo) -> datetime:
    day = _DAY.match(value)
    try:
        at = datetime(int(day[1]), int(day[2]), int(day[3])) if day else datetime.fromisoformat(value)  # noqa: DTZ001  (its zone follows)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(say("{value} is no date.", value=value), say("Write it as 2026-11-23.")) from error


_FILTERS: dict[str, Callable[[_Reading, str], None]] = {
    "from": _people(FROM),
    "to": _people(TO),
    "company": lambda reading, value: reading.companies.append(value),
    "country": lambda reading, value: reading.countries.append(value),
    "grade": lambda reading, value: reading.grades.append(value),
    "tag": lambda reading, value: reading.tags.append(checked_tag(value)),
    "has": _has,
    "is": _is,
    "before": _before,
    "after": _after,
}

_VALUES = {"is": _STATES, "has": ("attachment",)}
_GROWING = re.compile(r"(?:^|\s)(?:([A-Za-z]+):)?([A-Za-z]*)\Z")


def filters() -> tuple[str, ...]:
    """Return what a filter begins with, such as "from:"."""
    return tuple(f"{name}:" for name in _FILTERS if name != "tag")


def completion(query: str) -> str:
    """Return what is missing of the filter, or of its value, that `query` ends with; "" where there is nothing to be known."""
    growing = _GROWING.search(query.translate(_SPELT))
    if not growing:
        return ""
    name, begun = (growing[1] or "").lower(), growing[2].lower()
    known = _VALUES.get(name, ()) if growing[1] else filters() if begun else ()
    whole = next((word for word in known if word.startswith(begun) and word != begun), "")
    return whole[len(begun) :]
