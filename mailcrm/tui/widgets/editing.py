"""A field that stands in a line of a list while that line is edited.

Room: tui. In: the text that stands there. Out: `Input.Submitted` when it is to be saved, `EditField.Left` when not.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message

from mailcrm.tui.keys import EDIT_KEYS
from mailcrm.tui.widgets.safe import Field

__all__ = ["EditField"]


class EditField(Field):
    """The field; it lies in front of the list."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in EDIT_KEYS]
    DEFAULT_CSS = "EditField { layer: edit; }"

    class Left(Message):
        """The person went back without saving."""

    def lie_on(self, region: Region) -> None:
        """Lie on this part of the screen."""
        self.styles.offset = (region.x, region.y)
        self.styles.width = region.width

    def action_leave(self) -> None:
        """Go back."""
        self.post_message(self.Left())
