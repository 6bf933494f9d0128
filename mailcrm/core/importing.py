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
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import Sentence, say
from mailcrm.ingest.batch import store_batch
from mailcrm.ingest.files import FiledMail, mails_in
from mailcrm.ingest.preparing import Arriving, Door
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
    door = Door(
        parser=world.parser,
        ours=ours,
        account_id=owner.id if owner else None,
        go_live=owner.go_live if owner else None,
        own_servers=own_servers(owner),
        history=None if live else True,
        from_files=True,
    )
    counts = {"new": 0, "duplicate": 0, "quarantined": 0}
    errors: list[tuple[str, Sentence]] = []
    files = 0
    for batch in _batches(paths):
        files += len(batch)
        errors += [(str(mail.path), mail.error) for mail in batch if mail.error is not None]
        now = world.clock.now()
        mails = [door.ready(Arriving(mail.raw, mail.at, now)) for mail in batch if mail.error is None]
        for stored in store_batch(world.store, mails, ours, partial(_after, world)):
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


def _after(world: World, session: Session, _places: Sequence[int], batch: Sequence[Stored]) -> None:
    after_batch(world, session, frozenset[int]().union(*(stored.touched for stored in batch)))


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
