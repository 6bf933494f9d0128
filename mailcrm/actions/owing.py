"""What a change of an order does to its money: terms that need leave, and credits that are the whole no more, or only now.

Room: actions (a helper of the commands on orders). A gate that was opened by a credit is shut again where more is due than came: the
lines grew, or the customer bears what a change costs.
"""

from __future__ import annotations

from sqlmodel import Session

from mailcrm.actions.command import Situation
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.orders.content import OrderContent
from mailcrm.domain.trade.payment import needs_approval
from mailcrm.domain.trade.payment_reading import parse_payment
from mailcrm.domain.words import say
from mailcrm.store.orders import DONE, OPEN, OrderFile, Settled, reopen, settle

__all__ = ["check_terms", "settle_claims"]


def check_terms(before: OrderContent, after: OrderContent, situation: Situation) -> None:
    """RefusedByRule where terms are written that only a manager allows, or a deposit below the agreed share, and another one acts.

    `before`: with the terms that were agreed already, in the quote or by whoever wrote them. Where there are no managers one rep works alone.
    """
    managers = situation.team.managers()
    if not managers or situation.actor in managers or not after.terms:
        return
    payment = parse_payment(after.terms)
    why = (
        next(iter(needs_approval(payment, situation.policies.trade.payment)), None)
        if after.terms != before.terms
        else None
    )
    least, _balance = payment.split(after.total)
    deposit = after.deposit
    if why is None and deposit is not None and deposit != before.deposit and deposit.amount < least:
        why = say("A deposit of {amount} is less than the terms ask: {least}.", amount=deposit.amount, least=least)
    if why is not None:
        raise RefusedByRule(why, say("A manager may write it: {names}.", names=", ".join(managers)))


def settle_claims(session: Session, file: OrderFile, situation: Situation) -> None:
    """Let "credited" say of deposit and balance what is true of the amounts that are due now; what a manager waived stays so."""
    today = situation.today
    for part in ("deposit", "balance"):
        claim, one = file.content.claim(part), file.milestones.get(f"{part}_credited")
        if claim is None or one is None or not claim.credits:
            continue
        whole = claim.is_credited(situation.policies.orders.tolerance)
        values = {"received": claim.received, "amount": claim.amount}
        if one.state == DONE and not whole:
            why = say("{received} of {amount} is credited: more is due now.", **values)
            reopen(session, file, one.name, Settled(situation.actor, situation.now, today, reason=why))
        elif one.state == OPEN and whole:
            why = say("{received} is credited, and {amount} is due now: that is all of it.", **values)
            settle(session, file, one.name, Settled(situation.actor, situation.now, today, reason=why))
