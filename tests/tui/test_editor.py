"""Writing in an editor of one's own: in a real terminal, with editors that are scripts."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from e2e.terminal import Terminal, ctrl
from tui.house import app_on, house, until, until_seen
from tui.test_killed_while_typing import home_with_a_customer

from mailcrm import bootstrap
from mailcrm.domain.errors import MailcrmError
from mailcrm.tui.outside import editor_of
from mailcrm.tui.screens.composer import ComposerScreen
from mailcrm.tui.widgets.safe import Writing


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({"EDITOR": "nano"}, ["nano"]),
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ["code", "--wait"]),
        ({"VISUAL": " ", "EDITOR": "'my editor' -x"}, ["my editor", "-x"]),
    ],
)
def test_visual_comes_first(environ: dict[str, str], command: list[str]) -> None:
    assert list(editor_of(environ)) == command


@pytest.mark.parametrize("environ", [{}, {"EDITOR": ""}, {"EDITOR": "'open quote"}])
def test_without_an_editor_the_mend_is_told(environ: dict[str, str]) -> None:
    with pytest.raises(MailcrmError) as told:
        editor_of(environ)
    assert "export EDITOR=nano" in str(told.value)


def test_the_text_goes_out_and_comes_back_and_nothing_of_it_stays(tmp_path: Path) -> None:
    home = home_with_a_customer(tmp_path)
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nls -l "$1" > "$0.seen"\ncat "$1" >> "$0.seen"\nprintf "30 days.\\nRegards" > "$1"\n')
    editor.chmod(0o700)
    env = {"MAILCRM_HOME": str(home), "NO_SUCH_VARIABLE": "x", "LANG": "C.UTF-8", "VISUAL": str(editor)}
    with Terminal(env) as screen:
        screen.wait_for("Jan de Vries")
        screen.press("r")
        screen.wait_for("Re: Price list", "> Could you send")
        screen.press("before")
        screen.wait_for("before")
        screen.press(ctrl("e"))
        screen.wait_for("30 days.", "Regards")
        screen.press(" Lin")
        screen.wait_for("Regards Lin")
        screen.press("\x1b")
        screen.wait_for("Kept as a draft")
        assert screen.leave() == 0
    seen = Path(f"{editor}.seen").read_text()
    assert seen.startswith(stat.filemode(stat.S_IFREG | 0o600))
    assert seen.endswith("before")
    assert list(home.glob("writing-*")) == []
    core = bootstrap.open_core(home)
    (thread,) = core.ask("threads")
    assert core.ask("draft", thread=thread.id).body == "30 days.\nRegards Lin"
    core.close()


def test_an_editor_that_fails_changes_nothing(tmp_path: Path) -> None:
    home = home_with_a_customer(tmp_path)
    env = {"MAILCRM_HOME": str(home), "NO_SUCH_VARIABLE": "x", "LANG": "C.UTF-8", "VISUAL": "/no/such/editor"}
    with Terminal(env) as screen:
        screen.wait_for("Jan de Vries")
        screen.press("r")
        screen.wait_for("Re: Price list", "> Could you send")
        screen.press("before", ctrl("e"))
        screen.wait_for("/no/such/editor can't be started: No such file or directory.", "before")
    assert list(home.glob("writing-*")) == []


async def test_where_there_is_no_terminal_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("r")
            await until_seen(pilot, "María García <")
            await pilot.press(*"text", "ctrl+e")
            await until_seen(pilot, "needs a terminal, and this window is none")
            await until(pilot, lambda: isinstance(app.screen, ComposerScreen))
            assert app.screen.query_one(Writing).text == "text"
