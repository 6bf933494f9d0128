"""What a verb is about to do to many: one list to look through, each row left out alone.

Room: tui. In: the verb's words, rows of the worklist. Out: the ids of those left in; None where nothing is to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import WorklistRow
from mailcrm.tui.keys import LIST_KEYS, REVIEW_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.rowlist import RowList, Span
from mailcrm.tui.worklines import due_words, who_words

__all__ = ["ReviewScreen"]

_WHO, _WHO_SHARE = 12, 3


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A row, and whether the verb passes it over."""

    key: str
    row: WorklistRow
    left_out: bool = False


class ReviewList(RowList[ReviewItem]):
    """The rows; marking one leaves it out, or takes it in again."""

    def __init__(self, leave_out: Callable[[], None], zone: Callable[[], str], now: Callable[[], datetime]) -> None:
        super().__init__(self._paint)
        self._leave_out = leave_out
        self._zone = zone
        self._now = now
        self._due = 0

    def show(self, items: Sequence[ReviewItem]) -> None:
        """Show `items`, their deadlines one below the other."""
        self._due = max((cell_len(due_words(item.row, self._now(), self._zone())[0]) for item in items), default=0)
        super().show(items)

    def action_mark(self) -> None:
        """Leave it to the screen."""
        self._leave_out()

    def _paint(self, item: ReviewItem, width: int) -> Sequence[Span]:
        look = "muted" if item.left_out else ""
        who = max(width // _WHO_SHARE, _WHO)
        due, urgent = due_words(item.row, self._now(), self._zone())
        return [
            ("[ ] ", "muted") if item.left_out else ("[x] ", "good"),
            (f"{fit(due, self._due)}  ", look or urgent),
            (f"{fit(who_words(item.row), who)} ", look or "strong"),
            (item.row.gist or item.row.subject, look),
        ]


class ReviewScreen(MailModal[tuple[str, ...] | None]):
    """Look before a verb acts on many."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in REVIEW_KEYS]
    help_keys = (REVIEW_KEYS, LIST_KEYS)

    def __init__(self, title: str, rows: Sequence[WorklistRow]) -> None:
        super().__init__()
        self.question = title
        self.items = [ReviewItem(row.id, row) for row in rows]

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box tall"):
            yield safe.Line(self._title, classes="title")
            yield ReviewList(self.action_leave_out, self.house.core.zone, self.house.core.now)
            yield safe.Line(self._keys, classes="keys")

    def on_mount(self) -> None:
        """Show the rows."""
        self._list.show(self.items)
        self._list.focus()

    @property
    def _list(self) -> ReviewList:
        return self.query_one(ReviewList)

    def _left(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.items if not item.left_out)

    def _title(self, width: int) -> Content:
        count = plural("{count} row", "{count} rows", len(self._left()))
        return safe.line((self.question, "bold"), ("  ", ""), (count, "$text-muted"), width=width)

    def _keys(self, width: int) -> Content:
        name = self.house.key_name
        told = [
            _("{key} does it", key=name("list.open")),
            _("{key} leaves one out", key=name("list.mark")),
            _("{key} goes back", key=name("review.leave")),
        ]
        return joined([(words, "$text-muted") for words in told], width)

    def action_leave_out(self) -> None:
        """Leave the row under the cursor out, or take it in again, and go on."""
        here = self._list.key
        self.items = [replace(item, left_out=not item.left_out) if item.key == here else item for item in self.items]
        self._list.show(self.items)
        self._list.action_cursor_down()
        self.query_one(".title").refresh()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter does it."""
        event.stop()
        self.dismiss(self._left() or None)

    def action_leave(self) -> None:
        """Do nothing."""
        self.dismiss(None)
