"""What a contact's mails tell is kept and added to: at any time it is what hearing all of them anew gives. On both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ingest.mailroom import NOW, REP, Mailroom, letter, open_room
from ingest.test_people import STORY
from ingest.test_rereading import release
from sqlalchemy import delete

from mailcrm.records import Company, Contact, Evidence, Message, Thread
from mailcrm.rules.people import settle_people

HOUR = timedelta(hours=1)
OFFER = "We are pleased to offer you 500 valves at USD 3.20. Do you agree?"


def told(room: Mailroom) -> list[Any]:
    people = [(row.id, row.name, row.language, row.country, row.role, row.role_reason) for row in room.all(Contact)]
    firms = [(row.id, row.country, row.country_reason, row.role, row.role_reason) for row in room.all(Company)]
    return [*sorted(people), *sorted(firms), *sorted((row.contact_id, row.told) for row in room.all(Evidence))]


def told_anew(room: Mailroom) -> list[Any]:
    """Return the same, after everything that was kept is forgotten and everybody is heard anew."""
    with room.store.begin() as session:
        session.execute(delete(Evidence))
        settle_people(session, [row.id for row in room.all(Thread)], everybody=True)
    return told(room)


@settings(max_examples=8)
@given(order=st.permutations(range(len(STORY))), cuts=st.frozensets(st.integers(0, len(STORY) - 1), max_size=6))
def test_what_is_added_bit_by_bit_is_what_all_mails_tell(
    fresh_sqlite: Path, order: Sequence[int], cuts: frozenset[int]
) -> None:
    with TemporaryDirectory() as place:
        room = open_room(Path(place) / "home", fresh_database=fresh_sqlite)
        try:
            for position, index in enumerate(order):
                folder, raw = STORY[index]
                room.arrives(raw, at=NOW - 20 * HOUR + index * HOUR, folder=folder)
                if position in cuts:
                    room.sync()
            room.sync()
            before = told(room)
            assert before == told_anew(room)
        finally:
            room.core.close()


def _conversation(room: Mailroom) -> None:
    """An offer of ours and a freight offer on one thread, each mail read by a poll of its own."""
    rates = "Our ocean freight rates Ningbo - Hamburg: USD 1,850/40HQ. Any shipment next week?"
    mails = [
        (b"Sent", letter(REP, "Valves", OFFER, to="tom@sea.example", message_id="1@us")),
        (b"INBOX", letter("tom@sea.example", "Re: Valves", rates, in_reply_to="1@us", message_id="2@sea")),
        (b"INBOX", letter("tom@sea.example", "Freight", rates, message_id="3@sea")),
    ]
    for number, (folder, raw) in enumerate(mails):
        room.arrives(raw, at=NOW - 20 * HOUR + number * HOUR, folder=folder)
        room.sync()


def _id(room: Mailroom, message_id: str) -> str:
    return next(f"m{row.id}" for row in room.all(Message) if row.message_id == message_id)


def test_a_copy_that_arrived_earlier_counts_once(room: Mailroom) -> None:
    mail = letter(
        "Jan <jan@acme.example>", "One", "Please quote.\n\nRegards\nJan\nKade 12, 3011 Rotterdam, The Netherlands"
    )
    room.arrives(mail, at=NOW - 5 * HOUR)
    room.sync()
    room.arrives(mail, at=NOW - 9 * HOUR)
    room.sync()
    [kept] = room.all(Evidence)
    assert kept.told["first"] == (NOW - 9 * HOUR).isoformat()
    assert [mails for mails, _first in kept.told["origins"].values()] == [1]
    before = told(room)
    assert before == told_anew(room)


def test_a_split_and_a_merge_are_heard(room: Mailroom) -> None:
    _conversation(room)
    room.core.do("split", message=_id(room, "2@sea"))
    split = told(room)
    assert split == told_anew(room)
    first, other = (f"t{row.thread_id}" for row in room.all(Message) if row.message_id in ("1@us", "3@sea"))
    room.core.do("merge", thread=first, other=other)
    merged = told(room)
    assert merged == told_anew(room)
    room.core.do("undo")
    assert told(room) == split


def test_another_kind_and_another_reading_are_heard(room: Mailroom) -> None:
    _conversation(room)
    room.core.do("classify", message=_id(room, "3@sea"), kind="bulk")
    classified = told(room)
    assert classified == told_anew(room)
    renewed = release(room, "2")  # of the parser
    renewed.core.do("reparse")
    assert told(renewed) == classified
