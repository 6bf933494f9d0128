"""Hints at the role of whoever wrote a mail.

Room: domain. In: one mail's writer, newest part and purpose. Out: `Hint`s, to be weighed with those of other mails by
`roles.choice`. At most 3,000 letters are read, and a role's words count only where one of its triggers stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mailcrm.domain.message import Role
from mailcrm.domain.newest import Newest
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.phrasebook import Phrasebook, matches
from mailcrm.domain.purpose import Purpose
from mailcrm.domain.roles.names import known_role, role_in_name
from mailcrm.domain.roles.words import BESIDE_A_NAME, BUYS, DOES, FOLLOWS, OTHERS, TRIGGERS, WE_ASK, WE_SELL

__all__ = ["Hint", "Writing", "from_stored", "hints_of_ours", "read_hints", "stored"]

_READ, _WORDS, _LINES = 3_000, 60, 12
_OFFERING = (Role.FORWARDER, Role.SUPPLIER)  # what they do of their own accord is told without a name
_BUYING = {
    Purpose.ORDER.value: Role.CUSTOMER,
    Purpose.INQUIRY.value: Role.PROSPECT,
    Purpose.HAGGLE.value: Role.PROSPECT,
    Purpose.SAMPLE_REQUEST.value: Role.PROSPECT,
}
_ANY = ("",)  # in every text
# Of freight, of a test, of a booking: neither of goods nor of ours.
_NOT_OF_GOODS = lazy_pattern(
    r"(?i)rate|freight|frach|flete|frete|fret\b|фрахт|ставк|noli|navlun|شحن|海运|运价|运费|booking|inspection|test|book\b"
)


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: the role, of what kind it is, and the words that gave it.

    Kinds: "known", "name", "buys", "others" (speaks of somebody else of this role, so is none), or what the party does.
    """

    role: Role
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Writing:
    """What is looked at. `domain` is "" where anybody can have a mailbox; `below`: the lines of the signature."""

    domain: str
    name: str
    newest: Newest
    below: tuple[str, ...] = ()
    purpose: str = "other"
    purpose_signals: tuple[str, ...] = ()


_Group = tuple[Role, str]  # as in a hint: of whom, and of what kind


@cache
def _theirs() -> Phrasebook[_Group]:
    does = {(role, kind): phrases for role, kinds in DOES.items() for kind, phrases in kinds.items()}
    others = {(role, "others"): phrases for role, phrases in OTHERS.items()}
    return Phrasebook({**does, **others, (Role.PROSPECT, "buys"): BUYS})


@cache
def _ours() -> Phrasebook[_Group]:
    return Phrasebook({(Role.PROSPECT, "we_sell"): WE_SELL, (Role.SUPPLIER, "we_ask"): WE_ASK})


class _Heard:
    """A mail with the phrases of a book that may stand in it."""

    def __init__(self, newest: Newest, book: Phrasebook[_Group]) -> None:
        self._text, self._said = newest.text, newest.said
        self._folded = self._said.folded[:_READ]
        self._phrases = book.candidates(self._said)

    def hint(self, role: Role, kind: str) -> Hint | None:
        """Return what of a kind stands in the mail first, with one of its triggers anywhere; None where nothing does."""
        phrases = self._phrases.of((role, kind))
        if not phrases or not any(map(self._folded.__contains__, TRIGGERS.get(kind, _ANY))):
            return None
        found = next(matches(phrases, self._said, 0, len(self._folded)), None)
        if found is None:
            return None
        return Hint(role, kind, " ".join(self._text[found.start() : found.end()].split())[:_WORDS])


def read_hints(writing: Writing) -> tuple[Hint, ...]:
    """Return the hints of a mail that somebody wrote to us.

    Where it buys, nothing else is looked for: that decides about its writer. What counts beside a name only is looked for only
    where there is one.
    """
    heard = _Heard(writing.newest, _theirs())
    agent = _does(Role.AGENT, heard)
    bought = _by_purpose(writing)
    if bought is not None:
        return (bought, *agent)
    named = (*_known(writing.domain), *_named(writing))
    roles = dict.fromkeys((*_OFFERING, *(hint.role for hint in named if hint.role in DOES)))
    does = [hint for role in roles for hint in _does(role, heard, beside_a_name=bool(named))]
    if named or does:
        buys = heard.hint(Role.PROSPECT, "buys")
        if buys is not None:
            return (buys, *agent)
    return (*named, *does, *agent)


def _known(domain: str) -> Iterator[Hint]:
    role = known_role(domain) if domain else None
    if role is not None:
        yield Hint(role, "known", domain)


def _named(writing: Writing) -> Iterator[Hint]:
    found = role_in_name(writing.domain, writing.name, *writing.below[:_LINES])
    if found is not None:
        yield Hint(found[0], "name", found[1][:_WORDS])


def _does(role: Role, heard: _Heard, *, beside_a_name: bool = True) -> tuple[Hint, ...]:
    found: list[Hint] = []
    for kind in DOES[role]:
        if not beside_a_name and (kind in BESIDE_A_NAME or (kind in FOLLOWS and not found)):
            continue
        hint = heard.hint(role, kind)
        if hint is not None:
            found.append(hint)
    other = heard.hint(role, "others") if found else None
    return tuple(found) if other is None else (other,)


def _by_purpose(writing: Writing) -> Hint | None:
    """Return that the writer buys, as the purpose of the mail says; none where it is about freight, a booking or a test."""
    role = _BUYING.get(writing.purpose)
    words = " ".join(writing.purpose_signals)
    return Hint(role, "buys", words[:_WORDS]) if role is not None and not _NOT_OF_GOODS.search(words) else None


def hints_of_ours(newest: Newest) -> tuple[Hint, ...]:
    """Return what a mail of ours makes of those who get it: "we_ask" a seller, "we_sell" a buyer."""
    heard = _Heard(newest, _ours())
    hint = heard.hint(Role.PROSPECT, "we_sell") or heard.hint(Role.SUPPLIER, "we_ask")
    return (hint,) if hint is not None else ()


def stored(hints: tuple[Hint, ...]) -> str:
    """Return the hints as they are kept with a mail; "" for none."""
    return json.dumps([[hint.role.value, hint.kind, hint.words] for hint in hints], ensure_ascii=False) if hints else ""


def from_stored(text: str) -> tuple[Hint, ...]:
    """Return the hints that `stored` kept."""
    return tuple(Hint(Role(role), kind, words) for role, kind, words in json.loads(text)) if text else ()
