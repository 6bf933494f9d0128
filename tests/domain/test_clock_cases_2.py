"""More acceptance cases of the reply clock by number: what people say, what other threads answer, who may open a turn.

As in test_clock_cases: policy 24 h elapsed, the office in Shanghai, the week of Monday 23 November 2026.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from domain.test_clock_cases import JAN, PARTY, POLICY, arrived, at, only_turn, sent, state_at, told
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.clock.ledger import (
    AnswerDecided,
    AnsweredElsewhere,
    Event,
    ForwardDecided,
    MailArrived,
    MailBounced,
    NoteWritten,
    ThreadAdopted,
    TurnWaived,
)
from mailcrm.domain.clock.states import State, story_at
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.demand import asks
from mailcrm.domain.forwarding import counts_from
from mailcrm.domain.message import Kind, Role


def forwarded(written: str, reached_us: str) -> MailArrived:
    """Return a buyer's mail that a colleague passed on, taken over."""
    anchor = counts_from({"at": at(written).isoformat()}, at(reached_us))
    routed = at(reached_us) if anchor < at(reached_us) else None
    return replace(arrived("Mon 08:00", "m7"), at=anchor, routed_at=routed)


def yes(when: str, mail: str = "m9", *, word: bool = True) -> AnswerDecided:
    return AnswerDecided(at(when), "d1", "li", mail, word)


def test_case_14_a_forward_runs_from_the_buyers_own_date() -> None:
    taken = ForwardDecided(at("Mon 14:05"), "d1", "li", "m7", yes=True)
    account = replay([forwarded("Mon 08:00", "Mon 14:00"), taken], POLICY)
    (turn,) = account.turns
    assert (turn.anchor, turn.due, turn.sender) == (at("Mon 08:00"), at("Tue 08:00"), JAN)
    assert turn.routed_at is not None
    assert turn.routed_at - turn.anchor == timedelta(hours=6)
    assert told(account) == [("TurnOpened", "m7"), ("ForwardTaken", "d1")]
    assert state_at(turn, "Tue 08:00") is State.OVERDUE


def test_case_14_what_the_rep_leaves_opens_nothing() -> None:
    account = replay([ForwardDecided(at("Mon 14:05"), "d1", "li", "m7", yes=False)], POLICY)
    assert (account.turns, told(account)) == ((), [("ForwardLeft", "d1")])


@pytest.mark.parametrize(
    ("words", "demand"),
    [
        ("Thanks, have a nice weekend!", False),
        ("Thanks, noted.", False),
        ("Noted with thanks. When can you ship?", True),
        ("Well noted, thank you. Please send the invoice too.", True),
    ],
)
def test_case_36_thanks_look_finished_and_a_question_after_them_does_not(words: str, demand: bool) -> None:
    assert asks(words) is demand
    answered: list[Event] = [arrived("Mon 10:00"), sent("Mon 11:00")]
    turn = replay([*answered, arrived("Fri 16:00", "m2", asks=asks(words))], POLICY).turns[-1]
    assert (turn.opened_by, turn.looks_finished, turn.due) == ("m2", not demand, at("Sat 16:00"))


def test_case_17_nothing_is_waived_alone() -> None:
    ledger: list[Event] = [arrived("Mon 10:00"), sent("Mon 11:00"), arrived("Mon 12:00", "m2", asks=False)]
    turn = replay(ledger, POLICY).turns[-1]
    assert (turn.looks_finished, turn.end) == (True, "")
    assert state_at(turn, "Tue 12:00") is State.OVERDUE
    waived = replay([*ledger, TurnWaived(at("Mon 13:00"), "d1", "li", "thanks only")], POLICY).turns[-1]
    assert (waived.end, waived.reason) == ("waived", "thanks only")


def test_case_26_a_person_says_that_what_came_meanwhile_was_answered_too() -> None:
    ledger: list[Event] = [arrived("Mon 09:00"), arrived("Mon 09:58", "m2"), sent("Mon 10:00", until="Mon 09:50")]
    first, second = replay(ledger, POLICY).turns
    assert (first.end, second.end, second.late_arrivals) == ("closed", "", True)
    account = replay([*ledger, yes("Mon 10:05")], POLICY)
    assert [(turn.end, turn.result, turn.messages) for turn in account.turns] == [("closed", "met", ("m1", "m2"))]
    assert told(account)[-1] == ("AnswerConfirmed", "d1")
    assert replay([*ledger, yes("Mon 10:05", word=False)], POLICY).turns == (first, second)


def test_case_27_merged_the_older_anchor_counts_and_apart_each_its_own() -> None:
    older, newer = [arrived("Mon 10:00")], [arrived("Mon 15:00", "m2")]
    merged = only_turn(*older, *newer)
    assert (merged.anchor, merged.due, merged.messages) == (at("Mon 10:00"), at("Tue 10:00"), ("m1", "m2"))
    assert [only_turn(*one).due for one in (older, newer)] == [at("Tue 10:00"), at("Tue 15:00")]


def test_case_34_one_answer_closes_a_ticked_thread_and_leaves_the_other() -> None:
    here, there, left = arrived("Mon 10:00"), arrived("Mon 12:00", "m2"), arrived("Mon 13:00", "m3")
    answer = sent("Mon 15:00", until="Mon 10:00")
    lent = replace(answer, answers_until=at("Mon 12:00"))  # up to what was shown there
    assert (only_turn(here, answer).result, only_turn(there, lent).result) == ("met", "met")
    other = only_turn(left)
    assert (state_at(other, "Mon 16:00"), other.due) == (State.RUNNING, at("Tue 13:00"))
    later = replay([there, arrived("Mon 14:00", "m4"), lent], POLICY).turns
    assert [(turn.end, turn.late_arrivals) for turn in later] == [("closed", False), ("", True)]


def test_case_34_an_answer_that_came_back_closed_nothing_anywhere() -> None:
    lent = sent("Mon 15:00", until="Mon 12:00")
    bounce = MailBounced(at("Mon 15:01"), "m12", "m9", (JAN,))
    turn = only_turn(arrived("Mon 12:00", "m2"), lent, bounce)
    assert (turn.end, turn.bounced, turn.due) == ("", True, at("Tue 12:00"))


def test_a_probable_answer_counts_from_its_sending_once_a_person_said_so() -> None:
    lent = replace(sent("Mon 18:00"), external=True)
    account = replay([arrived("Mon 10:00"), lent, yes("Wed 09:00")], POLICY)
    (turn,) = account.turns
    assert (turn.result, turn.ended_at, turn.external, turn.answered_by) == ("met", at("Mon 18:00"), True, "li")
    assert [line.event for line in story_at(account, POLICY, at("Wed 10:00"))] == [
        "TurnOpened",
        "TurnClosed",
        "AnswerConfirmed",
    ]


@pytest.mark.parametrize(
    ("mail", "turns"),
    [
        (replace(arrived("Mon 10:00"), role=Role.FORWARDER), 0),
        (replace(arrived("Mon 10:00"), kind=Kind.HUMAN, kind_first=Kind.HUMAN, role=Role.UNKNOWN), 1),
    ],
    ids=["a forwarder's rate mail", "a fax gateway's mail, which is human (ingest/test_fax)"],
)
def test_case_37_who_may_open_a_turn(mail: MailArrived, turns: int) -> None:
    assert len(replay([mail], POLICY).turns) == turns


def test_case_35_who_only_waits_after_our_holding_reply_changes_nothing() -> None:
    held = sent("Mon 16:00", "m8", estimate="Thu 17:00")
    waits = replace(arrived("Mon 18:00", "m2"), patient=True)
    turn = only_turn(arrived("Mon 10:00"), held, waits)
    assert (turn.messages, turn.due, state_at(turn, "Tue 10:00")) == (("m1", "m2"), at("Tue 10:00"), State.PROMISED)
    while_writing = replace(held, answers_until=at("Mon 15:00"))
    assert only_turn(arrived("Mon 10:00"), replace(waits, at=at("Mon 15:30")), while_writing).extensions == 0
    assert not only_turn(waits).looks_finished  # with nothing promised it is a demand like any other


def test_case_39_a_chat_of_theirs_is_a_demand_and_one_of_ours_its_answer() -> None:
    called = arrived("Mon 10:00", "m3")
    turn = only_turn(called, AnsweredElsewhere(at("Mon 15:10"), "d2", "wang", "whatsapp", "answered 15:10"))
    assert (turn.end, turn.result, turn.ended_at, turn.reason) == ("closed", "met", at("Mon 15:10"), "answered 15:10")


def test_an_adopted_thread_has_its_true_age_and_says_so() -> None:
    ledger: list[Event] = [replace(arrived("Mon 10:00"), adopted=True), ThreadAdopted(at("Fri 09:00"), "d1", "li")]
    account = replay(ledger, POLICY)
    (turn,) = account.turns
    assert (turn.adopted, turn.due, state_at(turn, "Fri 09:00")) == (True, at("Tue 10:00"), State.OVERDUE)
    assert "outside the figures" in str(account.story[0].rule)


def test_a_note_is_told_and_moves_nothing() -> None:
    note = NoteWritten(at("Mon 11:00"), "d1", "li", "pays {late}")
    account = replay([arrived("Mon 10:00"), note], POLICY)
    assert account.turns == replay([arrived("Mon 10:00")], POLICY).turns
    assert (account.story[-1].event, str(account.story[-1].effect)) == ("NoteWritten", "li: pays {late}")


SPOKEN: list[Event] = [
    replace(forwarded("Mon 08:00", "Mon 14:00"), party=PARTY), arrived("Mon 15:00", "m2"), sent("Mon 16:00", until="Mon 14:30"),
    yes("Mon 17:00"), arrived("Mon 18:00", "m3"), replace(sent("Tue 09:00", "m20"), external=True),
    NoteWritten(at("Tue 10:00"), "d4", "li", "x"), ForwardDecided(at("Mon 14:05"), "d5", "li", "m7", yes=True),
    MailBounced(at("Tue 09:30"), "m21", "m20", (JAN,)), ThreadAdopted(at("Mon 09:00"), "d6", "li"),
]  # fmt: skip


@given(st.permutations(SPOKEN))
def test_case_30_any_order_of_what_people_said_gives_identical_rows(ledger: list[Event]) -> None:
    account = replay(ledger + ledger, POLICY)
    assert account == replay(SPOKEN, POLICY)
    assert [(turn.end, turn.bounced) for turn in account.turns] == [("closed", False), ("", True)]
