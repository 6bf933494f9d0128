"""Edit an order: what it says and when its milestones are due. What the customer confirmed or signed doesn't change silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import finish, give_back, is_manager, snapshot, to_work_on
from mailcrm.actions.owing import check_terms, settle_claims
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.orders.fields import FIELDS, edited, read_day, read_pairs
from mailcrm.domain.orders.milestones import CONFIRMATIONS, parts_words
from mailcrm.domain.words import Sentence, say
from mailcrm.records import OrderMilestone
from mailcrm.store.orders import OPEN, OrderFile, Settled, note, reopen
from mailcrm.store.team import person_named

__all__ = ["COMMAND", "EditOrder"]

_SIGNED = frozenset({"terms", "deposit", "balance", "lines"})
_MADE = frozenset({"lines", *CONFIRMATIONS})


@dataclass(frozen=True)
class EditOrder:
    """Change the fields of order `id` that are given (domain.orders.fields), as text; "" empties one.

    `due` and `owners`: "produced=2026-12-10, booking=" and "inspection=xu", by milestone; nothing behind "=" gives it back to the plan, or to the
    order's owner. `owner`: who follows the order.
    """

    id: str
    po: str | None = None
    pi: str | None = None
    sc: str | None = None
    terms: str | None = None
    incoterm: str | None = None
    lines: str | None = None
    latest_shipment: str | None = None
    packing: str | None = None
    mark: str | None = None
    colour: str | None = None
    pp_sample: str | None = None
    special: str | None = None
    deposit: str | None = None
    deposit_due: str | None = None
    balance: str | None = None
    balance_due: str | None = None
    lc_number: str | None = None
    lc_bank: str | None = None
    lc_latest_shipment: str | None = None
    lc_expiry: str | None = None
    lc_days: str | None = None
    forwarder: str | None = None
    booking: str | None = None
    vessel: str | None = None
    loading: str | None = None
    destination: str | None = None
    si_cut_off: str | None = None
    cut_off: str | None = None
    etd: str | None = None
    eta: str | None = None
    container: str | None = None
    declaration: str | None = None
    bl_number: str | None = None
    bl_kind: str | None = None
    courier: str | None = None
    waybill: str | None = None
    documents: str | None = None
    ready: str | None = None
    due: str = ""
    owners: str = ""
    owner: str | None = None

    verb: ClassVar[str] = "edit_order"
    title: ClassVar[Sentence] = say("Edit the order")
    help: ClassVar[Sentence] = say(
        "Change what an order says and when its milestones are due; what the customer confirmed is void when it changes, and behind the gate it doesn't."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Change it; RefusedByRule for what is signed, or made already."""
        file = to_work_on(session, self.id)
        before, now = snapshot(file), file.content
        given = {name: value for name in FIELDS if (value := getattr(self, name)) is not None}
        file.content = edited(file.content, given, situation.today)
        if file.content.to_json() != now.to_json():
            _check_signed(file, given, situation)
            check_terms(now, file.content, situation)
        self._place(session, file)
        how = Settled(situation.actor, situation.now, situation.today, reason=_what(self._given()))
        changed = [one for one in CONFIRMATIONS if getattr(now, one) != getattr(file.content, one)]
        _check_made(file, ["lines"] * (now.lines != file.content.lines) + changed)
        void = [one for one in changed if file.milestones[one].state != OPEN]
        for one in void:
            reopen(session, file, one, how)
        if not void:
            note(session, file, how)
        settle_claims(session, file, situation)
        said = (
            say("Order changed; to be confirmed again: {parts}.", parts=parts_words(void))
            if void
            else say("Order changed.")
        )
        return finish(session, situation, file, before, said)

    def _given(self) -> list[str]:
        given = [one.name for one in fields(self) if one.name != "id" and getattr(self, one.name) not in (None, "")]
        emptied = [name for name in FIELDS if getattr(self, name) == ""]
        if not given and not emptied:
            raise UsageError(say("Nothing to change."), say("`mailcrm order edit --help` lists the fields."))
        return given + emptied

    def _place(self, session: Session, file: OrderFile) -> None:
        """Set due days and owners."""
        for name, day in read_pairs(self.due).items():
            one, wanted = _milestone(file, name), read_day(day)
            one.due, one.by_hand = wanted or one.due, wanted is not None
        for name, owner in read_pairs(self.owners).items():
            _milestone(file, name).owner = person_named(session, owner).name if owner else ""
        if self.owner is not None:
            file.row.owner = person_named(session, self.owner).name if self.owner.strip() else ""

    undo = staticmethod(give_back)


def _what(names: Iterable[str]) -> Sentence:
    return say("Changed: {fields}.", fields=", ".join(names))


def _milestone(file: OrderFile, name: str) -> OrderMilestone:
    if name not in file.milestones:
        raise UsageError(
            say("{name} is no milestone of this order.", name=name),
            say("They are: {names}.", names=", ".join(file.milestones)),
        )
    return file.milestones[name]


def _check_signed(file: OrderFile, given: Iterable[str], situation: Situation) -> None:
    """Terms and amounts are signed with the PI: afterwards only a manager changes them, where there is one."""
    signed = sorted(_SIGNED.intersection(given))
    if signed and "pi_signed" in file.settled and situation.team.managers() and not is_manager(situation):
        raise RefusedByRule(
            say("The customer signed this: {fields}.", fields=", ".join(signed)),
            say("A manager may change it, or note it as a change: `mailcrm order change {order}`.", order=file.id),
        )


def _check_made(file: OrderFile, changed: Iterable[str]) -> None:
    made = [one for one in changed if one in _MADE]
    if made and file.milestones["production"].state != OPEN:
        raise RefusedByRule(
            say("Production of {order} has begun by this: {fields}.", order=file.row.number, fields=", ".join(made)),
            say("Note it as a change, with its cost: `mailcrm order change {order}`.", order=file.id),
        )


COMMAND = EditOrder
