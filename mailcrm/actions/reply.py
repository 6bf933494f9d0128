"""Reply: write to the customer, from a template or in one's own words; with an estimate it is a holding reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.extending import leave_to_extend
from mailcrm.domain.clock.sending_time import sending_time
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.message import Address
from mailcrm.domain.outbox import CANCELLABLE, Dispatch, Status, cancel, hold, queue
from mailcrm.domain.words import Sentence, say
from mailcrm.outbox.accounts import leave_to_name_accounts
from mailcrm.outbox.checking import inspect
from mailcrm.outbox.compose import compose
from mailcrm.outbox.later import leaves_when
from mailcrm.outbox.prepare import Prepared, Request, draft_of, prepare
from mailcrm.outbox.quotations import check_files
from mailcrm.outbox.their_clock import their_clock
from mailcrm.records import Outgoing, ThreadReference
from mailcrm.store.also import note_also
from mailcrm.store.dispatches import dispatch_of, write_dispatch
from mailcrm.store.finding import number

__all__ = ["COMMAND", "Reply"]

MODES = ("draft", "queue", "send", "at")


@dataclass(frozen=True)
class Reply(Request):
    """Answer a thread: a `Request`, and when it leaves.

    `mode`: "draft" keeps it, "queue" sends it after the undo window, "send" at once, "at" at the time `at`. `seen_until`
    is what the composer showed (None: all that is here now). `draft` ("x3") is replaced by this mail. `unless_reply`: it is
    taken back where the customer writes first. `manager_agreed`: who agreed to what is a manager's to say: that a promise is moved
    once more than the rule allows, that an account which isn't ours is named.
    """

    mode: str = "draft"
    at: str | None = None
    seen_until: datetime | None = None
    draft: str | None = None
    unless_reply: bool = False
    manager_agreed: str = ""

    verb: ClassVar[str] = "reply"
    title: ClassVar[Sentence] = say("Reply")
    help: ClassVar[Sentence] = say("Answer the customer, from a template or in your own words.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the row; a mail that is to leave is frozen here, before anything else can change."""
        if self.mode not in MODES:
            raise UsageError(say("{mode} is no way to send.", mode=self.mode), say("Use draft, send or at."))
        office = situation.policies.office
        asked = self._continued(session)
        prepared = prepare(session, asked, situation.templates, situation.ours, office, situation.now)
        leave = ""
        if prepared.estimate is not None:
            leave = leave_to_extend(session, prepared.thread_id, situation, self.manager_agreed)
        row = self._row(session, situation, prepared, leave)
        if self.mode != "draft":
            self._freeze(session, row, situation, prepared)
        session.add(row)
        session.flush()
        note_also(session, row.id or 0, prepared.thread_id, self.also, situation.ours)
        said = self._said(session, row, situation)
        found = inspect(session, prepared, self, situation.ours, office, situation.now)
        shown = ("outbox_item", {"id": f"x{row.id}", "checks": found.checks, "questions": found.questions})
        return Done(said, prepared.thread_id, frozenset(), shown, {"outgoing": row.id}, topic="outbox")

    def _continued(self, session: Session) -> Request:
        """Return what is asked for; a draft that is written further stays what its template made it."""
        draft = session.get(Outgoing, number(self.draft, "x", "outgoing mail")) if self.draft else None
        known = draft.request.get("template") if draft and self.template is None and self.body is not None else None
        return replace(self, template=str(known)) if known else self

    def _row(self, session: Session, situation: Situation, prepared: Prepared, leave: str) -> Outgoing:
        row = self._standing_ready(session, prepared.thread_id) or Outgoing(
            account_id=prepared.account_id, state="draft", actor=situation.actor, created_at=situation.now
        )
        if self.draft is not None:
            row = session.get_one(Outgoing, number(self.draft, "x", "outgoing mail"))
            if row.state != Status.DRAFT:
                raise RefusedByRule(say("This mail is no draft any more."), say("Write a new reply."))
        row.account_id, row.thread_id = prepared.account_id, prepared.thread_id
        row.subject, row.body = prepared.subject, prepared.body
        row.to, row.cc = _pairs(prepared.to), _pairs(prepared.cc)
        row.estimate, row.reason = prepared.estimate, prepared.reason
        row.about = self.about or row.about
        row.unless_reply, row.created_at = self.unless_reply, situation.now
        row.answers_until = self.seen_until or prepared.seen_until
        template = self._continued(session).template
        info = situation.templates.info(template, prepared.language) if template else None
        row.request = {
            "template": template,
            "language": prepared.language,
            "variables": {name: str(value) for name, value in self.variables.items()},
            "attachments": list(self.attachments),
            "quote": self.quote,
            "hold": self.hold,
            "reason": self.reason,
            "extension_agreed_by": leave,
            "also": list(self.also),
            "waits": info is not None and info.waits,
            "nudge": info is not None and info.is_nudge,
            "automatic": self.automatic,
            "ticks": row.request.get("ticks", {}),
        }
        return row

    def _standing_ready(self, session: Session, thread_id: int) -> Outgoing | None:
        """Return the draft of a sample's, quote's or order's step that this mail is, by its template: it takes its place."""
        if self.template is None or self.draft is not None:
            return None
        drafts = (col(Outgoing.thread_id) == thread_id, col(Outgoing.state) == Status.DRAFT.value)
        rows = session.exec(select(Outgoing).where(*drafts, col(Outgoing.about) != ""))
        return next((row for row in rows if row.request.get("template") == self.template), None)

    def _freeze(self, session: Session, row: Outgoing, situation: Situation, prepared: Prepared) -> None:
        """Fix bytes, Message-ID and envelope; the id belongs to the thread before SMTP sees the mail."""
        draft = draft_of(session, prepared, self, situation.now, situation.token(), situation.mailable_photo)
        if not all(situation.ours.owns(one) for one in (*draft.to, *draft.cc, *draft.bcc)):
            check_files(session, draft.attachments, situation.now)
        leave = leave_to_name_accounts(session, draft, situation.file_text, situation.actor, self.manager_agreed)
        row.request = {**row.request, "account_agreed_by": leave}
        composed = compose(draft)
        row.raw, row.message_id, row.reference = composed.raw, composed.message_id, composed.reference
        row.envelope_from, row.envelope_to = composed.sender, list(composed.recipients)
        write_dispatch(row, self._leaving(session, row, situation))
        session.add(ThreadReference(reference=composed.message_id, thread_id=prepared.thread_id))

    def _leaving(self, session: Session, row: Outgoing, situation: Situation) -> Dispatch:
        """Return the mail on its way; one that leaves at a time keeps by which clock that was meant."""
        draft, now = dispatch_of(row), situation.now
        if self.mode == "send":
            return queue(draft, now)
        if self.mode == "queue":
            return hold(draft, now + timedelta(seconds=situation.undo_seconds))
        clock = their_clock(session, row.thread_id, situation.calendar) if row.thread_id else None
        row.zone_there = clock.zone.zone if clock else ""
        row.zone_there_reason = clock.zone.reason.to_json() if clock else None
        at = sending_time(self.at or "", now, situation.policies.office, clock.office if clock else None)
        if row.estimate is not None and row.estimate <= at:
            raise RefusedByRule(
                say("The estimate has passed when the mail leaves: nobody can promise that."),
                say("Give a later estimate with --hold, or let it leave sooner."),
            )
        return hold(draft, at)

    def _said(self, session: Session, row: Outgoing, situation: Situation) -> Sentence:
        if self.mode == "draft":
            return say("Kept as a draft.")
        if self.mode == "queue":
            return say("Leaves in {seconds} s.", seconds=situation.undo_seconds)
        return say("On its way.") if self.mode == "send" else leaves_when(session, row, situation.zone)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Stop a mail that has not left."""
        del situation
        row = session.get_one(Outgoing, before["outgoing"])
        if row.state not in CANCELLABLE:
            raise refuse_undo(say("This mail has left already."))
        write_dispatch(row, cancel(dispatch_of(row)))
        session.add(row)
        return frozenset()


def _pairs(addresses: Sequence[Address]) -> list[list[str]]:
    return [[address.display_name, address.addr_spec] for address in addresses]


COMMAND = Reply
