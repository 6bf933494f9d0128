"""The acceptance cases of the reply clock that this release answers, one test each.

Policy 24 h elapsed, office in Shanghai. Times are written as the office's wall clock: `at("Mon 10:00")` is in the week of
Monday 23 November 2026.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain import outbox
from mailcrm.domain.arrival import arrived_at, seen_late
from mailcrm.domain.clock.account import Account, Turn
from mailcrm.domain.clock.estimate import parse_estimate
from mailcrm.domain.clock.leaving import Answer, answered_meanwhile, leaving
from mailcrm.domain.clock.ledger import (
    AnsweredElsewhere,
    Event,
    MailArrived,
    MailBounced,
    MailNoted,
    MailSent,
    PromiseDecided,
    TurnWaived,
)
from mailcrm.domain.clock.office import Office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.clock.states import State, back_from_snooze, deadline, most_urgent, state, story_at
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.message import Kind, Role
from mailcrm.domain.outbox import Dispatch

POLICY = Policy()
JAN, PARTY = "jan@acme.example", "domain:acme.example"
SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def at(words: str) -> datetime:
    day, _, clock = words.partition(" ")
    local = datetime.combine(date(2026, 11, 23 + WEEK.index(day)), time.fromisoformat(clock), SHANGHAI)
    return local.astimezone(UTC)


def arrived(when: str, key: str = "m1", *, sender: str = JAN, party: str = PARTY, asks: bool = True) -> MailArrived:
    return MailArrived(at(when), key, sender, party, Kind.HUMAN, Kind.HUMAN, Role.CUSTOMER, asks)


def sent(when: str, key: str = "m9", *, to: str = JAN, until: str = "", estimate: str = "") -> MailSent:
    return MailSent(
        at=at(when),
        key=key,
        by="li",
        recipients=(to,),
        parties=(f"domain:{to.partition('@')[2]}",),
        answers_until=at(until or when),
        estimate=at(estimate) if estimate else None,
    )


def only_turn(*events: Event) -> Turn:
    (turn,) = replay(events, POLICY).turns
    return turn


def state_at(turn: Turn, when: str) -> State:
    return state(turn, POLICY, at(when))


def told(account: Account) -> list[tuple[str, str]]:
    return [(line.event, line.message) for line in account.story]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("Mon 10:00", State.RUNNING),
        ("Tue 05:59", State.RUNNING),
        ("Tue 05:59:59.999999", State.RUNNING),
        ("Tue 06:00", State.AT_RISK),
        ("Tue 09:59", State.AT_RISK),
        ("Tue 09:59:59.999999", State.AT_RISK),
        ("Tue 10:00", State.OVERDUE),
        ("Wed 10:00", State.OVERDUE),
    ],
)
def test_case_01_running_at_risk_overdue(now: str, expected: State) -> None:
    turn = only_turn(arrived("Mon 10:00"))
    assert turn.due == at("Tue 10:00")
    assert state_at(turn, now) is expected


def test_case_02_further_mail_joins_the_turn() -> None:
    turn = only_turn(arrived("Mon 10:00", "m1"), arrived("Mon 15:00", "m2"))
    assert (turn.opened_by, turn.due, turn.messages) == ("m1", at("Tue 10:00"), ("m1", "m2"))


@pytest.mark.parametrize(("answer", "result"), [("Tue 09:30", "met"), ("Tue 09:59:59", "met"), ("Tue 10:00", "late")])
def test_case_03_reply_closes_and_its_sent_copy_adds_nothing(answer: str, result: str) -> None:
    reply = sent(answer, until="Mon 10:00")
    account = replay([arrived("Mon 10:00"), reply, replace(reply)], POLICY)
    (turn,) = account.turns
    assert (turn.end, turn.result, turn.first_touch) == ("closed", result, result)
    assert (turn.ended_at, turn.ended_by, turn.answered_by) == (at(answer), "m9", "li")
    assert state_at(turn, "Wed 10:00") is State.CLOSED
    assert told(account) == [("TurnOpened", "m1"), ("TurnClosed", "m9")]


def test_case_04_reply_of_another_client_counts_at_its_sent_time() -> None:
    before = replay([arrived("Mon 10:00")], POLICY)
    assert [line.event for line in story_at(before, POLICY, at("Tue 12:00"))] == [
        "TurnOpened",
        "DeadlineNeared",
        "DeadlinePassed",
    ]
    after = replay([arrived("Mon 10:00"), replace(sent("Mon 18:00"), external=True)], POLICY)
    (turn,) = after.turns
    assert (turn.result, turn.ended_at, turn.external) == ("met", at("Mon 18:00"), True)
    assert [line.event for line in story_at(after, POLICY, at("Tue 12:00"))] == ["TurnOpened", "TurnClosed"]


def test_case_05_out_of_office_changes_nothing() -> None:
    opened = arrived("Mon 10:00")
    account = replay([opened, MailNoted(at("Mon 11:00"), "m2", Kind.AUTO_REPLY, JAN)], POLICY)
    assert account.turns == replay([opened], POLICY).turns
    assert told(account)[1:] == [("MailIgnored", "m2")]


def test_case_05_out_of_office_that_reached_the_clock_opens_nothing() -> None:
    silent = replace(arrived("Mon 11:00"), kind=Kind.AUTO_REPLY, kind_first=Kind.AUTO_REPLY)
    assert replay([silent], POLICY).turns == ()


def test_case_07_hard_bounce_reopens() -> None:
    ledger: list[Event] = [arrived("Mon 10:00"), sent("Mon 11:00")]
    assert only_turn(*ledger).end == "closed"
    account = replay([*ledger, MailBounced(at("Mon 11:02"), "m10", "m9", (JAN,))], POLICY)
    (turn,) = account.turns
    assert (turn.anchor, turn.due, turn.end, turn.bounced) == (at("Mon 10:00"), at("Tue 10:00"), "", True)
    assert (turn.first_touch_at, turn.first_touch, turn.result) == (None, "", "")
    assert state_at(turn, "Mon 11:03") is State.RUNNING
    assert told(account) == [("TurnOpened", "m1"), ("ReplyUndelivered", "m9"), ("TurnReopened", "m10")]


def test_case_07_mail_before_the_bounce_joins_the_reopened_turn() -> None:
    turn = only_turn(
        arrived("Mon 10:00", "m1"),
        sent("Mon 11:00"),
        arrived("Mon 12:00", "m2"),
        MailBounced(at("Mon 13:00"), "m10", "m9", (JAN,)),
    )
    assert (turn.messages, turn.due) == (("m1", "m2"), at("Tue 10:00"))


def test_case_07_second_reply_closes_and_forgets_the_bounce() -> None:
    account = replay(
        [
            arrived("Mon 10:00"),
            sent("Mon 11:00", "m9"),
            sent("Mon 11:30", "m11"),
            MailBounced(at("Mon 12:00"), "m10", "m9", (JAN,)),
        ],
        POLICY,
    )
    (turn,) = account.turns
    assert (turn.ended_by, turn.bounced) == ("m11", False)
    assert told(account)[-1] == ("AddressFailed", "m10")


def two_recipients() -> MailSent:
    return replace(sent("Mon 11:00"), recipients=(JAN, "eva@acme.example"), parties=(PARTY, PARTY))


def test_case_08_one_of_two_recipients_bounces() -> None:
    first = MailBounced(at("Mon 11:02"), "m10", "m9", (JAN,))
    account = replay([arrived("Mon 10:00"), two_recipients(), first], POLICY)
    (turn,) = account.turns
    assert (turn.end, turn.result, turn.bounced) == ("closed", "met", False)
    assert told(account)[1:] == [("TurnClosed", "m9"), ("AddressFailed", "m10")]
    assert JAN in str(account.story[-1].effect)


def test_case_08_both_recipients_bounce_one_after_the_other() -> None:
    first = MailBounced(at("Mon 11:02"), "m10", "m9", (JAN,))
    second = MailBounced(at("Mon 11:05"), "m11", "m9", ("EVA@acme.example",))
    account = replay([arrived("Mon 10:00"), two_recipients(), first, second], POLICY)
    (turn,) = account.turns
    assert (turn.end, turn.bounced) == ("", True)
    assert told(account)[2:] == [("AddressFailed", "m10"), ("TurnReopened", "m11")]


def test_case_08_a_forwarder_in_copy_does_not_keep_the_turn_closed() -> None:
    reply = replace(sent("Mon 11:00"), recipients=(JAN, "ops@cargo.example"), parties=(PARTY, "domain:cargo.example"))
    bounce = MailBounced(at("Mon 11:02"), "m10", "m9", (JAN,))
    assert only_turn(arrived("Mon 10:00"), reply, bounce).bounced
    other = MailBounced(at("Mon 11:02"), "m10", "m9", ("ops@cargo.example",))
    assert only_turn(arrived("Mon 10:00"), reply, other).end == "closed"


def test_case_08_soft_bounce_is_only_told() -> None:
    bounce = MailBounced(at("Mon 11:02"), "m10", "m9", (JAN,), hard=False)
    account = replay([arrived("Mon 10:00"), sent("Mon 11:00"), bounce], POLICY)
    assert account.turns[0].end == "closed"
    assert told(account)[-1] == ("DeliveryDelayed", "m10")


HOLD = sent("Mon 16:00", estimate="Thu 17:00")


def test_case_09_holding_reply_promises() -> None:
    account = replay([arrived("Mon 10:00"), HOLD], POLICY)
    (turn,) = account.turns
    assert (turn.first_touch, turn.first_touch_at, turn.end, turn.result) == ("met", at("Mon 16:00"), "", "")
    assert (turn.promised_until, deadline(turn), turn.due) == (at("Thu 17:00"), at("Thu 17:00"), at("Tue 10:00"))
    assert state_at(turn, "Tue 10:00") is State.PROMISED
    assert told(account)[-1] == ("PromiseMade", "m9")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("Thu 12:59:59", State.PROMISED),
        ("Thu 13:00", State.PROMISE_AT_RISK),
        ("Thu 16:59:59.999999", State.PROMISE_AT_RISK),
        ("Thu 17:00", State.PROMISE_BROKEN),
        ("Fri 09:00", State.PROMISE_BROKEN),
    ],
)
def test_case_10_promise_breaks_at_its_instant(now: str, expected: State) -> None:
    account = replay([arrived("Mon 10:00"), HOLD], POLICY)
    assert state(account.turns[0], POLICY, at(now)) is expected
    broken = ("PromiseBroken", at("Thu 17:00"))
    assert (broken in [(line.event, line.at) for line in story_at(account, POLICY, at(now))]) == (
        expected is State.PROMISE_BROKEN
    )


@pytest.mark.parametrize(
    ("answer", "promise", "result"), [("Thu 16:59", "kept", "met"), ("Thu 17:00", "broken", "late")]
)
def test_case_10_full_reply_keeps_or_breaks_the_promise(answer: str, promise: str, result: str) -> None:
    turn = only_turn(arrived("Mon 10:00"), HOLD, sent(answer, "m20"))
    assert (turn.end, turn.first_touch, turn.promise, turn.result) == ("closed", "met", promise, result)


def test_case_11_new_estimate_before_the_promise_extends_it() -> None:
    account = replay([arrived("Mon 10:00"), HOLD, sent("Thu 15:00", "m20", estimate="Fri 12:00")], POLICY)
    (turn,) = account.turns
    assert (turn.promised_until, turn.extensions, turn.promise) == (at("Fri 12:00"), 1, "")
    assert turn.first_touch_at == at("Mon 16:00")
    assert state_at(turn, "Thu 17:00") is State.PROMISED
    assert told(account)[-1] == ("PromiseExtended", "m20")


def test_case_11_broken_promise_stays_on_record() -> None:
    ledger: list[Event] = [arrived("Mon 10:00"), HOLD, sent("Thu 17:00", "m20", estimate="Fri 12:00")]
    turn = only_turn(*ledger)
    assert (turn.promise, state_at(turn, "Thu 18:00")) == ("broken", State.PROMISED)
    closed = only_turn(*ledger, sent("Fri 09:00", "m21"))
    assert (closed.promise, closed.result) == ("broken", "late")


@pytest.mark.parametrize(
    ("leave", "told_so"), [("", "one for the manager"), ("chen", "agreed by chen"), ("li", "agreed by li")]
)
def test_case_11_a_third_extension_tells_whose_leave_it_had(leave: str, told_so: str) -> None:
    later = [sent(f"Thu 1{n}:00", f"m2{n}", estimate=f"Fri 1{n}:00") for n in range(2)]
    third = replace(sent("Thu 13:00", "m23", estimate="Fri 18:00"), agreed_by=leave)
    account = replay([arrived("Mon 10:00"), HOLD, *later, third], POLICY)
    assert account.turns[0].extensions == 3
    effects = [str(line.effect) for line in account.story if line.event == "PromiseExtended"]
    assert [effect.startswith(f"Extension {n} of at most 2") for n, effect in enumerate(effects, 1)] == [
        True,
        True,
        False,
    ]
    assert told_so in effects[2]


def test_case_12_holding_reply_after_the_deadline() -> None:
    turn = only_turn(arrived("Mon 10:00"), sent("Tue 10:00", estimate="Thu 17:00"))
    assert (turn.first_touch, state_at(turn, "Tue 10:01")) == ("late", State.PROMISED)
    closed = only_turn(arrived("Mon 10:00"), sent("Tue 10:00", estimate="Thu 17:00"), sent("Wed 10:00", "m20"))
    assert (closed.first_touch, closed.promise, closed.result) == ("late", "kept", "late")


@pytest.mark.parametrize("text", ["", "   ", "today 09:00", "2026-11-23T09:59", "2026-11-20"])
def test_case_13_empty_or_past_estimate_is_refused(text: str) -> None:
    with pytest.raises(RefusedByRule) as refusal:
        parse_estimate(text, at("Mon 10:00"), Office())
    assert refusal.value.exit_code == 4
    assert "Tue 24 November 17:00" in str(refusal.value.hint)


def test_case_13_promise_that_passed_before_it_left_is_none() -> None:
    account = replay([arrived("Mon 10:00"), sent("Mon 17:00", estimate="Mon 17:00")], POLICY)
    (turn,) = account.turns
    assert (turn.promised_until, turn.first_touch_at, turn.end) == (None, None, "")
    assert told(account)[-1] == ("PromiseIgnored", "m9")


def test_case_15_forward_among_ourselves_answers_nobody() -> None:
    forward = replace(sent("Mon 11:00"), recipients=(), parties=())
    account = replay([arrived("Mon 10:00"), forward], POLICY)
    assert account.turns == replay([arrived("Mon 10:00")], POLICY).turns
    assert told(account)[-1] == ("MailIgnored", "m9")


def test_case_17_thanks_opens_a_turn_that_looks_finished_and_a_person_waives() -> None:
    ledger: list[Event] = [arrived("Mon 10:00"), sent("Mon 11:00"), arrived("Mon 12:00", "m2", asks=False)]
    first, second = replay(ledger, POLICY).turns
    assert (first.end, second.end, second.looks_finished) == ("closed", "", True)
    first, second = replay([*ledger, TurnWaived(at("Mon 13:00"), "d1", "li", "only thanks")], POLICY).turns
    assert (first.end, second.end, second.ended_by, second.reason) == ("closed", "waived", "d1", "only thanks")
    assert second.result == ""


@pytest.mark.parametrize(
    ("chosen", "back"),
    [("Wed 09:00", "Tue 06:00"), ("Tue 06:00", "Tue 06:00"), ("Mon 18:00", "Mon 18:00")],
)
def test_case_18_a_snoozed_turn_is_back_before_it_is_at_risk(chosen: str, back: str) -> None:
    turn = only_turn(arrived("Mon 10:00"))
    assert back_from_snooze(at(chosen), deadline(turn), POLICY) == at(back)


def test_case_24_migrated_mail_is_history() -> None:
    moved = arrived_at(at("Mon 10:00"), at("Mon 10:00") - timedelta(days=400), None, at("Mon 10:05"))
    assert moved.old_mail
    assert moved.at == at("Mon 10:00") - timedelta(days=400)


def test_case_23_after_an_outage_it_is_overdue_at_once_and_seen_late() -> None:
    late = seen_late(at("Mon 10:00"), at("Mon 10:00"), at("Mon 09:00"), at("Tue 12:00"))
    account = replay([replace(arrived("Mon 10:00"), seen_late=late)], POLICY)
    (turn,) = account.turns
    assert (turn.due, turn.seen_late, state_at(turn, "Tue 12:00")) == (at("Tue 10:00"), 26 * 3600, State.OVERDUE)
    assert [(line.event, line.at) for line in story_at(account, POLICY, at("Tue 12:00"))] == [
        ("TurnOpened", at("Mon 10:00")),
        ("DeadlineNeared", at("Tue 06:00")),
        ("DeadlinePassed", at("Tue 10:00")),
        ("SeenLate", at("Tue 12:00")),
    ]
    assert "26.0 h" in str(account.story[-1].effect)


@pytest.mark.parametrize(
    ("arrival", "internaldate", "last_look", "fetched"),
    [
        ("Mon 10:00", "Mon 10:00", "Mon 09:59", "Mon 10:59"),  # the service was only slow
        ("Mon 10:00", "Mon 10:00", None, "Tue 12:00"),  # the first time that anybody looks
        ("Mon 10:00", "Mon 10:00", "Tue 11:59", "Tue 12:00"),  # dragged in from a folder that isn't read
        ("Mon 10:00", "Tue 11:59", "Tue 11:58", "Tue 12:00"),  # it came by another mailbox
        ("Mon 10:00", None, "Mon 09:00", "Tue 12:00"),  # from a file
    ],
)
def test_case_23_only_an_outage_is_one(
    arrival: str, internaldate: str | None, last_look: str | None, fetched: str
) -> None:
    known = at(internaldate) if internaldate else None
    assert seen_late(at(arrival), known, at(last_look) if last_look else None, at(fetched)) == 0


def test_case_25_reply_to_a_colleague_of_the_buyer_closes() -> None:
    assert only_turn(arrived("Mon 10:00"), sent("Mon 11:00", to="eva@acme.example")).end == "closed"


def test_case_25_reply_to_an_unrelated_forwarder_does_not() -> None:
    account = replay([arrived("Mon 10:00"), sent("Mon 11:00", to="ops@cargo.example")], POLICY)
    assert account.turns == replay([arrived("Mon 10:00")], POLICY).turns
    assert told(account)[-1] == ("MailIgnored", "m9")


def test_case_26_mail_that_arrived_while_the_answer_was_written() -> None:
    account = replay(
        [arrived("Mon 09:00", "m1"), arrived("Mon 09:58", "m2"), sent("Mon 10:00", until="Mon 09:00")], POLICY
    )
    first, second = account.turns
    assert (first.messages, first.end, first.late_arrivals) == (("m1",), "closed", False)
    assert (second.messages, second.anchor, second.due) == (("m2",), at("Mon 09:58"), at("Tue 09:58"))
    assert (second.end, second.late_arrivals) == ("", True)
    assert told(account)[2:] == [("TurnClosed", "m9"), ("TurnOpened", "m2")]


def test_case_26_turn_of_only_unseen_mail_stays_open() -> None:
    account = replay([arrived("Mon 09:58", "m2"), sent("Mon 10:00", until="Mon 09:50")], POLICY)
    (turn,) = account.turns
    assert (turn.end, turn.late_arrivals, turn.first_touch_at) == ("", True, None)
    assert told(account)[-1] == ("MailSent", "m9")


def test_case_26_holding_reply_leaves_the_unseen_question_its_own_turn() -> None:
    ledger = [arrived("Mon 09:00", "m1"), arrived("Mon 09:58", "m2"), arrived("Mon 09:59", "m3", asks=False)]
    first, second = replay([*ledger, sent("Mon 10:00", until="Mon 09:00", estimate="Thu 17:00")], POLICY).turns
    assert (first.messages, first.promised_until, first.late_arrivals) == (("m1", "m3"), at("Thu 17:00"), False)
    assert (second.messages, second.promised_until, second.late_arrivals) == (("m2",), None, True)


def test_case_28_date_in_the_future_is_told_and_not_believed() -> None:
    mail = replace(arrived("Mon 10:00"), date_header=at("Wed 10:00"))
    account = replay([mail], POLICY)
    assert (account.turns[0].anchor, account.turns[0].due) == (at("Mon 10:00"), at("Tue 10:00"))
    assert told(account) == [("TurnOpened", "m1"), ("DateInFuture", "m1")]
    assert told(replay([replace(mail, date_header=at("Mon 09:59"))], POLICY)) == [("TurnOpened", "m1")]


WHOLE_WEEK: list[Event] = [
    arrived("Mon 09:00", "m1"),
    HOLD,
    arrived("Mon 18:00", "m2"),
    MailBounced(at("Mon 19:00"), "m3", "m9", ("x@acme.example",), hard=False),
    sent("Tue 12:00", "m10", until="Mon 18:00"),
    arrived("Tue 12:00", "m4", asks=False),
    TurnWaived(at("Tue 15:00"), "d1", "li", "thanks"),
    arrived("Wed 09:00", "m5"),
    AnsweredElsewhere(at("Wed 15:10"), "d2", "wang", "whatsapp", "price sent"),
]


@given(st.permutations([*WHOLE_WEEK, *WHOLE_WEEK]))
def test_case_30_any_order_twice_gives_identical_rows(ledger: list[Event]) -> None:
    assert replay(ledger, POLICY) == replay(WHOLE_WEEK, POLICY)
    assert [turn.end for turn in replay(ledger, POLICY).turns] == ["closed", "closed", "waived", "closed"]


PROMISING = replace(sent("Mon 16:00"), promise="We revert on Thursday.", promise_day=date(2026, 11, 26))


def decided(when: str, until: str = "") -> PromiseDecided:
    return PromiseDecided(at(when), "d1", "wei", "m9", at(until) if until else None)


def test_case_33_a_reply_that_only_promises_is_asked_about() -> None:
    turn = only_turn(arrived("Mon 10:00"), PROMISING)
    assert (turn.end, turn.supposed_by, turn.supposed) == ("", "m9", "We revert on Thursday.")
    assert (turn.first_touch, turn.promised_until) == ("met", at("Thu 18:00"))
    assert {state_at(turn, when) for when in ("Mon 16:00", "Thu 17:00", "Sun 12:00")} == {State.PROMISE_UNCONFIRMED}
    assert turn.promise == ""  # neither kept nor broken


def test_case_33_without_a_day_it_is_our_next_working_day() -> None:
    turn = only_turn(arrived("Mon 10:00"), replace(PROMISING, promise_day=None))
    assert turn.promised_until == at("Tue 17:00")


def test_case_33_confirmed_it_is_a_promise_and_denied_the_answer() -> None:
    mails = (arrived("Mon 10:00"), PROMISING)
    promised = only_turn(*mails, decided("Mon 17:00", "Thu 18:00"))
    assert (promised.supposed_by, promised.promised_until) == ("", at("Thu 18:00"))
    assert state_at(promised, "Tue 12:00") is State.PROMISED
    assert state_at(promised, "Thu 18:00") is State.PROMISE_BROKEN
    answered = only_turn(*mails, decided("Fri 09:00"))
    assert (answered.end, answered.result, answered.ended_at) == ("closed", "met", at("Mon 16:00"))


def test_case_33_the_answer_itself_needs_no_word() -> None:
    turn = only_turn(arrived("Mon 10:00"), PROMISING, sent("Wed 11:00", "m10"))
    assert (turn.end, turn.result, turn.supposed_by, turn.promise) == ("closed", "met", "", "")


def test_case_33_patience_and_another_question_after_it() -> None:
    mails = (arrived("Mon 10:00"), PROMISING, arrived("Mon 18:00", "m2", asks=False))
    assert only_turn(*mails).supposed_by == "m9"
    first, second = replay([*mails, arrived("Tue 09:00", "m3")], POLICY).turns
    assert (first.supposed_by, second.due) == ("m9", at("Wed 09:00"))


def test_case_33_a_holding_reply_says_it_plainly() -> None:
    turn = only_turn(arrived("Mon 10:00"), PROMISING, sent("Tue 10:00", "m10", estimate="Fri 12:00"))
    assert (turn.supposed_by, turn.promised_until, turn.extensions) == ("", at("Fri 12:00"), 0)


def test_case_33_one_that_came_back_promised_nothing() -> None:
    bounce = MailBounced(at("Mon 16:05"), "m11", "m9", (JAN,))
    turn = only_turn(arrived("Mon 10:00"), PROMISING, bounce)
    assert (turn.supposed_by, turn.due, turn.bounced) == ("", at("Tue 10:00"), True)


@pytest.mark.parametrize(
    ("written", "berlin", "new_york"),
    [
        ("2026-03-07T23:30-05:00", "Mon 9 March 05:30", "Mon 9 March 00:30"),  # New York's clocks go forward on the 8th
        ("2026-03-28T14:00-04:00", "Sun 29 March 20:00", "Sun 29 March 14:00"),  # Berlin's on the 29th
        ("2026-10-24T20:00-04:00", "Mon 26 October 01:00", "Sun 25 October 20:00"),  # and back on October 25th
        ("2026-10-31T20:30-04:00", "Mon 2 November 01:30", "Sun 1 November 19:30"),  # New York's on November 1st
    ],
)
def test_case_29_across_a_change_of_clocks_it_is_the_same_instant_in_each_zone(
    written: str, berlin: str, new_york: str
) -> None:
    header = datetime.fromisoformat(written)
    arrival = arrived_at(header.astimezone(UTC), None, header, header + timedelta(minutes=5)).at
    (turn,) = replay([replace(arrived("Mon 10:00"), at=arrival, date_header=header)], POLICY).turns
    assert turn.due - header == timedelta(hours=24)
    assert stamp(turn.due, "Europe/Berlin", "en") == berlin
    assert stamp(turn.due, "America/New_York", "en") == new_york


WITH_PROMISES: list[Event] = [
    arrived("Mon 10:00"), PROMISING, arrived("Mon 18:00", "m2", asks=False), arrived("Tue 09:00", "m3"),
    decided("Mon 17:00"), PromiseDecided(at("Tue 08:00"), "d2", "li", "m9", at("Thu 18:00")),
    MailBounced(at("Wed 08:00"), "m12", "m9", (JAN,), hard=False), sent("Thu 11:00", "m10"),
]  # fmt: skip


@given(st.permutations(WITH_PROMISES))
def test_case_30_any_order_of_promises_and_decisions_gives_identical_rows(ledger: list[Event]) -> None:
    account = replay(ledger + ledger, POLICY)
    assert account == replay(WITH_PROMISES, POLICY)
    assert [(turn.end, turn.promise) for turn in account.turns] == [("closed", "kept"), ("closed", "")]


def test_case_33_its_story_is_told() -> None:
    account = replay([arrived("Mon 10:00"), PROMISING, decided("Mon 17:00", "Thu 18:00")], POLICY)
    assert [event for event, _key in told(account)] == ["TurnOpened", "PromiseMade", "PromiseConfirmed"]
    open_still = replay([arrived("Mon 10:00"), PROMISING], POLICY)
    assert [event for event, _key in told(open_still)] == ["TurnOpened", "PromiseSupposed"]


def test_case_35_patience_after_a_holding_reply_changes_nothing() -> None:
    account = replay([arrived("Mon 10:00"), HOLD, arrived("Mon 18:00", "m2", asks=False)], POLICY)
    (turn,) = account.turns
    assert (turn.messages, turn.due, state_at(turn, "Tue 10:00")) == (("m1", "m2"), at("Tue 10:00"), State.PROMISED)
    assert told(account)[-1] == ("TurnExtended", "m2")


def test_new_question_after_a_holding_reply_has_a_clock_of_its_own_and_the_full_reply_closes_both() -> None:
    ledger: list[Event] = [arrived("Mon 10:00"), HOLD, arrived("Mon 18:00", "m2"), arrived("Mon 19:00", "m3")]
    first, second = replay(ledger, POLICY).turns
    assert (first.messages, second.messages, second.due) == (("m1",), ("m2", "m3"), at("Tue 18:00"))
    assert most_urgent((first, second), POLICY, at("Tue 17:00")) == second
    closed = replay([*ledger, sent("Tue 12:00", "m20")], POLICY).turns
    assert [(turn.end, turn.promise, turn.result) for turn in closed] == [
        ("closed", "kept", "met"),
        ("closed", "", "met"),
    ]


def test_case_39_answer_on_another_channel() -> None:
    logged = AnsweredElsewhere(at("Mon 15:10"), "d2", "wang", "whatsapp", "price sent")
    turn = only_turn(arrived("Mon 10:00"), logged)
    assert (turn.end, turn.result, turn.ended_at, turn.answered_by) == ("closed", "met", at("Mon 15:10"), "wang")
    assert (turn.external, turn.reason) == (True, "price sent")


def test_case_16_a_scheduled_reply_that_the_server_takes_too_late() -> None:
    scheduled = outbox.hold(Dispatch(key="m9"), at("Tue 09:00"))
    question = arrived("Mon 10:00")
    waits = leaving(only_turn(question), [Answer(scheduled, at("Mon 10:00"))], at("Mon 11:00"))
    assert (waits.leaves_at, waits.in_time) == (at("Tue 09:00"), True)
    now, waiting = at("Tue 09:00"), scheduled
    while waiting.next_attempt is None or waiting.next_attempt < at("Tue 10:20"):
        assert outbox.due(waiting, now)
        waiting = outbox.deferred(waiting, now)
        assert waiting.next_attempt is not None
        now = waiting.next_attempt
    assert only_turn(question).end == ""
    assert state_at(only_turn(question), "Tue 09:59:59") is State.AT_RISK
    assert state_at(only_turn(question), "Tue 10:00") is State.OVERDUE
    again = outbox.retry(waiting, at("Tue 10:20"))
    left = outbox.accepted(outbox.begin(again, at("Tue 10:20")), at("Tue 10:20"))
    reply = replace(sent("Tue 10:20", until="Mon 10:00"), at=left.sent_at or at("Mon 00:00"))
    turn = only_turn(question, reply)
    assert (turn.end, turn.result, turn.ended_at) == ("closed", "late", at("Tue 10:20"))


def test_case_32_a_colleague_answers_from_another_own_address() -> None:
    wang = replace(sent("Mon 15:00", "m8"), by="wang@ningbo-sales.example", external=True)
    events: list[Event] = [arrived("Mon 10:00"), wang]
    turn = only_turn(*events)
    assert (turn.end, turn.result, turn.answered_by) == ("closed", "met", "wang@ningbo-sales.example")
    for mine in (Dispatch(), outbox.hold(Dispatch(), at("Tue 09:00"))):
        assert answered_meanwhile(at("Mon 14:00"), mine, events) == wang
    assert answered_meanwhile(at("Mon 16:00"), Dispatch(), events) is None
    assert answered_meanwhile(at("Mon 14:00"), outbox.cancel(Dispatch()), events) is None


def test_case_32_a_forward_among_ourselves_tells_nobody() -> None:
    forward = replace(sent("Mon 15:00", "m8"), recipients=(), parties=())
    assert answered_meanwhile(at("Mon 14:00"), Dispatch(), [arrived("Mon 10:00"), forward]) is None


def test_case_40_a_mail_that_has_the_customer_in_bcc_only_closes() -> None:
    ours = replace(sent("Mon 15:00"), recipients=(JAN,), parties=(PARTY,))
    among_ourselves = replace(ours, recipients=(), parties=())
    assert only_turn(arrived("Mon 10:00"), ours).end == "closed"
    assert only_turn(arrived("Mon 10:00"), among_ourselves).end == ""
