"""`quarantine`, `reparse`, `merge`, `split`, `threads --forgotten` by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Cli

MAIL = """\
From: jan@acme.example
To: wei@ningbo.example
Subject: {subject}
Message-ID: <{name}@acme.example>
Date: Mon, 02 Mar 2026 10:00:00 +0000

Could you quote 500 valves?
"""


@pytest.fixture
def home(tmp_path: Path) -> Cli:
    """A home with two threads and a mail that can't be read."""
    cli = Cli(tmp_path / "home")
    cli.ok("init")
    cli.ok(
        "account", "add", "work", "--imap", "imap://127.0.0.1:1", "--smtp", "smtp://127.0.0.1:1",
        "--password-env", "NONE", "--user", "wei", "--own-address", "wei@ningbo.example", "--go-live", "2026-03-10",
    )  # fmt: skip
    for subject, name in (("Valves", "1"), ("Re: Valves", "2")):
        (tmp_path / f"{name}.eml").write_text(MAIL.format(subject=subject, name=name))
    (tmp_path / "3.eml").write_bytes(b"   \r\n")
    cli.ok("import-mail", *(str(tmp_path / f"{n}.eml") for n in (1, 2, 3)))
    return cli


def test_a_mail_that_can_not_be_read_is_listed_shown_tried_and_ignored(home: Cli) -> None:
    (row,) = home.ok("quarantine", "list", "--json").json
    assert (row["id"], row["state"], row["raw"]) == ("h1", "open", None)
    assert row["error"]
    assert home.ok("quarantine", "show", "h1", "--json").json["raw"].strip() == ""
    assert "h1" in home.ok("quarantine", "show", "h1").out
    assert home.ok("quarantine", "retry", "h1", "--json").json["still_unreadable"] == 1
    assert home.ok("quarantine", "ignore", "h1", "--json").json["state"] == "ignored"
    assert home("quarantine", "show", "q9").code == 1


def test_reparse_says_how_many(home: Cli) -> None:
    assert home.ok("reparse", "--json").json["messages"] == 0
    assert home.ok("reparse", "--all", "--json").json["messages"] == 2


def test_turns_are_made_anew_and_are_the_same(home: Cli, tmp_path: Path) -> None:
    live = MAIL.format(subject="Pumps", name="4").replace("02 Mar", "12 Mar").replace("Mon", "Thu")
    (tmp_path / "4.eml").write_text(live)
    home.ok("import-mail", "--live", str(tmp_path / "4.eml"))
    before = home.ok("worklist", "--view", "all", "--json", "--now", "2026-03-12T20:00").json
    told = home.ok("rebuild", "--json").json
    assert (told["turns"], told["changed"]) == (1, 0)
    assert home.ok("worklist", "--view", "all", "--json", "--now", "2026-03-12T20:00").json == before
    assert "Turns made anew: 1; 0 differ from before." in home.ok("rebuild").out


def test_threads_are_merged_split_and_restored(home: Cli) -> None:
    rows = home.ok("threads", "--json").json
    assert [[other["thread_id"] for other in row["probable"]] for row in rows] == [[rows[1]["id"]], [rows[0]["id"]]]
    assert "~ " in home.ok("threads").out
    merged = home.ok("merge", rows[0]["id"], rows[1]["id"], "--json").json
    assert len(merged["messages"]) == 2
    split = home.ok("split", "2@acme.example", "--json").json
    assert [message["message_id"] for message in split["messages"]] == ["2@acme.example"]
    home.ok("undo", split["action"])
    assert len(home.ok("threads", "--json").json) == 1
    assert home("merge", merged["id"], merged["id"]).code == 4


def test_what_was_forgotten_before_mailcrm(home: Cli) -> None:
    assert {row["subject"] for row in home.ok("threads", "--forgotten", "--json").json} == {"Valves", "Re: Valves"}
