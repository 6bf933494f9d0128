"""Advance an order: a milestone is reached; what is still missing before it can be skipped with a reason, a gate can't."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, Skip, day_of, finish, give_back, pass_by, snapshot, to_work_on
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.orders.gates import missing_before
from mailcrm.domain.orders.milestones import MILESTONES, milestone, needed
from mailcrm.domain.words import Sentence, say
from mailcrm.store.orders import OPEN, OrderFile, Settled, settle

__all__ = ["COMMAND", "AdvanceOrder"]

_ELSEWHERE = {
    "deposit_seen": "slip",
    "balance_seen": "slip",
    "deposit_credited": "credited",
    "balance_credited": "credited",
    "packing": "confirm",
    "mark": "confirm",
    "colour": "confirm",
    "pp_sample": "confirm",
    "release": "release",
}


@dataclass(frozen=True)
class AdvanceOrder:
    """Let order `id` ("d4" or its number) reach milestone `to` on day `on` (today), shown by `mail`, `file` or `text`.

    `skip`: why what is still missing before it is passed by; hard gates only by a manager.
    """

    id: str
    to: str
    on: str = ""
    mail: str = ""
    file: str = ""
    text: str = ""
    skip: str = ""

    verb: ClassVar[str] = "advance_order"
    title: ClassVar[Sentence] = say("A milestone of the order is reached")
    help: ClassVar[Sentence] = say(
        "Note that a milestone is reached, with its day and what shows it; a step that is missing before it is skipped with a reason, a gate never."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule that names all that is missing."""
        file = to_work_on(session, self.id)
        name = _checked(file, self.to.strip().lower())
        before, on = snapshot(file), day_of(self.on, situation)
        missing = missing_before(name, file.settled, file.content.requirements, order=file.id)
        pass_by(session, situation, file, name, missing, Skip(self.skip, on))
        shown = Shown(self.mail, self.file, self.text, name).read(session, situation, file)
        settle(session, file, name, Settled(situation.actor, situation.now, on, evidence=shown))
        return finish(session, situation, file, before, say("{step}: noted.", step=milestone(name).title))

    undo = staticmethod(give_back)


def _checked(file: OrderFile, name: str) -> str:
    """Return the milestone of that name; refused where it is another command's, not this order's, or reached already."""
    known = [one.name for one in needed(file.content.requirements) if one.name not in _ELSEWHERE]
    if name not in {one.name for one in MILESTONES}:
        raise UsageError(
            say("{name} is no milestone.", name=name or "—"), say("They are: {names}.", names=", ".join(known))
        )
    if name not in file.milestones:
        raise RefusedByRule(
            say(
                "{order} has no such milestone by its payment terms: {step}.",
                order=file.row.number,
                step=milestone(name).title,
            ),
            say("Its milestones are: {names}.", names=", ".join(file.milestones)),
        )
    if name in _ELSEWHERE:
        raise RefusedByRule(
            say("This step needs more than a day: {step}.", step=milestone(name).title),
            say("Use `mailcrm order {command} {order} …`.", command=_ELSEWHERE[name], order=file.id),
        )
    if file.milestones[name].state != OPEN:
        raise RefusedByRule(
            say("{order} has this milestone behind it: {step}.", order=file.row.number, step=milestone(name).title),
            say("`mailcrm undo` takes back what was noted by mistake."),
        )
    return name


COMMAND = AdvanceOrder
