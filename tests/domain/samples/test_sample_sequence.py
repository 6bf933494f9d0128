"""When the customer is asked how a sample did, and asked again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from mailcrm.domain.clock.office import Office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.errors import ConfigError, RefusedByRule
from mailcrm.domain.samples.hints import numbers_in, received_words, sample_words
from mailcrm.domain.samples.sample import Away
from mailcrm.domain.samples.sequence import SamplePolicy, expected_on, feedback_due, follow_up_dues
from mailcrm.domain.samples.signing import signing_part, who_may_sign
from mailcrm.domain.team import Person, Presence, Team
from mailcrm.domain.waiting.steps import Schedule

OFFICE = Office(country="")
HOURS = timedelta(hours=4)
HERE = OFFICE.tz


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HERE)


def policy(count: str) -> Policy:
    within = "1 workday" if count == "office" else "24h"
    return Policy.from_settings(within, count, "4h", 2, OFFICE)


@pytest.mark.parametrize(
    ("count", "delivered", "due"),
    [
        ("elapsed", at(28, 3), at(29, 3)),  # Saturday 03:00: the rule's 24 hours come first, on Sunday
        (
            "workdays24",
            at(28, 3),
            at(30, 14, 30),
        ),  # no rest day counts: four hours of Monday's office, a lunch between them
        ("elapsed", at(25, 9), at(25, 14, 30)),
        ("elapsed", at(25, 16), at(26, 11)),
        ("office", at(27, 17), at(30, 12)),
    ],
)
def test_sample_case_07_the_mail_is_due_in_four_hours_of_work_or_when_the_rule_says(
    count: str, delivered: datetime, due: datetime
) -> None:
    assert feedback_due(delivered.astimezone(UTC), HOURS, policy(count)) == due


def test_a_customer_who_is_answered_sooner_is_asked_sooner() -> None:
    graded = Policy.from_settings("24h", "elapsed", "4h", 2, OFFICE, {"A": "2h"})
    assert feedback_due(at(25, 9), HOURS, graded, "A") == at(25, 11)


SCHEDULE = Schedule((4, 8, 15), Office(zone="Asia/Shanghai"))
ASKED = datetime(2026, 8, 10, 15, tzinfo=HERE)  # a Monday


def days(dues: list[datetime]) -> list[date]:
    assert {due.astimezone(HERE).time() for due in dues} == {time(15)}
    return [due.astimezone(HERE).date() for due in dues]


def test_follow_ups_come_after_four_eight_and_fifteen_working_days_of_theirs_and_then_silence() -> None:
    found = days(follow_up_dues(ASKED, (), (), SCHEDULE))
    assert found == [date(2026, 8, 14), date(2026, 8, 20), date(2026, 8, 31), date(2026, 9, 9)]
    sunday_to_thursday = Schedule((4, 8, 15), Office(zone="Asia/Shanghai", days=frozenset({6, 0, 1, 2, 3})))
    assert days(follow_up_dues(ASKED, (), (), sunday_to_thursday))[0] == date(2026, 8, 16)


def test_sample_case_09_out_of_office_back_on_24_august_moves_the_follow_up_to_the_25th() -> None:
    note = Away(ASKED + timedelta(hours=1), date(2026, 8, 24))
    found = days(follow_up_dues(ASKED, (), [note], SCHEDULE))
    assert found == [date(2026, 8, 25), date(2026, 8, 31), date(2026, 9, 9), date(2026, 9, 18)]


def test_a_note_touches_the_step_that_comes_next_only_and_none_that_is_over() -> None:
    sent = (ASKED + timedelta(days=4),)
    note = Away(ASKED + timedelta(days=7), date(2026, 8, 24))
    assert days(follow_up_dues(ASKED, sent, [note], SCHEDULE))[:2] == [date(2026, 8, 14), date(2026, 8, 25)]
    old = Away(ASKED - timedelta(days=1), date(2026, 9, 24))
    assert follow_up_dues(ASKED, (), [old], SCHEDULE) == SCHEDULE.dues(ASKED)


def test_a_note_without_a_day_shifts_three_days_once_and_a_month_away_shifts_nothing() -> None:
    undated = [Away(ASKED + timedelta(hours=hour), None) for hour in (1, 2)]
    assert days(follow_up_dues(ASKED, (), undated, SCHEDULE))[0] == date(2026, 8, 19)
    for_long = [Away(ASKED + timedelta(hours=1), date(2026, 9, 20))]
    assert follow_up_dues(ASKED, (), for_long, SCHEDULE) == SCHEDULE.dues(ASKED)


def test_a_parcel_is_expected_when_ours_usually_come_and_without_experience_after_six_working_days() -> None:
    shipped = date(2026, 11, 24)
    assert expected_on(shipped, (), 6, OFFICE)[0] == datetime(2026, 12, 2, 23, 59, 59, tzinfo=HERE)
    assert expected_on(shipped, (3, 9), 6, OFFICE)[1] == 6
    assert expected_on(shipped, (3, 4, 9), 6, OFFICE) == (datetime(2026, 11, 30, 23, 59, 59, tzinfo=HERE), 4)


@pytest.mark.parametrize("wrong", [(), (4, 4), (8, 4), (0, 2), (1, 2, 3, 4)])
def test_follow_ups_that_do_not_rise_are_refused(wrong: tuple[int, ...]) -> None:
    with pytest.raises(ConfigError, match=r"samples\.follow_ups"):
        SamplePolicy.from_settings(4, wrong, 6, {})


WANG, LI, ZHAO = Person("wang", manager=True), Person("li"), Person("zhao")
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


def away(who: str, deputy: str = "") -> Presence:
    return Presence(who, NOON - timedelta(days=1), NOON + timedelta(days=1), deputy=deputy)


def test_the_manager_signs_an_own_sheet_too() -> None:
    team = Team((WANG, LI))
    assert signing_part(team, "wang", "li", NOON) == ("manager", "")
    assert signing_part(team, "wang", "wang", NOON) == ("manager", "")


def test_the_deputy_signs_on_the_days_for_which_the_manager_named_one() -> None:
    team = Team((WANG, LI, ZHAO), (away("wang", "zhao"),))
    assert signing_part(team, "zhao", "li", NOON) == ("deputy", "wang")
    with pytest.raises(RefusedByRule, match="Today may sign: wang"):
        signing_part(team, "zhao", "li", NOON + timedelta(days=3))


def test_who_wrote_the_sheet_does_not_sign_it_as_a_deputy() -> None:
    team = Team((WANG, LI, ZHAO), (away("wang", "li"),))
    with pytest.raises(RefusedByRule, match="li wrote this sheet"):
        signing_part(team, "li", "li", NOON)


@pytest.mark.parametrize(
    "team",
    [
        Team((WANG, LI), (away("wang"),)),
        Team((WANG, LI), (away("wang", "li"), away("li"))),
    ],
)
def test_sample_case_11_manager_away_and_nobody_named_who_is_there_nobody_signs(team: Team) -> None:
    assert who_may_sign(team, NOON) == {}
    for name in ("wang", "li"):
        with pytest.raises(RefusedByRule, match="Nobody can sign today"):
            signing_part(team, name, "li", NOON)


def test_a_colleague_who_is_neither_may_not_sign_and_whoever_works_alone_may() -> None:
    with pytest.raises(RefusedByRule, match="li may not sign"):
        signing_part(Team((WANG, LI)), "li", "li", NOON)
    assert signing_part(Team(), "li", "li", NOON) == ("alone", "")
    assert signing_part(Team((LI,)), "li", "li", NOON) == ("alone", "")


def test_where_there_are_two_and_no_manager_nobody_signs() -> None:
    with pytest.raises(RefusedByRule, match="Nobody here is a manager"):
        signing_part(Team((LI, Person("zhou"))), "li", "li", NOON)


@pytest.mark.parametrize(
    "text",
    [
        "Can we get two samples of the spray nozzle?",
        "Please send a colour swatch.",
        "We need a prototype first",
        "The counter-sample is late.",
        "请先寄样品",
        "麻烦打样",
        "Könnten Sie uns ein Muster schicken?",
        "¿Nos puede enviar una muestra?",
        "Пришлите образцы",
    ],
)
def test_words_for_samples(text: str) -> None:
    assert sample_words(text)


def test_no_words_for_samples() -> None:
    assert not sample_words("Could you quote 500 pieces of valve V2? See the example drawing.")


@pytest.mark.parametrize(
    "text",
    [
        "Dear Lin, we have received the samples, thank you.",
        "We just received your sample yesterday.",
        "The samples arrived this morning.",
        "The parcel has arrived safely.",
        "Hemos recibido las muestras.",
        "Wir haben die Muster erhalten, vielen Dank.",
        "Nous avons bien reçu les échantillons.",
        "Recebemos as amostras.",
        "Мы получили образцы.",
        "样品已经收到，谢谢。",
        "收到你们寄来的样品了",
    ],
)
def test_words_for_having_received_them(text: str) -> None:
    assert received_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "We have not received the samples yet.",
        "The samples haven't arrived.",
        "Once we have received the samples we will test them.",
        "Please tell me when the samples have arrived at DHL.",
        "样品还没收到",
        "Can you send samples?",
    ],
)
def test_no_words_for_having_received_them(text: str) -> None:
    assert not received_words(text)


def test_numbers_as_they_are_printed() -> None:
    assert numbers_in("Re: sample SMP-2026-0012/v2, smp-2026-0013") == {"SMP-2026-0012", "SMP-2026-0013"}
    assert numbers_in("XSMP-2026-0012, SMP-2026-00") == frozenset()
