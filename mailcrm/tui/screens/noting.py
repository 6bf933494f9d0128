"""The verbs by which a person writes something down: calls, notes, tasks.

Room: tui. In: the thread under the cursor. Out: commands to the core. What is spoken of stands in one form at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailcrm.domain.words import _
from mailcrm.queries.rows import ThreadRow
from mailcrm.tui.screens.dealing import DealingVerbs
from mailcrm.tui.terms import CHANNELS
from mailcrm.tui.widgets import safe

__all__ = ["NotingVerbs"]


class NotingVerbs(DealingVerbs):
    """A screen on which something can be written down about a thread."""

    def action_note(self) -> None:
        """Write a note."""
        if thread := self.one():
            self._write(_("Note"), {"text": _("What is to be remembered?")}, lambda told: self._noted(thread, told))

    def _noted(self, thread: str, told: Mapping[str, str]) -> None:
        self.house.do("note", about=thread, text=told["text"])

    def action_customer(self) -> None:
        """Show the customer."""
        from mailcrm.tui.screens.customer import CustomerScreen

        if thread := self.one():
            self.app.push_screen(CustomerScreen(thread))

    def action_task(self) -> None:
        """Write down a task."""
        if thread := self.one():
            questions = {"text": _("What is to be done?"), "due": _("Until when?")}
            self._write(_("Task"), questions, lambda told: self._tasked(thread, told), {"due": "+1wd"})

    def _tasked(self, thread: str, told: Mapping[str, str]) -> None:
        self.house.do("task_add", about=thread, text=told["text"], due=told["due"])

    def action_log(self) -> None:
        """Log a call or a chat."""
        if thread := self.one():
            self.ask("thread", self._log, id=thread)

    def _log(self, thread: ThreadRow) -> None:
        from mailcrm.tui.screens.choice import ChoiceScreen

        if thread.contact_id is None:
            safe.toast(self.app, _("Nobody but us writes in this thread."), "warning")
            return

        def chosen(channel: str | None) -> None:
            if channel is not None:
                self._write(
                    _("Call or chat"), {"text": _("What was said?")}, lambda told: self._which(thread, channel, told)
                )

        lines = [(channel, str(known.title)) for channel, known in CHANNELS.items()]
        self.app.push_screen(ChoiceScreen(_("How did you speak with the customer?"), lines), chosen)

    def _which(self, thread: ThreadRow, channel: str, told: Mapping[str, str]) -> None:
        from mailcrm.tui.screens.choice import ChoiceScreen

        def chosen(way: str | None) -> None:
            if way == "ours":
                self.house.do("log", contact=thread.contact_id, channel=channel, text=told["text"], thread=thread.id)
            elif way == "theirs":
                self.house.do("log", contact=thread.contact_id, channel=channel, text=told["text"], inbound=True)

        lines = [("ours", _("we answered: the clock stops")), ("theirs", _("they asked something: a clock starts"))]
        self.app.push_screen(ChoiceScreen(_("Who waits now?"), lines), chosen)

    def _write(
        self,
        title: str,
        questions: Mapping[str, str],
        then: Callable[[Mapping[str, str]], None],
        known: Mapping[str, str] | None = None,
    ) -> None:
        from mailcrm.tui.screens.questions import QuestionsScreen

        def told(answers: Mapping[str, str] | None) -> None:
            if answers is not None:
                then(answers)

        self.app.push_screen(QuestionsScreen(title, questions, known or {}), told)
