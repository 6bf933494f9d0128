"""The mail that a verb would send, to be looked at before it leaves.

Room: core. In: a verb with its arguments. Out: the mail as its bytes say. The verb itself is run and its transaction taken back: so what is
looked at is what will leave, with the files, and a refusal comes before the look. Nothing of it stays.
"""

from __future__ import annotations

from sqlmodel import Session

from mailcrm.actions import Command, registry
from mailcrm.core.world import World
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import say
from mailcrm.queries.rows import LeavingRow, Person
from mailcrm.records import Outgoing

__all__ = ["leaving"]


class _Seen(Exception):
    """Takes the transaction back, and carries what was seen out of it."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw


def leaving(world: World, *, verb: str, **arguments: object) -> LeavingRow:
    """Return the mail; UsageError for a verb that sends none."""
    command = registry()[verb](**arguments)
    try:
        with world.store.begin() as session:
            _look(session, world, command)
    except _Seen as seen:
        raw = seen.raw
    if raw:
        return _read(world, raw)
    raise UsageError(say("{verb} sends no mail.", verb=command.title), say("There is nothing to look at."))


def _look(session: Session, world: World, command: Command) -> None:
    done = command.handle(session, world.situation(session))
    written = (done.before or {}).get("outgoing")
    row = session.get(Outgoing, written) if written is not None else None
    raise _Seen(row.raw if row is not None and row.raw is not None else b"")


def _read(world: World, raw: bytes) -> LeavingRow:
    mail = world.parser.parse(raw)
    return LeavingRow(
        from_=Person(mail.from_.display_name, mail.from_.addr_spec),
        to=tuple(Person(one.display_name, one.addr_spec) for one in mail.to),
        cc=tuple(Person(one.display_name, one.addr_spec) for one in mail.cc),
        subject=mail.subject,
        body=mail.body,
        files=tuple((one.filename, one.size) for one in mail.attachments),
    )
