"""Polling an account: what is new in each folder is fetched, read and stored, batch by batch.

Room: ingest. In: a `MailSource`, the account. Out: rows, and a report per folder. Mail is found by UID, never by UNSEEN.
The network is used with no transaction open; each batch is one transaction: raw, location, message, thread, people and
the watermark together, and whatever the caller hangs on it (`after_batch`: the rules). So a cut at any point loses
nothing and repeats nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from mailcrm.domain.errors import FolderRefused, ParseError, ServerRefused
from mailcrm.domain.mailboxes import junk_folders, to_read
from mailcrm.domain.parties import Ours
from mailcrm.domain.words import Sentence, say
from mailcrm.ingest.batch import store_batch
from mailcrm.ingest.folders import open_folder
from mailcrm.ingest.junk import from_known
from mailcrm.ingest.message_rows import Incoming
from mailcrm.ingest.reading import read_mail
from mailcrm.ingest.rebinding import has_old_numbers, rebind
from mailcrm.ingest.storing import Stored
from mailcrm.ports import Clock, FetchedMail, MailboxState, MailHead, MailParser, MailSource, RemoteMailbox
from mailcrm.records import Location, Mailbox
from mailcrm.store import Store

__all__ = ["FolderReport", "Poll", "PolledAccount"]

_WINDOW = 200

AfterBatch = Callable[[Session, frozenset[int]], None]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class PolledAccount:
    """What polling needs to know of an account; `own_servers`: the authserv-ids of its receiving servers.

    `last_look`: when it was last read without trouble, None where it never was.
    """

    id: int
    go_live: datetime
    only_folders: Sequence[str]
    skip_folders: Sequence[str]
    own_servers: frozenset[str] = frozenset()
    last_look: datetime | None = None


@dataclass(slots=True)
class FolderReport:
    """What a poll found in one folder; `skipped` are mails that the server would not hand over.

    `old`: of the new ones those that had been delivered elsewhere long before; they are history and open nothing.
    """

    name: str
    fetched: int = 0
    new: int = 0
    duplicate: int = 0
    quarantined: int = 0
    old: int = 0
    skipped: list[tuple[int, Sentence]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a batch lies, and which uids the server would not hand over on the way to it."""

    mailbox_id: int
    uidvalidity: int
    left_out: Sequence[int]
    heads: Mapping[int, MailHead]


@dataclass(slots=True)
class Poll:
    """One pass over an account's folders."""

    store: Store
    source: MailSource
    parser: MailParser
    account: PolledAccount
    ours: Ours
    clock: Clock
    after_batch: AfterBatch
    progress: Progress

    def run(self, *, full: bool = False) -> Iterator[FolderReport]:
        """Poll every folder that is to be read; `full` compares the whole UID list instead of trusting the watermark.

        A folder that can't be opened stops no other: FolderRefused names it when all are read. Without INBOX there is no
        account: what the server says of it stands as it is.
        """
        listing = self.source.mailboxes()
        listed = frozenset(each.raw_name for each in listing)
        refused: list[tuple[str, ServerRefused]] = []
        chosen = (self.account.only_folders, self.account.skip_folders)
        junk = junk_folders(listing, *chosen)  # last, when everybody who wrote is known
        for folder in [*to_read(listing, *chosen), *junk]:
            try:
                state = self.source.examine(folder.raw_name)
            except ServerRefused as error:
                if folder.name.casefold() == "inbox" or error.retry_after is not None:
                    raise
                refused.append((folder.name, error))
                continue
            yield self._folder(folder, state, listed, full=full, known_only=folder in junk)
        if refused:
            name, why = refused[0]
            raise FolderRefused(say("Folder {name} was not read: {error}", name=name, error=why.sentence), why.hint)

    def _folder(
        self,
        folder: RemoteMailbox,
        state: MailboxState,
        listed: frozenset[bytes],
        *,
        full: bool,
        known_only: bool,
    ) -> FolderReport:
        mailbox_id, uidvalidity = open_folder(
            self.store, self.source, account_id=self.account.id, folder=folder, state=state, listed=listed
        )
        report = FolderReport(folder.name)
        wanted, renumbered = self._wanted(mailbox_id, uidvalidity, full=full)
        done = 0
        for window in _windows(wanted):
            heads = self.source.heads(window)
            if renumbered:
                known = rebind(self.store, self.source, mailbox_id, uidvalidity, heads)
                heads = {uid: head for uid, head in heads.items() if uid not in known}
            if known_only:
                known = from_known(self.store, self.parser, self.source.letterheads(list(heads)))
                heads = {uid: head for uid, head in heads.items() if uid in known}
            self._window(mailbox_id, uidvalidity, window, heads, report)
            done += len(window)
            self.progress(folder.name, done, len(wanted))
        self._finish(mailbox_id)
        return report

    def _wanted(self, mailbox_id: int, uidvalidity: int, *, full: bool) -> tuple[list[int], bool]:
        """Return what to fetch: first what lies inside the watermark, then new mail oldest first, history newest first.

        So the interval grows at its ends only, by what was stored, and a cut leaves no hole in it. And return whether some
        of it may be known under other numbers: until the first pass under the new ones is through.
        """
        with self.store.read() as session:
            row = session.get_one(Mailbox, mailbox_id)
            known = _stored_uids(session, mailbox_id, uidvalidity) if full else set()
            renumbered = row.low_uid != 1 and has_old_numbers(session, mailbox_id, uidvalidity)
        low, high = row.low_uid, row.high_uid
        if low is None or high is None:
            return self.source.uids(1)[::-1], renumbered
        above = self.source.uids(high + 1)
        below = self.source.uids(1, low - 1)[::-1] if low > 1 else []
        inside = self.source.uids(low, high) if full else row.skipped
        return [*(uid for uid in inside if uid not in known), *above, *below], renumbered

    def _window(
        self,
        mailbox_id: int,
        uidvalidity: int,
        window: Sequence[int],
        heads: Mapping[int, MailHead],
        report: FolderReport,
    ) -> None:
        left_out: list[int] = []
        for batch in self.source.bodies([heads[uid] for uid in window if uid in heads]):
            left_out += self._skipped(report)
            mails = [(mail, self._incoming(mail, heads[mail.uid])) for mail in batch]
            place = _Place(mailbox_id, uidvalidity, left_out, heads)
            for _mail, stored in store_batch(self.store, mails, self.ours, partial(self._file, place)):
                report.fetched += 1
                setattr(report, stored.outcome, getattr(report, stored.outcome) + 1)
                report.old += stored.old
            if not batch:
                self._pass(mailbox_id, (), left_out)
        left_out += self._skipped(report)
        self._pass(mailbox_id, window, left_out)

    def _pass(self, mailbox_id: int, uids: Sequence[int], left_out: Sequence[int]) -> None:
        """Move the watermark over uids whose mails were stored or are there no more."""
        with self.store.begin() as session:
            _advance(session, mailbox_id, uids, left_out)

    def _skipped(self, report: FolderReport) -> list[int]:
        fresh = self.source.skipped[len(report.skipped) :]
        report.skipped += fresh
        return [uid for uid, _why in fresh]

    def _incoming(self, mail: FetchedMail, head: MailHead) -> Incoming:
        read, error = None, None
        try:
            read = read_mail(self.parser, mail.raw, self.account.own_servers)
        except ParseError as caught:
            error = caught.sentence
        return Incoming(
            account_id=self.account.id,
            raw=mail.raw,
            read=read,
            error=error,
            parser_version=self.parser.version,
            internaldate=mail.internaldate,
            fetched_at=self.clock.now(),
            go_live=self.account.go_live,
            whole_size=head.size if mail.oversize else None,
            last_look=self.account.last_look,
        )

    def _file(self, place: _Place, session: Session, batch: Sequence[tuple[FetchedMail, Stored]]) -> None:
        """Do what belongs to the batch's transaction: where the mails lie, the watermark, the rules."""
        here = (col(Location.mailbox_id) == place.mailbox_id, col(Location.uidvalidity) == place.uidvalidity)
        uids = [mail.uid for mail, _stored in batch]
        known = set(session.exec(select(Location.uid).where(*here, col(Location.uid).in_(uids))))
        for mail, stored in batch:
            if mail.uid not in known:
                session.add(
                    Location(
                        message_id=stored.message_id,
                        raw_id=stored.raw_id,
                        mailbox_id=place.mailbox_id,
                        uidvalidity=place.uidvalidity,
                        uid=mail.uid,
                        size=place.heads[mail.uid].size or None,
                        internaldate=mail.internaldate,
                        gmail_thread=place.heads[mail.uid].gmail_thread,
                    )
                )
        _advance(session, place.mailbox_id, uids, place.left_out)
        self.after_batch(session, frozenset[int]().union(*(stored.touched for _mail, stored in batch)))

    def _finish(self, mailbox_id: int) -> None:
        """Note that everything was read down to the first uid."""
        with self.store.begin() as session:
            row = session.get_one(Mailbox, mailbox_id)
            if row.high_uid is None:
                row.high_uid = 0
            row.low_uid = 1
            row.synced_at = self.clock.now()
            session.add(row)


def _stored_uids(session: Session, mailbox_id: int, uidvalidity: int) -> set[int]:
    here = (col(Location.mailbox_id) == mailbox_id, col(Location.uidvalidity) == uidvalidity)
    return set(session.exec(select(Location.uid).where(*here)))


def _windows(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (uids[start : start + _WINDOW] for start in range(0, len(uids), _WINDOW))


def _advance(session: Session, mailbox_id: int, uids: Sequence[int], skipped: Sequence[int]) -> None:
    """Widen the watermark over what was stored, and keep the uids that the server would not hand over."""
    row = session.get_one(Mailbox, mailbox_id)
    if uids:
        row.high_uid = max(row.high_uid or 0, *uids)
        row.low_uid = min(row.low_uid or row.high_uid + 1, *uids)
    row.skipped = sorted((set(row.skipped) - set(uids)) | set(skipped))
    session.add(row)
