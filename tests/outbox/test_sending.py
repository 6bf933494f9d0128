"""The outbox at work: lines that rest, mails that wait their turn, doubts that are looked into."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from ingest.mailroom import NOW, REP
from outbox.conftest import Post, failure_report

from mailcrm.adapters.imap.fake import FakeMailServer
from mailcrm.adapters.smtp import FakeTransport
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import Message, Outgoing

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
        assert post.opened == {"work": 3}, "one connection carries what may leave"
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


class TestOnTheWorklist:
    """What is on its way stops no clock and is shown; what went wrong stays until somebody has seen to it."""

    DUE = NOW + timedelta(hours=23)

    def turn(self, post: Post) -> WorklistRow:
        """Return the row of the only turn."""
        rows: tuple[WorklistRow, ...] = post.core.ask("worklist", view="all").rows
        (row,) = (row for row in rows if row.kind == "reply")
        return row

    def outgoing(self, post: Post) -> list[tuple[str, str]]:
        """Return state and reason of the rows about outgoing mail."""
        rows: tuple[WorklistRow, ...] = post.core.ask("worklist", view="now").rows
        return [(row.state, str(row.why)) for row in rows if row.kind == "outbox"]

    @pytest.mark.parametrize(
        ("at", "flag", "in_time"),
        [("2026-03-05T15:59+08:00", "scheduled", True), ("2026-03-05T16:00+08:00", "scheduled_late", False)],
    )
    def test_a_scheduled_mail_says_whether_it_will_be_in_time(
        self, post: Post, at: str, flag: str, *, in_time: bool
    ) -> None:
        post.reply(post.asked(), "at", at=at)
        row = self.turn(post)
        assert (row.state, row.in_time, row.leaves_at) == ("running", in_time, datetime.fromisoformat(at))
        assert flag in row.flags
        assert "leaves" in str(row.why)
        post.room.clock.at = self.DUE
        assert self.turn(post).band == "overdue"

    def test_a_draft_is_shown_as_such(self, post: Post) -> None:
        post.reply(post.asked(), "draft")
        assert "draft" in self.turn(post).flags

    def test_a_mail_in_doubt_is_not_red_while_it_is_looked_for(self, post: Post) -> None:
        post.asked(ago=23.9)
        post.server.cut = "data"
        post.reply(self.turn(post).thread_id or "", "send")
        post.room.clock.at += 29 * MINUTE
        row = self.turn(post)
        assert (row.state, row.band) == ("overdue", "today")
        assert "in_doubt" in row.flags
        assert self.outgoing(post)[0][1].startswith("The connection broke")
        post.room.clock.at += MINUTE
        assert self.turn(post).band == "overdue"
        assert self.outgoing(post)[0][1].startswith("Nobody knows")

    def test_the_rep_is_told_after_two_hours_of_deferral(self, post: Post) -> None:
        post.reply(post.asked())
        post.server.data_reply = "451 4.7.1 greylisted"
        started = post.room.clock.at
        while post.room.clock.at - started < timedelta(minutes=119):
            post.flush(MINUTE)
        assert self.outgoing(post) == []
        post.room.clock.at = started + timedelta(hours=2)
        ((state, why),) = self.outgoing(post)
        assert state == "deferred"
        assert why.startswith("This mail waits since")

    def test_a_refused_mail_stays_until_the_customer_was_written_to(self, post: Post) -> None:
        thread = post.asked()
        post.server.data_reply = "550 5.7.1 no"
        post.reply(thread, "send")
        post.server.data_reply = "250 2.0.0 accepted"
        assert [state for state, _why in self.outgoing(post)] == ["failed"]
        post.room.clock.at += MINUTE
        post.reply(thread, "send", body="Once more.")
        assert self.outgoing(post) == []

    @pytest.mark.parametrize("verb", ["waive", "cancel"])
    def test_a_refused_mail_is_gone_when_a_person_says_so(self, post: Post, verb: str) -> None:
        thread = post.asked()
        post.server.data_reply = "550 5.7.1 no"
        refused = post.reply(thread, "send")
        post.room.clock.at += MINUTE
        if verb == "waive":
            post.core.do("waive", thread=thread, reason="He called.")
        else:
            post.core.do("outbox_cancel", id=refused)
        assert self.outgoing(post) == []


class TestComingBack:
    """A mail that came back from everybody is `bounced`; one of several that failed leaves it as sent."""

    def bounce(self, post: Post, item: str, address: str) -> None:
        """Have a report come in about an address that failed."""
        at = post.room.clock.at = post.room.clock.at + MINUTE
        post.room.arrives(failure_report(post.mail(item).message_id, address), at)
        post.room.sync()

    def test_from_the_only_recipient(self, post: Post) -> None:
        thread = post.asked()
        item = post.reply(thread, "send")
        self.bounce(post, item, "jan@acme.example")
        row = post.mail(item)
        assert row.state == "bounced"
        assert "jan@acme.example" in str(row.last_error)
        assert "5.1.1" in str(row.last_error)
        rows = {line.kind: line for line in post.core.ask("worklist", view="now").rows}
        assert (rows["outbox"].state, rows["reply"].state) == ("bounced", "running")
        assert "bounced" in rows["reply"].flags
        post.room.clock.at += MINUTE
        post.reply(thread, "send", to=("eva@acme.example",))
        assert [line.kind for line in post.core.ask("worklist", view="all").rows] == []

    def test_from_one_of_two_then_from_the_other(self, post: Post) -> None:
        item = post.reply(post.asked(), "send", cc=("eva@acme.example",))
        self.bounce(post, item, "eva@acme.example")
        assert post.mail(item).state == "sent"
        assert "eva@acme.example" in str(post.mail(item).last_error)
        self.bounce(post, item, "jan@acme.example")
        assert post.mail(item).state == "bounced"

    def test_the_other_was_refused_at_once(self, post: Post) -> None:
        post.server.recipient_replies["eva@acme.example"] = "550 5.1.1 no such user"
        item = post.reply(post.asked(), "send", cc=("eva@acme.example",))
        assert post.mail(item).state == "sent"
        self.bounce(post, item, "jan@acme.example")
        assert post.mail(item).state == "bounced"

    def test_taken_for_others_and_refused_for_the_customer_it_answered_nobody(self, post: Post) -> None:
        post.server.recipient_replies["jan@acme.example"] = "550 5.1.1 no such user"
        thread = post.asked()
        before = post.core.ask("thread", id=thread).due
        post.reply(thread, "send", cc=("ops@forwarder.example",))
        rows = {line.kind: line for line in post.core.ask("worklist", view="all").rows}
        assert (rows["reply"].state, rows["reply"].due) == ("running", before)
        assert "bounced" in rows["reply"].flags
        assert "jan@acme.example" in str(rows["task"].why)
        assert [line.event for line in post.core.ask("explain", id=thread)] == [
            *("TurnOpened", "AddressFailed", "ReplyUndelivered")
        ]
        assert post.core.do("rebuild").row.changed == 0

    def test_refused_for_all_but_ourselves_it_came_back_from_everybody(self, post: Post) -> None:
        post.server.recipient_replies["jan@acme.example"] = "550 5.1.1 no such user"
        item = post.reply(post.asked(), "send", cc=(REP,))
        assert post.mail(item).state == "bounced"

    @pytest.mark.parametrize(
        ("refused", "tasks"), [("eva@acme.example", ["eva@acme.example"]), (REP, [])], ids=["theirs", "ours"]
    )
    def test_refused_for_one_of_several_it_answers_and_only_theirs_is_a_task(
        self, post: Post, refused: str, tasks: list[str]
    ) -> None:
        post.server.recipient_replies[refused] = "451 4.2.0 try later"
        thread = post.asked()
        post.reply(thread, "send", cc=(refused,))
        assert post.core.ask("thread", id=thread).result == "met"
        rows = post.core.ask("worklist", view="all").rows
        assert [line.kind for line in rows] == ["task"] * len(tasks)
        assert all(address in str(line.why) for address, line in zip(tasks, rows, strict=True))

    def test_what_was_to_be_answered_too_waits_on_where_its_customer_was_refused(self, post: Post) -> None:
        post.server.recipient_replies["jan@acme.example"] = "550 5.1.1 no such user"
        first, other = post.asked(), post.asked(subject="Packing")
        post.reply(first, "send", cc=("ops@forwarder.example",), also=(other,))
        assert {post.core.ask("thread", id=thread).state for thread in (first, other)} == {"running"}

    def test_a_report_that_a_person_reads_otherwise_takes_it_back(self, post: Post) -> None:
        item = post.reply(post.asked(), "send")
        self.bounce(post, item, "jan@acme.example")
        (report,) = (row for row in post.room.all(Message) if row.kind == "bounce_hard")
        post.core.do("classify", message=f"m{report.id}", kind="auto_generated")
        assert (post.mail(item).state, post.mail(item).last_error) == ("sent", None)


def test_flush_says_how_many_wait_their_turn(post: Post) -> None:
    for number in range(7):
        post.reply(post.asked(f"jan@a{number}.example", f"Valves {number}"))
    said = str(post.core.do("outbox_flush").said)
    assert said == "Mails sent: 5. 2 more wait their turn and leave by themselves."
    post.room.clock.at += MINUTE
    assert str(post.core.do("outbox_flush").said) == "Mails sent: 2."


def test_the_status_bar_counts_what_nobody_has_seen_to(post: Post) -> None:
    thread = post.asked()
    post.server.data_reply = "550 5.7.1 no"
    post.reply(thread, "send")
    assert post.core.ask("health").outbox == {"failed": 1}
    post.server.data_reply = "250 2.0.0 accepted"
    post.room.clock.at += MINUTE
    post.reply(thread, "send", body="Once more.")
    assert post.core.ask("health").outbox == {"sent": 1}


def test_doctor_tells_of_an_outgoing_server_that_lets_nobody_in(post: Post) -> None:
    post.room.sync()
    post.server.login_reply = "535 5.7.8 no"
    post.reply(post.asked())
    post.flush()
    (check,) = (check for check in post.core.ask("doctor") if check.check == "account work")
    assert (check.ok, "535" in str(check.detail), "retry" in str(check.fix)) == (False, True, True)
    post.server.login_reply = "235 2.7.0 welcome"
    assert post.flush(2 * MINUTE) == ["sent"]
    (check,) = (check for check in post.core.ask("doctor") if check.check == "account work")
    assert check.ok
