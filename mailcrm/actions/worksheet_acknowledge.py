"""A department has read the work order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, finish, give_back, snapshot, to_work_on
from mailcrm.actions.speaking_for import check_word, colleague
from mailcrm.domain.orders.worksheet import acknowledged, worksheet
from mailcrm.domain.words import Sentence, say
from mailcrm.store.orders import Settled, note

__all__ = ["COMMAND", "AcknowledgeWorksheet"]


@dataclass(frozen=True)
class AcknowledgeWorksheet:
    """Note that `department` has read the current work order of order `id`; `by`: who said so, "" for who acts."""

    id: str
    department: str
    by: str = ""
    mail: str = ""

    verb: ClassVar[str] = "worksheet_acknowledge"
    title: ClassVar[Sentence] = say("A department has read the work order")
    help: ClassVar[Sentence] = say("Note that a department has read the current version of the work order.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule where that department never got this version."""
        file = to_work_on(session, self.id)
        before, who = snapshot(file), self.by.strip() or situation.actor
        check_word(session, situation, file, colleague(situation.team, who), self.mail)
        sheet = worksheet(file.row.number, file.content, file.due)
        file.content = acknowledged(file.content, sheet, self.department.strip(), who)
        why = say(
            "{sheet}: read by {department} ({who}).", sheet=sheet.title, department=self.department.strip(), who=who
        )
        shown = Shown(self.mail, text=who).read(session, situation, file)
        note(session, file, Settled(situation.actor, situation.now, situation.today, evidence=shown, reason=why))
        return finish(session, situation, file, before, why)

    undo = staticmethod(give_back)


COMMAND = AcknowledgeWorksheet
