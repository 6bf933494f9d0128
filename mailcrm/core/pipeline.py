"""The pipeline: the stages in their order, mailbox → ingest → rules.

Room: core. One account failing doesn't stop the others; its trouble is kept with the mend until a poll goes well.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.core.step_drafts import drafts_are_missing, write_drafts
from mailcrm.core.world import World
from mailcrm.domain.backoff import next_try
from mailcrm.domain.errors import FolderRefused, LoginRefused, MailcrmError, NotFound, RemoteError
from mailcrm.domain.words import say
from mailcrm.ingest.beside import ReadBeside
from mailcrm.ingest.poll import FolderReport, Poll, PolledAccount
from mailcrm.ingest.preparing import Arriving, Door
from mailcrm.ingest.readers import Readers
from mailcrm.ingest.receivers import learn_server, own_servers
from mailcrm.ingest.storing import store_mail
from mailcrm.outbox.doubt import settle_found
from mailcrm.outbox.returned import settle_returned
from mailcrm.queries.rows import AccountReport, FolderRow, SyncReport
from mailcrm.records import MailAccount, Outgoing
from mailcrm.rules.beginnings import settle_beginnings
from mailcrm.rules.clocks import recompute_clocks
from mailcrm.rules.people import settle_people
from mailcrm.rules.sequences import hear, is_due, left, pass_time
from mailcrm.rules.turns import Occasion
from mailcrm.store.threads import settle_threads

__all__ = ["after_batch", "chosen_accounts", "follow", "pass_steps", "poll_accounts", "resting", "store_sent"]

Progress = Callable[[str, int, int], None]


def chosen_accounts(world: World, name: str | None) -> list[MailAccount]:
    """Return the accounts to work on: the named one, or all."""
    with world.store.read() as session:
        here = select(MailAccount).where(col(MailAccount.removed_at).is_(None))
        rows = list(session.exec(here.order_by(col(MailAccount.id))))
    if name is None:
        return rows
    named = [row for row in rows if row.name == name]
    if not named:
        raise NotFound(say("There is no account {name}.", name=name), say("`mailcrm account list` shows the accounts."))
    return named


def resting(world: World, account: MailAccount) -> bool:
    """Whether the account's servers failed and are still to be left alone."""
    return account.next_try is not None and account.next_try > world.clock.now()


def poll_accounts(
    world: World, accounts: Sequence[MailAccount], *, full: bool = False, progress: Progress | None = None
) -> SyncReport:
    """Poll each account; return what was found and what went wrong."""
    with ReadBeside() as readers:
        reports = [_poll(world, account, readers, full=full, progress=progress) for account in accounts]
    new = sum(folder.new for report in reports for folder in report.folders)
    return SyncReport(tuple(reports), new, tuple(report.error for report in reports if report.error is not None))


def _poll(
    world: World, account: MailAccount, readers: Readers, *, full: bool, progress: Progress | None
) -> AccountReport:
    began = time.monotonic()
    folders: list[FolderReport] = []
    error: MailcrmError | None = None
    try:
        source = world.open_source(account)
        try:
            with world.store.read() as session:
                ours = world.ours(session)
            poll = Poll(
                store=world.store,
                source=source,
                parser=world.parser,
                readers=readers,
                account=PolledAccount(
                    id=_id(account),
                    go_live=account.go_live,
                    only_folders=account.only_folders,
                    skip_folders=account.skip_folders,
                    own_servers=own_servers(account),
                    last_look=account.last_good_poll,
                ),
                ours=ours,
                clock=world.clock,
                after_batch=lambda session, touched: after_batch(world, session, touched),
                progress=progress or (lambda _folder, _done, _total: None),
            )
            folders.extend(poll.run(full=full))
            if any(folder.new for folder in folders):
                with world.store.begin() as session:
                    learn_server(session, session.get_one(MailAccount, account.id))
        finally:
            source.close()
    except MailcrmError as caught:
        error = caught
    _note_health(world, account, error)
    rows = tuple(FolderRow(f.name, f.fetched, f.new, f.duplicate, f.quarantined, f.old) for f in folders)
    told = say("{account}: {error}", account=account.name, error=error.whole) if error else None
    return AccountReport(account.name, rows, time.monotonic() - began, told, error.exit_code if error else 0)


def _id(account: MailAccount) -> int:
    assert account.id is not None  # noqa: S101  (it was read from the table)
    return account.id


def _note_health(world: World, account: MailAccount, error: MailcrmError | None) -> None:
    with world.store.begin() as session:
        row = session.get(MailAccount, account.id)
        if row is None:
            return
        now = world.clock.now()
        if error is None:
            row.last_good_poll, row.trouble, row.trouble_since = now, None, None
            row.failures, row.next_try = 0, None
        else:
            row.trouble, row.trouble_since = error.whole.to_json(), row.trouble_since or now
            row.last_good_poll = now if isinstance(error, FolderRefused) else row.last_good_poll
            _back_off(row, error, now)
        session.add(row)


def _back_off(row: MailAccount, error: MailcrmError, now: datetime) -> None:
    """Say when the service tries again; a trouble at home (a full disk, a locked keyring) costs no server anything."""
    if not isinstance(error, RemoteError) or isinstance(error, FolderRefused):
        row.failures, row.next_try = 0, None
        return
    row.failures += 1
    refused = isinstance(error, LoginRefused)
    row.next_try = next_try(row.failures, now, name=row.name, login_refused=refused, asked_for=error.retry_after)


def after_batch(world: World, session: Session, touched: frozenset[int]) -> None:
    """Do what hangs on new mail, in its transaction: names and turns of threads, and sent mail that was in doubt."""
    settle_threads(session, touched)
    follow(world, session, touched)
    settle_found(session, lambda inner, row: store_sent(world, inner, row))


def follow(world: World, session: Session, touched: frozenset[int], by: str = "") -> None:
    """Let people, what came back, turns and waits be what the mails and decisions of these threads come to.

    `by`: whose command it was.
    """
    more = settle_people(session, touched, everybody=bool(by))
    ours = world.ours(session)
    settle_returned(session, touched, ours)
    occasion = Occasion(world.clock.now(), by)
    recompute_clocks(session, touched | more, ours, world.policies, occasion)
    hear(session, touched, world.moment(session, by))
    settle_beginnings(session, touched | more, world.clock.now())
    write_drafts(world, session)


def pass_steps(world: World) -> bool:
    """Let the sequences do what is due; return whether anything was."""
    with world.store.read() as session:
        due = is_due(session, world.moment(session))
        if not due and not drafts_are_missing(session):
            return False
    with world.store.begin() as session:
        if due:
            pass_time(session, world.moment(session))
        return write_drafts(world, session) or due


def store_sent(world: World, session: Session, row: Outgoing) -> None:
    """Store a mail of ours that was accepted as what it is: a message on its thread, which may close a turn."""
    assert row.raw is not None  # noqa: S101  (a sent mail was frozen)
    if row.automatic:  # a notice to ourselves belongs to no conversation
        return
    account = session.get_one(MailAccount, row.account_id)
    ours = world.ours(session)
    door = Door(world.parser, ours, row.account_id, account.go_live, history=False)
    ready = door.ready(Arriving(row.raw, row.sent_at, world.clock.now()))
    stored = store_mail(session, ready, ours)
    row.stored_message_id = stored.message_id
    session.add(row)
    touched = stored.touched | ({row.thread_id} if row.thread_id else set())
    settle_threads(session, touched)
    left(session, row, world.moment(session))
    follow(world, session, touched)
