"""A mailbox in memory that keeps the contract of `ports.MailSource`, for tests and for trying things out.

Room: adapters. `FakeMailServer` is the server: it holds folders and can be told to misbehave. `FakeMailSource` is one
connection to it; like a real one it is dead after an error that ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mailcrm.domain.errors import RemoteError, ServerRefused, Unreachable
from mailcrm.domain.mailboxes import readable
from mailcrm.domain.outbox import REFERENCE_HEADER
from mailcrm.domain.words import Sentence, say
from mailcrm.ports import FetchedMail, MailboxState, MailHead, RemoteMailbox

__all__ = ["FakeMailServer", "FakeMailSource"]

_BATCH = 50
_OVERSIZE = 25 * 1024 * 1024
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(rb"^message-id:\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_REFERENCE = re.compile(rb"^%s:\s*(\S+)" % re.escape(REFERENCE_HEADER.encode()), re.IGNORECASE | re.MULTILINE)


@dataclass
class _Folder:
    special_use: str = ""
    uidvalidity: int | None = 1
    next_uid: int = 1
    mails: dict[int, tuple[bytes, datetime]] = field(default_factory=dict)


class FakeMailServer:
    r"""Folders by their raw names. INBOX and Sent (`\Sent`) are there from the start.

    `hide_uidnext`: EXAMINE doesn't tell it (163.com). `unreadable`: uids that are listed and can't be had, by folder.
    `oversize`: above so many octets only the header is handed over. `handed_over`: every mail that was, whole or not.
    """

    def __init__(self) -> None:
        self._folders: dict[bytes, _Folder] = {b"INBOX": _Folder(), b"Sent": _Folder("\\Sent")}
        self._breaks: list[tuple[str, int, RemoteError]] = []
        self.hide_uidnext = False
        self.unreadable: set[tuple[bytes, int]] = set()
        self.oversize = _OVERSIZE
        self.handed_over: list[tuple[bytes, int]] = []

    def add_folder(self, raw_name: bytes, special_use: str = "") -> None:
        """Make a folder; nothing where it exists."""
        self._folders.setdefault(raw_name, _Folder(special_use))

    def deliver(self, raw_name: bytes, raw: bytes, at: datetime) -> int:
        """Put a mail into a folder as if it had arrived at `at` (aware); return its uid."""
        folder = self.folder(raw_name)
        uid, folder.next_uid = folder.next_uid, folder.next_uid + 1
        folder.mails[uid] = (raw, at.astimezone(UTC).replace(microsecond=0))
        return uid

    def expunge(self, raw_name: bytes, uid: int) -> None:
        """Delete a mail for good."""
        del self.folder(raw_name).mails[uid]

    def renumber(self, raw_name: bytes, uidvalidity: int | None) -> None:
        """Give the folder a new UIDVALIDITY (None: it tells none) and its mails new uids from 1."""
        folder = self.folder(raw_name)
        folder.uidvalidity = uidvalidity
        folder.mails = dict(enumerate(folder.mails.values(), start=1))
        folder.next_uid = len(folder.mails) + 1

    def rename(self, raw_name: bytes, new_name: bytes) -> None:
        """Give a folder another name; its numbers stay."""
        self._folders[new_name] = self._folders.pop(raw_name)

    def break_at(self, step: str, error: RemoteError, after: int = 0) -> None:
        """Raise `error` at the call of `step` ("examine", "bodies" …) that follows `after` good ones, once."""
        self._breaks.append((step, after, error))

    def open(self) -> FakeMailSource:
        """Connect."""
        return FakeMailSource(self)

    def folder(self, raw_name: bytes) -> _Folder:
        """Return a folder; ServerRefused where there is none."""
        if raw_name not in self._folders:
            raise ServerRefused(
                say("The server has no folder {name}.", name=readable(raw_name)),
                say("Look into the web mail which folders there are."),
            )
        return self._folders[raw_name]

    def listing(self) -> list[RemoteMailbox]:
        """Return every folder as LIST would."""
        return [RemoteMailbox(name, readable(name), folder.special_use) for name, folder in self._folders.items()]

    def step(self, name: str) -> None:
        """Let one step pass, or fail as `break_at` said."""
        for index, (step, after, error) in enumerate(self._breaks):
            if step == name:
                if after == 0:
                    del self._breaks[index]
                    raise error
                self._breaks[index] = (step, after - 1, error)
                return


class FakeMailSource:
    """One connection to a FakeMailServer: `ports.MailSource`. `skipped` as in ImapSource."""

    def __init__(self, server: FakeMailServer) -> None:
        self._server: FakeMailServer | None = server
        self._raw_name: bytes | None = None
        self._known = 0
        self.skipped: list[tuple[int, Sentence]] = []
        self._at("login")

    def mailboxes(self) -> Sequence[RemoteMailbox]:
        """Return every folder."""
        return self._at("mailboxes").listing()

    def examine(self, raw_name: bytes) -> MailboxState:
        """Open a folder."""
        server = self._at("examine")
        folder = server.folder(raw_name)
        self._raw_name, self._known, self.skipped = raw_name, folder.next_uid, []
        return MailboxState(
            folder.uidvalidity, None if server.hide_uidnext else folder.next_uid, exists=len(folder.mails)
        )

    def uids(self, low: int, high: int | None = None) -> list[int]:
        """Return the uids in the range."""
        return sorted(uid for uid in self._mails("uids") if uid >= low and (high is None or uid <= high))

    def heads(self, uids: Sequence[int]) -> dict[int, MailHead]:
        """Return size and arrival of those that exist."""
        mails = self._mails("heads")
        return {uid: MailHead(uid, len(mails[uid][0]), mails[uid][1]) for uid in uids if uid in mails}

    def message_ids(self, uids: Sequence[int]) -> dict[int, str]:
        """Return the Message-IDs of those that exist."""
        mails = self._mails("ids")
        return {uid: _message_id(mails[uid][0]) for uid in uids if uid in mails}

    def letterheads(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Return the headers of those that exist."""
        mails = self._mails("letterheads")
        return {uid: _header(mails[uid][0]) for uid in uids if uid in mails}

    def bodies(self, heads: Sequence[MailHead]) -> Iterator[list[FetchedMail]]:
        """Yield the mails in batches of 50."""
        for start in range(0, len(heads), _BATCH):
            mails = self._mails("bodies")
            batch = [self._mail(head, mails) for head in heads[start : start + _BATCH] if head.uid in mails]
            yield [mail for mail in batch if mail is not None]

    def whole(self, uid: int) -> FetchedMail | None:
        """Return one mail whole."""
        mails = self._mails("whole")
        self._at("mail").handed_over.append((self._raw_name or b"", uid))
        return FetchedMail(uid, *mails[uid]) if uid in mails else None

    def has_message(self, raw_name: bytes, message_id: str, reference: str = "") -> bool:
        """Whether the folder holds a mail with this Message-ID, or with this reference."""
        heads = [_header(raw) for raw, _ in self._at("search").folder(raw_name).mails.values()]
        ids = {found for head in heads for found in _MESSAGE_ID.findall(head)}
        references = {found for head in heads for found in _REFERENCE.findall(head)}
        return message_id.encode() in ids or (reference != "" and reference.encode() in references)

    def append(self, raw_name: bytes, raw: bytes, at: datetime) -> None:
        """Store a mail of ours."""
        self._at("append").deliver(raw_name, raw, at)

    def wait(self, seconds: float) -> bool:  # noqa: ARG002  (memory keeps nobody waiting)
        """Return at once whether mail came since the folder was examined or last waited on."""
        server = self._at("wait")
        before, self._known = self._known, server.folder(self._raw_name or b"INBOX").next_uid
        return self._known > before

    def close(self) -> None:
        """Leave."""
        self._server = None

    def _at(self, step: str) -> FakeMailServer:
        server = self._server
        if server is None:
            raise Unreachable(
                say("The connection to {host} is closed.", host="fake"), say("mailcrm opens a new one by itself.")
            )
        try:
            server.step(step)
        except ServerRefused:
            raise
        except RemoteError:
            self.close()
            raise
        return server

    def _mails(self, step: str) -> dict[int, tuple[bytes, datetime]]:
        server = self._at(step)
        if self._raw_name is None:
            raise ServerRefused(say("No folder is open."), say("Open one first."))
        return server.folder(self._raw_name).mails

    def _mail(self, head: MailHead, mails: dict[int, tuple[bytes, datetime]]) -> FetchedMail | None:
        raw, at = mails[head.uid]
        if self._server is not None and (self._raw_name, head.uid) in self._server.unreadable:
            self.skipped.append((head.uid, say("The server gives no content for this mail.")))
            return None
        server = self._at("mail")
        server.handed_over.append((self._raw_name or b"", head.uid))
        oversize = head.size > server.oversize
        return FetchedMail(head.uid, _header(raw) if oversize else raw, at, oversize=oversize)


def _message_id(raw: bytes) -> str:
    return next((found.decode("utf-8", "replace") for found in _MESSAGE_ID.findall(_header(raw))), "")


def _header(raw: bytes) -> bytes:
    end = _HEADER_END.search(raw)
    return raw[: end.end()] if end else raw
