"""A question with a few answers, each with a digit.

Room: tui. In: title, (value, words) pairs, the value that holds now. Out: the chosen value; None where nothing was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from mailcrm.tui.keys import CHOICE_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["ChoiceScreen"]

DIGITS = 9


@dataclass(frozen=True, slots=True)
class Answer:
    """A line."""

    key: str
    number: int
    words: str
    holds: bool


def _paint(answer: Answer, width: int) -> Sequence[Span]:
    number = f"{answer.number} " if answer.number <= DIGITS else "  "
    return [(number, "accent"), (fit(answer.words, width - 2), "strong" if answer.holds else "")]


class ChoiceScreen(MailModal[str | None]):
    """Choose one of a few."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in CHOICE_KEYS if key.id != "choice.language"]
    help_keys = (CHOICE_KEYS,)

    def __init__(self, title: str, answers: Sequence[tuple[str, str]], holds: str = "") -> None:
        super().__init__()
        self.question = title
        self.answers = [
            Answer(value, number, words, value == holds) for number, (value, words) in enumerate(answers, 1)
        ]
        self.holds = holds

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box"):
            yield safe.Prose(lambda: safe.block(self.question, "bold"), classes="title")
            yield RowList(_paint)

    def on_mount(self) -> None:
        """Show the answers."""
        rows = self.query_one(RowList)
        rows.styles.height = len(self.answers)
        rows.show(self.answers)
        rows.place(self.holds)
        rows.focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Take the line under the cursor."""
        event.stop()
        self.dismiss(event.key)

    def action_take(self, number: int) -> None:
        """Take the line with this digit."""
        if number <= len(self.answers):
            self.dismiss(self.answers[number - 1].key)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
