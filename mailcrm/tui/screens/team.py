"""The team: who has how much open, late and promised, the worst first. What a manager looks at.

Room: tui. In: a `TeamLoad`. Out: Enter opens the worklist of the person under the cursor, with all its verbs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.queries.rows import LoadRow, TeamLoad
from mailcrm.tui.keys import APP_KEYS, LIST_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.teamlines import COUNTS, about, heading_spans, load_spans
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.pager import Pager, Paragraph
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["TeamScreen"]


@dataclass(frozen=True, slots=True)
class OneOfUs:
    """A line of the list; `row` None: the heading."""

    key: str
    row: LoadRow | None = None


class TeamScreen(MailScreen[None]):
    """A line for each of us, and below it the one under the cursor in words."""

    BINDINGS: ClassVar[list[BindingType]] = []
    hints = tuple(key for key in (*LIST_KEYS, *APP_KEYS) if key.id in {"list.open", "app.explain", "app.back"})
    help_keys = (LIST_KEYS,)

    def __init__(self) -> None:
        super().__init__()
        self.load: TeamLoad | None = None

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._head, id="head")
        yield RowList(self._paint, id="rows")
        yield Pager(id="about")
        yield self.bars()

    @property
    def rows(self) -> RowList[OneOfUs]:
        """The list."""
        return self.query_one("#rows", RowList)

    @property
    def row(self) -> LoadRow | None:
        """The one under the cursor."""
        return self.rows.item.row if self.rows.item else None

    @property
    def thread_id(self) -> str | None:
        """The thread that waits longest for the one under the cursor."""
        return self.row.worst.thread_id if self.row and self.row.worst else None

    def on_mount(self) -> None:
        """Ask how the work lies."""
        self.query_one(Pager).can_focus = False
        self.rows.focus()
        self.ask("team_load", self._arrived)

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again."""
        if topics != {"health"}:
            self.ask("team_load", self._arrived)

    def minute(self) -> None:
        """Ask again: a minute may make something late."""
        self.ask("team_load", self._arrived)

    def relanguage(self) -> None:
        """Make all words anew."""
        super().relanguage()
        self._look()

    def _arrived(self, load: TeamLoad) -> None:
        self.load = load
        self.rows.show([OneOfUs(""), *(OneOfUs(f"of:{row.name}", row) for row in load.rows)])
        self.query_one("#head").refresh()
        self._look()

    def _head(self, width: int) -> Content:
        title = safe.line((_("Team"), "$text-primary bold"), "   ")
        if self.load is None:
            return Content.assemble(title, safe.line((_("One moment …"), "$text-muted")))
        looks = {"bad": "$text-error", "warn": "$text-warning"}
        told = [
            (f"{count.word} {self.load.total[name]}", looks.get(count.look, "$text"))
            for name, count in COUNTS.items()
            if self.load.total[name] or name == "open"
        ]
        return Content.assemble(title, joined(told, width - title.cell_length))

    def _zone(self) -> str:
        return self.house.health.zone if self.house.health else self.house.core.zone()

    def _paint(self, item: OneOfUs, width: int) -> Sequence[Span]:
        if self.load is None:
            return []
        if item.row is None:
            return heading_spans(self.load, width)
        return load_spans(item.row, self.load, width, self._zone(), self.house.core.now())

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Tell of the one under the cursor."""
        event.stop()
        self._look()

    def _look(self) -> None:
        if self.load is None or self.row is None:
            return
        lines = about(self.row, self.load, self._zone(), self.house.core.now())
        if not any(row.colleague for row in self.load.rows):
            lines.append((_("No colleague is written down: `mailcrm team add NAME` adds one."), "muted"))
        self.query_one(Pager).show([Paragraph((line,), wraps=line[1] != "heading") for line in lines])

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the list of the one under the cursor."""
        event.stop()
        if self.row is not None:
            from mailcrm.tui.screens.worklist import WorklistScreen

            self.app.push_screen(WorklistScreen(owner=self.row.name or "nobody"))
