"""Each level of a deadline is told once as each role, and none is missed: however time passes, jumps or stands still."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from domain.ringing import Bell
from domain.test_clock_properties import hour, ledgers
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.clock.ledger import Event
from mailcrm.domain.clock.office import Office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.notices.levels import Level, Role, Watch, watch
from mailcrm.domain.notices.planning import Rota, first_look, plan
from mailcrm.domain.team import Person, Presence, Team

POLICY = Policy()
START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # Friday 16:00 in Shanghai
CREW = (Person("li", deputy="wang"), Person("wang"), Person("chen", manager=True))
DAY = timedelta(days=1)

hours = st.integers(0, 24 * 9).map(lambda count: START + timedelta(hours=count))
presences = st.builds(
    lambda person, since, length, duty: Presence(person, since, since + timedelta(hours=length), duty),
    st.sampled_from(["li", "wang", "chen"]),
    hours,
    st.integers(1, 60),
    st.booleans(),
)
teams = st.builds(
    lambda people, spans: Team(people, tuple(spans)),
    st.sampled_from([(), CREW, CREW[:2]]),
    st.lists(presences, max_size=4),
)
watches = st.lists(
    st.builds(
        lambda number, deadline, promise, supposed: Watch(f"m{number}", deadline, "li", promise, supposed),
        st.integers(1, 9),
        hours,
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda one: (one.turn, one.deadline),
)
# How the wall clock moves from one tick to the next: it ticks, sleeps, is set back, is set forward.
moves = st.lists(
    st.one_of(
        st.just(timedelta(seconds=30)),
        st.integers(1, 600).map(lambda minutes: timedelta(minutes=minutes)),
        st.sampled_from([timedelta(hours=8), timedelta(hours=-2), timedelta(days=3), timedelta(hours=-30)]),
        st.none(),  # a restart
    ),
    max_size=60,
)


def told_once(bell: Bell) -> None:
    """No level was told, or counted as told, twice as the same role."""
    counted = Counter((rung.turn, rung.deadline, rung.role, level) for rung in bell.rung for level in rung.covers)
    assert all(count == 1 for count in counted.values())


def nothing_is_left(bell: Bell, every: list[Watch]) -> None:
    """After long enough everybody was told the heaviest level there is for them."""
    manages = any(person.manager for person in bell.team.people)
    for one in every:
        told = bell.told[one.turn, one.deadline]
        if one.supposed:
            assert not {level for level, _role in told} & {Level.DUE, Level.FOUR, Level.DAY}
            continue
        last = (Level.DAY, Role.MANAGER) if manages else (Level.DAY, Role.OWNER)
        assert last in told
        assert (Level.FOUR, Role.OWNER) in told
        assert bell.looks[one.turn, one.deadline] is None


@given(watches, teams, moves)
def test_each_level_once_and_none_missed_whatever_the_clock_does(
    every: list[Watch], team: Team, steps: list[timedelta | None]
) -> None:
    bell, now = Bell(POLICY, team), START
    for step in steps:
        if step is None:
            bell.restart()
        else:
            now += step
        bell.tick(every, now)  # the bell itself refuses a level that was told before
    now = max(now, START) + 30 * DAY
    for _look in range(500):
        bell.tick(every, now)
        now += timedelta(minutes=30)
    told_once(bell)
    nothing_is_left(bell, every)


@given(watches, teams, hours)
def test_looking_again_at_the_same_instant_tells_nothing(every: list[Watch], team: Team, now: datetime) -> None:
    bell = Bell(POLICY, team)
    bell.tick(every, now)
    bell.restart()
    assert bell.tick(every, now) == {}


@given(watches, teams, hours)
def test_nothing_happens_between_two_looks(every: list[Watch], team: Team, now: datetime) -> None:
    """What a plan names as its next look is no later than the first instant at which anything would be told."""
    rota = Rota(POLICY, team)
    for one in every:
        told = set(plan(one, rota, set(), now).told)
        following = plan(one, rota, told, now).next_at
        first = first_look(one, rota.hours, rota.warn(one))
        look = now
        for _step in range(200):
            look += timedelta(minutes=29)
            if following is None or look < following:
                assert plan(one, rota, told, look).firings == ()
        assert plan(one, rota, set(), first - timedelta(minutes=1)).firings == ()


@given(ledgers(), moves)
def test_turns_of_any_ledger_are_told_once_per_deadline(ledger: list[Event], steps: list[timedelta | None]) -> None:
    bell, now = Bell(POLICY, Team(CREW)), hour(0)
    for step in steps:
        if step is None:
            bell.restart()
        else:
            now += step
        turns = replay([event for event in ledger if event.at <= now], POLICY).turns
        bell.tick([one for turn in turns if (one := watch(turn, "li"))], now)
        open_now = {turn.opened_by for turn in turns if not turn.end}
        assert {rung.turn for rung in bell.rung if rung.at == now and step} <= open_now
    told_once(bell)


# The clocks change in each zone twice: the week around it, with a sleep of 8 h, a clock set back by 2 h and forward by 3 days.
CHANGES = [
    ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Australia/Sydney", datetime(2026, 4, 4, 16, tzinfo=UTC)),
    ("Australia/Sydney", datetime(2026, 10, 3, 16, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 4, 5, 3, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 6, 4, tzinfo=UTC)),
]
DEADLINES = 5_000  # at each change: ten thousand in each zone


def clock_through(change: datetime) -> Iterator[datetime]:
    """Yield what the clock shows at each tick, from four days before the change until everything was told."""
    now = change - 4 * DAY
    for length, jump in (
        (2 * DAY, timedelta(hours=8)),  # sleep
        (DAY, timedelta(hours=-2)),  # set back
        (2 * DAY, 3 * DAY),  # set forward
        (DAY, timedelta()),
    ):
        end = now + length
        while now < end:
            yield now
            now += timedelta(minutes=30)
        now += jump
    for _look in range(50):
        now += timedelta(hours=5)
        yield now


@pytest.mark.parametrize(
    ("zone", "change"), CHANGES, ids=lambda value: value if isinstance(value, str) else f"{value:%b}"
)
def test_ten_thousand_deadlines_through_sleep_jumps_and_the_change_of_the_clocks(zone: str, change: datetime) -> None:
    before, after = ((change + step).astimezone(ZoneInfo(zone)) for step in (timedelta(minutes=-1), timedelta()))
    assert before.utcoffset() != after.utcoffset()
    policy = Policy(office=Office(zone=zone))
    bell = Bell(policy, Team((Person("li"), Person("chen", manager=True))))
    spread = timedelta(days=7) / DEADLINES
    every = [
        Watch(f"m{number}", change - 3 * DAY + number * spread, "li", promise=number % 3 == 0)
        for number in range(DEADLINES)
    ]
    people = 0
    for now in clock_through(change):
        digests = bell.tick(every, now)
        people += len(digests)
        assert set(digests) <= {"li", "chen"}  # one digest each, however many deadlines
        if digests:
            assert bell.rota.hours.is_working(now)
    told_once(bell)
    nothing_is_left(bell, every)
    assert {rung.level for rung in bell.rung} == set(Level)
    # An owner is told each deadline at most five times, and at least once that it has passed.
    late = {Level.DUE, Level.FOUR}
    assert {rung.turn for rung in bell.rung if rung.role is Role.OWNER and rung.level in late} == {
        w.turn for w in every
    }
