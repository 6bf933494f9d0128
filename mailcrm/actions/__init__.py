"""Commands: one file each. `registry` finds them; a new file is a new verb in palette, help and command line."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from mailcrm.actions.command import Command, Done, Situation

__all__ = ["Command", "Done", "Situation", "registry"]

_HELPERS = {
    "command",
    "deciding",
    "extending",
    "heard",
    "knowing",
    "noting_inquiry",
    "ordering",
    "owing",
    "proposed",
    "quoting",
    "sampling",
    "speaking_for",
    "waits",
}


@cache
def registry() -> dict[str, type[Command]]:
    """Return every command by its verb."""
    found: dict[str, type[Command]] = {}
    for module in iter_modules(__path__):
        if module.name not in _HELPERS:
            command: type[Command] = import_module(f"{__name__}.{module.name}").COMMAND
            found[command.verb] = command
    return found
