"""What an order asks of somebody today: milestones that come near or are late, money to verify or to chase, dates of a letter of credit.

Room: domain. In: an order's content, which milestones are open and when they are due. Out: duties for the worklist, the nearest first.

    money   a slip to verify · the balance · dates of the letter of credit · B/L waiting for release
    step    any other milestone that may be taken and comes near; and the first that is late though something before it is missing

Nothing is told earlier than the settings say, and nothing that is late is left out: what is late behind something else that is
late has that in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mailcrm.domain.orders.content import OrderContent
from mailcrm.domain.orders.gates import Release, is_free, missing_before
from mailcrm.domain.orders.lc import lc_dates
from mailcrm.domain.orders.milestones import Milestone, needed
from mailcrm.domain.orders.policy import OrderPolicy
from mailcrm.domain.orders.terms import Balance
from mailcrm.domain.words import Sentence, say

__all__ = ["Duty", "Facts", "attention", "duties", "next_step"]

_A_DAY = timedelta(days=1)
_CREDITS = {"deposit_credited": "deposit", "balance_credited": "balance"}


@dataclass(frozen=True, slots=True)
class Facts:
    """An order today. `due`: when its milestones are due, `settled`: those that are behind it, `shipped`: the day on board."""

    content: OrderContent
    settled: frozenset[str]
    due: Mapping[str, date]
    shipped: date | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do: about milestone `name` ("lc" for a date of the credit). `left`: days until `due`, below zero when late."""

    name: str
    key: str
    kind: str
    band: str
    why: Sentence
    due: date | None
    left: int | None

    @property
    def late(self) -> bool:
        """Whether its day has passed."""
        return self.left is not None and self.left < 0


def next_step(facts: Facts) -> Milestone | None:
    """Return what is to be done next: of what may be done now the nearest due, else the first in the list; None where all is done."""
    ready = list(_ready(facts))
    return min(ready, key=lambda one: facts.due.get(one.name, date.max), default=None)


def _open(facts: Facts) -> Iterator[Milestone]:
    for one in needed(facts.content.requirements):
        if not one.optional and one.name not in facts.settled:
            yield one


def _ready(facts: Facts) -> Iterator[Milestone]:
    """Yield the open milestones before which nothing is missing."""
    way = Release.BANK if facts.content.requirements.balance is Balance.THROUGH_BANK else None
    for one in _open(facts):
        if is_free(one.name, facts.settled, facts.content.requirements, way):
            yield one


def attention(facts: Facts, presentation_days: int) -> date | None:
    """Return the first day on which an order asks for anything, not counting how far ahead it is told; None where it never does.

    By this the worklist finds the few orders that it has to look into.
    """
    ready = [one.name for one in _ready(facts)]
    days = [facts.due[name] for name in ready if name in facts.due]
    days += [facts.due[one.name] + _A_DAY for one in _open(facts) if one.name in facts.due and one.name not in ready]
    if "release" in ready or any(_has_slip(facts, name) for name in _CREDITS):
        days.append(date.min)
    credit = facts.content.lc
    if credit is not None and "release" not in facts.settled:
        days += [one.on for one in lc_dates(credit, shipped=facts.shipped, presented=False, limit=presentation_days)]
    return min(days, default=None)


def _has_slip(facts: Facts, name: str) -> bool:
    """Whether a slip was seen for money that isn't credited."""
    claim = facts.content.claim(_CREDITS[name])
    return name not in facts.settled and claim is not None and bool(claim.slips)


def duties(facts: Facts, policy: OrderPolicy, today: date) -> tuple[Duty, ...]:
    """Return what is to be done, the nearest due first."""
    found = [*_slips(facts, policy, today), *_credit_dates(facts, policy, today), *_steps(facts, policy, today)]
    return tuple(sorted(found, key=lambda one: (one.due or date.min, one.key)))


def _left(day: date | None, today: date) -> int | None:
    return (day - today).days if day else None


def _slips(facts: Facts, policy: OrderPolicy, today: date) -> Iterator[Duty]:
    for name, part in _CREDITS.items():
        claim = facts.content.claim(part)
        if name in facts.settled or claim is None or not claim.to_verify(policy.tolerance):
            continue
        due = facts.due.get(name)
        why = say(
            "A slip was seen on {day}: is the money on our account? ({amount})",
            day=claim.slips[-1].on,
            amount=claim.open,
        )
        yield Duty(name, f"{part}_slip", "payment", "money", why, due, _left(due, today))


def _credit_dates(facts: Facts, policy: OrderPolicy, today: date) -> Iterator[Duty]:
    credit = facts.content.lc
    if credit is None or not facts.content.requirements.lc:
        return
    presented = "release" in facts.settled
    for one in lc_dates(credit, shipped=facts.shipped, presented=presented, limit=policy.presentation_days):
        left = one.left(today)
        if left <= policy.lc_warn_days:
            yield Duty("lc", f"lc_{one.name}", "payment", "money", _told(one.title, one.on, left), one.on, left)


def _steps(facts: Facts, policy: OrderPolicy, today: date) -> Iterator[Duty]:
    ready = {one.name for one in _ready(facts)}
    blocked_told = False
    for one in _open(facts):
        due = facts.due.get(one.name)
        left = _left(due, today)
        claim = facts.content.claim(_CREDITS.get(one.name, ""))
        if one.name in _CREDITS and claim and claim.to_verify(policy.tolerance):
            continue  # the slip stands there already
        if one.name in ready:
            waits = one.name == "release"
            if waits or (left is not None and left <= policy.warn_days):
                yield _duty(facts, one, due, left)
        elif left is not None and left < 0 and not blocked_told:
            blocked_told = True
            missing = missing_before(one.name, facts.settled, facts.content.requirements)
            yield _duty(facts, one, due, left, first=missing[0].title if missing else None)


def _duty(facts: Facts, one: Milestone, due: date | None, left: int | None, first: Sentence | None = None) -> Duty:
    money = one.name in ("balance_credited", "release")
    kind = "payment" if one.name in _CREDITS else "order"
    why = _told(one.title, due, left)
    if one.name == "release" and first is None:
        why = _waiting(facts)
    if first is not None:
        why = say("{step} First: {first}.", step=why, first=first)
    return Duty(one.name, one.name, kind, "money" if money else "step", why, due, left)


def _waiting(facts: Facts) -> Sentence:
    """Return that the goods may be released now, and why."""
    if "balance_credited" in facts.settled:
        return say("The B/L waits for its release; the money is there.")
    if facts.content.requirements.balance is Balance.THROUGH_BANK:
        return say("The documents wait to be presented to the bank.")
    return say("The B/L waits for its release.")


def _told(title: Sentence, due: date | None, left: int | None) -> Sentence:
    if due is None or left is None:
        return say("Next: {step}.", step=title)
    if left < 0:
        return say("Late: {step}, due {day} (days late: {days}).", step=title, day=due, days=-left)
    return say("Due {day}: {step} (days left: {days}).", step=title, day=due, days=left)
