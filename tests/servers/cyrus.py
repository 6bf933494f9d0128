r"""A private Cyrus IMAP server: no Maildir, strict about mail, folders with dots inside; another family than Dovecot.

    with Cyrus(root) as cyrus:
        login = cyrus.add_user("rep@ningbo.example", "secret")
        cyrus.deliver(login.user, "INBOX", raw, arrival)      # by APPEND: its files are its own
        ... connect to cyrus.imap_url (implicit TLS) or cyrus.starttls_url, trusting cyrus.ca ...

Runs as root only (it becomes the user `cyrus`). Passwords are checked by a thread of ours that speaks saslauthd's protocol.
"""

from __future__ import annotations

import contextlib
import imaplib
import os
import shutil
import socketserver
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self

from imapclient import imap_utf7

from servers.dovecot import Login
from servers.loopback import HOST, Certificates, Process, free_ports, reachable
from servers.require import program

__all__ = ["Cyrus"]

_USER, _GROUP = "cyrus", "mail"
_IMAPD = Template("""\
configdirectory: $root/conf
partition-default: $root/spool
defaultpartition: default
proc_path: $root/conf/proc
mboxname_lockpath: $root/conf/lock
admins: cyrus
virtdomains: userid
defaultdomain: cyrus.example
unixhierarchysep: yes
altnamespace: yes
autocreate_quota: 0
autocreate_inbox_folders: Sent|Drafts|Trash|Junk
xlist-sent: Sent
xlist-drafts: Drafts
xlist-trash: Trash
xlist-junk: Junk
allowplaintext: no
sasl_mech_list: PLAIN
sasl_pwcheck_method: saslauthd
sasl_saslauthd_path: $root/mux
tls_server_cert: $certificate
tls_server_key: $key
imapidlepoll: 1
idlesocket: $root/conf/idle
notifysocket: $root/conf/notify
syslog_prefix: mailcrm
""")
_SERVICES = Template("""\
START {
  recover cmd="$ctl -C $root/imapd.conf -r"
}
SERVICES {
  imap cmd="$imapd -C $root/imapd.conf" listen="127.0.0.1:$port" prefork=0
  imaps cmd="$imapd -s -C $root/imapd.conf" listen="127.0.0.1:$tls_port" prefork=0
}
""")


class _Question(socketserver.StreamRequestHandler):
    """One question of saslauthd's protocol: user, password, service, realm, each with its length in two octets."""

    server: _Passwords

    def handle(self) -> None:
        user, password, _service, realm = (self._word() for _ in range(4))
        known = {user, f"{user}@{realm}"}
        right = any(self.server.users.get(name) == password for name in known)
        answer = b"OK" if right else b"NO"
        self.wfile.write(len(answer).to_bytes(2) + answer)

    def _word(self) -> str:
        return self.rfile.read(int.from_bytes(self.rfile.read(2))).decode("utf-8", "replace")


class _Passwords(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, path: Path) -> None:
        self.users: dict[str, str] = {}
        super().__init__(str(path), _Question)
        path.chmod(0o666)


class Cyrus:
    """One private server; a context manager. `port` speaks STARTTLS, `tls_port` implicit TLS."""

    host = HOST

    def __init__(self, root: Path) -> None:
        if len(str(root)) > 70:
            raise ValueError(f"{root}: too long for the sockets below it")
        self.root = root
        self.certificates = Certificates(root / "tls")
        self.port, self.tls_port = free_ports(2)
        self._prepare()
        self._passwords = _Passwords(root / "mux")
        self._thread = threading.Thread(
            target=self._passwords.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._process: Process | None = None

    @property
    def ca(self) -> Path:
        """The file of the authority that a client must trust."""
        return self.certificates.authority

    @property
    def imap_url(self) -> str:
        """Implicit TLS."""
        return f"imaps://{self.host}:{self.tls_port}"

    @property
    def starttls_url(self) -> str:
        """The port that asks for STARTTLS."""
        return f"imap+starttls://{self.host}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        master = program("cyrmaster")
        if master is None:
            raise FileNotFoundError("Cyrus is not installed: python tests/servers/require.py --install")
        files = ("-C", str(self.root / "imapd.conf"), "-M", str(self.root / "cyrus.conf"))
        self._process = Process([master, "-D", *files, "-p", str(self.root / "master.pid")], self.root / "console.log")
        self._process.wait_for_greeting(self.port, b"* OK")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.stop()
        self._passwords.shutdown()
        self._passwords.server_close()
        self._thread.join(5)

    def add_user(self, user: str, password: str) -> Login:
        """Let `user` log in from now on; the mailbox comes into being at the first login."""
        self._passwords.users[user] = password
        with self.client(user):
            return Login(user, password)

    @contextlib.contextmanager
    def client(self, user: str) -> Iterator[imaplib.IMAP4_SSL]:
        """Lend an ordinary client, logged in as `user`."""
        context = ssl.create_default_context(cafile=str(self.ca))
        with imaplib.IMAP4_SSL(self.host, self.tls_port, ssl_context=context, timeout=20) as client:
            client.login(f'"{user}"', self._passwords.users[user])
            yield client

    def deliver(self, user: str, folder: str, raw: bytes, at: datetime) -> None:
        """Put a mail into a folder, made where it doesn't exist, with `at` (aware) as its arrival."""
        name = '"' + imap_utf7.encode(folder).decode("ascii") + '"'
        with self.client(user) as client:
            if client.select(name, readonly=True)[0] != "OK":
                client.create(name)
            status, words = client.append(name, "", imaplib.Time2Internaldate(at.astimezone(UTC)), raw)
            if status != "OK":
                raise ValueError(f"Cyrus takes no such mail: {words!r}")

    def _prepare(self) -> None:
        reachable(self.root)
        for name in ("conf", "conf/proc", "conf/lock", "conf/socket", "spool"):
            (self.root / name).mkdir(exist_ok=True)
            self._own(self.root / name)
        key = self.certificates.key
        for path in (key.parent, key, self.certificates.certificate):
            self._own(path)
        values = {
            "root": self.root,
            "certificate": self.certificates.certificate,
            "key": key,
            "port": self.port,
            "tls_port": self.tls_port,
            "imapd": program("imapd"),
            "ctl": program("ctl_cyrusdb"),
        }
        for name, text in (("imapd.conf", _IMAPD), ("cyrus.conf", _SERVICES)):
            (self.root / name).write_text(text.substitute(values), encoding="ascii")
            (self.root / name).chmod(0o644)

    @staticmethod
    def _own(path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, _USER, _GROUP)
