"""Rooms that send: a core on a mailbox in memory, a real database and servers that answer as they are told."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ingest.conftest import fresh_postgres, fresh_sqlite, new_room  # noqa: F401  (fixtures)
from ingest.mailroom import NOW, REP, Mailroom, letter
from ingest.mta_notices import fields, report

from mailcrm.adapters.imap.fake import FakeMailServer
from mailcrm.adapters.smtp import FakeTransport
from mailcrm.core.facade import Core
from mailcrm.queries.rows import OutboxRow
from mailcrm.records import MailAccount

if TYPE_CHECKING:
    from outbox.quoting import Desk

__all__ = ["Post", "failure_report"]


def failure_report(message_id: str, address: str) -> bytes:
    """Return what a mail server says of a mail of ours that it could not deliver to `address`."""
    told = fields("5.1.1", f"550 5.1.1 <{address}>: nobody of that name here", recipient=address)
    original = f"Message-ID: <{message_id}>\nFrom: {REP}\nSubject: Re: Valves\n\nEXW 12.50 USD.\n"
    text = report("Mail Delivery System <MAILER-DAEMON@mx.example>", "Undelivered Mail", "It failed.", told, original)
    return text.replace("\n", "\r\n").encode()


@dataclass
class Post:
    """A room and the outgoing servers of its accounts, by name; `opened` counts the connections to each."""

    room: Mailroom
    servers: dict[str, FakeTransport] = field(default_factory=dict)
    mailboxes: dict[str, FakeMailServer] = field(default_factory=dict)
    opened: dict[str, int] = field(default_factory=dict)

    @property
    def core(self) -> Core:
        """The core."""
        return self.room.core

    @property
    def server(self) -> FakeTransport:
        """The first account's outgoing server."""
        return self.servers["work"]

    def connect(self, account: MailAccount) -> FakeTransport:
        """Open a connection to an account's server."""
        self.opened[account.name] = self.opened.get(account.name, 0) + 1
        return self.servers[account.name]

    def asked(
        self, sender: str = "jan@acme.example", subject: str = "Valves", *, account: str = "work", ago: float = 1
    ) -> str:
        """Have a customer ask; return the thread."""
        at = NOW - timedelta(hours=ago)
        self.mailboxes[account].deliver(b"INBOX", letter(sender, subject, date=at), at)
        self.room.sync()
        found: str = next(row.id for row in self.core.ask("threads") if row.subject == subject)
        return found

    def reply(self, thread: str, mode: str = "queue", **more: object) -> str:
        """Answer a thread; return the outgoing mail."""
        row: OutboxRow = self.core.do("reply", thread=thread, mode=mode, **{"body": "EXW 12.50 USD.", **more}).row
        return row.id

    def mail(self, item: str) -> OutboxRow:
        """Return an outgoing mail."""
        row: OutboxRow = self.core.ask("outbox_item", id=item)
        return row

    def flush(self, after: timedelta = timedelta()) -> list[str]:
        """Let time pass and send what is due; return the states of what was tried."""
        self.room.clock.at += after
        return [row.state for row in self.core.do("outbox_flush").row]


@pytest.fixture
def post(new_room: Callable[[], Mailroom]) -> Post:  # noqa: F811  (the fixture above)
    """A room whose mails leave without an undo window, at most five a minute."""
    room = new_room()
    made = Post(room, {"work": FakeTransport()}, {"work": room.server})
    send = room.world.settings.send.model_copy(update={"undo_seconds": 0, "rate_per_minute": 5})
    numbers = itertools.count(1)
    world = replace(
        room.world,
        settings=room.world.settings.model_copy(update={"send": send}),
        token=lambda: f"{next(numbers):024x}",
        open_transport=made.connect,
        open_source=lambda account, _stop=None: made.mailboxes[account.name].open(),
    )
    room.world, room.core = world, Core(world)
    return made


@pytest.fixture
def desk(post: Post, tmp_path: Path) -> Desk:
    """A desk at which quotes and orders are written."""
    from outbox.quoting import Desk

    return Desk(post, tmp_path)
