"""Polling an account: what is new in each folder is fetched, read and stored, batch by batch.

Room: ingest. In: a `MailSource`, the account. Out: rows, and a report per folder. Mail is found by UID, never by UNSEEN.
The network is used with no transaction open; each batch is one transaction: raw, location, message, thread, people and
the watermark together, and whatever the caller hangs on it (`after_batch`: the rules). So a cut at any point loses
nothing and repeats nothing. Mail is fetched in hauls, read (`readers`) while the next haul is fetched, and stored in their
order: the watermark only ever moves over what lies in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from mailcrm.domain.errors import FolderRefused, RemoteError, ServerRefused
from mailcrm.domain.mailboxes import junk_folders, to_read
from mailcrm.domain.parties import Ours
from mailcrm.domain.watermark import Watermark
from mailcrm.domain.words import Sentence, say
from mailcrm.ingest.batch import store_batch
from mailcrm.ingest.collecting import seldom_collected
from mailcrm.ingest.folders import open_folder, watermarks
from mailcrm.ingest.junk import from_known
from mailcrm.ingest.preparing import Arriving, Door, Ready
from mailcrm.ingest.readers import Readers, ReadHere
from mailcrm.ingest.rebinding import has_old_numbers, rebind
from mailcrm.ingest.storing import Stored
from mailcrm.ports import Clock, FetchedMail, MailboxState, MailHead, MailParser, MailSource, RemoteMailbox
from mailcrm.records import Location, Mailbox
from mailcrm.store.bulk import add_rows, table_of
from mailcrm.store.engine import Store

__all__ = ["FolderReport", "Poll", "PolledAccount"]

_WINDOW = 500
_MANY = 500  # below that, starting another process costs more than it gives
_BATCH = 200
_BATCH_OCTETS = 8 * 1024 * 1024

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
class _Folder:
    """A folder while it is polled: `total` uids are wanted.

    `renumbered`: some may be known under other numbers. `known_only`: mail of known people is wanted only.
    """

    mailbox_id: int
    uidvalidity: int
    total: int
    renumbered: bool
    known_only: bool
    report: FolderReport


_Lying = tuple[MailHead, datetime | None]


@dataclass(frozen=True, slots=True)
class _Haul:
    """What one fetch brought, without the bytes: (head, internaldate) of its mails, and the uids that were not handed over.

    `gone`: of a window that was fetched to its end the uids that brought no mail; `left_out` are then all of the window.
    """

    mails: Sequence[_Lying]
    left_out: Sequence[int]
    gone: Sequence[int] = ()


@dataclass(slots=True)
class Poll:
    """One pass over an account's folders."""

    store: Store
    source: MailSource
    parser: MailParser
    readers: Readers
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
        known = {} if full else watermarks(self.store, self.account.id)
        for folder in [*to_read(listing, *chosen), *junk]:
            try:
                state = self.source.examine(folder.raw_name)
            except ServerRefused as error:
                if folder.name.casefold() == "inbox" or error.retry_after is not None:
                    raise
                refused.append((folder.name, error))
                continue
            if self._is_unchanged(folder, state, known.get(folder.raw_name)):
                yield FolderReport(folder.name)
            else:
                yield self._folder(folder, state, listed, full=full, known_only=folder in junk)
        if refused:
            name, why = refused[0]
            raise FolderRefused(say("Folder {name} was not read: {error}", name=name, error=why.sentence), why.hint)

    def _is_unchanged(self, folder: RemoteMailbox, state: MailboxState, known: Watermark | None) -> bool:
        """Whether all of the folder is stored: most looks find that, and need nothing else of the database."""
        top = known.top(folder, state.uidvalidity) if known else None
        return top is not None and not self.source.uids(top + 1)

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
        wanted, renumbered, unfinished = self._wanted(mailbox_id, uidvalidity, full=full)
        here = _Folder(mailbox_id, uidvalidity, len(wanted), renumbered, known_only, FolderReport(folder.name))
        cut: list[RemoteError] = []
        many = len(wanted) >= _MANY
        with seldom_collected() if many else nullcontext():
            self._store(here, self._read(_until(cut, self._hauls(here, wanted)), many=many))
        if cut:
            raise cut[0]
        if unfinished:
            self._finish(mailbox_id)
        return here.report

    def _wanted(self, mailbox_id: int, uidvalidity: int, *, full: bool) -> tuple[list[int], bool, bool]:
        """Return what to fetch: first what lies inside the watermark, then new mail oldest first, history newest first.

        So the interval grows at its ends only, by what was stored, and a cut leaves no hole in it. And return whether some
        of it may be known under other numbers, and whether the first pass isn't through.
        """
        with self.store.read() as session:
            row = session.get_one(Mailbox, mailbox_id)
            unfinished = row.low_uid != 1
            # Outside of the watermark lies what was recognised under other numbers before a cut.
            known = _stored_uids(session, mailbox_id, uidvalidity) if full or unfinished else set()
            renumbered = unfinished and has_old_numbers(session, mailbox_id, uidvalidity)
        low, high = row.low_uid, row.high_uid
        if low is None or high is None:
            wanted = self.source.uids(1)[::-1]
        else:
            inside = self.source.uids(low, high) if full else row.skipped
            above = self.source.uids(high + 1)
            below = self.source.uids(1, low - 1)[::-1] if low > 1 else []
            wanted = [*inside, *above, *below]
        return [uid for uid in wanted if uid not in known] if known else wanted, renumbered, unfinished

    def _read(
        self, hauls: Iterator[tuple[_Haul, list[Arriving]]], *, many: bool
    ) -> Iterator[tuple[_Haul, list[Ready]]]:
        """Yield the hauls, read, in their order."""
        return (self.readers if many else ReadHere()).through(self._door(), hauls)

    def _hauls(self, here: _Folder, wanted: Sequence[int]) -> Iterator[tuple[_Haul, list[Arriving]]]:
        """Fetch window by window; the last haul of a window tells what is there no more or needs no fetching."""
        for window in _windows(wanted):
            heads = self.source.heads(window)
            if here.renumbered:
                known = rebind(self.store, self.source, here.mailbox_id, here.uidvalidity, heads)
                heads = {uid: head for uid, head in heads.items() if uid not in known}
            if here.known_only:
                known = from_known(self.store, self.parser, self.source.letterheads(list(heads)))
                heads = {uid: head for uid, head in heads.items() if uid in known}
            before = told = len(self.source.skipped)
            gone = dict.fromkeys(window)
            for mails in self.source.bodies([heads[uid] for uid in window if uid in heads]):
                left_out, told = self.source.skipped[told:], len(self.source.skipped)
                for mail in mails:
                    del gone[mail.uid]
                lying = [(heads[mail.uid], mail.internaldate) for mail in mails]
                yield _Haul(lying, _uids(left_out)), self._arriving(mails, heads)
            if gone:
                yield _Haul((), _uids(self.source.skipped[before:]), tuple(gone)), []

    def _arriving(self, mails: Sequence[FetchedMail], heads: Mapping[int, MailHead]) -> list[Arriving]:
        now = self.clock.now()
        return [
            Arriving(mail.raw, mail.internaldate, now, heads[mail.uid].size if mail.oversize else None)
            for mail in mails
        ]

    def _door(self) -> Door:
        return Door(
            parser=self.parser,
            ours=self.ours,
            account_id=self.account.id,
            go_live=self.account.go_live,
            own_servers=self.account.own_servers,
            last_look=self.account.last_look,
        )

    def _store(self, here: _Folder, read: Iterator[tuple[_Haul, list[Ready]]]) -> None:
        """Store haul after haul, some of them together; the first at once, so that today's mail is there within seconds."""
        hauls: list[_Haul] = []
        batch: list[Ready] = []
        done, wait_for, octets = 0, 1, 0
        for haul, mails in read:
            hauls.append(haul)
            batch += mails
            octets += sum(mail.bytes_.size for mail in mails)
            if len(batch) >= wait_for or octets >= _BATCH_OCTETS:
                done += self._write(here, hauls, batch)
                self.progress(here.report.name, done, here.total)
                # Who is known decides what is fetched from a Junk folder: nothing may wait to be stored there.
                hauls, batch, wait_for, octets = [], [], 1 if here.known_only else _BATCH, 0
        if hauls:
            done += self._write(here, hauls, batch)
            self.progress(here.report.name, here.total, here.total)

    def _write(self, here: _Folder, hauls: Sequence[_Haul], batch: Sequence[Ready]) -> int:
        """Store a batch and move the watermark over it; return how many uids are done with."""
        report = here.report
        gone = [uid for haul in hauls for uid in haul.gone]
        left_out = [uid for haul in hauls for uid in haul.left_out]
        if batch:
            mails = [mail for haul in hauls for mail in haul.mails]
            for stored in store_batch(self.store, batch, self.ours, partial(self._file, here, mails, left_out)):
                report.fetched += 1
                setattr(report, stored.outcome, getattr(report, stored.outcome) + 1)
                report.old += stored.old
        if gone or not batch:
            with self.store.begin() as session:
                _advance(session, here.mailbox_id, gone, left_out)
        report.skipped = list(self.source.skipped)
        return len(batch) + len(gone)

    def _file(
        self,
        here: _Folder,
        mails: Sequence[_Lying],
        left_out: Sequence[int],
        session: Session,
        places: Sequence[int],
        stored: Sequence[Stored],
    ) -> None:
        """Do what belongs to the batch's transaction: where the mails lie, the watermark, the rules."""
        lying = [(*mails[place], one) for place, one in zip(places, stored, strict=True)]
        uids = [head.uid for head, _at, _stored in lying]
        there = (col(Location.mailbox_id) == here.mailbox_id, col(Location.uidvalidity) == here.uidvalidity)
        known = set(session.exec(select(Location.uid).where(*there, col(Location.uid).in_(uids))))
        copies = [
            {
                "message_id": one.message_id,
                "raw_id": one.raw_id,
                "mailbox_id": here.mailbox_id,
                "uidvalidity": here.uidvalidity,
                "uid": head.uid,
                "size": head.size or None,
                "internaldate": at,
                "gmail_thread": head.gmail_thread,
            }
            for head, at, one in lying
            if head.uid not in known
        ]
        add_rows(session, table_of(Location), copies)
        _advance(session, here.mailbox_id, uids, left_out)
        self.after_batch(session, frozenset[int]().union(*(one.touched for one in stored)))

    def _finish(self, mailbox_id: int) -> None:
        """Note that everything was read down to the first uid."""
        with self.store.begin() as session:
            row = session.get_one(Mailbox, mailbox_id)
            if row.high_uid is None:
                row.high_uid = 0
            row.low_uid = 1
            session.add(row)


def _until(
    cut: list[RemoteError], hauls: Iterator[tuple[_Haul, list[Arriving]]]
) -> Iterator[tuple[_Haul, list[Arriving]]]:
    """Yield the hauls that come before the server fails, and note how it did: what was fetched by then is stored first."""
    try:
        yield from hauls
    except RemoteError as error:
        cut.append(error)


def _stored_uids(session: Session, mailbox_id: int, uidvalidity: int) -> set[int]:
    here = (col(Location.mailbox_id) == mailbox_id, col(Location.uidvalidity) == uidvalidity)
    return set(session.exec(select(Location.uid).where(*here)))


def _uids(skipped: Sequence[tuple[int, Sentence]]) -> list[int]:
    return [uid for uid, _why in skipped]


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
