"""Hints at the role of whoever wrote a mail.

Room: domain. In: one mail's writer, newest part and purpose. Out: `Hint`s, to be weighed with those of other mails by
`roles.choice`. At most 3,000 letters are read, and a role's words are looked for only where one of its triggers stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mailcrm.domain.message import Role
from mailcrm.domain.phrases import compile_phrases, fold
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
# Of freight, of a test, of a booking: neither of goods nor of ours.
_NOT_OF_GOODS = re.compile(
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
    subject: str
    said: str
    below: tuple[str, ...] = ()
    purpose: str = "other"
    purpose_signals: tuple[str, ...] = ()


def read_hints(writing: Writing) -> tuple[Hint, ...]:
    """Return the hints of a mail that somebody wrote to us.

    Where it buys, nothing else is looked for: that decides about its writer. What counts beside a name only is looked for only
    where there is one.
    """
    said = f"{writing.subject}\n\n{writing.said}"[:_READ]
    folded = fold(said)
    agent = _does(Role.AGENT, said, folded)
    bought = _by_purpose(writing)
    if bought is not None:
        return (bought, *agent)
    named = (*_known(writing.domain), *_named(writing))
    roles = dict.fromkeys((*_OFFERING, *(hint.role for hint in named if hint.role in DOES)))
    does = [hint for role in roles for hint in _does(role, said, folded, beside_a_name=bool(named))]
    if named or does:
        words = _pattern(BUYS).search(folded)
        if words is not None:
            return (Hint(Role.PROSPECT, "buys", _quoted(said, words)), *agent)
    return (*named, *does, *agent)


def _known(domain: str) -> Iterator[Hint]:
    role = known_role(domain) if domain else None
    if role is not None:
        yield Hint(role, "known", domain)


def _named(writing: Writing) -> Iterator[Hint]:
    found = role_in_name(writing.domain, writing.name, *writing.below[:_LINES])
    if found is not None:
        yield Hint(found[0], "name", found[1][:_WORDS])


def _does(role: Role, said: str, folded: str, *, beside_a_name: bool = True) -> tuple[Hint, ...]:
    found: list[Hint] = []
    for kind, phrases in DOES[role].items():
        if not beside_a_name and (kind in BESIDE_A_NAME or (kind in FOLLOWS and not found)):
            continue
        words = _pattern(phrases).search(folded) if any(trigger in folded for trigger in TRIGGERS[kind]) else None
        if words is not None:
            found.append(Hint(role, kind, _quoted(said, words)))
    other = _pattern(OTHERS.get(role, "")).search(folded) if found else None
    return tuple(found) if other is None else (Hint(role, "others", _quoted(said, other)),)


def _by_purpose(writing: Writing) -> Hint | None:
    """Return that the writer buys, as the purpose of the mail says; none where it is about freight, a booking or a test."""
    role = _BUYING.get(writing.purpose)
    words = " ".join(writing.purpose_signals)
    return Hint(role, "buys", words[:_WORDS]) if role is not None and not _NOT_OF_GOODS.search(words) else None


def hints_of_ours(subject: str, said: str) -> tuple[Hint, ...]:
    """Return what a mail of ours makes of those who get it: "we_ask" a seller, "we_sell" a buyer."""
    text = f"{subject}\n\n{said}"[:_READ]
    folded = fold(text)
    sells = _pattern(WE_SELL).search(folded)
    if sells is not None:
        return (Hint(Role.PROSPECT, "we_sell", _quoted(text, sells)),)
    asks = _pattern(WE_ASK).search(folded)
    return (Hint(Role.SUPPLIER, "we_ask", _quoted(text, asks)),) if asks else ()


def _quoted(said: str, found: re.Match[str]) -> str:
    return " ".join(said[found.start() : found.end()].split())[:_WORDS]


@cache
def _pattern(phrases: str) -> re.Pattern[str]:
    return compile_phrases(phrases.split("; "))


def stored(hints: tuple[Hint, ...]) -> str:
    """Return the hints as they are kept with a mail; "" for none."""
    return json.dumps([[hint.role.value, hint.kind, hint.words] for hint in hints], ensure_ascii=False) if hints else ""


def from_stored(text: str) -> tuple[Hint, ...]:
    """Return the hints that `stored` kept."""
    return tuple(Hint(Role(role), kind, words) for role, kind, words in json.loads(text)) if text else ()
