"""Search: words above, hits below, the newest first.

Room: tui. In: `SearchRow`s. Out: the thread of a hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import SearchRow
from mailcrm.tui.keys import APP_KEYS, LIST_KEYS, SEARCH_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.times import moment
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["SearchScreen"]

TYPING_SECONDS = 0.2
WHEN = 12
LIMIT = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the list."""

    key: str
    row: SearchRow


class SearchScreen(MailScreen[None]):
    """Find a mail by its words."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in SEARCH_KEYS]
    hints = (*SEARCH_KEYS, *(key for key in APP_KEYS if key.id == "app.back"))
    help_keys = (SEARCH_KEYS, LIST_KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.note = ""
        self._typing: Timer | None = None

    def compose(self) -> ComposeResult:
        """Build the screen."""
        with Horizontal(id="ask", classes="row"):
            yield safe.Line(lambda _width: safe.line((_("Search"), "$text-primary bold")), classes="label")
            yield safe.Field(id="words")
        yield safe.Line(self._note, id="note-line")
        yield RowList(self._paint, id="rows")
        yield self.bars()

    @property
    def rows(self) -> RowList[Hit]:
        """The list."""
        return self.query_one("#rows", RowList)

    @property
    def thread_id(self) -> str | None:
        """The thread of the hit under the cursor."""
        return self.rows.item.row.thread_id if self.rows.item else None

    def on_mount(self) -> None:
        """Start typing."""
        self.query_one(safe.Field).focus()

    def _note(self, width: int) -> Content:
        words = self.note or _("Words, “phrases”, from: to: company: after: before: has:attachment …")
        return safe.line((words, "$text-muted"), width=width)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when typing pauses."""
        event.stop()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_SECONDS, self._search)

    def _search(self) -> None:
        words = self.query_one(safe.Field).value.strip()
        if words:
            self.ask("search", self._arrived, self._refused, query=words, limit=LIMIT)
        else:
            self._show((), "")

    def _arrived(self, rows: tuple[SearchRow, ...]) -> None:
        if len(rows) == LIMIT:
            note = _("The newest {count} mails; more words find fewer.", count=LIMIT)
        else:
            note = plural("{count} mail", "{count} mails", len(rows)) if rows else _("No mail has these words.")
        self._show(rows, note)

    def _refused(self, error: MailcrmError) -> None:
        self._show((), str(error))

    def _show(self, rows: Sequence[SearchRow], note: str) -> None:
        self.note = note
        self.rows.show([Hit(row.message_id, row) for row in rows])
        self.query_one("#note-line").refresh()

    def _paint(self, hit: Hit, width: int) -> Sequence[Span]:
        zone = self.house.health.zone if self.house.health else "UTC"
        who = min(24, width // 4)
        subject = (width - WHEN - who) // 2
        return [
            (fit(moment(hit.row.arrived_at, zone, self.house.core.now()), WHEN), "muted"),
            (fit(hit.row.from_.name or hit.row.from_.address, who - 2) + "  ", "strong"),
            (fit(hit.row.subject, subject - 2) + "  ", ""),
            (hit.row.snippet, "muted"),
        ]

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the hits."""
        event.stop()
        self.action_into_list()

    def action_into_list(self) -> None:
        """Go to the hits, or back to the words."""
        (self.rows if self.query_one(safe.Field).has_focus else self.query_one(safe.Field)).focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the thread of the hit."""
        event.stop()
        if self.rows.item:
            from mailcrm.tui.screens.thread import ThreadScreen

            self.app.push_screen(ThreadScreen(self.rows.item.row.thread_id))
