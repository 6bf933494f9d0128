"""A line of a form: what is asked, the field, and a remark where there is room for one.

Room: tui. In: words that are made anew at each painting. Out: a field by its id. What stands in a `Secret` is shown as dots
and goes to no clipboard.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.rowlist import CURSOR_SIGN

__all__ = ["FormRow", "Secret"]


class Secret(safe.Field):
    """A field for a password."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self.password = True

    def action_copy(self) -> None:
        """Copy nothing."""

    def action_cut(self) -> None:
        """Take the selection away, into no clipboard."""
        self.delete_selection()


class FormRow(Horizontal):
    """A label, a field and a remark."""

    DEFAULT_CSS = """
    FormRow {
        height: 1; padding: 0 1 0 0;
        & .asked { width: 14; color: $text-muted; }
        &:focus-within .asked { color: $text-accent; }
        & Field { width: 1fr; max-width: 48; margin: 0 2 0 0; }
        & .remark { width: 1fr; color: $text-muted; }
    }
    """

    def __init__(
        self,
        field: safe.Field,
        asked: Callable[[], str],
        remark: Callable[[], str] | None = None,
        *,
        id: str | None = None,  # noqa: A002  (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self.field = field
        self.asked = asked
        self.remark = remark

    def compose(self) -> ComposeResult:
        """Build the line."""
        yield safe.Line(self._asked, classes="asked")
        yield self.field
        if (remark := self.remark) is not None:
            yield safe.Line(lambda width: safe.line(remark(), width=width), classes="remark")

    def _asked(self, width: int) -> Content:
        return safe.line((CURSOR_SIGN if self.field.has_focus else " ", "$text-accent"), self.asked(), width=width)

    def on_descendant_focus(self) -> None:
        """Point to the field."""
        self.query_one(".asked").refresh()

    def on_descendant_blur(self) -> None:
        """Point to it no more."""
        self.query_one(".asked").refresh()
