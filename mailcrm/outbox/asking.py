"""A mail to a colleague that asks for a decision, from the account in which the customer's mail lies.

Room: outbox. In: a colleague, a subject, lines. Out: a queued row of the outbox. It belongs to no conversation, answers nothing and is no work for anybody.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from mailcrm.domain.errors import ComposeError
from mailcrm.domain.message import Address
from mailcrm.domain.team import Person
from mailcrm.outbox.compose import Draft, compose
from mailcrm.records import MailAccount, Outgoing, OwnAddress

__all__ = ["ask_colleague"]


def ask_colleague(
    session: Session, account_id: int, to: Person, subject: str, body: str, *, now: datetime, token: str, actor: str
) -> bool:
    """Queue the mail; False where nobody can be written to: the worklist asks all the same."""
    account = session.get(MailAccount, account_id)
    main = select(OwnAddress.address).where(col(OwnAddress.account_id) == account_id)
    address = session.exec(main.order_by(col(OwnAddress.main).desc())).first()
    if account is None or not address or not to.address:
        return False
    whom = Address(to.display_name, to.address)
    draft = Draft(
        from_=Address(account.display_name, address),
        to=(whom,),
        subject=subject,
        body=body,
        date=now.astimezone(ZoneInfo(account.zone)),
        token=token,
        automatic=True,
    )
    try:
        composed = compose(draft)
    except ComposeError:  # an address that no mail can have
        return False
    session.add(
        Outgoing(
            account_id=account_id,
            state="queued",
            actor=actor,
            message_id=composed.message_id,
            reference=composed.reference,
            envelope_from=composed.sender,
            envelope_to=list(composed.recipients),
            to=[[whom.display_name, whom.addr_spec]],
            subject=subject,
            body=body,
            raw=composed.raw,
            created_at=now,
            copy_state="left",
            automatic=True,
        )
    )
    return True
