"""The verbs by which a mail becomes a sample, a quote, an order or an inquiry.

Room: tui. In: the thread under the cursor. Out: the form that the core fills in as far as it knows, then the page of what was made.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailcrm.queries.rows import FormRow, InquiryRow
from mailcrm.tui.deals import NOUNS
from mailcrm.tui.screens.base import MailScreen

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

        begin_form(self, Errand(form, lambda outcome: self.to_page(noun, str(outcome.row.id))))

    def action_inquiry(self) -> None:
        """Open the inquiry of the thread; where there is none, note one."""
        if thread := self.one():
            self.ask("inquiries", lambda rows: self._inquiry(thread, rows), thread=thread, lost=True)

    def _inquiry(self, thread: str, rows: Sequence[InquiryRow]) -> None:
        if rows:
            newest = next((row for row in rows if row.state == "open"), rows[0])
            self.to_page("inquiry", newest.id)
        else:
            self.ask("inquiry_form", lambda form: self._deal("inquiry", form), thread=thread)

    def to_page(self, noun: str, id: str) -> None:  # noqa: A002  (as everywhere)
        """Open the page of a sample, a quote, an order or an inquiry."""
        from mailcrm.tui.screens.dealpage import DealScreen

        self.app.push_screen(DealScreen(NOUNS[noun].name, id))
