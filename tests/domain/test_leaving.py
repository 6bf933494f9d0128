"""What is on its way for a turn: shown, and whether it will be in time; it stops no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailcrm.domain import outbox
from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.leaving import Answer, Leaving, leaving
from mailcrm.domain.clock.ledger import MailArrived
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.message import Kind, Role
from mailcrm.domain.outbox import Dispatch, Status

ASKED = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NOW = ASKED + timedelta(hours=20)
DUE = ASKED + timedelta(hours=24)


@pytest.fixture
def turn() -> Turn:
    mail = MailArrived(
        at=ASKED, key="m1", sender="jan@acme.example", party="domain:acme.example", kind=Kind.HUMAN,
        kind_first=Kind.HUMAN, role=Role.CUSTOMER, asks=True, low=False,
    )  # fmt: skip
    (found,) = replay([mail], Policy()).turns
    return found


def answer(state: Status, *, until: datetime | None = ASKED, **moments: datetime) -> Answer:
    return Answer(replace(Dispatch(state=state), **moments), until)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "in_time", "flag"),
    [
        (DUE - timedelta(seconds=1), True, "scheduled"),
        (DUE, False, "scheduled_late"),
        (DUE + timedelta(days=1), False, "scheduled_late"),
    ],
)
def test_a_scheduled_mail_says_whether_it_will_be_in_time(
    turn: Turn, at: datetime, flag: str, *, in_time: bool
) -> None:
    shown = leaving(turn, [answer(Status.HELD, held_until=at)], NOW)
    assert (shown.leaves_at, shown.in_time, shown.flags) == (at, in_time, (flag,))


def test_a_deferred_mail_leaves_with_its_next_attempt_and_a_queued_one_now(turn: Turn) -> None:
    later = answer(Status.DEFERRED, held_until=NOW - timedelta(hours=1), next_attempt=DUE + timedelta(hours=1))
    assert leaving(turn, [later], NOW).in_time is False
    assert leaving(turn, [later, answer(Status.QUEUED)], NOW).leaves_at == NOW


def test_what_should_have_left_long_ago_leaves_now_at_the_earliest(turn: Turn) -> None:
    shown = leaving(turn, [answer(Status.HELD, held_until=ASKED)], DUE + timedelta(hours=1))
    assert (shown.leaves_at, shown.in_time) == (DUE + timedelta(hours=1), False)


def test_a_draft_leaves_nowhere(turn: Turn) -> None:
    assert leaving(turn, [answer(Status.DRAFT)], NOW) == Leaving(draft=True)
    assert leaving(turn, [answer(Status.DRAFT)], NOW).flags == ("draft",)


@pytest.mark.parametrize("state", [Status.SENT, Status.FAILED, Status.CANCELLED, Status.BOUNCED])
def test_what_left_or_never_will_is_not_on_its_way(turn: Turn, state: Status) -> None:
    assert leaving(turn, [answer(state, held_until=NOW)], NOW) == Leaving()


def test_a_mail_that_was_written_before_the_customer_asked_is_no_answer(turn: Turn) -> None:
    before = answer(Status.HELD, until=ASKED - timedelta(hours=1), held_until=NOW + timedelta(hours=1))
    assert leaving(turn, [before], NOW) == Leaving()
    assert leaving(turn, [replace(before, answers_until=None)], NOW).in_time is True


def test_a_doubt_is_looked_for_30_minutes_long(turn: Turn) -> None:
    doubt = Answer(outbox.lost(outbox.begin(Dispatch(state=Status.QUEUED), NOW), NOW), ASKED)
    assert leaving(turn, [doubt], NOW + timedelta(minutes=29)) == Leaving(in_doubt=True, looked_for=True)
    assert leaving(turn, [doubt], NOW + timedelta(minutes=30)) == Leaving(in_doubt=True)
    assert leaving(turn, [doubt], NOW).flags == ("in_doubt",)
