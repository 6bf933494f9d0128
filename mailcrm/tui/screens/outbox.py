"""Outgoing mail: what waits, what left, what went wrong, and what a person can do about it.

Room: tui. In: `OutboxRow`s. Out: the outbox verbs; a draft opens in the composer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.queries.rows import OutboxRow
from mailcrm.tui.keys import APP_KEYS, LIST_KEYS, OUTBOX_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.terms import DELIVERY, term
from mailcrm.tui.times import moment
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.pager import Pager, Paragraph
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["OutboxScreen"]

STATE, WHEN = 20, 12


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A line of the list."""

    key: str
    row: OutboxRow


class OutboxScreen(MailScreen[None]):
    """A plain list with the mail below it."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in OUTBOX_KEYS]
    hints = (*OUTBOX_KEYS, *(key for key in APP_KEYS if key.id in {"app.undo", "app.back"}))
    help_keys = (OUTBOX_KEYS, LIST_KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.arrived = False

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(lambda width: safe.line((_("Outgoing mail"), "$text-primary bold"), width=width), id="head")
        yield RowList(self._paint, id="rows")
        yield safe.Prose(self._empty, id="empty")
        yield Pager(id="mail")
        yield self.bars()

    @property
    def rows(self) -> RowList[Outgoing]:
        """The list."""
        return self.query_one("#rows", RowList)

    @property
    def row(self) -> OutboxRow | None:
        """The mail under the cursor."""
        return self.rows.item.row if self.rows.item else None

    @property
    def thread_id(self) -> str | None:
        """The thread of the mail under the cursor."""
        return self.row.thread_id if self.row else None

    def on_mount(self) -> None:
        """Ask for the mails."""
        self.query_one(Pager).can_focus = False
        self.rows.focus()
        self._show(())
        self.ask("outbox", self._arrived)

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again."""
        if topics != {"health"}:
            self.ask("outbox", self._arrived)

    def minute(self) -> None:
        """Paint times anew."""
        self.rows.repaint()

    def relanguage(self) -> None:
        """Make all words anew."""
        super().relanguage()
        self._look()

    def _arrived(self, rows: tuple[OutboxRow, ...]) -> None:
        self.arrived = True
        self._show(rows)

    def _show(self, rows: Sequence[OutboxRow]) -> None:
        self.rows.show([Outgoing(row.id, row) for row in rows])
        self.rows.display = bool(rows)
        empty = self.query_one("#empty")
        empty.display = not rows
        empty.refresh(layout=True)
        self._look()

    def _empty(self) -> Content:
        words = _("No mail is waiting, and none went wrong.") if self.arrived else _("One moment …")
        return safe.line((words, "$text-muted"))

    def _paint(self, item: Outgoing, width: int) -> Sequence[Span]:
        row, state = item.row, term(DELIVERY, item.row.state)
        at = row.held_until if row.state == "held" else row.next_attempt or row.sent_at
        zone = self.house.health.zone if self.house.health else "UTC"
        when = moment(at, zone, self.house.core.now()) if at else ""
        who = (width - STATE - WHEN) * 2 // 5
        return [
            (fit(f"{state.sign} {state.title}", STATE), state.look),
            (fit(when, WHEN), "muted"),
            (fit(", ".join(row.to), who - 2) + "  ", "strong"),
            (row.subject, ""),
        ]

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the mail below."""
        event.stop()
        self._look()

    def _look(self) -> None:
        row = self.row
        if row is None:
            self.query_one(Pager).show(())
        else:
            self.ask("outbox_item", self._looked, id=row.id)

    def _looked(self, row: OutboxRow) -> None:
        if self.row is None or row.id != self.row.id:
            return
        told = [Paragraph(((_("To {people}", people=", ".join(row.to)), "muted"),))]
        if row.cc:
            told.append(Paragraph(((_("Cc {people}", people=", ".join(row.cc)), "muted"),)))
        told.append(Paragraph(((row.subject, "strong"),), wraps=True))
        if row.last_error:
            told.append(Paragraph(((str(row.last_error), "bad"),), wraps=True))
        told.extend([Paragraph(), Paragraph(((row.body or "", ""),), wraps=True)])
        self.query_one(Pager).show(told)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open a draft, or a mail that was taken back or failed, in the composer; anything else's thread."""
        event.stop()
        row = self.row
        if row is None or row.thread_id is None:
            return
        if row.state in ("draft", "cancelled", "failed"):
            from mailcrm.tui.screens.composer import ComposerScreen

            self.app.push_screen(ComposerScreen(row.thread_id, resumed=row))
        else:
            from mailcrm.tui.screens.thread import ThreadScreen

            self.app.push_screen(ThreadScreen(row.thread_id))

    def action_cancel(self) -> None:
        """Don't send it."""
        if self.row:
            self.house.do("outbox_cancel", id=self.row.id)

    def action_retry(self) -> None:
        """Try again now."""
        if self.row:
            self.house.do("outbox_retry", id=self.row.id)

    def action_resolve(self, how: str) -> None:
        """Decide about a mail in doubt: it was sent, or it is sent again."""
        if self.row:
            self.house.do("outbox_resolve", id=self.row.id, as_=how)
