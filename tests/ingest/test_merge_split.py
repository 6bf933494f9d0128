"""Threads that a person makes one or takes apart: both stick, both can be taken back. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ingest.mailroom import NOW, REP, Mailroom, letter, picture

from mailcrm.domain.errors import RefusedByRule
from mailcrm.records import Message, Thread, TurnRecord

_H = timedelta(hours=1)


def two_threads(room: Mailroom) -> tuple[str, str]:
    """Let two mails of one customer lie in two threads; return their ids, the older first."""
    room.arrives(letter("jan@acme.example", "Older", message_id="1@a"), at=NOW - 6 * _H)
    room.arrives(letter("jan@acme.example", "Newer", message_id="2@a"), at=NOW - 2 * _H)
    room.sync()
    ids = {row.subject: row.id for row in room.core.ask("threads")}
    return ids["Older"], ids["Newer"]


def told(room: Mailroom) -> dict[str, list[object]]:
    return picture(room.store)


def message(room: Mailroom, subject: str) -> str:
    return next(f"m{row.id}" for row in room.all(Message) if row.subject == subject)


def test_case_27_merged_there_is_one_turn_with_the_older_anchor_and_undo_restores_both(room: Mailroom) -> None:
    older, newer = two_threads(room)
    before = told(room)
    done = room.core.do("merge", thread=newer, other=older)
    (turn,) = room.all(TurnRecord)
    assert (turn.anchor, len(turn.messages)) == (NOW - 6 * _H, 2)
    assert (done.row.id, done.row.subject) == (newer, "Older")
    room.core.do("undo", id=done.action)
    assert told(room) == before
    assert {row.id for row in room.core.ask("threads")} == {older, newer}


def test_case_27_splitting_restores_both(room: Mailroom) -> None:
    older, newer = two_threads(room)
    room.core.do("waive", thread=older, reason="by phone")
    before = told(room)
    room.core.do("merge", thread=newer, other=older)
    room.core.do("split", message=message(room, "Older"))
    assert told(room) == before


def test_decisions_and_drafts_come_back_with_an_undone_merge(room: Mailroom) -> None:
    older, newer = two_threads(room)
    draft = room.core.do("reply", thread=older, mode="draft", body="Soon.").row
    room.core.do("waive", thread=older, reason="by phone")
    before = told(room)
    done = room.core.do("merge", thread=newer, other=older)
    assert room.core.ask("outbox_item", id=draft.id).thread_id == newer
    room.core.do("undo", id=done.action)
    assert room.core.ask("outbox_item", id=draft.id).thread_id == older
    assert told(room) == before


def test_a_merge_sticks(room: Mailroom) -> None:
    older, newer = two_threads(room)
    room.core.do("merge", thread=older, other=newer)
    room.arrives(letter("jan@acme.example", "Re: Newer", message_id="3@a", in_reply_to="2@a"))
    room.sync()
    room.core.do("reparse", every=True)
    assert room.threads() == {frozenset({"Older", "Newer", "Re: Newer"})}


def test_a_thread_is_not_merged_with_itself(room: Mailroom) -> None:
    older, _newer = two_threads(room)
    with pytest.raises(RefusedByRule):
        room.core.do("merge", thread=older, other=older)


def one_thread(room: Mailroom) -> None:
    """Let a customer begin something new in an old thread: order, other, our answer to that, her answer."""
    mails = [
        letter("jan@acme.example", "Order", message_id="1@a"),
        letter("jan@acme.example", "Re: Order", message_id="2@a", in_reply_to="1@a"),
        letter("jan@acme.example", "Claim", message_id="3@a", references=["1@a", "ghost@a"], in_reply_to="2@a"),
        letter("jan@acme.example", "Re: Claim", message_id="4@a", references=["1@a", "3@a"], in_reply_to="3@a"),
    ]
    for n, raw in enumerate(mails):
        room.arrives(raw, at=NOW - (8 - n) * _H)
    room.sync()
    assert len(room.threads()) == 1


def test_a_split_takes_a_mail_with_its_answers_and_undo_restores(room: Mailroom) -> None:
    one_thread(room)
    before = told(room)
    done = room.core.do("split", message=message(room, "Claim"))
    assert room.threads() == {frozenset({"Order", "Re: Order"}), frozenset({"Claim", "Re: Claim"})}
    assert (done.row.subject, done.row.company) == ("Claim", "Acme")
    assert sorted(turn.anchor for turn in room.all(TurnRecord)) == [NOW - 8 * _H, NOW - 6 * _H]
    room.core.do("undo", id=done.action)
    assert told(room) == before
    assert [row.split_from for row in room.all(Thread)] == [None]


@pytest.mark.parametrize(
    ("in_reply_to", "references", "side"),
    [
        ("4@a", ["1@a", "2@a", "3@a"], "Claim"),
        ("2@a", ["1@a", "3@a", "4@a"], "Order"),
        ("", ["1@a", "2@a", "3@a"], "Claim"),
        ("", ["3@a", "4@a", "1@a"], "Order"),
        ("new@a", ["3@a", "1@a"], "Order"),
        ("ghost@a", ["1@a"], "Claim"),
    ],
)
def test_a_mail_that_names_both_sides_joins_the_nearer_and_they_stay_apart(
    room: Mailroom, in_reply_to: str, references: list[str], side: str
) -> None:
    one_thread(room)
    room.core.do("split", message=message(room, "Claim"))
    room.arrives(letter("jan@acme.example", "Both", message_id="5@a", in_reply_to=in_reply_to, references=references))
    room.sync()
    room.core.do("reparse", every=True)
    sides = {
        "Order": {frozenset({"Order", "Re: Order", "Both"}), frozenset({"Claim", "Re: Claim"})},
        "Claim": {frozenset({"Order", "Re: Order"}), frozenset({"Claim", "Re: Claim", "Both"})},
    }
    assert room.threads() == sides[side]


def test_a_third_thread_joins_one_side_and_takes_over_that_it_is_apart(room: Mailroom) -> None:
    one_thread(room)
    room.core.do("split", message=message(room, "Claim"))
    room.arrives(letter("jan@acme.example", "Third", message_id="t@a"))
    room.arrives(letter("jan@acme.example", "Tie", message_id="5@a", references=["t@a", "1@a", "3@a"]))
    room.arrives(letter("jan@acme.example", "Again", message_id="6@a", references=["3@a"], in_reply_to="t@a"))
    room.sync()
    assert room.threads() == {
        frozenset({"Order", "Re: Order"}),
        frozenset({"Claim", "Re: Claim", "Third", "Tie", "Again"}),
    }


def test_apart_threads_can_be_merged_by_hand(room: Mailroom) -> None:
    one_thread(room)
    done = room.core.do("split", message=message(room, "Claim"))
    (other,) = {row.id for row in room.core.ask("threads")} - {done.row.id}
    merged = room.core.do("merge", thread=other, other=done.row.id)
    assert len(room.threads()) == 1
    room.core.do("undo", id=merged.action)
    assert len(room.threads()) == 2
    assert len({row.split_from for row in room.all(Thread)}) == 1
    room.core.do("undo", id=done.action)
    assert len(room.threads()) == 1


def test_a_split_that_leaves_nothing_behind_is_refused(room: Mailroom) -> None:
    one_thread(room)
    with pytest.raises(RefusedByRule):
        room.core.do("split", message=message(room, "Order"))


def test_what_was_merged_away_since_is_not_taken_back(room: Mailroom) -> None:
    older, newer = two_threads(room)
    put_away = room.core.do("waive", thread=newer, reason="by phone")
    done = room.core.do("merge", thread=older, other=newer)
    room.core.do("split", message=message(room, "Newer"))
    with pytest.raises(RefusedByRule):
        room.core.do("undo", id=done.action)
    room.core.do("undo", id=put_away.action)
    assert {turn.end for turn in room.all(TurnRecord)} == {""}


def test_our_answer_in_a_split_thread_closes_the_turn_there_only(room: Mailroom) -> None:
    one_thread(room)
    room.core.do("split", message=message(room, "Claim"))
    answer = letter(
        REP, "Re: Claim", "We replace it.", to="jan@acme.example", message_id="us@us", references=["1@a", "2@a", "4@a"]
    )
    room.arrives(answer, at=NOW - _H, folder=b"Sent")
    room.sync()
    ends = {turn.anchor: turn.end for turn in room.all(TurnRecord)}
    assert ends == {NOW - 8 * _H: "", NOW - 6 * _H: "closed"}
