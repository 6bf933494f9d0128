"""New sample: a customer asks for one, or sends us one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.sampling import SheetFields, take_up
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.message import Side
from mailcrm.domain.samples.sheet import Sheet
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.steps import Evidence, Move
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Contact, Message, SampleRecord, Step, Thread
from mailcrm.store.finding import contact_named, message_of, numbered, thread_id_of
from mailcrm.store.numbers import next_number
from mailcrm.store.proposals import drop_thread_proposals
from mailcrm.store.samples import NOUN, put_sheet
from mailcrm.store.steps import record_step

__all__ = ["COMMAND", "NewSample"]

_SERIES = "SMP"


@dataclass(frozen=True)
class NewSample(SheetFields):
    """Note that a sample is asked for in `thread` (or a mail of it, "m340"), or by `contact` where no mail says so.

    What of its sheet is known already may be given; the rest is filled in by `edit_sample`. A sheet that lacks nothing is in work at once.
    """

    thread: str = ""
    contact: str = ""

    verb: ClassVar[str] = "new_sample"
    title: ClassVar[Sentence] = say("New sample")
    help: ClassVar[Sentence] = say("A sample is asked for: it gets a number, a sheet, and goes its way step by step.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it; RefusedByRule where nobody knows for whom it is."""
        contact, mail = self._asked(session)
        now = situation.now
        row = SampleRecord(
            number=next_number(session, SampleRecord.number, _SERIES, now.astimezone(ZoneInfo(situation.zone)).date()),
            state=SampleState.REQUESTED.value,
            kind="",
            direction="",
            item="",
            contact_id=contact.id or 0,
            message_id=mail.id if mail else None,
            author=situation.actor,
            created_at=now,
            since=now,
        )
        put_sheet(row, Sheet().changed(self.given()))
        session.add(row)
        session.flush()
        shown = Evidence("message", f"m{mail.id}") if mail else Evidence("text", contact.name or contact.address)
        record_step(session, NOUN, row.id or 0, Move("", row.state, now, situation.actor, (shown,)))
        if mail:
            drop_thread_proposals(session, mail.thread_id, self.verb, now)
        said = say("Sample {number} for {who}: noted.", number=row.number, who=contact.name or contact.address)
        before = {"sample": row.id, "sheet": row.sheet, "steps": 1 + take_up(session, row, situation)}
        shows = ("sample", {"id": f"s{row.id}"})
        return Done(said, mail.thread_id if mail else None, frozenset(), shows, before)

    def _asked(self, session: Session) -> tuple[Contact, Message | None]:
        """Return whom it is for, and the mail that shows it."""
        mail = self._mail(session)
        if self.contact:
            return contact_named(session, self.contact), mail
        known = mail.contact_id if mail else None
        if mail is not None and (known is None or mail.side == Side.OURS.value):
            known = session.get_one(Thread, mail.thread_id).contact_id
        contact = session.get(Contact, known) if known else None
        if contact is None:
            raise RefusedByRule(
                say("Nobody knows for whom this sample is."),
                say("Name the customer: `--contact jan@acme.example`, or a thread of a known one."),
            )
        return contact, mail

    def _mail(self, session: Session) -> Message | None:
        """Return the mail that asks: the named one, else the customer's newest on the thread."""
        if not self.thread:
            return None
        if numbered(self.thread, "t") is None:
            return message_of(session, self.thread)
        theirs = select(Message).where(col(Message.thread_id) == thread_id_of(session, self.thread))
        newest = theirs.order_by((col(Message.side) == Side.THEIRS.value).desc(), col(Message.sort_key).desc())
        return session.exec(newest.limit(1)).first()

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Remove it, as long as nothing happened to it."""
        del situation
        row = session.get_one(SampleRecord, before["sample"])
        steps = session.exec(select(Step).where(col(Step.noun) == NOUN, col(Step.noun_id) == row.id)).all()
        if len(steps) > before.get("steps", 1) or row.sheet != before.get("sheet", row.sheet):
            raise refuse_undo(say("{number} has gone on since.", number=row.number))
        for step in steps:
            session.delete(step)
        session.delete(row)
        return frozenset()


COMMAND = NewSample
