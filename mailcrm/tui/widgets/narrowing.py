"""A field above a list: what is typed there narrows the list.

Room: tui. In: words. Out: `Input.Changed` with each letter, `Input.Submitted` for back into the list with the words kept, and
`NarrowField.Left` for without them.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from mailcrm.tui.keys import NARROW_KEYS
from mailcrm.tui.widgets.safe import Field

__all__ = ["NarrowField"]


class NarrowField(Field):
    """The field."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in NARROW_KEYS]

    class Left(Message):
        """The person wants everything again."""

    def action_leave(self) -> None:
        """Go back without the words."""
        self.post_message(self.Left())
