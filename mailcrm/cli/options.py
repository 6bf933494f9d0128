"""The options that every command has, wherever they stand on the line.

Room: cli. In: the argument vector. Out: the global options, and what is left for the command. They are taken out before
the parser sees the line, which is why they may stand before and after the subcommand; everything behind `--` is left
alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import LANGUAGES, say

__all__ = ["Options", "split"]


@dataclass(frozen=True, slots=True)
class Options:
    """The global options; `now` is text that the core reads (ISO 8601, naive: the account's zone)."""

    home: Path | None = None
    json: bool = False
    quiet: bool = False
    verbose: bool = False
    now: str | None = None
    lang: str | None = None
    version: bool = False


_SWITCHES = {"--json": "json", "--quiet": "quiet", "--verbose": "verbose", "--version": "version"}
_VALUED = {"--home": "home", "--now": "now", "--lang": "lang"}


def split(argv: Sequence[str]) -> tuple[Options, list[str]]:
    """Return the global options and the rest of `argv` in its order; the last of a repeated option counts."""
    found: dict[str, str | bool] = {}
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
            break
        name, equals, value = word.partition("=")
        if name in _SWITCHES and not (
            name == "--version" and rest
        ):  # behind a command it is the version of something else
            if equals:
                raise UsageError(say("The option {option} takes no value.", option=name))
            found[_SWITCHES[name]] = True
        elif name in _VALUED:
            found[_VALUED[name]] = value if equals else next(words, "")
            if not found[_VALUED[name]]:
                raise UsageError(say("The option {option} needs a value.", option=name))
        else:
            rest.append(word)
    return _options(found), rest


def _options(found: dict[str, str | bool]) -> Options:
    lang = found.get("lang")
    if lang is not None and lang not in LANGUAGES:
        raise UsageError(
            say("{language} is none of mailcrm's languages.", language=lang),
            say("They are: {languages}.", languages=", ".join(LANGUAGES)),
        )
    home = found.get("home")
    return replace(
        Options(),
        home=Path(str(home)).expanduser() if home is not None else None,
        now=str(found["now"]) if "now" in found else None,
        lang=str(lang) if lang is not None else None,
        **{name: True for name in _SWITCHES.values() if name in found},
    )
