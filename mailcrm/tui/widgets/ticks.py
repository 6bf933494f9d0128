"""What a person looks at before a mail leaves: what was noticed in it, then ticks.

Room: tui. In: notices and ticks in groups: the customer's questions, whatever else is to be ticked. Out: `Ticked`, with the key of a
tick. The cursor passes over notices; without ticks nothing here takes the focus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from mailcrm.tui.keys import TICK_KEYS
from mailcrm.tui.widgets.rowlist import RowList, Span
from mailcrm.tui.widgets.safe import Writing

__all__ = ["Tick", "TickList"]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line. With `key` it can be ticked; without, it is a notice behind `sign`; `stroke` is the key that mends it."""

    words: str
    key: str = ""
    ticked: bool = False
    sign: str = "!"
    stroke: str = ""


def _paint(tick: Tick, _width: int) -> Sequence[Span]:
    if not tick.key:
        return [(f"{tick.sign} ", "warn"), (f"{tick.stroke} " if tick.stroke else "", "accent"), (tick.words, "")]
    return [
        ("[x] " if tick.ticked else "[ ] ", "good" if tick.ticked else "accent"),
        (tick.words, "muted" if tick.ticked else ""),
    ]


class TickList(RowList[Tick], inherit_bindings=False):
    """Notices and ticks, one a line; its few keys are its own."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in TICK_KEYS]

    class Ticked(Message):
        """A person ticks a line, or takes the tick away."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(_paint, id=id)
        self.can_focus = False

    def look_at(self, ticks: Sequence[Tick]) -> None:
        """Show `ticks`, or nothing at all where there are none."""
        self.can_focus = any(tick.key for tick in ticks)
        self.display = bool(ticks)
        self.show(ticks)
        if not self.has_focus:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def _painted(self, item: Tick, width: int, *, cursor: bool, marked: bool) -> Strip:
        """Paint a line; the cursor is seen only while the keys come here."""
        return super()._painted(item, width, cursor=cursor and self.has_focus, marked=marked)

    def action_mark(self) -> None:
        """Tick the line, and go on."""
        if self.key:
            self.post_message(self.Ticked(self.key))
            self.action_cursor_down()

    def action_leave(self) -> None:
        """Go back to the text."""
        self.screen.set_focus(self.screen.query_one(Writing))
