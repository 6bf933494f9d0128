"""A thread to read: the mails of both sides, oldest first, and the verbs of the worklist.

Room: tui. In: `ThreadRow` and the thread's mail that hasn't left yet; from the search, the mail that was found and by what words. Out:
verbs; those that are about a mail act on the current one. It begins at the mail that was found, else at the oldest that waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from mailcrm.domain.text import printable_line
from mailcrm.domain.words import _
from mailcrm.queries.rows import MessageRow, OutboxRow, SuggestionRow, ThreadRow
from mailcrm.tui.conversation import Folds, begin_at, conversation, old_mails
from mailcrm.tui.keys import APP_KEYS, TEXT_KEYS, THREAD_KEYS, VERB_KEYS
from mailcrm.tui.screens.verbs import ThreadVerbs
from mailcrm.tui.terms import ROLES, STATES, term
from mailcrm.tui.times import countdown, moment
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import shorten
from mailcrm.tui.widgets.pager import Marker, Pager

__all__ = ["Found", "ThreadScreen"]

NOT_GONE = ("draft", "held", "queued", "sending", "deferred", "failed", "in_doubt")
OPEN = ("running", "at_risk", "overdue")
PROMISES = ("promised", "promise_unconfirmed", "promise_at_risk", "promise_broken")


@dataclass(frozen=True, slots=True)
class Found:
    """The mail that a search found, and what marks its words in a text."""

    message: str
    marker: Marker


class ThreadScreen(ThreadVerbs):
    """One conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*VERB_KEYS, *THREAD_KEYS)]
    hints = (APP_KEYS[0], *(key for key in (*VERB_KEYS, *THREAD_KEYS, *APP_KEYS[1:]) if key.label))
    help_keys = (VERB_KEYS, THREAD_KEYS, TEXT_KEYS)

    def __init__(self, thread: str, template: str | None = None, *, found: Found | None = None) -> None:
        super().__init__()
        self.about: str = thread
        self._template = template
        self._found = found
        self.thread: ThreadRow | None = None
        self.outgoing: tuple[OutboxRow, ...] = ()
        self.suggestions: tuple[SuggestionRow, ...] = ()
        self.folds = Folds()

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._title, id="head")
        yield safe.Line(self._state, id="facts")
        yield safe.Line(self._asked, id="asked")
        yield Pager(id="mails")
        yield self.bars()

    @property
    def pager(self) -> Pager:
        """The text."""
        return self.query_one("#mails", Pager)

    def on_mount(self) -> None:
        """Ask for the thread."""
        self.pager.marker = self._found.marker if self._found else None
        self.pager.focus()
        self.query_one("#asked").display = False
        self.renew()

    def renew(self) -> None:
        """Ask for the thread and for its mail that hasn't left."""
        self.ask("thread", self._arrived, id=self.about)
        self.ask("outbox", self._outgoing)
        self.ask("suggestions", self._suggested, thread=self.about)

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
        if first and self._found and (hit := self._message(self._found.message)):
            self._unfold(hit, self._found)
            self._show(at=hit.id, at_hit=True)
        else:
            self._show(at=begin_at(thread) if first else "")

    def _unfold(self, hit: MessageRow, found: Found) -> None:
        """Open the mail that was found, and what it quotes where only that holds the words."""
        assert self.thread is not None  # noqa: S101  (the mail is one of its)
        turned = (
            self.folds.turned ^ {hit.id} if self.folds.is_folded(hit, old_mails(self.thread)) else self.folds.turned
        )
        hidden = not found.marker(hit.reply or "") and bool(found.marker(hit.body or ""))
        self.folds = replace(self.folds, turned=turned, whole=frozenset({hit.id}) if hidden else frozenset())

    def _message(self, id: str) -> MessageRow | None:  # noqa: A002  (as everywhere)
        return next((mail for mail in self.thread.messages if mail.id == id), None) if self.thread else None

    def _outgoing(self, rows: tuple[OutboxRow, ...]) -> None:
        self.outgoing = tuple(row for row in rows if row.thread_id == self.about and row.state in NOT_GONE)
        self._show()

    def _suggested(self, rows: tuple[SuggestionRow, ...]) -> None:
        self.suggestions = rows
        line = self.query_one("#asked")
        line.display = bool(rows)
        line.refresh()

    def proposals(self) -> Mapping[str, bool]:
        """Return the suggestion that is shown: one key answers it."""
        return {row.id: row.begins for row in self.suggestions[:1]}

    def _asked(self, width: int) -> Content:
        """Return what is suggested, with the keys that answer it."""
        if not self.suggestions:
            return safe.line("")
        key = self.house.key_name
        keys = _("{yes} yes · {no} no", yes=key("verb.promised"), no=key("verb.no_promise"))
        why = shorten(printable_line(str(self.suggestions[0].why)), max(width - cell_len(keys) - 4, 1))
        return safe.line(("? ", "$text-warning bold"), (why, "$text"), (f"  {keys}", "$text-accent"), width=width)

    def _show(self, *, at: str = "", at_hit: bool = False) -> None:
        if self.thread is None:
            return
        key = self.house.key_name
        quotes, files, fetch = (key(f"thread.{name}") for name in ("quotes", "files", "fetch"))
        folds = replace(self.folds, quotes_key=quotes, files_key=files, fetch_key=fetch)
        told = conversation(self.thread, self.outgoing, self.house.core.now(), self.thread.zone, folds)
        self.pager.show(told, at=at, at_hit=at_hit)
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

    def current(self, thread: ThreadRow) -> MessageRow | None:
        """Return the current mail; None where a note or what is about to leave is the current one."""
        return next((mail for mail in thread.messages if mail.id == self.pager.current), None)

    def mail(self, thread: ThreadRow) -> MessageRow | None:
        """Return the current mail, else the newest of the other side."""
        return self.current(thread) or super().mail(thread)

    def _current(self) -> MessageRow | None:
        """Return the current mail; None, and a word about it, where there is none."""
        mail = self.current(self.thread) if self.thread else None
        if self.thread is not None and mail is None:
            safe.toast(self.app, _("Go to a mail first: this is none."), "warning")
        return mail

    def action_trust(self) -> None:
        """Show the head of the current mail, its way here and what to beware of."""
        from mailcrm.tui.screens.trust import TrustScreen

        if mail := self._current():
            self.app.push_screen(TrustScreen(self.about, mail.id))

    def action_files(self) -> None:
        """Show the files of the thread, those of the current mail first."""
        from mailcrm.tui.screens.files import FilesScreen

        if self.thread is not None:
            current = self.current(self.thread)
            self.app.push_screen(FilesScreen(self.about, current.id if current else ""))

    def action_fetch(self) -> None:
        """Fetch the rest of a mail that was too large to be fetched whole."""
        if mail := self._current():
            self.house.do("fetch_whole", message=mail.id)

    def action_links(self) -> None:
        """Show where the links of the current mail lead."""
        from mailcrm.tui.screens.links import LinksScreen

        if mail := self._current():
            self.app.push_screen(LinksScreen(self.about, mail.id))

    def action_open(self) -> None:
        """Open the current mail, or fold it."""
        if mail := self._current():
            self.folds = replace(self.folds, turned=self.folds.turned ^ {mail.id})
            self._show(at=mail.id)

    def action_open_all(self) -> None:
        """Open all mails, or fold the old ones again."""
        if self.thread is not None:
            old = old_mails(self.thread)
            folded = any(self.folds.is_folded(mail, old) for mail in self.thread.messages)
            self.folds = replace(self.folds, turned=old if folded else frozenset())
            self._show(at=self.pager.current)

    def action_quotes(self) -> None:
        """Show or fold the quoted text."""
        self.folds = replace(self.folds, quotes=not self.folds.quotes, whole=frozenset())
        self._show(at=self.pager.current)

    def action_hit(self, direction: int) -> None:
        """Go to the next or the previous place of what was searched for."""
        self.pager.action_hit(direction)


LOOKS = {
    "bad": "$text-error",
    "warn": "$text-warning",
    "good": "$text-success",
    "promise": "$text-secondary",
    "muted": "$text-muted",
}


def _due(promised: bool, when: str) -> str:
    return _("promised for {when}", when=when) if promised else _("due {when}", when=when)
