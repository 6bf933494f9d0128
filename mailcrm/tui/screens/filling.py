"""What a template asks, all in one form, with the mail that comes of it beside it where the window is wide.

Room: tui. In: a template in one language, what is known, who keeps half an answer. Out: variable → answer, of which the core has made a mail; None where the
person went back. What the core can't use is told beside its question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Input

from mailcrm.domain.errors import MailcrmError, TemplateError
from mailcrm.domain.words import _
from mailcrm.queries.rows import Preview, TemplateRow
from mailcrm.tui.screens.questions import QuestionsScreen
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.pager import Pager, Paragraph

__all__ = ["FillScreen", "stand_ins"]

WIDE = 100
LOOK_SECONDS = 0.15


def stand_ins(template: TemplateRow, names: Iterable[str], now: datetime) -> dict[str, str]:
    """Return something for each of the variables that are not answered yet, so that the mail can be seen: dots, or today."""
    samples = {"date": f"{now:%Y-%m-%d}", "moment": now.isoformat(), "number": "1"}
    return {name: samples.get(template.kinds.get(name, ""), "…") for name in names}


class FillScreen(QuestionsScreen):
    """The form of a template."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-slim"), (WIDE, "-wide")]  # noqa: RUF012  (Textual's own declaration)

    def __init__(
        self,
        thread: str,
        template: TemplateRow,
        language: str | None,
        missing: Mapping[str, str],
        known: Mapping[str, str],
        keep: Callable[[Mapping[str, str]], None],
    ) -> None:
        super().__init__(template.title, {**missing, **template.variables}, known)
        self.about = thread
        self.template = template
        self.language = language
        self.optional = template.optional
        self.keep = keep
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Build the form, and the mail beside it."""
        with Vertical(classes="box tall"):
            yield safe.Prose(lambda: safe.block(self.form_title, "bold"), classes="title")
            with Horizontal(id="both"):
                with VerticalScroll(id="asked", can_focus=False):
                    yield from self.fields()
                yield Pager(id="sample")
            yield safe.Line(self._keys, classes="keys")

    def on_mount(self) -> None:
        """Show the mail as far as it goes."""
        self.query_one(Pager).can_focus = False
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what becomes of it when typing pauses."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        """Have the mail made; what is still open in it is stood in for, so that the rest can be seen."""
        given = {name: value for name, value in self.answers.items() if value}
        open_ = [name for name in self.questions if name not in given and name not in self.optional]
        self._make({**stand_ins(self.template, open_, self.house.core.now()), **given}, self._looked, self._unseen)

    def _make(
        self, variables: Mapping[str, str], then: Callable[[Preview], None], otherwise: Callable[[MailcrmError], None]
    ) -> None:
        chosen = {"template": self.template.name, "language": self.language, "variables": dict(variables)}
        self.ask("preview", then, otherwise, thread=self.about, **chosen)

    def _looked(self, preview: Preview) -> None:
        self.query_one(Pager).show([Paragraph(((preview.body, ""),), wraps=True)])
        if self.wrong:
            self.tell({})

    def _unseen(self, _error: MailcrmError) -> None:
        """Show nothing of a mail that can't be made yet; what is wrong is told when the form is done."""
        words = _("The mail stands here when every answer fits.")
        self.query_one(Pager).show([Paragraph(((words, "muted"),), wraps=True)])

    def finish(self, answers: Mapping[str, str]) -> None:
        """Have the mail made of it first."""
        given = {name: value for name, value in answers.items() if value}
        self._make(given, partial(self._made, given), self._refused)

    def action_leave(self) -> None:
        """Go back; what was answered stands here the next time."""
        self.keep({name: value for name, value in self.answers.items() if value})
        super().action_leave()

    def _made(self, answers: Mapping[str, str], _preview: Preview) -> None:
        self.dismiss(answers)

    def _refused(self, error: MailcrmError) -> None:
        variable = error.variable if isinstance(error, TemplateError) else ""
        if variable in self.questions:
            self.tell({variable: str(error.hint or error.sentence)})
        else:
            self.house.tell_error(error)
