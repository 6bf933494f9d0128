"""kill -9 in every phase of a sync: afterwards nothing is lost, nothing is there twice, threads and turns are the same.

The short form kills ten times, the long one (`MAILCRM_FAULTS=long`) two hundred times in a larger mailbox. The moments are drawn by a seed.
"""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import pytest
from cli.running import Cli
from faults.proxy import STEPS, Proxy, Trap
from ingest.mailroom import GO_LIVE, REP, letter, picture
from servers.dovecot import Dovecot

from mailcrm.store.engine import Store

LONG = os.environ.get("MAILCRM_FAULTS") == "long"
KILLS = 200 if LONG else 10
MAILS = 5_000 if LONG else 2_000
SEED = 20_260_301
# Where the work is done, a kill is worth more than while connecting.
PHASES = (
    "connect",
    "fetch",
    "store",
    "commit",
    "list",
    "store",
    "heads",
    "commit",
    "search",
    "fetch",
    "login",
    "examine",
)


def correspondence() -> Iterator[tuple[str, bytes, datetime]]:
    """Yield (folder, mail, arrival): threads of one to seven mails with forty companies, answered in Sent."""
    chance = random.Random(SEED)  # noqa: S311  (the same mailbox each time)
    at = GO_LIVE - timedelta(hours=40)
    written = 0
    while written < MAILS:
        customer = f"buyer{written % 3}@company{chance.randrange(40)}.example"
        chain: list[str] = []
        for turn in range(min(chance.randint(1, 7), MAILS - written)):
            at += timedelta(seconds=150)
            message_id = f"{written}@mail.example"
            ours = turn % 2 == 1
            text = (
                "We ship on Friday."
                if ours
                else f"Could you quote {written} pieces?\r\n{'Steel, DN50. ' * chance.randint(0, 400)}"
            )
            raw = letter(
                REP if ours else customer,
                f"{'Re: ' if chain else ''}Inquiry {written - turn}",
                text,
                to=customer if ours else REP,
                message_id=message_id,
                references=chain,
                date=at,
            )
            yield "Sent" if ours else "INBOX", raw, at
            chain.append(message_id)
            written += 1


@pytest.fixture(scope="module")
def mailbox(server_root: Path) -> Iterator[Dovecot]:
    """A server without TLS, so that the proxy sees what is said, with everything delivered."""
    with Dovecot(server_root / "k", {REP: "correct horse"}, tls=False) as server:
        for folder, raw, at in correspondence():
            server.deliver(REP, folder, raw, at)
        yield server


def new_home(place: Path, port: int) -> Cli:
    """Make a home with the account on `port`."""
    cli = Cli(place)
    cli.ok("init")
    cli.ok(
        "account", "add", "work", "--imap", f"imap://127.0.0.1:{port}", "--smtp", "smtp://127.0.0.1:1", "--user", REP,
        "--password-env", "FAULTS_PASSWORD", "--own-address", REP, "--go-live", GO_LIVE.isoformat(),
    )  # fmt: skip
    return cli


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAULTS_PASSWORD", "correct horse")


def stored(database: Path) -> int:
    """Return how many copies are stored, as another process sees it."""
    with sqlite3.connect(database) as connection:
        found: int = connection.execute("SELECT count(*) FROM location").fetchone()[0]
    connection.close()
    return found


def killed_sync(cli: Cli, proxy: Proxy, step: str, after: int, octets: int, pause: float) -> bool:
    """Run one sync and kill it at `step`; return whether it was killed before its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mailcrm", "sync"],
        env={**os.environ, "MAILCRM_HOME": str(cli.home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    proxy.trap = Trap(
        step,
        process.kill,
        after=after,
        octets=octets,
        pause=pause,
        log=cli.home / "mailcrm.db-wal",
    )
    return process.wait(120) == -9


@pytest.mark.server
@pytest.mark.timeout(5_400 if LONG else 600)
def test_killed_at_any_moment_a_sync_loses_nothing_and_repeats_nothing(
    mailbox: Dovecot, tmp_path: Path, password: None, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = new_home(tmp_path / "whole", mailbox.port)
    whole.ok("sync")
    chance = random.Random(SEED)  # noqa: S311  (the same moments each time)
    hits: list[tuple[str, int, int]] = []
    with Proxy(mailbox.port) as proxy:
        broken = new_home(tmp_path / "broken", proxy.port)
        database = broken.home / "mailcrm.db"
        for number, step in enumerate(islice(cycle(PHASES), KILLS - 1)):
            before = stored(database)
            # Twice a fair share on average, since every other kill comes before anything was fetched.
            share = min(4 * (MAILS - before) // (KILLS - number), MAILS - before - 1)
            after, octets, pause = chance.randint(1, share), chance.randrange(40_000), chance.uniform(0, 0.25)
            assert killed_sync(broken, proxy, step, after, octets, pause), (number, step)
            hits.append((step, before, stored(database)))
        before = stored(database)
        assert killed_sync(broken, proxy, "store", MAILS - before, 0, 0.0), "the last batch"
        hits.append(("last batch", before, stored(database)))
        proxy.trap = None
        broken.ok("sync")
    with capsys.disabled():
        sys.stdout.write("".join(f"\n  killed: {step}, copies stored {a} -> {b}" for step, a, b in hits))
    if LONG:
        assert {step for step, *_stored in hits} >= set(STEPS)

    server = {hashlib.sha256(raw).hexdigest() for folder in ("INBOX", "Sent") for raw in mailbox.raws(REP, folder)}
    assert len(server) == MAILS
    stores = [Store(f"sqlite:///{cli.home / 'mailcrm.db'}") for cli in (broken, whole)]
    told, expected = map(picture, stores)
    for store in stores:
        store.close()
    assert set(told["raw"]) == set(told["raw named"]) == server
    assert len(told["raw named"]) == MAILS
    assert {name: told[name] for name in told} == expected
    assert len(told["turns"]) > MAILS / 4
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
