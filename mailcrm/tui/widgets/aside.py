"""Beside or under the text of a reply: what to look at, the questions as ticks, until when, the files.

Room: tui. In: checks and questions of the core's preview, the customer's other open threads. Out: the estimate and the files as typed; ticks made by hand stay with the
questions they were made for. Where nothing is to be shown, nothing stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from mailcrm.domain.checks import ASKED_AGAIN, Check, Question
from mailcrm.domain.words import _
from mailcrm.queries.rows import AlsoRow
from mailcrm.tui.times import day_and_time
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.ticks import Tick, TickList

__all__ = ["Aside"]

_DOORS = {"promise_without_date": "compose.until", "attachment_missing": "compose.attach"}
_SHARE = 5  # of the window's height, for what stands under the text


class Aside(Vertical):
    """Ticks and the two fields that answer checks. `doors`: the key of each binding that opens a field."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self.checks: Sequence[Check] = ()
        self.questions: Sequence[Question] = ()
        self.doors: dict[str, str] = {}
        self.zone = "UTC"
        self.others: Sequence[AlsoRow] = ()
        self._by_hand: dict[str, bool] = {}
        self._suggested = ("", "")  # as shown, and exactly
        self._estimate: datetime | None = None

    def compose(self) -> ComposeResult:
        """Build the lines."""
        for name in ("until", "files"):
            with Horizontal(id=f"{name}-row", classes="row"):
                yield safe.Line(partial(self._label, name), classes="label")
                yield safe.Field(id=name)
                if name == "until":
                    yield safe.Line(self._echo, id="echo")
        yield TickList(id="ticks")

    def on_mount(self) -> None:
        """Begin with nothing."""
        for name in ("until", "files"):
            self._row(name).display = False
        self._show()

    # What is typed here -----------------------------------------------------------------------------------------

    @property
    def hold(self) -> str | None:
        """The estimate for the core, None where the mail is an answer: what was suggested with its offset, or as typed."""
        if not self._row("until").display:
            return None
        typed = self._field("until").value.strip()
        shown, exact = self._suggested
        return exact if typed == shown else typed

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of the files to attach."""
        if not self._row("files").display:
            return ()
        text = self._field("files").value
        for mark in ("；", "，", ","):
            text = text.replace(mark, ";")
        return tuple(part.strip() for part in text.split(";") if part.strip())

    def hold_until(self, instant: datetime) -> None:
        """Make the mail a holding reply until `instant`."""
        shown = f"{instant.astimezone(ZoneInfo(self.zone)):%Y-%m-%d %H:%M}"
        self._suggested = (shown, instant.isoformat())
        self._row("until").display = True
        self._field("until").put(shown)
        self.echo(instant)
        self._show()

    def hold_as_typed(self, text: str) -> None:
        """Make the mail a holding reply until what somebody had begun to type."""
        self._row("until").display = True
        self._field("until").put(text)
        self._show()

    def answer_now(self) -> None:
        """Make the mail an answer again."""
        self._row("until").display = False
        self._show()

    def attach(self, paths: Sequence[str] = ()) -> None:
        """Let files be named."""
        self._row("files").display = True
        if paths:
            self._field("files").put("; ".join(paths))
        self._show()

    def go_to(self, name: str) -> None:
        """Put the cursor into "until", "files" or "ticks"."""
        self.query_one(f"#{name}").focus()

    # What is shown here -----------------------------------------------------------------------------------------

    def look_at(self, checks: Sequence[Check], questions: Sequence[Question]) -> None:
        """Show what was noticed, and the questions."""
        self.checks, self.questions = checks, questions
        self._show()

    def offer(self, others: Sequence[AlsoRow]) -> None:
        """Show the customer's other open threads: a tick says that the mail answers one of them too."""
        self.others = others
        self._show()

    @property
    def also(self) -> tuple[str, ...]:
        """The newest mails shown of the threads that are ticked."""
        return tuple(row.shown for row in self.others if self._by_hand.get(row.shown, False))

    def tick(self, threads: Sequence[str]) -> None:
        """Tick these threads ("t15"), or those with these mails ("m34"), as a draft of it was left."""
        self._by_hand |= {row.shown: True for row in self.others if {row.shown, row.thread_id} & {*threads}}
        self._show()

    @property
    def ticks(self) -> dict[str, bool]:
        """The questions that a person ticked by hand, or not."""
        others = {row.shown for row in self.others}
        return {text: ticked for text, ticked in self._by_hand.items() if text not in others}

    def restore(self, ticks: Mapping[str, bool], also: Sequence[str]) -> None:
        """Set the ticks as a draft was left."""
        self._by_hand |= ticks
        self.tick(also)

    def echo(self, estimate: datetime | None) -> None:
        """Tell the estimate as an instant."""
        self._estimate = estimate
        self.query_one("#echo").refresh()

    @property
    def has_ticks(self) -> bool:
        """Whether there is something to tick."""
        return bool(self.questions or self.others)

    def lay_out(self, *, wide: bool, height: int) -> None:
        """Take the room that there is: all of it beside the text, a few lines under it."""
        ticks = self.query_one(TickList)
        ticks.styles.height = "1fr" if wide else min(len(ticks.items), max(height // _SHARE - 1, 3))

    def on_tick_list_ticked(self, event: TickList.Ticked) -> None:
        """Turn a tick over."""
        event.stop()
        asked = next((one for one in self.questions if one.text == event.key), None)
        ticked = self._by_hand.get(event.key, False) if asked is None else self._is_ticked(asked)
        self._by_hand[event.key] = not ticked
        self._show()

    def _show(self) -> None:
        ticks = self.query_one(TickList)
        ticks.look_at(
            [*map(self._notice, self.checks), *map(self._tick, self.questions), *map(self._other, self.others)]
        )
        self.display = ticks.display or any(self._row(name).display for name in ("until", "files"))

    def _notice(self, check: Check) -> Tick:
        sign = "!" if check.code in ASKED_AGAIN else "?"
        return Tick(str(check.detail), sign=sign, stroke=self.doors.get(_DOORS.get(check.code, ""), ""))

    def _tick(self, question: Question) -> Tick:
        return Tick(question.text, question.text, self._is_ticked(question))

    def _other(self, row: AlsoRow) -> Tick:
        words = _("it answers “{subject}” too, due {due}", subject=row.subject, due=day_and_time(row.due, self.zone))
        return Tick(words, row.shown, self._by_hand.get(row.shown, False))

    def _is_ticked(self, question: Question) -> bool:
        return self._by_hand.get(question.text, question.answered)

    def _label(self, name: str, _width: int) -> Content:
        words = _("Until") if name == "until" else _("Files")
        return safe.line((words, "$text-muted"))

    def _echo(self, width: int) -> Content:
        if self._estimate is None:
            return safe.line("")
        words = _("{when}, our time", when=day_and_time(self._estimate, self.zone))
        return safe.line((words, "$text-secondary"), width=width)

    def _row(self, name: str) -> Horizontal:
        return self.query_one(f"#{name}-row", Horizontal)

    def _field(self, name: str) -> safe.Field:
        return self.query_one(f"#{name}", safe.Field)
