"""A look before something leaves the house: the mail itself, as it would leave now.

Room: tui. In: a `FormRow`, its answers as arguments, and in lines what it is `about`. Out: True; the error where the core refuses; None where
the person went back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.message import Address
from mailcrm.domain.recipients import written
from mailcrm.domain.words import _
from mailcrm.queries.rows import FormRow, LeavingRow, Person
from mailcrm.tui.conversation import size_words
from mailcrm.tui.keys import LOOK_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.pager import Pager, Paragraph

__all__ = ["LookFirst"]

AIR = 5  # the border of the box, and what stands between its parts
SHARE = 92  # percent of the window that a box takes at most, as in mailcrm.tcss
LEAST = 4


class LookFirst(MailModal[bool | MailcrmError | None]):
    """One key lets it leave."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in LOOK_KEYS]
    help_keys = (LOOK_KEYS,)

    def __init__(self, form: FormRow, given: Mapping[str, object], about: Sequence[str] = ()) -> None:
        super().__init__()
        self.about = about
        self.form = form
        self.given = given
        self.leaving: LeavingRow | None = None

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box"):
            yield safe.Prose(lambda: safe.block(self.form.title, "bold"), classes="title")
            yield Pager(id="given")
            yield safe.Prose(self._warning, classes="title")
            yield safe.Line(self._keys, classes="keys")

    def on_mount(self) -> None:
        """Ask for the mail."""
        self._show()
        self.query_one(Pager).focus()
        self.ask("leaving", self._arrived, self._refused, verb=self.form.verb, **self.form.arguments, **self.given)

    def _refused(self, error: MailcrmError) -> None:
        self.dismiss(error)

    def _arrived(self, leaving: LeavingRow) -> None:
        self.leaving = leaving
        self._show()
        self.call_after_refresh(self._show)  # what stands around it may have lain nowhere yet

    def on_resize(self) -> None:
        """Take the room that there is."""
        self.call_after_refresh(self._show)

    def relanguage(self) -> None:
        """Make all words anew."""
        super().relanguage()
        self._show()

    def _show(self) -> None:
        pager = self.query_one(Pager)
        told = [*(Paragraph(((line, "strong"),), wraps=True) for line in self.about), Paragraph()]
        if self.leaving is None:
            told.append(Paragraph(((_("One moment …"), "muted"),)))
        else:
            told.extend(_mail(self.leaving))
        pager.show(told)
        around = sum(part.outer_size.height for part in self.query(".title, .keys")) + AIR
        pager.styles.height = max(min(pager.virtual_size.height, self.size.height * SHARE // 100 - around), LEAST)
        self.query_one(".keys").refresh()

    def _warning(self) -> Content:
        return safe.block(_("This leaves the house."), "$text-warning bold")

    def _keys(self, width: int) -> Content:
        key = self.house.key_name
        parts = [(_("{key} goes back", key=key("look.leave")), "$text-muted")]
        if self.leaving is not None:
            parts.insert(0, (_("{key} lets it leave", key=key("look.go")), ""))
        return joined(parts, width)

    def action_go(self) -> None:
        """Let it leave, once it was there to be looked at."""
        if self.leaving is not None:
            self.dismiss(result=True)

    def action_leave(self) -> None:
        """Keep it here."""
        self.dismiss(None)


def _mail(row: LeavingRow) -> Iterator[Paragraph]:
    """Yield the head, the files and the text of a mail."""
    head = ((_("To"), _people(row.to)), (_("Cc"), _people(row.cc)), (_("Subject"), row.subject))
    for label, value in head:
        if value:
            yield Paragraph(((f"{label}  {value}", ""),), wraps=True)
    for name, size in row.files:
        yield Paragraph(((f"@ {name}  {size_words(size)}", "accent"),), wraps=True)
    yield Paragraph()
    yield Paragraph(((row.body, ""),), wraps=True)


def _people(people: tuple[Person, ...]) -> str:
    return ", ".join(written(Address(one.name, one.address)) for one in people)
