"""A field of recipients, and the people who fit what is being typed.

Room: tui. In: a way to ask for people. Out: the field's text, as `domain.recipients` reads it. The list hangs below the field over what
stands there, so that nothing moves; it is there only while it has somebody to offer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from mailcrm.domain.message import Address
from mailcrm.domain.recipients import addresses, around, written
from mailcrm.queries.rows import RecipientRow
from mailcrm.tui.keys import OFFER_KEYS
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["AddressField", "Ask", "Recipients"]

Ask = Callable[[str, Callable[[Sequence[RecipientRow]], None]], None]
"""Asks for the people who fit a text, and has a function called with them."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the list."""

    key: str
    row: RecipientRow


def _paint(offer: Offer, _width: int) -> Sequence[Span]:
    row = offer.row
    company = [(f"  {row.company}", "muted")] if row.company else []
    return [(row.name or row.address, "strong"), (f"  {row.address}" if row.name else "", "accent"), *company]


class Offers(RowList[Offer], inherit_bindings=False, can_focus=False):
    """The people who fit; the field keeps the keys."""


class AddressField(safe.Field):
    """The field; its few keys move in the list that hangs below it."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in OFFER_KEYS]

    class Stroke(Message):
        """A key that concerns the list: "next", "previous", "take" or "close"."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    is_offering = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Esc to the screen while nothing is offered."""
        return self.is_offering if action == "close" else super().check_action(action, parameters)

    def action_offer(self, step: int) -> None:
        """Go on in the list, or ask for it."""
        self.post_message(self.Stroke("next" if step > 0 else "previous"))

    def action_take(self) -> None:
        """Take the line; without a list go on to the next field."""
        if self.is_offering:
            self.post_message(self.Stroke("take"))
        else:
            self.screen.focus_next()

    def action_close(self) -> None:
        """Take none."""
        self.post_message(self.Stroke("close"))


class Recipients(Vertical):
    """A label, a field with the id `name`, and its list."""

    DEFAULT_CSS = """
    Recipients { height: auto; }
    Offers {
        display: none; overlay: screen; constrain: inside inside; width: 64; max-width: 90%; margin: 0 0 0 8;
        background: $panel; scrollbar-size-vertical: 0;
        & > .look--blurred { background: $block-cursor-blurred-background; text-style: bold; }
    }
    """

    class Offering(Message):
        """The list came, changed or went: the keys mean something else."""

    def __init__(self, name: str, label: Callable[[int], Content], ask: Ask) -> None:
        super().__init__(classes=name)
        self._name = name
        self._label = label
        self._ask = ask

    def compose(self) -> ComposeResult:
        """Build the line."""
        with Horizontal(classes="row"):
            yield safe.Line(self._label, classes="label")
            yield AddressField(id=self._name)
        yield Offers(_paint)

    @property
    def field(self) -> safe.Field:
        """The field."""
        return self.query_one(AddressField)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask who fits; what wasn't typed here asks nothing."""
        text = self._typed
        if self.field.has_focus and text:
            self._look(text)
        elif event.input is self.field:
            self._offer(())

    @property
    def _typed(self) -> str:
        start, end = around(self.field.value, self.field.cursor_position)
        return self.field.value[start:end].strip()

    def _look(self, text: str) -> None:
        def arrived(rows: Sequence[RecipientRow]) -> None:
            if self.field.has_focus and self._typed == text:
                fields = self.screen.query(AddressField)
                there = {address.lower() for field in fields for address in addresses(field.value)}
                self._offer([row for row in rows if row.address not in there])

        self._ask(text, arrived)

    def _offer(self, rows: Sequence[RecipientRow]) -> None:
        offers = self.query_one(Offers)
        offers.styles.height = len(rows)
        offers.display = self.query_one(AddressField).is_offering = bool(rows)
        offers.show([Offer(row.address, row) for row in rows])
        if rows:
            offers.place(rows[0].address)
        self.post_message(self.Offering())

    def on_address_field_stroke(self, event: AddressField.Stroke) -> None:
        """Move in the list, take the line, or close it."""
        event.stop()
        offers = self.query_one(Offers)
        if event.what == "take" and offers.item is not None:
            self._take(offers.item.row)
        elif event.what in ("take", "close"):
            self._offer(())
        elif not offers.display:
            self._look(self._typed)
        elif event.what == "next":
            offers.action_cursor_down()
        else:
            offers.action_cursor_up()

    def _take(self, row: RecipientRow) -> None:
        value, field = self.field.value, self.field
        start, end = around(value, field.cursor_position)
        before, after = value[:start].rstrip(), value[end:].lstrip(" ,;，；、")
        put = f"{before}{' ' if before else ''}{written(Address(row.name, row.address))}, "
        field.put(put + after)
        field.cursor_position = len(put)
        self._offer(())

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Close the list: the keys go elsewhere."""
        self._offer(())
