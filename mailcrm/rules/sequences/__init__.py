"""Sequences: what samples, quotes and orders make of mails and of time. One file each; `sequences` finds them.

Room: rules. A sequence is told of each mail on a thread that changed (again and again: it must do a thing once), of its own
mails that left or came back, and of time. What it does is a step with a reason, or a proposal that a person answers: nothing is
silent. It runs in the transaction of whatever happened.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session

from mailcrm.domain.parties import Ours
from mailcrm.domain.policies import Policies
from mailcrm.domain.team import Team
from mailcrm.records import Message, Outgoing
from mailcrm.store.bulk import among, objects, rows, table_of
from mailcrm.store.dispatches import WITHOUT_BYTES
from mailcrm.store.sort_keys import first_sort_key

__all__ = ["Moment", "StepDraft", "StepSequence", "hear", "is_due", "left", "pass_time", "wanted_drafts"]

_FRESH = timedelta(days=30)
_message, _outgoing = table_of(Message).c, table_of(Outgoing).c
_NEW = (
    columns(_message.id)
    .where(among(_message.thread_id), _message.history.is_(False), _message.sort_key >= bindparam("since"))
    .order_by(_message.sort_key)
)
_RETURNED = columns(_outgoing.id, _outgoing.state).where(among(_outgoing.thread_id), _outgoing.about != "")


@dataclass(frozen=True, slots=True)
class Moment:
    """What a sequence may know besides the records. `actor`: whose command it was, "" for mail or time."""

    now: datetime
    ours: Ours
    policies: Policies
    team: Team
    actor: str = ""

    @property
    def today(self) -> date:
        """The day that it is in our office."""
        return self.policies.day(self.now)


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A mail that a sequence wants to stand ready. `about`: the step, "s3:feedback": it is written once.

    `variables` fill its template, `attachments` as in `outbox.prepare.Request`.
    """

    about: str
    thread_id: int
    template: str
    variables: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()


class StepSequence(Protocol):
    """Samples, quotes or orders, as the pipeline sees them. A module of this package has one, as `SEQUENCE`."""

    def heard(self, session: Session, mails: Sequence[Message], moment: Moment) -> None:
        """See the fresh mails, theirs and ours, of threads that changed, in order of arrival; most were seen before."""
        ...

    def left(self, session: Session, outgoing: Outgoing, moment: Moment) -> None:
        """See a mail that says what it is `about`: the server accepted it, and it stands on its thread."""
        ...

    def returned(self, session: Session, outgoing: Outgoing, moment: Moment) -> None:
        """See a mail that says what it is `about` and came back from everybody; told again and again."""
        ...

    def is_due(self, session: Session, moment: Moment) -> bool:
        """Whether anything is due by now; asked often, so it looks at one due row only."""
        ...

    def passed(self, session: Session, moment: Moment) -> None:
        """Do what is due by now."""
        ...

    def drafts(self, session: Session, moment: Moment) -> Sequence[StepDraft]:
        """Return the mails that are to stand ready now, whether they do already or not."""
        ...


@cache
def _sequences() -> tuple[StepSequence, ...]:
    return tuple(import_module(f"{__name__}.{module.name}").SEQUENCE for module in iter_modules(__path__))


def hear(session: Session, thread_ids: Collection[int], moment: Moment) -> None:
    """Tell the sequences of the mails on threads that changed: those of the last thirty days, since nobody acts on older ones."""
    if not thread_ids or not _sequences():
        return
    session.flush()
    since = first_sort_key(moment.now - _FRESH)
    mails = objects(session, Message, [key for (key,) in rows(session, _NEW, thread_ids, since=since)])
    returned = [key for key, state in rows(session, _RETURNED, thread_ids) if state == "bounced"]
    back = objects(session, Outgoing, returned, WITHOUT_BYTES)
    for sequence in _sequences():
        if mails:
            sequence.heard(session, sorted(mails, key=lambda mail: mail.sort_key), moment)
        for row in back:
            sequence.returned(session, row, moment)


def left(session: Session, outgoing: Outgoing, moment: Moment) -> None:
    """Tell the sequences that a mail of theirs left."""
    for sequence in _sequences() if outgoing.about else ():
        sequence.left(session, outgoing, moment)


def is_due(session: Session, moment: Moment) -> bool:
    """Whether a sequence has anything to do by now."""
    return any(sequence.is_due(session, moment) for sequence in _sequences())


def pass_time(session: Session, moment: Moment) -> None:
    """Let the sequences do what is due."""
    for sequence in _sequences():
        sequence.passed(session, moment)


def wanted_drafts(session: Session, moment: Moment) -> list[StepDraft]:
    """Return the mails that are to stand ready."""
    return [draft for sequence in _sequences() for draft in sequence.drafts(session, moment)]
