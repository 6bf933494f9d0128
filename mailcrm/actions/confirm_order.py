"""The customer confirmed packing, mark, colour or the pre-production sample: four gates before production."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, day_of, finish, give_back, snapshot, to_work_on
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.message import Side
from mailcrm.domain.orders.milestones import CONFIRMATIONS, parts_words
from mailcrm.domain.words import Sentence, say
from mailcrm.store.finding import message_of
from mailcrm.store.orders import NOUN, OPEN, Settled, settle
from mailcrm.store.proposals import drop_proposals

__all__ = ["COMMAND", "ConfirmOrder"]


@dataclass(frozen=True)
class ConfirmOrder:
    """Note that the customer confirmed `parts` ("packing, mark", "all") of order `id`, in a mail of his or a file.

    `value`: what exactly was confirmed, where it is one part; it goes into the factory's sheet.
    """

    id: str
    parts: str
    mail: str = ""
    file: str = ""
    value: str = ""
    on: str = ""

    verb: ClassVar[str] = "confirm_order"
    title: ClassVar[Sentence] = say("The customer confirmed")
    help: ClassVar[Sentence] = say(
        "Note what the customer confirmed: packing, shipping mark, colour, pre-production sample; with the mail that says so."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule for a mail of ours, UsageError without anything that shows it."""
        file = to_work_on(session, self.id)
        parts = _parts(self.parts)
        before, on = snapshot(file), day_of(self.on, situation)
        if self.mail and message_of(session, self.mail).side != Side.THEIRS.value:
            raise RefusedByRule(
                say("{mail} is our own mail; the customer has to confirm.", mail=self.mail),
                say("Name a mail of the customer's."),
            )
        shown = Shown(self.mail, self.file, kind="confirmation").read(session, situation, file)
        if not shown:
            raise UsageError(
                say("What shows the confirmation is missing."),
                say("Name the customer's mail (`--mail m12`) or a file (`--file …`)."),
            )
        if self.value.strip() and len(parts) == 1:
            file.content = file.content.with_confirmed(parts[0], self.value.strip())
        fresh = [part for part in parts if file.milestones[part].state == OPEN]
        if not fresh:
            raise RefusedByRule(
                say("That is confirmed already."), say("A change is noted with `mailcrm order change`.")
            )
        for part in fresh:
            settle(session, file, part, Settled(situation.actor, situation.now, on, evidence=shown))
        drop_proposals(session, NOUN, file.row.id or 0, [self.verb], situation.now)
        left = [part for part in CONFIRMATIONS if file.milestones[part].state == OPEN]
        said = (
            say("Confirmed. Still open: {parts}.", parts=parts_words(left)) if left else say("All four are confirmed.")
        )
        return finish(session, situation, file, before, said)

    undo = staticmethod(give_back)


def _parts(given: str) -> tuple[str, ...]:
    named = [one.strip().lower() for one in given.replace("，", ",").split(",") if one.strip()]
    if named == ["all"]:
        return CONFIRMATIONS
    if not named or not set(named) <= set(CONFIRMATIONS):
        raise UsageError(
            say("{given} is nothing that is confirmed.", given=given or "—"),
            say("They are: {names}, or all.", names=", ".join(CONFIRMATIONS)),
        )
    return tuple(dict.fromkeys(named))


COMMAND = ConfirmOrder
