"""Money is credited: the bank shows it, with its reference; now the gates behind it open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, claim_of, day_of, finish, give_back, money_of, snapshot, to_work_on
from mailcrm.domain.orders.credit import Credit, credited
from mailcrm.domain.words import Sentence, say
from mailcrm.store.orders import NOUN, Settled, note, settle
from mailcrm.store.proposals import drop_proposals

__all__ = ["COMMAND", "MoneyCredited"]


@dataclass(frozen=True)
class MoneyCredited:
    """Note that the bank credited `amount` ("USD 3,700.00"; "" for all that is open) for `part` of order `id`, by `reference`."""

    id: str
    part: str = ""
    amount: str = ""
    reference: str = ""
    on: str = ""
    mail: str = ""
    file: str = ""

    verb: ClassVar[str] = "money_credited"
    title: ClassVar[Sentence] = say("Money is credited")
    help: ClassVar[Sentence] = say(
        "Note what the bank has credited, with its reference; parts add up, and what banks on the way kept is forgiven as the settings say."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule where it can't be."""
        file = to_work_on(session, self.id)
        before, on = snapshot(file), day_of(self.on, situation)
        part, claim = claim_of(file, self.part)
        amount = money_of(self.amount, file.content) or claim.open
        credit = Credit(on, amount, self.reference.strip(), situation.actor)
        tolerance = situation.policies.orders.tolerance
        claim = credited(claim, credit, tolerance, situation.today)
        file.content = file.content.with_claim(part, claim)
        reference = say("{amount} credited, reference {reference}.", amount=amount, reference=credit.reference)
        shown = Shown(self.mail, self.file, str(credit.reference), "credit").read(session, situation, file)
        how = Settled(situation.actor, situation.now, on, evidence=shown, reason=reference)
        name = f"{part}_credited"
        if not claim.is_credited(tolerance):
            note(session, file, how)
            said = say("{amount} credited, {open} is still open.", amount=amount, open=claim.open)
        else:
            settle(session, file, name, how)  # also where a manager had waived it
            file.milestones[f"{part}_seen"].tell = False
            drop_proposals(session, NOUN, file.row.id or 0, ["money_seen"], situation.now)
            said = say("{amount} credited: that is all of it.", amount=amount)
        return finish(session, situation, file, before, said)

    undo = staticmethod(give_back)


COMMAND = MoneyCredited
