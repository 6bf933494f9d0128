"""From an empty home to the first customer on the list, by keys alone, with real servers behind it."""

from __future__ import annotations

import pytest
from e2e.desk import Desk, letter
from e2e.terminal import ENTER, Terminal, ctrl

pytestmark = pytest.mark.server

TAB = "\t"


def fill(screen: Terminal, asked: str, answer: str, onward: str, instead_of: str = "") -> None:
    """Answer the question that the form points to, as fast as a person who looks at it."""
    screen.wait_for(f"▸{asked}", instead_of)
    if instead_of:
        screen.press(ctrl("u"))
        screen.wait_until_gone(instead_of)
    screen.press(answer)
    screen.wait_for("•" * len(answer) if asked == "Password" else answer)
    while (
        "://" in instead_of and instead_of[len("imaps") :] in screen.text()
    ):  # what is typed fast overtakes what empties a field
        screen.press(ctrl("u"))
        screen.wait_until_gone(answer)
        screen.press(answer)
        screen.wait_for(answer)
    screen.press(onward)


def test_an_account_is_added_tested_and_read_by_keys(bare: Desk) -> None:
    buyer = bare.customer("anna.berg@hamburg.example").user
    raw = letter(f"Anna Berg <{buyer}>", f"Li Wei <{bare.rep.user}>", "Dear Li,\n\nplease quote 500 gate valves.\n")
    bare.postfix.deliver(buyer, bare.rep.user, raw)
    bare.postfix.wait_for(bare.rep.user)
    with Terminal({**bare.env, "MAILCRM_HOME": str(bare.home)}) as screen:
        screen.wait_for("A new mail account", "The provider is known by the address")
        fill(screen, "Address", bare.rep.user, ENTER)
        fill(screen, "Your name", "Li Wei", ENTER)
        fill(screen, "Password", "not this", TAB)
        fill(screen, "Reads from", bare.dovecot.imap_url, TAB, instead_of="imaps://imap.ningbo.example")
        fill(screen, "Sends by", bare.postfix.smtp_url, TAB, instead_of="smtps://smtp.ningbo.example")
        fill(screen, "Login name", "", TAB)
        fill(screen, "Also ours", "", TAB)
        fill(screen, "Live from", "2026-01-01", ENTER)
        screen.wait_for("✗", "›", "It doesn't work yet.")
        assert bare.read("account", "list") == []
        fill(screen, "Password", bare.rep.password, ENTER, instead_of="••••••••")
        screen.wait_for("✓ The server let mailcrm in.", "✓ The outgoing server let mailcrm in.", "It works")
        screen.press(ENTER)
        screen.wait_for("Anna Berg", "please quote 500 gate valves", "✓ mail", "works here")
        assert bare.rep.password not in screen.text()
        screen.press("D")
        screen.wait_for("How things stand", "all is well", "This window fetches and sends.")
        screen.press("q")
        screen.wait_for("Anna Berg")
        assert screen.leave() == 0
    (row,) = bare.read("account", "list")
    assert (row["user"], row["secret"], row["own_addresses"]) == (bare.rep.user, "file", [bare.rep.user])
    assert [one["contact"] for one in bare.work()] == ["Anna Berg"]
    holding = [
        path for path in bare.home.rglob("*") if path.is_file() and bare.rep.password.encode() in path.read_bytes()
    ]
    assert holding == []
