"""Questions, all in one form.

Room: tui. In: variable → question, in order. Out: variable → answer; None where the person went back. What is wrong with an answer
is told beside its question.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from mailcrm.domain.words import _
from mailcrm.tui.keys import ASK_KEYS, Key
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined

__all__ = ["QuestionsScreen"]


class QuestionsScreen(MailModal[Mapping[str, str] | None]):
    """One field for each variable; Enter goes on, in the last field it is done."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in ASK_KEYS]
    help_keys: Sequence[Sequence[Key]] = (ASK_KEYS,)

    def __init__(self, title: str, questions: Mapping[str, str], known: Mapping[str, str]) -> None:
        super().__init__()
        self.form_title = title
        self.questions = questions
        self.known = known
        self.optional: Collection[str] = ()
        self.wrong: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Build the form."""
        with Vertical(classes="box"):
            yield safe.Prose(lambda: safe.block(self.form_title, "bold"), classes="title")
            yield from self.fields()
            yield safe.Line(self._keys, classes="keys")

    def fields(self) -> ComposeResult:
        """Build a question and a field for each variable."""
        for variable in self.questions:
            yield safe.Prose(partial(self._question, variable), classes="question")
            yield safe.Field(self.known.get(variable, ""), id=f"v-{variable}")

    def _question(self, variable: str) -> Content:
        asked = safe.block(self.questions[variable])
        if variable in self.wrong:
            return Content.assemble(asked, "  ", safe.line((self.wrong[variable], "$text-error")))
        if variable in self.optional:
            return Content.assemble(asked, "  ", safe.line((_("may stay empty"), "$text-muted")))
        return asked

    def _keys(self, width: int) -> Content:
        leave = self.house.key_name("ask.leave")
        return joined([(_("Enter goes on"), "$text-muted"), (_("{key} goes back", key=leave), "$text-muted")], width)

    def on_mount(self) -> None:
        """Begin."""
        self.begin()

    def begin(self) -> None:
        """Start in the first field that is empty."""
        fields = list(self.query(safe.Field))
        next((field for field in fields if not field.value), fields[0]).focus()

    @property
    def answers(self) -> dict[str, str]:
        """What stands in the fields."""
        return {(field.id or "").removeprefix("v-"): field.value.strip() for field in self.query(safe.Field)}

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on."""
        event.stop()
        self.go_on(event.input)

    def go_on(self, field: Input) -> None:
        """Go on to the next field; from the last, finish."""
        fields = list(self.query(safe.Field))
        answers = self.answers
        if field is not fields[-1] and not fields[-1].value.strip():
            self.focus_next(safe.Field)
            return
        self.tell(
            {name: _("an answer is needed") for name in answers if not answers[name] and name not in self.optional}
        )
        if not self.wrong:
            self.finish(answers)

    def finish(self, answers: Mapping[str, str]) -> None:
        """Give the answers back."""
        self.dismiss(answers)

    def tell(self, wrong: Mapping[str, str]) -> None:
        """Tell what is wrong, each beside its question, and go to the first."""
        self.wrong = dict(wrong)
        for prose in self.query(".question"):
            prose.refresh(layout=True)
        first = next((name for name in self.questions if name in wrong), None)
        if first is not None:
            self.query_one(f"#v-{first}").focus()

    def action_leave(self) -> None:
        """Answer nothing."""
        self.dismiss(None)
