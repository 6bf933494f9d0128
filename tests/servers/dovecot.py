r"""A private Dovecot 2.3: IMAP, and the users that Postfix asks for.

    with Dovecot(root, {"rep@ningbo.example": "secret"}, tls=True) as dovecot:
        dovecot.deliver("rep@ningbo.example", "INBOX", raw, internaldate=arrival)
        ... connect to dovecot.imap_url (implicit TLS) or dovecot.starttls_url, trusting dovecot.ca ...
        dovecot.raws("rep@ningbo.example", "Sent")

Runs as root (mail belongs to `nobody`) and as an ordinary user. Users are whole addresses. Mails lie in Maildirs, whose
files keep CRLF; a file's time is its INTERNALDATE.
"""

from __future__ import annotations

import grp
import itertools
import os
import pwd
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self

from imapclient import imap_utf7

from servers.loopback import HOST, Certificates, Process, free_ports, reachable, wait_until
from servers.require import program

__all__ = ["Dovecot", "Login"]

_CONFIGURATION = Template(r"""
base_dir = $root/run
state_dir = $root/state
instance_name = mailcrm-$port
protocols = imap
listen = 127.0.0.1
log_path = $root/dovecot.log
$tls
disable_plaintext_auth = $only_tls
auth_mechanisms = plain login$token_mechanisms
auth_username_format = %Lu
auth_failure_delay = 0
mail_location = maildir:$root/mail/%u
mail_save_crlf = yes
mail_fsync = never
mail_max_userip_connections = 50
first_valid_uid = $uid
last_valid_uid = $uid
first_valid_gid = $gid
mail_uid = $uid
mail_gid = $gid
default_internal_user = $inner_user
default_internal_group = $inner_group
default_login_user = $login_user
default_process_limit = 50
default_client_limit = 300
postmaster_address = postmaster@dovecot.example
lda_mailbox_autocreate = yes
$token_passdb
passdb {
  driver = passwd-file
  args = scheme=PLAIN $root/users/%u
}
userdb {
  driver = static
  args = uid=$uid gid=$gid home=$root/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
$folders
}
service imap-login {
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {
    port = $port
  }
  inet_listener imaps {
    port = $tls_port
    ssl = yes
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
  unix_listener stats-writer {
    mode = 0666
  }
}
service auth {
  user = $inner_user
  unix_listener auth-submission {
    mode = 0666
  }
  unix_listener auth-userdb {
    mode = 0666
  }
}
service auth-worker {
  user = $inner_user
}
""")

_INTROSPECTION = Template(r"""
introspection_mode = post
introspection_url = $url
username_attribute = username
active_attribute = active
active_value = true
""")

SPECIAL_USE = ("Sent", "Drafts", "Trash", "Junk", "Archive")


@dataclass(frozen=True)
class Login:
    """Who may log in: the user is the whole address."""

    user: str
    password: str


@dataclass(frozen=True)
class _Identity:
    """Under which system users the parts of Dovecot run."""

    uid: int
    gid: int
    inner_user: str
    inner_group: str
    login_user: str

    @staticmethod
    def of_this_process() -> _Identity:
        """Mail never belongs to uid 0; an ordinary user is everything himself."""
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            return _Identity(nobody.pw_uid, nobody.pw_gid, "dovecot", "dovecot", "dovenull")
        me = pwd.getpwuid(os.geteuid())
        return _Identity(me.pw_uid, me.pw_gid, me.pw_name, grp.getgrgid(me.pw_gid).gr_name, me.pw_name)


class Dovecot:
    """One private server; a context manager. `port` speaks STARTTLS (or plain), `tls_port` implicit TLS.

    `introspection_url`: it takes access tokens too, by `token_mechanisms`, and asks there whose they are.
    """

    host = HOST

    def __init__(
        self,
        root: Path,
        users: Mapping[str, str],
        tls: bool = True,
        hosts: tuple[str, ...] = ("localhost", HOST),
        introspection_url: str = "",
        token_mechanisms: str = "xoauth2 oauthbearer",  # noqa: S107  (names, no password)
    ) -> None:
        if len(str(root)) > 70:
            raise ValueError(f"{root}: too long for the sockets below it")
        self.root = root
        self.users: dict[str, str] = {}
        self.certificates = Certificates(root / "tls", hosts) if tls else None
        self._identity = _Identity.of_this_process()
        self._count = itertools.count(1)
        self.port, tls_port = free_ports(2)
        self.tls_port = tls_port if tls else 0
        self.configuration = root / "dovecot.conf"
        self.auth_socket = root / "run" / "auth-submission"
        self.log = root / "dovecot.log"
        self._introspection_url = introspection_url
        self._token_mechanisms = token_mechanisms if introspection_url else ""
        self._prepare()
        for user, password in users.items():
            self.add_user(user, password)
        self._process: Process | None = None

    @property
    def ca(self) -> Path:
        """The file of the authority that a client must trust."""
        if self.certificates is None:
            raise ValueError("this server was started without TLS")
        return self.certificates.authority

    @property
    def mail_uid(self) -> int:
        """The system user that owns the Maildirs."""
        return self._identity.uid

    @property
    def imap_url(self) -> str:
        """Implicit TLS, or plain where the server has none."""
        return f"imaps://{self.host}:{self.tls_port}" if self.tls_port else f"imap://{self.host}:{self.port}"

    @property
    def starttls_url(self) -> str:
        """The port that asks for STARTTLS."""
        return f"imap+starttls://{self.host}:{self.port}"

    def start(self) -> Self:
        """Start, or start again on the same ports; returns when it greets."""
        binary = program("dovecot")
        if binary is None:
            raise FileNotFoundError("dovecot is not installed: python tests/servers/require.py --install")
        self._process = Process([binary, "-F", "-c", str(self.configuration)], self.root / "console.log")
        self._process.wait_for_greeting(self.port, b"* OK")
        return self

    def stop(self) -> None:
        """Cut every session and end; mails stay."""
        if self._process is not None:
            self._process.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def add_user(self, user: str, password: str) -> Login:
        """Let `user` log in and receive mail from now on; the server need not be restarted."""
        self.users[user] = password
        # One file a user: Dovecot looks at a file it knows at most once a second.
        entry = self.root / "users" / user.lower()
        entry.write_text(f"{user}:{{PLAIN}}{password}\n", encoding="utf-8")
        self._own_by_server(entry)
        return Login(user, password)

    def maildir(self, user: str, folder: str = "INBOX") -> Path:
        """Return the directory whose cur/ and new/ hold the folder's mails (it may not exist yet)."""
        home = self.root / "mail" / user.lower()
        if folder == "INBOX":
            return home
        encoded: str = imap_utf7.encode(folder.replace("/", ".")).decode("ascii")
        return home / f".{encoded}"

    def deliver(
        self, user: str, folder: str, raw: bytes, internaldate: datetime | None = None, *, seen: bool = False
    ) -> Path:
        """Put a mail into a folder as a file, made where it doesn't exist; return the file.

        A large mailbox takes milliseconds this way. `internaldate` (aware) becomes the file's time.
        """
        directory = self.maildir(user, folder)
        if not (directory / "cur").is_dir():
            self._make_maildir(user, directory)
        name = f"{int(internaldate.timestamp()) if internaldate else 1}.M{next(self._count)}P{os.getpid()}.mailcrm"
        waiting = directory / "tmp" / name
        waiting.write_bytes(raw)
        self._own(waiting)
        if internaldate is not None:
            os.utime(waiting, (internaldate.timestamp(), internaldate.timestamp()))
        final = directory / "cur" / f"{name}:2,S" if seen else directory / "new" / name
        waiting.rename(final)
        return final

    def files(self, user: str, folder: str = "INBOX") -> list[Path]:
        """Return the mail files of a folder in the order of their delivery."""
        directory = self.maildir(user, folder)
        found = [
            path for part in ("cur", "new") if (directory / part).is_dir() for path in (directory / part).iterdir()
        ]
        return sorted(found, key=_delivered)

    def raws(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Return the mails of a folder with CRLF, as FETCH BODY[] gives them, in the order of their delivery."""
        return [re.sub(rb"(?<!\r)\n", b"\r\n", path.read_bytes()) for path in self.files(user, folder)]

    def wait_for(self, user: str, folder: str = "INBOX", count: int = 1, seconds: float = 10.0) -> list[bytes]:
        """Return the mails once there are at least `count`."""
        wait_until(lambda: len(self.files(user, folder)) >= count, f"{count} mail(s) in {user} {folder}", seconds)
        return self.raws(user, folder)

    def _prepare(self) -> None:
        reachable(self.root)
        for name in ("run", "state", "mail", "users"):
            (self.root / name).mkdir(exist_ok=True)
        (self.root / "run").chmod(0o755)
        self._own(self.root / "mail")
        self._own_by_server(self.root / "users")
        self.configuration.write_text(self._configuration_text(), encoding="utf-8")
        self.configuration.chmod(0o644)

    def _configuration_text(self) -> str:
        tls = "ssl = no"
        if self.certificates is not None:
            tls = f"ssl = required\nssl_cert = <{self.certificates.certificate}\nssl_key = <{self.certificates.key}"
        token_passdb = ""
        if self._introspection_url:
            asking = self.root / "oauth2.conf"
            asking.write_text(_INTROSPECTION.substitute(url=self._introspection_url), encoding="utf-8")
            asking.chmod(0o644)
            token_passdb = (
                f"passdb {{\n  driver = oauth2\n  mechanisms = {self._token_mechanisms}\n  args = {asking}\n}}"
            )
        folders = [
            f"  mailbox {name} {{\n    auto = subscribe\n    special_use = \\{name}\n  }}" for name in SPECIAL_USE
        ]
        identity = self._identity
        return _CONFIGURATION.substitute(
            root=self.root,
            port=self.port,
            tls_port=self.tls_port,
            tls=tls,
            only_tls="yes" if self.certificates else "no",
            uid=identity.uid,
            gid=identity.gid,
            inner_user=identity.inner_user,
            inner_group=identity.inner_group,
            login_user=identity.login_user,
            folders="\n".join(folders),
            token_mechanisms=f" {self._token_mechanisms}",
            token_passdb=token_passdb,
        )

    def _make_maildir(self, user: str, directory: Path) -> None:
        home = self.maildir(user)
        for path in (home, directory, *(directory / part for part in ("cur", "new", "tmp"))):
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(0o700)
            self._own(path)
        if directory != home:
            marker = directory / "maildirfolder"
            marker.touch()
            self._own(marker)

    def _own_by_server(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, self._identity.inner_user, self._identity.inner_group)

    def _own(self, path: Path) -> None:
        os.chown(path, self._identity.uid, self._identity.gid)


def _delivered(file: Path) -> tuple[int, int, str]:
    """Return the second and the microsecond in a Maildir name (1764128000.M4711P12.host); as text, M9999 comes after M10000."""
    found = re.match(r"(\d+)\.M(\d+)", file.name)
    return (int(found[1]), int(found[2]), file.name) if found else (0, 0, file.name)
