"""The palette: every verb of the screen at hand, by name, with its key.

Room: tui. In: ids of keys. Out: the id that was chosen; None where none was. Words of either language find a verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from mailcrm.domain.words import _
from mailcrm.tui.keys import ASK_KEYS, Key, every_key
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["PaletteScreen"]


@dataclass(frozen=True, slots=True)
class Verb:
    """A line of the palette."""

    key: str
    binding: Key
    name: str


def _paint(verb: Verb, width: int) -> Sequence[Span]:
    size = cell_len(verb.name)
    return [(fit(str(verb.binding.title), width - size - 1) + " ", ""), (verb.name, "accent")]


class PaletteScreen(MailModal[str | None]):
    """Type a part of what you want, Enter does it."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in ASK_KEYS if key.id == "ask.leave"]
    help_keys = (ASK_KEYS,)

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__()
        known = every_key()
        self.known = [known[id_] for id_ in dict.fromkeys(ids) if id_ != "app.palette"]

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box tall"):
            yield safe.Line(self._title, classes="title")
            yield safe.Field(id="words")
            yield RowList(_paint)

    def _title(self, width: int) -> Content:
        return safe.line((_("What do you want to do?"), "bold"), width=width)

    def on_mount(self) -> None:
        """Show all of them."""
        self._show("")
        self.query_one(safe.Field).focus()

    def _show(self, typed: str) -> None:
        wanted = typed.casefold().split()
        found = [
            Verb(key.id, key, self.house.key_name(key.id))
            for key in self.known
            if all(word in f"{key.title} {key.title.msgid}".casefold() for word in wanted)
        ]
        self.query_one(RowList).show(found)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        event.stop()
        self._show(event.value)

    def on_key(self, event: object) -> None:
        """Arrows move in the list while typing goes on in the field."""
        key = getattr(event, "key", "")
        rows = self.query_one(RowList)
        moves = {"down": rows.action_cursor_down, "up": rows.action_cursor_up}
        if key in moves and self.query_one(safe.Field).has_focus:
            moves[key]()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do what the cursor stands on."""
        event.stop()
        self.dismiss(self.query_one(RowList).key or None)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Do it."""
        event.stop()
        self.dismiss(event.key)

    def action_leave(self) -> None:
        """Do nothing."""
        self.dismiss(None)
