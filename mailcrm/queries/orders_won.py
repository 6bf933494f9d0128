"""What customers ordered, for whoever holds it against what they cost.

Room: queries. An order that was cancelled is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from mailcrm.domain.orders.content import OrderContent
from mailcrm.domain.orders.milestones import Stage
from mailcrm.domain.trade.money import Money
from mailcrm.records import Contact, OrderRecord

__all__ = ["orders_won", "sums"]


def orders_won(session: Session) -> Mapping[str, Sequence[Money]]:
    """Return the total of each order, by customer: "o5" (the company), or "c7" where the contact has none."""
    found: dict[str, list[Money]] = defaultdict(list)
    rows = (
        select(OrderRecord.contact_id, Contact.company_id, OrderRecord.content)
        .join(Contact, col(Contact.id) == col(OrderRecord.contact_id))
        .where(col(OrderRecord.stage) != Stage.CANCELLED.value)
        .order_by(col(OrderRecord.id))
    )
    for contact, company, content in session.exec(rows):
        found[f"o{company}" if company else f"c{contact}"].append(OrderContent.from_json(content).total)
    return found


def sums(money: Sequence[Money]) -> tuple[Money, ...]:
    """Return the sum of each currency."""
    found: dict[str, Money] = {}
    for one in money:
        found[one.currency] = found[one.currency] + one if one.currency in found else one
    return tuple(found[currency] for currency in sorted(found))
