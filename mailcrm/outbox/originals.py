"""The mail that a reply answers: the newest of the other side, as if it had come by itself and by mail.

Room: outbox. In: a thread. Out: the mail and its text. A customer's mail that a colleague passed on is answered to the customer,
and quotes no word of the colleague's; what a person logged of a call is answered without quoting the log.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.errors import ComposeError
from mailcrm.domain.forwarding import counts_from, forwarded_text
from mailcrm.domain.message import Kind, Side
from mailcrm.domain.words import say
from mailcrm.records import Message, WaitRecord
from mailcrm.store.decided import standing_decisions, taken_over
from mailcrm.store.texts import text_of

__all__ = ["original_of", "seen_until"]

_SILENT = (Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT, Kind.RECEIPT, Kind.AUTO_REPLY, Kind.AUTO_GENERATED, Kind.INTERNAL)


def original_of(session: Session, thread_id: int, *, waited_on: bool = False) -> tuple[Message, str]:
    """Return the mail to answer, the newest that a person of the other side wrote, and its text; not to be stored.

    With `waited_on` it is the mail of ours for whose answer we wait, where we wait for one.
    """
    rows = session.exec(
        select(Message)
        .where(col(Message.thread_id) == thread_id)
        .order_by(col(Message.arrived_at).desc(), col(Message.id).desc())
    ).all()
    if not rows:
        raise ComposeError(say("This thread holds no mail."), say("Choose another thread."))
    taken = taken_over(standing_decisions(session, [thread_id]))
    theirs = [row for row in rows if row.side == Side.THEIRS.value or row.id in taken]
    human = [row for row in theirs if Kind(row.kind) not in _SILENT or row.id in taken]
    wait = session.get(WaitRecord, thread_id) if waited_on else None
    ours = [row for row in rows if wait is not None and row.id == wait.message_id and row.side == Side.OURS.value]
    chosen = (ours or human or theirs or list(rows))[0]
    text = text_of(session, chosen.id or 0).body
    if chosen.id in taken:
        return _passed_on(chosen), forwarded_text(text)
    return (_logged(chosen), "") if chosen.channel else (chosen, text)


def _passed_on(forward: Message) -> Message:
    inside = forward.forwarded or {}
    known = {
        "side": Side.THEIRS.value,
        "from_name": inside["name"],
        "from_address": inside["address"],
        "people": {"to": forward.people.get("to", [])},
        "subject": inside["subject"] or forward.subject,
        "message_id": inside["message_id"],
        "in_reply_to": "",
        "references": [],
        "arrived_at": counts_from(inside, forward.arrived_at),
        "date_offset": None,
        "language": "",
    }
    return Message(**{**forward.model_dump(), **known})


def _logged(log: Message) -> Message:
    return Message(**{**log.model_dump(), "message_id": "", "references": []})


def seen_until(session: Session, thread_id: int) -> datetime | None:
    """Return the arrival of the newest mail of the other side on the thread."""
    return session.exec(
        select(Message.arrived_at)
        .where(col(Message.thread_id) == thread_id, col(Message.side) == Side.THEIRS.value)
        .order_by(col(Message.arrived_at).desc())
        .limit(1)
    ).first()
