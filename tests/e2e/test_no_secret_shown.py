"""A password goes to the mail servers and nowhere else: no output, log, file of the home or command line holds it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from e2e.desk import Desk, complaint, letter
from e2e.serving import Service
from servers.loopback import wait_until

pytestmark = pytest.mark.server

SENTINEL = "S3ntinel-Pa55wörd"
ADD = ("account", "add", "main", "--zone", "Asia/Shanghai", "--go-live", "2026-01-01", "--verbose")

Source = Callable[[Desk, Path], tuple[tuple[str, ...], str]]


def by_variable(desk: Desk, place: Path) -> tuple[tuple[str, ...], str]:
    desk.env["MAIL_PASSWORD"] = SENTINEL
    return ("--password-env", "MAIL_PASSWORD"), ""


def by_command(desk: Desk, place: Path) -> tuple[tuple[str, ...], str]:
    (place / "kept").write_text(SENTINEL + "\n", "utf-8")
    return ("--password-command", f"cat {place / 'kept'}"), ""


def by_stdin(desk: Desk, place: Path) -> tuple[tuple[str, ...], str]:
    return ("--password-stdin",), SENTINEL + "\n"


def traces(user: str) -> list[bytes]:
    """Return what would give the password away: itself, and as IMAP and SMTP write it in a login."""
    plain = SENTINEL.encode()
    return [plain, base64.b64encode(plain), base64.b64encode(b"\0" + user.encode() + b"\0" + plain), b"S3ntinel"]


@pytest.mark.parametrize("source", [by_variable, by_command, by_stdin])
def test_the_password_shows_nowhere(bare: Desk, tmp_path: Path, source: Source) -> None:
    desk = bare
    desk.rep = desk.dovecot.add_user(desk.rep.user, SENTINEL)
    desk.env.pop("MAIL_PASSWORD")
    buyer = desk.customer("anna@hamburg.example").user
    servers = ("--imap", desk.dovecot.starttls_url, "--smtp", desk.postfix.smtp_url)
    words, stdin = source(desk, tmp_path)
    desk(*ADD, *servers, "--own-address", desk.rep.user, *words, stdin=stdin)

    desk.postfix.deliver(buyer, desk.rep.user, letter(buyer, desk.rep.user, "Please quote."))
    desk.postfix.wait_for(desk.rep.user)
    desk("sync", "--verbose")
    thread = desk.thread()["id"]
    answer = ("reply", thread, "--template", "plain_reply", "--var", "body=Yes.", "--send", "--verbose")
    for command in (
        answer,
        ("account", "list"),
        ("account", "list", "--json"),
        ("account", "test", "main"),
        ("doctor",),
    ):
        desk(*command)
    assert len(desk.postfix.wait_for(buyer)) == 1
    with Service(desk, "run", "--verbose") as service:
        service.wait_for("poll")
        lines = b"\n".join(path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if _readable(path))
        printed = service.out.read_bytes() + service.err.read_bytes()

    desk.dovecot.add_user(desk.rep.user, "changed meanwhile")
    wait_until(lambda: desk.cli("sync", "--verbose", env=desk.env).code == 3, "the old password to be refused")
    complaint(desk("sync", "--verbose", code=3), 3)
    everything = {
        "printed": "".join(desk.cli.said).encode() + printed,
        "command lines": lines,
        **{str(path): path.read_bytes() for path in desk.home.rglob("*") if path.is_file()},
    }
    assert len(everything) > 3
    found = [(where, trace) for where, text in everything.items() for trace in traces(desk.rep.user) if trace in text]
    assert found == []


def _readable(path: Path) -> bool:
    """Whether the process still lives."""
    try:
        path.read_bytes()
    except OSError:
        return False
    return True
