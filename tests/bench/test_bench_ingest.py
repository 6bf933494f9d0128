"""A first sync beside mbsync (which only downloads) and notmuch (which indexes what lies there): one mailbox, one server, one run.

`make bench` takes 20,000 mails and three rounds; the suite a small form. That every mail is there is asserted, no time is.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from bench.made_mail import REP, mailbox
from servers.dovecot import Dovecot, Login

LONG = os.environ.get("MAILCRM_BENCH") == "long"
MAILS, ROUNDS = (20_000, 3) if LONG else (600, 1)
NEWEST = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
pytestmark = [pytest.mark.server, pytest.mark.timeout(3_600)]


class Taken(NamedTuple):
    """Wall seconds, and CPU seconds of the process and its children."""

    wall: float
    cpu: float


@pytest.fixture(scope="module")
def plain(server_root: Path) -> Iterator[Dovecot]:
    """A server without TLS: mbsync wants a name in its certificate that this one's has not."""
    with Dovecot(server_root / "bench", {}, tls=False) as server:
        yield server


@pytest.fixture(scope="module")
def filled(plain: Dovecot) -> Login:
    """A mailbox that holds `MAILS` mails."""
    login = plain.add_user("bench@brightport.example", "correct horse")
    for folder, raw, at in mailbox(MAILS, NEWEST):
        plain.deliver(login.user, folder, raw, internaldate=at)
    return login


def run(*command: str | Path, **environment: str) -> tuple[Taken, str]:
    """Run a program to its end; it must end well."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([*map(str, command)], env={**os.environ, **environment}, capture_output=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall, cpu), done.stdout.decode("utf-8", "replace")


def mbsync(place: Path, dovecot: Dovecot, login: Login) -> Taken:
    settings = place / "mbsyncrc"
    settings.write_text(
        f'IMAPAccount a\nHost {dovecot.host}\nPort {dovecot.port}\nUser {login.user}\nPass "{login.password}"\n'
        f"SSLType None\nAuthMechs LOGIN\nPipelineDepth 50\n\nIMAPStore far\nAccount a\n\n"
        f"MaildirStore near\nPath {place}/mail/\nInbox {place}/mail/INBOX\nSubFolders Verbatim\n\n"
        "Channel c\nFar :far:\nNear :near:\nPatterns INBOX Sent\nCreate Near\nSync Pull\nSyncState *\n"
    )
    (place / "mail").mkdir()
    taken, _said = run("mbsync", "-q", "-c", settings, "c")
    return taken


def notmuch(place: Path) -> Taken:
    settings = place / "notmuchrc"
    settings.write_text(
        f"[database]\npath={place}/index\nmail_root={place}/mail\n[user]\nname=Lin Wei\nprimary_email={REP}\n"
        f"[new]\ntags=unread;inbox;\nignore=/.*mbsyncstate.*/;.uidvalidity\n"
    )
    (place / "index").mkdir()
    taken, _said = run("notmuch", f"--config={settings}", "new", "--quiet")
    _taken, count = run("notmuch", f"--config={settings}", "count", "--output=files", "*")
    assert int(count) == MAILS
    return taken


def ours(place: Path, dovecot: Dovecot, login: Login) -> tuple[Taken, Taken]:
    """Return what a first sync takes, and one that finds nothing new."""
    mailcrm = (Path(sys.executable).with_name("mailcrm"), "--home", place / "home")
    environment = {"BENCH_PASSWORD": login.password}
    run(*mailcrm, "init")
    run(
        *(*mailcrm, "account", "add", "bench", "--imap", dovecot.imap_url, "--smtp", "smtp://127.0.0.1:25"),
        *("--user", login.user, "--password-env", "BENCH_PASSWORD", "--own-address", REP, "--go-live", "2020-01-01"),
    )
    first, _said = run(*mailcrm, "sync", **environment)
    again, said = run(*mailcrm, "sync", "--json", **environment)
    assert json.loads(said)["new_messages"] == 0
    _taken, threads = run(*mailcrm, "--json", "threads", "--limit", "1000000")
    assert sum(len(thread["messages"]) for thread in json.loads(threads)) == MAILS
    return first, again


def test_a_first_sync_beside_its_peers(tmp_path: Path, plain: Dovecot, filled: Login) -> None:
    taken: dict[str, list[Taken]] = {}
    for number in range(ROUNDS):
        place = tmp_path / str(number)
        place.mkdir()
        first, again = ours(place, plain, filled)
        once = {
            "ours": first,
            "ours, nothing new": again,
            "mbsync": mbsync(place, plain, filled),
            "notmuch": notmuch(place),
        }
        for name, one in once.items():
            taken.setdefault(name, []).append(one)
        shutil.rmtree(place)
    median = {name: Taken(*map(statistics.median, zip(*rounds, strict=True))) for name, rounds in taken.items()}
    print(f"\n{MAILS:,} mails, {ROUNDS} rounds: wall s, CPU s")
    for name, one in median.items():
        print(f"  {name:18} {one.wall:7.2f} {one.cpu:7.2f}")
    both = median["mbsync"].wall + median["notmuch"].wall
    print(f"  ours / mbsync {median['ours'].wall / median['mbsync'].wall:.2f}")
    print(f"  (mbsync + notmuch) / ours {both / median['ours'].wall:.1f}")
