"""Outgoing mail on the command line, as a person reads it: when it leaves by both clocks, and whether that is in time."""

from __future__ import annotations

from pathlib import Path

from cli.running import Cli

MAIL = b"""From: Jan Kranz <jan@kranz.example>
To: rep@ningbo.example
Subject: Valves
Date: Mon, 02 Mar 2026 10:00:00 +0100
Message-ID: <a1@kranz.example>

Could you quote 500 pieces?

--\x20
Jan Kranz
Kranz GmbH, Hafenstr. 1, 20457 Hamburg, Germany
"""
ANSWER = ("--template", "plain_reply", "--var", "body=EXW 12.50 USD.")
MONDAY = ("--now", "2026-03-02T18:00")


def test_a_mail_for_the_customers_morning(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "home")
    (tmp_path / "ask.eml").write_bytes(MAIL)
    cli.ok("init")
    cli.ok(
        *("account", "add", "work", "--imap", "imap://127.0.0.1:1", "--smtp", "smtp://127.0.0.1:1"),
        *("--own-address", "rep@ningbo.example", "--zone", "Asia/Shanghai", "--go-live", "2026-03-01"),
    )
    cli.ok("import-mail", str(tmp_path / "ask.eml"), "--live", *MONDAY)
    said = cli.ok("reply", "t1", *ANSWER, "--at", "morning", "--unless-reply", *MONDAY).out
    assert "Leaves Tue 3 March 16:00 our time, Tue 3 March 09:00 at the customer's (Berlin)." in said
    assert "only if the customer doesn't write first" in cli.ok("outbox", *MONDAY).out
    shown = cli.ok("outbox", "show", "x1", *MONDAY).out
    assert "2026-03-03 09:00 (Berlin)" in shown
    assert "their mails' clock in DE" in shown
    assert "the clock runs; reply waits, in time" in cli.ok("worklist", *MONDAY).out
    cli.ok("outbox", "cancel", "x1", *MONDAY)
    said = cli.ok("reply", "t1", *ANSWER, "--at", "2026-03-03T17:00", *MONDAY).out
    assert "That is too late: an answer is due Tue 3 March 17:00." in said
    assert "reply waits, too late" in cli.ok("worklist", *MONDAY).out
    assert "leaves too late" in cli.ok("outbox", *MONDAY).out


def test_a_draft_is_written_on(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "home")
    (tmp_path / "ask.eml").write_bytes(MAIL)
    (tmp_path / "more.txt").write_text("EXW 12.40 USD.\n", encoding="utf-8")
    cli.ok("init")
    cli.ok(
        *("account", "add", "work", "--imap", "imap://127.0.0.1:1", "--smtp", "smtp://127.0.0.1:1"),
        *("--own-address", "rep@ningbo.example", "--zone", "Asia/Shanghai", "--go-live", "2026-03-01"),
    )
    cli.ok("import-mail", str(tmp_path / "ask.eml"), "--live", *MONDAY)
    cli.ok("reply", "t1", *ANSWER, *MONDAY)
    row = cli.ok("outbox", "edit", "x1", "--body-file", str(tmp_path / "more.txt"), "--json", *MONDAY).json
    assert (row["id"], row["state"], row["body"]) == ("x1", "draft", "EXW 12.40 USD.\n")
    assert row["to"] == ["jan@kranz.example"]
    row = cli.ok("outbox", "edit", "x1", "--cc", "Eva Kranz <eva@kranz.example>", "--json", *MONDAY).json
    assert (row["body"], row["cc"]) == ("EXW 12.40 USD.\n", ["eva@kranz.example"])
    cli.ok("outbox", "cancel", "x1", *MONDAY)
    refused = cli("outbox", "edit", "x1", "--cc", "eva@kranz.example", *MONDAY)
    assert refused.code == 4
    assert "no draft any more" in refused.err
