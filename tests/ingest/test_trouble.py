"""An account in trouble: the cause and the mend are kept, its servers are left alone for a while, nobody else waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ingest.mailroom import NOW, REP, Mailroom, letter

from mailcrm.domain.errors import HomeError, LoginRefused, MailcrmError, RemoteError, ServerRefused, Unreachable
from mailcrm.domain.words import say
from mailcrm.queries.rows import AccountRow

CUT = Unreachable(say("The connection was cut."), say("Check the network."))
REFUSED = LoginRefused(say("The password is wrong."), say("Give it anew."))


def account(room: Mailroom) -> AccountRow:
    (row,) = room.core.ask("accounts")
    assert isinstance(row, AccountRow)
    return row


def service_polls(room: Mailroom) -> int:
    """Poll as the service does; return how many accounts were asked."""
    return len(room.core.do("sync", due=True).row.accounts)


def waits(room: Mailroom, error: RemoteError) -> timedelta:
    room.server.break_at("login", error)
    assert service_polls(room) == 1
    at = account(room).next_try
    assert at is not None
    return at - room.clock.at


def test_the_service_leaves_a_failing_server_alone_longer_each_time(room: Mailroom) -> None:
    previous = timedelta()
    for _ in range(5):
        wait = waits(room, CUT)
        assert wait > previous
        assert service_polls(room) == 0
        room.clock.at += wait - timedelta(seconds=1)
        assert service_polls(room) == 0
        room.clock.at += timedelta(seconds=1)
        previous = wait
    assert previous >= timedelta(minutes=16)
    assert service_polls(room) == 1
    assert account(room).next_try is None
    assert waits(room, CUT) < timedelta(minutes=2)


def test_cause_mend_and_next_try_are_told(room: Mailroom) -> None:
    room.server.break_at("login", CUT)
    room.sync()
    row = account(room)
    assert str(row.trouble) == "The connection was cut. Check the network."
    (check,) = [check for check in room.core.ask("doctor") if check.check == "account work"]
    assert (check.ok, "The connection was cut" in str(check.detail), "sync" in str(check.fix)) == (False, True, True)


def test_a_person_need_not_wait(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "Now"))
    waits(room, CUT)
    assert room.sync().new_messages == 1
    assert account(room).trouble is None


def test_what_the_server_asks_for_is_given(room: Mailroom) -> None:
    asked = ServerRefused(say("Throttled."), retry_after=1800.0)
    assert timedelta(minutes=30) <= waits(room, asked) <= timedelta(minutes=36)


def test_a_refused_login_waits_longer_until_the_password_is_given_anew(room: Mailroom) -> None:
    assert waits(room, REFUSED) >= timedelta(minutes=5)
    assert service_polls(room) == 0
    room.core.do(
        "add_account",
        name="work",
        imap="imap://127.0.0.1:1143",
        smtp="smtp://127.0.0.1:1025",
        own_addresses=(REP,),
        password_env="THE_OTHER_PASSWORD",
    )
    assert service_polls(room) == 1


@pytest.mark.parametrize("step", ["mailboxes", "examine", "uids", "heads", "bodies"])
def test_any_break_gives_a_new_connection_next_time(room: Mailroom, step: str) -> None:
    room.arrives(letter("jan@acme.example", "Kept"), at=NOW - timedelta(hours=1))
    room.server.break_at(step, CUT)
    assert room.sync().errors
    first = room.connections[-1]
    assert room.sync().new_messages == 1
    assert room.connections[-1] is not first


def test_trouble_at_home_costs_no_server_a_pause(room: Mailroom) -> None:
    error: MailcrmError = HomeError(say("The disk is full."))
    room.server.break_at("login", error)  # type: ignore[arg-type]  # any error may come from the way to a mailbox
    room.sync()
    assert (account(room).trouble is not None, account(room).next_try) == (True, None)


def test_mails_that_the_server_does_not_hand_over_are_told_until_it_does(room: Mailroom) -> None:
    for number in range(3):
        room.arrives(letter("jan@acme.example", f"Letter {number}"))
    room.server.unreadable.add((b"INBOX", 2))
    assert room.sync().new_messages == 2
    told = {check.check: check for check in room.core.ask("doctor")}
    assert told["account work"].ok
    assert told["not_handed_over work"].ok is False
    assert "1" in str(told["not_handed_over work"].detail)
    room.server.unreadable.clear()
    assert room.sync().new_messages == 1
    assert "not_handed_over work" not in {check.check for check in room.core.ask("doctor")}
