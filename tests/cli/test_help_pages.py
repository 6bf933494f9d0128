"""Help: cheap, complete, in both languages, and within the terminal."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from cli.running import Cli
from rich.cells import cell_len
from typer.main import get_command, get_group

from mailcrm.cli.parser import GROUPS, build

BUDGET = 0.5


def cpu_of(*words: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_costs_half_a_second_of_cpu_at_most() -> None:
    bare = min(cpu_of("-c", "pass") for _ in range(3))
    assert min(cpu_of("-m", "mailcrm", "--help") for _ in range(3)) - bare <= BUDGET


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command of the command line with its path."""
    waiting: list[tuple[str, Any]] = [("", get_command(build()))]
    while waiting:
        path, command = waiting.pop()
        yield path, command
        waiting += [(f"{path} {name}".strip(), each) for name, each in getattr(command, "commands", {}).items()]


COMMANDS = dict(commands())


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_explains_itself_and_all_its_options(path: str) -> None:
    command = COMMANDS[path]
    assert command.help
    for parameter in command.params:
        assert parameter.help, parameter.name
        assert parameter.metavar or parameter.is_flag, parameter.name


@pytest.mark.parametrize("group", GROUPS)
def test_a_command_is_put_together_with_its_own_group_alone(group: str) -> None:
    for word in GROUPS[group]:
        assert tuple(get_group(build(word)).commands) == GROUPS[group]


def test_without_a_command_of_ours_every_group_is_there() -> None:
    every = [word for group in GROUPS.values() for word in group]
    assert sorted(get_group(build("no such thing")).commands) == sorted(every)


def test_the_names_of_the_specification() -> None:
    assert set(COMMANDS) - {""} >= {
        *("init", "demo", "run", "doctor", "sync", "import-mail", "parse", "worklist", "threads", "show", "explain"),
        *("search", "reply", "answered", "waive", "done", "classify", "undo", "report"),
        *(f"account {word}" for word in ("add", "list", "test", "authorize", "remove")),
        *(f"outbox {word}" for word in ("list", "show", "flush", "retry", "cancel", "resolve")),
        *(f"company {word}" for word in ("list", "show", "edit")),
        *(f"contact {word}" for word in ("list", "show", "edit")),
        *(f"template {word}" for word in ("list", "show", "preview", "check")),
        *(f"attachment {word}" for word in ("list", "save", "open")),
    }


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("words", [(), ("reply",), ("account", "add"), ("outbox",)])
def test_pages_fit_the_terminal(nowhere: Cli, words: tuple[str, ...], language: str) -> None:
    page = nowhere.ok(*words, "--help", "--lang", language, env={"COLUMNS": "80"}).out
    assert [line for line in page.splitlines() if cell_len(line) > 80] == []


def test_help_in_chinese(nowhere: Cli) -> None:
    english, chinese = (nowhere.ok("reply", "--help", "--lang", language).out for language in ("en", "zh"))
    for sentence in ("Options:", "Arguments:", "Usage:", "attach a file"):
        assert sentence in english
        assert sentence not in chinese
    assert "--attach FILE" in chinese


def test_the_environment_chooses_the_language(nowhere: Cli) -> None:
    assert nowhere.ok("--help", env={"LANG": "zh_CN.UTF-8"}).out == nowhere.ok("--help", "--lang", "zh").out
    assert nowhere.ok("--help").out == nowhere.ok("--help", "--lang", "en", env={"LANG": "zh_CN.UTF-8"}).out
