"""The whole way by keys: the screens in a real terminal, real servers behind them, the answer in the customer's file."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from e2e.desk import Desk, header_values, letter, opened
from e2e.terminal import ENTER, Terminal, ctrl
from servers.loopback import wait_until

pytestmark = pytest.mark.server


def terminal(desk: Desk, undo_seconds: int) -> Terminal:
    """Open the screens on a desk."""
    desk.env["MAILCRM__SEND__UNDO_SECONDS"] = str(undo_seconds)
    return Terminal({**desk.env, "MAILCRM_HOME": str(desk.home)})


def wait_for_state(desk: Desk, state: str) -> dict[str, Any]:
    """Return the only outgoing mail once it is in this state."""
    wait_until(lambda: [row["state"] for row in desk.read("outbox")] == [state], f"a mail {state}", 30)
    (row,) = desk.read("outbox")
    assert isinstance(row, dict)
    return row


def inquiry(desk: Desk, buyer: str, colleague: str) -> None:
    """Have the world deliver a customer's mail."""
    raw = letter(
        f"Anna Berg <{buyer}>",
        f"Li Wei <{desk.rep.user}>",
        "Dear Li,\n\nplease quote 500 gate valves DN50.\n\nAnna\n",
        cc=f"Jens Müller <{colleague}>",
        message_id="first@hamburg.example",
    )
    desk.postfix.deliver(buyer, desk.rep.user, raw)
    desk.postfix.wait_for(desk.rep.user)


def test_a_template_is_chosen_filled_and_sent(desk: Desk) -> None:
    buyer, colleague = (desk.customer(f"{name}@hamburg.example").user for name in ("anna.berg", "jens"))
    inquiry(desk, buyer, colleague)
    with terminal(desk, undo_seconds=1) as screen:
        screen.wait_for("Anna Berg", "please quote 500 gate valves")
        screen.press(ENTER)
        screen.wait_for("Inquiry: gate valves DN50", buyer)
        screen.press("R")
        shown = screen.wait_for("Choose a template", "Plain reply")
        number = re.search(r"(\d) Plain reply", shown)
        assert number is not None
        screen.press(number[1])
        screen.wait_for("What do you want to say?")
        screen.press("EXW 12.50 USD each.", ENTER)
        screen.wait_for(
            "Plain reply (en)", "Thank you for your message.", "EXW 12.50 USD each.", "Jens Müller", "> please quote"
        )
        screen.press(ctrl("s"))
        sent = wait_for_state(desk, "sent")
        (raw,) = desk.postfix.wait_for(buyer)
        assert len(desk.postfix.wait_for(colleague)) == 1
        wait_until(lambda: len(desk.sent()) == 1, "the Sent copy", 30)
        wait_until(lambda: desk.thread()["state"] == "closed", "the turn closed", 10)
        screen.press("q")
        screen.wait_for("nothing needs you now")
        assert screen.leave() == 0

    assert header_values(raw, "Message-ID") == [f"<{sent['message_id']}>"]
    assert header_values(raw, "In-Reply-To") == header_values(raw, "References") == ["<first@hamburg.example>"]
    assert header_values(raw, "Bcc") == []
    assert len(header_values(raw, "Date")) == 1
    mail = opened(raw)
    assert [a.addr_spec for a in mail["To"].addresses] == [buyer]
    assert [(a.display_name, a.addr_spec) for a in mail["Cc"].addresses] == [("Jens Müller", colleague)]
    text = mail.get_content().replace("\r\n", "\n")
    assert "EXW 12.50 USD each.\n\nBest regards,\nLi Wei\n\n-- \nLi Wei\nNingbo Valve Works\n" in text
    assert "\n> please quote 500 gate valves DN50.\n" in text
    assert raw.endswith(desk.sent()[0])
    thread = desk.thread()
    assert (thread["result"], thread["external"]) == ("met", False)
    assert desk.story(thread["id"]) == ["TurnOpened", "TurnClosed"]
    assert (desk.sync(), desk.read("outbox", "flush"), desk.work()) == (0, [], [])
    assert (len(desk.dovecot.raws(buyer)), len(desk.sent())) == (1, 1)


def test_a_holding_reply_taken_back_and_sent_again(desk: Desk) -> None:
    buyer, colleague = (desk.customer(f"{name}@hamburg.example").user for name in ("anna.berg", "jens"))
    inquiry(desk, buyer, colleague)
    with terminal(desk, undo_seconds=60) as screen:
        screen.wait_for("Anna Berg", "please quote 500 gate valves")
        screen.press("h")
        screen.wait_for("our time")
        screen.press("2", ENTER)
        screen.wait_for("leaves in")
        screen.press("u")
        wait_for_state(desk, "cancelled")
        assert screen.leave() == 0
    assert desk.thread()["state"] == "running"
    assert desk.dovecot.raws(buyer) == []

    with terminal(desk, undo_seconds=1) as screen:
        screen.wait_for("Anna Berg", "please quote 500 gate valves")
        screen.press("h")
        screen.wait_for("our time")
        screen.press("2", ENTER)
        (raw,) = desk.postfix.wait_for(buyer, seconds=30)
        wait_until(lambda: desk.thread()["state"] in ("promised", "promise_at_risk"), "the promise", 10)
        screen.press("8")  # in "Now" it stays or goes by the hour: whether the estimate is more than a day away
        screen.wait_for("Anna Berg", "We promised an answer for")
        screen.wait_until_gone("1 leaving")
        assert screen.leave() == 0
    assert "checking your points with our factory" in opened(raw).get_content()
    due = datetime.fromisoformat(desk.thread()["due"])
    assert (due.hour, due.utcoffset()) == (17, timedelta(hours=8))
    assert [row["state"] for row in desk.read("outbox")] == ["sent", "cancelled"]
