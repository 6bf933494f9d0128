"""Looking at a mail while it is written, and once more before it leaves.

Room: tui. In: what is typed (`_written`), the core's preview of it when typing pauses. Out: checks and questions in the `Aside`; `_send`
where nothing is open, or a person was asked and sends all the same. The composer is built on this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from textual.timer import Timer
from textual.widgets import Input, TextArea

from mailcrm.domain.checks import ASKED_AGAIN, Check
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _
from mailcrm.queries.rows import Preview
from mailcrm.tui.keys import COMPOSE_KEYS, OFFER_KEYS, TICK_KEYS, Key
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.aside import Aside
from mailcrm.tui.widgets.bars import Bars
from mailcrm.tui.widgets.recipients import AddressField, Recipients
from mailcrm.tui.widgets.ticks import TickList

__all__ = ["WIDE", "LookingScreen"]

WIDE = 120
TALL = 30
TYPING_SECONDS = 0.3


class LookingScreen(MailScreen[None]):
    """A screen on which a mail is written; it has a `Writing`, an `Aside` and `Bars`."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-slim"), (WIDE, "-wide")]  # noqa: RUF012  (Textual's own declaration)

    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-low"), (TALL, "-tall")]  # noqa: RUF012  (Textual's own declaration)

    def __init__(self, thread: str) -> None:
        super().__init__()
        self.about = thread
        self._asked_about: Sequence[Check] = ()
        self._typing: Timer | None = None
        self._sending = False

    def _typed(self) -> tuple[str, ...]:
        """Return all that stands in the fields."""
        raise NotImplementedError

    def _written(self) -> Mapping[str, Any]:
        """Return the mail as the core takes it, for a look or to write it."""
        raise NotImplementedError

    def _send(self) -> None:
        """Let the mail go."""
        raise NotImplementedError

    def _say(self, words: str) -> None:
        """Tell the person below the text."""
        raise NotImplementedError

    def _look_once_more(self) -> None:
        """Look at what stands here now, then send it, or ask."""
        self._sending = True
        self._look()

    @property
    def is_low(self) -> bool:
        """Whether there is little room: the text must have most of it."""
        return self.size.height < TALL

    @property
    def aside(self) -> Aside:
        """What to look at."""
        return self.query_one(Aside)

    @property
    def hints(self) -> Sequence[Key]:  # type: ignore[override]  # the keys of the moment
        """The keys that help now."""
        if isinstance(self.focused, TickList):
            return TICK_KEYS
        if isinstance(self.focused, AddressField) and self.focused.is_offering:
            return OFFER_KEYS
        by_id = {key.id.partition(".")[2]: key for key in COMPOSE_KEYS}
        codes = {check.code for check in self.aside.checks}
        wanted = {
            "until": "promise_without_date" in codes or self.aside.hold is not None,
            "attach": "attachment_missing" in codes,
            "ticks": self.aside.has_ticks,
        }
        order = ("send", "until", "attach", "ticks", "template", "leave", "later", "discard", "editor")
        return [by_id[name] for name in order if wanted.get(name, True)]

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Look again when typing pauses."""
        event.stop()
        self._look_soon()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look again when typing pauses."""
        event.stop()
        self._look_soon()

    def _look_soon(self) -> None:
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_SECONDS, self._look)

    def _look(self) -> None:
        asked = self._typed()
        written = self._written()
        self.ask("preview", lambda preview: self._looked(asked, preview), self._unseen, thread=self.about, **written)
        if written["hold"]:
            self.ask("estimate", self.aside.echo, lambda _error: self.aside.echo(None), text=written["hold"])

    def _looked(self, asked: tuple[str, ...], preview: Preview) -> None:
        if asked != self._typed():
            self._look_soon()
            return
        self._show_checks(preview)
        if self._sending:
            self._sending = False
            self._send_or_ask()

    def _send_or_ask(self) -> None:
        opened = self._open()
        if opened and opened != self._asked_about:
            self._asked_about = opened
            self._say(
                _(
                    "Look at the lines marked “!”. {key} again sends it all the same.",
                    key=self.house.key_name("compose.send"),
                )
            )
        else:
            self._send()

    def _unseen(self, error: MailcrmError) -> None:
        if self._sending:
            self._sending = False
            self._say(str(error))

    def _show_checks(self, preview: Preview) -> None:
        self.aside.look_at(preview.checks, preview.questions)
        self._lay_out()
        if self._asked_about and self._asked_about != self._open():
            self._asked_about = ()
            self._say("")

    def _open(self) -> Sequence[Check]:
        return [check for check in self.aside.checks if check.code in ASKED_AGAIN]

    def _lay_out(self) -> None:
        self.aside.lay_out(wide=self.size.width >= WIDE, height=self.size.height)
        self.query_one(Bars).renew()

    def on_resize(self) -> None:
        """Put what to look at beside the text, or under it."""
        self._lay_out()

    def on_recipients_offering(self, event: Recipients.Offering) -> None:
        """Tell the keys of the list, or those of the mail again."""
        event.stop()
        self.query_one(Bars).renew()

    def on_descendant_focus(self) -> None:
        """Tell the keys of where the cursor is."""
        self._lay_out()

    def relanguage(self) -> None:
        """Make all words anew, those of the checks too."""
        super().relanguage()
        self.aside.look_at(self.aside.checks, self.aside.questions)

    def action_ticks(self) -> None:
        """Go to the customer's questions, or back to the text."""
        if self.aside.has_ticks and not isinstance(self.focused, TickList):
            self.aside.go_to("ticks")
        else:
            self.query_one(safe.Writing).focus()

    def action_until(self) -> None:
        """Make it a holding reply until the day that the text names, or an answer again."""
        if self.aside.hold is not None:
            self.aside.answer_now()
            self.query_one(safe.Writing).focus()
            self._look_soon()
            self._lay_out()
        else:
            self.ask("preview", self._promised, self._untold, thread=self.about, **self._written())

    def _promised(self, preview: Preview) -> None:
        """Hold until what the text names, else until the usual estimate."""
        if preview.promised is not None:
            self._hold(preview.promised)
        else:
            self.ask("estimate", self._hold, self._untold, text="")

    def _untold(self, error: MailcrmError) -> None:
        self._say(str(error))

    def _hold(self, instant: datetime) -> None:
        self.aside.hold_until(instant)
        self.aside.go_to("until")
        self._lay_out()

    def action_attach(self) -> None:
        """Name files to attach."""
        self.aside.attach()
        self.aside.go_to("files")
