"""The outbox at work: lines that rest, mails that wait their turn, doubts that are looked into."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ingest.mailroom import NOW
from outbox.conftest import Post

from mailcrm.adapters.imap.fake import FakeMailServer
from mailcrm.adapters.smtp import FakeTransport
from mailcrm.records import Outgoing

MINUTE = timedelta(minutes=1)
SECOND = "sales@hefei.example"


@pytest.fixture
def two_accounts(post: Post) -> Post:
    """A room with a second account on a server of its own."""
    post.servers["second"], post.mailboxes["second"] = FakeTransport(), FakeMailServer()
    post.core.do(
        "add_account",
        name="second",
        imap="imap://127.0.0.1:1143",
        smtp="smtp://127.0.0.1:1025",
        own_addresses=(SECOND,),
        zone="Asia/Shanghai",
        go_live="2026-03-01",
    )
    return post


class TestALineThatLetsNobodyIn:
    """A refused login stops the account's queue for the back-off, not the others."""

    def test_one_login_is_tried_not_one_for_each_mail(self, post: Post) -> None:
        mails = [post.reply(post.asked(f"jan@a{number}.example", f"Valves {number}")) for number in range(3)]
        post.server.login_reply = "535 5.7.8 no"
        assert post.flush() == ["deferred"]
        assert post.flush() == []
        assert post.flush(0.5 * MINUTE) == []
        assert [post.mail(item).state for item in mails] == ["deferred", "held", "held"]
        assert post.flush(MINUTE) == ["deferred"]
        assert post.flush(3 * MINUTE) == []
        post.server.login_reply = "235 2.7.0 welcome"
        assert post.flush(3.5 * MINUTE) == ["sent", "sent", "sent"]
        assert post.opened == {"work": 3}

    def test_the_other_account_goes_on(self, two_accounts: Post) -> None:
        mine = two_accounts.reply(two_accounts.asked(subject="Valves"))
        other = two_accounts.reply(two_accounts.asked("eva@graz.example", "Flanges", account="second"))
        two_accounts.server.login_reply = "535 5.7.8 no"
        two_accounts.flush()
        assert [two_accounts.mail(item).state for item in (mine, other)] == ["deferred", "sent"]

    def test_a_person_who_tries_again_is_not_made_to_wait(self, post: Post) -> None:
        item = post.reply(post.asked())
        post.server.login_reply = "535 5.7.8 no"
        post.flush()
        post.server.login_reply = "235 2.7.0 welcome"
        post.core.do("outbox_retry", id=item)
        assert post.flush() == ["sent"]

    def test_a_mail_that_is_sent_by_hand_is_tried_at_once(self, post: Post) -> None:
        post.server.login_reply = "535 5.7.8 no"
        post.reply(post.asked())
        post.flush()
        post.server.login_reply = "235 2.7.0 welcome"
        assert post.mail(post.reply(post.asked("eva@graz.example", "Flanges"), "send")).state == "sent"


class TestRate:
    """So many mails leave an account in a minute; the rest waits its turn."""

    def test_the_rest_leaves_a_minute_later_whoever_sends(self, post: Post) -> None:
        for number in range(12):
            post.reply(post.asked(f"jan@a{number}.example", f"Valves {number}"))
        assert post.flush() == ["sent"] * 5
        assert post.flush(0.5 * MINUTE) == []
        assert post.flush(0.5 * MINUTE) == ["sent"] * 5
        assert post.flush(MINUTE) == ["sent"] * 2
        assert post.opened == {"work": 4}
        assert len(post.server.accepted) == 12

    def test_a_clock_that_was_set_back_holds_nobody_up(self, post: Post) -> None:
        for number in range(6):
            post.reply(post.asked(f"jan@a{number}.example", f"Valves {number}"))
        assert post.flush() == ["sent"] * 5
        post.room.clock.at = NOW - timedelta(hours=2)
        post.core.do("outbox_retry", id=self.refused(post))
        assert post.flush() == ["sent"]

    def refused(self, post: Post) -> str:
        """Have a mail refused; return it."""
        post.server.data_reply = "550 5.7.1 no"
        refused = post.reply(post.asked("eva@graz.example", "Flanges", ago=5), "send")
        post.server.data_reply = "250 2.0.0 accepted"
        return refused


class TestDoubt:
    """Looked for in Sent and among what came in, by Message-ID and by the reference."""

    @pytest.fixture
    def doubtful(self, post: Post) -> str:
        item = post.reply(post.asked())
        post.server.cut = "reply"
        assert post.flush() == ["in_doubt"]
        return item

    @pytest.mark.parametrize("folder", [b"Sent", b"INBOX"])
    @pytest.mark.parametrize("new_id", [False, True], ids=["with its Message-ID", "with another Message-ID"])
    def test_found_it_was_sent_at_the_time_of_data(
        self, post: Post, doubtful: str, folder: bytes, *, new_id: bool
    ) -> None:
        raw = post.server.accepted[0].raw
        if new_id:
            raw = raw.replace(post.mail(doubtful).message_id.encode(), b"rewritten@provider.example")
        post.room.arrives(raw, NOW, folder)
        post.flush(2 * MINUTE)
        found = post.mail(doubtful)
        assert (found.state, found.sent_at) == ("sent", NOW)
        (row,) = post.core.ask("threads")
        assert (row.state, row.answered_at) == ("closed", NOW)

    def test_the_copy_to_ourselves_is_no_sent_copy(self, post: Post, doubtful: str) -> None:
        post.room.arrives(post.server.accepted[0].raw, NOW, b"INBOX")
        post.flush(2 * MINUTE)
        assert len(post.room.server.folder(b"Sent").mails) == 1
        (row,) = post.room.all(Outgoing)
        assert (row.state, row.copy_state) == ("sent", "appended")
        assert post.mail(doubtful).state == "sent"

    def test_not_found_it_waits_for_a_person(self, post: Post, doubtful: str) -> None:
        for _ in range(40):
            post.flush(MINUTE)
        waiting = post.mail(doubtful)
        assert (waiting.state, waiting.next_attempt) == ("in_doubt", None)
        assert len(post.server.accepted) == 1
