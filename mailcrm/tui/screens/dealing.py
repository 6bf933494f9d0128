"""The verbs by which a mail becomes a sample, a quote or an order.

Room: tui. In: the thread under the cursor. Out: the form that the core fills in as far as it knows, then the page of what was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcrm.queries.rows import FormRow
from mailcrm.tui.deals import NOUNS
from mailcrm.tui.screens.base import MailScreen

if TYPE_CHECKING:
    from mailcrm.core.facade import Outcome

__all__ = ["DealingVerbs"]


class DealingVerbs(MailScreen[None]):
    """A screen on which something can be made of a mail."""

    def one(self) -> str | None:
        """Return the thread that a verb is about; None, and a word about it, where there is none."""
        raise NotImplementedError

    def action_deal(self, noun: str) -> None:
        """Make a sample, a quote or an order."""
        if thread := self.one():
            self.ask(f"{noun}_form", lambda form: self._deal(noun, form), thread=thread)

    def _deal(self, noun: str, form: FormRow) -> None:
        from mailcrm.tui.screens.dealform import Errand, begin_form

        def made(outcome: Outcome) -> None:
            from mailcrm.tui.screens.dealpage import DealScreen

            self.app.push_screen(DealScreen(NOUNS[noun].name, str(outcome.row.id)))

        begin_form(self, Errand(form, made))
