"""Waiting for them: from which mail, until which day of whose week, and what ends it (reply-clock.md, "Waiting for them").

The office is in Shanghai. `at("Mon 10:00")` is in the week of Monday 2 March 2026; `at("Mon 10:00", weeks=1)` a week later.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.adapters.calendar import working_week
from mailcrm.domain.clock.ledger import (
    ElsewhereDecided,
    Event,
    MailArrived,
    MailBounced,
    MailNoted,
    MailSent,
    WaitDecided,
    WroteElsewhere,
)
from mailcrm.domain.clock.office import Office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.message import Kind, Role
from mailcrm.domain.rhythm import is_silent, usual_pause
from mailcrm.domain.waiting.question import question_in
from mailcrm.domain.waiting.replay import replay_wait
from mailcrm.domain.waiting.steps import Schedule
from mailcrm.domain.waiting.story import wait_story
from mailcrm.domain.waiting.wait import Wait, WaitState, state

JAN, EVA, ACME = "jan@acme.example", "eva@acme.example", "domain:acme.example"
FACTORY = "wang@factory.example"
SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
OURS = Schedule()


def at(words: str, weeks: int = 0) -> datetime:
    day, _, clock = words.partition(" ")
    local = datetime.combine(date(2026, 3, 2 + WEEK.index(day)), time.fromisoformat(clock), SHANGHAI)
    return local.astimezone(UTC) + timedelta(weeks=weeks)


def party(address: str) -> str:
    return f"domain:{address.partition('@')[2]}"


def sent(
    when: datetime,
    key: str = "m1",
    to: tuple[str, ...] = (JAN,),
    *,
    asks: bool = True,
    hidden: bool = False,
    nudge: bool = False,
    automatic: bool = False,
) -> MailSent:
    parties = tuple(party(one) for one in to)
    return MailSent(when, key, "li", to, parties, when, asks=asks, hidden=hidden, nudge=nudge, automatic=automatic)


def nudge(when: datetime, key: str = "m2", *, automatic: bool = False) -> MailSent:
    return sent(when, key, nudge=True, automatic=automatic)


def wrote(
    when: datetime, key: str = "m7", sender: str = JAN, kind: Kind = Kind.HUMAN, role: Role = Role.UNKNOWN
) -> MailArrived:
    return MailArrived(when, key, sender, party(sender), kind, kind, role)


def away(when: datetime, until: date | None = None, key: str = "m8", sender: str = JAN) -> MailNoted:
    return MailNoted(when, key, Kind.AUTO_REPLY, sender, party(sender), until)


def bounced(
    when: datetime, original: str = "m1", failed: tuple[str, ...] = (JAN,), *, hard: bool = True
) -> MailBounced:
    return MailBounced(when, "m9", original, failed, hard)


def waits(*events: Event, schedule: Schedule = OURS) -> Wait:
    wait = replay_wait(events, schedule)
    assert wait is not None
    return wait


def test_case_6_an_out_of_office_arrives_while_we_wait() -> None:
    note = away(at("Mon 10:01"), date(2026, 3, 12))
    ledger: list[Event] = [wrote(at("Mon 09:00"), "m0"), sent(at("Mon 10:00")), note]
    (turn,) = replay(ledger, Policy()).turns
    assert turn.end == "closed"  # by our mail: the note opened none
    wait = waits(*ledger)
    assert wait.away_until == date(2026, 3, 12)
    assert wait.due == at("Fri 10:00", weeks=1)  # the working day after Thursday the 12th
    assert state(wait, at("Thu 12:00", weeks=1)) is WaitState.WAITING
    assert state(wait, at("Fri 10:00", weeks=1)) is WaitState.NUDGE_DUE


def test_steps_are_counted_from_the_mail_that_started_it() -> None:
    start = at("Mon 10:00")
    first = waits(sent(start))
    assert (first.due, first.number, first.mail) == (at("Thu 10:00"), 1, "m1")
    second = waits(sent(start), nudge(at("Thu 15:00")))
    assert (second.due, second.number, second.nudges) == (at("Mon 10:00", weeks=1), 2, ("m2",))
    third = waits(sent(start), nudge(at("Thu 15:00")), nudge(at("Mon 11:00", weeks=1), "m3"))
    assert (third.due, third.number) == (at("Mon 10:00", weeks=2), 3)
    last = waits(
        *(sent(start), nudge(at("Thu 15:00")), nudge(at("Mon 11:00", weeks=1), "m3")),
        nudge(at("Mon 10:05", weeks=2), "m4"),
    )
    assert (last.due, last.number) == (at("Mon 10:00", weeks=3), None)
    assert state(last, last.due) is WaitState.NUDGE_DUE  # a person parks it: it is never closed by itself


def test_a_late_nudge_stands_for_every_step_that_was_due() -> None:
    wait = waits(sent(at("Mon 10:00")), nudge(at("Tue 10:00", weeks=1)))
    assert (wait.due, wait.number) == (at("Mon 10:00", weeks=2), 2)


def test_an_early_nudge_is_the_first() -> None:
    wait = waits(sent(at("Mon 10:00")), nudge(at("Tue 10:00")))
    assert (wait.due, wait.number) == (at("Mon 10:00", weeks=1), 2)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("Mon 10:00", WaitState.WAITING),
        ("Thu 09:59:59.999999", WaitState.WAITING),
        ("Thu 10:00", WaitState.NUDGE_DUE),
        ("Sun 10:00", WaitState.NUDGE_DUE),
    ],
)
def test_a_nudge_is_due_to_the_instant(now: str, expected: WaitState) -> None:
    assert state(waits(sent(at("Mon 10:00"))), at(now)) is expected


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(sent(at("Mon 10:00"), asks=False), id="asks nothing"),
        pytest.param(sent(at("Mon 10:00"), hidden=True), id="the customer in Bcc"),
        pytest.param(
            sent(at("Mon 10:00"), to=("a@one.example", "b@two.example", "c@three.example", "d@four.example")), id="mass"
        ),
        pytest.param(sent(at("Mon 10:00"), automatic=True), id="an automatic mail"),
        pytest.param(sent(at("Mon 10:00"), to=()), id="among ourselves"),
    ],
)
def test_what_starts_nothing(mail: MailSent) -> None:
    assert replay_wait([mail], OURS) is None


OPEN, ENDED = "", "answered"


@pytest.mark.parametrize(
    ("then", "end"),
    [
        pytest.param(wrote(at("Tue 10:00")), ENDED, id="the customer"),
        pytest.param(wrote(at("Tue 10:00"), sender=EVA), ENDED, id="a colleague"),
        pytest.param(wrote(at("Tue 10:00"), sender="jan@mail.example"), ENDED, id="from home"),
        pytest.param(wrote(at("Tue 10:00"), kind=Kind.PLATFORM_INQUIRY), ENDED, id="by a platform"),
        pytest.param(wrote(at("Mon 09:00")), OPEN, id="before we asked"),
        pytest.param(wrote(at("Tue 10:00"), kind=Kind.BULK), OPEN, id="a newsletter"),
        pytest.param(wrote(at("Tue 10:00"), sender=FACTORY, role=Role.SUPPLIER), OPEN, id="the supplier"),
        pytest.param(MailNoted(at("Tue 10:00"), "m8", Kind.RECEIPT, JAN, ACME), OPEN, id="a read receipt"),
        pytest.param(MailNoted(at("Tue 10:00"), "m8", Kind.CALENDAR, JAN, ACME), OPEN, id="a calendar answer"),
        pytest.param(away(at("Tue 10:00"), date(2026, 3, 4)), OPEN, id="out of office"),
        pytest.param(sent(at("Tue 10:00"), "m2", (FACTORY,)), OPEN, id="we ask the factory"),
        pytest.param(bounced(at("Tue 10:00"), hard=False), OPEN, id="delayed"),
        pytest.param(WaitDecided(at("Tue 10:00"), "d1", "li", days=0), "stopped", id="a person stops it"),
    ],
)
def test_what_ends_it(then: Event, end: str) -> None:
    wait = waits(wrote(at("Mon 08:00"), "m0"), sent(at("Mon 10:00")), then)
    assert wait.end == end
    assert (wait.mail, wait.since) == ("m1", at("Mon 10:00"))


def test_the_customer_comes_before_whoever_else_was_asked() -> None:
    wait = waits(wrote(at("Mon 08:00"), "m0"), sent(at("Mon 09:00"), "m1", (FACTORY,)), sent(at("Mon 10:00"), "m2"))
    assert (wait.mail, wait.recipients) == ("m2", (JAN,))


@pytest.mark.parametrize("asks", [True, False])
def test_our_next_mail_begins_it_anew(asks: bool) -> None:
    wait = waits(sent(at("Mon 10:00")), nudge(at("Thu 15:00")), sent(at("Fri 09:00"), "m4", asks=asks))
    assert (wait.mail, wait.nudges, wait.due) == ("m4", (), at("Wed 09:00", weeks=1))


@pytest.mark.parametrize(
    ("until", "due"),
    [
        (date(2026, 3, 3), at("Thu 10:00")),  # back before the step: nothing moves
        (date(2026, 3, 4), at("Thu 10:00")),
        (date(2026, 3, 5), at("Fri 10:00")),
        (date(2026, 3, 6), at("Mon 10:00", weeks=1)),
        (date(2026, 4, 1), at("Thu 10:00", weeks=4)),  # the 30th day
        (date(2026, 4, 2), at("Thu 10:00")),  # too far away: somebody else may answer
        (None, at("Tue 10:00", weeks=1)),
    ],
)
def test_out_of_office_moves_the_step(until: date | None, due: datetime) -> None:
    assert waits(sent(at("Mon 10:00")), away(at("Mon 10:01"), until)).due == due


def test_the_steps_behind_a_moved_one_keep_their_distance() -> None:
    note = away(at("Mon 10:01"), date(2026, 3, 13))
    assert waits(sent(at("Mon 10:00")), note, nudge(at("Mon 11:00", weeks=2))).due == at("Wed 10:00", weeks=2)


def test_two_notes_without_a_day_move_it_once() -> None:
    notes = away(at("Mon 10:01")), away(at("Mon 10:02"), key="m10", sender=EVA)
    assert waits(sent(at("Mon 10:00"), to=(JAN, EVA)), *notes).due == at("Tue 10:00", weeks=1)


def test_a_stranger_who_is_away_moves_nothing() -> None:
    assert waits(sent(at("Mon 10:00")), away(at("Mon 10:01"), sender="x@else.example")).due == at("Thu 10:00")


def test_a_bounce_stops_it_until_we_write_anew() -> None:
    failed = waits(sent(at("Mon 10:00")), bounced(at("Mon 10:01")))
    assert state(failed, at("Mon 10:02")) is WaitState.FAILED
    again = waits(sent(at("Mon 10:00")), bounced(at("Mon 10:01")), sent(at("Tue 09:00"), "m2", (EVA,)))
    assert state(again, at("Tue 10:00")) is WaitState.WAITING
    assert waits(sent(at("Mon 10:00"), to=(JAN, EVA)), bounced(at("Mon 10:01"))).failed is False
    assert waits(sent(at("Mon 10:00")), nudge(at("Thu 15:00")), bounced(at("Thu 15:01"), "m2")).failed is True
    stopped = waits(sent(at("Mon 10:00")), bounced(at("Mon 10:01")), WaitDecided(at("Tue 10:00"), "d1", "li", days=0))
    assert state(stopped, at("Tue 10:00")) is WaitState.NONE


def test_a_person_starts_changes_and_parks_it() -> None:
    quiet = sent(at("Mon 10:00"), asks=False)
    usual = waits(quiet, WaitDecided(at("Tue 15:00"), "d1", "li"))
    assert (usual.mail, usual.due) == ("m1", at("Thu 10:00"))
    late = waits(quiet, WaitDecided(at("Thu 15:00"), "d1", "li"))
    assert (late.mail, late.due) == ("m1", at("Tue 15:00", weeks=1))
    answered = waits(quiet, wrote(at("Mon 12:00")), WaitDecided(at("Tue 15:00"), "d1", "li"))
    assert (answered.mail, answered.due) == ("m1", at("Fri 15:00"))
    assert (answered.nudge_wanted, usual.nudge_wanted, late.nudge_wanted) == (False, True, True)
    chosen = waits(quiet, WaitDecided(at("Tue 15:00"), "d1", "li", days=7))
    assert (chosen.mail, chosen.due) == ("m1", at("Thu 15:00", weeks=1))
    parked = waits(sent(at("Mon 10:00")), WaitDecided(at("Tue 15:00"), "d1", "li", until=at("Mon 09:00", weeks=8)))
    assert state(parked, at("Mon 08:00", weeks=8)) is WaitState.PARKED
    assert state(parked, at("Mon 09:00", weeks=8)) is WaitState.NUDGE_DUE
    assert parked.number == 1
    kept = waits(sent(at("Mon 10:00")), nudge(at("Thu 15:00")), WaitDecided(at("Fri 15:00"), "d1", "li", days=5))
    assert (kept.nudges, kept.number, kept.due) == (("m2",), 2, at("Fri 15:00", weeks=1))


def test_what_they_wrote_elsewhere_is_asked_about() -> None:
    elsewhere = WroteElsewhere(at("Tue 10:00"), "m20", EVA, ACME)
    asked = waits(sent(at("Mon 10:00")), elsewhere)
    assert (asked.elsewhere, asked.end) == ("m20", "")
    yes = waits(sent(at("Mon 10:00")), elsewhere, ElsewhereDecided(at("Tue 11:00"), "d1", "li", "m20", waiting=True))
    assert (yes.elsewhere, yes.end, yes.due) == ("", "", at("Thu 10:00"))
    no = waits(sent(at("Mon 10:00")), elsewhere, ElsewhereDecided(at("Tue 11:00"), "d1", "li", "m20", waiting=False))
    assert (no.end, no.ended_by) == ("answered", "d1")


# The customer's week --------------------------------------------------------------------------------------------------

SUNDAY_TO_THURSDAY = ("SA", "EG", "KW", "QA", "OM", "JO", "BD", "DZ", "IL")


@pytest.mark.parametrize(
    ("country", "days"),
    [
        *((country, {6, 0, 1, 2, 3}) for country in SUNDAY_TO_THURSDAY),
        ("AE", {0, 1, 2, 3, 4}),
        ("IR", {5, 6, 0, 1, 2, 3}),
        ("DE", {0, 1, 2, 3, 4}),
        ("US", {0, 1, 2, 3, 4}),
        ("BN", {0, 1, 2, 3, 5}),
    ],
)
def test_the_working_week_of_a_country(country: str, days: set[int]) -> None:
    assert working_week(country) == frozenset(days)


@pytest.mark.parametrize("country", ["", "XX", "ZZ"])
def test_a_country_that_nobody_knows_has_no_week(country: str) -> None:
    assert working_week(country) is None


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ({6, 0, 1, 2, 3}, at("Sun 10:00")),  # Wed, Thu, then Fri and Sat rest
        ({0, 1, 2, 3, 4}, at("Fri 10:00")),
        ({5, 6, 0, 1, 2, 3}, at("Sat 10:00")),
    ],
)
def test_three_working_days_are_the_customers(days: set[int], due: datetime) -> None:
    calendar = Office(days=frozenset(days))
    assert waits(sent(at("Tue 10:00")), schedule=Schedule(calendar=calendar)).due == due


def test_a_public_holiday_is_no_working_day() -> None:
    calendar = Office(holidays=frozenset({date(2026, 3, 4)}))
    assert waits(sent(at("Mon 10:00")), schedule=Schedule(calendar=calendar)).due == at("Fri 10:00")


# The order doesn't matter ---------------------------------------------------------------------------------------------

HOURS = st.integers(0, 24 * 40).map(lambda hours: at("Mon 10:00") + timedelta(hours=hours))
DAYS = st.none() | st.integers(0, 60).map(lambda days: date(2026, 3, 2) + timedelta(days=days))
EVENTS = st.one_of(
    st.builds(sent, HOURS, st.sampled_from(["m1", "m2"]), st.sampled_from([(JAN,), (JAN, EVA), (FACTORY,)])),
    st.builds(lambda when, asks: sent(when, "m3", asks=asks), HOURS, st.booleans()),
    st.builds(lambda when, auto: nudge(when, "m4", automatic=auto), HOURS, st.booleans()),
    st.builds(wrote, HOURS, st.sampled_from(["m5", "m6"]), st.sampled_from([JAN, EVA, FACTORY])),
    st.builds(away, HOURS, DAYS),
    st.builds(bounced, HOURS, st.sampled_from(["m1", "m4"])),
    st.builds(WroteElsewhere, HOURS, st.just("m20"), st.just(EVA), st.just(ACME)),
    st.builds(ElsewhereDecided, HOURS, st.just("d1"), st.just("li"), st.just("m20"), st.booleans()),
    st.builds(WaitDecided, HOURS, st.just("d2"), st.just("li"), st.none() | st.integers(0, 9), st.none() | HOURS),
)


@given(st.lists(EVENTS, max_size=12), st.randoms(use_true_random=False))
def test_any_order_of_the_same_events_gives_the_same_wait(events: list[Event], chance: object) -> None:
    shuffled = [*events, *events[::2]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert replay_wait(shuffled, OURS) == replay_wait(events, OURS)


@given(st.lists(EVENTS, max_size=12), HOURS)
def test_nothing_is_closed_by_time_and_no_step_comes_before_its_mail(events: list[Event], now: datetime) -> None:
    wait = replay_wait(events, OURS)
    if wait is None or wait.end:
        return
    assert state(wait, now) not in (WaitState.NONE, WaitState.ANSWERED)
    assert len(wait.nudges) <= len(events)
    assert wait.parked_until is not None or wait.due >= wait.since


@given(st.lists(EVENTS, max_size=12))
def test_whatever_the_customer_writes_last_ends_it(events: list[Event]) -> None:
    wait = replay_wait([*events, wrote(at("Mon 10:00", weeks=9), "m99")], OURS)
    assert wait is None or wait.end


def test_the_turns_are_the_same_with_and_without_what_we_wait_for() -> None:
    ledger: list[Event] = [wrote(at("Mon 08:00"), "m0"), sent(at("Mon 10:00"))]
    more: list[Event] = [
        WaitDecided(at("Tue 10:00"), "d1", "li", days=2),
        WroteElsewhere(at("Tue 11:00"), "m20", EVA, ACME),
        ElsewhereDecided(at("Tue 12:00"), "d2", "li", "m20", waiting=True),
    ]
    assert replay([*ledger, *more], Policy()) == replay(ledger, Policy())


# What was asked -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Hello,\nhow are you?\n\nWhich colour do you\nprefer for the valves?\nThanks",
            "Which colour do you prefer for the valves?",
        ),
        ("See https://shop.example/?page=2 for it.", ""),
        ("See https://shop.example/?page=2 for it. Is it what you need?", "Is it what you need?"),
        ("1. Which port?\n2. Which colour?", "1. Which port?"),
        ("您好，最近好吗？\n请问您需要什么颜色？谢谢", "请问您需要什么颜色？"),
        ("¿Han recibido la muestra?", "¿Han recibido la muestra?"),
        ("How is the quality of the sample?", "How is the quality of the sample?"),
        ("The price is USD 1.20. Best regards", ""),
        ("", ""),
    ],
)
def test_the_question_that_a_mail_asks(text: str, question: str) -> None:
    assert question_in(text) == question


def test_a_long_question_is_cut() -> None:
    assert len(question_in("word " * 200 + "?")) == 240


# The rhythm of a contact ----------------------------------------------------------------------------------------------


def mails(count: int, every: int) -> list[datetime]:
    return [at("Mon 10:00") + timedelta(days=every * n) for n in range(count)]


@pytest.mark.parametrize(
    ("count", "every", "days", "silent"),
    [
        (5, 7, 30, False),
        (5, 7, 31, True),
        (5, 20, 60, False),
        (5, 20, 61, True),
        (4, 7, 400, False),
        (0, 7, 400, False),
    ],
)
def test_unusually_silent(count: int, every: int, days: int, silent: bool) -> None:
    arrivals = mails(count, every)
    now = (arrivals[-1] if arrivals else at("Mon 10:00")) + timedelta(days=days)
    assert is_silent(reversed(arrivals), now) is silent


def test_the_usual_pause_is_that_of_the_latest_mails() -> None:
    early = [at("Mon 10:00") - timedelta(days=300 * n) for n in range(1, 9)]
    assert usual_pause([*early, *mails(12, 5)]) == timedelta(days=5)
    assert usual_pause(mails(4, 5)) is None


def test_nudge_after_nudge_never_more_than_three() -> None:
    ledger = [sent(at("Mon 10:00")), *(nudge(at("Mon 11:00", weeks=n), f"m{n + 10}") for n in range(1, 6))]
    assert waits(*ledger).number is None
    assert waits(*[replace(event, automatic=True) if event.nudge else event for event in ledger]).number is None


# What is told of it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "told"),
    [
        pytest.param([nudge(at("Thu 15:00"))], ["NudgeSent"], id="nudge"),
        pytest.param([wrote(at("Tue 10:00"))], ["WaitAnswered"], id="answer"),
        pytest.param([away(at("Mon 10:01"), date(2026, 3, 12))], ["WaitMoved"], id="away"),
        pytest.param([away(at("Mon 10:01"), date(2026, 3, 3), sender="x@else.example")], [], id="a stranger away"),
        pytest.param([sent(at("Tue 10:00"), "m4", asks=False)], ["WaitStarted"], id="our next mail"),
        pytest.param([WaitDecided(at("Tue 10:00"), "d1", "li", days=0)], ["WaitStopped"], id="stopped"),
        pytest.param([WaitDecided(at("Tue 10:00"), "d1", "li", until=at("Fri 10:00"))], ["WaitParked"], id="parked"),
        pytest.param(
            [
                WroteElsewhere(at("Tue 10:00"), "m20", EVA, ACME),
                ElsewhereDecided(at("Tue 11:00"), "d1", "li", "m20", waiting=True),
            ],
            ["WroteElsewhere", "WaitConfirmed"],
            id="elsewhere",
        ),
    ],
)
def test_the_story_tells_what_changed(then: list[Event], told: list[str]) -> None:
    lines = wait_story([sent(at("Mon 10:00")), *then], OURS)
    assert [line.event for line in lines] == ["WaitStarted", *told]
    assert [line.message for line in lines[1:]] == [event.key for event in then][: len(told)]


def test_the_story_of_a_bounce() -> None:
    lines = wait_story([sent(at("Mon 10:00")), bounced(at("Mon 10:01"))], OURS)
    assert [line.event for line in lines] == ["WaitFailed"]


@given(st.lists(EVENTS, max_size=12))
def test_every_line_is_of_an_event(events: list[Event]) -> None:
    keys = {event.key for event in events}
    assert all(line.message in keys for line in wait_story(events, OURS))
