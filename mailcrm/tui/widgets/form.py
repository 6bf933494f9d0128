"""A line of a form: what is asked, the field, and a remark where there is room for one.

Room: tui. In: words that are made anew at each painting. Out: a field by its id. What stands in a `Secret` is shown as dots
and goes to no clipboard.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal

from mailcrm.tui.widgets import safe

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
        height: 1; padding: 0 1;
        & .asked { width: 13; color: $text-muted; }
        & Field { width: 1fr; max-width: 48; }
        & .remark { width: 1fr; color: $text-muted; padding: 0 0 0 2; }
    }
    """

    def __init__(
        self,
        field: safe.Field,
        asked: Callable[[], str],
        remark: Callable[[], str] = lambda: "",
        *,
        id: str = "",  # noqa: A002  (Textual's own name)
    ) -> None:
        super().__init__(id=id or None)
        self.field = field
        self.asked = asked
        self.remark = remark

    def compose(self) -> ComposeResult:
        """Build the line."""
        yield safe.Line(lambda width: safe.line(self.asked(), width=width), classes="asked")
        yield self.field
        yield safe.Line(lambda width: safe.line(self.remark(), width=width), classes="remark")
