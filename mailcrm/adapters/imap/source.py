r"""A mailbox over IMAP: `ports.MailSource` on imapclient 4.

Room: adapters. In: an account's login and its password. Out: folders, uids, mails as they lie on the server. Only EXAMINE
and BODY.PEEK[] are used: nothing is marked, moved or deleted; the one write is `append`.

A source connects when it is made, belongs to one thread, and is dead after Unreachable or TlsError: make a new one. After
ServerRefused it still stands. One mail that can't be had never stops a folder: it is left out and told in `skipped`.
"""

from __future__ import annotations

import contextlib
import imaplib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from imapclient import SocketTimeout

from mailcrm.adapters.imap.answers import LAST_UID, batches, first_message_id, instant, is_mail, number, told_number
from mailcrm.adapters.imap.fetched import Answers
from mailcrm.adapters.imap.folders import listed
from mailcrm.adapters.imap.session import Session
from mailcrm.adapters.imap.trouble import Cut, HungUp
from mailcrm.adapters.imap.waiting import wait_for_news
from mailcrm.adapters.quirks import Quirk
from mailcrm.domain.errors import RemoteError, ServerRefused
from mailcrm.domain.outbox import REFERENCE_HEADER
from mailcrm.domain.words import Sentence, say
from mailcrm.ports import AccountLogin, FetchedMail, MailboxState, MailHead, RemoteMailbox

__all__ = ["ImapSource"]

_TIMEOUT = SocketTimeout(connect=15, read=60)
_LITERAL_CAP = 60 * 1024 * 1024
_OVERSIZE = 25 * 1024 * 1024
_WINDOW = 500
_NEWEST = 100
_REOPENINGS = 20
_CUTS_IN_A_ROW = 2
_WHOLE = "BODY[]"
_HEADER = "BODY[HEADER]"


class ImapSource:
    """One connection to one account.

    `password` is asked before each connection; of an account that is signed in in the browser it is an access token, and
    `renew` gives another one for one that was refused. `ca_file`: an authority to trust besides the system's. Mails announced
    with more than `oversize` octets come as header only; a literal above `literal_cap` ends the connection unread.
    `stop`, when set by another thread, ends `wait` early.
    """

    def __init__(
        self,
        login: AccountLogin,
        password: Callable[[], str],
        *,
        ca_file: Path | None = None,
        literal_cap: int = _LITERAL_CAP,
        oversize: int = _OVERSIZE,
        timeout: SocketTimeout = _TIMEOUT,
        stop: threading.Event | None = None,
        renew: Callable[[str], str] | None = None,
    ) -> None:
        self._open = partial(Session, login, password, ca_file, timeout, literal_cap, renew)
        self._session = self._open()
        self._oversize = oversize
        self._stop = stop or threading.Event()
        self._examined: bytes | None = None
        self._uidvalidity: int | None = None
        self._reopenings = _REOPENINGS
        self._cuts = 0
        self.skipped: list[tuple[int, Sentence]] = []

    @property
    def capabilities(self) -> frozenset[str]:
        """What the server said it can do, after login."""
        return self._session.capabilities

    @property
    def quirk(self) -> Quirk:
        """The provider's ways."""
        return self._session.quirk

    # -- ports.MailSource -------------------------------------------------------------------------------------------

    def mailboxes(self) -> Sequence[RemoteMailbox]:
        """Return every folder that the server lists."""
        with self._session.talk() as client:
            kind, answer = client.connection.list('""', "*")
            if kind != "OK":
                raise imaplib.IMAP4.error(answer[0])
            return listed(answer)

    def examine(self, raw_name: bytes) -> MailboxState:
        """Open a folder read-only; where EXAMINE doesn't tell UIDNEXT or UIDVALIDITY, STATUS is asked."""
        told = self._select(raw_name)
        self.skipped, self._reopenings, self._cuts = [], _REOPENINGS, 0
        if told.get(b"UIDNEXT") is None or told.get(b"UIDVALIDITY") is None:
            told = {**self._status(raw_name), **told}
        return MailboxState(
            told_number(told, b"UIDVALIDITY"), told_number(told, b"UIDNEXT"), number(told.get(b"EXISTS"))
        )

    def uids(self, low: int, high: int | None = None) -> list[int]:
        """Return the existing uids in the range; `n:*` alone would always hold the last mail (RFC 3501, 6.4.8)."""
        low = max(low, 1)
        if high is not None and high < low:
            return []
        criteria = f"UID {low}:{'*' if high is None else high}"
        if "X-GM-EXT-1" in self.capabilities:
            criteria += " UNDRAFT"  # Gmail's All Mail shows drafts, which nobody has sent
        with self._session.talk() as client:
            found = client.search(criteria)
        return sorted({uid for uid in found if low <= uid <= (LAST_UID if high is None else high)})

    def heads(self, uids: Sequence[int]) -> dict[int, MailHead]:
        """Return size and arrival; a mail whose head the server can't give has size 0 and no date."""
        items = ("RFC822.SIZE", "INTERNALDATE", *(("X-GM-THRID",) if "X-GM-EXT-1" in self.capabilities else ()))
        heads: dict[int, MailHead] = {}
        for start in range(0, len(uids), _WINDOW):
            window = uids[start : start + _WINDOW]
            told = self._fetch_each(window, items)
            there = set(window) if told.keys() >= set(window) else self._still_there(window)
            for uid in window:
                if uid in there:
                    answer = told.get(uid, {})
                    heads[uid] = MailHead(
                        uid,
                        number(answer.get(b"RFC822.SIZE")),
                        instant(answer),
                        str(number(answer.get(b"X-GM-THRID")) or ""),
                    )
        return heads

    def message_ids(self, uids: Sequence[int]) -> dict[int, str]:
        """Return the Message-IDs; a light fetch, for recognising mail under new numbers."""
        return {uid: first_message_id(lines) for uid, lines in self._header_lines(uids, "MESSAGE-ID").items()}

    def letterheads(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Return who writes and what to; a light fetch, for choosing what to read."""
        return self._header_lines(uids, "FROM MESSAGE-ID IN-REPLY-TO REFERENCES")

    def bodies(self, heads: Sequence[MailHead]) -> Iterator[list[FetchedMail]]:
        """Yield the mails in the given order; those gone meanwhile are missing, those that can't be had in `skipped`."""
        for batch in batches(heads, self._oversize):
            yield self._batch(batch)

    def whole(self, uid: int) -> FetchedMail | None:
        """Return one mail whole; Unreachable where it is above the literal cap: it is never read then."""
        return self._mails([MailHead(uid, 0, None)], _WHOLE).get(uid)

    def has_message(self, raw_name: bytes, message_id: str, reference: str = "") -> bool:
        """Whether the folder holds the mail; what SEARCH finds is compared, and the newest are looked at besides.

        Some servers find by pieces of an id, others find a new mail only minutes later, some give it another Message-ID.
        """
        before, told = self._examined, self._select(raw_name)
        found = self._is_among(self._search("Message-ID", f"<{message_id}>"), message_id, reference)
        if not found and reference:
            found = self._is_among(self._search(REFERENCE_HEADER, reference), message_id, reference)
        if not found:
            newest = self.uids(told.get(b"UIDNEXT", _NEWEST) - _NEWEST)
            found = self._is_among(newest, message_id, reference)
        if before not in (None, raw_name):
            self._select(before)
        return found

    def append(self, raw_name: bytes, raw: bytes, at: datetime) -> None:
        """Store a mail as read, with `at` (aware) as its internaldate."""
        with self._session.talk() as client:
            client.append(raw_name, raw, flags=(b"\\Seen",), msg_time=at.astimezone(UTC))

    def wait(self, seconds: float) -> bool:
        """Wait for news in the examined folder; True where some came. Ends early when `stop` is set."""
        if "IDLE" not in self.capabilities or self._examined is None:
            self._stop.wait(seconds)
            return False
        return wait_for_news(self._session, seconds, self._stop)

    def close(self) -> None:
        """Log out where the connection is well, else hang up."""
        self._session.close()

    # -- fetching ---------------------------------------------------------------------------------------------------

    def _select(self, raw_name: bytes) -> dict[bytes, Any]:
        self._examined = None
        with self._session.talk() as client:
            told: dict[bytes, Any] = client.select_folder(raw_name, readonly=True)
        self._examined, self._uidvalidity = raw_name, told.get(b"UIDVALIDITY")
        return told

    def _status(self, raw_name: bytes) -> dict[bytes, int]:
        try:
            with self._session.talk() as client:
                told: dict[bytes, int] = client.folder_status(raw_name, ["UIDNEXT", "UIDVALIDITY"])
        except ServerRefused:
            return {}
        return {name.upper(): value for name, value in told.items() if isinstance(value, int)}

    def _fetch(self, uids: Sequence[int], items: Sequence[str]) -> Answers:
        try:
            with self._session.talk() as client:
                answers = client.answers(uids, items)
        except ServerRefused:
            self._session.forget_answers("FETCH")
            raise
        return answers

    def _fetch_each(self, uids: Sequence[int], items: Sequence[str]) -> Answers:
        """Fetch a window; where the server refuses it, uid by uid without those that it refuses."""
        try:
            return self._fetch(uids, items)
        except ServerRefused as error:
            _leave_alone(error)
            answers: Answers = {}
            for uid in uids:
                try:
                    answers.update(self._fetch([uid], items))
                except ServerRefused as refusal:
                    _leave_alone(refusal)
            return answers

    def _still_there(self, uids: Iterable[int]) -> set[int]:
        wanted = set(uids)
        return wanted.intersection(self.uids(min(wanted), max(wanted))) if wanted else set()

    def _batch(self, batch: Sequence[MailHead]) -> list[FetchedMail]:
        item = _HEADER if batch[0].size > self._oversize else _WHOLE
        found: dict[int, FetchedMail] = {}
        try:
            found = self._mails(batch, item)
        except ServerRefused as error:
            _leave_alone(error)
        except (HungUp, Cut) as error:
            self._reopen(error)
        for head in batch:
            if head.uid not in found:
                found.update(self._alone(head, item, again=len(batch) > 1))
        return [found[head.uid] for head in batch if head.uid in found]

    def _mails(self, batch: Sequence[MailHead], item: str) -> dict[int, FetchedMail]:
        # Dates are slow to read: none is asked for again that the heads told.
        asked = () if all(head.internaldate for head in batch) else ("INTERNALDATE",)
        answers = self._fetch([head.uid for head in batch], (item.replace("BODY", "BODY.PEEK"), *asked))
        mails = {}
        for head in batch:
            raw = answers.get(head.uid, {}).get(item.encode())
            if isinstance(raw, bytes):
                at = head.internaldate or instant(answers[head.uid])
                mails[head.uid] = FetchedMail(head.uid, raw, at, oversize=item == _HEADER)
        return mails

    def _alone(self, head: MailHead, item: str, *, again: bool) -> dict[int, FetchedMail]:
        """Try one mail by itself; one that is there and can't be had is told in `skipped`.

        A cut or a silence at a mail may be chance, so it is tried `again`; at one mail after another it is the line.
        """
        why = say("The server gives no content for this mail.")
        try:
            mails = self._mails([head], item)
        except ServerRefused as error:
            _leave_alone(error)
            mails, why = {}, error.sentence
        except HungUp as error:
            self._reopen(error)
            mails, why = {}, error.sentence
        except Cut as error:
            self._reopen(error)
            if again:
                return self._alone(head, item, again=False)
            self._blame_the_line(error)
            mails, why = {}, error.sentence
        if mails:
            self._cuts = 0
        elif self._still_there([head.uid]):
            self.skipped.append((head.uid, why))
        return mails

    def _blame_the_line(self, error: Cut) -> None:
        """Give up where the connection broke at several mails in a row: they are as good as any."""
        self._cuts += 1
        if self._cuts > _CUTS_IN_A_ROW:
            del self.skipped[-_CUTS_IN_A_ROW:]
            self._session.hang_up()
            raise error

    def _reopen(self, error: HungUp | Cut) -> None:
        """Connect anew: after BYE to a FETCH (Dovecot says so for one mail it can't read), a literal above the cap, a cut."""
        _leave_alone(error)
        raw_name, uidvalidity = self._examined, self._uidvalidity
        if raw_name is None or self._reopenings == 0:
            raise error
        self._reopenings -= 1
        self._session = self._open()
        self._select(raw_name)
        if self._uidvalidity != uidvalidity:
            self._session.hang_up()
            raise error

    def _is_among(self, uids: Sequence[int], message_id: str, reference: str) -> bool:
        """Whether one of the last of `uids` is the mail by its own header."""
        lines = self._header_lines(uids[-_NEWEST:], f"MESSAGE-ID {REFERENCE_HEADER.upper()}")
        return any(is_mail(head, message_id, reference) for head in lines.values())

    def _search(self, name: str, value: str) -> list[int]:
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        hits: list[int] = []
        with contextlib.suppress(ServerRefused), self._session.talk() as client:
            hits = client.search(f'HEADER {name} "{quoted}"')
        return hits

    def _header_lines(self, uids: Sequence[int], names: str) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        for start in range(0, len(uids), _WINDOW):
            window = uids[start : start + _WINDOW]
            answers, wanted = self._fetch_each(window, (f"BODY.PEEK[HEADER.FIELDS ({names})]",)), set(window)
            found |= {
                uid: value
                for uid, answer in answers.items()
                if uid in wanted
                for name, value in answer.items()
                if name.startswith(b"BODY[HEADER.FIELDS") and isinstance(value, bytes)
            }
        return found


def _leave_alone(error: RemoteError) -> None:
    """Raise `error` where the server asks for a rest: no mail is to blame, and more questions would make it worse."""
    if error.retry_after is not None:
        raise error
