"""The home: made, and refused where it isn't one or others may read it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from mailcrm.bootstrap.places import packaged
from mailcrm.domain.errors import HomeError
from mailcrm.domain.words import _, say

__all__ = ["check_home", "database_url", "prepare_home"]

_PRIVATE = 0o700


def prepare_home(home: Path, url: str | None) -> None:
    """Make the directory with settings and a place for templates, yours alone; twice is harmless.

    A directory that holds other things is refused: it would be closed to everybody else.
    """
    os.umask(0o077)
    settings = home / "mailcrm.toml"
    try:
        if home.is_dir() and not settings.exists() and any(home.iterdir()):
            raise HomeError(
                say("{home} holds other things already.", home=home),
                say("Choose an empty directory, or a name that doesn't exist yet, with --home DIR."),
            )
        (home / "templates").mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            home.chmod(_PRIVATE)
        if not settings.exists():
            settings.write_text(_settings_text(url), "utf-8")
    except OSError as error:
        raise HomeError(
            say("The home {home} can't be made: {reason}.", home=home, reason=error.strerror or error),
            say("Choose another place with --home DIR."),
        ) from error


def database_url(home: Path) -> str:
    """Return where the records lie unless the settings say otherwise."""
    return f"sqlite:///{home.absolute() / 'mailcrm.db'}"


def _settings_text(url: str | None) -> str:
    """Return a settings file in which every default stands as a comment."""
    defaults = (packaged("config") / "mailcrm.toml").read_text("utf-8").splitlines()[1:]
    lines = [line if line.startswith("[") or not line else f"# {line}" for line in defaults]
    if url is not None:
        place = lines.index("[database]") + 1
        quoted = url.replace("\\", "\\\\").replace('"', '\\"')
        lines.insert(place, f'url = "{quoted}"')
    head = _("Your settings. A line without # in front counts; the values shown are the defaults.")
    return "\n".join([f"# {head}", *lines, ""])


def check_home(home: Path) -> None:
    """Refuse a place that is no home, or one that others may look into."""
    os.umask(0o077)
    if not (home / "mailcrm.toml").exists():
        raise HomeError(
            say("There is no mailcrm home in {home}.", home=home),
            say("Run `mailcrm init` to make one, or `mailcrm demo` to look around first."),
        )
    if os.name == "posix" and stat.S_IMODE(home.stat().st_mode) & 0o077:
        raise HomeError(
            say("The home {home} is open to other users, and your customers' mail lies in it.", home=home),
            say("Close it with: chmod 700 {home}", home=home),
        )
