"""What the commands on orders share: opening one, what shows a step, days and money as people write them, and taking back.

Room: actions (a helper of the commands on orders). An undo gives back the whole file of an order, and only where nothing came after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.domain.errors import NotFound, RefusedByRule, UsageError
from mailcrm.domain.orders.content import OrderContent
from mailcrm.domain.orders.credit import Claim
from mailcrm.domain.orders.fields import read_day
from mailcrm.domain.orders.gates import Missing, refuse
from mailcrm.domain.orders.milestones import PART_WORDS, Stage
from mailcrm.domain.steps import Evidence
from mailcrm.domain.trade.money import Money, parse_money
from mailcrm.domain.words import Sentence, say
from mailcrm.records import OrderMilestone
from mailcrm.store.finding import message_of
from mailcrm.store.orders import (
    NOUN,
    SKIPPED,
    WAIVED,
    OrderFile,
    Settled,
    add_milestones,
    move,
    open_order,
    replan,
    save,
    settle,
)
from mailcrm.store.papers import NewPaper, keep_paper, paper_id, paper_named

__all__ = [
    "Shown",
    "Skip",
    "claim_of",
    "day_of",
    "finish",
    "give_back",
    "is_manager",
    "money_of",
    "pass_by",
    "snapshot",
    "to_work_on",
]

_PARTS = ("deposit", "balance")
_ROW = ("state", "stage", "owner", "message_id", "quote_id")


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows a step, as a person gives it: a mail ("m12"), a file by its path or its id ("kf3"), words."""

    mail: str = ""
    file: str = ""
    text: str = ""
    kind: str = "evidence"

    def read(self, session: Session, situation: Situation, file: OrderFile) -> tuple[Evidence, ...]:
        """Return the evidence; a file at a path is kept with the order."""
        found = [Evidence("message", f"m{message_of(session, self.mail).id}")] if self.mail else []
        if self.file:
            found.append(Evidence("paper", self._paper(session, situation, file)))
        return (*found, Evidence("text", self.text.strip())) if self.text.strip() else tuple(found)

    def _paper(self, session: Session, situation: Situation, file: OrderFile) -> str:
        try:
            return paper_id(paper_named(session, self.file).id)
        except NotFound:
            pass
        path = Path(self.file)
        try:
            content = path.expanduser().read_bytes()
        except (OSError, RuntimeError) as error:  # "~nobody" is no home
            raise UsageError(
                say(
                    "The file {path} can't be read: {reason}.",
                    path=path,
                    reason=getattr(error, "strerror", "") or error,
                ),
                say("Name a file on this computer, or a kept one by its id, such as kf3."),
            ) from error
        new = NewPaper(self.kind, path.name, content)
        return paper_id(keep_paper(session, NOUN, file.row.id or 0, new, at=situation.now, actor=situation.actor).id)


def to_work_on(session: Session, given: str) -> OrderFile:
    """Return an order that something can still be done with; RefusedByRule for a cancelled one."""
    file = open_order(session, given)
    if file.row.stage == Stage.CANCELLED:
        raise RefusedByRule(
            say("{order} is cancelled.", order=file.row.number), say("`mailcrm order new` makes another one.")
        )
    return file


def day_of(given: str, situation: Situation) -> date:
    """Return the day that was written, today where none was; RefusedByRule for one that lies ahead: it hasn't happened yet."""
    day = read_day(given) or situation.today
    if day > situation.today:
        raise RefusedByRule(
            say("{day} lies ahead.", day=day), say("A step is noted when it has happened; a plan is a due date.")
        )
    return day


def money_of(given: str, content: OrderContent) -> Money | None:
    """Return the amount that was written, in the order's currency where it names none; None where none was."""
    return parse_money(given, content.currency) if given.strip() else None


@dataclass(frozen=True, slots=True)
class Skip:
    """Why what is missing before a step is passed by; "" for no reason. `on`: the day that stands behind it."""

    reason: str
    on: date


def pass_by(
    session: Session, situation: Situation, file: OrderFile, name: str, missing: Sequence[Missing], skip: Skip
) -> None:
    """Skip what is missing before milestone `name` with a reason; RefusedByRule without one, and for gates but by a manager."""
    hard, reason = [one for one in missing if one.hard], skip.reason.strip()
    if missing and not reason:
        raise refuse(file.row.number, name, missing, file.id)
    if hard and not is_manager(situation):
        raise refuse(file.row.number, name, hard, file.id)
    why = say("{reason}", reason=reason)
    for one in missing:
        state = WAIVED if one.hard else SKIPPED
        settle(session, file, one.name, Settled(situation.actor, situation.now, skip.on, state, reason=why))


def is_manager(situation: Situation, name: str = "") -> bool:
    """Whether a colleague (the one who acts, where none is named) is a manager."""
    return (name or situation.actor) in situation.team.managers()


def snapshot(file: OrderFile) -> dict[str, Any]:
    """Return all that an undo gives back, as JSON values."""
    return {
        "order": file.row.id,
        "row": {name: getattr(file.row, name) for name in _ROW},
        "content": file.content.to_json(),
        "milestones": {
            name: one.model_dump(mode="json", exclude={"id", "order_id", "name"})
            for name, one in file.milestones.items()
        },
    }


def finish(session: Session, situation: Situation, file: OrderFile, before: dict[str, Any], said: Sentence) -> Done:
    """Write an order back and return what the command did; its plan follows what is known now."""
    add_milestones(session, file)
    replan(file, situation.policies.orders, situation.policies.office.tz)
    save(session, file, situation.policies.orders, situation.now)
    before["left"] = file.fingerprint()
    return Done(said, file.thread_id, frozenset(), ("order", {"id": file.id}), before)


def give_back(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
    """Give an order back what it was; refused where something came after."""
    file = open_order(session, f"d{before['order']}")
    if file.fingerprint() != before["left"]:
        raise refuse_undo(say("{order} was changed since.", order=file.row.number))
    how = Settled(situation.actor, situation.now, situation.today, reason=say("Taken back."))
    move(session, file, before["row"]["state"], how)
    for name, value in before["row"].items():
        setattr(file.row, name, value)
    file.content = OrderContent.from_json(before["content"])
    for name, one in list(file.milestones.items()):
        if name not in before["milestones"]:
            session.delete(file.milestones.pop(name))
        else:
            _restore(one, before["milestones"][name])
    for name, stored in before["milestones"].items():
        if name not in file.milestones:
            file.milestones[name] = OrderMilestone(order_id=file.row.id or 0, name=name)
            _restore(file.milestones[name], stored)
    save(session, file, situation.policies.orders, situation.now)
    return frozenset()


def _restore(one: OrderMilestone, stored: Mapping[str, Any]) -> None:
    kept = OrderMilestone.model_validate({"order_id": one.order_id, "name": one.name, **stored})
    for name in stored:
        setattr(one, name, getattr(kept, name))


def claim_of(file: OrderFile, given: str) -> tuple[str, Claim]:
    """Return "deposit" or "balance", and what is due: the one that is named, else the first that isn't credited yet."""
    part = given.strip().lower() or next(
        (one for one in _PARTS if f"{one}_credited" in file.milestones and f"{one}_credited" not in file.settled),
        "balance",
    )
    if part not in _PARTS:
        raise UsageError(say("{part} is no part of the price.", part=part), say("They are: deposit, balance."))
    if f"{part}_credited" not in file.milestones:
        raise RefusedByRule(
            say("{order} has no {part} by its payment terms.", order=file.row.number, part=PART_WORDS[part]),
            say("`mailcrm order edit {order} --terms …` corrects the terms.", order=file.id),
        )
    claim = file.content.claim(part)
    if claim is None:
        raise RefusedByRule(
            say("It isn't known how much is due: {part} of {order}.", part=PART_WORDS[part], order=file.row.number),
            say("Say it first: `mailcrm order edit {order} --{part} …`.", order=file.id, part=part),
        )
    return part, claim
