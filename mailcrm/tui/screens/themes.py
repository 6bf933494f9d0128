"""The theme picker: what the cursor stands on is what everything behind it looks like.

Room: tui. In: the names of all themes, the one that holds. Out: the chosen one; None where nothing was, and all looks as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.tui.keys import CHOICE_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.theme import DARK, LIGHT
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["ThemeScreen"]

KIND = 6


@dataclass(frozen=True, slots=True)
class Look:
    """A line: a theme by its name."""

    key: str
    dark: bool


def _paint(look: Look, width: int) -> Sequence[Span]:
    return [(fit(look.key, width - KIND), ""), (fit(_("dark") if look.dark else _("light"), KIND), "muted")]


class ThemeScreen(MailModal[str | None]):
    """Choose how everything looks, by seeing it."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in CHOICE_KEYS if key.id == "choice.leave"]
    help_keys = (CHOICE_KEYS,)

    def __init__(self, holds: str) -> None:
        super().__init__()
        self.holds = holds

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box"):
            yield safe.Line(self._title, classes="title")
            yield RowList(_paint)

    def _title(self, width: int) -> Content:
        return safe.line((_("How should it look?"), "bold"), width=width)

    def on_mount(self) -> None:
        """Show our own themes first, then the others by name."""
        themes = self.app.available_themes
        ours = [DARK.name, LIGHT.name]
        names = [*ours, *sorted(name for name in themes if name not in ours)]
        rows = self.query_one(RowList)
        rows.show([Look(name, themes[name].dark) for name in names])
        rows.place(self.holds)
        rows.focus()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show it."""
        event.stop()
        self.house.show_theme(event.key)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Take it."""
        event.stop()
        self.dismiss(event.key)

    def action_leave(self) -> None:
        """Let everything look as before."""
        self.house.show_theme(self.holds)
        self.dismiss(None)
