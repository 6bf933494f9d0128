"""How far the production is, and when the goods will be ready."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, day_of, finish, give_back, snapshot, to_work_on
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.orders.content import Progress
from mailcrm.domain.orders.fields import read_day
from mailcrm.domain.orders.gates import missing_before, refuse
from mailcrm.domain.words import Sentence, say
from mailcrm.store.orders import OPEN, Settled, note

__all__ = ["COMMAND", "ProgressOrder"]


@dataclass(frozen=True)
class ProgressOrder:
    """Note how far order `id` is: `text`; `ready_on`: when its goods are ready now."""

    id: str
    text: str
    ready_on: str = ""
    on: str = ""
    mail: str = ""
    file: str = ""

    verb: ClassVar[str] = "progress_order"
    title: ClassVar[Sentence] = say("How far the production is")
    help: ClassVar[Sentence] = say(
        "Note how far the production is and when the goods will be ready; the plan and the next mail follow it."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule before production has begun and after the goods are ready."""
        file = to_work_on(session, self.id)
        if not self.text.strip():
            raise UsageError(
                say("The progress is missing."), say("Say it in a line, such as: 60 % of the bodies are cast.")
            )
        if file.milestones["production"].state == OPEN:
            missing = missing_before("produced", file.settled, file.content.requirements, order=file.id)
            raise refuse(file.row.number, "produced", missing, file.id)
        if file.milestones["produced"].state != OPEN:
            raise RefusedByRule(
                say("The goods of {order} are ready already.", order=file.row.number),
                say("`mailcrm order show` tells where it stands."),
            )
        before, on, ready = snapshot(file), day_of(self.on, situation), read_day(self.ready_on)
        told = Progress(on, self.text.strip(), ready)
        file.content = replace(file.content, progress=(*file.content.progress, told))
        if ready is not None:
            file.milestones["produced"].due, file.milestones["produced"].by_hand = ready, True
        file.milestones["production"].tell = file.thread_id is not None
        shown = Shown(self.mail, self.file, kind="progress").read(session, situation, file)
        why = say("{reason}", reason=told.text)
        note(session, file, Settled(situation.actor, situation.now, on, evidence=shown, reason=why))
        return finish(session, situation, file, before, say("Progress noted."))

    undo = staticmethod(give_back)


COMMAND = ProgressOrder
