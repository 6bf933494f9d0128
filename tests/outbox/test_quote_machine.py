"""Quotes at random: whatever people, mails and time do in whatever order, no quote is anywhere where it may not be.

No forbidden step, of a number's versions one live and one being written at most, and each step tells who, when and by what it is shown.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from ingest.mailroom import open_room
from outbox.conftest import Post, failure_report
from outbox.quoting import BUYER, SKU, Desk

from mailcrm.adapters.smtp import FakeTransport
from mailcrm.core.facade import Core
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.quotes.states import EDITABLE, LIVE

PRICES = st.sampled_from(["2.40", "2.55", "2.60"])
STATES = st.sampled_from(["negotiating", "re_check", "accepted", "declined", "sent", "withdrawn", "draft", "expired"])


def _desk(place: Path, database: Path) -> Desk:
    room = open_room(place / "home", fresh_database=database)
    post = Post(room, {"work": FakeTransport()}, {"work": room.server})
    numbers = itertools.count(1)
    room.world = replace(
        room.world,
        token=lambda: f"{next(numbers):024x}",
        open_transport=post.connect,
        open_source=lambda account, _stop=None: post.mailboxes[account.name].open(),
    )
    room.core = Core(room.world)
    return Desk(post, place)


class Quotes(RuleBasedStateMachine):
    """One customer, one number, every verb, mail and clock."""

    database: Path

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="quotes-"))
        self.desk = _desk(self.place, self.database)
        self.lists = itertools.count(7)

    @initialize(price=PRICES)
    def begin(self, price: str) -> None:
        self.desk.new(lines=f"{SKU},1000,{price},moq=500")

    def _last(self, back: int = 0) -> str:
        rows = self.desk.core.ask("quotes")
        return str(rows[min(back, len(rows) - 1)].id)

    def _may(self, step: Callable[[], object]) -> None:
        """Do something that may be refused by a rule; nothing else may come of it."""
        try:
            step()
        except MailcrmError as error:
            if error.exit_code not in (2, 4):
                raise

    @rule(back=st.integers(0, 2), verb=st.sampled_from(["check_quote", "ask_approval", "revise_quote", "accept_quote"]))
    def verbs(self, back: int, verb: str) -> None:
        self._may(lambda: self.desk.core.do(verb, id=self._last(back)))

    @rule(back=st.integers(0, 1), price=PRICES)
    def edit(self, back: int, price: str) -> None:
        self._may(lambda: self.desk.core.do("edit_quote", id=self._last(back), lines=f"{SKU},price={price}"))

    @rule(back=st.integers(0, 1), own=st.booleans())
    def approve(self, back: int, own: bool) -> None:
        self._may(lambda: self.desk.core.do("approve_quote", id=self._last(back), own=own))

    @rule(back=st.integers(0, 1))
    def reject(self, back: int) -> None:
        self._may(lambda: self.desk.core.do("reject_quote", id=self._last(back), note="Ask more."))

    @rule(back=st.integers(0, 2), state=STATES, words=st.sampled_from(["", "She called."]))
    def advance(self, back: int, state: str, words: str) -> None:
        self._may(lambda: self.desk.core.do("advance_quote", id=self._last(back), state=state, reason=words))

    @rule(back=st.integers(0, 2), verb=st.sampled_from(["send_quote", "send_quote", "withdraw_quote"]))
    def send(self, back: int, verb: str) -> None:
        self._may(lambda: self.desk.core.do(verb, id=self._last(back), mode="send"))

    @rule(back=st.integers(0, 1))
    def send_by_hand(self, back: int) -> None:
        def step() -> None:
            pdf = self.desk.core.do("render_quote", id=self._last(back)).row.pdf
            if pdf is not None:
                self.desk.sends_by_hand(self._last(back), pdf)

        self._may(step)

    @rule(
        text=st.sampled_from(
            ["Can you do 2.40?", "We order: please find our purchase order attached. Send the PI.", "Thanks."]
        )
    )
    def they_write(self, text: str) -> None:
        self.desk.writes(self.desk.quote(self._last()).thread_id, text)

    @rule(back=st.integers(0, 1))
    def it_comes_back(self, back: int) -> None:
        outgoing = self.desk.quote(self._last(back)).outgoing
        if outgoing is not None:
            mail = self.desk.core.ask("outbox_item", id=outgoing)
            self.desk.post.mailboxes["work"].deliver(b"INBOX", failure_report(mail.message_id, BUYER), self.desk.now)
            self.desk.post.room.sync()

    @rule(days=st.sampled_from([0.1, 4, 8, 31]))
    def time_passes(self, days: float) -> None:
        self.desk.passes(timedelta(days=days))

    @rule(floor=st.sampled_from(["2.50", "2.58"]))
    def another_list(self, floor: str) -> None:
        self.desk.prices(f"v{next(self.lists)}", floor)
        self.desk.passes(timedelta())

    @rule()
    def undo(self) -> None:
        self._may(lambda: self.desk.core.do("undo"))
        if not self.desk.core.ask("quotes"):
            self.begin("2.60")

    @invariant()
    def every_history_is_one_that_the_machine_allows(self) -> None:
        for row in self.desk.core.ask("quotes"):
            self.desk.quote(row.id)

    @invariant()
    def one_version_is_live_and_one_is_being_written_at_most(self) -> None:
        rows = self.desk.core.ask("quotes")
        for states in (LIVE, EDITABLE):
            numbers = Counter(row.number.partition("/")[0] for row in rows if row.state in states)
            assert all(count == 1 for count in numbers.values())

    @invariant()
    def nothing_below_the_floor_went_out_from_here_without_a_manager(self) -> None:
        for row in self.desk.core.ask("quotes"):
            for step in row.history:
                if step.to == "sent" and step.from_ != "ready":
                    assert row.external

    def teardown(self) -> None:
        self.desk.core.close()
        shutil.rmtree(self.place)


@pytest.mark.timeout(600)
def test_no_quote_is_ever_where_it_may_not_be(fresh_sqlite: Path) -> None:
    machine = type("QuotesHere", (Quotes,), {"database": fresh_sqlite})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
