"""Quotes between record and value: found by what a person typed, written, and moved from state to state.

Room: store. `move_quote` is the one way in which a quote changes its state: the machine is asked, and the history gets its line in the same
transaction. `next_due` follows the state.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound
from mailcrm.domain.quotes.approval import Approval
from mailcrm.domain.quotes.content import QuoteContent
from mailcrm.domain.quotes.states import LIVE, OPEN, QUOTE_MACHINE, QuoteState
from mailcrm.domain.steps import Evidence, Move
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Message, QuoteRecord, QuoteSku, Step
from mailcrm.store.finding import numbered
from mailcrm.store.papers import papers_of
from mailcrm.store.steps import record_step

__all__ = [
    "NOUN",
    "RULE",
    "Cause",
    "approval_of",
    "carried_by",
    "content_of",
    "expire",
    "forget_quote",
    "give_back",
    "in_sequence",
    "live_version",
    "move_quote",
    "quote_evidence",
    "quote_name",
    "quote_named",
    "quotes_on",
    "standing",
    "thread_of",
    "versions_of",
    "write_approval",
    "write_content",
    "write_step",
]

NOUN = "quote"
RULE = "mailcrm"
"""Who acts where a rule does."""
_NUMBER = re.compile(r"(?i)(QUO-\d{4}-\d{4,})(?:/v(\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a quote takes a step: who, when, by what it is shown; `reason` where a rule did it."""

    actor: str
    at: datetime
    evidence: tuple[Evidence, ...] = ()
    reason: Sentence | None = None


def quote_name(row: QuoteRecord) -> str:
    """Return the number as it is printed and said: "QUO-2026-0007/v2"."""
    return f"{row.number}/v{row.version}"


def quote_named(session: Session, given: str) -> QuoteRecord:
    """Return the quote of an id, "q2", or of its printed number; of several versions the newest where none is named."""
    known = numbered(given, "q")
    found = session.get(QuoteRecord, known) if known is not None else _by_number(session, given)
    if found is None:
        raise NotFound(
            say("There is no quote {given}.", given=given), say("`mailcrm quote list` shows ids and numbers.")
        )
    return found


def _by_number(session: Session, given: str) -> QuoteRecord | None:
    match = _NUMBER.fullmatch(given.strip())
    if match is None:
        return None
    wanted = select(QuoteRecord).where(col(QuoteRecord.number) == match[1].upper())
    if match[2]:
        wanted = wanted.where(col(QuoteRecord.version) == int(match[2]))
    return session.exec(wanted.order_by(col(QuoteRecord.version).desc())).first()


def content_of(row: QuoteRecord) -> QuoteContent:
    """Return what the quote says."""
    return QuoteContent.from_json(row.content)


def write_content(session: Session, row: QuoteRecord, content: QuoteContent) -> None:
    """Let the quote say this; its articles are listed anew."""
    row.content, row.content_hash = content.to_json(), content.content_hash()
    row.valid_until = content.valid_until
    session.add(row)
    session.flush()
    session.execute(delete(QuoteSku).where(col(QuoteSku.quote_id) == row.id))
    for key, sku in {sku_key(line.sku): line.sku for line in content.lines}.items():
        session.add(QuoteSku(quote_id=row.id or 0, sku_key=key, sku=sku))
    session.flush()


def approval_of(row: QuoteRecord) -> Approval | None:
    """Return who let it pass."""
    kept = row.approval
    if kept is None:
        return None
    at = datetime.fromisoformat(str(kept["at"]))
    return Approval(str(kept["hash"]), str(kept["by"]), at, own=bool(kept["own"]), days=int(str(kept["days"])))


def write_approval(session: Session, row: QuoteRecord, approval: Approval, cause: Cause) -> None:
    """Let a quote pass by a manager's word."""
    move_quote(session, row, QuoteState.READY, cause)
    row.approval = {
        "hash": approval.hash,
        "by": approval.by,
        "at": approval.at.isoformat(),
        "own": approval.own,
        "days": approval.days,
    }
    session.add(row)


def quote_evidence(row: QuoteRecord) -> Evidence:
    """Return what the quote says as evidence: its hash."""
    return Evidence("content", row.content_hash)


def thread_of(session: Session, row: QuoteRecord) -> int:
    """Return the thread that the quote is on."""
    return session.get_one(Message, row.message_id).thread_id


def quotes_on(session: Session, thread_ids: Collection[int]) -> Sequence[QuoteRecord]:
    """Return the quotes on these threads, the oldest first."""
    session.flush()
    there = select(QuoteRecord).join(Message, col(Message.id) == col(QuoteRecord.message_id))
    return session.exec(there.where(col(Message.thread_id).in_(thread_ids)).order_by(col(QuoteRecord.id))).all()


def in_sequence(session: Session, thread_ids: Collection[int]) -> set[int]:
    """Return those threads on which a quote is being followed up: nobody nudges there besides."""
    states = [QuoteState.SENT.value, QuoteState.FOLLOW_UP.value]
    there = select(Message.thread_id).join(QuoteRecord, col(QuoteRecord.message_id) == col(Message.id))
    return set(session.exec(there.where(col(QuoteRecord.state).in_(states), col(Message.thread_id).in_(thread_ids))))


def versions_of(session: Session, number: str) -> Sequence[QuoteRecord]:
    """Return all versions of a number, the first first."""
    theirs = select(QuoteRecord).where(col(QuoteRecord.number) == number)
    return session.exec(theirs.order_by(col(QuoteRecord.version))).all()


def live_version(session: Session, number: str) -> QuoteRecord | None:
    """Return the version that the customer holds."""
    states = [state.value for state in LIVE]
    held = select(QuoteRecord).where(col(QuoteRecord.number) == number, col(QuoteRecord.state).in_(states))
    return session.exec(held).first()


def move_quote(session: Session, row: QuoteRecord, to: QuoteState, cause: Cause) -> None:
    """Take the step; RefusedByRule where there is none. A version that goes to the customer replaces the one held before."""
    QUOTE_MACHINE.check(row.state, to.value)
    if to is QuoteState.SENT:
        _supersede(session, row, cause)
    write_step(session, row, to, cause)


def _supersede(session: Session, row: QuoteRecord, cause: Cause) -> None:
    before = live_version(session, row.number)
    if before is None or before.id == row.id:
        return
    reason = say("{quote} was sent.", quote=quote_name(row))
    move_quote(session, before, QuoteState.SUPERSEDED, Cause(cause.actor, cause.at, cause.evidence, reason))


def write_step(session: Session, row: QuoteRecord, to: QuoteState, cause: Cause) -> None:
    """Write state and history; whoever calls this has asked the machine."""
    move = Move(row.state, to.value, cause.at, cause.actor, cause.evidence, cause.reason)
    record_step(session, NOUN, row.id or 0, move)
    row.state, row.changed_at = to.value, cause.at
    if to not in OPEN:
        row.next_due = None
    session.add(row)
    session.flush()


def expire(session: Session, row: QuoteRecord, at: datetime) -> None:
    """Let a quote be over, its last day having passed by `at`."""
    reason = say("It was valid until the end of {day} ({zone}).", day=row.valid_until, zone=content_of(row).zone)
    move_quote(session, row, QuoteState.EXPIRED, Cause(RULE, at, carried_by(row), reason))


def carried_by(row: QuoteRecord) -> tuple[Evidence, ...]:
    """Return the mail that took the quote to the customer, as evidence."""
    mail = [Evidence("message", f"m{row.sent_message_id}")] if row.sent_message_id else []
    return tuple(mail or [quote_evidence(row)])


def standing(row: QuoteRecord) -> dict[str, object]:
    """Return what `give_back` needs to let a quote be where it is now."""
    return {
        "quote": row.id,
        "state": row.state,
        "next_due": row.next_due.isoformat() if row.next_due else "",
    }


def give_back(session: Session, before: Mapping[str, Any], cause: Cause) -> None:
    """Let a quote be where it was; RefusedByRule where it went on."""
    row = session.get_one(QuoteRecord, before["quote"])
    move_quote(session, row, QuoteState(before["state"]), replace(cause, evidence=carried_by(row)))
    row.next_due = datetime.fromisoformat(before["next_due"]) if before["next_due"] else None
    session.add(row)


def forget_quote(session: Session, row: QuoteRecord) -> None:
    """Let there be no such quote: nobody but its author ever saw it."""
    for paper in papers_of(session, NOUN, [row.id or 0]):
        session.delete(paper)
    session.execute(delete(QuoteSku).where(col(QuoteSku.quote_id) == row.id))
    session.execute(delete(Step).where(col(Step.noun) == NOUN, col(Step.noun_id) == row.id))
    session.flush()
    session.delete(row)
    session.flush()
