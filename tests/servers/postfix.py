"""A private Postfix: submission with STARTTLS and AUTH on free loopback ports, delivering into Dovecot's Maildirs.

    with Dovecot(root / "d", users) as dovecot, Postfix(root / "p", dovecot) as postfix:
        ... send through postfix.smtp_url as one of dovecot's users, trusting postfix.ca ...
        postfix.wait_for("buyer@hamburg.example")
        postfix.answer("buyer@hamburg.example", "451 4.3.0 Try again later")

Every domain under .example is its own: known users get their mail, unknown ones are refused with 550 5.1.1. Mail for
any other domain is refused: nothing leaves the machine. The system's own Postfix, its configuration and the system log
are not touched. Postfix starts as root only.
"""

from __future__ import annotations

import grp
import os
import pwd
import smtplib
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self

from servers.dovecot import Dovecot
from servers.loopback import HOST, Certificates, Process, free_ports, reachable, wait_until
from servers.require import program
from servers.socketmap import SocketMap

__all__ = ["Postfix"]

_MAIN = Template(r"""
compatibility_level = 3.6
queue_directory = $root/queue
data_directory = $root/data
daemon_directory = $daemons
maillog_file = $log
maillog_file_prefixes = $root
multi_instance_name =
syslog_name = postfix-$port
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.postfix.example
mydomain = postfix.example
myorigin = postfix.example
mydestination =
mynetworks =
alias_maps =
local_recipient_maps =
relay_domains =
biff = no
append_dot_mydomain = no
recipient_delimiter =
message_size_limit = 52428800
virtual_mailbox_domains = regexp:$root/domains
virtual_mailbox_maps = $mailboxes
virtual_transport = dovecot
dovecot_destination_recipient_limit = 1
local_transport = error:5.1.1 no system users here
relay_transport = error:5.7.1 no mail leaves this machine
default_transport = error:5.7.1 no mail leaves this machine
smtpd_banner = $$myhostname ESMTP
smtpd_tls_chain_files = $chain
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_loglevel = 1
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = $auth_socket
smtpd_sasl_security_options = noanonymous
smtpd_client_restrictions = permit_sasl_authenticated, reject
smtpd_relay_restrictions = reject_unauth_destination, permit
smtpd_recipient_restrictions = reject_non_fqdn_recipient, check_recipient_access $answers, reject_unlisted_recipient, permit
smtpd_end_of_data_restrictions = check_sender_access $data_answers, permit
smtpd_delay_reject = yes
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtputf8_enable = yes
in_flow_delay = 0
""")

_MASTER = Template(r"""
127.0.0.1:$port inet n - n - - smtpd
127.0.0.1:$world_port inet n - n - - smtpd
  -o smtpd_client_restrictions= -o smtpd_sasl_auth_enable=no
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
dovecot unix - n n - - pipe
  flags=DRh user=$mail_user argv=$lda -c $dovecot_configuration -o log_path=/dev/stderr -f $${sender} -d $${user}@$${domain}
""")

_QUEUES = (
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace",
)  # fmt: skip


class Postfix:
    """One private server; a context manager. Its users are those of `dovecot`, also ones added later.

    `port` is submission and asks for a login; `world_port` takes mail as an MX does.
    """

    host = HOST

    def __init__(self, root: Path, dovecot: Dovecot) -> None:
        self.root = root
        self.dovecot = dovecot
        self.certificates = dovecot.certificates or Certificates(root / "tls")
        self.port, self.world_port = free_ports(2)
        self.log = root / "mail.log"
        self._answers: dict[str, str] = {}
        self._data_answers: dict[str, str] = {}
        self._process: Process | None = None
        self._tables: SocketMap | None = None

    @property
    def ca(self) -> Path:
        """The file of the authority that a client must trust."""
        return self.certificates.authority

    @property
    def smtp_url(self) -> str:
        """Submission; STARTTLS before the login."""
        return f"smtp+starttls://{self.host}:{self.port}"

    def start(self) -> Self:
        """Start, or start again on the same port with the same queue; returns when it greets."""
        master = program("master")
        if master is None:
            raise FileNotFoundError("postfix is not installed: python tests/servers/require.py --install")
        if os.geteuid() != 0:
            raise PermissionError("Postfix starts as root only")
        self._tables = SocketMap(
            {"mailboxes": self._mailbox, "answers": self._answers.get, "data": self._data_answers.get}
        )
        self._prepare(Path(master).parent, self._tables)
        self._process = Process([master, "-d", "-c", str(self.root / "etc")], self.root / "console.log")
        self._process.wait_for_greeting(self.port, b"220 ")
        return self

    def stop(self) -> None:
        """End it; the queue stays."""
        if self._process is not None:
            self._process.stop()
        if self._tables is not None:
            self._tables.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def answer(self, recipient: str, reply: str | None) -> None:
        """Answer RCPT TO for this address with `reply` ("451 4.3.0 later"), from now on; None: as usual again."""
        self._set(self._answers, recipient, reply)

    def answer_data(self, sender: str, reply: str | None) -> None:
        """Answer the end of DATA for mails of this sender with `reply`; None: as usual again."""
        self._set(self._data_answers, sender, reply)

    def deliver(self, sender: str, recipient: str, raw: bytes) -> None:
        """Hand over a mail as the outside world does, without a login: it lies in the INBOX soon after."""
        with smtplib.SMTP(self.host, self.world_port, timeout=10) as client:
            client.sendmail(sender, [recipient], raw)

    def wait_for(self, recipient: str, count: int = 1, seconds: float = 10.0) -> list[bytes]:
        """Return the recipient's INBOX, mails with CRLF, once it holds at least `count`."""
        return self.dovecot.wait_for(recipient, "INBOX", count, seconds)

    def wait_idle(self, seconds: float = 10.0) -> None:
        """Return once the queue is empty: everything accepted so far is delivered or returned."""
        waiting = [self.root / "queue" / name for name in ("maildrop", "incoming", "active", "deferred")]

        def empty() -> bool:
            return not any(path.is_file() for queue in waiting for path in queue.rglob("*"))

        wait_until(empty, "an empty queue", seconds)

    @staticmethod
    def _set(table: dict[str, str], key: str, reply: str | None) -> None:
        if reply is None:
            table.pop(key.lower(), None)
        else:
            table[key.lower()] = reply

    def _mailbox(self, address: str) -> str | None:
        known = {user.lower() for user in self.dovecot.users}
        return address if address.lower() in known else None

    def _prepare(self, daemons: Path, tables: SocketMap) -> None:
        reachable(self.root)
        self._make_queue()
        etc = self.root / "etc"
        etc.mkdir(exist_ok=True)
        etc.chmod(0o755)
        self._write(self.root / "domains", "/\\.example$/ ours\n")
        main = _MAIN.substitute(
            root=self.root,
            daemons=daemons,
            log=self.log,
            port=self.port,
            chain=self.certificates.chain,
            auth_socket=self.dovecot.auth_socket,
            mailboxes=tables.address("mailboxes"),
            answers=tables.address("answers"),
            data_answers=tables.address("data"),
        )
        self._write(etc / "main.cf", main)
        master = _MASTER.substitute(
            port=self.port,
            world_port=self.world_port,
            mail_user=pwd.getpwuid(self.dovecot.mail_uid).pw_name,
            lda=program("dovecot-lda"),
            dovecot_configuration=self.dovecot.configuration,
        )
        self._write(etc / "master.cf", master)

    def _make_queue(self) -> None:
        postfix = pwd.getpwnam("postfix").pw_uid
        postdrop = grp.getgrnam("postdrop").gr_gid
        modes = dict.fromkeys(_QUEUES, (postfix, 0, 448))
        modes |= {"pid": (0, 0, 0o755), "public": (postfix, postdrop, 0o710), "maildrop": (postfix, postdrop, 0o1730)}
        queue = self.root / "queue"
        for path, (uid, gid, mode) in {
            queue: (0, 0, 0o755),
            self.root / "data": (postfix, 0, 0o700),
            **{queue / name: value for name, value in modes.items()},
        }.items():
            path.mkdir(exist_ok=True)
            os.chown(path, uid, gid)
            path.chmod(mode)

    @staticmethod
    def _write(path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
        os.utime(path, (0, 0))  # master waits two seconds for a file that may still be written to
