"""Samples, whatever people, couriers and time do in whatever order: no forbidden state, and every step has an actor, a time, evidence."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from service.samplehouse import AWB, MONDAY, SHEET, SampleHouse, empty_database, open_house

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.samples.states import STEPS, SampleState

pytestmark = pytest.mark.timeout(3600)

S = SampleState
COLOURS = st.sampled_from(["Pantone 185 C", "RAL 9005", ""])
STATES = st.sampled_from([state.value for state in S])
AWBS = st.sampled_from([AWB, "2718281834", "12"])
UNDONE = "Taken back."


@contextmanager
def _house(database: Path) -> Iterator[SampleHouse]:
    with tempfile.TemporaryDirectory() as place:
        yield from open_house(Path(place), database)


class Samples(RuleBasedStateMachine):
    """One house, one sample, everything that can happen to it; what a rule of the house refuses changes nothing."""

    database: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self._open = _house(self.database)
        self.house = self._open.__enter__()
        self.moment = MONDAY
        self.actions: list[str] = []
        self.notices = 0

    def teardown(self) -> None:
        self._open.__exit__(None, None, None)

    @initialize(
        kind=st.sampled_from(["sales", "stock", "pre_production"]), direction=st.sampled_from(["ours", "theirs"])
    )
    def asked(self, kind: str, direction: str) -> None:
        self.house.asked()
        self._try("edit_sample", **{**SHEET, "kind": kind, "direction": direction})

    def _try(self, verb: str, **arguments: object) -> None:
        """Do it; where it is refused, nothing has changed, and the mend is told."""
        before = self.house.row()
        self.house.at(self.moment)
        refused = self._refused(verb, **({"id": "s1"} | arguments))
        if refused is not None:
            assert refused.hint is not None, refused
            assert self.house.row().history == before.history
            assert self.house.row().sheet == before.sheet

    def _refused(self, verb: str, **arguments: object) -> MailcrmError | None:
        """Do it; return the refusal, None where it was done."""
        try:
            done = self.house.core.do(verb, **arguments)
        except MailcrmError as refused:
            return refused
        if done.action is not None:
            self.actions.append(done.action)
        return None

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.moment += timedelta(hours=hours)
        self.house.at(self.moment)
        self.house.core.tick_steps()

    @rule(colour=COLOURS)
    def edited(self, colour: str) -> None:
        self._try("edit_sample", colour=colour)

    @rule(state=STATES, skip=st.booleans())
    def advanced(self, state: str, *, skip: bool) -> None:
        self._try("advance_sample", state=state, reason="so it is", skip="so it is" if skip else "")

    @rule()
    def handed_in_and_signed(self) -> None:
        for state in ("spec_draft", "pending_sign"):
            self._try("advance_sample", state=state)
        self._try("sign_sample")

    @rule()
    def made(self) -> None:
        for state in ("making", "made"):
            self._try("advance_sample", state=state)

    @rule()
    def sent_back(self) -> None:
        self._try("reject_sample", note="which red?")

    @rule(ok=st.sampled_from([["all"], ["item"]]), fail=st.sampled_from(["", "", "too soft"]))
    def checked(self, ok: list[str], fail: str) -> None:
        self._try("check_sample", ok=ok, fail=fail)

    @rule()
    def photographed(self) -> None:
        self._try("photo_sample", files=[self.house.photo()])

    @rule(awb=AWBS)
    def shipped(self, awb: str) -> None:
        self._try("ship_sample", carrier="dhl", awb=awb)

    @rule(status=st.sampled_from(["delivered", "exception", "in_transit"]), signed=st.booleans(), awb=AWBS)
    def the_courier_writes(self, status: str, awb: str, *, signed: bool) -> None:
        self.notices += 1
        self.house.notice(status, self.moment, awb=awb, signed=signed, number=self.notices)

    @rule()
    def jan_writes(self) -> None:
        self.moment += timedelta(minutes=1)
        self.house.writes(f"The nozzle is fine ({self.moment}).", self.moment)

    @rule(verdict=st.sampled_from(["", "ok", "changes", "rejected"]))
    def feedback(self, verdict: str) -> None:
        self._try("sample_feedback", verdict=verdict, text="they say so")

    @rule()
    def the_draft_leaves(self) -> None:
        if len(self.house.drafts()) == 1:
            self.moment += timedelta(minutes=1)
            self.house.send_draft(self.moment)

    @rule(answer=st.sampled_from(["yes", "no"]))
    def a_suggestion_is_answered(self, answer: str) -> None:
        for proposal in self.house.proposals():
            if proposal.ref == "s1":
                self._refused("decide", item=proposal.id, answer=answer)

    @rule()
    def cancelled(self) -> None:
        self._try("cancel_sample", reason="they changed their mind")

    @rule()
    def taken_back(self) -> None:
        if self.actions:
            self._refused("undo", id=self.actions.pop())

    @invariant()
    def every_step_is_one_that_there_is_and_is_shown(self) -> None:
        row = self.house.row()
        before = ""
        for step in row.history:
            assert step.from_ == before
            taken_back = str(step.reason) == UNDONE
            skipped = str(step.reason).startswith("Skipped")
            known = before == "" or S(step.to) in STEPS[S(before)]
            assert known or taken_back or skipped, step
            assert step.actor
            assert step.evidence
            before = step.to
        assert row.state == before

    @invariant()
    def nothing_leaves_without_its_gates(self) -> None:
        row = self.house.row()
        if row.state not in ("shipped", "exception", "delivered", "feedback_requested", "follow_up", "silent"):
            return
        assert row.direction == "ours"
        assert row.photos
        assert all(line["ok"] or line["deviation"] for line in row.checklist)
        assert row.kind == "stock" or (row.signature is not None and row.signature.holds)
        assert row.parcel is not None
        assert row.parcel.awb

    @invariant()
    def a_mail_stands_ready_for_what_is_to_be_asked(self) -> None:
        if self.house.state == "delivered":
            about = [row for row in self.house.core.ask("outbox") if row.state != "cancelled"]
            assert about, "a customer whose sample was delivered is asked"


with_database = tempfile.TemporaryDirectory()
Samples.database = empty_database(Path(with_database.name))
Samples.TestCase.settings = settings(
    max_examples=100 if os.environ.get("MAILCRM_FAULTS") == "long" else 12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestSamples = Samples.TestCase
