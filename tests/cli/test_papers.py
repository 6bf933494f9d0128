"""`paper`: what is kept with an order is listed, saved beside what is there, and opened only where it is harmless."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Cli

MAIL = """\
From: jan@acme.example
To: wei@ningbo.example
Subject: Order 7
Message-ID: <7@acme.example>
Date: Mon, 02 Mar 2026 10:00:00 +0000

Please find our order 7.
"""
SLIP = b"%PDF-1.4 slip"


@pytest.fixture
def kept(cli: Cli, tmp_path: Path) -> Cli:
    """A home with an order that a payment slip is kept with."""
    cli.ok(
        "account", "add", "work", "--imap", "imap://127.0.0.1:1", "--smtp", "smtp://127.0.0.1:1",
        "--password-env", "NONE", "--user", "wei", "--own-address", "wei@ningbo.example", "--go-live", "2026-03-01",
    )  # fmt: skip
    (tmp_path / "7.eml").write_text(MAIL)
    (tmp_path / "slip.pdf").write_bytes(SLIP)
    cli.ok("import-mail", str(tmp_path / "7.eml"))
    cli.ok(
        "order", "new", "t1", "--line", "NZ; Nozzle; 100; 2.50", "--terms", "30% T/T deposit, 70% against copy of B/L"
    )
    cli.ok("order", "slip", "d1", "deposit", "--file", str(tmp_path / "slip.pdf"))
    return cli


def test_it_is_listed_by_id_and_by_number(kept: Cli) -> None:
    number = kept.ok("order", "show", "d1", "--json").json["number"]
    (row,) = kept.ok("paper", "list", "d1", "--json").json
    assert (row["id"], row["filename"], row["size"]) == ("kf1", "slip.pdf", len(SLIP))
    assert kept.ok("paper", "list", number, "--json").json == [row]
    assert "slip.pdf" in kept.ok("paper", "list", "d1").out


def test_it_is_saved_and_nothing_is_overwritten(kept: Cli, tmp_path: Path) -> None:
    told = kept.ok("paper", "save", "kf1", "--to", str(tmp_path), "--json").json
    assert told["path"] == str(tmp_path / "slip (2).pdf")
    assert (tmp_path / "slip (2).pdf").read_bytes() == SLIP


def test_without_a_screen_it_is_not_opened_and_the_mend_is_told(kept: Cli) -> None:
    refused = kept("paper", "open", "kf1")
    assert refused.code != 0
    assert "Save it" in refused.err


@pytest.mark.parametrize(
    ("words", "code"),
    [(("list", "x9"), 2), (("save", "kf9", "--to", "."), 1), (("open", "kf9"), 1), (("open", "f1"), 1)],
)
def test_what_there_is_not_is_told(kept: Cli, words: tuple[str, ...], code: int) -> None:
    assert kept("paper", *words).code == code
