"""Long text to read: a line-API widget, so that a thread of a thousand mails scrolls like one of two.

Room: tui. In: `Paragraph`s; wrapped paragraphs keep their line breaks. Out: nothing; it scrolls by keys and mouse, and
`jump` goes from anchor to anchor. Text is made showable when it is laid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from mailcrm.domain.text import printable_block, printable_line
from mailcrm.domain.words import plural
from mailcrm.tui.keys import TEXT_KEYS
from mailcrm.tui.widgets.cells import fit, wrap
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["Pager", "Paragraph"]

LONGEST = 200_000
READABLE = 100


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans on one line, or (`wraps`) text of any length. `right` stands at the right end; `anchor`: `jump` stops here."""

    spans: tuple[Span, ...] = ()
    indent: int = 0
    wraps: bool = False
    right: str = ""
    anchor: bool = False


class Pager(ScrollView, can_focus=True):
    """Paragraphs, one below the other."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"pager--{look}" for look in RowList.LOOKS}
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in TEXT_KEYS]
    DEFAULT_CSS = """
    Pager {
        height: 1fr; width: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; overflow-x: hidden;
        & > .pager--bad { color: $text-error; text-style: bold; }
        & > .pager--warn { color: $text-warning; }
        & > .pager--good { color: $text-success; }
        & > .pager--promise { color: $text-secondary; }
        & > .pager--muted { color: $text-muted; }
        & > .pager--accent { color: $text-accent; }
        & > .pager--strong { text-style: bold; }
        & > .pager--heading { color: $text-primary; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self.paragraphs: Sequence[Paragraph] = ()
        self._lines: list[tuple[Span, ...]] = []
        self._anchors: list[int] = []
        self._laid_out = 0

    def show(self, paragraphs: Sequence[Paragraph], *, at_last_anchor: bool = False) -> None:
        """Show `paragraphs`, from the top or from the last anchor."""
        self.paragraphs = paragraphs
        self._lay_out()
        if at_last_anchor and self._anchors:
            self.call_after_refresh(self._to, self._anchors[-1])

    def _to(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._laid_out = width
        self._lines, self._anchors = [], []
        if width:
            for paragraph in self.paragraphs:
                if paragraph.anchor:
                    self._anchors.append(len(self._lines))
                self._lines.extend(_wrapped(paragraph, width) if paragraph.wraps else [_single(paragraph, width)])
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Wrap anew for another width."""
        if self.scrollable_content_region.width != self._laid_out:
            self._lay_out()

    def render_line(self, y: int) -> Strip:
        """Paint the line `y` of the window."""
        width, base = self.scrollable_content_region.width, self.rich_style
        number = y + self.scroll_offset.y
        if not 0 <= number < len(self._lines):
            return Strip.blank(width, base)
        segments = [
            Segment(text, base + self.get_component_rich_style(f"pager--{look}", partial=True) if look else base)
            for text, look in self._lines[number]
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def action_half(self, direction: int) -> None:
        """Scroll by half a window."""
        self.scroll_relative(y=direction * self.size.height // 2, animate=False)

    def action_jump(self, direction: int) -> None:
        """Go to the next or the previous anchor."""
        here = self.scroll_offset.y
        ahead = [line for line in self._anchors if (line > here if direction > 0 else line < here)]
        if ahead:
            self._to(min(ahead) if direction > 0 else max(ahead))


def _single(paragraph: Paragraph, width: int) -> tuple[Span, ...]:
    width = min(width, READABLE + paragraph.indent) if paragraph.right else width
    right = printable_line(paragraph.right)
    room = width - paragraph.indent - (cell_len(right) + 2 if right else 0)
    spans: list[Span] = [(" " * paragraph.indent, "")]
    for text, look in paragraph.spans:
        shown = printable_line(text)
        if cell_len(shown) > room:
            shown = fit(shown, max(room, 0))
        spans.append((shown, look))
        room -= cell_len(shown)
    if right:
        spans.append((" " * (room + 2) + right, "muted"))
    return tuple(spans)


def _wrapped(paragraph: Paragraph, width: int) -> list[tuple[Span, ...]]:
    room = min(width - paragraph.indent - 1, READABLE)
    lines: list[tuple[Span, ...]] = []
    for text, look in paragraph.spans:
        shown = wrap(printable_block(text[:LONGEST]), room)
        lines.extend(((" " * paragraph.indent, ""), (line, look)) for line in shown)
        if (rest := len(text) - LONGEST) > 0:
            note = plural("… one character more", "… {count} characters more", rest)
            lines.append(((" " * paragraph.indent, ""), (note, "muted")))
    return lines
