"""The composition root: settings in, a core out. The only room that knows adapters and stages together.

    places.py     where things lie, which language is spoken
    homes.py      the home: made, checked
    glance.py     whether there is new mail at all
    firstlook.py  what burns, before anything is loaded
    world.py      settings, stores and adapters put together
    demo.py       the made-up mailbox

Everything heavy is imported inside the functions: `mailcrm --help` comes through here and loads none of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mailcrm.bootstrap.demo import open_demo
from mailcrm.bootstrap.homes import check_home, database_url, prepare_home
from mailcrm.bootstrap.places import catalogue, default_home, install_language, packaged
from mailcrm.bootstrap.world import assemble, core_of
from mailcrm.domain.errors import ConfigError, ParseError, UsageError
from mailcrm.domain.words import LANGUAGES, say

if TYPE_CHECKING:
    from mailcrm.core.facade import Core
    from mailcrm.core.late import Desk
    from mailcrm.queries.rows import SyncReport, Worklist

__all__ = [
    "default_home",
    "install_language",
    "make_home",
    "nothing_new",
    "open_core",
    "open_demo",
    "open_screens",
    "packaged",
    "read_files",
    "run_tui",
]


def make_home(home: Path, url: str | None) -> tuple[Path, str]:
    """Make the home with settings, templates and database; twice is harmless. Returns (home, database URL)."""
    from mailcrm.core.settings import load_settings

    prepare_home(home, url)
    open_core(home).close()
    settings = load_settings(packaged("config") / "mailcrm.toml", home / "mailcrm.toml", os.environ)
    used = settings.database.url or database_url(home)
    if url not in (None, used):
        raise UsageError(
            say("This home keeps its records elsewhere already."),
            say("Change `url` under [database] in {settings}.", settings=home / "mailcrm.toml"),
        )
    return home, used


def open_core(home: Path, *, now: str | None = None) -> Core:
    """Open the home; HomeError where there is none, or others may read it. `now`: the clock stands at this ISO time."""
    from mailcrm.adapters.secrets.store import SecretStore

    check_home(home)
    return core_of(assemble(home, now, SecretStore(home)))


def read_files(paths: Iterable[str]) -> Iterator[dict[str, object]]:
    """Yield what mailcrm sees in each mail file; needs no home."""
    from mailcrm.adapters.mime import Mime
    from mailcrm.ingest.document import document
    from mailcrm.ingest.reading import read_mail

    parser = Mime()
    for path in paths:
        try:
            raw = Path(path).read_bytes()
        except OSError as error:
            yield {"file": path, "error": str(error.strerror or error)}
            continue
        try:
            yield document(path, read_mail(parser, raw))
        except ParseError as error:
            yield {
                "file": path,
                "body": raw.decode("latin-1"),
                "defects": ["unparseable"],
                "reason": str(error.sentence),
            }


def nothing_new(home: Path, account: str | None) -> SyncReport | None:
    """Return the report of a sync that found nothing; None where the whole sync has to look (`glance`)."""
    from mailcrm.bootstrap.glance import nothing_new as look

    return look(home, account)


def open_screens(home: Path, *, now: str | None = None) -> None:
    """Open the terminal interface on a home: the most urgent rows at once, the core behind them. `now` as of `open_core`."""
    from mailcrm.adapters.clock import SystemClock
    from mailcrm.bootstrap.firstlook import first_look
    from mailcrm.core.late import LateCore

    check_home(home)
    if now is not None:
        with closing(open_core(home, now=now)) as core:
            run_tui(core, home)
        return
    look = first_look(home)
    zone = look.zone if look else "UTC"
    with closing(LateCore(partial(open_core, home), home, SystemClock().now, zone)) as late:
        run_tui(late, home, look.worklist if look else None)


def run_tui(core: Desk, home: Path, first: Worklist | None = None) -> None:
    """Open the terminal interface on a core that is open, or opens late."""
    from mailcrm.tui import run_tui as run

    catalogues = {code: catalogue(code) for code in LANGUAGES}
    keymaps = [packaged("config") / "keymap.toml", home / "keymap.toml"]
    run(core, catalogues, keymaps, first=first, theme=_theme(home))


def _theme(home: Path) -> str:
    """Return the name of the theme that is set, "" where none is; what is wrong with the settings is the core's to tell."""
    from mailcrm.core.settings_files import merged_settings

    try:
        sections = merged_settings(packaged("config") / "mailcrm.toml", home / "mailcrm.toml", os.environ)
    except ConfigError:
        return ""
    interface = sections.get("interface")
    return str(interface.get("theme", "")) if isinstance(interface, dict) else ""
