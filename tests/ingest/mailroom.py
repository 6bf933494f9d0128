"""A mail room: a core on a mailbox in memory and a real database, and letters written to order.

    room = open_room(...)                       # the fixture `room` gives one on SQLite and one on PostgreSQL
    room.arrives(letter("jan@acme.example", "Price for 500 valves?"))
    room.sync()
    room.picture()

`picture` is everything that the mail came to, told by content and not by row number, so that two homes can be compared.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlmodel import SQLModel, select

from mailcrm.adapters.imap.fake import FakeMailServer, FakeMailSource
from mailcrm.adapters.secrets.store import SecretStore
from mailcrm.bootstrap import make_home
from mailcrm.bootstrap.world import assemble
from mailcrm.core.facade import Core
from mailcrm.core.world import World
from mailcrm.queries.rows import SyncReport
from mailcrm.records import (
    Company,
    Contact,
    Location,
    MailAccount,
    Mailbox,
    Message,
    RawMail,
    Thread,
    ThreadReference,
    TurnRecord,
)
from mailcrm.store.engine import Store
from mailcrm.store.raws import read_raw

__all__ = ["GO_LIVE", "NOW", "REP", "Mailroom", "SetClock", "letter", "open_room", "picture"]

REP = "wei@ningbo.example"
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
GO_LIVE = datetime(2026, 3, 1, tzinfo=UTC)
# What a poll that finds nothing may still change: when it was.
_MOMENTS = {"last_good_poll"}


@dataclass
class SetClock:
    """ports.Clock that shows what it is set to."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def letter(  # noqa: PLR0913  (a mail has this many lines)
    sender: str,
    subject: str,
    body: str = "Could you quote 500 pieces?",
    *,
    to: str = REP,
    message_id: str | None = None,
    references: Sequence[str] = (),
    in_reply_to: str = "",
    date: datetime = NOW - timedelta(hours=1),
    headers: Sequence[str] = (),
) -> bytes:
    """Return a mail with CRLF. `message_id` None: one made from the content; "": the mail has none."""
    if message_id is None:
        seed = f"{sender} {subject} {body} {date}".encode("utf-8", "surrogatepass")
        message_id = f"{hashlib.sha256(seed).hexdigest()[:16]}@mail.example"
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", f"Date: {format_datetime(date)}"]
    lines += [f"Message-ID: <{message_id}>"] if message_id else []
    lines += [f"References: {' '.join(f'<{one}>' for one in references)}"] if references else []
    lines += [f"In-Reply-To: <{in_reply_to}>"] if in_reply_to else []
    lines += [*headers, "MIME-Version: 1.0", 'Content-Type: text/plain; charset="utf-8"', "", body, ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


@dataclass
class Mailroom:
    """A core, its world, and the server that it reads."""

    core: Core
    world: World
    server: FakeMailServer
    clock: SetClock
    connections: list[FakeMailSource] = field(default_factory=list)

    @property
    def store(self) -> Store:
        """The database."""
        return self.world.store

    def arrives(self, raw: bytes, at: datetime = NOW - timedelta(hours=1), folder: bytes = b"INBOX") -> int:
        """Let a mail lie on the server; return its uid."""
        return self.server.deliver(folder, raw, at)

    def sync(self, *, full: bool = False) -> SyncReport:
        """Poll once."""
        report: SyncReport = self.core.do("sync", full=full).row
        return report

    def all(self, table: type[SQLModel]) -> list[Any]:
        """Return every row of a table."""
        with self.store.read() as session:
            return list(session.exec(select(table)))

    def threads(self) -> set[frozenset[str]]:
        """Return the subjects of each thread."""
        found: dict[int, set[str]] = {}
        for message in self.all(Message):
            found.setdefault(message.thread_id, set()).add(message.subject)
        return {frozenset(subjects) for subjects in found.values()}

    def digest(self) -> dict[str, tuple[int, str]]:
        """Return count and digest of every table, but for the times of polls."""
        with self.store.read() as session:
            return {
                table.name: _digest([tuple(row) for row in session.connection().execute(_lasting(table))])
                for table in SQLModel.metadata.sorted_tables
            }


def _lasting(table: Table) -> Any:  # noqa: ANN401  (SQLAlchemy types a select by its columns)
    from sqlalchemy import select as select_columns

    return select_columns(*[column for column in table.columns if column.name not in _MOMENTS])


def _digest(rows: list[tuple[Any, ...]]) -> tuple[int, str]:
    return len(rows), hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def open_room(home: Path, *, fresh_database: Path | None = None, url: str | None = None) -> Mailroom:
    """Return a room with one account; `fresh_database`: an empty SQLite file at this schema, to start from."""
    home.mkdir(mode=0o700, exist_ok=True)
    if fresh_database is not None:
        (home / "mailcrm.toml").touch()  # a directory that holds other things is no home
        shutil.copy(fresh_database, home / "mailcrm.db")
    make_home(home, url)
    server, clock = FakeMailServer(), SetClock(NOW)
    connections: list[FakeMailSource] = []

    def connect(account: MailAccount, stop: object = None) -> FakeMailSource:
        connections.append(server.open())
        return connections[-1]

    world = replace(assemble(home, None, SecretStore(home)), clock=clock, open_source=connect)
    core = Core(world)
    core.do(
        "add_account",
        name="work",
        imap="imap://127.0.0.1:1143",
        smtp="smtp://127.0.0.1:1025",
        own_addresses=(REP,),
        zone="Asia/Shanghai",
        go_live=GO_LIVE.isoformat(),
    )
    return Mailroom(core, world, server, clock, connections)


def picture(store: Store) -> dict[str, list[Any]]:
    """Return what the mail came to, told by content: the same whatever the order in which it was read."""
    with store.read() as session:
        raws = {row.id: row.sha256 for row in session.exec(select(RawMail))}
        whole = {hashlib.sha256(read_raw(session, raw_id)).hexdigest() for raw_id in raws if raw_id}
        messages = {row.id: row for row in session.exec(select(Message))}
        contacts = {row.id: row for row in session.exec(select(Contact))}
        companies = {row.id: row for row in session.exec(select(Company))}
        mailboxes = {row.id: row for row in session.exec(select(Mailbox))}
        threads = list(session.exec(select(Thread)))
        references = list(session.exec(select(ThreadReference)))
        turns = list(session.exec(select(TurnRecord)))
        locations = list(session.exec(select(Location)))
    named = {i: row.identity[:12] for i, row in messages.items()}
    of_thread: dict[int | None, list[str]] = {}
    for i, row in messages.items():
        of_thread.setdefault(row.thread_id, []).append(named[i])

    def person(contact_id: int | None) -> str:
        return contacts[contact_id].address if contact_id else ""

    def company(company_id: int | None) -> str:
        return companies[company_id].name if company_id else ""

    def by_name(text: str) -> str:
        if text.startswith("company:"):
            return f"company:{company(int(text.removeprefix('company:')))}"
        return named[int(text[1:])] if text[:1] == "m" and text[1:].isdecimal() else text

    def turn(row: TurnRecord) -> str:
        values = {name: getattr(row, name) for name in TurnRecord.model_fields}
        values["opened_by"], values["thread_id"] = named[row.opened_by], sorted(of_thread[row.thread_id])
        values["messages"] = sorted(named[i] for i in row.messages)
        return repr({name: by_name(value) if isinstance(value, str) else value for name, value in values.items()})

    judged: list[Contact | Company] = [*contacts.values(), *companies.values()]
    return {
        "raw": sorted(whole),
        "raw named": sorted(raws.values()),
        "messages": sorted(
            (row.identity, row.arrived_at, row.kind, row.side, row.history, person(row.contact_id))
            for row in messages.values()
        ),
        "threads": sorted(
            (sorted(of_thread.get(row.id, [])), row.subject, person(row.contact_id), company(row.company_id))
            for row in threads
        ),
        "references": sorted((row.reference, sorted(of_thread[row.thread_id])) for row in references),
        "turns": sorted(map(turn, turns)),
        "locations": sorted(
            (
                mailboxes[row.mailbox_id].raw_name,
                row.uidvalidity,
                row.uid,
                named.get(row.message_id, ""),
                raws[row.raw_id],
            )
            for row in locations
        ),
        "contacts": sorted((row.address, company(row.company_id)) for row in contacts.values()),
        "companies": sorted(row.name for row in companies.values()),
        "judged": sorted(
            repr((_named(row), row.role, row.role_reason, row.country, row.country_reason, row.by_person))
            for row in judged
        ),
    }


def _named(row: Contact | Company) -> tuple[str, ...]:
    return (row.address, row.name, row.language) if isinstance(row, Contact) else (row.name,)
