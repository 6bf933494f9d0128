"""The screens that people work in: everything is asked of and told to the core, nothing else is touched.

`run_tui` is the way in. Textual is imported inside it, so that importing this package costs nothing.
"""

from __future__ import annotations

import os
import select
import sys
import threading
from collections.abc import Iterable, Mapping
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

if TYPE_CHECKING:
    from mailcrm.core.late import Desk
    from mailcrm.queries.rows import Worklist

__all__ = ["run_tui"]

_HUNG_UP = 129  # what a shell tells of a process that SIGHUP ended


def run_tui(
    core: Desk,
    catalogues: Mapping[str, NullTranslations],
    keymaps: Iterable[Path] = (),
    *,
    engine: bool = True,
    first: Worklist | None = None,
    theme: str = "",
) -> None:
    """Show the screens until the person leaves.

    `catalogues`: language → catalogue, for the language key. `keymaps`: keymap.toml files, later ones winning; those that
    don't exist are passed over, what can't be used in the others is a ConfigError. `engine`: fetch and send mail in this
    process unless another one does. `first`: the list to show until the core has the whole one. `theme`: its name, "" for our own. The core stays open: it belongs to
    the caller; what keeps one that opens late from opening ends the screens.
    """
    from mailcrm.tui.app import MailcrmApp
    from mailcrm.tui.keymap import read_keymap

    keymap: dict[str, str] = {}
    for path in keymaps:
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(
                say("{file} can't be read: {error}.", file=path, error=error),
                say("Mend that line, or move the file away to get the keys it came with."),
            ) from error
        keymap.update(read_keymap(text, str(path)))
    _leave_with_the_terminal()
    MailcrmApp(core, keymap, catalogues, engine=engine, first=first, theme=theme).run()


def _leave_with_the_terminal() -> None:
    """End the process when its terminal is gone, whoever keeps the hangup signal from it (such as `make`).

    Otherwise nobody sees it, a core is busy reading nothing, and the engine's lock is held. It ends as at a kill: what was in
    hand is in doubt, and nothing is lost.
    """
    if not sys.stdin.isatty() or not hasattr(select, "poll"):
        return
    terminal = select.poll()
    terminal.register(sys.stdin.fileno(), 0)  # hangup and error are told unasked

    def wait() -> None:
        terminal.poll()
        os._exit(_HUNG_UP)

    threading.Thread(target=wait, name="terminal", daemon=True).start()
