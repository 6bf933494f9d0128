"""Send later: in the customer's morning, never silently late, and only while the customer is silent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from ingest.mailroom import NOW, letter
from outbox.conftest import Post

from mailcrm.domain.errors import ComposeError, RefusedByRule
from mailcrm.queries.rows import ThreadRow, WorklistRow

HOUR = timedelta(hours=1)
# NOW is a Wednesday, 17:00 in Shanghai, 10:00 in Hamburg, 03:00 in Houston; rooms speak UTC.
BERLIN = "\r\n-- \r\nJan Kranz\r\nKranz GmbH, Hafenstr. 1, 20457 Hamburg, Germany"
HOUSTON = "\r\n-- \r\nJan Kranz\r\nKranz Inc., 1200 Smith Street, Houston, TX 77002"


def asked(post: Post, below: str, sender: str = "jan@kranz.example", *, ago: float = 1) -> str:
    """Have a customer ask who signs with an address; return the thread."""
    at = NOW - timedelta(hours=ago)
    post.room.arrives(letter(sender, "Valves", f"Could you quote 500 pieces?\r\n{below}", date=at), at)
    post.room.sync()
    (row,) = post.core.ask("threads")
    found: str = row.id
    return found


class TestMorning:
    """09:00 on a working day by the customer's clock."""

    @pytest.mark.parametrize(
        ("below", "zone", "leaves", "there"),
        [
            (BERLIN, "Europe/Berlin", "2026-03-05T09:00+01:00", "2026-03-05T09:00:00+01:00"),
            (HOUSTON, "America/Chicago", "2026-03-04T09:00-06:00", "2026-03-04T09:00:00-06:00"),
        ],
    )
    def test_by_the_place_in_the_signature(self, post: Post, below: str, zone: str, leaves: str, there: str) -> None:
        outcome = post.core.do("reply", thread=asked(post, below, ago=0.5), mode="at", at="morning", body="1.20 USD.")
        row = outcome.row
        assert (row.state, row.held_until) == ("held", datetime.fromisoformat(leaves))
        assert (row.customer_zone, row.leaves_there, row.in_time) == (zone, there, True)
        assert str(row.customer_zone_reason).startswith(("country DE", "signature says Kranz"))
        assert "our time" in str(outcome.said)
        assert "09:00 at the customer's" in str(outcome.said)
        assert "too late" not in str(outcome.said)

    def test_it_leaves_then(self, post: Post) -> None:
        item = post.reply(asked(post, HOUSTON), "at", at="morning")
        assert post.flush(6 * HOUR - timedelta(seconds=1)) == []
        assert post.flush(timedelta(seconds=1)) == ["sent"]
        assert post.mail(item).sent_at == datetime(2026, 3, 4, 15, tzinfo=UTC)

    def test_past_the_deadline_it_is_said(self, post: Post) -> None:
        thread = asked(post, BERLIN, ago=10)
        outcome = post.core.do("reply", thread=thread, mode="at", at="morning", body="1.20 USD.")
        assert outcome.row.in_time is False
        assert "That is too late: an answer is due Wed 4 March 23:00." in str(outcome.said)
        (row,) = post.core.ask("worklist", view="all").rows
        assert (row.in_time, row.leaves_at) == (False, datetime.fromisoformat("2026-03-05T09:00+01:00"))
        assert "too late" in str(row.why)
        shown: ThreadRow = post.core.ask("thread", id=thread)
        assert (shown.in_time, shown.leaves_at) == (row.in_time, row.leaves_at)

    def test_of_somebody_whose_clock_nobody_knows(self, post: Post) -> None:
        thread = asked(post, "", "jan@kranz.example")
        with pytest.raises(ComposeError, match="company edit"):
            post.core.do("reply", thread=thread, mode="at", at="morning", body="1.20 USD.")

    def test_a_country_that_a_person_set_is_enough(self, post: Post) -> None:
        thread = asked(post, "")
        (company,) = post.core.ask("companies")
        post.core.do("edit_company", id=company.id, country="SA")
        row = post.core.do("reply", thread=thread, mode="at", at="morning", body="1.20 USD.").row
        assert row.leaves_there == "2026-03-05T09:00:00+03:00"


def test_a_holding_reply_does_not_leave_after_what_it_promises(post: Post) -> None:
    thread = post.asked()
    with pytest.raises(RefusedByRule, match="has passed when the mail leaves"):
        post.core.do("reply", thread=thread, mode="at", at="+5h", hold="+4h", reason="price")
    assert post.core.do("reply", thread=thread, mode="at", at="+3h", hold="+4h", reason="price").row.state == "held"


class TestUnlessReply:
    """Checked right before it is sent, in the transaction that commits it."""

    def scheduled(self, post: Post) -> tuple[str, str]:
        """Answer, then write once more for the case of silence; return thread and the second mail."""
        thread = post.asked()
        post.reply(thread, "send")
        post.room.clock.at += HOUR
        return thread, post.reply(thread, "at", at="+3h", unless_reply=True, body="Any news?")

    def test_silence_lets_it_go(self, post: Post) -> None:
        _thread, item = self.scheduled(post)
        assert post.mail(item).unless_reply is True
        assert post.flush(3 * HOUR) == ["sent"]

    def test_a_word_of_the_customer_takes_it_back(self, post: Post) -> None:
        _thread, item = self.scheduled(post)
        self.writes(post, "We take it.")
        taken = len(post.server.accepted)
        assert post.flush(2.5 * HOUR) == ["cancelled"]
        row = post.mail(item)
        assert row.state == "cancelled"
        assert "the customer wrote" in str(row.last_error)
        assert len(post.server.accepted) == taken
        assert post.flush(HOUR) == []

    def test_an_automatic_answer_does_not(self, post: Post) -> None:
        self.scheduled(post)
        self.writes(post, "I am away.", "Auto-Submitted: auto-replied")
        assert post.flush(2.5 * HOUR) == ["sent"]

    def test_what_the_author_had_seen_does_not(self, post: Post) -> None:
        item = post.reply(post.asked(), "at", at="+3h", unless_reply=True)
        assert post.flush(3 * HOUR) == ["sent"]
        assert post.mail(item).state == "sent"

    def writes(self, post: Post, words: str, *headers: str) -> None:
        """Have the customer write on the thread half an hour later."""
        at = post.room.clock.at = post.room.clock.at + 0.5 * HOUR
        ours = post.server.accepted[0].raw.split(b"Message-ID: <")[1].split(b">")[0].decode()
        mail = letter("jan@acme.example", "Re: Valves", words, in_reply_to=ours, date=at, headers=headers)
        post.room.arrives(mail, at)
        post.room.sync()


class TestAnsweredMeanwhile:
    """Case 32: whoever has a draft, or a mail that waits, is told that a colleague has answered."""

    @pytest.mark.parametrize("mode", ["draft", "at"])
    def test_the_author_is_told(self, post: Post, mode: str) -> None:
        item = post.reply(post.asked(), mode, at="+5h")
        at = post.room.clock.at = NOW + HOUR
        asked_id = next(row.message_id for row in post.core.ask("thread", id=post.mail(item).thread_id).messages)
        answer = letter(
            "wang@ningbo.example", "Re: Valves", "1.20.", to="jan@acme.example", in_reply_to=asked_id, date=at
        )
        post.room.arrives(answer, at, b"Sent")
        post.room.sync()
        (thread,) = post.core.ask("threads")
        assert (thread.state, thread.answered_by) == ("closed", "wang@ningbo.example")
        assert post.mail(item).answered_by == "wang@ningbo.example"
        (row,) = self.lines(post)
        assert str(row.why).startswith("wang@ningbo.example answered this customer")
        post.core.do("outbox_cancel", id=item)
        assert self.lines(post) == []

    def test_nobody_is_told_of_the_customer_or_of_an_earlier_answer(self, post: Post) -> None:
        thread = post.asked()
        post.reply(thread, "send")
        post.room.clock.at += HOUR
        post.reply(thread, "draft")
        assert self.lines(post) == []

    def lines(self, post: Post) -> list[WorklistRow]:
        """Return the worklist's rows about outgoing mail."""
        rows: tuple[WorklistRow, ...] = post.core.ask("worklist", view="now").rows
        return [row for row in rows if row.kind == "outbox"]
