"""A rep's desk on real servers: a home with one account, the customers' mailboxes, and `mailcrm` by its command line.

    desk = Desk(cli, dovecot, postfix, new_user)
    buyer = desk.customer("anna@hamburg.example")
    desk.arrives(letter(buyer.user, desk.rep.user, "Price for 500 valves?"), "2026-03-02T10:00+08:00")
    desk.read("sync", now="2026-03-02T10:05")
    desk.work(now="2026-03-02T10:05")

Each command is a process of its own. Every word that any of them printed is kept in `cli.said`.
"""

from __future__ import annotations

import hashlib
import imaplib
import itertools
import os
import re
import shutil
import ssl
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cli.running import Answer, Cli
from servers.dovecot import Dovecot, Login
from servers.postfix import Postfix

__all__ = ["CHINA", "Desk", "complaint", "letter", "moment", "opened", "received_stamp"]

CHINA = ZoneInfo("Asia/Shanghai")
SIGNATURE = "Li Wei\nNingbo Valve Works"
_CRLF = policy.SMTP
_numbers = itertools.count(1)


def moment(text: str) -> datetime:
    """Return "2026-03-02T10:00" as an aware instant; naive text is Shanghai's clock."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def letter(  # noqa: PLR0913  (a mail has this many lines)
    sender: str,
    to: str,
    body: str,
    *,
    subject: str = "Inquiry: gate valves DN50",
    cc: str = "",
    message_id: str = "",
    answers: Sequence[str] = (),
    date: datetime | None = None,
    headers: dict[str, str] | None = None,
    charset: str = "utf-8",
    attachment: tuple[str, bytes] | None = None,
) -> bytes:
    """Return a mail with CRLF; `answers`: the Message-IDs of its References, the last one is answered."""
    mail = EmailMessage(policy=_CRLF)
    mail["From"], mail["To"] = sender, to
    if cc:
        mail["Cc"] = cc
    mail["Subject"] = subject
    mail["Date"] = format_datetime(date or datetime.now(CHINA))
    mail["Message-ID"] = f"<{message_id or f'letter-{os.getpid()}-{next(_numbers)}@customer.example'}>"
    if answers:
        mail["In-Reply-To"] = f"<{answers[-1]}>"
        mail["References"] = " ".join(f"<{known}>" for known in answers)
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(body, charset=charset)
    if attachment is not None:
        name, content = attachment
        kind, _, exactly = (guess_type(name)[0] or "application/octet-stream").partition("/")
        mail.add_attachment(content, kind, exactly, filename=name)
    return mail.as_bytes()


def received_stamp(at: datetime) -> str:
    """Return a Received field's value of this instant."""
    return f"from mx.hamburg.example by mx.ningbo.example with ESMTP; {format_datetime(at)}"


def complaint(answer: Answer, code: int) -> str:
    """Return what was said on stderr; the call must have failed with `code`, in a sentence with a mend, and no traceback."""
    assert answer.code == code, answer
    assert answer.err.startswith("mailcrm: "), answer
    assert "Traceback" not in answer.err + answer.out, answer
    assert "did not foresee" not in answer.err, answer
    assert len(answer.err.split()) > 8, answer  # a sentence and its mend
    return answer.err


def opened(raw: bytes) -> EmailMessage:
    """Return a mail as a mail program reads it."""
    return message_from_bytes(raw, policy=policy.default)


class Desk:
    """A home with one account ("main") in Shanghai; `rep` logs in, `customer()` makes the others' mailboxes."""

    def __init__(self, cli: Cli, dovecot: Dovecot, postfix: Postfix, new_user: Callable[[str], Login]) -> None:
        self.cli = cli
        self.dovecot = dovecot
        self.postfix = postfix
        self.customer = new_user
        self.rep = new_user("rep@ningbo.example")
        self.env = {"MAIL_PASSWORD": self.rep.password, "MAILCRM__OFFICE__ZONE": "Asia/Shanghai"}

    @property
    def home(self) -> Path:
        """Where everything of this desk lies."""
        return self.cli.home

    def open(self, *, like: Path | None = None, db: str | None = None) -> None:
        """Make the home, or copy an empty one that was made before."""
        if like is None:
            self("init", *(("--db", db) if db else ()))
        else:
            shutil.copytree(like, self.home)

    def add_account(self, go_live: str = "2026-01-01", **changed: str) -> None:
        """Add the account; `imap` and `smtp` may name other servers, `trusted` the server whose stamps are ours."""
        trusted = ("--authserv-id", changed["trusted"]) if "trusted" in changed else ()
        self(
            *("account", "add", "main", "--imap", changed.get("imap", self.dovecot.imap_url)),
            *("--smtp", changed.get("smtp", self.postfix.smtp_url), "--user", self.rep.user),
            *("--own-address", self.rep.user, "--password-env", "MAIL_PASSWORD"),
            *("--display-name", "Li Wei", "--signature", SIGNATURE, "--zone", "Asia/Shanghai", "--go-live", go_live),
            *trusted,
        )

    def __call__(self, *words: str, now: str = "", code: int = 0, stdin: str = "") -> Answer:
        """Run one command, which must end with `code`."""
        line = (*words, "--now", now) if now else words
        answer = self.cli(*line, stdin=stdin, env=self.env)
        assert answer.code == code, answer
        return answer

    def read(self, *words: str, now: str = "", code: int = 0) -> Any:  # noqa: ANN401  (a JSON document)
        """Run one command and return its JSON document."""
        return self(*words, "--json", now=now, code=code).json

    def work(self, now: str = "", view: str = "all") -> list[dict[str, Any]]:
        """Return the worklist's rows."""
        rows = self.read("worklist", "--view", view, now=now)
        assert isinstance(rows, list)
        return rows

    def thread(self, now: str = "") -> dict[str, Any]:
        """Return the only thread there is."""
        (row,) = self.read("threads", now=now)
        assert isinstance(row, dict)
        return row

    def story(self, thread: str, now: str = "") -> list[str]:
        """Return the events that `explain` tells, in order."""
        return [line["event"] for line in self.read("explain", thread, now=now)]

    def sync(self, now: str = "") -> int:
        """Poll; return how many mails were new."""
        found = self.read("sync", now=now)["new_messages"]
        assert isinstance(found, int)
        return found

    def arrives(self, raw: bytes, at: str, folder: str = "INBOX") -> None:
        """Put a mail into a folder of the rep's mailbox, with this INTERNALDATE."""
        self.dovecot.deliver(self.rep.user, folder, raw, internaldate=moment(at))

    def append_to_sent(self, raw: bytes, at: str) -> None:
        """File a mail in Sent as the rep's phone does: by IMAP, with this INTERNALDATE."""
        context = ssl.create_default_context(cafile=str(self.dovecot.ca))
        with imaplib.IMAP4_SSL(self.dovecot.host, self.dovecot.tls_port, ssl_context=context, timeout=10) as phone:
            phone.login(self.rep.user, self.rep.password)
            answer, _ = phone.append("Sent", r"(\Seen)", imaplib.Time2Internaldate(moment(at)), raw)
            assert answer == "OK"

    def sent(self) -> list[bytes]:
        """Return what lies in the rep's Sent folder."""
        return self.dovecot.raws(self.rep.user, "Sent")

    def fingerprint(self) -> dict[str, str]:
        """Return the hash of every file in the home."""
        files = sorted(path for path in self.home.rglob("*") if path.is_file())
        return {str(path.relative_to(self.home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def as_local(at: datetime, later: timedelta = timedelta()) -> str:
    """Return an instant as `--now` and JSON write it, in Shanghai."""
    return (at.astimezone(CHINA) + later).isoformat(timespec="seconds")


def header_values(raw: bytes, name: str) -> list[str]:
    """Return every value of a header field as it stands on the wire, unfolded."""
    head = re.split(rb"\r\n\r\n", raw, maxsplit=1)[0].decode("ascii")
    fields = re.sub(r"\r\n(?=[ \t])", "", head).split("\r\n")
    return [value.strip() for field, _, value in (f.partition(":") for f in fields) if field.lower() == name.lower()]
