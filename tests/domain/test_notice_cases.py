"""The acceptance cases of the reply clock that are about notices, one test each.

As in test_clock_cases: 24 h elapsed, office in Shanghai 9 to 12 and 13:30 to 18, the week of Monday 23 November 2026.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from domain.ringing import Bell, minutes
from domain.test_clock_cases import POLICY, SHANGHAI, WEEK, arrived, at, sent

from mailcrm.domain.clock.ledger import Event
from mailcrm.domain.clock.office import Office, parse_office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.states import State, state
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.errors import ConfigError
from mailcrm.domain.notices.digest import rest_ahead
from mailcrm.domain.notices.hours import Hours
from mailcrm.domain.notices.levels import Level, Watch, watch
from mailcrm.domain.notices.planning import Rota, plan
from mailcrm.domain.team import Person, Presence, Team

LI = Person("li", "li@ningbo.example", deputy="wang")
WANG = Person("wang", "wang@ningbo.example")
CHEN = Person("chen", "chen@ningbo.example", manager=True)
TEAM = Team((LI, WANG, CHEN))
PAIR = Team((Person("li"), CHEN))
Digests = dict[str, dict[str, list[str]]]


def watches(*ledger: Event, owner: str = "li") -> list[Watch]:
    found = [watch(turn, owner) for turn in replay(ledger, POLICY).turns]
    return [one for one in found if one is not None]


def words(instant: datetime) -> str:
    local = instant.astimezone(SHANGHAI)
    return f"{WEEK[local.weekday()]} {local:%H:%M}"


def told(
    ledger: Iterable[Event],
    since: str,
    until: str,
    team: Team = TEAM,
    *,
    bell: Bell | None = None,
    later: timedelta = timedelta(),
) -> Digests:
    """Return what everybody is told from `since` to `until` (so much later), looked at each minute; the mails are known as they happen."""
    ringing = bell or Bell(POLICY, team)
    events = list(ledger)
    found = ringing.run(
        lambda now: watches(*[event for event in events if event.at <= now]),
        minutes(at(since), at(until) + later),
    )
    return {
        words(now): {person: [level for _turn, level in lines] for person, lines in digests.items()}
        for now, digests in found.items()
    }


def test_each_level_at_its_time_and_to_whom_it_concerns() -> None:
    assert told([arrived("Mon 17:00")], "Mon 17:00", "Thu 12:00") == {
        "Tue 11:59": {"li": ["warn"]},  # 13:00 is lunch
        "Tue 16:00": {"li": ["hour"]},
        "Tue 17:00": {"li": ["due"]},
        "Wed 09:00": {"li": ["four"], "wang": ["four"], "chen": ["four"]},  # 21:00 is quiet
        "Wed 17:00": {"chen": ["day"]},
    }


def test_warnings_of_the_night_come_with_before_you_leave() -> None:
    assert told([arrived("Mon 10:00")], "Mon 10:00", "Tue 10:00") == {
        "Mon 17:00": {"li": ["leave"]},  # T - 4 h is 6:00
        "Tue 09:00": {"li": ["hour"]},
        "Tue 10:00": {"li": ["due"]},
    }


def test_a_warning_whose_hour_is_gone_comes_at_once_where_people_work() -> None:
    urgent = Policy(reply_within=timedelta(hours=3))
    (turn,) = replay([arrived("Mon 10:00")], urgent).turns
    (one,) = filter(None, [watch(turn, "li")])
    assert Bell(urgent, TEAM).tick([one], at("Mon 10:01")) == {"li": [("m1", "warn")]}


def test_case_10_a_broken_promise_is_told_at_once_and_the_manager_in_the_morning() -> None:
    promise: list[Event] = [arrived("Mon 10:00"), sent("Mon 16:00", estimate="Thu 17:00")]
    (turn,) = replay(promise, POLICY).turns
    assert (state(turn, POLICY, at("Thu 16:59")), state(turn, POLICY, at("Thu 17:00"))) == (
        State.PROMISE_AT_RISK,
        State.PROMISE_BROKEN,
    )
    assert told(promise, "Mon 16:01", "Fri 16:00", PAIR) == {
        "Thu 11:59": {"li": ["warn"]},
        "Thu 16:00": {"li": ["hour"]},
        "Thu 17:00": {"li": ["due"]},
        "Fri 09:00": {"li": ["four"], "chen": ["four"]},
    }


def test_a_new_estimate_has_levels_of_its_own() -> None:
    promise: list[Event] = [arrived("Mon 10:00"), sent("Mon 16:00", estimate="Wed 14:00")]
    again: list[Event] = [*promise, sent("Wed 13:40", "m10", estimate="Wed 17:00")]
    assert told(again, "Wed 09:00", "Wed 17:00") == {
        "Wed 10:00": {"li": ["warn"]},
        "Wed 11:59": {"li": ["hour"]},
        "Wed 13:40": {"li": ["warn"]},
        "Wed 16:00": {"li": ["hour"]},
        "Wed 17:00": {"li": ["due"]},
    }


def test_what_only_seems_promised_is_asked_about_and_never_called_broken() -> None:
    supposed = Watch("m1", at("Wed 17:00"), "li", promise=True, supposed=True)
    bell = Bell(POLICY, TEAM)
    assert {
        words(now): digests
        for now, digests in bell.run(lambda _now: [supposed], minutes(at("Wed 09:00"), at("Fri 18:00"))).items()
    } == {"Wed 11:59": {"li": [("m1", "warn")]}, "Wed 16:00": {"li": [("m1", "hour")]}}


def test_case_23_what_was_seen_late_is_overdue_at_once_with_one_alert() -> None:
    ledger = [arrived("Mon 10:00")]
    (turn,) = replay(ledger, POLICY).turns
    assert state(turn, POLICY, at("Tue 11:00")) is State.OVERDUE
    bell = Bell(POLICY, PAIR)
    assert bell.tick(watches(*ledger), at("Tue 11:00")) == {"li": [("m1", "due")]}
    assert bell.rung[0].covers == (Level.WARN, Level.LEAVE, Level.HOUR, Level.DUE)
    assert told(ledger, "Tue 11:01", "Tue 13:59", bell=bell) == {}


def test_case_23_at_lunch_the_alert_waits_for_the_next_working_minute() -> None:
    assert told([arrived("Mon 10:00")], "Tue 12:00", "Tue 13:59") == {"Tue 13:30": {"li": ["due"]}}


def test_case_31_what_was_told_is_not_told_again_after_a_restart() -> None:
    ledger = [arrived("Mon 10:00")]
    bell = Bell(POLICY, PAIR)
    assert told(ledger, "Tue 14:00", "Tue 14:00", bell=bell) == {"Tue 14:00": {"li": ["four"], "chen": ["four"]}}
    bell.restart()
    assert told(ledger, "Tue 14:00", "Wed 09:59", bell=bell) == {}
    assert told(ledger, "Wed 10:00", "Wed 10:00", bell=bell) == {"Wed 10:00": {"chen": ["day"]}}


def test_case_36_looks_finished_is_told_to_nobody_at_any_level() -> None:
    assert told([arrived("Mon 10:00", asks=False)], "Mon 10:00", "Fri 18:00") == {}
    assert watches(arrived("Mon 10:00", asks=False), arrived("Mon 11:00", "m2")) != []


def test_a_mail_that_has_us_in_cc_only_is_told_to_nobody() -> None:
    assert told([replace(arrived("Mon 10:00"), low=True)], "Mon 10:00", "Fri 18:00") == {}


def test_what_was_promised_is_watched_however_little_was_asked() -> None:
    thanked: list[Event] = [arrived("Mon 10:00", asks=False), sent("Mon 11:00", estimate="Tue 11:00")]
    assert told(thanked, "Mon 12:00", "Tue 12:00") != {}


def test_case_38_after_a_weekend_one_notice_to_the_owner_and_one_to_the_manager() -> None:
    bell = Bell(POLICY, PAIR)
    assert bell.tick(watches(arrived("Fri 19:00")), at("Mon 09:00") + timedelta(days=7)) == {
        "li": [("m1", "four")],
        "chen": [("m1", "day")],
    }
    assert told([arrived("Fri 19:00")], "Mon 09:01", "Mon 18:00", bell=bell, later=timedelta(days=14)) == {}


def test_case_38_with_an_engine_that_ran_all_weekend() -> None:
    assert told([arrived("Fri 19:00")], "Fri 19:00", "Sun 23:59", PAIR, later=timedelta(hours=9, minutes=30)) == {
        "Mon 09:00": {"li": ["four"], "chen": ["day"]}
    }


def test_on_rest_days_whoever_is_on_duty_is_told_in_the_hours_of_duty() -> None:
    duty = Team((LI, WANG, CHEN), (Presence("wang", at("Sat 10:00"), at("Sat 16:00"), duty=True),))
    assert told([arrived("Fri 18:30")], "Fri 18:30", "Sun 23:59", duty, later=timedelta(hours=9, minutes=30)) == {
        "Sat 14:30": {"wang": ["warn"]},
        "Sat 15:59": {"wang": ["hour"]},  # T - 1 h is 17:30, when nobody is on duty
        "Mon 09:00": {"li": ["four"], "wang": ["four"], "chen": ["day"]},
    }


def test_a_duty_of_whole_days_means_the_office_s_hours() -> None:
    duty = Team(
        (LI, CHEN, WANG), (Presence("wang", at("Sat 00:00"), at("Sun 23:59") + timedelta(minutes=1), duty=True),)
    )
    found = told([arrived("Thu 23:00")], "Sat 00:00", "Sun 23:59", duty)
    assert found == {"Sat 09:00": {"wang": ["four"]}}


def test_duty_is_told_only_what_came_up_since_the_office_closed() -> None:
    duty = Team((LI, WANG), (Presence("wang", at("Sat 09:00"), at("Sat 18:00"), duty=True),))
    bell = Bell(POLICY, duty)
    told([arrived("Thu 11:00")], "Fri 09:00", "Fri 18:00", bell=bell)
    assert told([arrived("Thu 11:00")], "Fri 18:01", "Sat 18:00", bell=bell) == {}


def test_who_is_on_duty_for_her_own_customers_is_not_told_again_on_monday() -> None:
    duty = Team((Person("li"), CHEN), (Presence("li", at("Sat 09:00"), at("Sat 23:00"), duty=True),))
    found = told([arrived("Fri 18:30")], "Fri 18:31", "Sun 23:59", duty, later=timedelta(hours=9, minutes=30))
    assert found == {
        "Sat 14:30": {"li": ["warn"]},
        "Sat 17:30": {"li": ["hour"]},
        "Sat 18:30": {"li": ["due"]},
        "Sat 22:30": {"li": ["four"]},
        "Mon 09:00": {"chen": ["day"]},
    }


def test_a_deputy_is_told_instead_of_whoever_is_away() -> None:
    away = Team((LI, WANG, CHEN), (Presence("li", at("Tue 00:00"), at("Wed 00:00")),))
    assert told([arrived("Mon 10:00")], "Tue 09:00", "Tue 14:00", away) == {
        "Tue 09:00": {"wang": ["hour"]},
        "Tue 10:00": {"wang": ["due"]},
        "Tue 14:00": {"wang": ["four"], "chen": ["four"]},
    }


def test_where_nobody_is_written_down_the_rep_is_told_everything() -> None:
    ledger = [arrived("Mon 14:00")]
    bell = Bell(POLICY)
    found = bell.run(lambda _now: watches(*ledger, owner=""), minutes(at("Tue 14:00"), at("Wed 18:00")))
    assert [(words(now), digests) for now, digests in found.items()] == [
        ("Tue 14:00", {"": [("m1", "due")]}),
        ("Wed 09:00", {"": [("m1", "four")]}),
        ("Wed 14:00", {"": [("m1", "day")]}),
    ]


def test_a_reply_in_doubt_keeps_a_turn_silent_while_it_is_looked_for() -> None:
    doubtful = Watch("m1", at("Tue 10:00"), "li", silent_until=at("Tue 10:20"))
    found = plan(doubtful, Rota(POLICY, TEAM), set(), at("Tue 10:00"))
    assert (found.firings, found.next_at) == ((), at("Tue 10:20"))
    assert Bell(POLICY, TEAM).tick([doubtful], at("Tue 10:20")) == {"li": [("m1", "due")]}


def test_one_digest_per_person_and_moment_the_heaviest_first() -> None:
    ledgers = [
        watches(arrived(when, key)) for key, when in (("m1", "Mon 17:00"), ("m2", "Mon 15:00"), ("m3", "Mon 14:00"))
    ]
    everything = [one for some in ledgers for one in some]
    assert Bell(POLICY, TEAM).tick(everything, at("Tue 16:00")) == {
        "li": [("m3", "due"), ("m2", "due"), ("m1", "hour")],
    }


@pytest.mark.parametrize(
    ("quiet", "moments"),
    [
        (["22:00-07:00"], ["Mon 17:00", "Mon 21:59", "Tue 09:00"]),  # leave, T - 4 h = 6:00, T - 1 h
        (["00:00-05:00"], ["Mon 17:00", "Tue 06:00", "Tue 09:00"]),
    ],
)
def test_quiet_hours_of_one_s_own(quiet: list[str], moments: list[str]) -> None:
    office = parse_office(
        "Asia/Shanghai", ["Mon", "Tue", "Wed", "Thu", "Fri"], ["09:00-12:00", "13:30-18:00"], quiet=quiet
    )
    policy = Policy(office=office)
    bell = Bell(policy, TEAM)
    found = bell.run(lambda _now: watches(arrived("Mon 10:00")), minutes(at("Mon 10:00"), at("Tue 09:30")))
    assert [words(now) for now in found] == moments


@pytest.mark.parametrize("quiet", [["00:00-12:00", "12:00-00:00"], ["07:00-07:00"], ["late"], ["25:00-07:00"]])
def test_quiet_hours_that_can_t_be_meant(quiet: list[str]) -> None:
    with pytest.raises(ConfigError, match=r"office\.quiet"):
        parse_office("UTC", ["Mon"], ["09:00-17:00"], quiet=quiet)


def test_before_a_holiday_the_list_reaches_to_the_day_after_it() -> None:
    golden_week = frozenset((at("Wed 12:00") + timedelta(days=day)).date() for day in range(3))
    office = Office(holidays=golden_week)  # Wednesday to Friday, and the weekend
    policy = Policy(office=office)
    ledger: list[Event] = [arrived("Tue 09:30"), sent("Tue 10:00", estimate="Sun 12:00")]
    bell = Bell(policy, PAIR)
    found = bell.run(lambda _now: watches(*ledger), minutes(at("Tue 16:00"), at("Tue 18:00")))
    assert [(words(now), digests) for now, digests in found.items()] == [("Tue 17:00", {"li": [("m1", "hour")]})]
    assert bell.rung[0].covers == (Level.WARN, Level.LEAVE, Level.HOUR)
    bridge = rest_ahead(Hours(office), at("Tue 17:00"))
    assert bridge is not None
    assert (bridge.count, bridge.back) == (5, (at("Mon 12:00") + timedelta(days=7)).date())
    assert rest_ahead(Hours(Office()), at("Fri 17:00")) is None
