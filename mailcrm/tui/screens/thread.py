"""A thread to read: the mails of both sides, oldest first, and the verbs of the worklist.

Room: tui. In: `ThreadRow` and the thread's mail that hasn't left yet. Out: verbs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.queries.rows import OutboxRow, ThreadRow
from mailcrm.tui.conversation import conversation
from mailcrm.tui.keys import APP_KEYS, TEXT_KEYS, THREAD_KEYS, VERB_KEYS
from mailcrm.tui.screens.verbs import ThreadVerbs
from mailcrm.tui.terms import ROLES, STATES, term
from mailcrm.tui.times import countdown, moment
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.pager import Pager

__all__ = ["ThreadScreen"]

NOT_GONE = ("draft", "held", "queued", "sending", "deferred", "failed", "in_doubt")
OPEN = ("running", "at_risk", "overdue")
PROMISES = ("promised", "promise_unconfirmed", "promise_at_risk", "promise_broken")


class ThreadScreen(ThreadVerbs):
    """One conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*VERB_KEYS, *THREAD_KEYS)]
    hints = (APP_KEYS[0], *(key for key in (*VERB_KEYS, *THREAD_KEYS, *APP_KEYS[1:]) if key.label))
    help_keys = (VERB_KEYS, THREAD_KEYS, TEXT_KEYS)

    def __init__(self, thread: str, template: str | None = None) -> None:
        super().__init__()
        self.about: str = thread
        self._template = template
        self.thread: ThreadRow | None = None
        self.outgoing: tuple[OutboxRow, ...] = ()
        self.unfolded = False

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._title, id="head")
        yield safe.Line(self._state, id="facts")
        yield Pager(id="mails")
        yield self.bars()

    @property
    def pager(self) -> Pager:
        """The text."""
        return self.query_one("#mails", Pager)

    def on_mount(self) -> None:
        """Ask for the thread."""
        self.pager.focus()
        self.renew()

    def renew(self) -> None:
        """Ask for the thread and for its mail that hasn't left."""
        self.ask("thread", self._arrived, id=self.about)
        self.ask("outbox", self._outgoing)

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again."""
        if topics != {"health"}:
            self.renew()

    def minute(self) -> None:
        """Count down."""
        self.query_one("#facts").refresh()

    def relanguage(self) -> None:
        """Make all words anew."""
        super().relanguage()
        self._show()

    def _arrived(self, thread: ThreadRow) -> None:
        first = self.thread is None
        self.thread = thread
        self._show(at_newest=first)

    def _outgoing(self, rows: tuple[OutboxRow, ...]) -> None:
        self.outgoing = tuple(row for row in rows if row.thread_id == self.about and row.state in NOT_GONE)
        self._show()

    def _show(self, *, at_newest: bool = False) -> None:
        if self.thread is None:
            return
        told = conversation(self.thread, self.outgoing, self.house.core.now(), self.thread.zone, unfolded=self.unfolded)
        self.pager.show(told, at_last_anchor=at_newest)
        for line in ("#head", "#facts"):
            self.query_one(line).refresh()

    def _title(self, width: int) -> Content:
        if self.thread is None:
            return safe.line((_("One moment …"), "$text-muted"))
        return safe.line((self.thread.subject or _("(no subject)"), "$text-primary bold"), width=width)

    def _state(self, width: int) -> Content:
        thread = self.thread
        if thread is None:
            return safe.line("")
        state, now = term(STATES, thread.state), self.house.core.now()
        parts: list[object] = [(f"{state.sign} {state.title}", f"{LOOKS.get(state.look, '$text')} bold")]
        if thread.due and thread.state in (*OPEN, *PROMISES):
            parts.append("  ")
            parts.append(_due(thread.state in PROMISES, moment(thread.due, thread.zone, now)))
            parts.append((f"  {countdown(thread.due, now)}", "$text-muted"))
        who = thread.company or ", ".join(one.name or one.address for one in thread.participants)
        parts.append((f"  {who}", "$text"))
        if thread.role != "unknown":
            parts.append((f"  {term(ROLES, thread.role).title}", "$text-muted"))
        return safe.line(*parts, width=width)

    @property
    def thread_id(self) -> str | None:
        """The thread."""
        return self.about

    def threads(self) -> Sequence[str]:
        """Return the thread."""
        return (self.about,)

    def seen_until(self, thread: str) -> datetime | None:
        """Return when the newest of their mails arrived that stands here."""
        shown = self.thread.messages if self.thread is not None and self.thread.id == thread else ()
        return max((mail.arrived_at for mail in shown if mail.side == "theirs"), default=None)

    def suggested(self) -> str | None:
        """Return the template that the worklist suggested."""
        return self._template

    def action_quotes(self) -> None:
        """Show or fold the quoted text."""
        self.unfolded = not self.unfolded
        self._show()


LOOKS = {
    "bad": "$text-error",
    "warn": "$text-warning",
    "good": "$text-success",
    "promise": "$text-secondary",
    "muted": "$text-muted",
}


def _due(promised: bool, when: str) -> str:
    return _("promised for {when}", when=when) if promised else _("due {when}", when=when)
