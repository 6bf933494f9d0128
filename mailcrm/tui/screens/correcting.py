"""The verbs by which a person corrects what mailcrm took a mail, a party or a conversation for.

Room: tui. In: the thread under the cursor, and of its mails the one that is meant (`mail`). Out: commands to the core; each can be
taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mailcrm.domain.words import _
from mailcrm.queries.rows import MessageRow, ThreadRow
from mailcrm.tui.screens.noting import NotingVerbs
from mailcrm.tui.terms import KINDS, PURPOSES, ROLES, Term, term
from mailcrm.tui.widgets import safe

__all__ = ["CorrectingVerbs"]


class CorrectingVerbs(NotingVerbs):
    """A screen on which a mail's kind and purpose, a party's role and the borders of a conversation are corrected."""

    def mail(self, thread: ThreadRow) -> MessageRow | None:
        """Return the mail that a verb about a mail is meant for: the newest of the other side, unless the screen has a current one."""
        theirs = [message for message in thread.messages if message.side == "theirs"]
        return theirs[-1] if theirs else None

    def current(self, thread: ThreadRow) -> MessageRow | None:
        """Return the mail that the cursor stands on; None on a screen that shows no mails."""
        del thread
        return None

    def action_classify(self) -> None:
        """Correct the kind of a mail of the other side."""
        if thread := self.one():
            self.ask("thread", self._classify, id=thread)

    def _classify(self, thread: ThreadRow) -> None:
        kinds = {kind: known for kind, known in KINDS.items() if kind != "internal"}
        if mail := self._theirs(thread):
            title = _(
                "What kind of mail is “{subject}”? Now: {kind}", subject=mail.subject, kind=term(KINDS, mail.kind).title
            )
            self._correct(mail, title, kinds, "kind", mail.kind)

    def action_purpose(self) -> None:
        """Correct what a mail of the other side is for."""
        if thread := self.one():
            self.ask("thread", self._purpose, id=thread)

    def _purpose(self, thread: ThreadRow) -> None:
        if mail := self._theirs(thread):
            now = term(PURPOSES, mail.purpose).title
            title = _("What is “{subject}” for? Now: {purpose}", subject=mail.subject, purpose=now)
            self._correct(mail, title, PURPOSES, "purpose", mail.purpose)

    def _theirs(self, thread: ThreadRow) -> MessageRow | None:
        """Return the mail that is to be corrected; None, and a word about it, where it is none of the other side's."""
        mail = self.mail(thread)
        if mail is None or mail.side != "theirs":
            words = _("This mail is our own.") if mail else _("There is no customer's mail in this thread.")
            safe.toast(self.app, words, "warning")
            return None
        return mail

    def _correct(self, mail: MessageRow, title: str, words: Mapping[str, Term], what: str, now: str) -> None:
        from mailcrm.tui.screens.choice import ChoiceScreen

        def chosen(code: str | None) -> None:
            if code is not None:
                self.house.do_all("classify", [{"message": mail.id, what: code}])

        lines = [(code, str(known.title)) for code, known in words.items()]
        self.app.push_screen(ChoiceScreen(title, lines, now), chosen)

    def action_role(self) -> None:
        """Say what the party is to us."""
        if thread := self.one():
            self.ask("thread", self._role, id=thread)

    def _role(self, thread: ThreadRow) -> None:
        from mailcrm.tui.screens.choice import ChoiceScreen

        id_ = thread.company_id or thread.contact_id
        verb = "edit_company" if thread.company_id else "edit_contact"
        if id_ is None:
            safe.toast(self.app, _("Nobody but us writes in this thread."), "warning")
            return

        def chosen(role: str | None) -> None:
            if role is not None:
                self.house.do(verb, id=id_, role=role)

        lines = [(role, str(known.title)) for role, known in ROLES.items()]
        who: Any = thread.company or (thread.participants[0].address if thread.participants else "")
        self.app.push_screen(ChoiceScreen(_("What is {who} to us?", who=who), lines, thread.role), chosen)

    def action_split(self) -> None:
        """Choose the mail with which another conversation begins."""
        if thread := self.one():
            self.ask("thread", self._split, id=thread)

    def _split(self, thread: ThreadRow) -> None:
        from mailcrm.tui.screens.choice import DIGITS, ChoiceScreen

        current, later = self.current(thread), thread.messages[1:][-DIGITS:]
        if not later:
            safe.toast(self.app, _("This thread has one mail only."), "warning")
            return

        def chosen(message: str | None) -> None:
            if message is not None:
                self.house.do("split", message=message)

        lines = [(mail.id, f"{mail.from_.name or mail.from_.address}: {mail.gist or mail.subject}") for mail in later]
        holds = current.id if current else ""
        self.app.push_screen(
            ChoiceScreen(_("With which mail does the other conversation begin?"), lines, holds), chosen
        )
