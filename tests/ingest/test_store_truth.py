"""A generated mailbox, read from Dovecot, beside what its generator knows of it.

2,000 mails of one seed; the long form (`MAILCRM_FAULTS=long`) reads 20,000 of each of three.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli, cold
from servers.dovecot import Dovecot, Login

LONG = os.environ.get("MAILCRM_FAULTS") == "long"
COUNT = 20_000 if LONG else 2_000
SEEDS = (1, 2, 3) if LONG else (1,)
US = "lin.wei@brightport.example"
KINDS = {
    "business": "human",
    "autoreply": "auto_reply",
    "bounce": "bounce_hard",
    "courier": "courier",
    "newsletter": "bulk",
    "platform": "platform_inquiry",
}


@dataclass(frozen=True)
class Read:
    """The truth and what mailcrm says, both by Message-ID, malformed mails taken out.

    `locations`: how many places on the server are stored, with a message or a quarantined mail behind each;
    `total`: how many messages there are; `quarantined`: how many mails no parser survived.
    """

    truth: Mapping[str, Mapping[str, Any]]
    said: Mapping[str, Mapping[str, Any]]
    references: Mapping[str, list[str]]
    files: Mapping[str, list[list[Any]]]
    threads: list[dict[str, Any]]
    locations: int
    total: int
    quarantined: int


def deliver(dovecot: Dovecot, user: str, mails: Path) -> None:
    """Make the generated Maildir the user's own."""
    home = dovecot.maildir(user)
    mails.rename(home)
    group = dovecot.maildir(user).parent.stat().st_gid
    for path in [home, *home.rglob("*")]:
        os.chown(path, dovecot.mail_uid, group)


@pytest.fixture(scope="module", params=SEEDS)
def read(
    request: pytest.FixtureRequest, shared: Path, dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory
) -> Read:
    generator = shared / "tools" / "gen_mail.py"
    if not generator.exists():
        pytest.skip(f"the generator is not here ({generator}); set MAILCRM_SHARED")
    seed = str(request.param)
    cli = Cli(tmp_path_factory.mktemp(f"truth{seed}") / "home", partial(cold, timeout=1_500))
    # On the mail's own file system, so that it can be moved there.
    mails = dovecot.root / f"generated{seed}"
    arguments = ["--n", str(COUNT), "--seed", seed, "--workers", "1", "--split-sent", "--out", str(mails)]
    subprocess.run([sys.executable, str(generator), *arguments], check=True, stdout=subprocess.DEVNULL)
    login = dovecot.add_user(f"generated{seed}@brightport.example", "correct horse")
    deliver(dovecot, login.user, mails)
    truth = (dovecot.root / f"generated{seed}.truth.jsonl").read_text("utf-8").splitlines()
    return compare([json.loads(line) for line in truth], synced(cli, dovecot, login), cli.home / "mailcrm.db")


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
    assert cli.ok("--json", "rebuild").json["changed"] == 0  # the turns are what the ledger comes to
    return threads


def compare(rows: list[dict[str, Any]], threads: list[dict[str, Any]], database: Path) -> Read:
    """Put both sides by Message-ID."""
    truth = {row["message_id"].strip("<>"): row for row in rows if row["malformed"] is None}
    assert len(truth) + sum(row["malformed"] is not None for row in rows) == len(rows)
    messages = [message for thread in threads for message in thread["messages"]]
    with closing(sqlite3.connect(database)) as connection:
        references = dict(connection.execute('SELECT message_id, "references" FROM message'))
        files = connection.execute(
            "SELECT message.message_id, filename, attachment.size FROM attachment"
            " JOIN message ON message.id = attachment.message_id WHERE NOT inline ORDER BY message.id, position"
        ).fetchall()
        (locations,) = connection.execute(
            "SELECT count(*) FROM location LEFT JOIN quarantine USING (raw_id)"
            " WHERE message_id IS NOT NULL OR quarantine.id IS NOT NULL"
        ).fetchone()
        (quarantined,) = connection.execute("SELECT count(*) FROM quarantine").fetchone()
    by_mail: dict[str, list[list[Any]]] = defaultdict(list)
    for name, filename, size in files:
        by_mail[name].append([filename, size])
    return Read(
        truth=truth,
        said={m["message_id"]: m for m in messages if m["message_id"] in truth},
        references={name: json.loads(found) for name, found in references.items() if name in truth},
        files={name: by_mail[name] for name in truth},
        threads=threads,
        locations=locations,
        total=len(messages),
        quarantined=quarantined,
    )


@pytest.mark.server
@pytest.mark.timeout(1_800 if LONG else 300)
def test_each_mail_is_there_once_and_no_malformed_one_is_missing(read: Read) -> None:
    assert read.said.keys() == read.truth.keys()
    assert read.locations == COUNT
    assert read.total + read.quarantined == COUNT


def different(meant: Mapping[str, object], got: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    return {name: (got[name], meant[name]) for name in meant if got[name] != meant[name]}


@pytest.mark.server
@pytest.mark.parametrize(
    ("what", "true"),
    [
        (lambda m: m["subject"], lambda row: row["subject"]),
        (lambda m: m["from"]["name"], lambda row: row["from_"][0]),
        (lambda m: m["from"]["address"], lambda row: row["from_"][1]),
        (lambda m: [one["address"] for one in m["to"]], lambda row: row["to"]),
        (lambda m: m["side"] == "ours", lambda row: row["outgoing"]),
        (lambda m: m["kind"], lambda row: KINDS[row["kind"]]),
    ],
    ids=["subject", "name", "address", "to", "side", "kind"],
)
def test_what_was_read_is_what_was_written(
    read: Read, what: Callable[[Mapping[str, Any]], object], true: Callable[[Mapping[str, Any]], object]
) -> None:
    meant = {name: true(row) for name, row in read.truth.items()}
    assert different(meant, {name: what(said) for name, said in read.said.items()}) == {}


@pytest.mark.server
def test_references_are_what_was_written(read: Read) -> None:
    meant = {name: [one.strip("<>") for one in row["references"]] for name, row in read.truth.items()}
    assert different(meant, read.references) == {}


@pytest.mark.server
def test_attachments_of_business_mail_are_what_was_written(read: Read) -> None:
    business = {name: row["attachments"] for name, row in read.truth.items() if row["kind"] == "business"}
    assert sum(map(len, business.values())) > COUNT / 20
    assert different(business, read.files) == {}


@pytest.mark.server
def test_threads_are_what_the_headers_prove(read: Read) -> None:
    linked: dict[int, set[str]] = defaultdict(set)
    for name, row in read.truth.items():
        linked[row["linked"]].add(name)
    proven = set(map(frozenset, linked.values()))
    groups = (read.truth.keys() & {m["message_id"] for m in thread["messages"]} for thread in read.threads)
    said = {frozenset(group) for group in groups if group}
    assert (said - proven, proven - said) == (set(), set())


@pytest.mark.server
def test_replies_that_lost_their_headers_are_shown_with_the_right_thread(
    read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    begins: dict[int, int] = {}
    for row in read.truth.values():
        begins.setdefault(row["thread"], row["linked"])
    lost = {name for name, row in read.truth.items() if row["linked"] != begins[row["thread"]]}
    true = {
        one["id"]: {read.truth[m["message_id"]]["thread"] for m in one["messages"] if m["message_id"] in read.truth}
        for one in read.threads
    }
    shown, wrong = set(), 0
    for one in read.threads:
        others = [true[other["thread_id"]] for other in one["probable"]]
        named: set[int] = set().union(*others)
        shown |= {
            m["message_id"]
            for m in one["messages"]
            if m["message_id"] in lost and read.truth[m["message_id"]]["thread"] in named
        }
        wrong += sum(not other & true[one["id"]] for other in others)
    with capsys.disabled():
        sys.stdout.write(f"\nprobable: {len(shown)} of {len(lost)} at the right thread, {wrong} wrong links")
        sys.stdout.write(f"; {read.quarantined} in quarantine\n")
    assert len(lost) >= COUNT / 2_000
    assert len(shown) >= 0.9 * len(lost)
