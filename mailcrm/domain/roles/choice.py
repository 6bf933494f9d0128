"""The role that counts, from the hints of all mails of a party.

Room: domain. In: hints, each with the moment of the first mail that gave it. Out: a role and the sentence that says why, the
same whatever the order of the mails.

The safe side: a role that starts no clock hides a customer where it is wrong, so it takes

- a name that everybody in the trade knows; or
- a name that says what the firm is, and something that only such a firm does; or
- without a name, a forwarder who says that he is one and offers freight, or offers it with price, route and sailing and asks for
  cargo (price and cargo alone are what a customer writes who shares a container); a supplier whom we asked first or who says that
  he sells, and who names his price.

And nothing at all that a buyer does, in any mail, nor a word about "our forwarder", nor an offer of ours. Passing on a booking or a credit is no offer: the
customer's own logistics people do that, so it counts beside a name only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mailcrm.domain.message import Role
from mailcrm.domain.roles.hints import Hint
from mailcrm.domain.words import Sentence, say

__all__ = ["Guess", "choose_role"]

_OFFERS_FREIGHT = ("says_so", "rates", "solicits", "schedule")
_ENOUGH_WITHOUT_NAME = 3
_SELLS = ("sells", "we_ask", "names_price")
_BY_NAME = (Role.FORWARDER, Role.BANK, Role.INSPECTION, Role.AUTHORITY, Role.PLATFORM)
_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Guess:
    """A role and why; `Role.UNKNOWN` where nothing is sure enough."""

    role: Role
    reason: Sentence | None = None


def choose_role(found: Iterable[tuple[Hint, str]]) -> Guess:
    """Return the role of a party by its hints: (hint, when the first mail came that gave it)."""
    first: dict[tuple[Role, str], str] = {}
    for hint, _at in sorted(found, key=lambda row: (row[1], row[0].role.value, row[0].kind, row[0].words)):
        first.setdefault((hint.role, hint.kind), hint.words)
    buying = _buyer(first)
    if buying.role is not Role.UNKNOWN or (Role.PROSPECT, "we_sell") in first:
        return buying
    for role in Role:
        if (role, "known") in first:
            return Guess(role, say("known in the trade: {domain}", domain=first[role, "known"]))
    for role in _BY_NAME:
        acts = _acts(role, first)
        if (role, "name") in first and acts and (role, "others") not in first:
            return Guess(role, _because(first[role, "name"], acts[0]))
    return _nameless(first)


def _nameless(first: dict[tuple[Role, str], str]) -> Guess:
    freight = [words for kind in _OFFERS_FREIGHT if (words := first.get((Role.FORWARDER, kind)))]
    says_so = (Role.FORWARDER, "says_so") in first
    if (Role.FORWARDER, "others") in first:
        freight = []
    if len(freight) >= (_NEEDED if says_so else _ENOUGH_WITHOUT_NAME):
        return Guess(Role.FORWARDER, _because(*freight[:_NEEDED]))
    goods = [words for kind in _SELLS if (words := first.get((Role.SUPPLIER, kind)))]
    if len(goods) >= _NEEDED:
        return Guess(Role.SUPPLIER, _because(*goods[:_NEEDED]))
    return Guess(Role.UNKNOWN)


def _buyer(first: dict[tuple[Role, str], str]) -> Guess:
    represents = first.get((Role.AGENT, "represents"))
    if represents is not None:
        return Guess(Role.AGENT, say("writes “{words}”", words=represents))
    ordered, asked = first.get((Role.CUSTOMER, "buys")), first.get((Role.PROSPECT, "buys"))
    if ordered is not None:
        return Guess(Role.CUSTOMER, say("orders: “{words}”", words=ordered))
    if asked is not None:
        return Guess(Role.PROSPECT, say("asks for an offer: “{words}”", words=asked))
    return Guess(Role.UNKNOWN)


def _acts(role: Role, first: dict[tuple[Role, str], str]) -> list[str]:
    return [
        words for (whose, kind), words in first.items() if whose is role and kind not in ("name", "known", "others")
    ]


def _because(one: str, other: str) -> Sentence:
    return say("writes “{one}” and “{other}”", one=one, other=other)
