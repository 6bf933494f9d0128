"""Wrong usage: exit code 2, a sentence, the way out, and nothing on stdout."""

from __future__ import annotations

import pytest
from cli.running import Cli

WRONG = [
    (("frobnicate",), "frobnicate", "mailcrm --help"),
    (("worklst",), "worklst", "mailcrm worklist"),
    (("outbox", "shwo", "x1"), "shwo", "mailcrm outbox show"),
    (("worklist", "--views", "all"), "--views", "--view"),
    (("show",), "THREAD", "mailcrm show --help"),
    (("show", "t1", "t2"), "t2", "mailcrm show --help"),
    (("waive", "t1"), "--reason", "mailcrm waive --help"),
    (("waive", "t1", "--reason"), "--reason", ""),
    (("worklist", "--view", "tomorrow"), "before-you-leave", ""),
    (("threads", "--limit", "many"), "--limit", "mailcrm threads --help"),
    (("threads", "--limit", "0"), "--limit", ""),
    (("outbox", "resolve", "x1", "perhaps"), "resend", ""),
    (("reply", "t1", "--send", "--draft"), "--draft", ""),
    (("reply", "t1", "--send", "--at", "Thu"), "--at", ""),
    (("reply", "t1", "--reason", "price"), "--hold", ""),
    (("reply", "t1", "--hold", "Thu", "--reason", "lunch"), "factory", ""),
    (("reply", "t1", "--var", "quantity"), "quantity", "NAME=VALUE"),
    (("reply", "t1", "--body-file", "/does/not/exist"), "/does/not/exist", "--body-file"),
    (("company", "edit", "o1"), "", "--role"),
    (("run", "--now", "2026-11-24T09:00"), "--now", ""),
    (("--home",), "--home", ""),
    (("--lang", "tlh", "worklist"), "tlh", "zh"),
    (
        (
            "account",
            "add",
            "x",
            "--imap",
            "imaps://h",
            "--smtp",
            "smtps://h",
            "--password-stdin",
            "--password-env",
            "P",
        ),
        "--password-stdin",
        "",
    ),
]


@pytest.mark.parametrize(("words", "named", "mend"), WRONG)
def test_wrong_usage(nowhere: Cli, words: tuple[str, ...], named: str, mend: str) -> None:
    answer = nowhere(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert named in answer.err
    assert mend in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("explain", "t{}"), 1),
        (("show", "m{}"), 1),
        (("decide", "r{}", "yes"), 1),
        (("reply", "c{}", "--draft"), 1),
        (("outbox", "show", "x{}"), 1),
        (("classify", "m{}", "spam"), 1),
        (("undo", "l{}"), 4),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else str(words),
)
def test_an_id_beyond_all_numbers_is_one_that_does_not_exist(cli: Cli, words: tuple[str, ...], code: int) -> None:
    answer = cli(*(word.format("9" * 25) for word in words))
    assert answer.code == code, answer
    assert "did not foresee" not in answer.err


def test_the_screens_without_a_terminal(cli: Cli) -> None:
    answer = cli()
    assert (answer.code, answer.out) == (2, "")
    assert "mailcrm worklist --json" in answer.err


def test_a_switch_given_a_value(nowhere: Cli) -> None:
    answer = nowhere("sync", "--full=yes")
    assert (answer.code, answer.out) == (2, "")
    assert "--full" in answer.err
    assert "needs" not in answer.err


def test_what_was_typed_can_not_steer_the_terminal(nowhere: Cli) -> None:
    answer = nowhere("\x1b[2Jshow\x9b1m")
    assert answer.code == 2
    assert not any(char in answer.err for char in "\x1b\x9b")
