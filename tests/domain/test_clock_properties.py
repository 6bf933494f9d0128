"""What holds for every ledger, however odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.ledger import (
    AnswerDecided,
    AnsweredElsewhere,
    DueMoved,
    Event,
    MailArrived,
    MailBounced,
    MailNoted,
    MailSent,
    NoteWritten,
    PromiseDecided,
    TurnWaived,
)
from mailcrm.domain.clock.policy import Domestic, Policy
from mailcrm.domain.clock.states import State, most_urgent, state, story_at, urgency
from mailcrm.domain.clock.terms import Pace
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.message import Kind, Role
from mailcrm.domain.words import say

POLICY = Policy()
START = datetime(2026, 11, 23, 1, tzinfo=UTC)
CUSTOMERS = ("jan@acme.example", "eva@acme.example", "ali@other.example")
OTHERS = ("ops@cargo.example",)


def hour(number: int) -> datetime:
    return START + timedelta(hours=number)


def party(address: str) -> str:
    return f"domain:{address.partition('@')[2]}"


# Coarse hours, so that events collide at one instant and at the 24 h of the policy.
hours = st.integers(0, 60)
addresses = st.sampled_from([*CUSTOMERS, *OTHERS])


@st.composite
def arrivals(draw: st.DrawFn, index: int) -> MailArrived:
    sender = draw(st.sampled_from(CUSTOMERS))
    when = draw(hours)
    kind = draw(st.sampled_from([Kind.HUMAN, Kind.HUMAN, Kind.HUMAN, Kind.PLATFORM_INQUIRY, Kind.BULK]))
    return MailArrived(
        at=hour(when),
        key=f"m{index}",
        sender=sender,
        party=party(sender),
        kind=kind,
        kind_first=draw(st.sampled_from([kind, Kind.HUMAN])),
        role=draw(st.sampled_from([Role.CUSTOMER, Role.CUSTOMER, Role.UNKNOWN, Role.SUPPLIER])),
        asks=draw(st.booleans()),
        low=draw(st.booleans()),
        reclassified_at=hour(when + 5),
    )


@st.composite
def replies(draw: st.DrawFn, index: int) -> MailSent:
    when = draw(hours)
    recipients = tuple(draw(st.lists(addresses, max_size=3, unique=True)))
    return MailSent(
        at=hour(when),
        key=f"m{index}",
        by="li",
        recipients=recipients,
        parties=tuple(party(recipient) for recipient in recipients),
        answers_until=hour(when - draw(st.integers(0, 3))),
        estimate=draw(st.none() | st.integers(-1, 40).map(lambda ahead: hour(when + ahead))),
        automatic=draw(st.integers(0, 5)) == 0,
        external=draw(st.booleans()),
    )


@st.composite
def others(draw: st.DrawFn, index: int) -> Event:
    when = hour(draw(hours))
    possible: list[Event] = [
        MailNoted(when, f"m{index}", Kind.AUTO_REPLY, CUSTOMERS[0]),
        AnsweredElsewhere(when, f"d{index}", "wang", "phone"),
        TurnWaived(when, f"d{index}", "li", "noted"),
        NoteWritten(when, f"d{index}", "li", "slow to pay"),
    ]
    return draw(st.sampled_from(possible))


@st.composite
def bounces(draw: st.DrawFn, index: int, reply: MailSent) -> MailBounced:
    failed = tuple(draw(st.sets(addresses, min_size=1)))
    return MailBounced(
        reply.at + timedelta(hours=draw(st.integers(-1, 5))), f"b{index}", reply.key, failed, draw(st.booleans())
    )


@st.composite
def ledgers(draw: st.DrawFn, *, bouncing: bool = True) -> list[Event]:
    ledger: list[Event] = []
    for index in range(draw(st.integers(1, 9))):
        event = draw(st.one_of(arrivals(index), arrivals(index), replies(index), others(index)))
        ledger.append(event)
        if bouncing and isinstance(event, MailSent) and event.recipients and draw(st.booleans()):
            ledger.append(draw(bounces(index, event)))
        if bouncing and isinstance(event, MailSent) and draw(st.integers(0, 3)) == 0:
            when = event.at + timedelta(hours=draw(st.integers(0, 5)))
            ledger.append(AnswerDecided(when, f"y{index}", "li", event.key, draw(st.booleans())))
    return ledger


# Every rule that there is: one for everybody, one for a grade, one for customers at home.
RULES = replace(
    POLICY,
    by_grade=(("A", timedelta(hours=8)),),
    domestic=Domestic("CN", Pace(timedelta(hours=12), "workdays24"), timedelta(hours=2)),
)
CAUSE = say("graded {grade}: {time}", grade="A", time="8 h").to_json()


@st.composite
def overridden(draw: st.DrawFn, mail: MailArrived) -> MailArrived:
    """Return the mail of a customer who may be graded, at home, or judged before; it may have been seen late."""
    mail = replace(
        mail,
        grade=draw(st.sampled_from(["", "A", "B"])),
        country=draw(st.sampled_from(["", "CN", "DE"])),
        agreed=draw(st.sampled_from(["", "6h", "1 workday"])),
        seen_late=draw(st.sampled_from([0, 0, 7200])),
    )
    if draw(st.integers(0, 3)):
        return mail
    return replace(mail, judged_due=mail.at + timedelta(hours=20), judged_by="earlier", judged_rule=CAUSE)


@st.composite
def full_ledgers(draw: st.DrawFn) -> list[Event]:
    """Return a ledger with every kind of event that there is."""
    ledger: list[Event] = []
    for event in draw(ledgers()):
        if isinstance(event, MailArrived):
            ledger.append(draw(overridden(event)))
            if draw(st.integers(0, 3)) == 0:
                at = event.at + timedelta(hours=draw(st.integers(0, 30)))
                ledger.append(DueMoved(at, f"v{event.key}", event.key, at, event.at, CAUSE, "li"))
        elif isinstance(event, MailSent) and draw(st.booleans()):
            ledger.append(replace(event, estimate=None, promise="I will revert."))
            if draw(st.booleans()):
                at = event.at + timedelta(hours=draw(st.integers(0, 9)))
                ahead = draw(st.none() | st.integers(-1, 40))
                until = None if ahead is None else at + timedelta(hours=ahead)
                ledger.append(PromiseDecided(at, f"d{event.key}", "li", event.key, until))
        else:
            ledger.append(event)
    return ledger


@given(full_ledgers(), st.data())
def test_any_order_of_every_kind_of_event_gives_the_same_account(ledger: list[Event], data: st.DataObject) -> None:
    again = data.draw(st.permutations([*ledger, *ledger]))
    assert replay(again, RULES) == replay(ledger, RULES)


@given(full_ledgers())
def test_no_event_on_a_thread_moves_a_deadline(ledger: list[Event]) -> None:
    """What moves one is a changed rule, grade, agreement, country or calendar, and that is written down (DueMoved)."""
    ordered = sorted(ledger, key=lambda event: (event.at, event.rank, event.key))
    final = {turn.opened_by: turn for turn in replay(ordered, RULES).turns}
    for end in range(len(ordered)):
        for turn in replay(ordered[:end], RULES).turns:
            now = final.get(turn.opened_by, turn)
            assert (turn.anchor, turn.due, turn.rule) == (now.anchor, now.due, now.rule)


@given(full_ledgers())
def test_the_earliest_rule_counts_and_the_judged_one_before_all(ledger: list[Event]) -> None:
    mails = {event.key: event for event in ledger if isinstance(event, MailArrived)}
    for turn in replay(ledger, RULES).turns:
        mail = mails[turn.opened_by]
        owed = RULES.terms(mail.at, mail.grade, mail.country, mail.agreed)
        assert turn.due == (mail.judged_due or owed.due)
        if mail.judged_due is None:
            assert turn.due <= mail.at + timedelta(hours=24) or mail.country == "CN"
            assert turn.due <= mail.at + timedelta(hours=8 if mail.grade == "A" else 9999)
            assert turn.due <= mail.at + timedelta(hours=6 if mail.agreed == "6h" else 9999)


@given(full_ledgers(), st.integers(0, 120))
def test_every_full_story_is_told_in_order(ledger: list[Event], elapsed: int) -> None:
    lines = story_at(replay(ledger, RULES), RULES, hour(elapsed))
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    moves = [(event.at, event.turn) for event in ledger if isinstance(event, DueMoved)]
    assert sorted((line.at, line.message) for line in lines if line.event == "DueMoved") == sorted(moves)
    for line in lines:
        assert "{" not in f"{line.rule}{line.effect}"


def opening(ledger: list[Event]) -> dict[str, MailArrived]:
    return {
        event.key: event
        for event in ledger
        if isinstance(event, MailArrived)
        and event.kind in (Kind.HUMAN, Kind.PLATFORM_INQUIRY)
        and event.role is not Role.SUPPLIER
    }


def counted(turns: tuple[Turn, ...]) -> list[Turn]:
    return [turn for turn in turns if turn.end != "void"]


@given(ledgers(), st.data())
def test_any_order_and_repetition_give_the_same_account(ledger: list[Event], data: st.DataObject) -> None:
    again = data.draw(st.permutations([*ledger, *ledger]))
    assert replay(again, POLICY) == replay(ledger, POLICY)


@given(ledgers())
def test_every_mail_that_starts_the_clock_is_in_exactly_one_turn(ledger: list[Event]) -> None:
    held = [key for turn in counted(replay(ledger, POLICY).turns) for key in turn.messages]
    assert sorted(held) == sorted(opening(ledger))


@given(ledgers())
def test_due_runs_from_the_oldest_mail_of_the_turn(ledger: list[Event]) -> None:
    mails = opening(ledger)
    for turn in counted(replay(ledger, POLICY).turns):
        instants = [mails[key].at for key in turn.messages]
        assert instants == sorted(instants)
        assert (turn.anchor, turn.opened_by) == (instants[0], turn.messages[0])
        assert turn.due == instants[0] + timedelta(hours=24)
        assert turn.looks_finished == (not any(mails[key].asks for key in turn.messages))
        assert turn.low == all(mails[key].low for key in turn.messages)


@given(ledgers())
def test_at_most_one_turn_waits_without_a_promise(ledger: list[Event]) -> None:
    waiting = [turn for turn in replay(ledger, POLICY).turns if not turn.end and turn.promised_until is None]
    assert len(waiting) <= 1


@given(ledgers())
def test_an_answer_closes_only_what_its_writer_had_in_view(ledger: list[Event]) -> None:
    mails = opening(ledger)
    answers = {event.key: event for event in ledger if isinstance(event, MailSent)}
    too = {event.sent for event in ledger if isinstance(event, AnswerDecided) and event.yes}
    for turn in replay(ledger, POLICY).turns:
        if turn.ended_by in answers and turn.end == "closed":
            answer = answers[turn.ended_by]
            seen = max(answer.answers_until, answer.at) if answer.key in too else answer.answers_until
            assert all(mails[key].at <= seen for key in turn.messages)
            assert not answer.automatic
            assert answer.estimate is None
            assert {party(name) for name in answer.recipients} & {party(mails[key].sender) for key in turn.messages}


@given(ledgers())
def test_judgement_follows_from_the_instants(ledger: list[Event]) -> None:
    for turn in counted(replay(ledger, POLICY).turns):
        touched = turn.first_touch_at
        assert turn.first_touch == ("" if touched is None else "met" if touched < turn.due else "late")
        in_time = turn.first_touch == "met" and turn.promise != "broken"
        assert turn.result == ("" if turn.end != "closed" else "met" if in_time else "late")
        if turn.end == "closed" and turn.promised_until and turn.ended_at and turn.ended_at >= turn.promised_until:
            assert turn.promise == "broken"


@given(ledgers())
def test_a_reply_that_reached_nobody_was_never_sent(ledger: list[Event]) -> None:
    failed: dict[str, set[str]] = {}
    for event in ledger:
        if isinstance(event, MailBounced) and event.hard:
            failed.setdefault(event.original, set()).update(event.failed)
    lost = {
        event.key
        for event in ledger
        if isinstance(event, MailSent)
        and event.key in failed
        and (len(event.recipients) == 1 or {*event.recipients} <= failed[event.key])
    }
    kept = [
        event
        for event in ledger
        if event.key not in lost and not (isinstance(event, MailBounced) and event.original in lost)
    ]

    def bare(events: list[Event]) -> list[Turn]:
        return [replace(turn, bounced=False, late_arrivals=False) for turn in counted(replay(events, POLICY).turns)]

    assert bare(ledger) == bare(kept)


@given(ledgers(bouncing=False))
def test_ended_turns_never_change_with_what_comes_later(ledger: list[Event]) -> None:
    ordered = sorted(ledger, key=lambda event: (event.at, event.rank, event.key))
    for end in range(len(ordered)):
        whole = replay(ordered, POLICY).turns
        for turn in counted(replay(ordered[:end], POLICY).turns):
            if turn.end:
                assert turn in whole


@given(ledgers())
def test_every_event_is_told_in_order(ledger: list[Event]) -> None:
    story = replay(ledger, POLICY).story
    assert {event.key for event in ledger} <= {line.message for line in story}
    assert [line.at for line in story] == sorted(line.at for line in story)
    for line in story:
        assert "{" not in f"{line.rule}{line.effect}"


@given(ledgers(), st.integers(0, 120))
def test_the_story_and_the_state_agree(ledger: list[Event], elapsed: int) -> None:
    past = [event for event in ledger if event.at <= hour(elapsed)]
    account, now = replay(past, POLICY), hour(elapsed)
    lines = story_at(account, POLICY, now)
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    for turn in counted(account.turns):
        names = [line.event for line in lines if line.message == turn.opened_by and line.at <= now]
        found = state(turn, POLICY, now)
        if found is State.OVERDUE:
            assert "DeadlinePassed" in names
        if found in (State.RUNNING, State.AT_RISK) or turn.first_touch == "met":
            assert "DeadlinePassed" not in names
        assert ("PromiseBroken" in names) == (found is State.PROMISE_BROKEN or turn.promise == "broken")


@given(ledgers(), st.integers(0, 120))
def test_the_most_urgent_turn_speaks_for_the_thread(ledger: list[Event], elapsed: int) -> None:
    turns = replay(ledger, POLICY).turns
    chosen = most_urgent(turns, POLICY, hour(elapsed))
    assert (chosen is None) == (not turns)
    if chosen is not None:
        top = urgency(state(chosen, POLICY, hour(elapsed)))
        assert all(urgency(state(turn, POLICY, hour(elapsed))) <= top for turn in turns)
