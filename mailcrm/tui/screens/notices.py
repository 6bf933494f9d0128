"""What one was told of deadlines: the digests that were not read yet, and below the one at hand.

Room: tui. In: `DigestRow`s. Out: Enter opens the first thread of the digest that is still open, and marks the digest as read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from mailcrm.domain.notices.wording import OUTCOMES
from mailcrm.domain.words import _
from mailcrm.queries.rows import DigestRow, NoticeLine
from mailcrm.tui.keys import APP_KEYS, LIST_KEYS, NOTICE_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.times import moment
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.pager import Pager, Paragraph
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["NoticesScreen"]

WHEN = 14


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the list."""

    key: str
    row: DigestRow


class NoticesScreen(MailScreen[None]):
    """A plain list with the digest's lines below it."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in NOTICE_KEYS]
    hints = (*NOTICE_KEYS, *(key for key in (*LIST_KEYS, *APP_KEYS) if key.id in {"list.open", "app.back"}))
    help_keys = (NOTICE_KEYS, LIST_KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.arrived = False

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(
            lambda width: safe.line((_("Notices of deadlines"), "$text-primary bold"), width=width), id="head"
        )
        yield RowList(self._paint, id="rows")
        yield safe.Prose(self._empty, id="empty")
        yield Pager(id="mail")
        yield self.bars()

    @property
    def rows(self) -> RowList[Told]:
        """The list."""
        return self.query_one("#rows", RowList)

    @property
    def row(self) -> DigestRow | None:
        """The digest under the cursor."""
        return self.rows.item.row if self.rows.item else None

    @property
    def thread_id(self) -> str | None:
        """The thread that the digest under the cursor is about: the first that is still open."""
        lines = self.row.lines if self.row else ()
        return next((line.thread_id for line in lines if line.state == "open"), lines[0].thread_id if lines else None)

    def on_mount(self) -> None:
        """Ask for the digests."""
        self.query_one(Pager).can_focus = False
        self.rows.focus()
        self._show(())
        self.ask("notices", self._arrived)

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again."""
        if topics != {"health"}:
            self.ask("notices", self._arrived)

    def minute(self) -> None:
        """Paint times anew."""
        self.rows.repaint()

    def relanguage(self) -> None:
        """Make all words anew."""
        super().relanguage()
        self.ask("notices", self._arrived)

    def _arrived(self, rows: tuple[DigestRow, ...]) -> None:
        self.arrived = True
        self._show(rows)

    def _show(self, rows: Sequence[DigestRow]) -> None:
        self.rows.show([Told(row.id, row) for row in rows])
        self.rows.display = bool(rows)
        empty = self.query_one("#empty")
        empty.display = not rows
        empty.refresh(layout=True)
        self._look()

    def _empty(self) -> Content:
        words = _("There is nothing that you were told and have not read.") if self.arrived else _("One moment …")
        return safe.line((words, "$text-muted"))

    def _paint(self, item: Told, width: int) -> Sequence[Span]:
        row = item.row
        zone = self.house.health.zone if self.house.health else "UTC"
        who = (width - WHEN) // 4 if row.person else 0
        return [
            (fit(moment(row.at, zone, self.house.core.now()), WHEN), "muted"),
            (fit(row.person, who), "accent"),
            (str(row.title), "strong"),
        ]

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the digest below."""
        event.stop()
        self._look()

    def _look(self) -> None:
        row = self.row
        told: list[Paragraph] = []
        if row is not None:
            told += [Paragraph(((str(sentence), "warn"),), wraps=True) for sentence in row.bridge]
            told += [paragraph for line in row.lines for paragraph in _paragraphs(line)]
        self.query_one(Pager).show(told)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the thread and mark the digest as read."""
        event.stop()
        row, thread = self.row, self.thread_id
        if row is None or thread is None:
            return
        from mailcrm.tui.screens.thread import ThreadScreen

        self.house.do("read_notices", id=row.id)
        self.app.push_screen(ThreadScreen(thread))

    def action_read(self) -> None:
        """Mark the digest as read."""
        if self.row:
            self.house.do("read_notices", id=self.row.id)

    def action_read_all(self) -> None:
        """Mark every digest as read."""
        self.house.do("read_notices")


def _paragraphs(line: NoticeLine) -> list[Paragraph]:
    state = OUTCOMES.get(line.state)
    if state is not None:
        return [Paragraph(((f"{line.said} ({state})", "muted"),), wraps=True)]
    told = [Paragraph(((str(line.said), ""),), wraps=True)]
    return [*told, Paragraph(((str(line.more), "bad"),), 2, wraps=True)] if line.more else told
