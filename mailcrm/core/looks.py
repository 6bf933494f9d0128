"""How the screens look, as it was chosen in them.

Room: core. Kept in a file of its own beside the settings (`settings_files.CHOSEN`): the person's mailcrm.toml is never rewritten.
"""

from __future__ import annotations

import re

from mailcrm.core.settings_files import CHOSEN
from mailcrm.core.world import World
from mailcrm.domain.errors import HomeError, UsageError
from mailcrm.domain.words import Sentence, _, say

__all__ = ["choose_theme"]

_NAME = re.compile(r"[a-z0-9-]+")


def choose_theme(world: World, *, theme: str) -> tuple[Sentence, None]:
    """Keep the name of a theme for the next start."""
    if not _NAME.fullmatch(theme):
        raise UsageError(
            say("{name} is no name for a theme.", name=theme or "–"), say("Choose one of those that the screens offer.")
        )
    head = _("What was chosen in the screens. It goes before mailcrm.toml; remove this file to go back to that.")
    path = world.home / CHOSEN
    half = path.with_suffix(".half")
    try:
        half.write_text(f'# {head}\n\n[interface]\ntheme = "{theme}"\n', "utf-8")
        half.replace(path)
    except OSError as error:
        raise HomeError(
            say("{path} can't be written: {reason}.", path=path, reason=error.strerror or error),
            say("Look at the disk and the permissions of the home; the look holds until you leave."),
        ) from error
    return say("Theme {name}, from now on.", name=theme), None
