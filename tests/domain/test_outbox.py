"""The outbox: no mail is sent twice without a person's word, none is forgotten, and doubt is never resolved by guessing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain import outbox
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.outbox import CANCELLABLE, RETRYABLE, WAITING, Dispatch, Status
from mailcrm.domain.sending_queue import Queue, free_slots, queue_failed, rests

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def mail(state: Status = Status.QUEUED) -> Dispatch:
    """Return a mail that is meant to leave now."""
    return Dispatch(key="a@b.example", state=state, held_until=NOW)


SENDING = outbox.begin(mail(), NOW)
DOUBTFUL = outbox.lost(SENDING, NOW + minutes(1))

STEPS: dict[str, tuple[Callable[[Dispatch], Dispatch], frozenset[Status]]] = {
    "hold": (lambda d: outbox.hold(d, NOW + HOUR), frozenset({Status.DRAFT})),
    "queue": (lambda d: outbox.queue(d, NOW), frozenset({Status.DRAFT})),
    "begin": (lambda d: outbox.begin(d, NOW), WAITING),
    "accepted": (lambda d: outbox.accepted(d, NOW), frozenset({Status.SENDING})),
    "refused": (outbox.refused, WAITING | {Status.SENDING}),
    "deferred": (lambda d: outbox.deferred(d, NOW), WAITING | {Status.SENDING}),
    "lost": (lambda d: outbox.lost(d, NOW), WAITING | {Status.SENDING}),
    "orphaned": (lambda d: outbox.orphaned(d, NOW), frozenset({Status.SENDING})),
    "looked": (lambda d: outbox.looked(d, NOW), frozenset({Status.IN_DOUBT})),
    "found": (outbox.found, frozenset({Status.IN_DOUBT})),
    "bounced": (lambda d: outbox.bounced(d, everybody_failed=True), frozenset({Status.SENT, Status.BOUNCED})),
    "cancel": (outbox.cancel, CANCELLABLE),
    "retry": (lambda d: outbox.retry(d, NOW), RETRYABLE),
    "resend": (lambda d: outbox.resend(d, NOW), frozenset({Status.IN_DOUBT})),
}


@pytest.mark.parametrize("state", Status)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_possible_from_its_states_and_from_no_other(step: str, state: Status) -> None:
    apply, allowed = STEPS[step]
    if state in allowed:
        assert apply(mail(state)).state in Status
    else:
        with pytest.raises(RefusedByRule):
            apply(mail(state))


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        (mail(Status.DRAFT), "hold", Status.HELD),
        (mail(Status.DRAFT), "queue", Status.QUEUED),
        (mail(Status.HELD), "begin", Status.SENDING),
        (mail(Status.DEFERRED), "begin", Status.SENDING),
        (SENDING, "accepted", Status.SENT),
        (SENDING, "refused", Status.FAILED),
        (mail(), "refused", Status.FAILED),
        (SENDING, "deferred", Status.DEFERRED),
        (mail(), "deferred", Status.DEFERRED),
        (SENDING, "lost", Status.IN_DOUBT),
        (SENDING, "orphaned", Status.IN_DOUBT),
        (DOUBTFUL, "found", Status.SENT),
        (DOUBTFUL, "looked", Status.IN_DOUBT),
        (DOUBTFUL, "resend", Status.QUEUED),
        (mail(Status.SENT), "bounced", Status.BOUNCED),
        (mail(Status.DEFERRED), "retry", Status.QUEUED),
        (mail(Status.FAILED), "retry", Status.QUEUED),
        (mail(Status.DEFERRED), "cancel", Status.CANCELLED),
        (mail(Status.FAILED), "cancel", Status.CANCELLED),
    ],
)
def test_where_each_step_leads(before: Dispatch, step: str, after: Status) -> None:
    assert STEPS[step][0](before).state is after


def test_a_held_mail_is_due_when_its_time_has_come() -> None:
    held = outbox.hold(mail(Status.DRAFT), NOW + HOUR)
    assert not outbox.due(held, NOW + HOUR - timedelta(seconds=1))
    assert outbox.due(held, NOW + HOUR)
    assert outbox.leaves_at(held, NOW) == NOW + HOUR


@pytest.mark.parametrize("state", [Status.DRAFT, Status.SENDING, Status.SENT, Status.FAILED, Status.IN_DOUBT, Status.BOUNCED, Status.CANCELLED])  # fmt: skip
def test_these_never_leave_by_themselves(state: Status) -> None:
    anything = replace(mail(state), next_attempt=NOW)
    assert not outbox.due(anything, NOW + timedelta(days=400))
    assert outbox.leaves_at(anything, NOW) is None


def test_the_pauses_are_1_5_15_60_minutes_then_4_hours_give_or_take_a_fifth() -> None:
    now, waiting, pauses = NOW, mail(), []
    for _ in range(7):
        waiting = outbox.deferred(waiting, now)
        assert waiting.next_attempt is not None
        pauses.append((waiting.next_attempt - now) / minutes(1))
        now = waiting.next_attempt
    for pause, told in zip(pauses, [1, 5, 15, 60, 240, 240, 240], strict=True):
        assert told * 0.8 <= pause <= told * 1.2
    assert len({pause / told for pause, told in zip(pauses[4:], [240] * 3, strict=True)}) > 1


def test_given_up_48_hours_after_the_first_failure_not_after_it_was_written() -> None:
    scheduled = mail(Status.HELD)
    first = outbox.deferred(scheduled, NOW + timedelta(days=5))  # the laptop was shut
    assert first.state is Status.DEFERRED
    late = outbox.deferred(first, NOW + timedelta(days=7) - timedelta(seconds=1))
    assert late.state is Status.DEFERRED
    over = outbox.deferred(late, NOW + timedelta(days=7))
    assert (over.state, over.next_attempt, over.attempts) == (Status.FAILED, None, 3)


def test_a_person_who_tries_again_starts_the_pauses_anew() -> None:
    given_up = replace(mail(Status.FAILED), attempts=9, failures=9, failing_since=NOW - timedelta(days=2))
    again = outbox.deferred(outbox.retry(given_up, NOW), NOW)
    assert (again.state, again.attempts, again.failures) == (Status.DEFERRED, 10, 1)
    assert again.next_attempt is not None
    assert again.next_attempt <= NOW + minutes(1.2)


@pytest.mark.parametrize("state", [Status.HELD, Status.QUEUED, Status.DEFERRED])
def test_the_rep_is_told_two_hours_after_it_should_have_left(state: Status) -> None:
    waiting = replace(mail(state), next_attempt=NOW + timedelta(days=1))
    assert not outbox.stuck(waiting, NOW + 2 * HOUR - timedelta(seconds=1))
    assert outbox.stuck(waiting, NOW + 2 * HOUR)


def test_a_mail_for_next_week_is_not_stuck() -> None:
    assert not outbox.stuck(outbox.hold(mail(Status.DRAFT), NOW + 168 * HOUR), NOW + 167 * HOUR)


class TestDoubt:
    """Looked for 2, 10 and 30 minutes after DATA, then a person decides."""

    def test_the_looks(self) -> None:
        doubt, looks = DOUBTFUL, []
        while doubt.next_attempt is not None:
            looks.append((doubt.next_attempt - NOW) / minutes(1))
            doubt = outbox.looked(doubt, doubt.next_attempt)
        assert looks == [2, 10, 30]
        assert (doubt.state, doubt.looked_for) == (Status.IN_DOUBT, 3)

    @pytest.mark.parametrize(
        ("after", "looks", "following"), [(2, 1, 10), (9, 1, 10), (12, 2, 30), (31, 3, None), (600, 3, None)]
    )
    def test_a_late_look_stands_for_those_it_missed(self, after: int, looks: int, following: int | None) -> None:
        doubt = outbox.looked(DOUBTFUL, NOW + minutes(after))
        assert doubt.looked_for == looks
        assert doubt.next_attempt == (None if following is None else NOW + minutes(following))

    def test_it_is_looked_for_until_30_minutes_after_data(self) -> None:
        assert outbox.is_looked_for(DOUBTFUL, NOW + minutes(30) - timedelta(seconds=1))
        assert not outbox.is_looked_for(DOUBTFUL, NOW + minutes(30))
        assert not outbox.is_looked_for(replace(mail(Status.SENT), sending_at=NOW), NOW)

    def test_found_it_left_when_data_began(self) -> None:
        found = outbox.found(DOUBTFUL)
        assert (found.state, found.sent_at, found.next_attempt) == (Status.SENT, NOW, None)

    def test_an_orphan_is_looked_for_from_data_on(self) -> None:
        orphan = outbox.orphaned(SENDING, NOW + HOUR)
        assert (orphan.state, orphan.next_attempt) == (Status.IN_DOUBT, NOW + minutes(2))


def test_a_mail_that_did_not_come_back_after_all_is_sent() -> None:
    back = outbox.bounced(mail(Status.SENT), everybody_failed=True)
    assert outbox.bounced(back, everybody_failed=False).state is Status.SENT


@pytest.mark.parametrize("state", sorted(CANCELLABLE))
def test_a_cancelled_mail_can_be_put_back_where_it_was(state: Status) -> None:
    assert outbox.put_back(outbox.cancel(mail(state)), state) == mail(state)


def test_nothing_is_put_back_into_sending() -> None:
    with pytest.raises(RefusedByRule):
        outbox.put_back(mail(Status.CANCELLED), Status.SENDING)


class Wire:
    """A mail between mailcrm and a server that may take it and swallow its answer, while either may die at any moment."""

    def __init__(self) -> None:
        self.dispatch, self.now = outbox.queue(Dispatch(key="x"), NOW), NOW
        self.taken = self.resent = 0

    def begin(self) -> None:
        if outbox.due(self.dispatch, self.now):
            self.dispatch = outbox.begin(self.dispatch, self.now)

    def answer(self) -> None:
        self.dispatch = outbox.accepted(self.dispatch, self.now)
        self.taken += 1

    def refuse(self) -> None:
        self.dispatch = outbox.refused(self.dispatch)

    def defer(self) -> None:
        self.dispatch = outbox.deferred(self.dispatch, self.now)

    def cut(self) -> None:
        self.dispatch = outbox.lost(self.dispatch, self.now)

    def swallow(self) -> None:
        before, self.dispatch = self.dispatch, outbox.lost(self.dispatch, self.now)
        self.taken += before.state is Status.SENDING

    def die(self) -> None:
        self.dispatch = outbox.orphaned(self.dispatch, self.now)

    def die_late(self) -> None:
        self.dispatch = outbox.orphaned(self.dispatch, self.now)
        self.taken += 1

    def look(self) -> None:
        if outbox.look_due(self.dispatch, self.now):
            self.dispatch = outbox.looked(self.dispatch, self.now)

    def find(self) -> None:
        if self.taken:
            self.dispatch = outbox.found(self.dispatch)

    def cancel(self) -> None:
        self.dispatch = outbox.cancel(self.dispatch)

    def later(self) -> None:
        self.now += 9 * HOUR

    def retry(self) -> None:
        self.dispatch = outbox.retry(self.dispatch, self.now)

    def resend(self) -> None:
        self.dispatch = outbox.resend(self.dispatch, self.now)
        self.resent += 1


HAPPENINGS = [name for name in vars(Wire) if not name.startswith("_")]


@given(st.lists(st.sampled_from(HAPPENINGS), max_size=60))
def test_accepted_at_most_once_and_once_more_for_each_time_a_person_had_it_resent(happenings: list[str]) -> None:
    wire = Wire()
    for happening in happenings:
        wire.now += minutes(7)
        with contextlib.suppress(RefusedByRule):
            getattr(wire, happening)()
        assert wire.taken <= 1 + wire.resent
        assert wire.taken or wire.dispatch.state is not Status.SENT


@given(st.sampled_from([Status.SENDING, Status.IN_DOUBT, Status.SENT, Status.BOUNCED]), st.lists(st.sampled_from(sorted(set(STEPS) - {"resend"})), max_size=20))  # fmt: skip
def test_from_data_on_only_an_explicit_no_or_a_person_leads_to_another_attempt(state: Status, steps: list[str]) -> None:
    dispatch = replace(mail(state), sending_at=NOW)
    for step in steps:
        if dispatch.state is Status.SENDING and step in ("deferred", "refused"):
            return  # an explicit no: certain
        try:
            dispatch = STEPS[step][0](dispatch)
        except RefusedByRule:
            continue
        assert dispatch.state in (Status.SENDING, Status.IN_DOUBT, Status.SENT, Status.BOUNCED)
        assert not outbox.due(dispatch, NOW + timedelta(days=400))


@given(st.lists(st.timedeltas(minutes(0), 8 * HOUR), min_size=1, max_size=80))
def test_what_is_deferred_is_tried_again_or_given_up_never_forgotten(steps: list[timedelta]) -> None:
    dispatch, now = mail(), NOW
    for step in steps:
        dispatch = outbox.deferred(dispatch, now)
        if dispatch.state is Status.FAILED:
            assert dispatch.failing_since is not None
            assert now - dispatch.failing_since >= 48 * HOUR
            return
        assert dispatch.next_attempt is not None
        assert now < dispatch.next_attempt <= now + 5 * HOUR
        assert outbox.due(dispatch, dispatch.next_attempt)
        now = dispatch.next_attempt + step


class TestLine:
    """An account's server that is away stops its own mails, and at most so many leave in a minute."""

    def test_it_rests_longer_each_time(self) -> None:
        line, told = Queue("work"), []
        for _ in range(5):
            line = queue_failed(line, NOW)
            assert line.rests_until is not None
            told.append(round((line.rests_until - NOW) / minutes(1) / 60 * 60))
            assert rests(line, line.rests_until - timedelta(seconds=1))
            assert not rests(line, line.rests_until)
        assert told == sorted(told)
        assert 192 <= told[-1] <= 288

    def test_a_line_that_never_failed_does_not_rest(self) -> None:
        assert not rests(Queue("work"), NOW)

    @pytest.mark.parametrize(
        ("seconds_ago", "rate", "free"),
        [
            ([], 3, 3),
            ([1, 2], 3, 1),
            ([1, 2, 3], 3, 0),
            ([1, 2, 59, 60, 61], 3, 0),
            ([1, 60, 61], 3, 2),
            ([1, 2, 3], 0, None),
            ([-7200, -7201, -7202], 3, 3),
        ],
    )
    def test_so_many_leave_in_a_minute(self, seconds_ago: list[int], rate: int, free: int | None) -> None:
        assert free_slots([NOW - timedelta(seconds=s) for s in seconds_ago], rate, NOW) == free
