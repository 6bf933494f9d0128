"""Outgoing mail: what waits, what left, what went wrong, and what a person can do about it.

Room: tui. In: `OutboxRow`s. Out: the outbox verbs; a draft opens in the composer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from mailcrm.domain.customer_zone import place_of
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
# The keys that do something for a mail in this state.
_MENDS = {
    "draft": ("outbox.cancel",),
    "held": ("outbox.cancel",),
    "queued": ("outbox.cancel",),
    "deferred": ("outbox.retry", "outbox.cancel"),
    "failed": ("outbox.retry", "outbox.cancel"),
    "in_doubt": ("outbox.sent", "outbox.resend"),
}


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
        told.extend(Paragraph((remark,), wraps=True) for remark in self._remarks(row))
        told.extend([Paragraph(), Paragraph(((row.body or "", ""),), wraps=True)])
        self.query_one(Pager).show(told)

    def _remarks(self, row: OutboxRow) -> list[Span]:
        """Return what is to be known of a mail: when it leaves, what went wrong, and what mends it."""
        told: list[Span] = []
        zone, now = self.house.core.zone(), self.house.core.now()
        if row.leaves_at is not None:
            told.append((self._leaves(row, moment(row.leaves_at, zone, now)), "bad" if row.in_time is False else ""))
        if row.unless_reply:
            told.append((_("It is taken back if the customer writes first."), ""))
        if row.answered_by:
            told.append((_("{who} has answered this customer since it was written.", who=row.answered_by), "warn"))
        if row.last_error:
            told.append((str(row.last_error), "bad"))
        keys = [key for key in OUTBOX_KEYS if key.id in _MENDS.get(row.state, ())]
        mends = [_("{key}: {what}", key=self.house.key_name(key.id), what=key.title) for key in keys]
        return [*told, ("  ".join(mends), "muted")] if mends else told

    def _leaves(self, row: OutboxRow, at: str) -> str:
        if row.leaves_there and row.customer_zone:
            there = moment(datetime.fromisoformat(row.leaves_there), row.customer_zone, self.house.core.now())
            place = place_of(row.customer_zone)
            at = _("{ours} our time, {theirs} at the customer's ({place})", ours=at, theirs=there, place=place)
        if row.in_time is None:
            return _("Leaves {at}.", at=at)
        return _("Leaves {at}: in time.", at=at) if row.in_time else _("Leaves {at}: too late.", at=at)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open a draft, or a mail that was taken back or failed, in the composer; anything else's thread."""
        event.stop()
        row = self.row
        if row is None or row.thread_id is None:
            return
        if row.state in ("draft", "cancelled", "failed"):
            from mailcrm.tui.screens.composer import ComposerScreen

            self.app.push_screen(ComposerScreen(row.thread_id, resumed=row.id))
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
