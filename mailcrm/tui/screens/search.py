"""Search: words above, hits below, the newest first.

Room: tui. In: `SearchRow`s. Out: the thread of a hit, at the mail that was found and at the words in it. The screen stays below the
thread, so that going back shows the results as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widgets import Input

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.search_query import completion, filters, read_query
from mailcrm.domain.snippet import Snippets
from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import SearchRow
from mailcrm.tui.hits import marked
from mailcrm.tui.keys import APP_KEYS, LIST_KEYS, SEARCH_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.times import moment
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import fit, shorten
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["SearchScreen"]

TYPING_SECONDS = 0.15
WHEN = 12
LIMIT = 50
NARROW = 76


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the list."""

    key: str
    row: SearchRow


class FilterNames(Suggester):
    """Completes the name of the filter that is being typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return all of the field with the rest of the filter, None where nothing is known."""
        rest = completion(value)
        return f"{value}{rest}" if rest else None


class SearchScreen(MailScreen[None]):
    """Find a mail by its words."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in SEARCH_KEYS]
    hints = (*SEARCH_KEYS, *(key for key in APP_KEYS if key.id == "app.back"))
    help_keys = (SEARCH_KEYS, LIST_KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.note, self._wrong = "", False
        self._snippets = Snippets(())
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
        field = self.query_one(safe.Field)
        field.suggester = FilterNames()
        field.focus()

    def _note(self, width: int) -> Content:
        if self._wrong:
            return safe.line((f"! {self.note}", "$text-warning"), width=width)
        words = self.note or _("Words, “phrases”, {filters} …", filters=" ".join(filters()))
        return safe.line((words, "$text-muted"), width=width)

    @property
    def _words(self) -> str:
        return self.query_one(safe.Field).value.strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when typing pauses."""
        event.stop()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_SECONDS, self._search)

    def _search(self) -> None:
        asked = self._words
        if asked:
            self.ask(
                "search",
                lambda rows: self._arrived(asked, rows),
                lambda error: self._refused(asked, error),
                query=asked,
                limit=LIMIT,
            )
        else:
            self._show((), "")

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again: mail may have come."""
        if topics & {"mail", "turns"}:
            self._search()

    def _arrived(self, asked: str, rows: tuple[SearchRow, ...]) -> None:
        if asked != self._words:
            return  # an older answer: what stands in the field now is asked already
        if len(rows) == LIMIT:
            note = _("The newest {count} mails; more words find fewer.", count=LIMIT)
        else:
            note = plural("{count} mail", "{count} mails", len(rows)) if rows else _("No mail has these words.")
        self._snippets = Snippets(read_query(asked, ZoneInfo(self.house.core.zone())).terms)
        self._show(rows, note)

    def _refused(self, asked: str, error: MailcrmError) -> None:
        if asked == self._words:
            self._show((), str(error), wrong=True)

    def _show(self, rows: Sequence[SearchRow], note: str, *, wrong: bool = False) -> None:
        self.note, self._wrong = note, wrong
        self.rows.show([Hit(row.id, row) for row in rows])
        self.query_one("#note-line").refresh()

    def _paint(self, hit: Hit, width: int) -> Sequence[Span]:
        row, mark = hit.row, self._snippets.places
        who = min(24, width // 4)
        rest = width - WHEN - who
        when = fit(moment(row.arrived_at, self.house.core.zone(), self.house.core.now()), WHEN)
        spans = [(when, "muted"), *marked(row.from_.name or row.from_.address, mark, who - 2, "strong"), ("  ", "")]
        if width < NARROW:  # room for one of the two: for what holds the words
            shown = row.snippet if mark(row.snippet) else row.subject
            return [*spans, *marked(shown, mark, rest)]
        subject = rest // 2
        begun = row.subject if not mark(row.snippet) else shorten(row.subject, subject - 2)
        return [
            *spans,
            *marked(begun, mark, subject - 2),
            ("  ", ""),
            *marked(row.snippet, mark, rest - subject, "muted"),
        ]

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the hits."""
        event.stop()
        self.action_into_list()

    def action_into_list(self) -> None:
        """Go to the hits, or back to the words."""
        (self.rows if self.query_one(safe.Field).has_focus else self.query_one(safe.Field)).focus()

    def action_complete(self) -> None:
        """Take the rest of the filter that is being typed."""
        field = self.query_one(safe.Field)
        if field.has_focus:
            field.put(field.value + completion(field.value))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the thread of the hit, at the hit."""
        event.stop()
        if self.rows.item:
            from mailcrm.tui.screens.thread import Found, ThreadScreen

            row = self.rows.item.row
            self.app.push_screen(ThreadScreen(row.thread_id, found=Found(row.id, self._snippets.places)))
