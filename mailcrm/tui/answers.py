"""Between a form and the core: what is typed becomes arguments, and what the core can't use goes back to its question.

Room: tui.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mailcrm.domain.errors import MailcrmError

__all__ = ["arguments_of", "blamed", "on_page", "takes_path"]

_PATHS = frozenset({"file", "files", "path", "paths", "photo", "photos"})


def takes_path(name: str) -> bool:
    """Whether the answer to an argument is the name of a file: it is called so, alone or behind other words."""
    return name.rpartition("_")[2] in _PATHS


def arguments_of(given: Mapping[str, str]) -> dict[str, object]:
    """Return the answers as arguments: `answers__region` is the part `region` of the mapping `answers`."""
    arguments: dict[str, Any] = {}
    for name, value in given.items():
        whole, parted, part = name.partition("__")
        if parted:
            arguments.setdefault(whole, {})[part] = value
        else:
            arguments[name] = value
    return arguments


def blamed(error: MailcrmError, answers: Mapping[str, str]) -> str:
    """Return the question whose answer the error quotes; "" where it quotes none, or more than one."""
    quoted = {str(value).strip() for value in error.sentence.values.values()}
    named = [name for name, answer in answers.items() if answer and answer in quoted]
    return named[0] if len(named) == 1 else ""


def on_page(error: MailcrmError) -> MailcrmError:
    """Return the error as a page tells it, which names the mends by its keys."""
    return MailcrmError(error.brief) if error.brief is not None else error
