"""Long text to read: a line-API widget, so that a thread of a thousand mails scrolls like one of two.

Room: tui. In: `Paragraph`s; wrapped paragraphs keep their line breaks. Out: the message `Current`; it scrolls by keys and mouse, and
`jump` goes from anchor to anchor. The anchor with the cursor is `current`: it is always one of those in sight, so that no verb
acts on what can't be seen. Text is made showable when it is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from mailcrm.domain.text import printable_block, printable_line
from mailcrm.domain.words import plural
from mailcrm.tui.keys import TEXT_KEYS
from mailcrm.tui.widgets.cells import fit, wrap
from mailcrm.tui.widgets.painting import CURSOR_SIGN, Painting, Span

__all__ = ["Pager", "Paragraph"]

LONGEST = 200_000
READABLE = 100
GUTTER = 2

Marker = Callable[[str], Sequence[tuple[int, int]]]
"""Where in a text stands what was looked for."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans on one line, or (`wraps`) text of any length. `right` stands at the right end; `anchor`: `jump` stops here.

    An anchor with a `key` can be the current one. `sought`: in this text the pager's marker looks for what was looked for.
    """

    spans: tuple[Span, ...] = ()
    indent: int = 0
    wraps: bool = False
    right: str = ""
    anchor: bool = False
    key: str = ""
    sought: bool = False


class Pager(Painting, can_focus=True):
    """Paragraphs, one below the other."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in TEXT_KEYS]

    class Current(Message):
        """Another anchor is the current one."""

        def __init__(self, pager: Pager, key: str) -> None:
            super().__init__()
            self.pager = pager
            self.key = key

        @property
        def control(self) -> Pager:
            """The text, for `on(..., selector)`."""
            return self.pager

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self.paragraphs: Sequence[Paragraph] = ()
        self.current = ""
        self.marker: Marker | None = None
        self._lines: list[tuple[Span, ...]] = []
        self._anchors: list[tuple[int, str]] = []
        self._heads: dict[int, str] = {}
        self._hits: list[int] = []
        self._at_hit = -1
        self._laid_out = 0
        self._wanted: tuple[str, bool] | None = None

    def show(self, paragraphs: Sequence[Paragraph], *, at: str = "", at_hit: bool = False) -> None:
        """Show `paragraphs`: with the anchor `at` current and in sight (`at_hit`: with what was looked for in it), else as it was."""
        self.paragraphs = paragraphs
        if at:
            self._wanted = at, at_hit
        self._lay_out()

    def _to(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._laid_out = width
        self._lines, self._anchors, self._hits = [], [], []
        if width:
            for paragraph in self.paragraphs:
                if paragraph.anchor:
                    self._anchors.append((len(self._lines), paragraph.key))
                if paragraph.wraps:
                    self._wrap(paragraph, width)
                else:
                    self._lines.append(_single(paragraph, width))
        self._heads = dict(self._anchors)
        self.virtual_size = Size(0, len(self._lines))
        if width and self._wanted is not None:
            self.call_after_refresh(self._go, *self._wanted)
            self._wanted = None
        elif width:
            self.call_after_refresh(self._stay_in_sight)
        self.refresh()

    def _wrap(self, paragraph: Paragraph, width: int) -> None:
        lines = _wrapped(paragraph, width)
        if paragraph.sought and self.marker is not None:
            lines, hits = _marked(lines, self.marker)
            self._hits += [len(self._lines) + hit for hit in hits]
        self._lines.extend(lines)

    def _go(self, key: str, at_hit: bool) -> None:
        """Bring the anchor `key` into sight, or the first hit in it with as much of what stands above as there is room for."""
        line = next((line for line, known in self._anchors if known == key), None)
        if line is None:
            return
        end = next((below for below, _key in self._anchors if below > line), len(self._lines))
        hit = next((hit for hit in self._hits if line <= hit < end), None) if at_hit else None
        far = hit is not None and hit >= line + self.size.height
        self._at_hit = hit if hit is not None else -1
        self._to(self._at_hit - self.size.height // 2 if far else line)
        self._make_current(key)

    def _make_current(self, key: str) -> None:
        if key != self.current:
            self.current = key
            self.refresh()
            self.post_message(self.Current(self, key))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the current anchor among those in sight."""
        super().watch_scroll_y(old_value, new_value)
        self._stay_in_sight()

    def _stay_in_sight(self) -> None:
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        ends = [line for line, _key in self._anchors[1:]] + [len(self._lines)]
        spans = zip(self._anchors, ends, strict=False)
        seen = [key for (line, key), end in spans if key and line < bottom and (line >= top or end > top + 1)]
        if seen and self.current not in seen:
            self._make_current(seen[0])

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
        if self.current and self._heads.get(number) == self.current:
            base += self.get_component_rich_style("look--cursor")
            head = [Segment(f"{CURSOR_SIGN} ", base), *self._segments(self._lines[number][1:], base)]
            return Strip(head).adjust_cell_length(width, base)
        return Strip(self._segments(self._lines[number], base)).adjust_cell_length(width, base)

    def _segments(self, spans: Sequence[Span], base: Style) -> list[Segment]:
        return [Segment(text, base + self.look(look) if look else base) for text, look in spans]

    # Textual's own glide there: half a second until the next page can be read.

    def action_scroll_down(self) -> None:
        """Go a line down, at once."""
        self._to(self.scroll_offset.y + 1)

    def action_scroll_up(self) -> None:
        """Go a line up, at once."""
        self._to(self.scroll_offset.y - 1)

    def action_page_down(self) -> None:
        """Go a window down, at once; the last line stays in sight."""
        self._to(self.scroll_offset.y + max(self.size.height - 1, 1))

    def action_page_up(self) -> None:
        """Go a window up, at once; the first line stays in sight."""
        self._to(self.scroll_offset.y - max(self.size.height - 1, 1))

    def action_half(self, direction: int) -> None:
        """Scroll by half a window."""
        self.scroll_relative(y=direction * self.size.height // 2, animate=False)

    def action_scroll_home(self) -> None:
        """Go to the top; the first anchor is the current one then."""
        self._to(0)
        self._make_current(next((key for _line, key in self._anchors if key), self.current))

    def action_scroll_end(self) -> None:
        """Go to the end; the last anchor is the current one then."""
        self._to(len(self._lines))
        self._make_current(next((key for _line, key in reversed(self._anchors) if key), self.current))

    def action_jump(self, direction: int) -> None:
        """Go to the next or the previous anchor: from the current one, else from the line at the top."""
        here = next((line for line, key in self._anchors if key and key == self.current), self.scroll_offset.y)
        ahead = [place for place in self._anchors if (place[0] > here if direction > 0 else place[0] < here)]
        if ahead:
            line, key = ahead[0] if direction > 0 else ahead[-1]
            self._to(line)
            if key:
                self._make_current(key)

    def action_hit(self, direction: int) -> None:
        """Go to the next or the previous place of what was looked for, into the middle of the window."""
        middle = self.scroll_offset.y + self.size.height // 2
        here = self._at_hit if self._at_hit in self._hits else middle
        ahead = [hit for hit in self._hits if (hit > here if direction > 0 else hit < here)]
        if ahead:
            self._at_hit = ahead[0] if direction > 0 else ahead[-1]
            self._to(self._at_hit - self.size.height // 2)


def _single(paragraph: Paragraph, width: int) -> tuple[Span, ...]:
    width = min(width, READABLE + paragraph.indent) if paragraph.right else width
    right = printable_line(paragraph.right)
    indent = GUTTER if paragraph.key else paragraph.indent
    room = width - indent - (cell_len(right) + 2 if right else 0)
    spans: list[Span] = [(" " * indent, "")]
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


def _marked(lines: list[tuple[Span, ...]], marker: Marker) -> tuple[list[tuple[Span, ...]], list[int]]:
    """Return `lines` with what the marker finds in them shown as hits, also across the end of a line, and the lines that hold one."""
    text = "\n".join(line[1][0] for line in lines)
    found = list(marker(text))
    told, hits, at = [], [], 0
    for number, (indent, (words, look)) in enumerate(lines):
        here = [
            (max(begin - at, 0), min(end - at, len(words)))
            for begin, end in found
            if begin - at < len(words) and end > at
        ]
        cuts = sorted({0, len(words), *(place for pair in here for place in pair)})
        pieces = [
            (words[begin:end], "hit" if any(a <= begin and end <= b for a, b in here) else look)
            for begin, end in pairwise(cuts)
        ]
        told.append((indent, *pieces))
        if here:
            hits.append(number)
        at += len(words) + 1
    return told, hits
