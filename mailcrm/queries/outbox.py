"""Outgoing mail as people read it: where it is, why, when it leaves by both clocks, and whether that is in time.

Room: queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, or_, select

from mailcrm.domain.checks import Check, Question
from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.leaving import Answer, answered_meanwhile, leaving
from mailcrm.domain.outbox import WAITING, Status, leaves_at
from mailcrm.domain.sending_queue import rests
from mailcrm.domain.words import Sentence
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import OutboxRow
from mailcrm.records import MailAccount, Outgoing, TurnRecord
from mailcrm.store.dispatches import WITHOUT_BYTES, dispatch_of, queue_of
from mailcrm.store.facts import ledger
from mailcrm.store.finding import number
from mailcrm.store.turns import turn_of

__all__ = ["outbox", "outbox_item"]

_NOT_GONE = WAITING | {Status.DRAFT}


def outbox(session: Session, outlook: Outlook, *, limit: int = 200) -> tuple[OutboxRow, ...]:
    """Return outgoing mail, the newest first; a draft into which nobody wrote is none."""
    listed = or_(
        col(Outgoing.state) != Status.CANCELLED.value, col(Outgoing.message_id) != "", col(Outgoing.body) != ""
    )
    newest = select(Outgoing).options(WITHOUT_BYTES).where(listed).order_by(col(Outgoing.id).desc())
    rows = session.exec(newest.limit(limit)).all()
    around = _Around(session, outlook, rows)
    return tuple(around.row(row) for row in rows)


def outbox_item(
    session: Session,
    outlook: Outlook,
    *,
    id: str,  # noqa: A002  (as on the command line)
    checks: tuple[Check, ...] | None = None,
    questions: tuple[Question, ...] | None = None,
) -> OutboxRow:
    """Return one outgoing mail with its text, and what its writing found."""
    row = session.get_one(Outgoing, number(id, "x", "outgoing mail"))
    return replace(_Around(session, outlook, [row]).row(row, whole=True), checks=checks, questions=questions)


def _listed(row: Outgoing, name: str) -> Iterable[object]:
    named = row.request.get(name)
    return named if isinstance(named, list) else ()


class _Around:
    """What is known around some mails: who waits for them, who answered meanwhile, which servers let nobody in."""

    def __init__(self, session: Session, outlook: Outlook, rows: Sequence[Outgoing]) -> None:
        self._now = outlook.now
        threads = {row.thread_id for row in rows if row.state in _NOT_GONE and row.thread_id is not None}
        self._turns: dict[int, list[Turn]] = defaultdict(list)
        open_turns = select(TurnRecord).where(col(TurnRecord.thread_id).in_(threads), col(TurnRecord.end) == "")
        for record in session.exec(open_turns):
            self._turns[record.thread_id].append(turn_of(record))
        self._events = ledger(session, threads, outlook.ours)
        resting = session.exec(select(MailAccount).where(col(MailAccount.send_trouble).is_not(None))).all()
        self._troubles = {row.id: row.send_trouble for row in resting if rests(queue_of(row), outlook.now)}

    def row(self, row: Outgoing, *, whole: bool = False) -> OutboxRow:
        """Return the row of a record."""
        dispatch = dispatch_of(row)
        at = leaves_at(dispatch, self._now)
        trouble = row.last_error or (self._troubles.get(row.account_id) if at is not None else None)
        reply = answered_meanwhile(row.created_at, dispatch, self._events.get(row.thread_id or 0, ()))
        there = at.astimezone(ZoneInfo(row.zone_there)).isoformat() if at and row.zone_there else None
        return OutboxRow(
            id=f"x{row.id}",
            message_id=row.message_id,
            thread_id=f"t{row.thread_id}" if row.thread_id else None,
            to=tuple(address for _name, address in row.to),
            cc=tuple(address for _name, address in row.cc),
            subject=row.subject,
            state=row.state,
            attempts=row.attempts,
            held_until=row.held_until,
            next_attempt=row.next_attempt,
            last_error=Sentence.from_json(trouble) if trouble else None,
            sent_at=row.sent_at,
            estimate=row.estimate,
            leaves_at=at,
            leaves_there=there,
            customer_zone=row.zone_there or None,
            customer_zone_reason=Sentence.from_json(row.zone_there_reason) if row.zone_there_reason else None,
            in_time=self._in_time(row),
            unless_reply=row.unless_reply,
            answered_by=reply.by if reply else None,
            body=row.body if whole else None,
            attachments=tuple(str(path) for path in _listed(row, "attachments")),
            also=tuple(str(thread) for thread in _listed(row, "also")),
        )

    def _in_time(self, row: Outgoing) -> bool | None:
        """Return whether it leaves before whatever waits for it is due; None where nothing waits, or nothing leaves."""
        answer = Answer(dispatch_of(row), row.answers_until)
        told = [leaving(turn, [answer], self._now).in_time for turn in self._turns.get(row.thread_id or 0, ())]
        known = [in_time for in_time in told if in_time is not None]
        return all(known) if known else None
