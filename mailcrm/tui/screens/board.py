"""The boards: all samples, quotes or orders by stage, side by side where the window is wide, else one list under foldable heads.

Room: tui. In: `BoardRow`s of `sample_board`, `quote_board` or `order_board`. Out: Enter opens the page of the card under the cursor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import Sentence, _, plural
from mailcrm.queries.rows import BoardRow
from mailcrm.tui.boardlines import (
    STAGE,
    Card,
    Widths,
    card_spans,
    columns_of,
    due_words,
    fits,
    items_of,
    next_words,
    row_spans,
    totals,
    widths,
)
from mailcrm.tui.deals import NOUNS
from mailcrm.tui.keys import APP_KEYS, BOARD_KEYS, LIST_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.board import Board
from mailcrm.tui.widgets.narrowing import NarrowField
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["BoardScreen"]

WIDE = 100
_HINTS = ("app.explain", "app.undo", "app.back")


class BoardScreen(MailScreen[None]):
    """A board; `noun`: "sample", "quote" or "order"."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-slim"), (WIDE, "-wide")]  # noqa: RUF012  (Textual's own declaration)
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in BOARD_KEYS]
    hints = (*BOARD_KEYS, *(key for key in (*LIST_KEYS, *APP_KEYS) if key.id in ("list.open", *_HINTS)))
    help_keys = (BOARD_KEYS, LIST_KEYS)
    house_keys = tuple(key for key in APP_KEYS if key.id != "app.search")  # its key narrows here

    def __init__(self, noun: str) -> None:
        super().__init__()
        self.noun = NOUNS[noun]
        self.over = False
        self.rows: Sequence[BoardRow] | None = None
        self.problem: MailcrmError | None = None
        self.folded: set[str] = set()
        self._widths = Widths()
        self._is_placed = False  # whether the cursor stands where a person may have put it

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._head, id="head")
        yield safe.Line(self._tabs, id="tabs")
        yield NarrowField(id="narrow")
        yield safe.Prose(self._empty, id="empty")
        yield Board(self._paint_card, id="board")
        yield RowList(self._paint_row, id="rows")
        yield safe.Line(self._about, id="about")
        yield safe.Line(self._next, id="next")
        yield self.bars()

    @property
    def board(self) -> Board[Card]:
        """The columns."""
        return self.query_one("#board", Board)

    @property
    def lines(self) -> RowList[Card]:
        """The list."""
        return self.query_one("#rows", RowList)

    @property
    def _field(self) -> NarrowField:
        return self.query_one("#narrow", NarrowField)

    @property
    def _is_wide(self) -> bool:
        return self.size.width >= WIDE

    @property
    def row(self) -> BoardRow | None:
        """What the cursor stands on; None on the head of a stage."""
        card = self.board.card if self._is_wide else self.lines.item
        return card.row if card else None

    @property
    def thread_id(self) -> str | None:
        """The thread of the card under the cursor."""
        return self.row.thread_id if self.row else None

    # Asking -----------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Ask for the cards."""
        self._field.display = False
        self._show()
        self.into()
        self.renew()

    def renew(self) -> None:
        """Ask for the cards."""
        noun, over = self.noun, self.over

        def arrived(rows: Sequence[BoardRow]) -> None:
            if (noun, over) == (self.noun, self.over):
                self.rows, self.problem = rows, None
                self._show()

        self.ask(f"{noun.name}_board", arrived, self._missing, over=over)

    def _missing(self, error: MailcrmError) -> None:
        self.problem = error
        self._show()

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again."""
        if topics != {"health"}:
            self.renew()

    def minute(self) -> None:
        """Ask again: a minute may make something late."""
        self.renew()

    def relanguage(self) -> None:
        """Make all words anew; folded heads are known by their words."""
        self.folded.clear()
        super().relanguage()
        self._show()

    # Showing ----------------------------------------------------------------------------------------------------

    def _shown(self) -> list[BoardRow]:
        words = self._field.value.casefold().split()
        return [row for row in self.rows or () if fits(row, words)]

    def _show(self) -> None:
        shown, now = self._shown(), self.house.core.now()
        focused = self.board.has_focus or self.lines.has_focus
        self._widths = widths(shown, now)
        at = self.row.id if self.row else shown[0].id if shown and not self._is_placed else ""
        self.board.show(columns_of(shown))
        self.lines.show(items_of(shown, self.folded))
        self.board.display = bool(shown) and self._is_wide
        self.lines.display = bool(shown) and not self._is_wide
        (self.board if self._is_wide else self.lines).place(at)
        self._is_placed = bool(shown)
        self.query_one("#empty").display = not shown
        if focused or self.focused is None:
            self.into()
        self._words()

    def _words(self) -> None:
        for name in ("#head", "#tabs", "#about", "#next"):
            self.query_one(name).refresh()
        self.query_one("#empty").refresh(layout=True)

    def into(self) -> None:
        """Go to the cards; the focus never strays into the field by itself."""
        self._field.can_focus = False
        (self.board if self._is_wide else self.lines).focus()

    def on_resize(self) -> None:
        """Lie side by side, or one below the other; the cursor stays on its card."""
        at = self.lines.key if self._is_wide else self.board.key
        self.call_after_refresh(self._resized, at)

    def _resized(self, at: str) -> None:
        self._show()
        (self.board if self._is_wide else self.lines).place(at)

    def _head(self, width: int) -> Content:
        title = safe.line((str(self.noun.title), "$text-primary bold"), "   ")
        if self.rows is None:
            return Content.assemble(title, safe.line((_("One moment …"), "$text-muted")))
        shown, now = self._shown(), self.house.core.now()
        late = sum(due_words(row, now)[1] == "bad" for row in shown)
        parts = [(plural("{count} card", "{count} cards", len(shown)), "$text bold")] if shown else []
        parts += [(_("late {count}", count=late), "$text-error")] if late else []
        parts += [(_("also those that are over"), "$text-muted")] if self.over else []
        return Content.assemble(title, joined(parts, width - title.cell_length))

    def _tabs(self, width: int) -> Content:
        parts: list[tuple[str, str]] = []
        for number, noun in enumerate(NOUNS.values(), 1):
            key = self.house.key_name(f"board.{number}")
            parts.append(("   " if parts else "", ""))
            here = noun is self.noun
            parts.append((f"[{key} {noun.title}]", "$text-accent bold") if here else (key, "$text-accent"))
            parts.append(("" if here else f" {noun.title}", "$text-muted"))
        return safe.line(*parts, width=width)

    def _empty(self) -> Content:
        if self.problem is not None:
            return safe.block(self.problem, "$text-error")
        if self.rows is None:
            return safe.line((_("One moment …"), "$text-muted"))
        key = self.house.key_name
        if self.rows:
            hint = _("{key} takes the words away that narrow it.", key=key("board.narrow"))
            return _told(_("No card has these words."), hint)
        return _told(str(self.noun.none), str(Sentence(self.noun.made.msgid, {"key": key(self.noun.making)})))

    def _about(self, width: int) -> Content:
        row = self.row
        if row is None:
            return safe.line("")
        parts = [(part, "$text-muted") for part in (row.contact, row.amount, row.owner) if part]
        return joined([(f"{row.number}  {row.title}", "bold"), *parts], width)

    def _next(self, width: int) -> Content:
        if self.row is None:
            return safe.line("")
        return joined(next_words(self.row, self.house.core.now(), self._zone(), width), width)

    def _zone(self) -> str:
        return self.house.health.zone if self.house.health else self.house.core.zone()

    def _paint_card(self, card: Card, width: int) -> Sequence[Sequence[Span]]:
        return card_spans(card.row, width, self.house.core.now()) if card.row else ((), (), ())

    def _paint_row(self, item: Card, width: int) -> Sequence[Span]:
        if item.row is not None:
            return row_spans(item.row, width, self._widths, self.house.core.now())
        fold = "▾" if item.unfolded else "▸"
        head = f"{fold} {item.title}  "
        worth = totals(item.members, width - cell_len(head) - cell_len(f"{item.count}  "))
        return [(head, "heading"), (f"{item.count}  {worth}".rstrip(), "muted")]

    # Verbs ------------------------------------------------------------------------------------------------------

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Tell of what the cursor stands on."""
        event.stop()
        self._words()

    def on_board_moved(self, event: Board.Moved) -> None:
        """Tell of what the cursor stands on."""
        event.stop()
        self._words()

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """Open the page."""
        event.stop()
        self._open(event.key)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the page; a head folds."""
        event.stop()
        if event.key.startswith(STAGE):
            self._fold(event.key)
        else:
            self._open(event.key)

    def _open(self, id: str) -> None:  # noqa: A002  (as everywhere)
        from mailcrm.tui.screens.dealpage import DealScreen

        self.app.push_screen(DealScreen(self.noun.name, id))

    def _fold(self, key: str) -> None:
        self.folded ^= {key}
        self._show()

    def action_column(self, direction: int) -> None:
        """Go to the column beside; in the list, fold the stage of the cursor, or unfold it."""
        if self._is_wide:
            self.board.step(direction)
            return
        place = next((number for number, item in enumerate(self.lines.items) if item.key == self.lines.key), -1)
        heads = [item.key for item in self.lines.items[: place + 1] if item.row is None]
        if heads and (heads[-1] in self.folded) == (direction > 0):
            self._fold(heads[-1])
            self.lines.place(heads[-1])

    def show_noun(self, name: str) -> None:
        """Show the board of a noun."""
        if name != self.noun.name:
            self.noun, self.rows = NOUNS[name], None
            self.folded.clear()
            self._show()
        self.renew()

    def action_noun(self, number: int) -> None:
        """Show another board."""
        self.show_noun(list(NOUNS)[number - 1])

    def action_noun_step(self, step: int) -> None:
        """Show the next board, or the one before."""
        self.action_noun((list(NOUNS).index(self.noun.name) + step) % len(NOUNS) + 1)

    def action_over(self) -> None:
        """Show those that are over too, or no more."""
        self.over = not self.over
        self.renew()

    def action_thread(self) -> None:
        """Open the thread of the card."""
        from mailcrm.tui.screens.thread import ThreadScreen

        if self.thread_id is not None:
            self.app.push_screen(ThreadScreen(self.thread_id))

    # Narrowing --------------------------------------------------------------------------------------------------

    def action_narrow(self) -> None:
        """Type words that a card must have; with the field open, take them away."""
        self._field.display = self._field.can_focus = True
        self._field.put("")
        self._field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what has the words."""
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to what is left."""
        event.stop()
        self._field.display = bool(event.value.strip())
        self.into()

    def on_narrow_field_left(self, event: NarrowField.Left) -> None:
        """Show everything again."""
        event.stop()
        self._field.put("")
        self._field.display = False
        self.into()


def _told(words: str, hint: str) -> Content:
    return Content.assemble(safe.line((words, "bold")), "\n\n", safe.line((hint, "$text-muted")))
