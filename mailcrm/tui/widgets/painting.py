"""What is painted line by line has in common: looks by name, spans that fill so many cells, and the news that a cursor moved.

Room: tui. List, board and long text are built on this.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.widget import Widget

from mailcrm.domain.text import printable_line
from mailcrm.tui.widgets.cells import fit

__all__ = ["CURSOR_SIGN", "GUTTER", "CursorMoved", "Painting", "Span"]

Span = tuple[str, str]
"""Text and the name of its look ("" or one of `Painting.LOOKS`)."""

CURSOR_SIGN = "▸"
GUTTER = 2


class CursorMoved(Message):
    """The cursor of `widget` stands on another `key`."""

    def __init__(self, widget: Widget, key: str) -> None:
        super().__init__()
        self.widget = widget
        self.key = key

    @property
    def control(self) -> Widget:
        """The widget, for `on(..., selector)`."""
        return self.widget


class Painting(ScrollView):
    """A widget whose lines are painted by itself."""

    LOOKS: ClassVar[tuple[str, ...]] = ("bad", "warn", "good", "promise", "muted", "heading", "accent", "strong", "hit")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"look--{look}" for look in (*LOOKS, "cursor", "blurred", "sign")}
    DEFAULT_CSS = """
    Painting {
        height: 1fr; width: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; overflow-x: hidden;
        & > .look--cursor { background: $block-cursor-blurred-background; text-style: bold; }
        & > .look--blurred { background: $surface; }
        & > .look--sign { color: $accent; text-style: bold; }
        & > .look--bad { color: $text-error; text-style: bold; }
        & > .look--warn { color: $text-warning; }
        & > .look--good { color: $text-success; }
        & > .look--promise { color: $text-secondary; }
        & > .look--muted { color: $text-muted; }
        & > .look--accent { color: $text-accent; }
        & > .look--strong { text-style: bold; }
        & > .look--hit { text-style: bold reverse; }
        & > .look--heading { color: $text-primary; text-style: bold; }
    }
    """

    def look(self, name: str) -> Style:
        """Return the style of a look, to be laid over another one."""
        return self.get_component_rich_style(f"look--{name}", partial=True)

    def under_cursor(self, base: Style) -> Style:
        """Return the style of what the cursor stands on."""
        name = "cursor" if self.has_focus else "blurred"
        return base + self.get_component_rich_style(f"look--{name}", partial=not self.has_focus)

    def painted(self, spans: Sequence[Span], width: int, base: Style) -> list[Segment]:
        """Return spans in exactly `width` cells: made showable, cut or padded."""
        segments, room = [], width
        for text, look in spans:
            shown = printable_line(text)
            size = cell_len(shown)
            if size > room:
                shown, size = fit(shown, room), room
            segments.append(Segment(shown, base + self.look(look) if look else base))
            room -= size
        return [*segments, Segment(" " * room, base)]
