"""A home that reads one mailbox on a real server, and that mailbox from the server's side.

    post = of_dovecot(dovecot, login)            # or of_cyrus, of_pymap
    house = House(tmp_path / "home", post, like=empty)
    post.deliver("INBOX", letter(1), NOON)
    house.sync()
    house.agrees()                               # every mail of the server is stored, once, where it lies

`moved` gives a folder new numbers as moving a mailbox to another machine does: the same mails, another UIDVALIDITY.
"""

from __future__ import annotations

import contextlib
import hashlib
import imaplib
import re
import shutil
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from imapclient import imap_utf7
from servers.cyrus import Cyrus
from servers.dovecot import Dovecot, Login
from servers.loopback import wait_until
from sqlmodel import SQLModel, select

from mailcrm.adapters.demo.servers import DemoServers
from mailcrm.bootstrap import open_core
from mailcrm.core.facade import Core
from mailcrm.queries.rows import SyncReport
from mailcrm.records import Location, Mailbox, Message, RawMail, Thread, TurnRecord
from mailcrm.store.engine import Store

__all__ = ["PASSWORD", "House", "Post", "letter", "of_cyrus", "of_dovecot", "of_pymap"]

GO_LIVE = "2026-01-01"
PASSWORD = "correct horse"
_PAIR = re.compile(rb'INTERNALDATE "([^"]+)"')


def letter(number: int, words: str = "Could you quote 500 pieces?", *, message_id: str | None = None) -> bytes:
    """Return a mail with CRLF; `message_id` "": it has none."""
    name = f"{number}@kunde{number}.example" if message_id is None else message_id
    field = f"Message-ID: <{name}>\r\n" if name else ""
    return (
        f"From: Buyer {number} <buyer@kunde{number}.example>\r\nTo: rep@ningbo.example\r\nSubject: Inquiry {number}\r\n"
        f"Date: Mon, 2 Feb 2026 10:00:{number % 60:02} +0000\r\n{field}\r\n{words}\r\n"
    ).encode()


@dataclass(frozen=True)
class Post:
    """One mailbox on one server. `deliver(folder, raw, arrival)`; `ca` is None where the server speaks plain text."""

    url: str
    user: str
    deliver: Callable[[str, bytes, datetime], object]
    ca: Path | None = None

    @contextlib.contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Lend an ordinary client, logged in."""
        place = urlsplit(self.url)
        assert place.hostname is not None
        assert place.port is not None
        if self.ca is None:
            client = imaplib.IMAP4(place.hostname, place.port, timeout=20)
        else:
            context = ssl.create_default_context(cafile=str(self.ca))
            client = imaplib.IMAP4_SSL(place.hostname, place.port, ssl_context=context, timeout=20)
        with client:
            client.login(f'"{self.user}"', PASSWORD)
            yield client

    def content(self, folder: str) -> dict[int, tuple[bytes, bytes]]:
        """Return what lies in a folder: uid to (mail, arrival as the server writes it)."""
        with self.client() as client:
            client.select(quoted(folder), readonly=True)
            uids = client.uid("SEARCH", "ALL")[1][0].split()
            found = {}
            for uid in uids:
                (answer, *_rest) = client.uid("FETCH", uid.decode(), "(INTERNALDATE BODY.PEEK[])")[1]
                assert isinstance(answer, tuple)
                at = _PAIR.search(answer[0])
                assert at is not None
                found[int(uid)] = (answer[1], at[1])
            return found

    def expunge(self, folder: str, *uids: int) -> None:
        """Delete mails for good."""
        with self.client() as client:
            client.select(quoted(folder))
            for uid in uids:
                client.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
            client.expunge()

    def rename(self, folder: str, name: str) -> None:
        """Give a folder another name."""
        with self.client() as client:
            assert client.rename(quoted(folder), quoted(name))[0] == "OK"

    def moved(self, folder: str) -> None:
        """Put the folder's mails into a new one of the same name, with the same arrivals."""
        mails = self.content(folder)
        with self.client() as client:
            # Cyrus keeps deleted folders under a name with the second in it: two in one second are refused.
            wait_until(lambda: client.delete(quoted(folder))[0] == "OK", "the folder is deleted", 10)
            assert client.create(quoted(folder))[0] == "OK"
            for raw, at in mails.values():
                client.append(quoted(folder), "", '"' + at.decode() + '"', raw)

    def uidvalidity(self, folder: str) -> int:
        """Return the folder's UIDVALIDITY."""
        with self.client() as client:
            client.select(quoted(folder), readonly=True)
            told = client.response("UIDVALIDITY")[1][0]
            assert told is not None
            return int(told)


def quoted(folder: str) -> str:
    """Return a folder's name as it goes over the wire."""
    encoded: str = imap_utf7.encode(folder).decode("ascii")
    return f'"{encoded}"'


def of_dovecot(dovecot: Dovecot, user: str) -> Post:
    """Return a mailbox on Dovecot."""
    login: Login = dovecot.add_user(user, PASSWORD)
    return Post(
        dovecot.imap_url, user, lambda folder, raw, at: dovecot.deliver(login.user, folder, raw, at), dovecot.ca
    )


def of_cyrus(cyrus: Cyrus, user: str) -> Post:
    """Return a mailbox on Cyrus."""
    cyrus.add_user(user, PASSWORD)

    def deliver(folder: str, raw: bytes, at: datetime) -> None:
        cyrus.deliver(user, folder, raw, at)

    return Post(cyrus.imap_url, user, deliver, cyrus.ca)


def of_pymap(demo: DemoServers, user: str) -> Post:
    """Return the mailbox of a user that pymap has; deliveries make the folder where it doesn't exist."""
    post = Post(f"imap://127.0.0.1:{demo.imap_port}", user, lambda _folder, _raw, _at: None)

    def deliver(folder: str, raw: bytes, at: datetime) -> None:
        with post.client() as client:
            if client.select(quoted(folder), readonly=True)[0] != "OK":
                client.create(quoted(folder))
            client.append(quoted(folder), "", imaplib.Time2Internaldate(at.astimezone(UTC)), raw)

    return replace(post, deliver=deliver)


class House:
    """A home with one account, read in this process. `url`: where it connects, the server itself unless a proxy is given."""

    def __init__(self, home: Path, post: Post, *, like: Path, url: str = "") -> None:
        shutil.copytree(like, home)
        self.post = post
        self.home = home
        lines = [f'[network]\nca_file = "{post.ca}"\n' if post.ca else "", '[office]\nzone = "Asia/Shanghai"\n']
        (home / "mailcrm.toml").write_text("".join(lines), "utf-8")
        self.core: Core = open_core(home)
        self.core.do(
            "add_account",
            name="main",
            imap=url or post.url,
            smtp="smtp://127.0.0.1:9",
            user=post.user,
            password_command=f"echo '{PASSWORD}'",
            own_addresses=("rep@ningbo.example",),
            go_live=GO_LIVE,
        )
        self.store = Store(f"sqlite:///{home / 'mailcrm.db'}")

    def close(self) -> None:
        """Leave the home."""
        self.store.close()
        self.core.close()

    def sync(self, **options: Any) -> SyncReport:  # noqa: ANN401  (those of the command)
        """Poll once."""
        report: SyncReport = self.core.do("sync", **options).row
        return report

    def all(self, table: type[SQLModel]) -> list[Any]:
        """Return every row of a table."""
        with self.store.read() as session:
            return list(session.exec(select(table)))

    def lasting(self) -> list[set[str]]:
        """Return the mails, threads and turns, row by row: what must survive whatever a server does to its numbers."""
        return [{repr(row) for row in self.all(table)} for table in (RawMail, Message, Thread, TurnRecord)]

    def agrees(self) -> None:
        """Every mail of the server is stored, each once, and known to lie where it lies."""
        raws = {row.id: row.sha256 for row in self.all(RawMail)}
        mailboxes = {row.id: row for row in self.all(Mailbox)}
        places = Counter(
            (mailboxes[row.mailbox_id].name, row.uid, raws[row.raw_id])
            for row in self.all(Location)
            if row.uidvalidity == mailboxes[row.mailbox_id].uidvalidity
        )
        on_server = {
            (name, uid, hashlib.sha256(raw).hexdigest())
            for name in {row.name for row in mailboxes.values()}
            if name in self._listed()
            for uid, (raw, _at) in self.post.content(name).items()
        }
        assert on_server <= set(places)
        assert set(places.values()) <= {1}
        identities = [row.identity for row in self.all(Message)]
        assert len(identities) == len(set(identities))

    def _listed(self) -> set[str]:
        with self.post.client() as client:
            lines = [line for line in client.list()[1] if isinstance(line, bytes)]
        names = [re.sub(rb"^\([^)]*\) \S+ ", b"", line).strip(b'"') for line in lines]
        return {imap_utf7.decode(name) for name in names}
