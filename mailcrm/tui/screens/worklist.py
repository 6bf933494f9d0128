"""The worklist: what to do, the most urgent first, and a look at the mail beside it where the window is wide.

Room: tui. In: `Worklist` of the view. Out: verbs on the row under the cursor or on the marked ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _
from mailcrm.queries.rows import PageRow, ThreadRow, Worklist, WorklistRow
from mailcrm.tui.conversation import demand_part
from mailcrm.tui.deals import MAIL, PROPOSAL, noun_of_row
from mailcrm.tui.headline import head_counts, tab_line
from mailcrm.tui.keys import APP_KEYS, LIST_KEYS, VERB_KEYS, VIEW_KEYS, VIEWS
from mailcrm.tui.screens.empty import nothing_to_do
from mailcrm.tui.screens.verbs import ThreadVerbs
from mailcrm.tui.terms import BANDS, Term, term
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.pager import Pager, Paragraph
from mailcrm.tui.widgets.rowlist import RowList, Span
from mailcrm.tui.workitems import GROUP, WorkItem, at_first, folded_items, work_items
from mailcrm.tui.worklines import Columns, columns, reason_words, row_spans

__all__ = ["WorklistScreen"]

WIDE = 140
LOOK_SECONDS = 0.08


class WorklistScreen(ThreadVerbs):
    """The screen that a rep works in all day; `owner`: whose list it is, "me", a colleague's name or "nobody"."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-slim"), (WIDE, "-wide")]  # noqa: RUF012  (Textual's own declaration)
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*VERB_KEYS, *VIEW_KEYS)]
    hints = (APP_KEYS[0], *(key for key in (*VERB_KEYS, *APP_KEYS[1:]) if key.label))
    help_keys = (VERB_KEYS, LIST_KEYS, VIEW_KEYS)

    def __init__(self, first: Worklist | None = None, owner: str = "me") -> None:
        super().__init__()
        self.owner = owner
        self.view = "now"
        self.worklist = first
        self.hidden: set[str] = set()
        self.unfolded: set[str] = set()
        self._settled: set[str] = set()
        self._stood_on = ""  # the row under the cursor when rows were last hidden
        self._columns = Columns()
        self._look_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._head, id="head")
        yield safe.Line(self._tabs, id="tabs")
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield safe.Prose(self._empty, id="empty")
                yield RowList(self._paint, id="rows", markable=True)
                yield safe.Line(self._why, id="why")
            yield Pager(id="look")
        yield self.bars()

    @property
    def rows(self) -> RowList[WorkItem]:
        """The list."""
        return self.query_one("#rows", RowList)

    def on_mount(self) -> None:
        """Ask for the rows."""
        self.query_one("#look", Pager).can_focus = False
        self.rows.focus()
        self._show_rows()
        if self.house.is_open:
            self.renew()

    def renew(self) -> None:
        """Ask for the rows of the view."""
        self.ask("worklist", self._arrived, view=self.view, owner=self.owner)

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again; a change of health alone only concerns the empty list."""
        if topics == {"health"}:
            self.query_one("#empty").refresh(layout=True)
        else:
            self.renew()

    def minute(self) -> None:
        """Count down, and ask again: a minute may move a row to another band."""
        self.rows.repaint()
        self.renew()
        self._look()

    def relanguage(self) -> None:
        """Make all words anew, the ones in the columns too."""
        super().relanguage()
        self._show_rows()
        self._look()

    def _arrived(self, worklist: Worklist) -> None:
        if worklist.view != self.view:
            return
        self.hidden -= self._settled
        self._settled.clear()
        self.worklist = worklist
        before = self.rows.item
        self._show_rows()
        after = self.rows.item
        if before and after and before.key == after.key and before.row != after.row:
            self._look()  # the cursor stayed, what it stands on is another: an answer left, a mail came

    def _shown(self) -> list[WorklistRow]:
        rows = self.worklist.rows if self.worklist else ()
        return [row for row in rows if row.thread_id not in self.hidden]

    def _folded(self) -> list[WorklistRow]:
        rows = self.worklist.folded if self.worklist else ()
        return [row for row in rows if row.thread_id not in self.hidden]

    def _show_rows(self) -> None:
        shown = self._shown()
        folded = folded_items(self._folded(), self.unfolded)
        self._columns = columns([*shown, *self._folded()], self.house.core.now(), self._zone())
        items = work_items(shown, self.query_one("#left").size.height - 2 - len(folded))
        self.rows.show([*items, *([WorkItem("", "")] if items and folded else []), *folded])
        self.rows.display = bool(shown or folded)
        if self.rows.display and self.focused is None:
            self.rows.focus()
        empty = self.query_one("#empty")
        empty.display = not shown
        empty.refresh(layout=True)
        for line in ("#head", "#tabs", "#why"):
            self.query_one(line).refresh()

    def _zone(self) -> str:
        return self.house.health.zone if self.house.health else self.house.core.zone()

    # Painting ---------------------------------------------------------------------------------------------------

    def _paint(self, item: WorkItem, width: int) -> Sequence[Span]:
        if not item.band:
            return []
        if item.row is None:
            band = term(BANDS, item.band)
            if item.key:
                return self._paint_group(item, band)
            return [(f"{band.sign} {band.title}  ", "heading"), (str(item.count), "muted")]
        return row_spans(item.row, width, self._columns, self.house.core.now(), self._zone())

    def _paint_group(self, item: WorkItem, band: Term) -> Sequence[Span]:
        fold, title = "▾" if item.unfolded else "▸", str(band.title)
        if item.band == "looks_finished":
            title = _("Looks finished: {key} waives all after a look", key=self.house.key_name("verb.finished"))
        return [(f"{fold} {band.sign} {title}  ", "muted"), (str(item.count), "strong")]

    def _head(self, width: int) -> Content:
        if self.worklist is None or not self.worklist.counts:
            return safe.line((self._whose(), "$text-primary bold"))
        name = f"{self._whose()}   "
        return Content.assemble(
            safe.line((name, "$text-primary bold")), joined(head_counts(self.worklist.counts), width - cell_len(name))
        )

    def _whose(self) -> str:
        if self.owner == "me":
            return "mailcrm"
        return _("Nobody's list") if self.owner == "nobody" else _("List of {name}", name=self.owner)

    def _tabs(self, width: int) -> Content:
        return tab_line(self.view, self.house.key_name, width)

    def _why(self, width: int) -> Content:
        item = self.rows.item
        if item is None or item.row is None or not self.rows.display:
            return safe.line("")
        return safe.line((reason_words(item.row), "$text-muted"), width=width)

    def _empty(self) -> Content:
        return nothing_to_do(self.view, self.worklist, self.house, mine=self.owner == "me")

    # The mail beside the list -----------------------------------------------------------------------------------

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Look at the row's mail, after a moment, so that running through the list asks nothing."""
        event.stop()
        self.query_one("#why").refresh()
        if self._look_timer is not None:
            self._look_timer.stop()
        self._look_timer = self.set_timer(LOOK_SECONDS, self._look)

    def on_resize(self) -> None:
        """Lay the list out for another height, and fill the pane when the window has become wide."""
        self.call_after_refresh(self._show_rows)
        self._look()

    def _look(self) -> None:
        row = self.rows.item.row if self.rows.item else None
        pane = self.query_one("#look", Pager)
        if row is None or self.size.width < WIDE or (row.thread_id is None and noun_of_row(row) is None):
            pane.show(())
            return
        if not self.house.is_open:
            pane.show(at_first(row, self._zone()))
            return
        if noun := noun_of_row(row):
            self.ask(f"{noun.name}_page", self._looked_at_page, lambda _error: pane.show(()), id=row.ref)
            return
        self.ask("thread", self._looked, lambda _error: pane.show(()), id=row.thread_id, there=True)

    def _looked(self, thread: ThreadRow) -> None:
        row = self.rows.item.row if self.rows.item else None
        if row is not None and row.thread_id == thread.id:
            why = Paragraph(((reason_words(row), "muted"),), wraps=True)
            parts = demand_part(thread, self._zone(), self.house.core.now())
            self.query_one("#look", Pager).show([why, Paragraph(), *parts])

    def _looked_at_page(self, page: PageRow) -> None:
        from mailcrm.tui.dealpeek import page_part

        row = self.rows.item.row if self.rows.item else None
        noun = noun_of_row(row) if row else None
        if row is not None and noun is not None and row.ref == page.card.id:
            self.query_one("#look", Pager).show(page_part(row, noun, page, self._zone(), self.house.core.now()))

    # Verbs ------------------------------------------------------------------------------------------------------

    @property
    def thread_id(self) -> str | None:
        """The thread under the cursor."""
        item = self.rows.item
        return item.row.thread_id if item and item.row else None

    def threads(self) -> Sequence[str]:
        """Return the marked rows' threads, or the one under the cursor."""
        found = (row.thread_id for row in self._chosen())
        return tuple(dict.fromkeys(thread for thread in found if thread))

    def _chosen(self) -> list[WorklistRow]:
        """Return the marked rows, or the one under the cursor; on the heading of a folded group, all of it."""
        keys = set(self.rows.chosen_keys())
        groups = {key.removeprefix(GROUP) for key in keys if key.startswith(GROUP)}
        shown = [row for row in self._shown() if row.id in keys]
        return [*shown, *(row for row in self._folded() if row.id in keys or row.band in groups)]

    def rows_of(self, threads: Sequence[str]) -> Sequence[WorklistRow]:
        """Return the chosen rows of these threads."""
        return [row for row in self._chosen() if row.thread_id in threads]

    def seen_until(self, thread: str) -> datetime | None:
        """Return when the newest mail arrived that a row of the thread tells of."""
        every = (*self._shown(), *self._folded())
        told = (row.newest_at for row in every if row.thread_id == thread and row.newest_at is not None)
        return max(told, default=None)

    def proposals(self) -> Mapping[str, bool]:
        """Return the ids of the chosen rows that propose something: to begin it where they are about a mail still."""
        return {row.id: row.ref.startswith(MAIL) for row in self._chosen() if row.id.startswith(PROPOSAL)}

    def finished_rows(self) -> Sequence[WorklistRow]:
        """Return what looks finished, folded or not."""
        return [row for row in (*self._shown(), *self._folded()) if row.band == "looks_finished"]

    def suggested(self) -> str | None:
        """Return the template that the row suggests."""
        item = self.rows.item
        return item.row.suggested_template if item and item.row else None

    def action_done(self) -> None:
        """Say that the thread or the task is done; a mail that can't be read is shown no more."""
        item = self.rows.item
        if item is not None and item.row is not None and item.row.kind == "task":
            self.house.do("task_done", id=item.row.id)
            return
        if item is not None and item.row is not None and item.row.kind == "quarantine":
            self.house.do("quarantine_ignore", id=item.row.id)
        else:
            super().action_done()

    def gone(self, threads: Sequence[str]) -> None:
        """Hide the rows of `threads` at once."""
        self._stood_on = self.rows.key
        self.hidden |= set(threads)
        self.rows.unmark()
        self._show_rows()

    def settled(self, threads: Sequence[str]) -> None:
        """Let the next list decide about `threads`: the core has done what was asked."""
        self._settled |= set(threads)
        self.renew()

    def back_again(self, error: MailcrmError) -> None:
        """Show hidden rows again: the core refused."""
        self.hidden.clear()
        self._show_rows()
        self.rows.place(self._stood_on)
        self.renew()
        super().back_again(error)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the thread; a row of outgoing mail opens the outbox, one of a sample, a quote or an order its page."""
        event.stop()
        item = self.rows.item
        if item is None:
            return
        if item.row is None:
            self.unfolded ^= {item.band}
            self._show_rows()
            return
        if item.row.kind == "outbox":
            self.house.action_outbox()
            return
        if noun := noun_of_row(item.row):
            from mailcrm.tui.screens.dealpage import DealScreen

            self.app.push_screen(DealScreen(noun.name, item.row.ref))
            return
        if item.row.thread_id is None:
            safe.toast(self.app, item.row.why, "warning")
            return
        from mailcrm.tui.screens.thread import ThreadScreen

        self.app.push_screen(ThreadScreen(item.row.thread_id, item.row.suggested_template))

    def action_view(self, name: str) -> None:
        """Show another view."""
        if name != self.view:
            self.view = name
            self.rows.unmark()
            self.query_one("#tabs").refresh()
        self.renew()

    def action_view_step(self, step: int) -> None:
        """Show the next view, or the one before."""
        order = [name for name, _key, _title in VIEWS]
        self.action_view(order[(order.index(self.view) + step) % len(order)])
