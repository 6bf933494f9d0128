"""A generated mailbox of 2,000 mails, read from Dovecot, beside what its generator knows of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli
from servers.dovecot import Dovecot, Login

COUNT = 2_000
US = "lin.wei@brightport.example"


@dataclass(frozen=True)
class Read:
    """The truth and what mailcrm says, both by Message-ID, malformed mails taken out; `total` counts all that were read."""

    truth: dict[str, dict[str, Any]]
    said: dict[str, dict[str, Any]]
    threads: set[frozenset[str]]
    total: int


def deliver(dovecot: Dovecot, user: str, mails: Path) -> None:
    """Make the generated Maildir the user's own."""
    home = dovecot.maildir(user)
    mails.rename(home)
    group = dovecot.maildir(user).parent.stat().st_gid
    for path in [home, *home.rglob("*")]:
        os.chown(path, dovecot.mail_uid, group)


@pytest.fixture(scope="module")
def read(shared: Path, dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Read:
    generator = shared / "tools" / "gen_mail.py"
    if not generator.exists():
        pytest.skip(f"the generator is not here ({generator}); set MAILCRM_SHARED")
    work = tmp_path_factory.mktemp("truth")
    # On the mail's own file system, so that it can be moved there.
    mails = dovecot.root / "generated"
    arguments = ["--n", str(COUNT), "--seed", "1", "--workers", "1", "--split-sent", "--out", str(mails)]
    subprocess.run([sys.executable, str(generator), *arguments], check=True, stdout=subprocess.DEVNULL)
    login = dovecot.add_user("generated@brightport.example", "correct horse")
    deliver(dovecot, login.user, mails)
    rows = [json.loads(line) for line in (dovecot.root / "generated.truth.jsonl").read_text("utf-8").splitlines()]
    return compare(rows, synced(Cli(work / "home"), dovecot, login))


def synced(cli: Cli, dovecot: Dovecot, login: Login) -> list[dict[str, Any]]:
    """Read everything by the command line; return its threads."""
    surroundings = {"SSL_CERT_FILE": str(dovecot.ca), "TRUTH_PASSWORD": login.password}
    cli.ok("init")
    cli.ok(
        "account", "add", "work", "--imap", dovecot.imap_url, "--smtp", "smtp://127.0.0.1:1", "--user", login.user,
        "--password-env", "TRUTH_PASSWORD", "--own-address", US, "--go-live", "2020-01-01",
    )  # fmt: skip
    cli.ok("sync", env=surroundings)
    threads: list[dict[str, Any]] = cli.ok("--json", "threads", "--limit", "10000000").json
    again = cli.ok("--json", "sync", env=surroundings).json
    assert again["new_messages"] == 0
    return threads


def compare(rows: list[dict[str, Any]], threads: list[dict[str, Any]]) -> Read:
    """Put both sides by Message-ID."""
    known = {row["message_id"].strip("<>"): row for row in rows}
    truth = {name: row for name, row in known.items() if row["malformed"] is None}
    spoilt = known.keys() - truth.keys()
    messages = [message for thread in threads for message in thread["messages"]]
    groups = (frozenset(m["message_id"] for m in thread["messages"]) - spoilt - {""} for thread in threads)
    said = {m["message_id"]: m for m in messages if m["message_id"] in truth}
    assert len(truth) + len(spoilt) == len(rows)
    return Read(truth, said, {group for group in groups if group}, len(messages))


@pytest.mark.server
def test_each_mail_is_there_once(read: Read) -> None:
    assert read.total == COUNT
    assert read.said.keys() == read.truth.keys()


@pytest.mark.server
@pytest.mark.parametrize(
    ("what", "true"),
    [
        (lambda m: m["subject"], lambda row: row["subject"]),
        (lambda m: m["from"]["name"], lambda row: row["from_"][0]),
        (lambda m: m["from"]["address"], lambda row: row["from_"][1]),
        (lambda m: m["side"] == "ours", lambda row: row["outgoing"]),
    ],
    ids=["subject", "name", "address", "side"],
)
def test_what_was_read_is_what_was_written(
    read: Read, what: Callable[[dict[str, Any]], object], true: Callable[[dict[str, Any]], object]
) -> None:
    different = {
        name: (what(said), true(read.truth[name]))
        for name, said in read.said.items()
        if what(said) != true(read.truth[name])
    }
    assert different == {}


@pytest.mark.server
def test_threads_are_what_the_headers_prove(read: Read) -> None:
    linked: dict[int, set[str]] = defaultdict(set)
    for name, row in read.truth.items():
        linked[row["linked"]].add(name)
    proven = set(map(frozenset, linked.values()))
    assert (read.threads - proven, proven - read.threads) == (set(), set())
