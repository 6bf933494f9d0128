"""What goes wrong while mail is read, on real servers: a sentence with its mend, the right exit code, nothing lost.

And what is wrong at home: settings, templates, a full disk.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.running import Cli, Warm
from e2e.conftest import MakeDesk
from e2e.cutting import CuttingProxy
from e2e.desk import Desk, complaint, letter
from servers.loopback import HOST, free_ports

pytestmark = pytest.mark.server

NOON = "2026-03-02T12:00"


def fill(desk: Desk, count: int, size: int = 200) -> set[str]:
    """Put `count` questions into the rep's inbox; return their Message-IDs."""
    names = {f"{number}.fill@hamburg.example" for number in range(count)}
    for name in sorted(names):
        words = f"Please quote item {name}.\n" + hashlib.shake_256(name.encode()).hexdigest(size // 2)
        raw = letter(f"buyer{name}", desk.rep.user, words, message_id=name)
        desk.arrives(raw, "2026-03-02T10:00")
    return names


def read_so_far(desk: Desk) -> list[str]:
    """Return the Message-IDs of everything that was stored."""
    rows = desk.read("threads", "--limit", "5000", now=NOON)
    return [message["message_id"] for row in rows for message in row["messages"]]


def test_a_wrong_password(desk: Desk) -> None:
    fill(desk, 1)
    desk.env["MAIL_PASSWORD"] = "not the one"
    said = complaint(desk("sync", code=3), 3)
    assert "password" in said
    assert "not the one" not in said
    (account,) = desk.read("account", "list")
    assert "password" in account["trouble"]
    assert read_so_far(desk) == []
    desk.env["MAIL_PASSWORD"] = desk.rep.password
    assert desk.sync() == 1
    assert desk.read("account", "list")[0]["trouble"] is None


def test_no_password_in_the_variable(desk: Desk) -> None:
    desk.env["MAIL_PASSWORD"] = ""
    said = complaint(desk("sync", code=1), 1)
    assert "MAIL_PASSWORD" in said


def test_an_unreachable_server(bare: Desk) -> None:
    (closed,) = free_ports(1)
    bare.add_account(imap=f"imaps://{HOST}:{closed}")
    said = complaint(bare("sync", code=3), 3)
    assert HOST in said


def test_a_certificate_nobody_vouches_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(desk, 1)
    monkeypatch.delenv("SSL_CERT_FILE")
    said = complaint(desk("sync", code=3), 3)
    assert "certificate" in said
    assert read_so_far(desk) == []


@pytest.mark.parametrize(("octets", "least"), [(9_000, 0), (60_000, 0), (160_000, 0), (240_000, 50)])
def test_a_server_gone_in_the_middle(bare: Desk, octets: int, least: int) -> None:
    with CuttingProxy(bare.dovecot.tls_port) as proxy:
        bare.add_account(imap=f"imaps://{HOST}:{proxy.port}")
        names = fill(bare, 60, size=4_000)
        proxy.left = octets
        said = complaint(bare("sync", now=NOON, code=3), 3)
        assert "connection" in said.lower()
        stored = read_so_far(bare)
        assert least <= len(stored) < 60
        assert len(stored) == len(set(stored))
        assert proxy.gone
        proxy.left = None
        assert bare.sync(now=NOON) == 60 - len(stored)
        assert sorted(read_so_far(bare)) == sorted(names)
        assert bare.sync(now=NOON) == 0


def test_one_account_failing_does_not_stop_the_other(bare: Desk) -> None:
    (closed,) = free_ports(1)
    bare(
        *("account", "add", "broken", "--imap", f"imaps://{HOST}:{closed}", "--smtp", f"smtps://{HOST}:{closed}"),
        *("--own-address", "other@ningbo-two.example", "--password-env", "MAIL_PASSWORD"),
    )
    bare.add_account()
    fill(bare, 2)
    answer = bare("sync", "--json", code=3)
    assert "broken" in complaint(answer, 3)
    assert answer.json["new_messages"] == 2
    assert [bool(account["error"]) for account in answer.json["accounts"]] == [True, False]
    assert len(answer.json["errors"]) == 1


def test_a_mail_that_nobody_can_read_is_kept_and_the_next_one_read(desk: Desk) -> None:
    desk.arrives(b"\r\n \r\n\r\n", "2026-03-02T09:00")
    fill(desk, 1)
    report = desk.read("sync", now=NOON)
    assert [(f["new"], f["quarantined"]) for f in report["accounts"][0]["folders"] if f["name"] == "INBOX"] == [(1, 1)]
    kinds = sorted((row["kind"], row["state"]) for row in desk.work(now=NOON))
    assert kinds == [("quarantine", "idle"), ("reply", "running")]
    checks = {row["check"]: row for row in desk.read("doctor", code=1)}
    assert checks["quarantine"]["ok"] is False
    assert checks["quarantine"]["fix"]
    again = desk.read("sync", now=NOON)
    assert (again["new_messages"], desk.work(now=NOON)) == (0, desk.work(now=NOON))


def test_a_template_with_a_variable_that_is_nowhere(desk: Desk) -> None:
    fill(desk, 1)
    desk.sync(now=NOON)
    mine = desk.home / "templates" / "en" / "mine.txt.j2"
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("---\ntitle: Mine\npurpose: reply\n---\nDear {{ contact_name }},\n\n{{ pirce }}\n")
    checked = desk("template", "check", code=1)
    assert "mine.txt.j2" in checked.out
    assert "pirce" in checked.out
    thread = desk.thread(now=NOON)["id"]
    said = complaint(desk("reply", thread, "--template", "mine", "--send", now=NOON, code=1), 1)
    assert "pirce" in said
    assert desk.read("outbox") == []
    assert desk.thread(now=NOON)["state"] == "running"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("[clock]\nrepy_within = '8h'\n", ("repy_within", "line 2", "reply_within")),
        ("[clok]\nwarn = '4h'\n", ("clok", "line 1")),
        ("[clock]\nreply_within = '24h'\ncount = 'office'\n", ("24h", "office", "1 workday")),
        ("[clock\n", ("mailcrm.toml", "line 1")),
        ("[send]\nundo_seconds = 'soon'\n", ("undo_seconds", "line 2", "soon")),
    ],
    ids=["unknown key", "unknown section", "case 20: office hours", "no TOML", "no number"],
)
def test_settings_that_can_not_be_meant(bare: Desk, lines: str, words: tuple[str, ...]) -> None:
    (bare.home / "mailcrm.toml").write_text(lines)
    before = bare.fingerprint()
    for command in (("worklist",), ("sync",), ("doctor",)):
        said = complaint(bare(*command, code=1), 1)
        for word in words:
            assert word in said
    assert bare.fingerprint() == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for very little; `mount -o remount,size=…` frees some."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2500k", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(small_disk: Path, empty_home: Path, warm: Warm, make_desk: MakeDesk) -> None:
    desk = make_desk(Cli(small_disk / "mailcrm", warm))
    desk.open(like=empty_home)
    desk.add_account()
    names = fill(desk, 400, size=12_000)
    said = complaint(desk("sync", now=NOON, code=1), 1)
    assert "disk is full" in said
    assert "no mail was lost" in said
    subprocess.run(["mount", "-o", "remount,size=1g", str(small_disk)], check=True)
    stored = read_so_far(desk)
    assert 0 < len(stored) < 400
    desk.sync(now=NOON)
    assert sorted(read_so_far(desk)) == sorted(names)
    assert {row["ok"] for row in desk.read("doctor", now=NOON) if row["check"] == "database"} == {True}
