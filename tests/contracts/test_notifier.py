"""Notes on the desktop, shown by a program that stands in for the platform's: what it is told, and when there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mailcrm.adapters.notify import Desktop, desktop

RECORDER = '#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "<$word>"; done > "$0.seen"\n'


def program(place: Path, name: str, text: str = RECORDER) -> Path:
    place.mkdir(exist_ok=True)
    path = place / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o700)
    return path


def surroundings(place: Path, **more: str) -> dict[str, str]:
    return {"PATH": f"{place}{os.pathsep}/usr/bin{os.pathsep}/bin", **more}


LOGGED_IN = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "DISPLAY": ":0"}


def test_freedesktop_s_program_is_told_title_and_text_as_words(tmp_path: Path) -> None:
    path = program(tmp_path / "bin", "notify-send")
    shown = desktop(surroundings(tmp_path / "bin", **LOGGED_IN), "linux").show(
        "-rf; `x`", "<b>loud</b> \x1b]0;x\x07 & more"
    )
    assert shown
    assert path.with_name("notify-send.seen").read_text(encoding="utf-8") == (
        "<--app-name=mailcrm>\n<-->\n<-rf; `x`>\n<&lt;b&gt;loud&lt;/b&gt;  &amp; more>\n"
    )


def test_on_a_mac_the_script_is_fixed_and_the_words_are_its_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program(tmp_path / "bin", "osascript")
    monkeypatch.setenv("PATH", surroundings(tmp_path / "bin")["PATH"])
    assert desktop({}, "darwin").show('" & quit', "two\nlines")
    words = path.with_name("osascript.seen").read_text(encoding="utf-8")
    assert words.endswith('<" & quit>\n<two\nlines>\n')
    assert "quit" not in words[: words.index('<" & quit>')]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"DISPLAY": ":0"},
        {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"},
        {"XDG_RUNTIME_DIR": "/nowhere", "DISPLAY": ":0"},
    ],
)
def test_where_nobody_is_logged_in_nothing_is_started(tmp_path: Path, more: dict[str, str]) -> None:
    path = program(tmp_path / "bin", "notify-send")
    assert not desktop(surroundings(tmp_path / "bin", **more), "linux").show("title", "text")
    assert not path.with_name("notify-send.seen").exists()


def test_where_there_is_no_program_there_is_no_desktop(tmp_path: Path) -> None:
    assert not desktop({"PATH": str(tmp_path), **LOGGED_IN}, "linux").show("title", "text")
    assert not desktop({"PATH": str(tmp_path)}, "win32").show("title", "text")


@pytest.mark.parametrize("text", ["#!/bin/sh\nexit 1\n", "no program"])
def test_a_program_that_fails_is_no_error(tmp_path: Path, text: str) -> None:
    assert not Desktop([str(program(tmp_path / "bin", "broken", text))]).show("title", "text")
