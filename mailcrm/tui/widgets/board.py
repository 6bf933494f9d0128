"""A board: cards in columns, side by side, painted line by line like the list.

Room: tui. In: columns of cards (`Column`), and a painter that turns a card into its lines. Out: the messages `Moved` and `Chosen`
with the card's key. The cursor stands on a key: when cards come and go, or wander to another column, it stays on its card. Where
not all columns have room, those about the cursor are shown, and the outer heads tell how many more there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.strip import Strip

from mailcrm.domain.text import printable_line
from mailcrm.tui.keys import LIST_KEYS
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.painting import CURSOR_SIGN, GUTTER, CursorMoved, Painting, Span
from mailcrm.tui.widgets.rowlist import Item

__all__ = ["Board", "CardPainter", "Column"]

NARROWEST, WIDEST = 30, 46
HEAD = 2  # the heads of the columns and an empty line below stand still
CARD = 3
PITCH = CARD + 1
BETWEEN = 2

Card = TypeVar("Card", bound=Item)
CardPainter = Callable[[Card, int], Sequence[Sequence[Span]]]
"""A card and the room in cells → the spans of its three lines."""


def _nothing(_width: int) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Column(Generic[Card]):
    """A stage with its cards; no column is empty. `told`: what else its head says, in so many cells at most."""

    title: str
    cards: Sequence[Card]
    told: Callable[[int], str] = _nothing


class Board(Painting, Generic[Card], can_focus=True):
    """Columns of cards."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in LIST_KEYS if key.id != "list.mark"]
    DEFAULT_CSS = "Board > .look--cursor { text-style: none; }"

    class Moved(CursorMoved):
        """The cursor stands on another card."""

    class Chosen(Moved):
        """Enter or a double click on a card."""

    def __init__(self, painter: CardPainter[Card], *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self.painter = painter
        self.columns: Sequence[Column[Card]] = ()
        self._places: dict[str, tuple[int, int]] = {}
        self._at = (-1, -1)
        self._first = 0

    @property
    def card(self) -> Card | None:
        """The card under the cursor."""
        column, row = self._at
        return self.columns[column].cards[row] if 0 <= column < len(self.columns) else None

    @property
    def key(self) -> str:
        """Its key; "" on an empty board."""
        return self.card.key if self.card is not None else ""

    def show(self, columns: Sequence[Column[Card]]) -> None:
        """Show `columns`. The cursor stays on its card; where that is gone it takes the one now in its place."""
        before, at = self.key, self._at
        self.columns = columns
        self._places = {
            card.key: (column, row) for column, stage in enumerate(columns) for row, card in enumerate(stage.cards)
        }
        longest = max((len(stage.cards) for stage in columns), default=0)
        self.virtual_size = Size(0, HEAD + longest * PITCH - 1 if longest else 0)
        self._at = self._places.get(before) or self._nearest(*at)
        self._reveal()
        self.refresh()
        if self.key != before:
            self._tell(self.Moved)

    def place(self, key: str) -> None:
        """Put the cursor on `key`, where it is on the board."""
        if key in self._places:
            self._move(*self._places[key])

    def repaint(self) -> None:
        """Paint everything anew: time has passed, the language or the theme is another one."""
        self.refresh()

    # Painting ---------------------------------------------------------------------------------------------------

    @property
    def _across(self) -> int:
        """How many columns have room side by side."""
        return min(max(self.scrollable_content_region.width // NARROWEST, 1), max(len(self.columns), 1))

    @property
    def _breadth(self) -> int:
        """How wide a column is, with the gap beside it."""
        return min(self.scrollable_content_region.width // self._across, WIDEST)

    def render_line(self, y: int) -> Strip:
        """Paint the line `y` of the window: the heads, then a line of each card that is in sight."""
        width, base = self.scrollable_content_region.width, self.rich_style
        segments: list[Segment] = []
        for column in range(self._first, min(self._first + self._across, len(self.columns))):
            segments.extend(self._line(column, y, base) if y >= HEAD else [] if y else self._head(column, base))
        return Strip(segments).adjust_cell_length(width, base)

    def _head(self, column: int, base: Style) -> list[Segment]:
        stage, last = self.columns[column], self._first + self._across - 1
        more = f"‹{column}" if column == self._first and column else ""
        beyond = len(self.columns) - 1 - column if column == last else 0
        after = f"   {beyond} ›" if beyond else ""
        count = f"  {len(stage.cards)}"
        room = self._breadth - GUTTER - cell_len(count) - cell_len(after) - 1
        title = printable_line(stage.title)
        shown = fit(title, min(cell_len(title), room))
        told = stage.told(room - cell_len(shown) - BETWEEN)
        told = f"{' ' * BETWEEN}{told}" if told else ""
        head = ((shown, "heading"), (count, "muted"), (told, "muted"), (after, "muted"))
        return self.painted([(fit(more, GUTTER), "muted"), *head], self._breadth, base)

    def _line(self, column: int, y: int, base: Style) -> list[Segment]:
        row, line = divmod(y - HEAD + self.scroll_offset.y, PITCH)
        cards = self.columns[column].cards
        if row >= len(cards) or line == CARD:
            return self.painted([], self._breadth, base)
        cursor = (column, row) == self._at
        look = self.under_cursor(base) if cursor else base
        sign = f" {CURSOR_SIGN}" if cursor and not line else "  "
        inner = self._breadth - GUTTER - 2
        spans = self.painter(cards[row], inner)[line]
        card = self.painted([(sign, "sign"), *spans], self._breadth - 2, look)
        return [*card, Segment("  ", base)]

    # Moving -----------------------------------------------------------------------------------------------------

    def _nearest(self, column: int, row: int) -> tuple[int, int]:
        if not self.columns:
            return -1, -1
        column = min(max(column, 0), len(self.columns) - 1)
        return column, min(max(row, 0), len(self.columns[column].cards) - 1)

    def _move(self, column: int, row: int) -> None:
        target = self._nearest(column, row)
        if target != self._at:
            self._at = target
            self.refresh()
            self._reveal()
            self._tell(self.Moved)

    def _reveal(self) -> None:
        """Scroll so that the whole card is seen, its column too."""
        column, row = self._at
        height = self.scrollable_content_region.height - HEAD
        if column < 0 or height <= 0:
            return
        last = max(len(self.columns) - self._across, 0)
        self._first = min(max(self._first, column - self._across + 1, 0), column, last)
        top, first = row * PITCH, self.scroll_offset.y
        if top < first:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
        elif top + CARD > first + height:
            self.scroll_to(y=top + CARD - height, animate=False, force=True, immediate=True)

    def _tell(self, message: type[Moved]) -> None:
        self.post_message(message(self, self.key))

    def step(self, direction: int) -> None:
        """Go to the next column, or the one before, at the same height where there is a card."""
        column, row = self._at
        self._move(column + direction, row)

    def action_cursor_down(self) -> None:
        """Go to the next card of the column."""
        self._move(self._at[0], self._at[1] + 1)

    def action_cursor_up(self) -> None:
        """Go to the card before."""
        self._move(self._at[0], self._at[1] - 1)

    def action_page(self, share: int) -> None:
        """Go on by a window (`share` 2 or -2) or half of one (1 or -1)."""
        height = self.scrollable_content_region.height - HEAD
        step = max(height * abs(share) // 2 // PITCH, 1)
        self._move(self._at[0], self._at[1] + (step if share > 0 else -step))

    def action_first(self) -> None:
        """Go to the first card of the column."""
        self._move(self._at[0], 0)

    def action_last(self) -> None:
        """Go to the last card of the column."""
        self._move(self._at[0], len(self.columns[self._at[0]].cards) - 1 if self.columns else 0)

    def action_choose(self) -> None:
        """Open the card."""
        if self.key:
            self._tell(self.Chosen)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a double click opens."""
        column = self._first + event.x // max(self._breadth, 1)
        row = (event.y - HEAD + self.scroll_offset.y) // PITCH
        if event.y >= HEAD and column < len(self.columns) and row < len(self.columns[column].cards):
            self._move(column, row)
            if event.chain == 2:  # noqa: PLR2004  (a double click)
                self.action_choose()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._reveal()
