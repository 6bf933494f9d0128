"""The only door through which text reaches the screen (safety.md, "Untrusted text").

Room: tui. In: text from anywhere: a subject, a name, a body, our own sentences with such values in them. Out: Textual
content and widgets that show it and do nothing else: no markup is read, no control sequence passes. Everything counts as
untrusted, our own sentences too, because their places are filled from mails. No other module of the TUI may construct a
widget or a toast from a string (tests/architecture holds it).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from textual.content import Content
from textual.notifications import Notification, Notify
from textual.widget import Widget
from textual.widgets import Input, TextArea

from mailcrm.domain.text import printable_block, printable_line
from mailcrm.tui.widgets.cells import shorten

if TYPE_CHECKING:
    from textual.app import App

__all__ = ["Field", "Line", "PassingNote", "Prose", "Writing", "block", "line", "set_title", "toast"]

Severity = Literal["information", "warning", "error"]
_BRIEFLY = 0.05


def line(*parts: object, width: int | None = None) -> Content:
    """Return one line of content. A part is text, or (text, style) with a Textual style such as "$text-error bold".

    `width`: the whole line is shortened to so many cells, from the right.
    """
    pieces: list[tuple[str, str]] = []
    for part in parts:
        text, style = part if isinstance(part, tuple) else (part, "")
        pieces.append((printable_line(str(text)), style))
    content = Content.assemble(*pieces)
    if width is not None and content.cell_length > width:
        return content.truncate(max(width, 1), ellipsis=True)
    return content


def block(text: object, style: str = "") -> Content:
    """Return `text` as content of several lines."""
    return Content.assemble((printable_block(str(text)), style))


class PassingNote(Notification):
    """A note that passes. Textual's own may be shown in the instant in which it ends, and its timer then spins for good."""

    @property
    def time_left(self) -> float:
        """Return the seconds that it still stands, always some."""
        return max(super().time_left, _BRIEFLY)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return super().time_left <= 0


def toast(app: App[Any], text: object, severity: Severity = "information", seconds: float = 6) -> None:
    """Show a passing note."""
    note = PassingNote(printable_block(str(text)), severity=severity, timeout=seconds, markup=False)
    app.post_message(Notify(note))


def set_title(widget: Widget, text: object) -> None:
    """Write `text` into the top border of `widget`."""
    widget.border_title = line(shorten(printable_line(str(text)), 60))


class Line(Widget):
    """One line whose words are made anew at each painting, so that switching the language switches them.

    `source` gets the width in cells and returns content made by `line`.
    """

    DEFAULT_CSS = "Line { height: 1; width: 1fr; }"

    def __init__(self, source: Callable[[int], Content], *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id, classes=classes, markup=False)
        self.source = source

    def render(self) -> Content:
        """Paint."""
        return self.source(self.content_size.width)


class Prose(Widget):
    """Several lines, wrapped by Textual; words made anew at each painting like `Line`'s."""

    DEFAULT_CSS = "Prose { height: auto; width: 1fr; }"

    def __init__(self, source: Callable[[], Content], *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id, classes=classes, markup=False)
        self.source = source

    def render(self) -> Content:
        """Paint."""
        return self.source()


class Field(Input):
    """A field of one line; what is put into it is cleaned first."""

    def __init__(self, value: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(
            printable_line(value), id=id, classes=classes, compact=True, highlighter=None, select_on_focus=False
        )

    def put(self, value: str) -> None:
        """Replace the text."""
        self.value = printable_line(value)
        self.cursor_position = len(self.value)


class Writing(TextArea):
    """A field of many lines; what is put into it is cleaned first and can be undone like typing."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(printable_block(text), id=id, soft_wrap=True, tab_behavior="focus", compact=True)

    def put(self, text: str, *, at_end: bool = False) -> None:
        """Replace everything by `text`, in one step that Ctrl-Z takes back; the cursor stands at the start or the end."""
        self.replace(printable_block(text), self.document.start, self.document.end)
        self.move_cursor(self.document.end if at_end else self.document.start)
