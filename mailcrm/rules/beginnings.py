"""Suggestions to begin a sample, a quote or an order with whoever is no customer: closed with the reason, and opened again with the role.

Room: rules. In: threads that changed. Out: the answers of proposals, and an entry of the log for each that `explain` tells. It follows from
what the party is now, so that whatever takes a role back opens them, too.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from mailcrm.domain.message import Kind, Role, Side
from mailcrm.domain.words import Sentence, say
from mailcrm.records import ActionEntry, Message, ProposalRecord
from mailcrm.rules.samples.circle import ACTOR, party_of
from mailcrm.store.bulk import among, objects, rows, table_of
from mailcrm.store.proposals import CLOSED

__all__ = ["settle_beginnings"]

_message, _proposal = table_of(Message).c, table_of(ProposalRecord).c
_BEGINNINGS = (
    select(_proposal.id)
    .join(table_of(Message), _message.id == _proposal.message_id)
    .where(
        among(_message.thread_id),
        _message.side == Side.THEIRS.value,
        _proposal.noun_id == 0,
        _proposal.answer.in_(("", CLOSED)),
    )
)
_ROLES = {
    Role.SUPPLIER: say("supplier"),
    Role.FORWARDER: say("forwarder"),
    Role.BANK: say("bank"),
    Role.INSPECTION: say("inspection company"),
    Role.AUTHORITY: say("authority"),
    Role.PLATFORM: say("platform"),
    Role.OTHER: say("other party"),
}
_BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)


def settle_beginnings(session: Session, thread_ids: Collection[int], now: datetime) -> None:
    """Close those of these threads whose writer is no customer (any more), and open those whose writer is one (again)."""
    if not thread_ids:
        return
    session.flush()
    for row in objects(session, ProposalRecord, [key for (key,) in rows(session, _BEGINNINGS, thread_ids)]):
        mail = session.get_one(Message, row.message_id)
        why = _why_not(session, mail)
        if bool(why) == (row.answer == CLOSED):
            continue
        row.answer, row.answered_by, row.answered_at = (CLOSED, ACTOR, now) if why else ("", "", None)
        told = (why or say("It may be a customer's again.")).to_json()
        after: dict[str, object] = {"proposal": f"j{row.id}", "message": f"m{mail.id}", "reason": told}
        verb = "suggestion_closed" if why else "suggestion_opened"
        session.add(ActionEntry(at=now, actor=ACTOR, verb=verb, thread_id=mail.thread_id, after=after))
        session.add(row)


def _why_not(session: Session, mail: Message) -> Sentence | None:
    """Return why nothing is begun with whoever wrote `mail`; None where it may be a customer."""
    if mail.kind not in _BY_HAND:
        return say("The mail counts as {kind}.", kind=mail.kind)
    _company, role = party_of(session, mail)
    who = mail.from_name or mail.from_address
    return None if role.starts_clock else say("{who} is no customer, but: {role}.", who=who, role=_ROLES[role])
