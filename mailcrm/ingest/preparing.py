"""A mail made ready to be stored: read, judged and written as columns, without a database.

Room: ingest. In: raw bytes and what is known of where they lay (`Door`: what is the same for all mails of a poll, `Arriving`:
one mail). Out: `Ready`, plain values. All that costs time happens here, so it can happen in another process (`readers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from mailcrm.domain.arrival import Arrival, arrived_at, filed_at, seen_late
from mailcrm.domain.errors import ParseError
from mailcrm.domain.message import ReadMail, Side
from mailcrm.domain.parties import Ours
from mailcrm.domain.words import Sentence
from mailcrm.ingest.message_rows import (
    Writer,
    file_columns,
    identity_of,
    mentioned_ids,
    message_columns,
    text_columns,
    writer_of_mail,
)
from mailcrm.ingest.reading import read_mail
from mailcrm.ingest.storable import storable
from mailcrm.ingest.writer import side_of
from mailcrm.ports import MailParser
from mailcrm.store.index_text import index_text
from mailcrm.store.packs import PackedMail, pack

__all__ = ["Arriving", "Door", "Readable", "Ready"]

_OLD_SENT = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Arriving:
    """One mail at the door.

    `whole_size` is the size of the whole mail in octets where `raw` is but its header, None where `raw` is the whole.
    """

    raw: bytes
    internaldate: datetime | None
    fetched_at: datetime
    whole_size: int | None = None


class Readable(NamedTuple):
    """What was read from a mail, as the columns of its rows; `ids` are those of `threads.mentioned_ids`.

    `writer` is who wrote it, where the mail may be linked to a person; None for ours and for nobody's.
    """

    identity: str
    side: Side
    columns: Mapping[str, Any]
    ids: tuple[str, ...]
    text: Mapping[str, Any]
    files: tuple[Mapping[str, Any], ...]
    index_text: str
    writer: Writer | None


class Ready(NamedTuple):
    """A mail ready to be stored; `read` is None where no parser survived it (`error` says why).

    It and what it holds goes from one process to another as tuples: data classes cost as much as all that is in them.
    """

    account_id: int | None
    bytes_: PackedMail
    at: datetime
    fetched_at: datetime
    parser_version: str
    history: bool | None
    whole_size: int | None
    read: Readable | None
    error: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """How mails come in: the parser, who we are, and what is known of the account.

    `history`: True or False decide it, None leaves it to arrival and go-live. `account_id` and `go_live` are None for mail
    imported into a home without an account. `last_look`: when the server was last asked before this, None where it is the first
    time. `own_servers`: the authserv-ids of our receiving servers. `from_files`: the mail itself tells when it arrived.
    """

    parser: MailParser
    ours: Ours
    account_id: int | None
    go_live: datetime | None
    own_servers: frozenset[str] = frozenset()
    history: bool | None = None
    last_look: datetime | None = None
    from_files: bool = False

    def ready(self, mail: Arriving) -> Ready:
        """Read `mail`; what no parser survives is ready for quarantine."""
        try:
            read = read_mail(self.parser, mail.raw, self.own_servers, self.ours)
        except ParseError as error:
            return self.unreadable(mail, error.sentence)
        return self.judged(mail, read)

    def judged(self, mail: Arriving, read: ReadMail) -> Ready:
        """Return `mail` as ready, now that it was read with `ours`."""
        if self.from_files:
            at = filed_at(read.mail, self.ours.side(read.mail.from_), mail.internaldate)
            mail = replace(mail, internaldate=at)
        bytes_ = pack(mail.raw)
        return self._ready(mail, bytes_, self._readable(mail, bytes_.sha256, read), None)

    def unreadable(self, mail: Arriving, why: Sentence) -> Ready:
        """Return `mail` as ready for quarantine."""
        return self._ready(mail, pack(mail.raw), None, why)

    def _readable(self, mail: Arriving, sha256: str, read: ReadMail) -> Readable:
        """Return what `read` says as columns."""
        side = side_of(read, self.ours)
        arrival = _arrival(mail, read, side)
        history = self._is_history(arrival)
        columns = message_columns(read, side, arrival.at, self.ours)
        columns |= {
            "account_id": self.account_id,
            "arrived_at": arrival.at,
            "fetched_at": mail.fetched_at,
            "parser_version": self.parser.version,
            "history": history,
            "old_mail": arrival.old_mail and self.history is None,
            "seen_late": 0,
            "whole": mail.whole_size is None,
        }
        if side is Side.THEIRS and not history:
            columns["seen_late"] = seen_late(arrival.at, mail.internaldate, self.last_look, mail.fetched_at)
        if mail.whole_size is not None:
            columns["size"] = mail.whole_size
        files = file_columns(read)
        return Readable(
            identity=identity_of(read.mail, sha256),
            side=side,
            columns=columns,
            ids=mentioned_ids(read),
            text=text_columns(read),
            files=files,
            index_text=index_text(columns, storable(read.mail.body), [file["filename"] for file in files]),
            writer=writer_of_mail(read, self.ours) if side is Side.THEIRS else None,
        )

    def _ready(self, mail: Arriving, bytes_: PackedMail, read: Readable | None, error: Sentence | None) -> Ready:
        return Ready(
            account_id=self.account_id,
            bytes_=bytes_,
            at=mail.internaldate or mail.fetched_at,
            fetched_at=mail.fetched_at,
            parser_version=self.parser.version,
            history=self.history,
            whole_size=mail.whole_size,
            read=read,
            error=error,
        )

    def _is_history(self, arrival: Arrival) -> bool:
        if self.history is not None:
            return self.history
        return arrival.old_mail or self.go_live is None or arrival.at < self.go_live


def _arrival(mail: Arriving, read: ReadMail, side: Side) -> Arrival:
    parsed = read.mail
    if side is Side.THEIRS:
        return arrived_at(mail.internaldate, parsed.received_at, parsed.date, mail.fetched_at)
    # Our own mail left when its Sent copy was filed; a copy filed days later was moved there and is history.
    at = min(mail.internaldate or parsed.date or mail.fetched_at, mail.fetched_at)
    old = parsed.date is not None and at - parsed.date > _OLD_SENT
    return Arrival(at=parsed.date if old and parsed.date else at, old_mail=old, date_in_future=False)
