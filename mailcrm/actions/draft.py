"""Draft: keep a mail as it is being written.

It is called again and again while a person types, so it refuses nothing that is typed: an estimate that is none yet, half an
address, no text at all. The log says once who began the draft; its row keeps the newest text. What is thrown away is brought back by
undoing that (outbox_cancel); typing isn't taken back here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.domain.clock.estimate import parse_estimate
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.message import Address
from mailcrm.domain.outbox import Status
from mailcrm.domain.recipients import person_of
from mailcrm.domain.words import Sentence, say
from mailcrm.outbox.prepare import Request, prepare
from mailcrm.records import Outgoing
from mailcrm.store.finding import number

__all__ = ["COMMAND", "KeepDraft"]


@dataclass(frozen=True)
class KeepDraft(Request):
    """A `Request` as far as it is written.

    `draft` ("x3") is written on; where it is no draft any more, another one is begun: nothing typed is lost. `ticks`: the
    customer's questions that a person ticked by hand, or not. `seen_until` as in `reply`.
    """

    draft: str | None = None
    ticks: Mapping[str, bool] = field(default_factory=dict)
    seen_until: datetime | None = None

    verb: ClassVar[str] = "draft"
    title: ClassVar[Sentence] = say("Keep a draft")
    help: ClassVar[Sentence] = say("Keep what is being written; nothing is sent.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the row, a new one or the draft's."""
        known = session.get_one(Outgoing, number(self.draft, "x", "outgoing mail")) if self.draft else None
        row = known if known is not None and known.state == Status.DRAFT else None
        begun = row is None
        if row is None:
            row = Outgoing(account_id=0, state="draft", actor=situation.actor, created_at=situation.now)
        self._write(session, row, situation)
        session.add(row)
        session.flush()
        shows = ("draft", {"id": f"x{row.id}"})
        after = {"outgoing": row.id}
        topic = "outbox" if begun else ""
        return Done(say("Kept as a draft."), row.thread_id, shows=shows, after=after, topic=topic, logged=begun)

    def _made_of(self, row: Outgoing) -> tuple[str | None, str | None]:
        """Return template and language; a draft that is written on stays what its template made it."""
        if self.template is not None or not row.request.get("template"):
            return self.template, self.language
        return str(row.request["template"]), str(row.request.get("language") or "en")

    def _write(self, session: Session, row: Outgoing, situation: Situation) -> None:
        office = situation.policies.office
        template, language = self._made_of(row)
        asked = replace(self, template=template, language=language, hold=None, body=self.body or "", also=())
        mail = prepare(session, asked, situation.templates, situation.ours, office, situation.now)
        row.account_id, row.thread_id, row.subject, row.body = mail.account_id, mail.thread_id, mail.subject, mail.body
        row.to, row.cc = _pairs(self.to or None, mail.to), _pairs(self.cc, mail.cc)
        row.about = self.about or row.about
        row.answers_until = self.seen_until or mail.seen_until
        row.estimate = self._estimate(situation)
        reason = self.reason or row.request.get("reason")
        row.reason = str(reason) if reason and row.estimate else ""
        row.request = {
            "template": template,
            "language": mail.language,
            "variables": {name: str(value) for name, value in self.variables.items()},
            "attachments": list(self.attachments),
            "quote": self.quote,
            "hold": self.hold,
            "reason": reason,
            "also": list(self.also),
            "ticks": dict(self.ticks),
        }

    def _estimate(self, situation: Situation) -> datetime | None:
        try:
            return parse_estimate(self.hold, situation.now, situation.policies.office) if self.hold else None
        except (RefusedByRule, UsageError):  # it is being typed, or its day has come: whoever sends it is told
            return None

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Take nothing back."""
        del session, before, situation
        raise refuse_undo(say("A draft is thrown away, not taken back."))


def _pairs(typed: Sequence[str] | None, usual: Sequence[Address]) -> list[list[str]]:
    people = usual if typed is None else [person_of(part) for part in typed]
    return [[one.display_name, one.addr_spec] for one in people]


COMMAND = KeepDraft
