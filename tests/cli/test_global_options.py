"""The global options may stand anywhere on the line, and nowhere else changes by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Cli

from mailcrm.cli.options import Options, split
from mailcrm.domain.errors import UsageError

ANYWHERE = [
    ["--json", "--home", "/h", "show", "t1"],
    ["show", "--json", "t1", "--home", "/h"],
    ["show", "t1", "--home=/h", "--json"],
    ["--home", "/other", "show", "t1", "--json", "--home", "/h"],
]


@pytest.mark.parametrize("line", ANYWHERE)
def test_before_after_and_between(line: list[str]) -> None:
    assert split(line) == (Options(home=Path("/h"), json=True), ["show", "t1"])


def test_every_option() -> None:
    line = ["--quiet", "--verbose", "--version", "--now", "2026-11-24T09:00", "worklist", "--lang=zh"]
    found = Options(quiet=True, verbose=True, now="2026-11-24T09:00", lang="zh", version=True)
    assert split(line) == (found, ["worklist"])


def test_behind_a_command_the_version_is_its_own_option() -> None:
    line = ["pricelist", "import", "v7.xlsx", "--version", "v7"]
    assert split(line) == (Options(), line)


def test_what_stands_behind_a_double_dash_is_the_command_s() -> None:
    assert split(["--json", "search", "--", "--json", "--home"]) == (
        Options(json=True),
        ["search", "--", "--json", "--home"],
    )


def test_options_of_commands_are_left_in_their_order() -> None:
    line = ["reply", "t1", "--var", "a=--json", "--hold", ""]
    assert split(line) == (Options(), line)


@pytest.mark.parametrize("line", [["--home"], ["show", "--now"], ["--lang="], ["--json=yes"], ["--lang", "fr"]])
def test_values_that_are_missing_or_too_many(line: list[str]) -> None:
    with pytest.raises(UsageError):
        split(line)


def test_the_home_option_wins_over_the_environment(cli: Cli, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    assert cli.ok("init", "--json", "--home", str(elsewhere)).json["home"] == str(elsewhere)
    assert cli.ok("--home", str(elsewhere), "--json", "outbox").json == []


def test_both_ends_of_the_line_mean_the_same(cli: Cli) -> None:
    assert cli.ok("--json", "worklist").json == cli.ok("worklist", "--json").json == []
