"""Threads: the union of ids, whatever the order of arrival. On both databases."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest.mailroom import NOW, REP, Mailroom, letter, open_room, picture

from mailcrm.records import Message, Thread, ThreadReference, TurnRecord

BOUNCE = """\
This is the mail system at host mx.acme.example.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.acme.example

Final-Recipient: rfc822; jan@acme.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

From: wei@ningbo.example
To: jan@acme.example
Subject: Offer
Message-ID: <offer@ningbo.example>

--b--
"""


def bounce() -> bytes:
    """Return a report about <offer@ningbo.example>, which mentions its id nowhere but in the returned header."""
    plain = letter("MAILER-DAEMON@mx.acme.example", "Undelivered mail", f"--b\n\n{BOUNCE}".replace("\n", "\r\n"))
    report = b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
    return plain.replace(b'Content-Type: text/plain; charset="utf-8"', report)


def read_in(room: Mailroom, mails: Sequence[bytes]) -> None:
    """Let each mail arrive alone, one poll after the other."""
    for raw in mails:
        room.arrives(raw)
        room.sync()


def test_a_chain_of_replies_is_one_thread(room: Mailroom) -> None:
    read_in(
        room,
        [
            letter("jan@acme.example", "Valves", message_id="1@a"),
            letter("jan@acme.example", "Re: Valves", message_id="2@a", in_reply_to="1@a"),
            letter("jan@acme.example", "Re: Re: Valves", message_id="3@a", references=["1@a", "2@a"]),
            letter("jan@acme.example", "Valves", message_id="4@a"),  # the same subject joins nothing
        ],
    )
    assert room.threads() == {frozenset({"Valves", "Re: Valves", "Re: Re: Valves"}), frozenset({"Valves"})}


def test_two_replies_meet_in_a_mail_that_never_came(room: Mailroom) -> None:
    read_in(
        room,
        [
            letter("jan@acme.example", "One", in_reply_to="lost@a"),
            letter("mia@acme.example", "Two", references=["lost@a", "other@a"]),
        ],
    )
    assert room.threads() == {frozenset({"One", "Two"})}


def test_the_microsoft_original_id_joins(room: Mailroom) -> None:
    read_in(
        room,
        [
            letter("jan@acme.example", "First", message_id="rewritten@a"),
            letter(
                "jan@acme.example",
                "Copy",
                message_id="new@a",
                headers=["X-Microsoft-Original-Message-ID: <rewritten@a>"],
            ),
        ],
    )
    assert room.threads() == {frozenset({"First", "Copy"})}


def test_a_late_mail_merges_two_threads_and_their_turns(room: Mailroom) -> None:
    first = letter("jan@acme.example", "Question", message_id="1@a", date=NOW - timedelta(hours=6))
    second = letter("jan@acme.example", "Reminder", message_id="3@a", in_reply_to="2@a")
    between = letter(REP, "Answer", "We look into it.", message_id="2@a", in_reply_to="1@a", to="jan@acme.example")
    room.arrives(first, at=NOW - timedelta(hours=5))
    room.arrives(second, at=NOW - timedelta(hours=1))
    room.sync()
    assert len(room.all(Thread)) == 2
    assert [turn.end for turn in room.all(TurnRecord)] == ["", ""]
    room.arrives(between, at=NOW - timedelta(hours=3), folder=b"Sent")
    room.sync()
    (thread,) = room.all(Thread)
    assert thread.subject == "Question"
    assert sorted(turn.end for turn in room.all(TurnRecord)) == ["", "closed"]
    assert {turn.thread_id for turn in room.all(TurnRecord)} == {thread.id}


def test_decisions_and_drafts_go_with_a_thread_that_is_merged(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "One", message_id="1@a"))
    room.arrives(letter("jan@acme.example", "Two", message_id="2@a"))
    room.sync()
    for row in room.core.ask("threads"):
        room.core.do("reply", thread=row.id, mode="draft", body="Thank you.")
    second = next(row for row in room.core.ask("threads") if row.subject == "Two")
    room.core.do("waive", thread=second.id, reason="a double")
    room.arrives(letter("jan@acme.example", "Both", message_id="3@a", references=["1@a", "2@a"]))
    room.sync()
    (thread,) = room.core.ask("threads")
    assert {row.thread_id for row in room.core.ask("outbox")} == {thread.id}
    assert any(row.event == "TurnWaived" for row in room.core.ask("explain", id=thread.id))


def test_a_bounce_joins_the_mail_that_it_reports(room: Mailroom) -> None:
    offer = letter(REP, "Offer", "Our offer.", message_id="offer@ningbo.example", to="jan@acme.example")
    room.arrives(offer, folder=b"Sent")
    room.arrives(bounce())
    room.sync()
    assert room.threads() == {frozenset({"Offer", "Undelivered mail"})}


def test_a_thread_that_names_more_ids_than_are_kept_still_joins_by_the_nearest(room: Mailroom) -> None:
    many = [f"{n}@long" for n in range(700)]
    read_in(
        room,
        [
            letter("jan@acme.example", "Start", message_id="parent@a"),
            letter("jan@acme.example", "Long", references=many, in_reply_to="parent@a"),
            letter(
                "jan@acme.example", "Copy", references=many, headers=["X-Microsoft-Original-Message-ID: <parent@a>"]
            ),
        ],
    )
    assert room.threads() == {frozenset({"Start", "Long", "Copy"})}


def test_mails_without_any_id_are_threads_of_their_own(room: Mailroom) -> None:
    read_in(room, [letter("jan@acme.example", f"No id {n}", message_id="") for n in range(3)])
    assert len(room.threads()) == 3
    assert room.all(ThreadReference) == []


@pytest.mark.parametrize("claimed", ["raw-1", "raw-2", "raw-3"])
def test_nobody_can_take_the_place_of_a_mail_without_id(room: Mailroom, claimed: str) -> None:
    read_in(
        room,
        [
            letter("eve@evil.example", "Claim", message_id=claimed),
            letter("jan@acme.example", "No id", message_id=""),
            letter("jan@acme.example", "No id either", message_id=""),
        ],
    )
    assert len(room.threads()) == 3


def test_an_id_too_long_for_any_index_still_joins(room: Mailroom) -> None:
    # Compressible text would fit an index that packs it: this doesn't.
    endless = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=20_000)) + "@a"  # noqa: S311
    read_in(
        room,
        [
            letter("jan@acme.example", "Endless", message_id=endless),
            letter("jan@acme.example", "Re: Endless", in_reply_to=endless),
        ],
    )
    assert room.threads() == {frozenset({"Endless", "Re: Endless"})}
    assert all(len(row.reference) < 1000 for row in room.all(ThreadReference))


def test_subject_and_customer_are_those_of_the_first_mail_by_arrival(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "Valves", message_id="1@a"), at=NOW - timedelta(hours=9))
    room.arrives(
        letter("mia@basel.example", "Re: Valves", "Which price?", message_id="2@a", in_reply_to="1@a"),
        at=NOW - timedelta(hours=3),
    )
    room.sync()  # reads the newest first
    (thread,) = room.core.ask("threads")
    assert (thread.subject, thread.company) == ("Valves", "Acme")


# A correspondence with every knot there is: a chain, a lost parent, a mail that ties two threads, copies in two folders,
# a report, thanks before the first demand, colleagues of one company, a free-mail sender, mails without ids.
_HOUR = timedelta(hours=1)
STORY: list[tuple[bytes, bytes, timedelta]] = [
    (b"INBOX", letter("jan@acme.example", "Thanks", "Thank you.", message_id="t@acme"), 30 * _HOUR),
    (b"INBOX", letter("piet@acme.example", "Noted", "Noted with thanks.", message_id="n@acme"), 29 * _HOUR),
    (b"INBOX", letter("Jan <Jan@acme.example>", "Valves", message_id="1@acme"), 28 * _HOUR),
    (
        b"Sent",
        letter(REP, "Re: Valves", "1.20.", to="piet@acme.example", message_id="2@us", references=["1@acme"]),
        26 * _HOUR,
    ),
    (
        b"INBOX",
        letter("jan@acme.example", "Re: Valves", message_id="3@acme", references=["1@acme", "2@us"]),
        20 * _HOUR,
    ),
    (b"INBOX", letter("mia@gmail.com", "Lost parent", in_reply_to="gone@x", message_id="4@gm"), 18 * _HOUR),
    (b"INBOX", letter("mia@gmail.com", "Its brother", references=["gone@x"], message_id="5@gm"), 17 * _HOUR),
    (b"INBOX", letter("lee@busan.example", "Tie", references=["4@gm", "6@x"], message_id="7@k"), 12 * _HOUR),
    (b"INBOX", letter("lee@busan.example", "Apart", in_reply_to="6@x", message_id="8@k"), 11 * _HOUR),
    (b"INBOX", letter("kim@busan.example", "No id", message_id=""), 10 * _HOUR),
    (b"Sent", letter(REP, "Offer", "Offer.", to="jan@acme.example", message_id="offer@ningbo.example"), 9 * _HOUR),
    (b"INBOX", bounce(), 8 * _HOUR),
    (b"Archive", letter("Jan <Jan@acme.example>", "Valves", message_id="1@acme"), 27 * _HOUR),
    (b"INBOX", letter("news@list.example", "News", headers=["List-Id: <n.list.example>"], message_id="l@l"), 7 * _HOUR),
]


def _told(room: Mailroom, order: Sequence[int], cuts: frozenset[int]) -> dict[str, list[object]]:
    """Read the story in `order`, polling after the positions in `cuts`; return the picture without uids."""
    room.server.add_folder(b"Archive")
    for position, index in enumerate(order):
        folder, raw, ago = STORY[index]
        room.arrives(raw, at=NOW - ago, folder=folder)
        if position in cuts:
            room.sync()
    room.sync()
    told = picture(room.store)
    told["locations"] = sorted((place[0], place[3], place[4]) for place in told["locations"])
    return told


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory, fresh_sqlite: Path) -> dict[str, list[object]]:
    room = open_room(tmp_path_factory.mktemp("straight") / "home", fresh_database=fresh_sqlite)
    told = _told(room, range(len(STORY)), frozenset(range(len(STORY))))
    room.core.close()
    return told


@settings(max_examples=25)
@given(order=st.permutations(range(len(STORY))), cuts=st.frozensets(st.integers(0, len(STORY) - 1), max_size=4))
def test_any_order_of_arrival_gives_the_same_threads_people_and_turns(
    fresh_sqlite: Path, straight: dict[str, list[object]], order: Sequence[int], cuts: frozenset[int]
) -> None:
    with TemporaryDirectory() as place:
        room = open_room(Path(place) / "home", fresh_database=fresh_sqlite)
        try:
            assert _told(room, order, cuts) == straight
        finally:
            room.core.close()


def test_the_straight_story_is_what_it_should_be(straight: dict[str, list[object]]) -> None:
    assert len(straight["threads"]) == 7
    assert len(straight["messages"]) == len(STORY) - 1
    assert straight["companies"] == ["Acme", "Busan"]


def test_both_databases_tell_the_same_story(
    new_room: Callable[[], Mailroom], straight: dict[str, list[object]]
) -> None:
    backwards = list(reversed(range(len(STORY))))
    assert _told(new_room(), backwards, frozenset({3, 8})) == straight
    assert len({row.identity for row in new_room().all(Message)}) == 0
