"""A page of two lists: side by side in a wide window, one in a narrow one.

Room: tui. In: lines, made anew by `lay_out` whenever the row, the language or the width is another one. Out: the line under the cursor. The pages
of a customer and of a deal are built on this.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, Protocol, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.rowlist import Item, RowList, Span

__all__ = ["WIDE", "TwoLists"]

WIDE = 120


class PageLine(Item, Protocol):
    """A line of such a list: painted as it is."""

    @property
    def spans(self) -> Sequence[Span]:
        """What stands on it."""
        ...


LineType = TypeVar("LineType", bound=PageLine)


def _paint(line: PageLine, _width: int) -> Sequence[Span]:
    return line.spans


class TwoLists(MailScreen[None], Generic[LineType]):
    """A page. `LISTS` are the ids of the two; where there is one list only, it is the first. `HEADS` stand above them."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-slim"), (WIDE, "-wide")]  # noqa: RUF012  (Textual's own declaration)
    LISTS: ClassVar[tuple[str, str]]
    HEADS: ClassVar[tuple[str, ...]]

    def __init__(self) -> None:
        super().__init__()
        self.problem: MailcrmError | None = None

    def lists_below(self) -> ComposeResult:
        """Build the lists."""
        with Horizontal(id="columns"):
            for name in self.LISTS:
                yield RowList(_paint, id=name)

    @property
    def lists(self) -> tuple[RowList[LineType], RowList[LineType]]:
        """The two lists."""
        first, second = self.LISTS
        return self.query_one(f"#{first}", RowList), self.query_one(f"#{second}", RowList)

    @property
    def line(self) -> LineType | None:
        """The line under the cursor."""
        first, second = self.lists
        return second.item if second.has_focus else first.item

    @property
    def is_wide(self) -> bool:
        """Whether both lists have room."""
        return self.size.width >= WIDE

    def renew(self) -> None:
        """Ask for the page."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Make the lines anew, and show them."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Ask for the page."""
        self.lists[0].focus()
        self.lay_out()
        self.renew()

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again."""
        if topics != {"health"}:
            self.renew()

    def minute(self) -> None:
        """Ask again: a minute may open an office, pass a deadline, or make something late."""
        self.renew()

    def relanguage(self) -> None:
        """Make all words anew; the sentences in the rows are those of the language in which they were asked for."""
        super().relanguage()
        self.lay_out()
        self.renew()

    def on_resize(self) -> None:
        """Lay the lists out for another width."""
        self.call_after_refresh(self.lay_out)

    def missing(self, error: MailcrmError) -> None:
        """Tell why there is no page."""
        self.problem = error
        self.lay_out()

    def nothing_yet(self, width: int) -> Content:
        """Return the head of a page that is not there."""
        return safe.line((str(self.problem), "$text-error") if self.problem else _("One moment …"), width=width)

    def show_lines(self, first: Sequence[LineType], second: Sequence[LineType]) -> None:
        """Show the lines of both lists."""
        left, right = self.lists
        left.show(first)
        right.show(second)
        right.display = self.is_wide
        if not self.is_wide and right.has_focus:
            left.focus()
        for name in self.HEADS:
            self.query_one(f"#{name}").refresh()

    def zone(self) -> str:
        """Return the zone to speak in."""
        return self.house.health.zone if self.house.health else self.house.core.zone()
