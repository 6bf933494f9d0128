"""The hard gates: no production on a mere slip or a mere assumption, no documents before the money is there.

Production waits for the credited deposit and for four confirmations by the customer, originals and telex for the credited balance.

Room: domain. In: which milestones are settled, the payment terms, how the goods are to be released. Out: all that is missing before
a step, each with its mend. A payment slip is no money: it settles nothing here.

    terms               before production             before originals or telex    before the bank gets the documents
    T/T in advance      whole price credited, 4 ok    –                            –
    T/T deposit         deposit credited, 4 ok        balance credited             refused
    … before shipment   deposit credited, 4 ok        credited before on board     refused
    L/C, D/P, D/A       4 ok                          money credited               –
    deposit + L/C       deposit credited, 4 ok        money credited               –
    O/A                 4 ok                          –                            refused
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.orders.milestones import CONFIRMATIONS, Milestone, is_needed, milestone, needed
from mailcrm.domain.orders.terms import Balance, Requirements
from mailcrm.domain.words import Sentence, say

__all__ = [
    "RELEASE_WORDS",
    "Missing",
    "Release",
    "check_release",
    "gates_of",
    "is_free",
    "listed",
    "missing_before",
    "refuse",
]

_CREDITS = {"deposit_credited": "deposit", "balance_credited": "balance"}


class Release(StrEnum):
    """How the goods are released: the original B/L, by telex, or the documents presented to the bank."""

    ORIGINALS = "originals"
    TELEX = "telex"
    BANK = "bank"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that has to be settled first. `hard`: no reason passes it by, but a manager's."""

    name: str
    title: Sentence
    mend: Sentence
    hard: bool


RELEASE_WORDS: Mapping[Release, Sentence] = {
    Release.ORIGINALS: say("original B/L"),
    Release.TELEX: say("telex release"),
    Release.BANK: say("documents to the bank"),
}


def gates_of(name: str, requirements: Requirements, release: Release | None = None) -> tuple[str, ...]:
    """Return the hard gates of a milestone as the payment terms make them."""
    gates = milestone(name).gates
    if name == "on_board" and requirements.balance is Balance.BEFORE_SHIPMENT:
        return ("balance_credited",)
    free = requirements.balance in (Balance.NONE, Balance.ON_ACCOUNT)
    if name == "release" and (free or (requirements.balance is Balance.THROUGH_BANK and release is Release.BANK)):
        return ()
    return tuple(one for one in gates if one != "deposit_credited" or requirements.deposit)


def is_free(name: str, settled: Collection[str], requirements: Requirements, release: Release | None = None) -> bool:
    """Whether nothing is missing before a milestone: what stands right before it is settled, or no part of the order."""
    before = (*milestone(name).after, *gates_of(name, requirements, release))
    return all(one in settled for one in before if is_needed(one, requirements))


def missing_before(
    name: str,
    settled: Collection[str],
    requirements: Requirements,
    release: Release | None = None,
    order: str = "d1",
) -> tuple[Missing, ...]:
    """Return all that is missing before a milestone, near and far, in the order of the list. `order`: its id, for the mends."""
    here = {one.name: one for one in needed(requirements)}
    found: dict[str, bool] = {}
    ways = [name]
    while ways:
        at = ways.pop()
        hard = gates_of(at, requirements, release)
        for before in (*milestone(at).after, *hard):
            if before not in here or before in settled:
                continue
            if before not in found:
                ways.append(before)
            found[before] = found.get(before, False) or before in hard
    return tuple(
        Missing(one.name, one.title, _mend(one, order), found[one.name] or bool(one.gates))
        for one in here.values()
        if one.name in found
    )


def _mend(one: Milestone, order: str) -> Sentence:
    if one.name in _CREDITS:
        return say(
            "`mailcrm order credited {order} {part} --amount … --reference …` when the bank shows it",
            order=order,
            part=_CREDITS[one.name],
        )
    if one.name in CONFIRMATIONS:
        return _to_confirm(order, one.name)
    if one.name == "release":
        return say("`mailcrm order release {order} originals|telex`", order=order)
    return say("`mailcrm order advance {order} {step}`", order=order, step=one.name)


def refuse(number: str, name: str, missing: Collection[Missing], order: str = "d1") -> RefusedByRule:
    """Return the refusal that names all that is missing, and how each is mended."""
    return RefusedByRule(
        say(
            "{order} is not ready for this step: {step}. Missing: {missing}.",
            order=number,
            step=milestone(name).title,
            missing=listed(one.title for one in missing),
        ),
        say("First: {mends}.", mends=listed(_mends(missing, order))),
    )


def _mends(missing: Collection[Missing], order: str) -> Iterator[Sentence]:
    """Yield the mends; what is confirmed by one mail is one of them."""
    confirmed = [one.name for one in missing if one.name in CONFIRMATIONS]
    for one in missing:
        if one.name not in confirmed:
            yield one.mend
        elif one.name == confirmed[0]:
            yield _to_confirm(order, ",".join(confirmed))


def _to_confirm(order: str, parts: str) -> Sentence:
    return say("`mailcrm order confirm {order} {parts} --mail …` with the mail that says so", order=order, parts=parts)


def listed(sentences: Iterable[Sentence]) -> Sentence:
    """Return sentences as one list, open until it is shown."""
    first, *more = sentences
    return say("{first}; {more}", first=first, more=listed(more)) if more else first


def check_release(number: str, how: Release, requirements: Requirements) -> None:
    """RefusedByRule where the documents go to a bank that has no part in the payment."""
    if how is Release.BANK and requirements.balance is not Balance.THROUGH_BANK:
        raise RefusedByRule(
            say("The documents of {order} don't go through a bank by its payment terms.", order=number),
            say("Release the originals or a telex, or correct the terms with `mailcrm order edit`."),
        )
