"""kill -9 while a mail is handed over: in doubt where DATA had begun, due as before where not, and never sent twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from faults.stalling import STEPS, StallingSmtp
from ingest.mailroom import REP, letter

from mailcrm.bootstrap import make_home, open_core
from mailcrm.core.facade import Core
from mailcrm.queries.rows import OutboxRow

BEFORE_DATA = STEPS[: STEPS.index("data")]


@pytest.fixture(scope="module")
def server() -> Iterator[StallingSmtp]:
    with StallingSmtp() as server:
        yield server


@pytest.fixture(scope="module")
def office(server: StallingSmtp, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one open thread for each test, whose mail leaves without an undo window."""
    home = tmp_path_factory.mktemp("outbox") / "home"
    make_home(home, None)
    settings = (home / "mailcrm.toml").read_text("utf-8")
    (home / "mailcrm.toml").write_text(settings.replace("# undo_seconds = 15", "undo_seconds = 0"), "utf-8")
    mails = home.parent / "mails"
    mails.mkdir()
    now = datetime.now(UTC)
    for name in (*STEPS, "resent", "cancelled"):
        (mails / f"{name}.eml").write_bytes(letter("jan@acme.example", name, date=now - timedelta(hours=1)))
    core = open_core(home)
    core.do(
        "add_account",
        name="work",
        imap="imap://127.0.0.1:1",  # nobody there: a doubt can't be settled by looking
        smtp=f"smtp://127.0.0.1:{server.port}",
        own_addresses=(REP,),
        go_live=(now - timedelta(days=1)).isoformat(),
    )
    core.do("import_mail", paths=(str(mails),), live=True)
    core.close()
    return home


@pytest.fixture
def core(office: Path) -> Iterator[Core]:
    core = open_core(office)
    yield core
    core.close()


def queued(core: Core, subject: str) -> str:
    """Answer the thread of that subject; return the outbox row that is due."""
    thread = next(row for row in core.ask("threads") if row.subject == subject)
    row: OutboxRow = core.do("reply", thread=thread.id, mode="queue", body=f"Answer to {subject}.").row
    return row.id


def state(core: Core, item: str) -> str:
    row: OutboxRow = core.ask("outbox_item", id=item)
    return row.state


def flush(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "mailcrm", "outbox", "flush"],
        env={**os.environ, "MAILCRM_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def killed_at(step: str, server: StallingSmtp, office: Path) -> None:
    """Flush in a process of its own and kill it where the server stops talking."""
    server.taken.clear()
    server.stalled.clear()
    server.stall = step
    process = flush(office)
    assert server.stalled.wait(60)
    process.kill()
    assert process.wait(10) == -9
    server.stall = ""


@pytest.mark.parametrize("step", STEPS)
def test_killed_while_sending(step: str, server: StallingSmtp, office: Path, core: Core) -> None:
    item = queued(core, step)
    killed_at(step, server, office)
    core.do("outbox_flush")
    if step in BEFORE_DATA:
        assert state(core, item) == "sent"
        assert len(server.taken) == 1
    else:
        assert state(core, item) == "in_doubt"
        assert len(server.taken) == (1 if step == "dot" else 0)
    taken = list(server.taken)
    for _ in range(2):
        core.do("outbox_flush")
    assert server.taken == taken
    assert state(core, item) == ("sent" if step in BEFORE_DATA else "in_doubt")


def test_a_person_sends_a_doubt_again_with_the_same_id(server: StallingSmtp, office: Path, core: Core) -> None:
    item = queued(core, "resent")
    killed_at("data", server, office)
    core.do("outbox_flush")
    core.do("outbox_resolve", id=item, as_="resend")
    core.do("outbox_flush")
    assert state(core, item) == "sent"
    (mail,) = server.taken
    assert f"Message-ID: <{core.ask('outbox_item', id=item).message_id}>".encode() in mail


def test_a_mail_may_be_taken_back_until_data(server: StallingSmtp, office: Path, core: Core) -> None:
    server.taken.clear()
    server.stalled.clear()
    item = queued(core, "cancelled")
    server.stall = "rcpt"
    process = flush(office)
    assert server.stalled.wait(60)
    assert state(core, item) != "sending"
    core.do("outbox_cancel", id=item)
    server.stall = ""
    process.kill()
    process.wait(10)
    core.do("outbox_flush")
    assert state(core, item) == "cancelled"
    assert server.taken == []
