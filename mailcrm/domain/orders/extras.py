"""What the customer pays for a change behind the gate: it is claimed with the balance, whatever the terms say of one.

Room: domain. In: a content or what its terms ask for. Out: the same with what changes cost. An order that was paid in advance has no balance
until then; its originals wait for that one as for any other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from mailcrm.domain.orders.content import Extra, OrderContent
from mailcrm.domain.orders.credit import Claim
from mailcrm.domain.orders.terms import Balance, Requirements

__all__ = ["borne", "with_extras"]


def with_extras(requirements: Requirements, extras: Collection[Extra]) -> Requirements:
    """Return what is asked for where changes cost so much besides."""
    if not extras or requirements.balance is not Balance.NONE:
        return requirements
    return replace(requirements, balance=Balance.BEFORE_RELEASE)


def borne(content: OrderContent, extra: Extra) -> OrderContent:
    """Return the content with one more change that the customer pays; a balance that isn't known yet has it when it is."""
    paid_before = content.requirements.balance is Balance.NONE
    extras = (*content.extras, extra)
    content = replace(content, extras=extras, requirements=with_extras(content.requirements, extras))
    if content.balance is not None:
        return content.with_claim("balance", replace(content.balance, amount=content.balance.amount + extra.amount))
    return content.with_claim("balance", Claim(content.extra)) if paid_before else content
