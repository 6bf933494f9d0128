"""What every command is made of.

Room: actions. A command is a frozen dataclass in a file of its own: its fields are its arguments, `handle` does it in the
caller's transaction and returns `Done`, `undo` takes it back from what `Done.before` kept. The core writes the action log,
recomputes the touched threads' turns and tells the subscribers; a command does none of that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Protocol

from sqlmodel import Session

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.parties import Ours
from mailcrm.domain.policies import Policies
from mailcrm.domain.team import Team
from mailcrm.domain.words import Sentence, say
from mailcrm.outbox.accounts import FileText
from mailcrm.outbox.attaching import MailablePhoto
from mailcrm.outbox.render import TemplateStore
from mailcrm.outbox.their_clock import Calendar
from mailcrm.ports import MailParser, Secrets
from mailcrm.ports.documents import DocumentPress

__all__ = ["Command", "Done", "Situation", "refuse_undo"]


@dataclass(frozen=True, slots=True)
class Situation:
    """What a command may know: the moment, who acts, the rules, and the tools that the composition root chose."""

    now: datetime
    actor: str
    zone: str
    policies: Policies
    ours: Ours
    templates: TemplateStore
    press: DocumentPress
    file_text: FileText
    mailable_photo: MailablePhoto
    secrets: Secrets
    calendar: Calendar
    token: Callable[[], str]
    undo_seconds: int
    parser: MailParser
    team: Team

    @property
    def today(self) -> date:
        """The day that it is in our office."""
        return self.policies.day(self.now)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did. `shows`: the query and arguments whose row the caller gets back.

    `before` is what `undo` needs (JSON values); None: the command can't be taken back. `logged` False: it goes on with what the
    action log tells already. `topic` "": nothing changed that others look at.
    """

    said: Sentence
    thread_id: int | None = None
    touched: frozenset[int] = frozenset()
    shows: tuple[str, Mapping[str, Any]] | None = None
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] = field(default_factory=dict)
    topic: str = "turns"
    logged: bool = True


class Command(Protocol):
    """A command. `title` stands in the palette, `help` says what it does and when."""

    verb: ClassVar[str]
    title: ClassVar[Sentence]
    help: ClassVar[Sentence]

    def handle(self, session: Session, situation: Situation) -> Done:
        """Do it."""
        ...

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Take it back; return the threads whose turns are to be recomputed."""
        ...


def refuse_undo(why: Sentence) -> RefusedByRule:
    """Return the error of a command that can't be taken back any more."""
    return RefusedByRule(why, say("`mailcrm undo` takes back what has not left yet."))
