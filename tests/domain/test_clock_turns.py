"""Details of the reply clock beyond the acceptance cases: roles, kinds, reclassified mail, Cc, Reply-To, the story."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations

import pytest

from mailcrm.domain.clock.account import Account, Line, Turn
from mailcrm.domain.clock.ledger import (
    AnsweredElsewhere,
    Event,
    MailArrived,
    MailBounced,
    MailNoted,
    MailSent,
    TurnWaived,
)
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.states import State, deadline, most_urgent, state, story_at, urgency
from mailcrm.domain.clock.story import localise
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.message import Kind, Role
from mailcrm.domain.words import install, say

POLICY = Policy()
START = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday 10:00 in Shanghai
JAN, PARTY = "jan@acme.example", "company:5"


def hour(number: float) -> datetime:
    return START + timedelta(hours=number)


def mail(number: float, key: str) -> MailArrived:
    return MailArrived(hour(number), key, JAN, PARTY, Kind.HUMAN, Kind.HUMAN, Role.CUSTOMER)


def reply(number: float, key: str = "m9", estimate: float | None = None) -> MailSent:
    promised = None if estimate is None else hour(estimate)
    return MailSent(hour(number), key, "li", (JAN,), (PARTY,), hour(number), promised)


def turns(*events: Event) -> tuple[Turn, ...]:
    return replay(events, POLICY).turns


def told(account: Account) -> list[tuple[str, str]]:
    return [(line.event, line.message) for line in account.story]


@pytest.mark.parametrize("role", list(Role))
def test_only_roles_that_start_the_clock_open_a_turn(role: Role) -> None:
    opens = role in (Role.CUSTOMER, Role.PROSPECT, Role.AGENT, Role.UNKNOWN)
    assert len(turns(replace(mail(0, "m1"), role=role))) == opens


@pytest.mark.parametrize("kind", list(Kind))
def test_only_people_and_platform_inquiries_open_a_turn(kind: Kind) -> None:
    opens = kind in (Kind.HUMAN, Kind.PLATFORM_INQUIRY)
    assert len(turns(replace(mail(0, "m1"), kind=kind, kind_first=kind))) == opens


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_rule_to_tell(kind: Kind) -> None:
    (line,) = replay([MailNoted(hour(0), "m1", kind, JAN)], POLICY).story
    assert line.event == "MailIgnored"
    assert str(line.rule).endswith(".")


def reclassified(number: float, key: str, when: float) -> MailArrived:
    return replace(mail(number, key), kind=Kind.BULK, reclassified_at=hour(when))


def test_reclassified_mail_leaves_a_void_turn() -> None:
    account = replay([reclassified(0, "m1", 3)], POLICY)
    (turn,) = account.turns
    assert (turn.end, turn.ended_at, turn.ended_by, turn.reason) == ("void", hour(3), "m1", "bulk")
    assert (turn.result, turn.first_touch) == ("", "")
    assert told(account) == [("TurnOpened", "m1"), ("TurnVoided", "m1")]
    assert str(account.story[0].rule) == "A customer's oldest unanswered mail starts the clock."
    assert state(turn, POLICY, hour(4)) is State.VOID
    assert story_at(account, POLICY, hour(99)) == account.story


def test_turn_is_void_when_its_last_mail_was_reclassified() -> None:
    account = replay([reclassified(0, "m1", 9), reclassified(1, "m2", 3)], POLICY)
    (turn,) = account.turns
    assert told(account) == [("TurnOpened", "m1"), ("TurnExtended", "m2"), ("TurnVoided", "m1")]
    assert (turn.messages, turn.ended_at, turn.ended_by) == (("m1", "m2"), hour(9), "m1")


def test_reclassified_mail_does_not_hold_the_anchor_of_the_next() -> None:
    first, second = turns(reclassified(0, "m1", 3), mail(1, "m2"), reclassified(2, "m3", 3))
    assert (first.messages, first.end) == (("m1",), "void")
    assert (second.messages, second.anchor, second.end) == (("m2",), hour(1), "")


@pytest.mark.parametrize(
    "between",
    [
        [reply(1)],
        [TurnWaived(hour(1), "d1", "li", "x")],
        [AnsweredElsewhere(hour(1), "d1", "li", "phone")],
        [mail(1, "m2"), reply(1.5)],
    ],
)
def test_void_turn_does_not_span_an_answer(between: list[Event]) -> None:
    found = turns(reclassified(0, "m1", 3), *between, reclassified(2, "m3", 3))
    assert [turn.messages for turn in found if turn.end == "void"] == [("m1",), ("m3",)]


def test_mail_made_human_by_a_person_opens_a_turn_at_its_arrival() -> None:
    (turn,) = turns(replace(mail(0, "m1"), kind_first=Kind.BULK, reclassified_at=hour(30)))
    assert (turn.anchor, turn.end) == (hour(0), "")


def test_turn_is_low_only_while_we_are_in_cc_of_every_mail() -> None:
    in_copy = replace(mail(0, "m1"), low=True)
    assert turns(in_copy)[0].low
    assert not turns(in_copy, mail(1, "m2"))[0].low


def test_turn_looks_finished_only_while_nothing_is_asked() -> None:
    thanks = replace(mail(0, "m1"), asks=False)
    assert turns(thanks)[0].looks_finished
    assert not turns(thanks, mail(1, "m2"))[0].looks_finished


def test_answer_to_the_reply_to_address_reaches_the_sender() -> None:
    elsewhere = replace(reply(1), recipients=("Buyer@Post.example",), parties=("domain:post.example",))
    assert turns(mail(0, "m1"), elsewhere)[0].end == ""
    (turn,) = turns(replace(mail(0, "m1"), reply_to=("buyer@post.example",)), elsewhere)
    assert turn.end == "closed"


def test_answer_reaches_whoever_wrote_in_the_turn() -> None:
    second = replace(mail(1, "m2"), sender="eva@gmail.example", party="address:eva@gmail.example")
    to_eva = replace(reply(2), recipients=("eva@gmail.example",), parties=("address:eva@gmail.example",))
    assert [turn.end for turn in turns(mail(0, "m1"), second, to_eva)] == ["closed"]


def test_address_alone_is_enough_where_the_party_was_linked_later() -> None:
    unlinked = replace(reply(1), parties=("domain:acme.example",))
    assert turns(mail(0, "m1"), unlinked)[0].end == "closed"


def test_parties_that_are_not_parallel_still_reach() -> None:
    merged = replace(reply(1), recipients=("a@acme.example", "b@acme.example"), parties=(PARTY,))
    assert turns(mail(0, "m1"), merged)[0].end == "closed"
    one = MailBounced(hour(2), "m10", "m9", ("a@acme.example",))
    assert turns(mail(0, "m1"), merged, one)[0].end == "closed"
    assert turns(mail(0, "m1"), merged, one, replace(one, key="m11", failed=("b@acme.example",)))[0].bounced
    stranger = replace(merged, parties=("domain:cargo.example",))
    assert turns(mail(0, "m1"), stranger)[0].end == ""


def test_automatic_mail_never_closes() -> None:
    account = replay([mail(0, "m1"), replace(reply(1), automatic=True)], POLICY)
    assert account.turns[0].end == ""
    assert told(account)[-1] == ("MailIgnored", "m9")


def test_bounce_of_the_only_recipient_counts_whatever_address_it_names() -> None:
    (turn,) = turns(mail(0, "m1"), reply(1), MailBounced(hour(2), "m10", "m9", ("jan@forwarded.example",)))
    assert (turn.end, turn.bounced) == ("", True)


def test_bounce_that_names_nobody_of_several_says_so() -> None:
    two = replace(reply(1), recipients=(JAN, "eva@acme.example"), parties=(PARTY, PARTY))
    account = replay([mail(0, "m1"), two, MailBounced(hour(2), "m10", "m9", ())], POLICY)
    assert account.turns[0].end == "closed"
    assert "names no address" in str(account.story[-1].effect)


def test_a_fresh_turn_carries_no_flags_and_no_judgement() -> None:
    (turn,) = turns(mail(0, "m1"))
    rule = say("the rule for everybody: {time}", time=say("{hours} h", hours=24)).to_json()
    assert turn == Turn("m1", hour(0), hour(24), ("m1",), JAN, PARTY, policy_version=POLICY.version, rule=rule)


def test_a_second_report_of_the_same_failure_reopens_nothing_again() -> None:
    bounce = MailBounced(hour(2), "m10", "m9", (JAN,))
    account = replay([mail(0, "m1"), reply(1), bounce, replace(bounce, at=hour(3), key="m11")], POLICY)
    assert told(account)[2:] == [("TurnReopened", "m10"), ("AddressFailed", "m11")]


def test_delivered_holding_reply_forgets_the_bounce_before_it() -> None:
    bounce = MailBounced(hour(2), "m10", "m9", (JAN,))
    assert not turns(mail(0, "m1"), reply(1), bounce, reply(3, "m11", estimate=48))[0].bounced


def test_bounced_holding_reply_promises_nothing() -> None:
    (turn,) = turns(mail(0, "m1"), reply(1, estimate=48), MailBounced(hour(2), "m10", "m9", (JAN,)))
    assert (turn.promised_until, turn.first_touch, turn.bounced, turn.due) == (None, "", True, hour(24))


def test_bounce_that_overtakes_the_sent_copy_still_counts() -> None:
    account = replay([mail(0, "m1"), MailBounced(hour(1), "m10", "m9", (JAN,)), reply(2)], POLICY)
    assert account.turns[0].bounced
    assert told(account)[1:] == [("AddressFailed", "m10"), ("ReplyUndelivered", "m9")]


def test_bounce_of_a_mail_elsewhere_is_told() -> None:
    account = replay([mail(0, "m1"), MailBounced(hour(1), "m10", "m77", (JAN,))], POLICY)
    assert told(account)[1:] == [("MailBounced", "m10")]


def test_waiving_after_a_broken_promise_keeps_it_on_record() -> None:
    (turn,) = turns(mail(0, "m1"), reply(1, estimate=30), TurnWaived(hour(30), "d1", "li", "noted"))
    assert (turn.end, turn.promise, turn.result, turn.first_touch) == ("waived", "broken", "", "met")
    (turn,) = turns(mail(0, "m1"), reply(1, estimate=30), TurnWaived(hour(29), "d1", "li", "noted"))
    assert turn.promise == ""


def test_answer_and_decision_with_nothing_open_are_told() -> None:
    account = replay(
        [reply(1), AnsweredElsewhere(hour(2), "d1", "li", "phone"), TurnWaived(hour(3), "d2", "li", "x")], POLICY
    )
    assert account.turns == ()
    assert told(account) == [("MailSent", "m9"), ("AnsweredElsewhere", "d1"), ("TurnWaived", "d2")]


def test_answer_on_another_channel_without_a_word_names_the_channel() -> None:
    assert turns(mail(0, "m1"), AnsweredElsewhere(hour(1), "d1", "li", "phone"))[0].reason == "phone"


def test_turns_come_by_anchor_also_when_an_unseen_mail_moves_into_a_younger_turn() -> None:
    unseen = replace(mail(2, "m2"), asks=False)
    ledger: list[Event] = [
        mail(0, "m1"),
        reply(1, "m10", 40),
        unseen,
        mail(3, "m3"),
        reply(4, "m11", 41),
        mail(5, "m4"),
    ]
    account = replay([*ledger, replace(reply(6, "m12"), answers_until=hour(1))], POLICY)
    assert [(turn.messages, turn.end) for turn in account.turns] == [
        (("m1",), "closed"),
        (("m2", "m4"), ""),
        (("m3",), ""),
    ]
    assert [turn.late_arrivals for turn in account.turns] == [False, True, True]


def test_unseen_mail_that_joins_a_turn_which_the_answer_did_not_reach_is_flagged_there() -> None:
    unseen = replace(mail(2, "m2"), asks=False)
    stranger = replace(mail(3, "m3"), sender="ali@other.example", party="company:6")
    answer = replace(reply(6, "m12"), answers_until=hour(1))
    first, second = turns(mail(0, "m1"), reply(1, "m10", 40), unseen, stranger, answer)
    assert (first.end, first.messages) == ("closed", ("m1",))
    assert (second.end, second.messages, second.late_arrivals) == ("", ("m2", "m3"), True)


def test_every_turn_names_the_policy_that_judged_it() -> None:
    assert turns(mail(0, "m1"))[0].policy_version == POLICY.version
    shorter = Policy(reply_within=timedelta(hours=8))
    assert replay([mail(0, "m1")], shorter).turns[0].policy_version != POLICY.version
    assert replay([mail(0, "m1")], shorter).turns[0].due == hour(8)


def test_third_extension_is_told_as_the_managers() -> None:
    ledger: list[Event] = [mail(0, "m1"), *(reply(1 + step, f"m{10 + step}", estimate=40 + step) for step in range(4))]
    account = replay(ledger, POLICY)
    assert account.turns[0].extensions == 3
    rules = [str(line.rule) for line in account.story if line.event == "PromiseExtended"]
    assert [("manager" in rule) for rule in rules] == [False, False, True]


@pytest.mark.parametrize(
    ("ledger", "words"),
    [
        ([reply(1)], "in time: it was due"),
        ([reply(24)], "too late: it was due"),
        ([reply(1, "m8", 30), reply(29)], "told in time, and the promise for"),
        ([reply(1, "m8", 30), reply(30)], "told in time, but a promise was broken"),
        ([reply(24, "m8", 30), reply(29)], "told too late (due 2026-11-24 02:00:00+00:00), the promise"),
        ([reply(24, "m8", 30), reply(30)], "and a promise was broken"),
    ],
)
def test_the_closing_line_says_what_the_answer_was_worth(ledger: list[Event], words: str) -> None:
    line = replay([mail(0, "m1"), *ledger], POLICY).story[-1]
    assert line.event == "TurnClosed"
    assert words in str(line.effect)


def names(account: Account, now: float) -> list[tuple[str, datetime]]:
    return [(line.event, line.at) for line in story_at(account, POLICY, hour(now))]


def test_the_story_tells_what_time_alone_has_done() -> None:
    ledger: list[Event] = [mail(0, "m1"), reply(25, "m8", estimate=40), reply(45, "m9", estimate=60)]
    account = replay(ledger, POLICY)
    assert names(account, 100) == [
        ("TurnOpened", hour(0)),
        ("DeadlineNeared", hour(20)),
        ("DeadlinePassed", hour(24)),
        ("PromiseMade", hour(25)),
        ("PromiseNeared", hour(36)),
        ("PromiseBroken", hour(40)),
        ("PromiseExtended", hour(45)),
        ("PromiseNeared", hour(56)),
        ("PromiseBroken", hour(60)),
    ]


@pytest.mark.parametrize(
    ("now", "added"),
    [
        (19.99, []),
        (20, ["DeadlineNeared"]),
        (23.99, ["DeadlineNeared"]),
        (24, ["DeadlineNeared", "DeadlinePassed"]),
    ],
)
def test_time_lines_come_exactly_at_their_instants(now: float, added: list[str]) -> None:
    assert [name for name, _ in names(replay([mail(0, "m1")], POLICY), now)] == ["TurnOpened", *added]


@pytest.mark.parametrize("ending", [reply(1, estimate=200), TurnWaived(hour(1), "d1", "li", "x")])
def test_a_deadline_that_was_met_or_waived_does_not_pass(ending: Event) -> None:
    account = replay([mail(0, "m1"), ending], POLICY)
    assert len(names(account, 100)) == len(account.story) == 2


def test_an_answer_at_the_due_instant_comes_after_its_passing() -> None:
    account = replay([mail(0, "m1"), reply(24)], POLICY)
    assert [name for name, _ in names(account, 30)] == ["TurnOpened", "DeadlineNeared", "DeadlinePassed", "TurnClosed"]


def test_a_deadline_shorter_than_the_warning_does_not_near() -> None:
    short = Policy(reply_within=timedelta(hours=4))
    account = replay([mail(0, "m1")], short)
    assert state(account.turns[0], short, hour(0)) is State.AT_RISK
    assert [line.event for line in story_at(account, short, hour(5))] == ["TurnOpened", "DeadlinePassed"]


BY_URGENCY = [
    *("promise_broken", "overdue", "promise_at_risk", "at_risk", "promise_unconfirmed", "running"),
    *("promised", "closed", "void", "idle"),
]


def test_urgency_orders_the_states() -> None:
    assert sorted({*State} - {State.WAIVED}, key=urgency, reverse=True) == BY_URGENCY
    assert urgency(State.WAIVED) == urgency(State.CLOSED)
    assert len({urgency(each) for each in State}) == len(State) - 1


def test_an_open_turn_speaks_before_an_ended_one_and_a_newer_before_an_older() -> None:
    closed, open_turn = turns(mail(0, "m1"), reply(1), mail(2, "m2"))
    assert most_urgent([closed, open_turn], POLICY, hour(3)) == open_turn
    ended = replay([mail(0, "m1"), reply(1), mail(2, "m2"), TurnWaived(hour(3), "d1", "li", "x")], POLICY)
    first, second = ended.turns
    assert str(ended.story[-1].effect) == "No reply needed, says li: x"
    assert most_urgent([second, first], POLICY, hour(4)) == second
    assert most_urgent([], POLICY, hour(4)) is None


def test_of_two_equal_states_the_nearer_deadline_speaks() -> None:
    held, other = turns(mail(0, "m1"), reply(1, "m8", 200), mail(2, "m2"), reply(3, "m9", 100), mail(4, "m3"))[:2]
    assert deadline(held) == deadline(other) == hour(100)
    nearer = replace(other, promised_until=hour(90))
    assert most_urgent([held, nearer], POLICY, hour(5)) == nearer
    assert most_urgent([nearer, held], POLICY, hour(5)) == nearer


def test_localise_writes_instants_for_the_zone() -> None:
    line = replay([mail(0, "m1")], POLICY).story[0]
    assert str(localise(line, "Asia/Shanghai").effect).startswith("To be answered before Tue 24 November 10:00 (")
    assert str(localise(line, "Europe/Berlin").effect).startswith("To be answered before Tue 24 November 03:00 (")


def test_a_turn_is_judged_by_what_it_was_judged_by_whatever_the_rule_is_now() -> None:
    judged = replace(mail(0, "m1"), judged_due=hour(24), judged_by="earlier")
    strict = Policy(reply_within=timedelta(hours=2))
    (turn,) = replay([judged, reply(10)], strict).turns
    assert (turn.due, turn.result, turn.policy_version) == (hour(24), "met", "earlier")
    (reopened,) = replay([judged, reply(10), MailBounced(hour(11), "m10", "m9", (JAN,))], strict).turns
    assert (reopened.end, reopened.due) == ("", hour(24))


def test_the_grade_of_whoever_asked_first_counts() -> None:
    graded = Policy(by_grade=(("A", timedelta(hours=8)),))
    (turn,) = replay([replace(mail(0, "m1"), grade="A"), mail(1, "m2")], graded).turns
    assert turn.due == hour(8)


def test_localise_reaches_sentences_inside_sentences_and_follows_the_language() -> None:
    line = Line(hour(0), "X", "m1", say("{inner}", inner=say("due {due}", due=hour(0))), say("{n}", n=3))
    assert str(localise(line, "Asia/Shanghai").rule) == "due Mon 23 November 10:00"
    assert str(localise(line, "Asia/Shanghai").effect) == "3"
    try:
        install("zh", NullTranslations())
        assert str(localise(line, "Asia/Shanghai").rule) == "due 11月23日 周一 10:00"
    finally:
        install("en", NullTranslations())
