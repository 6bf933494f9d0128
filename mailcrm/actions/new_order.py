"""New order: from a quote that the customer accepted, or by hand from a thread, a contact or a company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, finish, give_back, snapshot, today
from mailcrm.domain.orders.content import DOCUMENTS, Document, OrderContent
from mailcrm.domain.orders.fields import edited
from mailcrm.domain.orders.milestones import Stage
from mailcrm.domain.trade.currencies import checked_currency
from mailcrm.domain.words import Sentence, say
from mailcrm.records import OrderRecord
from mailcrm.store.numbers import next_number
from mailcrm.store.order_parties import party_of
from mailcrm.store.orders import OrderFile, Settled, add_milestones, move
from mailcrm.store.team import person_named

__all__ = ["COMMAND", "NewOrder"]

_CHECKLIST = DOCUMENTS[:3]


@dataclass(frozen=True)
class NewOrder:
    """Make an order about `about` ("t12", "m340", "c7", "o5"). `lines` as in domain.orders.lines; `mail`: the mail that orders.

    What is empty can be said later with `edit_order`.
    """

    about: str
    lines: str = ""
    currency: str = "USD"
    po: str = ""
    pi: str = ""
    terms: str = ""
    incoterm: str = ""
    latest_shipment: str = ""
    deposit: str = ""
    special: str = ""
    mail: str = ""
    owner: str = ""

    verb: ClassVar[str] = "new_order"
    title: ClassVar[Sentence] = say("Make an order")
    help: ClassVar[Sentence] = say(
        "Make an order from this thread: its milestones are planned, and its gates follow from the payment terms."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Make it."""
        contact, message = party_of(session, self.about)
        content = self._content(situation)
        row = OrderRecord(
            number=next_number(session, OrderRecord.number, "ORD", today(situation)),
            state="",
            stage=Stage.CONTRACT.value,
            message_id=message,
            contact_id=contact.id or 0,
            owner=person_named(session, self.owner).name if self.owner.strip() else "",
            content=content.to_json(),
            created_at=situation.now,
            created_by=situation.actor,
            changed_at=situation.now,
        )
        session.add(row)
        session.flush()
        file = OrderFile(row, content)
        before = snapshot(file)
        shown = Shown(self.mail).read(session, situation, file)
        move(session, file, "new", Settled(situation.actor, situation.now, today(situation), evidence=shown))
        add_milestones(session, file)
        return finish(session, situation, file, before, say("{order} is made.", order=row.number))

    def _content(self, situation: Situation) -> OrderContent:
        said = {
            "po": self.po,
            "pi": self.pi,
            "terms": self.terms,
            "incoterm": self.incoterm,
            "lines": self.lines,
            "latest_shipment": self.latest_shipment,
            "deposit": self.deposit,
            "special": self.special,
        }
        begun = OrderContent(checked_currency(self.currency), documents=tuple(map(Document, _CHECKLIST)))
        return edited(begun, {name: value for name, value in said.items() if value}, today(situation))

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let it be cancelled: its number is given."""
        return give_back(
            session, {**before, "row": {**before["row"], "state": Stage.CANCELLED, "stage": Stage.CANCELLED}}, situation
        )


COMMAND = NewOrder
