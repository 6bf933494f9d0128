"""Why is this due, and which keys are there: the answers.

Room: tui. In: the ledger of a thread (`ExplainRow`s), the keys of the screen that was left. Out: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.queries.rows import ExplainRow
from mailcrm.tui.keys import APP_KEYS, TEXT_KEYS, Key
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.times import day_and_time
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.pager import Pager, Paragraph

__all__ = ["ExplainScreen"]

KEY_WIDTH = 16


class ExplainScreen(MailScreen[None]):
    """The ledger behind a deadline, and the keys."""

    BINDINGS: ClassVar[list[BindingType]] = []
    hints = tuple(key for key in APP_KEYS if key.id == "app.back")
    help_keys = (TEXT_KEYS,)

    def __init__(self, thread: str | None, keys: Sequence[Sequence[Key]]) -> None:
        super().__init__()
        self.about = thread
        self.tables = keys
        self.ledger: Sequence[ExplainRow] | None = None

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._head, id="head")
        yield Pager(id="told")
        yield self.bars()

    @property
    def thread_id(self) -> str | None:
        """The thread that is explained."""
        return self.about

    def on_mount(self) -> None:
        """Ask for the ledger."""
        self.query_one(Pager).focus()
        self._show()
        if self.about is not None:
            self.ask("explain", self._arrived, id=self.about)

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again."""
        if self.about is not None and topics != {"health"}:
            self.ask("explain", self._arrived, id=self.about)

    def relanguage(self) -> None:
        """Make all words anew."""
        super().relanguage()
        self._show()

    def _arrived(self, rows: Sequence[ExplainRow]) -> None:
        self.ledger = rows
        self._show()

    def _head(self, width: int) -> Content:
        title = _("Why, and which keys") if self.about else _("Which keys")
        return safe.line((title, "$text-primary bold"), width=width)

    def _show(self) -> None:
        told: list[Paragraph] = []
        zone = self.house.health.zone if self.house.health else "UTC"
        if self.about is not None:
            told.extend([Paragraph(((_("Why"), "heading"),), anchor=True), *self._reasons(zone)])
        told.append(Paragraph(((_("Keys"), "heading"),), anchor=True))
        for table in self.tables:
            told.extend(self._key(key) for key in table)
            told.append(Paragraph())
        self.query_one(Pager).show(told)

    def _reasons(self, zone: str) -> list[Paragraph]:
        if not self.ledger:
            none = _("Nothing has happened in this thread that touches a deadline.")
            words = none if self.ledger is not None else _("One moment …")
            return [Paragraph(((words, "muted"),), 2, wraps=True), Paragraph()]
        told: list[Paragraph] = []
        for row in self.ledger:
            told.append(Paragraph(((day_and_time(row.at, zone), "accent"),), 2))
            told.append(Paragraph(((str(row.rule), ""),), 4, wraps=True))
            told.append(Paragraph(((f"› {row.effect}", "strong"),), 4, wraps=True))
            told.append(Paragraph())
        return told

    def _key(self, key: Key) -> Paragraph:
        names = self.house.key_names(key.id)
        return Paragraph(((fit(names, KEY_WIDTH) + " ", "accent"), (str(key.title), "")), 2)
