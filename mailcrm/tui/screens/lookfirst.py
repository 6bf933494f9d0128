"""A look before something leaves the house: what is done, and with what answers.

Room: tui. In: a `FormRow`, its answers, and in lines what it is `about`. Out: True, or None where the person went back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.queries.rows import FormRow
from mailcrm.tui.keys import LOOK_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.pager import Pager, Paragraph

__all__ = ["LookFirst"]


class LookFirst(MailModal[bool | None]):
    """One key lets it leave."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in LOOK_KEYS]
    help_keys = (LOOK_KEYS,)

    def __init__(self, form: FormRow, given: Mapping[str, str], about: Sequence[str] = ()) -> None:
        super().__init__()
        self.about = about
        self.form = form
        self.given = given

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box"):
            yield safe.Prose(lambda: safe.block(self.form.title, "bold"), classes="title")
            yield Pager(id="given")
            yield safe.Prose(self._warning, classes="title")
            yield safe.Line(self._keys, classes="keys")

    def on_mount(self) -> None:
        """Show the answers."""
        pager = self.query_one(Pager)
        told = [Paragraph(((line, "strong"),), wraps=True) for line in self.about]
        for name, value in self.given.items():
            told.append(Paragraph(((str(self.form.questions[name]), "muted"),), wraps=True))
            told.append(Paragraph(((value, ""),), 2, wraps=True))
        pager.styles.height = min(2 * len(self.given) + len(self.about), 14)
        pager.show(told)
        pager.focus()

    def _warning(self) -> Content:
        return safe.block(_("This leaves the house."), "$text-warning bold")

    def _keys(self, width: int) -> Content:
        key = self.house.key_name
        parts = [
            (_("{key} lets it leave", key=key("look.go")), ""),
            (_("{key} goes back", key=key("look.leave")), "$text-muted"),
        ]
        return joined(parts, width)

    def action_go(self) -> None:
        """Let it leave."""
        self.dismiss(result=True)

    def action_leave(self) -> None:
        """Keep it here."""
        self.dismiss(None)
