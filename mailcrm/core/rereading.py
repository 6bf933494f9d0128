"""Reading stored mail again: with a newer parser, and what was in quarantine.

Room: core. In batches of one transaction each, the newest mail first; cut at any point it goes on where it was, since every
mail keeps the version of the parser that read it. Bytes are read and parsed with no transaction open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy.exc import StatementError
from sqlmodel import Session, col, select

from mailcrm.core.pipeline import after_batch
from mailcrm.core.world import World
from mailcrm.domain.errors import ParseError
from mailcrm.domain.message import ReadMail
from mailcrm.domain.words import Sentence, say
from mailcrm.ingest.batch import refused
from mailcrm.ingest.reading import read_mail
from mailcrm.ingest.receivers import servers_for
from mailcrm.ingest.renewing import release, renew
from mailcrm.queries.rows import RereadReport
from mailcrm.records import Message, QuarantinedMail, RawMail
from mailcrm.store.finding import number
from mailcrm.store.raws import read_raw

__all__ = ["reparse", "retry_quarantine"]

_BATCH = 100
_BATCH_OCTETS = 32_000_000

T = TypeVar("T", Message, QuarantinedMail)
Progress = Callable[[str, int, int], None]
Fresh = tuple[int, bytes, ReadMail | Sentence]
Write = Callable[[Session, Fresh], frozenset[int] | None]


def reparse(world: World, *, every: bool = False, progress: Progress | None = None) -> tuple[Sentence, RereadReport]:
    """Read mail again that another version of the parser read, or every mail; then try the open quarantine."""
    ids = _to_read(world, every=every)
    done, errors = 0, []
    for batch in _batches(ids):
        for message_id, outcome in _reread(world, Message, batch, lambda session, mail: _renew(world, session, mail)):
            if isinstance(outcome, Sentence):
                errors.append((f"m{message_id}", outcome))
        done += len(batch)
        if progress is not None:
            progress("", done, len(ids))
    recovered, kept = _try_again(world, _in_quarantine(world))
    report = RereadReport(len(ids) - len(errors), recovered, kept, tuple(errors))
    return say("Read again: {count}.", count=report.messages), report


def retry_quarantine(world: World, *, id: str | None = None) -> tuple[Sentence, RereadReport]:  # noqa: A002  (as on the command line)
    """Try to read "h2", or all that are open, once more."""
    if id is None:
        chosen = _in_quarantine(world)
    else:
        with world.store.read() as session:
            row = session.get_one(QuarantinedMail, number(id, "h", "quarantined mail"))
            chosen = [(row.id or 0, session.get_one(RawMail, row.raw_id).size)]
    recovered, kept = _try_again(world, chosen)
    return say("Readable now: {count}.", count=recovered), RereadReport(0, recovered, kept, ())


def _to_read(world: World, *, every: bool) -> list[tuple[int, int]]:
    """Return (id, size) of the mails to be read, the newest first."""
    chosen = select(Message.id, RawMail.size).join(RawMail).order_by(col(Message.sort_key).desc())
    if not every:
        chosen = chosen.where(col(Message.parser_version) != world.parser.version)
    with world.store.read() as session:
        return [(message_id or 0, size) for message_id, size in session.exec(chosen)]


def _in_quarantine(world: World) -> list[tuple[int, int]]:
    opened = select(QuarantinedMail.id, RawMail.size).join(RawMail).where(col(QuarantinedMail.state) == "open")
    with world.store.read() as session:
        return [(row_id or 0, size) for row_id, size in session.exec(opened)]


def _batches(sizes: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Cut into batches of so many mails and octets at most (one mail at least)."""
    batch: list[int] = []
    octets = 0
    for row_id, size in sizes:
        if batch and (len(batch) == _BATCH or octets + size > _BATCH_OCTETS):
            yield batch
            batch, octets = [], 0
        batch.append(row_id)
        octets += size
    if batch:
        yield batch


def _try_again(world: World, chosen: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Try mails in quarantine; return how many are messages now, and how many stay."""
    outcomes = [
        outcome
        for batch in _batches(chosen)
        for _id, outcome in _reread(world, QuarantinedMail, batch, lambda session, mail: _release(world, session, mail))
    ]
    kept = sum(isinstance(outcome, Sentence) for outcome in outcomes)
    return len(outcomes) - kept, kept


def _reread(world: World, table: type[T], ids: Sequence[int], write: Write) -> list[tuple[int, Sentence | None]]:
    """Read the mails of rows `ids` and write what came of it; return for each why it could not be read, or None.

    One transaction; where the database takes one of them not, one for each, so that it costs itself only.
    """
    fresh = [_read(world, table, row_id) for row_id in ids]
    try:
        _write(world, fresh, write)
    except StatementError:
        fresh = [_alone(world, mail, write) for mail in fresh]
    return [(row_id, read if isinstance(read, Sentence) else None) for row_id, _raw, read in fresh]


def _read(world: World, table: type[T], row_id: int) -> Fresh:
    with world.store.read() as session:
        row = session.get_one(table, row_id)
        raw, servers = read_raw(session, row.raw_id), servers_for(session, row.account_id)
        ours = world.ours(session)
    try:
        return row_id, raw, read_mail(world.parser, raw, servers, ours)
    except ParseError as error:
        return row_id, raw, error.sentence


def _alone(world: World, mail: Fresh, write: Write) -> Fresh:
    try:
        _write(world, [mail], write)
    except StatementError as error:
        mail = (mail[0], mail[1], refused(error))
        _write(world, [mail], write)
    return mail


def _write(world: World, batch: Sequence[Fresh], write: Write) -> None:
    with world.store.begin() as session:
        touched = [write(session, mail) for mail in batch]
        after_batch(world, session, frozenset[int]().union(*(each for each in touched if each)))


def _renew(world: World, session: Session, mail: Fresh) -> frozenset[int] | None:
    """Renew a message; one that this parser doesn't survive keeps what the last one read."""
    row_id, raw, read = mail
    if isinstance(read, Sentence):
        return None
    row = session.get_one(Message, row_id)
    return renew(session, row, raw, read, world.parser.version, world.ours(session))


def _release(world: World, session: Session, mail: Fresh) -> frozenset[int] | None:
    row_id, raw, read = mail
    row = session.get_one(QuarantinedMail, row_id)
    return release(session, row, raw, read, world.parser, world.ours(session))
