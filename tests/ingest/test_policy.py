"""Whose rule it is: agreements, grades, customers at home, the calendar; and that no deadline moves unsaid. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from ingest.mailroom import NOW, Mailroom, letter

from mailcrm.core.facade import Core
from mailcrm.core.rebuilding import follow_policy
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.errors import RefusedByRule
from mailcrm.queries.rows import ExplainRow
from mailcrm.records import Company, DueMove, Judgement, TurnRecord

_H = timedelta(hours=1)
ANCHOR = NOW - 4 * _H


def with_policy(room: Mailroom, **changed: Any) -> Mailroom:  # noqa: ANN401  (fields of Policy)
    """Return the room as it is after a start with other settings."""
    policies = room.world.policies
    world = replace(room.world, policies=replace(policies, clock=replace(policies.clock, **changed)))
    follow_policy(world)
    return replace(room, core=Core(world), world=world)


def asked(room: Mailroom, subject: str = "Valves", at: datetime = ANCHOR, **changed: Any) -> None:  # noqa: ANN401
    room.arrives(letter("jan@acme.example", subject, message_id=f"{subject}@a", **changed), at=at)
    room.sync()


def firm(room: Mailroom) -> str:
    (row,) = room.all(Company)
    return f"o{row.id}"


def due_after(room: Mailroom, subject: str = "Valves") -> float:
    """Return after how many hours the thread's mail is due."""
    (row,) = [row for row in room.core.ask("threads") if row.subject == subject]
    return float((row.due - ANCHOR) / _H)


def story(room: Mailroom, thread: str = "t1") -> list[ExplainRow]:
    return list(room.core.ask("explain", id=thread))


def effects(room: Mailroom, event: str, thread: str = "t1") -> list[str]:
    return [str(row.effect) for row in story(room, thread) if row.event == event]


def test_what_was_agreed_with_a_company_is_shorter_and_can_be_taken_back(room: Mailroom) -> None:
    asked(room)
    assert due_after(room) == 24
    done = room.core.do("edit_company", id=firm(room), reply_within="6h")
    assert (done.row.reply_within, due_after(room)) == ("6h", 6)
    (moved,) = effects(room, "DueMoved")
    assert moved.endswith(f", by {room.world.actor}: agreed with this customer: 6 h.")
    room.core.do("undo", id=done.action)
    assert due_after(room) == 24
    room.core.do("edit_company", id=firm(room), reply_within="6h")
    room.core.do("edit_company", id=firm(room), reply_within="")
    assert (due_after(room), room.core.ask("company", id=firm(room)).reply_within) == (24, None)
    with pytest.raises(RefusedByRule, match="longer than the rule"):
        room.core.do("edit_company", id=firm(room), reply_within="48h")


def test_an_agreement_holds_for_the_next_mail_too_and_the_story_says_so(room: Mailroom) -> None:
    asked(room)
    room.core.do("edit_company", id=firm(room), reply_within="6h")
    asked(room, "Flanges")
    assert due_after(room, "Flanges") == 6
    (opened,) = effects(room, "TurnOpened", "t2")
    assert "(agreed with this customer: 6 h)" in opened


def test_customers_at_home_follow_their_own_rule_once_their_country_is_known(room: Mailroom) -> None:
    policy = room.world.policies.clock
    room = with_policy(room, domestic=policy.domestic_from("CN", "12h", "", "1h"))
    asked(room)
    assert due_after(room) == 24
    room.core.do("edit_company", id=firm(room), country="CN")
    assert due_after(room) == 12
    assert effects(room, "DueMoved")[0].endswith(": domestic: 12 h.")
    (row,) = room.core.ask("worklist", view="all").rows
    assert row.state == "running"
    room.clock.at = ANCHOR + 10.5 * _H  # within 4 h of its deadline, and not within 1 h
    assert room.core.ask("worklist", view="all").rows[0].state == "running"
    room.clock.at = ANCHOR + 11 * _H
    assert room.core.ask("worklist", view="all").rows[0].state == "at_risk"


def dues(room: Mailroom) -> dict[int, datetime]:
    return {row.opened_by: row.due for row in room.all(TurnRecord)}


def test_no_deadline_moves_without_a_logged_cause(room: Mailroom) -> None:
    asked(room)
    asked(room, "Flanges", NOW - 2 * _H)
    policy, before, logged = room.world.policies.clock, dues(room), 0

    def settle() -> None:
        nonlocal before, logged
        after, moves = dues(room), room.all(DueMove)
        moved = {key: due for key, due in after.items() if key in before and before[key] != due}
        assert {row.opened_by: (row.before, row.after) for row in moves[logged:]} == {
            key: (before[key], due) for key, due in moved.items()
        }
        assert all(row.cause and row.at == room.clock.at for row in moves[logged:])
        before, logged = after, len(moves)

    for hours, change in enumerate(
        [
            {"grade": "A"},
            {"reply_within": "6h"},
            {"country": "CN"},
            {"role": "supplier"},
            {"role": "customer"},
            {"reply_within": ""},
            {"grade": ""},
        ]
    ):
        room.clock.at = NOW + hours * _H
        room.core.do("edit_company", id=firm(room), **change)
        settle()
        room = with_policy(room, by_grade=(("A", 8 * _H),), domestic=policy.domestic_from("CN", "12h", "", ""))
        settle()
        room = with_policy(room, by_grade=policy.by_grade, domestic=None)
        settle()
    merged = room.core.do("merge", thread="t1", other="t2")
    settle()
    room.core.do("undo", id=merged.action)
    settle()
    room.core.do("classify", message="m1", kind="bulk")
    settle()
    room.core.do("undo")
    settle()
    room.arrives(letter("jan@acme.example", "Valves", message_id="Valves@a"), at=ANCHOR - _H)
    room.sync()
    settle()
    assert len(effects(room, "DueMoved")) > 5
    assert "copy of the mail" in effects(room, "DueMoved")[-1]
    assert "DueMoved" in [row.event for row in story(room, "t2")]


def announced(days: frozenset[date]) -> Policy:
    """Return the rule that counts working days, where these weekend days are make-up workdays."""

    def public(year: int) -> tuple[frozenset[date], frozenset[date]]:
        return frozenset(), frozenset(day for day in days if day.year == year)

    policy = Policy(count="workdays24")
    return replace(policy, office=replace(policy.office, country="CN", public=public))


def test_a_make_up_day_that_is_announced_later_moves_open_turns_and_no_ended_one(room: Mailroom) -> None:
    friday = datetime(2026, 3, 6, 10, tzinfo=UTC)  # 18:00 in Shanghai
    room.clock.at = friday
    before, after = announced(frozenset()), announced(frozenset({date(2026, 3, 8)}))
    room = with_policy(room, count=before.count, office=before.office)
    asked(room, "Ended", friday)
    asked(room, "Open", friday)
    room.core.do("waive", thread="t1", reason="by phone")
    room.clock.at = friday + _H
    later = with_policy(room, count=after.count, office=after.office)
    ended, still_open = sorted(later.all(TurnRecord), key=lambda row: row.opened_by)
    assert (ended.due, still_open.due) == (friday + 72 * _H, friday + 48 * _H)  # Monday, and the Sunday that is worked
    assert "" != ended.calendar != still_open.calendar != ""
    (judged,) = later.all(Judgement)
    assert (judged.calendar, judged.due) == (ended.calendar, ended.due)
    assert "days or hours were changed" in effects(later, "DueMoved", "t2")[0]
    assert "DueMoved" not in [row.event for row in story(later, "t1")]
    later.core.tick_notices()  # looks at what moved, and when to look again
    rows = later.all(TurnRecord)
    assert later.core.do("rebuild").row.changed == 0
    assert later.all(TurnRecord) == rows


def test_case_23_after_an_outage_the_row_says_seen_late_and_by_how_much(room: Mailroom) -> None:
    room.clock.at = NOW
    room.sync()
    room.arrives(letter("jan@acme.example", "Valves", message_id="1@a"), at=NOW + _H)
    room.clock.at = NOW + 27 * _H
    room.sync()
    (row,) = room.core.ask("worklist", view="all").rows
    assert (row.state, row.seen_late_seconds, row.overdue_seconds) == ("overdue", 26 * 3600, 2 * 3600)
    assert "seen_late" in row.flags
    assert str(row.why).startswith("Seen late +26 h")
    assert [line.event for line in story(room)] == ["TurnOpened", "DeadlineNeared", "DeadlinePassed", "SeenLate"]
    assert room.all(TurnRecord)[0].seen_late == 26 * 3600


def test_the_first_look_at_a_mailbox_finds_nothing_late(room: Mailroom) -> None:
    asked(room, at=NOW - 20 * _H)
    asked(room, "Flanges", NOW - _H)
    assert [row.seen_late for row in room.all(TurnRecord)] == [0, 0]


def test_mail_of_a_migration_is_history_and_one_line_says_so(room: Mailroom) -> None:
    room.sync()
    for number in range(30):
        at = NOW - timedelta(days=4 + number)
        stamp = f"Received: from mx.acme.example by mx.ningbo.example; {at:%a, %d %b %Y %H:%M:%S} +0000"
        raw = letter("jan@acme.example", f"Old {number}", message_id=f"{number}@a", date=at, headers=[stamp])
        room.arrives(raw, at=NOW)
    report = room.sync()
    (inbox,) = [folder for folder in report.accounts[0].folders if folder.name == "INBOX"]
    assert (inbox.new, inbox.old) == (30, 30)
    assert room.all(TurnRecord) == []
    assert room.core.ask("worklist", view="all").rows == ()
    (line,) = story(room)
    assert (line.event, "72 hours" in str(line.rule)) == ("OldMail", True)


def test_what_people_do_with_a_thread_stands_in_its_story(room: Mailroom) -> None:
    asked(room)
    asked(room, "Flanges")
    room.core.do("add_person", name="bo")
    room.core.do("assign", thread="t1", to="bo")
    room.core.do("add_presence", person="bo", since="2026-03-01", until="2026-03-10")
    room.core.do("snooze", thread="t1", until="today 18:00")
    room.core.do("classify", message="m1", kind="bulk")
    room.core.do("undo")
    room.core.do("waive", thread="t2", reason="wrong thread")
    room.core.do("undo")
    room.core.do("merge", thread="t1", other="t2")
    room.core.do("split", message="m2")
    names = {row.event for row in story(room)}
    assert names >= {
        "OwnerChanged",
        "OwnerAway",
        "Snoozed",
        "MailReclassified",
        "TakenBack",
        "ThreadsMerged",
        "ThreadSplit",
    }
    assert effects(room, "OwnerAway") == ["bo is away until Wed 11 March 00:00, and nobody stands in."]
    assert any("no reply needed" in effect for effect in effects(room, "TakenBack"))
    for row in story(room):
        assert str(row.rule)
        assert "{" not in f"{row.rule}{row.effect}"


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("waive", {"thread": "t1", "reason": "only thanks"}),
        ("answered", {"thread": "t1", "channel": "phone", "text": "told the price"}),
        ("log", {"contact": "c1", "channel": "phone", "text": "told the price"}),
    ],
    ids=["waive", "answered", "log"],
)
def test_a_persons_word_is_about_no_mail_that_came_to_light_only_later(
    room: Mailroom, verb: str, arguments: dict[str, str]
) -> None:
    asked(room)
    room.core.do(verb, **arguments)
    assert room.core.ask("thread", id="t1").state in ("waived", "closed")
    later = letter("jan@acme.example", "Valves", "When can you ship?", message_id="2@a", references=["Valves@a"])
    room.arrives(later, at=NOW - _H)  # it lay on the server while the word was said, and nobody could know it
    room.clock.at += _H
    room.sync()
    thread = room.core.ask("thread", id="t1")
    assert (thread.state, thread.due) == ("running", NOW - _H + timedelta(hours=24))
    assert room.core.do("rebuild").row.changed == 0
    room.core.do(verb, **arguments)
    assert room.core.ask("thread", id="t1").state in ("waived", "closed")


def test_a_call_that_closed_the_turn_and_was_taken_back_stands_in_its_story(room: Mailroom) -> None:
    asked(room)
    room.core.do("log", contact="c1", channel="phone", text="told the price")
    assert room.core.ask("thread", id="t1").state == "closed"
    room.core.do("undo")
    assert room.core.ask("thread", id="t1").state == "running"
    assert effects(room, "TakenBack") == [f"Taken back by {room.world.actor}: a call or a chat"]


def hold(room: Mailroom, until: str, **changed: str) -> Any:  # noqa: ANN401  (an outbox row)
    arguments = {"variables": {"reason": "the factory"}, "reason": "factory", **changed}
    return room.core.do("reply", thread="t1", mode="draft", hold=until, body="Soon.", **arguments)


def promised(room: Mailroom, times: int) -> None:
    """Say that the turn was promised so many times, as mails that were sent would."""
    with room.store.begin() as session:
        turn = session.get_one(TurnRecord, 1)
        turn.promised_until, turn.extensions = NOW + 30 * _H, times - 1
        session.add(turn)


def test_case_11_the_third_extension_is_for_a_manager_to_say(room: Mailroom) -> None:
    asked(room)
    promised(room, 2)
    assert hold(room, "+2wd").row.state == "draft"
    promised(room, 3)
    with pytest.raises(RefusedByRule, match="moved 2 times") as refusal:
        hold(room, "+2wd")
    assert "--manager-agreed" in str(refusal.value.hint)
    assert hold(room, "+2wd", manager_agreed="chen").row.state == "draft"
    room.core.do("add_person", name="chen", manager=True)
    with pytest.raises(RefusedByRule) as refusal:
        hold(room, "+2wd", manager_agreed="chen")
    assert "chen" in str(refusal.value.hint)
    room.core.do("add_person", name=room.world.actor, manager=True)
    assert hold(room, "+2wd").row.state == "draft"
