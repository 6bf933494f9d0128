"""Cancel an order: it isn't made any more. Once the goods are on board it is too late for that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, finish, give_back, snapshot, to_work_on
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.orders.milestones import Stage
from mailcrm.domain.words import Sentence, say
from mailcrm.store.orders import NOUN, Settled, move
from mailcrm.store.proposals import drop_proposals

__all__ = ["COMMAND", "CancelOrder"]


@dataclass(frozen=True)
class CancelOrder:
    """Cancel order `id` because of `reason`, shown by `mail`."""

    id: str
    reason: str
    mail: str = ""

    verb: ClassVar[str] = "cancel_order"
    title: ClassVar[Sentence] = say("Cancel the order")
    help: ClassVar[Sentence] = say(
        "The order isn't made any more, for a reason; possible until the goods are on board."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Cancel it; UsageError without a reason, RefusedByRule once the goods have left."""
        file = to_work_on(session, self.id)
        if not self.reason.strip():
            raise UsageError(say("The reason is missing."), say("Say why, in a few words."))
        if "on_board" in file.settled:
            raise RefusedByRule(
                say("The goods of {order} are on board: it can't be cancelled any more.", order=file.row.number),
                say("What is agreed with the customer now is a change: `mailcrm order change`."),
            )
        before = snapshot(file)
        shown = Shown(self.mail).read(session, situation, file)
        why = say("{reason}", reason=self.reason.strip())
        how = Settled(situation.actor, situation.now, situation.today, evidence=shown, reason=why)
        move(session, file, Stage.CANCELLED.value, how)
        file.row.stage = Stage.CANCELLED.value
        for one in file.milestones.values():
            one.tell = False
        verbs = ["money_seen", "confirm_order", "advance_order", "edit_order"]
        drop_proposals(session, NOUN, file.row.id or 0, verbs, situation.now)
        return finish(session, situation, file, before, say("{order} is cancelled.", order=file.row.number))

    undo = staticmethod(give_back)


COMMAND = CancelOrder
