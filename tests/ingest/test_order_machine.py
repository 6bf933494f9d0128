"""Orders whatever people do in whatever order: no gate is passed, and the history tells who, when and by what.

The model is three facts: what was credited, what was confirmed, how the terms are. The rest is the core's to say.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from ingest.mailroom import Mailroom, open_room
from ingest.ordering import GOODS, order, valves_asked

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.orders.milestones import CONFIRMATIONS, MILESTONES, Stage
from mailcrm.queries.rows import OrderRow

TERMS = {
    "30% T/T deposit, 70% against copy of B/L": (True, True),
    "100% T/T in advance": (True, False),
    "irrevocable L/C at sight": (False, True),
    "30% T/T deposit, 70% before shipment": (True, True),
}
STEPS = [one.name for one in MILESTONES]
PASSED = ("done", "skipped")


class Orders(RuleBasedStateMachine):
    """One order of one customer; `room` is given by the test."""

    room: Mailroom

    @initialize(terms=st.sampled_from(sorted(TERMS)))
    def make(self, terms: str) -> None:
        self.deposit, self.balance = TERMS[terms]
        self.bank = "L/C" in terms
        self.room.clock.at += timedelta(minutes=1)
        row = self.room.core.do("new_order", about="t1", lines=GOODS, terms=terms, mail="m1").row
        self.id = row.id
        self.credited: set[str] = set()
        self.confirmed: set[str] = set()
        self.paid = 0

    def _do(self, verb: str, **arguments: object) -> bool:
        """Try a command; whether it was done."""
        self.room.clock.at += timedelta(minutes=1)
        before = order(self.room, self.id)
        try:
            self.room.core.do(verb, id=self.id, **arguments)
        except MailcrmError as error:
            refused = error
        else:
            return True
        assert refused.hint, refused
        assert order(self.room, self.id) == before
        return False

    @rule(step=st.sampled_from(STEPS), skip=st.sampled_from(["", "", "agreed by phone"]))
    def advance(self, step: str, skip: str) -> None:
        self._do("advance_order", to=step, skip=skip)

    @rule(part=st.sampled_from(["deposit", "balance"]))
    def slip(self, part: str) -> None:
        self._do("money_seen", part=part, mail="m1")

    @rule(part=st.sampled_from(["deposit", "balance"]), whole=st.booleans())
    def credit(self, part: str, whole: bool) -> None:
        self.paid += 1
        amount = "" if whole else "1"
        if self._do("money_credited", part=part, amount=amount, reference=f"FT{self.paid}") and whole:
            self.credited.add(part)

    @rule(parts=st.sets(st.sampled_from(CONFIRMATIONS), min_size=1))
    def confirm(self, parts: set[str]) -> None:
        if self._do("confirm_order", parts=",".join(sorted(parts)), mail="m1"):
            self.confirmed |= parts

    @rule(touches=st.sampled_from([*CONFIRMATIONS, "other"]))
    def change(self, touches: str) -> None:
        begun = self._state("production") != "open"
        if self._do("change_order", what="another one", touches=touches):
            assert not begun, "a late change passed without its cost"
            self.confirmed.discard(touches)

    @rule(part=st.sampled_from(CONFIRMATIONS), value=st.sampled_from(["red", "blue"]))
    def edit(self, part: str, value: str) -> None:
        was = order(self.room, self.id).content[part]
        if self._do("edit_order", **{part: value}) and was != value:
            assert self._state("production") == "open"
            self.confirmed.discard(part)

    @rule(how=st.sampled_from(["originals", "telex", "bank"]))
    def release(self, how: str) -> None:
        if self._do("release_order", how=how, approved_by="mei"):
            assert how == "bank" if self.bank and "balance" not in self.credited else True
            assert how != "bank" or self.bank

    @rule()
    def nobody_cancels_what_sails(self) -> None:
        if self._state("on_board") in PASSED:
            assert not self._do("cancel_order", reason="no need")

    def _state(self, name: str) -> str:
        return {one.name: one.state for one in order(self.room, self.id).milestones}.get(name, "none")

    @invariant()
    def no_production_without_the_deposit_and_four_confirmations(self) -> None:
        if hasattr(self, "id") and self._state("production") in PASSED:
            assert "deposit" in self.credited or not self.deposit
            assert set(CONFIRMATIONS) <= self.confirmed

    @invariant()
    def no_release_without_the_balance(self) -> None:
        if hasattr(self, "id") and self._state("release") in PASSED:
            assert "balance" in self.credited or not self.balance or self.bank

    @invariant()
    def nothing_is_waived_where_there_is_no_manager(self) -> None:
        if hasattr(self, "id"):
            assert "waived" not in {one.state for one in order(self.room, self.id).milestones}

    @invariant()
    def the_history_is_a_chain_with_actor_time_and_evidence(self) -> None:
        if hasattr(self, "id"):
            row: OrderRow = order(self.room, self.id)
            assert row.history[-1].to == row.state
            for one, following in zip(row.history, row.history[1:], strict=False):
                assert (one.to, one.at <= following.at) == (following.from_, True)
            assert all(one.actor and one.at and one.evidence for one in row.history)
            assert row.stage in [stage.value for stage in Stage]


def test_no_order_passes_a_gate(tmp_path: Path, fresh_sqlite: Path) -> None:
    room = open_room(tmp_path / "home", fresh_database=fresh_sqlite)
    valves_asked(room)

    class Here(Orders):
        pass

    Here.room = room
    try:
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=12,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                database=None,
            ),
        )
    finally:
        room.core.close()


def test_the_machine_would_see_a_gate_that_is_open(tmp_path: Path, fresh_sqlite: Path) -> None:
    """A model that forgets what was credited must find production begun."""
    room = open_room(tmp_path / "home", fresh_database=fresh_sqlite)
    valves_asked(room)
    machine = Orders()
    machine.room = room
    machine.make("30% T/T deposit, 70% against copy of B/L")
    machine.credit("deposit", whole=True)
    machine.confirm(set(CONFIRMATIONS))
    machine.advance("production", "agreed by phone")
    machine.no_production_without_the_deposit_and_four_confirmations()
    machine.credited.clear()
    with pytest.raises(AssertionError):
        machine.no_production_without_the_deposit_and_four_confirmations()
    room.core.close()
