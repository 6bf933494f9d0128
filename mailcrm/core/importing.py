"""Importing mail from files: history by default, live mail from go-live on where asked for.

Room: core. Idempotent by content: the same mail is stored once. One transaction per batch, as in polling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from sqlmodel import Session

from mailcrm.core.pipeline import after_batch, chosen_accounts
from mailcrm.core.world import World
from mailcrm.domain.arrival import filed_at
from mailcrm.domain.errors import ParseError, UsageError
from mailcrm.domain.message import ReadMail
from mailcrm.domain.parties import Ours
from mailcrm.domain.words import Sentence, say
from mailcrm.ingest.batch import store_batch
from mailcrm.ingest.files import FiledMail, mails_in
from mailcrm.ingest.message_rows import Incoming
from mailcrm.ingest.reading import read_mail
from mailcrm.ingest.receivers import own_servers
from mailcrm.ingest.storing import Stored
from mailcrm.queries.rows import ImportReport
from mailcrm.records import MailAccount

__all__ = ["import_mail"]

_BATCH = 100


def import_mail(
    world: World,
    *,
    paths: Sequence[str],
    account: str | None = None,
    live: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[Sentence, ImportReport]:
    """Store the mails of `paths`; return what was new, known, unreadable."""
    owner = _owner(world, account, live=live)
    with world.store.read() as session:
        ours = world.ours(session)
    counts = {"new": 0, "duplicate": 0, "quarantined": 0}
    errors: list[tuple[str, Sentence]] = []
    files = 0
    for batch in _batches(paths):
        files += len(batch)
        errors += [(str(mail.path), mail.error) for mail in batch if mail.error is not None]
        mails = [
            (mail.path, _incoming(world, owner, mail, live=live, ours=ours)) for mail in batch if mail.error is None
        ]
        for _path, stored in store_batch(world.store, mails, ours, partial(_after, world)):
            counts[stored.outcome] += 1
        if progress is not None:
            progress(str(batch[-1].path), files, 0)
    report = ImportReport(
        files=files,
        new=counts["new"],
        duplicate=counts["duplicate"],
        quarantined=counts["quarantined"],
        errors=tuple(errors),
    )
    return say("Imported: {new} new, {duplicate} known already.", **counts), report


def _after(world: World, session: Session, batch: Sequence[tuple[Path, Stored]]) -> None:
    after_batch(world, session, frozenset[int]().union(*(stored.touched for _path, stored in batch)))


def _owner(world: World, name: str | None, *, live: bool) -> MailAccount | None:
    """Return the account that the mail belongs to: the named one, or the only one."""
    accounts = chosen_accounts(world, name)
    if len(accounts) == 1:
        return accounts[0]
    if live or accounts:
        raise UsageError(
            say("It isn't clear which account this mail belongs to."),
            say("Name it with --account NAME; `mailcrm account list` shows them."),
        )
    return None


def _batches(paths: Sequence[str]) -> Iterator[list[FiledMail]]:
    batch: list[FiledMail] = []
    for path in paths:
        for mail in mails_in(Path(path)):
            batch.append(mail)
            if len(batch) == _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _read(world: World, owner: MailAccount | None, raw: bytes) -> tuple[ReadMail | None, Sentence | None]:
    try:
        return read_mail(world.parser, raw, own_servers(owner)), None
    except ParseError as error:
        return None, error.sentence


def _incoming(
    world: World,
    owner: MailAccount | None,
    mail: FiledMail,
    *,
    live: bool,
    ours: Ours,
) -> Incoming:
    """Return the mail with its arrival."""
    read, error = _read(world, owner, mail.raw)
    arrival = mail.at
    if read is not None:
        arrival = filed_at(read.mail, ours.side(read.mail.from_), mail.at)
    return Incoming(
        account_id=owner.id if owner else None,
        raw=mail.raw,
        read=read,
        error=error,
        parser_version=world.parser.version,
        internaldate=arrival,
        fetched_at=world.clock.now(),
        go_live=owner.go_live if owner else None,
        history=None if live else True,
    )
