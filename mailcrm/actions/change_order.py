"""A change that the customer asks for: before production it makes a confirmation void, afterwards it costs somebody money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import Shown, day_of, finish, give_back, money_of, snapshot, to_work_on
from mailcrm.actions.owing import settle_claims
from mailcrm.actions.speaking_for import check_word, colleague
from mailcrm.domain.errors import UsageError
from mailcrm.domain.orders.changes import (
    BEARER_WORDS,
    DECISION_WORDS,
    OTHER,
    Bearer,
    Change,
    Decision,
    check_change,
    voided,
)
from mailcrm.domain.orders.content import Extra
from mailcrm.domain.orders.extras import borne
from mailcrm.domain.orders.milestones import CONFIRMATIONS, parts_words
from mailcrm.domain.words import Sentence, say
from mailcrm.records import OrderChange
from mailcrm.store.finding import message_of
from mailcrm.store.orders import NOUN, OPEN, OrderFile, Settled, note, reopen
from mailcrm.store.proposals import drop_proposals

__all__ = ["COMMAND", "ChangeOrder"]

T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True)
class ChangeOrder:
    """Note a change of order `id`: `what`, what it `touches` ("packing" …, "other"); behind the gate `cost`, `cause`, `bears`, `decision`, `by`."""

    id: str
    what: str
    touches: str = OTHER
    cost: str = ""
    cause: str = ""
    bears: str = ""
    decision: str = ""
    by: str = ""
    on: str = ""
    mail: str = ""
    file: str = ""

    verb: ClassVar[str] = "change_order"
    title: ClassVar[Sentence] = say("The customer asks for a change")
    help: ClassVar[Sentence] = say(
        "Note a change: before production what was confirmed is void; afterwards its extra cost, cause, who bears it, the decision and by whom."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule that names all that a late change misses."""
        file = to_work_on(session, self.id)
        before, late = snapshot(file), file.milestones["production"].state != OPEN
        shown = Shown(self.mail, self.file, kind="change").read(session, situation, file)
        change = Change(
            on=day_of(self.on, situation),
            what=self.what.strip(),
            touches=_touched(self.touches),
            late=late,
            cost=money_of(self.cost, file.content),
            cause=self.cause.strip(),
            bears=_chosen(Bearer, self.bears),
            decision=_chosen(Decision, self.decision),
            decided_by=self.by.strip(),
            evidence=shown[0].ref if shown else "",
        )
        check_change(change, file.row.number)
        if change.decision is not None:
            decided = colleague(situation.team, change.decided_by)
            accepted = change.decision is Decision.ACCEPTED
            check_word(session, situation, file, decided, self.mail, verdict=accepted)
        row = _row(file, change, situation)
        session.add(row)
        session.flush()
        before["change"] = row.id
        how = Settled(situation.actor, situation.now, change.on, evidence=shown, reason=_told(change))
        void = [part for part in voided(change) if part in file.settled]
        for part in void:
            reopen(session, file, part, how)
        if not void:
            note(session, file, how)
        if self.mail:
            mail = message_of(session, self.mail).id
            drop_proposals(session, NOUN, file.row.id or 0, [self.verb], situation.now, mail)
        _bear(file, change)
        settle_claims(session, file, situation)
        return finish(session, situation, file, before, _said(void, late=late))

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Take it back."""
        touched = give_back(session, before, situation)
        row = session.get_one(OrderChange, before["change"])
        row.withdrawn = True
        session.add(row)
        return touched


def _touched(given: str) -> str:
    known, name = (*CONFIRMATIONS, OTHER), given.strip().lower() or OTHER
    if name not in known:
        raise UsageError(
            say("{given} is nothing that a change touches.", given=given),
            say("They are: {names}.", names=", ".join(known)),
        )
    return name


def _chosen(kind: type[T], given: str) -> T | None:
    name = given.strip().lower()
    if name and name not in [one.value for one in kind]:
        raise UsageError(
            say("{given} can't be chosen here.", given=given),
            say("They are: {names}.", names=", ".join(one.value for one in kind)),
        )
    return kind(name) if name else None


def _row(file: OrderFile, change: Change, situation: Situation) -> OrderChange:
    return OrderChange(
        order_id=file.row.id or 0,
        asked_on=change.on,
        what=change.what,
        touches=change.touches,
        late=change.late,
        cost=change.cost.to_json() if change.cost else None,
        cause=change.cause,
        bears=change.bears or "",
        decision=change.decision or "",
        decided_by=change.decided_by,
        evidence=change.evidence,
        at=situation.now,
        by=situation.actor,
    )


def _told(change: Change) -> Sentence:
    if not change.late:
        return say("Change: {what}.", what=change.what)
    assert change.bears is not None  # noqa: S101  (narrowing: check_change saw to it)
    assert change.decision is not None  # noqa: S101  (likewise)
    return say(
        "Change behind the gate: {what}; extra cost {cost}, borne by {bears}; {decision} by {by}; cause: {cause}.",
        what=change.what,
        cost=change.cost,
        bears=BEARER_WORDS[change.bears],
        decision=DECISION_WORDS[change.decision],
        by=change.decided_by,
        cause=change.cause,
    )


def _said(void: list[str], *, late: bool) -> Sentence:
    if late:
        return say("Change noted, with its cost and who bears it.")
    if void:
        return say("Change noted; to be confirmed again: {parts}.", parts=parts_words(void))
    return say("Change noted.")


def _bear(file: OrderFile, change: Change) -> None:
    """Let the customer owe what he bears alone, once that is accepted."""
    if change.bears is not Bearer.CUSTOMER or change.decision is not Decision.ACCEPTED or change.cost is None:
        return
    if change.cost.amount:
        file.content = borne(file.content, Extra(change.on, change.what, change.cost, change.cause))


COMMAND = ChangeOrder
