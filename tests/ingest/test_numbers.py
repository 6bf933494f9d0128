"""When a server renumbers: known mail is recognised, only what is new is fetched, nothing is lost and nothing doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest.mailroom import NOW, Mailroom, letter, open_room, picture
from sqlmodel import Session, select

from mailcrm.domain.errors import Unreachable
from mailcrm.domain.words import say
from mailcrm.records import Location, Mailbox, Message, RawMail, Thread, TurnRecord
from mailcrm.store.packs import digest

CUT = Unreachable(say("The connection was cut."))
INBOX = b"INBOX"


def question(number: int, **changed: str) -> bytes:
    return letter(f"buyer{number}@acme{number}.example", f"Question {number}", **changed)  # type: ignore[arg-type]


def fill(room: Mailroom, count: int, folder: bytes = INBOX) -> None:
    for number in range(count):
        room.arrives(question(number), at=NOW - timedelta(minutes=number + 1), folder=folder)


def lasting(room: Mailroom) -> list[list[object]]:
    """Return what must survive a renumbering, row by row."""
    return [room.all(table) for table in (RawMail, Message, Thread, TurnRecord)]


def stands_right(room: Mailroom) -> None:
    """Every mail of the server is stored, each once, and lies where the records say."""
    folders = {name: room.server.folder(name) for name in (each.raw_name for each in room.server.listing())}
    on_server = {digest(raw) for folder in folders.values() for raw, _at in folder.mails.values()}
    with room.store.read() as session:
        stored = {row.sha256 for row in session.exec(select(RawMail))}
        places = _places(session)
    assert on_server <= stored
    for name, folder in folders.items():
        assert {(name, uid, digest(raw)) for uid, (raw, _at) in folder.mails.items()} <= places


def _places(session: Session) -> set[tuple[bytes, int, str]]:
    raws = {row.id: row.sha256 for row in session.exec(select(RawMail))}
    mailboxes = {row.id: row for row in session.exec(select(Mailbox))}
    return {
        (mailboxes[place.mailbox_id].raw_name, place.uid, raws[place.raw_id])
        for place in session.exec(select(Location))
        if place.uidvalidity == mailboxes[place.mailbox_id].uidvalidity
    }


def test_a_new_uidvalidity_fetches_only_what_is_unknown(room: Mailroom) -> None:
    fill(room, 30)
    room.sync()
    before = lasting(room)
    room.server.handed_over.clear()
    room.server.expunge(INBOX, 3)
    room.server.renumber(INBOX, 2)
    assert room.sync().new_messages == 0
    assert room.server.handed_over == []
    assert lasting(room) == before
    stands_right(room)
    uid = room.arrives(question(99))
    room.server.renumber(INBOX, 3)
    assert room.sync().new_messages == 1
    assert room.server.handed_over == [(INBOX, uid)]
    stands_right(room)


def test_five_new_uidvalidities_in_a_row_cost_no_mail_and_open_no_turn(room: Mailroom) -> None:
    fill(room, 12)
    room.sync()
    before = lasting(room)
    room.server.handed_over.clear()
    for uidvalidity in (9, 4, 4_294_967_295, 2_147_483_648, 10):
        room.server.renumber(INBOX, uidvalidity)
        assert room.sync().new_messages == 0
        assert room.sync().new_messages == 0
        stands_right(room)
    assert room.server.handed_over == []
    assert lasting(room) == before
    assert len(room.all(Location)) == 12


def test_a_uidvalidity_that_comes_back_means_nothing_that_it_meant_before(room: Mailroom) -> None:
    """A restored server may reuse a number: a mail under an old number of another one must not be taken for it."""
    fill(room, 3)
    room.sync()
    room.server.expunge(INBOX, 2)
    room.server.renumber(INBOX, 2)
    room.sync()
    room.server.renumber(INBOX, 1)
    room.arrives(question(50))
    room.server.renumber(INBOX, 1)
    room.server.folder(INBOX).mails[2], room.server.folder(INBOX).mails[3] = (
        room.server.folder(INBOX).mails[3],
        room.server.folder(INBOX).mails[2],
    )
    assert room.sync().new_messages == 1
    stands_right(room)


def test_mails_that_look_alike_are_told_apart(room: Mailroom) -> None:
    at = NOW - timedelta(hours=1)
    twice = question(1)
    for raw in (twice, twice, question(2, message_id=""), question(3, message_id="")):
        room.arrives(raw, at=at)
    room.arrives(question(4, body="One piece?", message_id="same@acme.example"), at=at)
    room.arrives(question(4, body="Two pieces?", message_id="same@acme.example"), at=at)
    room.sync()
    before = lasting(room)
    room.server.renumber(INBOX, 2)
    room.sync()
    assert lasting(room) == before
    stands_right(room)


@pytest.mark.parametrize("step", ["heads", "ids", "bodies"])
@pytest.mark.parametrize("after", [0, 1])
def test_a_cut_while_numbers_are_compared_loses_nothing(room: Mailroom, step: str, after: int) -> None:
    fill(room, 206)  # more than a window
    room.sync()
    before = lasting(room)
    room.server.renumber(INBOX, 2)
    room.arrives(question(900))
    room.arrives(question(901, message_id=""))
    room.server.break_at(step, CUT, after=after)
    room.server.handed_over.clear()
    room.sync()
    room.sync()
    assert len(room.all(Message)) == 208
    assert len(room.server.handed_over) == 2
    assert all(set(map(repr, old)) <= set(map(repr, new)) for old, new in zip(before, lasting(room), strict=True))
    assert room.sync().new_messages == 0
    stands_right(room)


@pytest.mark.parametrize("told", [None, 0])
def test_a_server_without_uidvalidity_is_not_read_for_ever(room: Mailroom, told: int | None) -> None:
    fill(room, 30)
    room.server.renumber(INBOX, told)
    room.server.renumber(b"Sent", told)
    assert room.sync().new_messages == 30
    room.server.handed_over.clear()
    assert [room.sync().new_messages for _ in range(3)] == [0, 0, 0]
    assert room.server.handed_over == []
    room.arrives(question(77))
    assert room.sync().new_messages == 1
    assert len(room.server.handed_over) == 1


@pytest.mark.parametrize("gone", [1, 15, 30], ids=["oldest", "middle", "newest"])
def test_without_uidvalidity_numbers_that_slipped_are_noticed(room: Mailroom, gone: int) -> None:
    """Such a server counts anew at each session: a mail that came for one that went has its number."""
    fill(room, 30)
    room.server.renumber(INBOX, None)
    room.sync()
    room.server.handed_over.clear()
    room.server.expunge(INBOX, gone)
    room.arrives(question(88))
    room.server.renumber(INBOX, None)
    assert room.sync().new_messages == 1
    assert len(room.server.handed_over) == 1
    assert room.sync().new_messages == 0
    stands_right(room)


def test_a_uidvalidity_that_is_told_only_sometimes_changes_nothing(room: Mailroom) -> None:
    fill(room, 5)
    room.sync()
    room.server.handed_over.clear()
    for told in (None, 1, 0, 1):
        room.server.folder(INBOX).uidvalidity = told
        room.sync()
    assert room.server.handed_over == []
    assert len(room.all(Location)) == 5


def test_a_renamed_folder_is_known_again(room: Mailroom) -> None:
    room.server.add_folder(b"Customers")
    room.server.folder(b"Customers").uidvalidity = 77
    fill(room, 8, b"Customers")
    room.sync()
    before = lasting(room)
    room.server.handed_over.clear()
    room.server.rename(b"Customers", "客户".encode("utf-7"))
    room.arrives(question(70), folder="客户".encode("utf-7"))
    assert room.sync().new_messages == 1
    assert len(room.server.handed_over) == 1
    assert all(set(map(repr, old)) <= set(map(repr, new)) for old, new in zip(before, lasting(room), strict=True))
    assert len([row for row in room.all(Mailbox) if row.uidvalidity == 77]) == 1
    stands_right(room)


def test_a_new_folder_is_not_taken_for_one_that_went(room: Mailroom) -> None:
    """Many servers begin every folder with the same UIDVALIDITY and uid 1."""
    room.server.add_folder(b"Old")
    fill(room, 3, b"Old")
    room.sync()
    room.server.rename(b"Old", b"\\gone")
    del room.server._folders[b"\\gone"]  # noqa: SLF001  (the fake has no command for it)
    room.server.add_folder(b"New")
    room.arrives(question(60), folder=b"New")
    assert room.sync().new_messages == 1
    assert {row.raw_name for row in room.all(Mailbox)} >= {b"Old", b"New"}
    stands_right(room)


def told(room: Mailroom) -> set[int]:
    """Return the UIDVALIDITY of INBOX at the last sync: under the same one no server gives other numbers (RFC 3501, 2.3.1.1)."""
    return {row.uidvalidity for row in room.all(Mailbox) if row.raw_name == INBOX and row.uidvalidity > 0}


Steps = st.lists(
    st.one_of(
        st.tuples(st.just("deliver"), st.integers(0, 40)),
        st.tuples(st.just("expunge"), st.integers(0, 40)),
        st.tuples(st.just("renumber"), st.sampled_from([None, 0, 1, 2, 3, 4_294_967_295])),
        st.tuples(st.just("cut"), st.sampled_from(["heads", "ids", "bodies", "examine", "mail"])),
        st.tuples(st.just("sync"), st.integers(0, 1)),
    ),
    max_size=14,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(steps=Steps)
def test_whatever_a_server_does_to_its_numbers_every_mail_is_read_once(
    steps: list[tuple[str, int | str | None]],
    tmp_path_factory: pytest.TempPathFactory,
    fresh_sqlite: object,
) -> None:
    room = open_room(tmp_path_factory.mktemp("room"), fresh_database=fresh_sqlite)  # type: ignore[arg-type]  # a Path
    delivered: set[str] = set()
    try:
        for step, value in steps:
            folder = room.server.folder(INBOX)
            if step == "deliver":
                raw = question(int(value or 0))
                room.arrives(raw)
                delivered.add(digest(raw))
            elif step == "expunge" and folder.mails:
                room.server.expunge(INBOX, sorted(folder.mails)[int(value or 0) % len(folder.mails)])
            elif step == "renumber" and value not in told(room):
                room.server.renumber(INBOX, value)  # type: ignore[arg-type]  # a number or None here
            elif step == "cut":
                room.server.break_at(str(value), CUT)
            elif step == "sync":
                room.sync(full=bool(value))
        while room.server._breaks:  # noqa: SLF001  (what is still to break would break the last look)
            room.server._breaks.clear()  # noqa: SLF001
        room.sync()
        stands_right(room)
        turns = len(room.all(TurnRecord))
        assert room.sync().new_messages == 0
        seen = picture(room.store)
        assert len(seen["messages"]) == len({row[0] for row in seen["messages"]})
        assert set(seen["raw named"]) <= delivered
        assert len(room.all(TurnRecord)) == turns
    finally:
        room.core.close()
