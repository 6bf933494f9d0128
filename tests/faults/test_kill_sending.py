"""kill -9 at any moment while mails leave through a real Postfix: none is lost, none is delivered twice, no state is wrong.

A chaos proxy reads along under STARTTLS and kills the process at the point and at the mail that a seed has drawn.
The short form kills 10 times while 60 mails leave, the long one (`MAILCRM_FAULTS=long`) 200 times while 500 do.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import pytest
from faults.chaos import POINTS, ChaosSmtp, Harm, Point
from faults.mta import delivered, logged, message_id_of
from ingest.mailroom import letter
from servers.dovecot import Login
from servers.loopback import HOST
from servers.postfix import Postfix
from sqlmodel import select

from mailcrm.bootstrap import make_home, open_core
from mailcrm.queries.rows import OutboxRow
from mailcrm.records import Outgoing
from mailcrm.store.engine import Store

LONG = os.environ.get("MAILCRM_FAULTS") == "long"
KILLS, MAILS = (200, 500) if LONG else (10, 60)
SPARE = 10  # so many more where the last kills want two mails each
SEED = 20_261_127

DATA, MARKED, ANSWERED = map(POINTS.index, (Point("data"), Point("rcpt", "passed"), Point("dot", "passed")))
# When, after a point was reached: at once, a few milliseconds later, when the database's log grows, when Sent does.
MOMENTS = ("at once", "a moment later", "at the next commit", "at the next Sent copy")
WHERE_THE_WORK_IS = (
    *((Point("dot", "passed"), moment) for moment in MOMENTS[:3]),
    *((Point("rcpt", "passed"), moment) for moment in MOMENTS[:3]),
    *((Point("dot", moment), "at once") for moment in ("asked", "answered")),
    (Point("body 2/3"), "at once"),
    (Point("quit", "passed"), "at the next Sent copy"),
)
EVERYWHERE = (*WHERE_THE_WORK_IS, *((point, "at once") for point in POINTS), *WHERE_THE_WORK_IS)


@dataclass
class Office:
    """A home whose mail leaves through the proxy, in processes that are killed; Sent lies on Dovecot."""

    home: Path
    proxy: ChaosSmtp
    postfix: Postfix
    rep: Login
    buyers: list[str]
    ours: dict[str, str] = field(default_factory=dict)
    files_sent: bool = True

    def __post_init__(self) -> None:
        make_home(self.home, None)
        (self.home / "mailcrm.toml").write_text("[send]\nundo_seconds = 0\nrate_per_minute = 0\n", "utf-8")
        self.core = open_core(self.home)
        self.core.do(
            "add_account", name="work", imap=self.postfix.dovecot.imap_url,
            smtp=f"smtp+starttls://{HOST}:{self.proxy.port}", user=self.rep.user, password_env="FAULTS_PASSWORD",
            own_addresses=(self.rep.user,), go_live=(datetime.now(UTC) - timedelta(days=1)).isoformat(),
        )  # fmt: skip
        mails = self.home.parent / "mails"
        mails.mkdir()
        for number in range(MAILS + SPARE):
            buyer, at = self.buyers[number % len(self.buyers)], datetime.now(UTC) - timedelta(hours=1)
            raw = letter(buyer, f"Inquiry {number}", to=self.rep.user, date=at)
            (mails / f"{number}.eml").write_bytes(raw)
        self.core.do("import_mail", paths=(str(mails),), live=True)
        self.threads = iter(self.core.ask("threads", limit=MAILS + SPARE))
        self.store = Store(f"sqlite:///{self.home / 'mailcrm.db'}")
        self.proxy.on_taken = self._file

    def _file(self, message_id: str) -> None:
        """Do as a server that files sent mail itself, for every other mail."""
        if self.files_sent and int(self.ours[message_id][1:]) % 2:
            self.postfix.dovecot.deliver(self.rep.user, "Sent", self.row(self.ours[message_id]).raw or b"")

    def write(self, count: int, chance: random.Random) -> None:
        """Answer so many threads; the mails are due at once."""
        for _mail in range(count):
            body = "\n".join(f"Line {line}: DN50, 12.50 USD." for line in range(chance.choice((1, 40, 2_000))))
            row: OutboxRow = self.core.do("reply", thread=next(self.threads).id, mode="queue", body=body).row
            self.ours[row.message_id] = row.id

    def row(self, item: str) -> Outgoing:
        """Return what the database holds of a mail."""
        with self.store.read() as session:
            return session.get_one(Outgoing, int(item[1:]))

    def states(self) -> dict[str, str]:
        """Return the state of every mail."""
        with self.store.read() as session:
            return {f"x{row_id}": state for row_id, state in session.exec(select(Outgoing.id, Outgoing.state))}

    def due(self) -> int:
        """Return how many mails have not left yet."""
        return sum(state in ("held", "queued", "deferred") for state in self.states().values())

    def written(self) -> int:
        """Return when the database was last written to."""
        log = self.home / "mailcrm.db-wal"
        return log.stat().st_mtime_ns if log.exists() else 0

    def flush(self) -> subprocess.Popen[bytes]:
        """Send in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "mailcrm", "outbox", "flush"],
            env={**os.environ, "MAILCRM_HOME": str(self.home)},
            stdout=subprocess.DEVNULL,
        )

    def flush_at(self, later: timedelta) -> None:
        """Do in this process what a flush does at another time."""
        core = open_core(self.home, now=(datetime.now(UTC) + later).isoformat())
        core.do("outbox_flush")
        core.close()

    def close(self) -> None:
        """Leave the home."""
        self.store.close()
        self.core.close()


@pytest.fixture
def office(
    tmp_path: Path, postfix: Postfix, new_user: Callable[[str], Login], trusted: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    rep = new_user("wei@ningbo.example")
    buyers = [new_user(f"buyer{number}@hamburg.example").user for number in range(4)]
    monkeypatch.setenv("FAULTS_PASSWORD", rep.password)
    with ChaosSmtp(postfix.port, postfix.certificates) as proxy:
        office = Office(tmp_path / "home", proxy, postfix, rep, buyers)
        yield office
        office.close()


@dataclass(frozen=True)
class Kill:
    """One kill: `moment` is one of MOMENTS; `passes`: what the process had said still reaches the server."""

    point: Point
    moment: str
    nth: int
    pause: float
    passes: bool

    @property
    def where(self) -> str:
        """Return what tells it in a table."""
        return self.point.step if self.moment == "at once" else f"{self.point}, {self.moment}"


def drawn(chance: random.Random, point: Point, moment: str, due: int) -> Kill:
    """Return a kill at a mail of this run; a connection begins and ends once."""
    step = point.step
    of_a_mail = step in ("mail", "rcpt", "data", "dot") or step.startswith("body")
    nth = chance.randint(1, due if of_a_mail else due - 1 if step == "rset" else 1)
    return Kill(point, moment, nth, chance.uniform(0, 0.02), chance.random() < 0.5)


def killed(office: Office, kill: Kill) -> None:
    """Flush, and kill the process where it was said; return when the server, too, knows that it is gone."""
    process = office.flush()

    def strike() -> None:
        process.kill()
        process.wait(10)

    point, then = kill.point, strike
    if kill.moment == "a moment later":
        then = partial(_after, kill.pause, strike)
    elif kill.moment == "at the next Sent copy":
        then = partial(_watch, lambda: len(office.postfix.dovecot.files(office.rep.user, "Sent")), strike)
    elif kill.moment == "at the next commit":  # it may come before anybody knows that the answer was passed
        point, then = Point(point.step, "answered"), partial(_watch, office.written, strike)
    office.files_sent = kill.moment != "at the next Sent copy"
    office.proxy.harm = Harm(point, "" if kill.passes or then is not strike else "cut", kill.nth, then=then)
    assert process.wait(60) == -9, kill
    office.proxy.quiet()
    assert office.proxy.harm.done.is_set(), kill


def _after(pause: float, strike: Callable[[], None]) -> None:
    threading.Event().wait(pause)
    strike()


def _watch(measure: Callable[[], int], strike: Callable[[], None]) -> None:
    """Strike as soon as something is another than now; return at once."""
    before, pause, deadline = measure(), threading.Event(), time.monotonic() + 20

    def watch() -> None:
        while measure() == before and time.monotonic() < deadline:
            pause.wait(0.0005)
        strike()

    threading.Thread(target=watch).start()


def judged(office: Office, kill: Kill, before: dict[str, str]) -> tuple[str, str]:
    """Return the mail that the kill was about and its state; whatever it may not be by where it was killed, it isn't."""
    after = office.states()
    in_hand = [item for item, state in after.items() if state == "sending"]
    assert len(in_hand) <= 1, kill
    position = POINTS.index(kill.point)
    if DATA <= position < ANSWERED:
        assert in_hand, kill
    elif position < MARKED or kill.point.step == "quit":
        assert not in_hand, kill
    changed = {(before[item], state) for item, state in after.items() if state != before[item]}
    ways = {("held", "sending"), ("held", "sent"), ("sending", "in_doubt"), ("in_doubt", "sent")}
    assert changed <= ways | {("sending", "sent")}, kill  # orphaned and found in one run
    return (in_hand[0], "sending") if in_hand else ("", "sent" if position >= ANSWERED else "due as before")


def recovered(office: Office, doubtful: set[str]) -> set[str]:
    """Let the rest leave and time go by; then nothing but a mail that was in hand may be in doubt. Return those."""
    office.proxy.harm = None
    assert office.flush().wait(300) == 0
    for later in (3, 11, 31):
        office.flush_at(timedelta(minutes=later))
    states = office.states()
    waiting = {item for item, state in states.items() if state == "in_doubt"}
    assert waiting <= doubtful
    assert all(office.row(item).next_attempt is None for item in waiting)
    assert {states[item] for item in states.keys() - waiting} == {"sent"}
    assert set(Counter(office.proxy.taken).values()) == {1}
    assert {office.ours[message_id] for message_id in office.proxy.taken} >= states.keys() - waiting
    return waiting


def resolved(office: Office, waiting: set[str]) -> None:
    """Decide as a person would who has asked the customer."""
    taken = {office.ours[message_id] for message_id in office.proxy.taken}
    for item in waiting:
        office.core.do("outbox_resolve", id=item, as_="sent" if item in taken else "resend")
    office.flush_at(timedelta(minutes=40))


def table(told: Mapping[str, Counter[str]]) -> str:
    """Return what the kills met, by where they struck."""
    columns = ("kills", "due as before", "sending", "sent")
    lines = [["killed at", *columns]]
    lines += [[where, *(str(counts[name]) for name in columns)] for where, counts in told.items()]
    return "".join(f"\n| {' | '.join(line)} |" for line in lines)


@pytest.mark.server
@pytest.mark.timeout(3_600 if LONG else 300)
def test_killed_at_any_moment_no_mail_is_lost_and_none_is_delivered_twice(
    office: Office, postfix: Postfix, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)  # noqa: S311  (the same moments each time)
    told: dict[str, Counter[str]] = {}
    doubtful: set[str] = set()
    for number, (point, moment) in enumerate(islice(cycle(EVERYWHERE), KILLS)):
        fair = max(MAILS - len(office.ours), 0) // (KILLS - number)
        wanted = fair if number == KILLS - 1 else chance.randint(0, 2 * fair)
        office.write(max(wanted, 2 - office.due()), chance)  # two at least are due, or no connection is used again
        kill = drawn(chance, point, moment, office.due())
        before = office.states()
        killed(office, kill)
        item, state = judged(office, kill, before)
        doubtful |= {item} if item else set()
        told.setdefault(kill.where, Counter()).update(("kills", state))
    waiting = recovered(office, doubtful)
    with capsys.disabled():
        sys.stdout.write(table(told))
        sys.stdout.write(f"\nin doubt {len(doubtful)}, of these by a person {len(waiting)}\n")
    resolved(office, waiting)
    everything = Counter(list(office.ours))
    assert MAILS <= len(everything) <= MAILS + SPARE
    assert set(office.states().values()) == {"sent"}
    assert delivered(postfix, office.buyers) == everything
    log = logged(postfix)
    assert {message_id: log[message_id] for message_id in everything} == everything
    assert Counter(map(message_id_of, postfix.dovecot.raws(office.rep.user, "Sent"))) == everything
