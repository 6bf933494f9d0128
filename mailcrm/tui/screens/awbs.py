"""The parcels under way, to be looked up one after the other: copied, tracked, and each settled by one key.

Room: tui. In: `TrackedRow`s of `sample_parcels`. Out: the verb `sample_statuses`, for the parcel under the cursor or all marked ones; a
pasted table goes to it as it is. What was looked up is marked as long as the screen stands.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import _, plural, say
from mailcrm.queries.rows import FormRow, TrackedRow
from mailcrm.tui.keys import APP_KEYS, AWB_KEYS, LIST_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.terms import PARCELS, term
from mailcrm.tui.times import day_and_time
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import Fact, fitting, joined
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["AwbScreen"]

GAP = "  "
COURIER = 9
_HINTS = ("list.open", "app.undo", "app.explain", "app.back")
_HEADINGS = ("awb", "status", "signed by")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A line."""

    key: str
    row: TrackedRow


class AwbScreen(MailScreen[None]):
    """Check these parcels."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in AWB_KEYS]
    hints = (*(key for key in AWB_KEYS if key.label), *(key for key in (*LIST_KEYS, *APP_KEYS) if key.id in _HINTS))
    help_keys = (AWB_KEYS, LIST_KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.parcels: Sequence[TrackedRow] | None = None
        self.problem: MailcrmError | None = None
        self.looked: dict[str, str] = {}
        self._widths = (0, 0)

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._head, id="facts")
        yield safe.Prose(self._empty, id="empty")
        yield RowList(self._paint, id="rows", markable=True)
        yield safe.Line(self._about, id="about")
        yield safe.Line(self._page, id="page")
        yield self.bars()

    @property
    def rows(self) -> RowList[Parcel]:
        """The list."""
        return self.query_one("#rows", RowList)

    @property
    def row(self) -> TrackedRow | None:
        """The parcel under the cursor."""
        return self.rows.item.row if self.rows.item else None

    def on_mount(self) -> None:
        """Ask for the parcels."""
        self.rows.focus()
        self._show()
        self.renew()

    def renew(self) -> None:
        """Ask for the parcels."""
        self.ask("sample_parcels", self._arrived, self._missing)

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again."""
        if topics != {"health"}:
            self.renew()

    def relanguage(self) -> None:
        """Make all words anew."""
        super().relanguage()
        self._show()

    def _arrived(self, parcels: Sequence[TrackedRow]) -> None:
        self.parcels, self.problem = parcels, None
        self._show()

    def _missing(self, error: MailcrmError) -> None:
        self.problem = error
        self._show()

    # Painting ---------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        parcels = self.parcels or ()
        self._widths = (
            max((cell_len(printable_line(row.awb)) for row in parcels), default=0),
            max((cell_len(self._days(row)) for row in parcels), default=0),
        )
        self.rows.show([Parcel(f"{row.carrier}:{row.awb}", row) for row in parcels])
        self.rows.display = bool(parcels)
        if parcels and self.focused is None:
            self.rows.focus()
        empty = self.query_one("#empty")
        empty.display = not parcels
        empty.refresh(layout=True)
        for name in ("#facts", "#about", "#page"):
            self.query_one(name).refresh()

    def _head(self, width: int) -> Content:
        title = safe.line((_("Parcels under way"), "$text-primary bold"), "   ")
        parcels = self.parcels
        if parcels is None:
            return title
        left = sum(f"{row.carrier}:{row.awb}" not in self.looked for row in parcels)
        late = sum(row.late for row in parcels)
        parts = [(plural("{count} to look up", "{count} to look up", left), "bold")] if parcels else []
        parts += [(_("late {count}", count=late), "$text-error")] if late else []
        return Content.assemble(title, joined(parts, width - title.cell_length))

    def _empty(self) -> Content:
        if self.problem is not None:
            return safe.block(self.problem, "$text-error")
        if self.parcels is None:
            return safe.line((_("One moment …"), "$text-muted"))
        return safe.line((_("No parcel is under way."), "bold"))

    def _days(self, row: TrackedRow) -> str:
        """Return how many days it is on its way, by our calendar."""
        if row.shipped_on is None:
            return ""
        today = self.house.core.now().astimezone(ZoneInfo(self._zone())).date()
        days = max((today - row.shipped_on).days, 0)
        return plural("{count} day", "{count} days", days)

    def _paint(self, item: Parcel, width: int) -> Sequence[Span]:
        row, (number, days) = item.row, self._widths
        state = term(PARCELS, row.state)
        told = self.looked.get(item.key, "")
        spans: list[Span] = [
            ("! " if row.late else f"{state.sign} ", "bad" if row.late else state.look),
            (fit(printable_line(row.carrier.upper()), COURIER), "accent"),
            (fit(printable_line(row.awb), number) + GAP, "strong"),
            (fit(self._days(row), days) + GAP, "bad" if row.late else "muted"),
            (f"✓ {told}{GAP}" if told else "", "good"),
        ]
        rest = max(width - sum(cell_len(text) for text, _look in spans), 0)
        who = rest // 2
        spans.append((fit(printable_line(row.company or ""), who - 1) + " ", ""))
        return [*spans, (fit(printable_line(" ".join(row.numbers)), rest - who), "muted")]

    def _about(self, width: int) -> Content:
        row = self.row
        if row is None:
            return safe.line("")
        state = term(PARCELS, row.state)
        facts = [Fact(0, " ".join(row.numbers), "bold"), Fact(1, str(state.title))]
        facts += [Fact(3, row.company, "$text-muted")] if row.company else []
        if row.expected is not None:
            day = day_and_time(row.expected, self._zone())
            told = _("late: expected {day}", day=day) if row.late else _("expected {day}", day=day)
            facts.append(Fact(2, told, "$text-error" if row.late else "$text-muted"))
        return fitting(facts, width)

    def _page(self, width: int) -> Content:
        row = self.row
        if row is None:
            return safe.line("")
        words = row.tracking_url or _("Nobody knows the page of this courier.")
        return safe.line((words, "$text-muted"), width=width)

    def _zone(self) -> str:
        return self.house.health.zone if self.house.health else self.house.core.zone()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Tell of the parcel under the cursor."""
        event.stop()
        for name in ("#about", "#page"):
            self.query_one(name).refresh()

    # Verbs ------------------------------------------------------------------------------------------------------

    def _chosen(self) -> list[Parcel]:
        keys = set(self.rows.chosen_keys())
        return [item for item in self.rows.items if item.key in keys]

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the page of the sample in the parcel."""
        event.stop()
        if self.row is not None:
            from mailcrm.tui.screens.dealpage import DealScreen

            self.app.push_screen(DealScreen("sample", self.row.samples[0]))

    def action_copy(self) -> None:
        """Copy the numbers of the marked parcels, or of the one under the cursor."""
        self._copy(self._chosen())

    def action_copy_all(self) -> None:
        """Copy all numbers."""
        self._copy(self.rows.items)

    def _copy(self, parcels: Sequence[Parcel]) -> None:
        if parcels:
            self.app.copy_to_clipboard("\n".join(printable_line(parcel.row.awb) for parcel in parcels))
            safe.toast(self.app, plural("{count} number copied.", "{count} numbers copied.", len(parcels)))

    def action_open(self) -> None:
        """Ask the browser for the courier's page."""
        row = self.row
        if row is None:
            return
        if row.tracking_url:
            self.house.do("open_link", url=row.tracking_url)
        else:
            safe.toast(self.app, _("Nobody knows the page of this courier."), "warning")

    def action_status(self, status: str) -> None:
        """Say what the courier's page says."""
        self._say(self._chosen(), status)

    def action_signed(self) -> None:
        """Say who signed for it."""
        from mailcrm.tui.screens.questions import QuestionsScreen

        parcels = self._chosen()
        if not parcels:
            return

        def told(answers: object) -> None:
            if isinstance(answers, dict):
                self._say(parcels, "delivered", answers["by"])

        question = {"by": _("Who signed for it?")}
        self.app.push_screen(QuestionsScreen(_("Delivered"), question, {}), told)

    def _say(self, parcels: Sequence[Parcel], status: str, by: str = "") -> None:
        if not parcels:
            return
        text = StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerows([_HEADINGS, *((parcel.row.awb, _STATUSES[status], by) for parcel in parcels)])
        word = str(term(PARCELS, status).title)
        self.looked |= {parcel.key: word for parcel in parcels}
        self.rows.unmark()
        self._words(lambda: self.rows.action_cursor_down() if len(parcels) == 1 else None)
        self.house.do("sample_statuses", otherwise=self._not_said(parcels), text=text.getvalue())

    def _words(self, then: Callable[[], None]) -> None:
        self.rows.repaint()
        self.query_one("#facts").refresh()
        then()

    def _not_said(self, parcels: Sequence[Parcel]) -> Callable[[MailcrmError], None]:
        def refused(error: MailcrmError) -> None:
            for parcel in parcels:
                self.looked.pop(parcel.key, None)
            self.rows.repaint()
            self.house.tell_error(error)

        return refused

    def action_paste(self) -> None:
        """Paste what a courier's page or a colleague's table says of many."""
        from mailcrm.tui.screens.dealform import Errand, begin_form

        asked = {"text": say("A line for each: waybill, status, day, who signed")}
        form = FormRow("sample_statuses", say("Paste what the couriers' pages say"), {}, asked)
        begin_form(self, Errand(form, lambda _outcome: self.renew(), lines=("text",)))


_STATUSES = {"delivered": "delivered", "in_transit": "in transit", "exception": "held by customs"}
