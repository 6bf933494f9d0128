"""The questions that a template asks before it can be used, all in one form.

Room: tui. In: variable → question, in order. Out: variable → answer; None where the person went back. A question that is
left empty is named in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from mailcrm.domain.words import _
from mailcrm.tui.keys import ASK_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined

__all__ = ["QuestionsScreen"]


class QuestionsScreen(MailModal[Mapping[str, str] | None]):
    """One field for each variable; Enter goes on, in the last field it is done."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in ASK_KEYS]
    help_keys = (ASK_KEYS,)

    def __init__(self, title: str, questions: Mapping[str, str], known: Mapping[str, str]) -> None:
        super().__init__()
        self.form_title = title
        self.questions = questions
        self.known = known
        self.missing: set[str] = set()

    def compose(self) -> ComposeResult:
        """Build the form."""
        with Vertical(classes="box"):
            yield safe.Prose(lambda: safe.block(self.form_title, "bold"), classes="title")
            for variable in self.questions:
                yield safe.Prose(partial(self._question, variable), classes="question")
                yield safe.Field(self.known.get(variable, ""), id=f"v-{variable}")
            yield safe.Line(self._keys, classes="keys")

    def _question(self, variable: str) -> Content:
        asked = safe.block(self.questions[variable])
        if variable in self.missing:
            return Content.assemble(asked, "  ", safe.line((_("an answer is needed"), "$text-error")))
        return asked

    def _keys(self, width: int) -> Content:
        leave = self.house.key_name("ask.leave")
        return joined([(_("Enter goes on"), "$text-muted"), (_("{key} goes back", key=leave), "$text-muted")], width)

    def on_mount(self) -> None:
        """Start in the first field that is empty."""
        fields = list(self.query(safe.Field))
        next((field for field in fields if not field.value), fields[0]).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field; from the last, finish."""
        event.stop()
        fields = list(self.query(safe.Field))
        answers = {(field.id or "").removeprefix("v-"): field.value.strip() for field in fields}
        if event.input is not fields[-1] and not answers[(fields[-1].id or "").removeprefix("v-")]:
            self.focus_next(safe.Field)
            return
        self.missing = {variable for variable, answer in answers.items() if not answer}
        for prose in self.query(".question"):
            prose.refresh(layout=True)
        if self.missing:
            next(field for field in fields if not field.value.strip()).focus()
        else:
            self.dismiss(answers)

    def action_leave(self) -> None:
        """Answer nothing."""
        self.dismiss(None)
