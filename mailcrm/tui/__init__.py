"""The screens that people work in: everything is asked of and told to the core, nothing else is touched.

`run_tui` is the way in. Textual is imported inside it, so that importing this package costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

if TYPE_CHECKING:
    from mailcrm.core import Core

__all__ = ["run_tui"]


def run_tui(
    core: Core,
    catalogues: Mapping[str, NullTranslations],
    keymaps: Iterable[Path] = (),
    *,
    engine: bool = True,
) -> None:
    """Show the screens until the person leaves.

    `catalogues`: language → catalogue, for the language key. `keymaps`: keymap.toml files, later ones winning; those that
    don't exist are passed over, what can't be used in the others is a ConfigError. `engine`: fetch and send mail in this
    process unless another one does. The core stays open: it belongs to the caller.
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
    MailcrmApp(core, keymap, catalogues, engine=engine).run()
