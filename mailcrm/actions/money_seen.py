"""A payment slip was seen: the money is said to be on its way, which opens no gate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, claim_of, day_of, finish, give_back, money_of, snapshot, to_work_on
from mailcrm.domain.errors import UsageError
from mailcrm.domain.orders.credit import Slip, seen
from mailcrm.domain.words import Sentence, say
from mailcrm.store.orders import NOUN, OPEN, Settled, note, settle
from mailcrm.store.proposals import drop_proposals

__all__ = ["COMMAND", "MoneySeen"]


@dataclass(frozen=True)
class MoneySeen:
    """Note a slip for `part` ("deposit", "balance"; "" for the one that is open) of order `id`; `amount` as it shows, "" unread."""

    id: str
    part: str = ""
    amount: str = ""
    on: str = ""
    mail: str = ""
    file: str = ""

    verb: ClassVar[str] = "money_seen"
    title: ClassVar[Sentence] = say("A payment slip was seen")
    help: ClassVar[Sentence] = say(
        "Note a payment slip: the money is on its way, and is to be verified at the bank. It opens no gate."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; UsageError without the slip."""
        file = to_work_on(session, self.id)
        before, on = snapshot(file), day_of(self.on, situation)
        part, claim = claim_of(file, self.part)
        shown = Shown(self.mail, self.file, kind="slip").read(session, situation, file)
        if not shown:
            raise UsageError(
                say("The slip is missing."), say("Name the mail (`--mail m12`) or the file (`--file …`) that it is in.")
            )
        slip = Slip(on, money_of(self.amount, file.content), shown[0].ref)
        file.content = file.content.with_claim(part, seen(claim, slip))
        name = f"{part}_seen"
        how = Settled(situation.actor, situation.now, on, evidence=shown)
        if file.milestones[name].state == OPEN:
            settle(session, file, name, how)
        else:
            note(session, file, replace(how, reason=say("One more payment slip was seen.")))
        drop_proposals(session, NOUN, file.row.id or 0, [self.verb], situation.now)
        return finish(session, situation, file, before, say("Slip seen; it counts when the bank shows the money."))

    undo = staticmethod(give_back)


COMMAND = MoneySeen
