"""Release the goods: the original B/L, by telex, or the documents to the bank; a hard gate with somebody's name on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, Skip, day_of, finish, give_back, pass_by, snapshot, to_work_on
from mailcrm.actions.speaking_for import RELEASES, check_word, colleague
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.orders.gates import RELEASE_WORDS, Release, check_release, missing_before
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, say
from mailcrm.store.orders import OPEN, OrderFile, Settled, settle

__all__ = ["COMMAND", "ReleaseOrder"]

_STEP = "release"


@dataclass(frozen=True)
class ReleaseOrder:
    """Release the goods of order `id` by `how` ("originals", "telex", "bank"), approved by a manager.

    That is who acts; or `approved_by`, with the `mail` in which that one says so. `skip`: why what is still missing is passed by; the balance only by a manager.
    """

    id: str
    how: str
    approved_by: str = ""
    on: str = ""
    mail: str = ""
    file: str = ""
    courier: str = ""
    waybill: str = ""
    skip: str = ""

    verb: ClassVar[str] = "release_order"
    title: ClassVar[Sentence] = say("Release the goods")
    help: ClassVar[Sentence] = say(
        "Release the original B/L or a telex once the balance is credited, or hand the documents to the bank; with the name of who approved."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule that names all that is missing."""
        file = to_work_on(session, self.id)
        before, on = snapshot(file), day_of(self.on, situation)
        how = _way(self.how)
        if file.milestones[_STEP].state != OPEN:
            raise RefusedByRule(
                say("The goods of {order} are released already.", order=file.row.number),
                say("`mailcrm undo` takes back what was noted by mistake."),
            )
        check_release(file.row.number, how, file.content.requirements)
        missing = missing_before(_STEP, file.settled, file.content.requirements, how, file.id)
        approver = self._approver(session, situation, file)
        pass_by(session, situation, file, _STEP, missing, Skip(self.skip, on))
        approved = say("Approved by {name}: {how}.", name=approver, how=RELEASE_WORDS[how])
        shown = (*Shown(self.mail, self.file, kind=_STEP).read(session, situation, file), Evidence("text", approver))
        file.content = replace(
            file.content,
            release=how.value,
            released_by=approver,
            shipment=replace(
                file.content.shipment,
                courier=self.courier.strip() or file.content.shipment.courier,
                waybill=self.waybill.strip() or file.content.shipment.waybill,
            ),
        )
        settle(session, file, _STEP, Settled(situation.actor, situation.now, on, evidence=shown, reason=approved))
        return finish(
            session,
            situation,
            file,
            before,
            say("Released ({how}), approved by {name}.", how=RELEASE_WORDS[how], name=approver),
        )

    def _approver(self, session: Session, situation: Situation, file: OrderFile) -> str:
        """Return who approves: a manager where there are any, else whoever is named, else who acts."""
        managers = situation.team.managers()
        given = self.approved_by.strip() or situation.actor
        person = colleague(situation.team, given)
        name = person.name if person else given.lower()
        if managers and name not in managers:
            raise RefusedByRule(
                say("{name} is no manager and can't approve a release.", name=name),
                say("Managers are: {names}.", names=", ".join(managers)),
            )
        check_word(session, situation, file, person, self.mail, verdict=True, speaks_of=RELEASES)
        return name

    undo = staticmethod(give_back)


def _way(given: str) -> Release:
    try:
        return Release(given.strip().lower())
    except ValueError as error:
        raise UsageError(
            say("{given} is no way to release goods.", given=given or "—"), say("They are: originals, telex, bank.")
        ) from error


COMMAND = ReleaseOrder
