"""The holding reply: why it takes longer, until when, and the mail as it will leave.

Room: tui. In: the core's default estimate and its preview of the mail. Out: a mail in its undo window. `h 2 Enter` is all
it takes; keys that come before the preview are kept until it is there. What the core refuses is told here, in place. Of many
(`hold_many`) one is changed here: then what was chosen is handed back, and nothing leaves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _
from mailcrm.queries.rows import Preview
from mailcrm.tui.keys import HOLD_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.screens.questions import QuestionsScreen
from mailcrm.tui.terms import REASONS
from mailcrm.tui.times import day_and_time
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.pager import Pager, Paragraph
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["Chosen", "HoldScreen"]

TYPING_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a holding reply says: its reason, until when (as the core takes it), the answers to its template's questions."""

    reason: str
    hold: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of the list of reasons."""

    key: str
    number: int


def _paint(reason: Reason, width: int) -> Sequence[Span]:
    return [(f"{reason.number} ", "accent"), (fit(str(REASONS[reason.key].title), width - 2), "")]


class HoldScreen(MailModal[Chosen | None]):
    """Tell the customer in time, and until when; with `chosen` what one of many says is changed, and nothing is sent."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in HOLD_KEYS]
    help_keys = (HOLD_KEYS,)

    def __init__(self, thread: str, chosen: Chosen | None = None) -> None:
        super().__init__()
        self.about = thread
        self.chosen = chosen
        self.preview: Preview | None = None
        self._refused_for: tuple[str, str] | None = None
        self.note = ""
        self._estimate: datetime | None = None
        self._suggested: tuple[str, str] = ("", "")  # as shown, and exactly
        self._shown_for: tuple[str, str] | None = None
        self._answers: dict[str, str] = dict(chosen.answers) if chosen else {}
        self._sending = False
        self._done = False
        self._typing: Timer | None = None

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box tall"):
            yield safe.Line(self._title, classes="title")
            yield RowList(_paint, id="reasons")
            with Horizontal(classes="row"):
                yield safe.Line(lambda _width: safe.line((_("Until"), "$text-muted")), classes="label")
                yield safe.Field(id="estimate")
            yield safe.Line(self._echo, id="echo")
            yield safe.Prose(lambda: safe.block(self.note, "$text-error"), id="note")
            yield Pager(id="sample")
            yield safe.Line(self._keys, classes="keys")

    def on_mount(self) -> None:
        """Show the reasons, ask for the default estimate."""
        rows = self.query_one(RowList)
        rows.styles.height = len(REASONS)
        rows.show([Reason(code, number) for number, code in enumerate(REASONS, 1)])
        rows.focus()
        if self.chosen:
            rows.place(self.chosen.reason)
        self.query_one(Pager).can_focus = False
        self.ask("estimate", self._default, self._refused, text=self.chosen.hold if self.chosen else "")

    @property
    def text(self) -> str:
        """The estimate as typed."""
        return self.query_one(safe.Field).value.strip()

    @property
    def promise(self) -> str:
        """The estimate for the core: what was suggested with its offset, what was typed as it stands."""
        shown, exact = self._suggested
        return exact if self.text == shown else self.text

    @property
    def reason(self) -> str:
        """The reason under the cursor."""
        return self.query_one(RowList).key

    def _zone(self) -> str:
        return self.house.health.zone if self.house.health else "UTC"

    def _default(self, estimate: datetime) -> None:
        if not self.text:
            self._estimate = estimate
            shown = f"{estimate.astimezone(ZoneInfo(self._zone())):%Y-%m-%d %H:%M}"
            self._suggested = (shown, estimate.isoformat())
            self.query_one(safe.Field).put(shown)

    # Painting ---------------------------------------------------------------------------------------------------

    def _title(self, width: int) -> Content:
        to = ", ".join(one.name or one.address for one in self.preview.to) if self.preview else "…"
        return safe.line((_("Holding reply to {people}", people=to), "bold"), width=width)

    def _echo(self, width: int) -> Content:
        if self._estimate is None:
            return safe.line("")
        words = _("{when}, our time", when=day_and_time(self._estimate, self._zone()))
        return safe.line((words, "$text-secondary"), width=width)

    def _keys(self, width: int) -> Content:
        name = self.house.key_name
        told = [
            _("{key} takes it", key=name("hold.send")) if self.chosen else _("{key} sends it", key=name("hold.send")),
            _("1 to 5 choose the reason"),
            _("{key} changes the estimate", key=name("hold.estimate")),
            _("{key} goes back", key=name("hold.leave")),
        ]
        return joined([(words, "$text-muted") for words in told], width)

    def _say(self, words: str) -> None:
        self.note = words
        note = self.query_one("#note")
        note.display = bool(words)
        note.refresh(layout=True)

    # The preview ------------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look again when typing pauses."""
        event.stop()
        self._shown_for = None
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_SECONDS, self._look)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Look again for another reason."""
        event.stop()
        self._look()

    def _look(self) -> None:
        if not self.text:
            self._estimate = None
            self.query_one("#echo").refresh()
            self.query_one(Pager).show(())
            return
        asked = (self.text, self.reason)
        self.ask("estimate", self._echoed, lambda _error: None, text=self.promise)
        self.ask(
            "preview",
            lambda preview: self._looked(asked, preview),
            self._refused,
            thread=self.about,
            variables=dict(self._answers),
            hold=self.promise,
            reason=self.reason,
        )

    def _echoed(self, estimate: datetime) -> None:
        self._estimate = estimate
        self.query_one("#echo").refresh()

    def _looked(self, asked: tuple[str, str], preview: Preview) -> None:
        if asked != (self.text, self.reason):
            return
        self.preview, self._shown_for = preview, asked
        if asked != self._refused_for:  # a second look at the same mail leaves the refusal in sight
            self._say("")
        self.query_one(Pager).show([Paragraph(((preview.body, ""),), wraps=True)])
        self.query_one(".title").refresh()
        if self._sending:
            self._send()

    def _refused(self, error: MailcrmError) -> None:
        self._sending = self._done = False
        self._refused_for = (self.text, self.reason)
        self._say(str(error))

    # Sending ----------------------------------------------------------------------------------------------------

    def action_reason(self, number: int) -> None:
        """Choose a reason by its digit."""
        self.query_one(RowList).place(list(REASONS)[number - 1])

    def action_estimate(self) -> None:
        """Go to the estimate, or back to the reasons."""
        field = self.query_one(safe.Field)
        (self.query_one(RowList) if field.has_focus else field).focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter in the list sends."""
        event.stop()
        self.action_send()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the estimate sends."""
        event.stop()
        self.action_send()

    def action_send(self) -> None:
        """Send what is shown; where the preview is still on the way, as soon as it is there."""
        if self._done:
            return
        self._sending = True
        if self.preview is not None:
            if self._shown_for == (self.text, self.reason) or not self.text:
                self._send()
            else:
                self._look()

    def _send(self) -> None:
        preview = self.preview
        self._sending = False
        if preview is None:
            return
        if preview.missing:
            self.app.push_screen(QuestionsScreen(_("Holding reply"), preview.missing, self._answers), self._answered)
            return
        self._done = True
        if self.chosen:
            self.dismiss(Chosen(self.reason, self.promise, dict(self._answers)))
            return
        self.house.do(
            "reply",
            lambda _outcome: self._close(),
            self._refused,
            thread=self.about,
            mode="queue",
            variables=dict(self._answers),
            hold=self.promise,
            reason=self.reason,
            seen_until=preview.seen_until,
        )

    def _answered(self, answers: Mapping[str, str] | None) -> None:
        if answers is not None:
            self._answers.update(answers)
            self._sending = True
            self._look()

    def _close(self) -> None:
        if self.is_current:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Send nothing."""
        self.dismiss(None)
