"""Which order a mail is about, of those that are open.

Room: domain. In: what a mail names and whose it is, and the orders. Out: those orders that it may mean: one whose number it quotes before all, then
those of its thread, then by the customer's number, then the only one of its company. A stranger who quotes a number means none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mailcrm.domain.numbers import named_numbers

__all__ = ["Known", "Named", "meant"]


@dataclass(frozen=True, slots=True)
class Known:
    """An open order: its number, what the customer and the forwarder call it, its thread and party."""

    number: str
    names: tuple[str, ...]
    thread_id: int | None
    contact_id: int
    company_id: int | None


@dataclass(frozen=True, slots=True)
class Named:
    """A mail: the numbers of ours in it, its text with its subject, its thread and party. `outside`: a forwarder's or a bank's, not the customer's."""

    numbers: Collection[str]
    text: str
    thread_id: int
    contact_id: int | None
    company_id: int | None
    outside: bool = False


def meant(mail: Named, orders: Sequence[Known]) -> list[Known]:
    """Return the orders that a mail may mean."""
    theirs = [one for one in orders if mail.outside or _is_theirs(one, mail)]
    ours = [one for one in theirs if one.number in mail.numbers]
    if ours:
        return ours
    if mail.outside:
        return [one for one in theirs if any(_stands(name, mail.text) for name in one.names)]
    here = [one for one in theirs if one.thread_id == mail.thread_id]
    numbers = named_numbers(mail.text)
    called = [one for one in theirs if numbers & {number for name in one.names for number in named_numbers(name)}]
    return here or called or (theirs if len(theirs) == 1 else [])


def _is_theirs(one: Known, mail: Named) -> bool:
    same_company = one.company_id is not None and one.company_id == mail.company_id
    return same_company or one.contact_id == mail.contact_id or one.thread_id == mail.thread_id


_LEAST = 5


def _stands(name: str, text: str) -> bool:
    """Whether a name of an order, long enough to be one, stands in a text of somebody else's."""
    return len(name) >= _LEAST and name.lower() in text.lower()
