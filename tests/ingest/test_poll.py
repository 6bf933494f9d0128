"""Polling: what is new is found, once, whatever breaks in between. On a mailbox in memory, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from ingest.mailroom import GO_LIVE, NOW, REP, Mailroom, letter, picture

from mailcrm.domain.errors import Unreachable
from mailcrm.domain.words import say
from mailcrm.records import Location, MailAccount, Mailbox, Message, QuarantinedMail, RawMail, TurnRecord

CUT = Unreachable(say("The connection was cut."))
STEPS = ("mailboxes", "examine", "uids", "heads", "bodies")


def numbered(first: int, last: int, sender: str = "jan@acme.example") -> list[bytes]:
    return [letter(sender, f"Order {n}", f"Could you ship order {n}?") for n in range(first, last + 1)]


def fill(room: Mailroom, count: int) -> None:
    """Mails in INBOX, some in Sent."""
    for raw in numbered(1, count):
        room.arrives(raw)
    for n in range(1, 6):
        raw = letter(REP, f"Answer {n}", "We ship on Friday.", to="jan@acme.example")
        room.arrives(raw, folder=b"Sent")


def test_the_first_sync_reads_each_folder_newest_first(room: Mailroom) -> None:
    fill(room, 120)
    room.sync()
    subjects = [message.subject for message in sorted(room.all(Message), key=lambda row: row.id)]
    assert subjects == [
        *(f"Order {n}" for n in range(120, 0, -1)),
        *(f"Answer {n}" for n in range(5, 0, -1)),
    ]


def test_a_second_sync_changes_nothing(room: Mailroom) -> None:
    fill(room, 60)
    room.sync()
    before = room.digest()
    report = room.sync()
    assert (report.new_messages, report.errors) == (0, ())
    assert room.digest() == before


def test_a_full_sync_of_a_known_mailbox_changes_nothing(room: Mailroom) -> None:
    fill(room, 60)
    room.arrives(b"   \r\n")  # nothing to read: quarantined, and no reason to fetch it again
    room.sync()
    before = room.digest()
    report = room.sync(full=True)
    assert [folder.fetched for account in report.accounts for folder in account.folders] == [0, 0]
    assert room.digest() == before


@pytest.mark.parametrize("full", [False, True])
def test_a_cut_at_any_step_loses_nothing_and_repeats_nothing(new_room: Callable[[], Mailroom], full: bool) -> None:
    whole = new_room()
    fill(whole, 110)
    whole.sync()
    broken = new_room()
    fill(broken, 110)
    cuts = 0
    for step in STEPS:
        for after in range(3):
            broken.server.break_at(step, CUT, after)
            report = broken.sync(full=full)
            cuts += bool(report.errors)
            mailbox = next((row for row in broken.all(Mailbox) if row.name == "INBOX"), None)
            if mailbox is not None and mailbox.high_uid is not None:
                stored = {row.uid for row in broken.all(Location) if row.mailbox_id == mailbox.id}
                assert set(range(mailbox.low_uid, mailbox.high_uid + 1)) <= stored
    assert cuts >= 8
    broken.sync(full=full)
    assert picture(broken.store) == picture(whole.store)


@pytest.mark.parametrize("full", [False, True])
def test_a_cut_while_new_mail_is_read_leaves_no_hole(room: Mailroom, full: bool) -> None:
    for raw in numbered(1, 10):
        room.arrives(raw)
    room.sync()
    for raw in numbered(11, 130):
        room.arrives(raw)
    room.server.break_at("bodies", CUT, 1)  # the first batch of fifty is stored, the second isn't
    assert room.sync(full=full).errors
    assert len(room.all(Message)) == 60
    room.sync()
    assert {row.subject for row in room.all(Message)} == {f"Order {n}" for n in range(1, 131)}


def test_mail_that_arrives_during_the_first_sync_is_read_by_the_next(room: Mailroom) -> None:
    for raw in numbered(1, 70):
        room.arrives(raw)
    late = iter(numbered(71, 75))

    def deliver(_folder: str, _done: int, _total: int) -> None:
        room.arrives(next(late))

    room.core.do("sync", progress=deliver)
    room.sync()
    assert {row.subject for row in room.all(Message)} >= {f"Order {n}" for n in range(1, 72)}
    room.sync()
    assert len(room.all(Message)) == len({row.subject for row in room.all(Message)})


def test_mails_that_are_expunged_are_kept_and_their_holes_are_passed(room: Mailroom) -> None:
    for raw in numbered(1, 20):
        room.arrives(raw)
    for uid in (1, 7, 20):
        room.server.expunge(b"INBOX", uid)
    room.sync()
    assert len(room.all(Message)) == 17
    for uid in range(2, 20):
        if uid != 7:
            room.server.expunge(b"INBOX", uid)
    room.arrives(numbered(21, 21)[0])
    room.sync()
    room.sync(full=True)
    assert len(room.all(Message)) == 18


def test_an_empty_folder_that_gets_its_first_mail(room: Mailroom) -> None:
    room.sync()
    room.arrives(numbered(1, 1)[0])
    assert room.sync().new_messages == 1


@pytest.mark.parametrize("uid", [1, 30, 59, 60])
def test_a_mail_that_the_server_refuses_is_asked_for_again_at_each_poll(room: Mailroom, uid: int) -> None:
    for raw in numbered(1, 60):
        room.arrives(raw)
    room.server.unreadable.add((b"INBOX", uid))
    room.sync()
    assert len(room.all(Message)) == 59
    room.sync()
    assert next(row.skipped for row in room.all(Mailbox) if row.name == "INBOX") == [uid]
    room.server.unreadable.clear()
    assert room.sync().new_messages == 1
    assert next(row.skipped for row in room.all(Mailbox) if row.name == "INBOX") == []
    assert len(room.all(Message)) == 60


def test_a_new_uidvalidity_gives_no_duplicates_and_no_new_turns(room: Mailroom) -> None:
    fill(room, 30)
    room.sync()
    before = picture(room.store)
    messages, turns = room.digest()["message"], room.digest()["turn"]
    assert turns[0] == 30
    room.server.renumber(b"INBOX", 77)
    room.sync()
    assert (room.digest()["message"], room.digest()["turn"]) == (messages, turns)
    after = picture(room.store)
    assert {name: after[name] for name in after if name != "locations"} == {
        name: before[name] for name in before if name != "locations"
    }
    assert sum(row.uidvalidity == 77 for row in room.all(Location)) == 30
    room.arrives(numbered(31, 31)[0])
    assert room.sync().new_messages == 1


@pytest.mark.parametrize("uidvalidity", [0, None])
def test_a_server_without_uidvalidity_and_uidnext(room: Mailroom, uidvalidity: int | None) -> None:
    room.server.renumber(b"INBOX", uidvalidity)
    room.server.hide_uidnext = True
    for raw in numbered(1, 5):
        room.arrives(raw)
    room.sync()
    assert len(room.all(Message)) == 5
    before = room.digest()
    room.sync()
    assert room.digest() == before


def test_full_finds_what_the_watermark_can_not_know_of(room: Mailroom) -> None:
    for raw in numbered(1, 8):
        room.arrives(raw)
    hidden = room.server.folder(b"INBOX").mails.pop(4)
    room.sync()
    room.server.folder(b"INBOX").mails[4] = hidden  # restored by the provider under its old uid
    assert room.sync().new_messages == 0
    assert room.sync(full=True).new_messages == 1
    assert len(room.all(Message)) == 8


def test_a_mail_that_no_parser_survives_is_quarantined_and_the_next_is_read(room: Mailroom) -> None:
    room.arrives(numbered(1, 1)[0])
    room.arrives(b"\r\n \x00\r\n")
    room.arrives(numbered(2, 2)[0])
    report = room.sync()
    inbox = report.accounts[0].folders[0]
    assert (inbox.fetched, inbox.new, inbox.quarantined, report.errors) == (3, 2, 1, ())
    (row,) = room.all(QuarantinedMail)
    assert row.state == "open"
    assert row.parser_version
    assert len(room.all(RawMail)) == 3
    assert {place.uid: place.message_id is None for place in room.all(Location)} == {1: False, 2: True, 3: False}


def test_one_account_in_trouble_is_told_and_heals(room: Mailroom) -> None:
    room.arrives(numbered(1, 1)[0])
    room.server.break_at("login", CUT)
    report = room.sync()
    assert [str(error) for error in report.errors] == ["work: The connection was cut."]
    (account,) = room.all(MailAccount)
    assert account.trouble
    assert account.trouble_since == NOW
    assert account.last_good_poll is None
    room.sync()
    (account,) = room.all(MailAccount)
    assert (account.trouble, account.trouble_since, account.last_good_poll) == (None, None, NOW)
    assert all(source._server is None for source in room.connections)  # noqa: SLF001  (closed, also after the trouble)


def test_mail_before_go_live_is_history_and_opens_nothing(room: Mailroom) -> None:
    old = letter("jan@acme.example", "Old question", date=GO_LIVE - timedelta(hours=2))
    room.arrives(old, at=GO_LIVE - timedelta(hours=1))
    room.arrives(letter("jan@acme.example", "New question"), at=GO_LIVE + timedelta(hours=1))
    # Today's drag of a mail that was received a month ago: its own stamp says so.
    dragged = letter(
        "mia@basel.example",
        "Dragged",
        headers=["Received: from a by b; Mon, 2 Feb 2026 08:00:00 +0000"],
        date=GO_LIVE - timedelta(days=27),
    )
    room.arrives(dragged, at=NOW)
    room.sync()
    assert {row.subject: row.history for row in room.all(Message)} == {
        "Old question": True,
        "New question": False,
        "Dragged": True,
    }
    (turn,) = room.all(TurnRecord)
    assert turn.anchor == GO_LIVE + timedelta(hours=1)
    assert {row.subject for row in room.core.ask("threads")} == {"Old question", "New question", "Dragged"}


def test_mail_read_on_the_phone_counts_and_mail_from_the_future_does_not_lie_ahead(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "Ahead", date=NOW + timedelta(days=2)), at=NOW + timedelta(hours=3))
    room.sync()
    (message,) = room.all(Message)
    assert message.arrived_at == NOW


def test_what_was_fetched_before_the_connection_was_cut_is_stored(room: Mailroom) -> None:
    """Hauls are stored some together, and read ahead: a line that breaks again and again still gets on."""
    for raw in numbered(1, 260):
        room.arrives(raw)
    room.server.break_at("bodies", CUT, after=3)
    assert room.sync().errors
    fetched = len(room.server.handed_over)
    assert 0 < fetched < 260
    assert len(room.all(Message)) == fetched
    assert not room.sync().errors
    assert len(room.all(Message)) == len(room.server.handed_over) == 260
