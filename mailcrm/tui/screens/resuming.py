"""How a mail begins: where it was left, or with the people and the template that the core gives it.

Room: tui. In: the core's preview of a reply, the draft of it where there is one, the customer's other open threads. Out: filled fields, and
what stood there before anybody typed (`_found`). While it is written: who else has answered meanwhile. The composer is built on this.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.message import Address
from mailcrm.domain.recipients import written
from mailcrm.domain.words import _
from mailcrm.queries.rows import AlsoRow, DraftRow, Person, Preview, ThreadRow
from mailcrm.tui.screens.keeping import KeepingScreen
from mailcrm.tui.widgets import safe

__all__ = ["ResumingScreen"]


def _people(people: tuple[Person, ...]) -> str:
    return ", ".join(written(Address(one.name, one.address)) for one in people)


class ResumingScreen(KeepingScreen):
    """A screen on which a mail is begun, or written on. `resumed`: the mail ("x3"), else the thread's draft."""

    def __init__(self, thread: str, *, begun_with: str | None = None, resumed: str | None = None) -> None:
        super().__init__(thread)
        self._begun_with = begun_with
        self.resumed = resumed
        self.row: DraftRow | None = None
        self.preview: Preview | None = None
        self.contact: str | None = None
        self._awaited = {"preview", "also", "draft"}
        self._offered: tuple[str, str] = ("", "")
        self._ours: frozenset[str] | None = None  # our mails on the thread when writing began

    def _begin_with(self, template: str, preview: Preview) -> None:
        """Let the text be that of a template."""
        raise NotImplementedError

    def _show_added(self, preview: Preview) -> None:
        """Show what is added by itself."""
        raise NotImplementedError

    @property
    def body(self) -> safe.Writing:
        """The text."""
        return self.query_one("#body", safe.Writing)

    def on_mount(self) -> None:
        """Ask for what was written before, for recipients, subject and the quoted mail."""
        self.ask("preview", self._arrived, self._unreadable, thread=self.about, template=self._begun_with)
        self.ask("thread", self._looked_again, id=self.about)
        self.ask("also_open", self._offer, lambda _error: self._arrived_all("also"), thread=self.about)
        which = {"id": self.resumed} if self.resumed else {"thread": self.about}
        self.ask("draft", self._begun, lambda _error: self._arrived_all("draft"), **which)

    def _arrived(self, preview: Preview) -> None:
        self.preview = preview
        self._arrived_all("preview")
        self._show_added(preview)
        self._show_checks(preview)
        self.query_one("#head").refresh()

    def _unreadable(self, error: MailcrmError) -> None:
        self._say(str(error))
        self._arrived_all("preview")

    def _offer(self, others: Sequence[AlsoRow]) -> None:
        self.aside.offer(others)
        self._arrived_all("also")
        self._lay_out()

    def _begun(self, row: DraftRow | None) -> None:
        self.row = row
        self._arrived_all("draft")

    def _arrived_all(self, what: str) -> None:
        """Fill the fields once it is known what was written before; what was typed meanwhile stands behind it."""
        self._awaited.discard(what)
        if self._awaited or self._found is not None:
            return
        if self.row is not None:
            self._resume(self.row)
            return
        if self.preview is not None:
            self._address(self.preview)
            if self._begun_with and not self.body.text:
                self._begin_with(self._begun_with, self.preview)
        begun = self.body.text.strip() if self._begun_with else ""
        self._found = (*self._offered, begun, "None", "", "", "")
        self._kept = (*self._offered, self.body.text if begun else "", "None", "", "", "")

    def _resume(self, row: DraftRow) -> None:
        """Go on where it was left; a mail that was taken back or refused is begun anew with the same words."""
        for name, people in (("to", row.to), ("cc", row.cc)):
            self._put(name, _people(people))
        typed = self.body.text
        self.body.put(row.body + typed, at_end=True)
        if row.estimate:
            self.aside.hold_until(row.estimate)
        elif row.hold:
            self.aside.hold_as_typed(row.hold)
        if row.attachments:
            self.aside.attach(row.attachments)
        self.aside.restore(row.ticks, row.also)
        to, cc = self._typed()[:2]
        self._found = (to, cc, "", "None", "", "", "")
        if row.state == "draft":
            self.draft = row.id
            self._kept = (to, cc, row.body, *self._typed()[3:])
        if row.answered_by:
            self._say(_("{who} has answered this customer since it was written.", who=row.answered_by))
        self._lay_out()
        self._look_soon()

    def core_changed(self, topics: frozenset[str]) -> None:
        """Look whether a colleague has answered while this is written."""
        super().core_changed(topics)
        self.ask("thread", self._looked_again, id=self.about)

    def _looked_again(self, row: ThreadRow) -> None:
        self.contact = row.contact_id
        ours = {mail.id: mail for mail in row.messages if mail.side == "ours"}
        new = [mail for key, mail in ours.items() if self._ours is not None and key not in self._ours]
        self._ours = frozenset(ours)
        if new:
            who = new[-1].from_.name or new[-1].from_.address
            self._say(
                _("{who} has answered this customer while you wrote. Look at the thread before you send.", who=who)
            )

    def _put(self, field: str, value: str) -> None:
        self.query_one(f"#{field}", safe.Field).put(value)

    def _address(self, preview: Preview) -> None:
        """Let whom a template goes to stand in fields that nobody has changed: a nudge goes where our mail went."""
        if self.row is None and self._typed()[:2] == self._offered:
            self._put("to", _people(preview.to))
            self._put("cc", _people(preview.cc))
            to, cc = self._typed()[:2]
            self._offered = (to, cc)
