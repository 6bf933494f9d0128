"""The whole way on real servers: a customer's mail comes in, the answer lies in the customer's mailbox, the clock stops."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from e2e.desk import Desk, header_values, letter, opened

pytestmark = pytest.mark.server


def test_an_inquiry_is_read_shown_answered_and_closed(desk: Desk) -> None:
    buyer, colleague = desk.customer("anna.berg@hamburg.example"), desk.customer("jens@hamburg.example")
    desk.postfix.deliver(
        buyer.user,
        desk.rep.user,
        letter(
            f"Anna Berg <{buyer.user}>",
            f"Li Wei <{desk.rep.user}>",
            "Dear Li,\n\nplease quote 500 gate valves DN50.\n\nAnna\n",
            cc=f"Jens Müller <{colleague.user}>, Li Wei <{desk.rep.user}>",
            message_id="first@hamburg.example",
            answers=["earlier@hamburg.example"],
        ),
    )
    desk.postfix.wait_for(desk.rep.user)

    assert desk.sync() == 1
    (row,) = desk.work()
    assert (row["state"], row["kind"], row["band"]) == ("running", "reply", "later")
    arrived, due = datetime.fromisoformat(row["arrived_at"]), datetime.fromisoformat(row["due"])
    assert due - arrived == timedelta(hours=24)
    assert abs(datetime.now(arrived.tzinfo) - arrived) < timedelta(minutes=1)

    sent = desk.read(
        "reply", row["thread_id"], "--template", "plain_reply", "--var", "body=EXW 12.50 USD each.", "--send"
    )
    assert (sent["state"], sent["attempts"]) == ("sent", 1)
    desk.postfix.wait_for(buyer.user)
    desk.postfix.wait_for(colleague.user)
    desk.postfix.wait_idle()

    (raw,) = desk.dovecot.raws(buyer.user)
    assert header_values(raw, "Message-ID") == [f"<{sent['message_id']}>"]
    assert header_values(raw, "In-Reply-To") == ["<first@hamburg.example>"]
    assert header_values(raw, "References") == ["<earlier@hamburg.example> <first@hamburg.example>"]
    assert header_values(raw, "Subject") == ["Re: Inquiry: gate valves DN50"]
    assert len(header_values(raw, "Date")) == len(header_values(raw, "From")) == 1
    assert header_values(raw, "Bcc") == []
    mail = opened(raw)
    assert [a.addr_spec for a in mail["From"].addresses] == [desk.rep.user]
    assert [a.addr_spec for a in mail["To"].addresses] == [buyer.user]
    assert [(a.display_name, a.addr_spec) for a in mail["Cc"].addresses] == [("Jens Müller", colleague.user)]
    assert mail.get_content_charset() in ("us-ascii", "utf-8")
    text = mail.get_content().replace("\r\n", "\n")
    assert "EXW 12.50 USD each.\n\nBest regards,\nLi Wei\n\n-- \nLi Wei\nNingbo Valve Works\n" in text
    assert "\n> please quote 500 gate valves DN50.\n" in text

    (copy,) = desk.sent()
    assert raw.endswith(copy)
    assert len(desk.dovecot.raws(colleague.user)) == 1

    (item,) = desk.read("outbox")
    assert (item["id"], item["state"], item["last_error"]) == (sent["id"], "sent", None)
    assert desk.read("outbox", "flush") == []
    thread = desk.thread()
    assert (thread["state"], thread["result"], thread["first_touch"], thread["external"]) == (
        "closed",
        "met",
        "met",
        False,
    )
    assert thread["answered_by"] == desk.rep.user
    assert [m["side"] for m in thread["messages"]] == ["theirs", "ours"]
    assert desk.story(thread["id"]) == ["TurnOpened", "TurnClosed"]
    assert desk.work() == []

    assert desk.sync() == 0
    assert desk.thread() == thread
    desk.postfix.wait_idle()
    assert (len(desk.dovecot.raws(buyer.user)), len(desk.sent())) == (1, 1)
