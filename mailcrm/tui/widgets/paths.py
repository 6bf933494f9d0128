"""Completes the name of a file that is being typed, `~` for the home included.

Room: tui. In: what stands in a field; of several names, parted by commas, the last is completed. Out: all of it with the rest of the
name. The disk is looked at in a thread of its own.
"""

from __future__ import annotations

import os
from asyncio import to_thread
from pathlib import Path

from textual.suggester import Suggester

from mailcrm.domain.text import printable_line

__all__ = ["PathNames", "completed"]


def completed(value: str) -> str | None:
    """Return `value` with the rest of the first name that begins like it; a directory ends in a slash, hidden names are left out."""
    typed = value.rpartition(",")[2].lstrip()
    directory, slash, begun = typed.rpartition("/")
    if not begun:
        return None
    try:
        place = Path(f"{directory}{slash}").expanduser()
        names = sorted(entry.name + ("/" if entry.is_dir() else "") for entry in os.scandir(place))
    except (OSError, RuntimeError, ValueError):  # no such directory, or nobody's home
        return None
    found = next(
        (name for name in names if name.startswith(begun) and name != begun and not name.startswith(".")), None
    )
    if found is None or printable_line(found) != found:
        return None
    return f"{value}{found[len(begun) :]}"


class PathNames(Suggester):
    """Names of files."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return all of the field with the rest of the name, None where nothing begins so."""
        return await to_thread(completed, value)
