"""The work order goes to the departments: this version, to these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import finish, give_back, snapshot, to_work_on
from mailcrm.domain.errors import UsageError
from mailcrm.domain.orders.worksheet import sent, worksheet
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, say
from mailcrm.store.orders import Settled, note

__all__ = ["COMMAND", "SendWorksheet"]


@dataclass(frozen=True)
class SendWorksheet:
    """Note that the work order of order `id` went to `departments` ("生产部, 仓库"; "" for all that the settings name)."""

    id: str
    departments: str = ""

    verb: ClassVar[str] = "worksheet_send"
    title: ClassVar[Sentence] = say("The work order went to the departments")
    help: ClassVar[Sentence] = say(
        "Note that this version of the work order went to the departments; each acknowledges it, and a change makes a new version."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule where they have this version already."""
        file = to_work_on(session, self.id)
        before = snapshot(file)
        named = tuple(one.strip() for one in self.departments.replace("，", ",").split(",") if one.strip())
        departments = named or situation.policies.orders.departments
        if not departments:
            raise UsageError(say("No department is named."), say("Name them, or set `departments` under [orders]."))
        sheet = worksheet(file.row.number, file.content, file.due)
        file.content = sent(file.content, sheet, departments, situation.today)
        why = say("{sheet} went to {departments}.", sheet=sheet.title, departments="、".join(departments))
        shown = (Evidence("text", sheet.content_hash()),)
        note(session, file, Settled(situation.actor, situation.now, situation.today, evidence=shown, reason=why))
        return finish(session, situation, file, before, why)

    undo = staticmethod(give_back)


COMMAND = SendWorksheet
