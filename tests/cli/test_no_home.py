"""Without a home: every command names the mend, and those that need none work."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Cli

NEED_A_HOME = [
    ("worklist",),
    ("threads",),
    ("show", "t1"),
    ("search", "valve"),
    ("sync",),
    ("run",),
    ("outbox",),
    ("account", "list"),
    ("company", "list"),
    ("template",),
    ("doctor",),
    ("undo",),
    ("import-mail", "."),
]


@pytest.mark.parametrize("words", NEED_A_HOME)
def test_the_mend_is_named(nowhere: Cli, words: tuple[str, ...]) -> None:
    answer = nowhere(*words)
    assert (answer.code, answer.out) == (1, "")
    assert "mailcrm init" in answer.err
    assert "Traceback" not in answer.err
    assert not nowhere.home.exists()


def test_the_screens_name_both_ways_to_begin(nowhere: Cli) -> None:
    answer = nowhere()
    assert answer.code == 1
    assert "mailcrm demo" in answer.err
    assert "mailcrm init" in answer.err


def test_the_sentence_is_said_in_chinese_too(nowhere: Cli) -> None:
    english, chinese = nowhere("--lang", "en").err, nowhere("--lang", "zh").err
    assert english != chinese
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese)
    assert "mailcrm init" in chinese


def test_version_and_parse_need_none(nowhere: Cli, tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(b"From: ana@valvulas.example\r\nSubject: Valves\r\n\r\nHello\r\n")
    assert nowhere.ok("--version").out.startswith("mailcrm ")
    assert nowhere.ok("parse", str(mail)).json["subject"] == "Valves"
    assert not nowhere.home.exists()


def test_a_home_that_others_can_read_is_refused(cli: Cli) -> None:
    cli.home.chmod(0o755)
    answer = cli("worklist")
    assert (answer.code, answer.out) == (1, "")
    assert "chmod" in answer.err
