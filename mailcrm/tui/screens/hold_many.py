"""Holding replies for many: one list to look through, one reason and one day for all, each row changed or left out alone.

Room: tui. In: threads, the core's holding replies for them. Out: a mail in its undo window for every row that is left in; one `u` takes
all of them back. True where they left. A row that the core refuses says why and stays behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import HoldRow
from mailcrm.tui.keys import HOLD_KEYS, MANY_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.screens.hold import TYPING_SECONDS, Chosen, HoldScreen
from mailcrm.tui.terms import REASON_NAMES
from mailcrm.tui.times import day_and_time
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.holdlist import HoldItem, HoldList
from mailcrm.tui.widgets.pager import Pager, Paragraph
from mailcrm.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from mailcrm.core.facade import Outcome

__all__ = ["HoldManyScreen"]


class HoldManyScreen(MailModal[bool]):
    """Tell many customers in time, and until when."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*HOLD_KEYS, *MANY_KEYS)]
    help_keys = (HOLD_KEYS, MANY_KEYS)

    def __init__(self, threads: Sequence[str]) -> None:
        super().__init__()
        self.reason = next(iter(REASON_NAMES))
        self.items = [HoldItem(thread, self.reason) for thread in threads]
        self.note = ""
        self._suggested = ("", "")  # as shown, and exactly
        self._estimate: datetime | None = None
        self._sending = False
        self._busy = False
        self._typing: Timer | None = None

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box tall"):
            yield safe.Line(self._title, classes="title")
            yield safe.Line(self._reasons, id="reasons")
            with Horizontal(classes="row"):
                yield safe.Line(lambda _width: safe.line((_("Until"), "$text-muted")), classes="label")
                yield safe.Field(id="estimate")
                yield safe.Line(self._echo, id="echo")
            yield HoldList(self.house.core.zone, self.house.core.now, id="many")
            yield safe.Prose(lambda: safe.block(self.note, "$text-error"), id="note")
            yield Pager(id="sample")
            yield safe.Line(self._keys, classes="keys")

    def on_mount(self) -> None:
        """Show the rows, ask for the default estimate."""
        self.query_one(Pager).can_focus = False
        self._show()
        self.query_one(HoldList).focus()
        self.ask("estimate", self._default, self._refused, text="")

    def _default(self, estimate: datetime) -> None:
        if not self._field.value:
            shown = f"{estimate.astimezone(ZoneInfo(self._zone)):%Y-%m-%d %H:%M}"
            self._suggested = (shown, estimate.isoformat())
            self._field.put(shown)
            self._look()

    @property
    def _field(self) -> safe.Field:
        return self.query_one("#estimate", safe.Field)

    @property
    def _zone(self) -> str:
        return self.house.core.zone()

    @property
    def hold(self) -> str:
        """The estimate for all, for the core: what was suggested with its offset, what was typed as it stands."""
        typed, (shown, exact) = self._field.value.strip(), self._suggested
        return exact if typed == shown else typed

    # Painting ---------------------------------------------------------------------------------------------------

    def _title(self, width: int) -> Content:
        count = len(self._leaving())
        words = plural("Holding reply to {count} customer", "Holding replies to {count} customers", count)
        return safe.line((words, "bold"), width=width)

    def _reasons(self, width: int) -> Content:
        parts: list[tuple[str, str]] = []
        for number, (code, name) in enumerate(REASON_NAMES.items(), 1):
            chosen = code == self.reason
            parts += [
                ("  " if parts else "", ""),
                (f"[{number} {name}]" if chosen else f"{number} {name}", "bold" if chosen else "$text-muted"),
            ]
        return safe.line(*parts, width=width)

    def _echo(self, width: int) -> Content:
        if self._estimate is None:
            return safe.line("")
        words = _("{when}, our time", when=day_and_time(self._estimate, self._zone))
        return safe.line((words, "$text-secondary"), width=width)

    def _keys(self, width: int) -> Content:
        name = self.house.key_name
        told = [
            _("{key} sends all", key=name("hold.send")),
            _("{key} leaves one out", key=name("many.leave_out")),
            _("{key} changes one", key=name("many.change")),
            _("1 to 5 choose the reason"),
            _("{key} changes the estimate", key=name("hold.estimate")),
            _("{key} goes back", key=name("hold.leave")),
        ]
        return joined([(words, "$text-muted") for words in told], width)

    def _show(self) -> None:
        self.query_one(HoldList).show(self.items)
        for part in ("#reasons", ".title", "#echo"):
            self.query_one(part).refresh()
        self._show_sample()

    def _show_sample(self) -> None:
        item = self.query_one(HoldList).item
        told: list[Paragraph] = []
        if item is not None and item.row is not None:
            if item.problem:
                told.append(Paragraph(((item.problem, "warn"),), wraps=True))
            if item.row.preview is not None:
                told.append(Paragraph(((item.row.preview.body, ""),), wraps=True))
        self.query_one(Pager).show(told)

    def _say(self, words: str) -> None:
        self.note = words
        note = self.query_one("#note")
        note.display = bool(words)
        note.refresh(layout=True)

    # Looking ----------------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look again when typing pauses."""
        event.stop()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_SECONDS, self._look)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the mail under the cursor."""
        event.stop()
        self._show_sample()

    def _look(self) -> None:
        """Ask for all the mails as they would leave; an estimate that is none is told before."""
        if not any(self._suggested):  # the default is still on its way, and looks itself
            return
        asked = self._requests()
        self.ask("estimate", lambda estimate: self._estimated(asked, estimate), self._refused, text=self.hold or " ")

    def _estimated(self, asked: Sequence[Any], estimate: datetime) -> None:
        self._estimate = estimate
        self._say("")
        self.ask("holds", lambda rows: self._looked(asked, rows), self._refused, requests=asked)

    def _looked(self, asked: Sequence[Any], rows: Sequence[HoldRow]) -> None:
        if asked != self._requests():
            return
        self.items = [replace(item, row=row) for item, row in zip(self.items, rows, strict=True)]
        self._show()
        if self._sending:
            self._send()

    def _requests(self) -> list[dict[str, Any]]:
        return [
            {"thread": item.key, "hold": item.hold or self.hold, "reason": item.reason, "variables": dict(item.answers)}
            for item in self.items
        ]

    def _refused(self, error: MailcrmError) -> None:
        self._sending = self._busy = False
        self._estimate = None
        self._say(str(error))
        self._show()

    # Changing ---------------------------------------------------------------------------------------------------

    def action_reason(self, number: int) -> None:
        """Choose a reason for all, those that were changed alone too."""
        self.reason = list(REASON_NAMES)[number - 1]
        self.items = [replace(item, reason=self.reason) for item in self.items]
        self._show()
        self._look()

    def action_estimate(self) -> None:
        """Go to the estimate for all, or back to the rows."""
        (self.query_one(HoldList) if self._field.has_focus else self._field).focus()

    def on_hold_list_marked(self, event: HoldList.Marked) -> None:
        """Leave the row out, or take it in again."""
        event.stop()
        self.action_leave_out()

    def action_leave_out(self) -> None:
        """Leave the row under the cursor out, or take it in again, and go on."""
        rows = self.query_one(HoldList)
        if rows.item is not None:
            self._change(rows.key, left_out=not rows.item.left_out)
        rows.action_cursor_down()

    def action_change(self) -> None:
        """Change reason, estimate or answers of the row under the cursor only."""
        item = self.query_one(HoldList).item
        if item is None:
            return
        common = self.hold

        def taken(own: Chosen | None) -> None:
            if own is not None:
                hold = None if own.hold == common else own.hold
                self._change(item.key, reason=own.reason, hold=hold, answers=own.answers, changed=True, left_out=False)
                self._look()

        self.app.push_screen(HoldScreen(item.key, Chosen(item.reason, item.hold or common, item.answers)), taken)

    def _change(self, key: str, **changes: Any) -> None:  # noqa: ANN401  (the fields of HoldItem)
        self.items = [replace(item, **changes) if item.key == key else item for item in self.items]
        self._show()

    # Sending ----------------------------------------------------------------------------------------------------

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter in the list sends."""
        event.stop()
        self.action_send()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the estimate sends."""
        event.stop()
        self.action_send()

    def action_send(self) -> None:
        """Send all that are left in; where they are still on the way, as soon as they are here."""
        if not self._busy:
            self._sending = True
            self._look()

    def _leaving(self) -> list[HoldItem]:
        return [item for item in self.items if item.leaves]

    def _send(self) -> None:
        self._sending = False
        seen = {item.key: item.row.preview.seen_until for item in self._leaving() if item.row and item.row.preview}
        if not seen:
            self._say(_("Nobody is left to write to: take a row in, or go back."))
            return
        self._busy = True
        many = [
            {**request, "mode": "queue", "seen_until": seen[request["thread"]]}
            for request in self._requests()
            if request["thread"] in seen
        ]
        self.house.do_all("reply", many, lambda last: self._sent(list(seen), last), self._refused)

    def _sent(self, order: Sequence[str], last: Outcome) -> None:
        """Close; where one in the middle failed, keep what comes from there on."""
        done = order[: order.index(last.row.thread_id) + 1]
        self.items = [item for item in self.items if item.key not in done]
        self._busy = False
        if len(done) == len(order) and self.is_attached:
            self.dismiss(result=True)
        elif self.is_attached:
            self._show()

    def action_leave(self) -> None:
        """Send nothing."""
        self.dismiss(result=False)
