"""Two engines and a TUI on one home under load, the one at work killed again and again: nothing is sent or read twice.

Customers' mail arrives through Postfix, is read by whoever is the engine, is answered here, and leaves again. The short form
lasts 10 seconds, the long one (`MAILCRM_FAULTS=long`) 60.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli.running import Cli
from e2e.desk import Desk
from e2e.serving import Service
from e2e.terminal import Terminal
from faults.mta import delivered, message_id_of
from ingest.mailroom import letter
from servers.dovecot import Dovecot, Login
from servers.loopback import wait_until
from servers.postfix import Postfix
from sqlmodel import Session, col, func, select

from mailcrm.bootstrap import open_core
from mailcrm.queries.rows import OutboxRow
from mailcrm.records import DigestRecord, Location, Message, Outgoing
from mailcrm.store.engine import Store

LONG = os.environ.get("MAILCRM_FAULTS") == "long"
SECONDS, KILLS = (60, 5) if LONG else (10, 1)
AT_ONCE = 10  # so many mails are on their way in at a time, and so many out

pytestmark = pytest.mark.server


@dataclass
class Crowd:
    """The processes at one home."""

    desk: Desk
    members: list[Service | Terminal] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)

    def join(self, kind: type[Service | Terminal]) -> None:
        """Start one more."""
        if kind is Terminal:
            self.members.append(Terminal({**self.desk.env, "MAILCRM_HOME": str(self.desk.home)}))
            return
        service = Service(self.desk, f"service-{len(self.services)}")
        self.services.append(service)
        self.members.append(service)

    def kill(self, pid: int) -> type[Service | Terminal]:
        """Kill the member with this process; return what it was."""
        (victim,) = [member for member in self.members if member.process.pid == pid]
        victim.process.kill()
        victim.process.wait(10)
        victim.__exit__(None, None, None)
        self.members.remove(victim)
        return type(victim)

    def leave(self) -> None:
        """End whoever is still here."""
        for member in self.members:
            member.__exit__(None, None, None)


class Office:
    """The desk under load, seen from a process that neither polls nor sends."""

    def __init__(self, desk: Desk, buyers: list[str]) -> None:
        self.desk = desk
        self.buyers = buyers
        self.core = open_core(desk.home)
        self.store = Store(f"sqlite:///{desk.home / 'mailcrm.db'}")
        self.asked: list[str] = []
        self.answered: dict[str, str] = {}
        self._last_thread = 0

    def close(self) -> None:
        """Leave the home."""
        self.store.close()
        self.core.close()

    def count(self, *states: str) -> int:
        """Return how many mails to customers are in one of these states."""
        to_customers = (col(Outgoing.state).in_(states), col(Outgoing.automatic).is_(False))
        with self.store.read() as session:
            return session.exec(select(func.count()).where(*to_customers)).one()

    def read(self) -> int:
        """Return how many of the customers' mails have been read."""
        with self.store.read() as session:
            return session.exec(select(func.count()).where(col(Message.message_id).in_(self.asked))).one()

    def work(self) -> None:
        """Let customers ask and answer what has been read, up to a few of each at a time."""
        while len(self.asked) - self.read() < AT_ONCE:
            number = len(self.asked)
            buyer = self.buyers[number % len(self.buyers)]
            raw = letter(buyer, f"Inquiry {number}", to=self.desk.rep.user, date=datetime.now(UTC))
            self.desk.postfix.deliver(buyer, self.desk.rep.user, raw)
            self.asked.append(message_id_of(raw))
        if self.count("held", "queued") < AT_ONCE:
            with self.store.read() as session:
                asked = (col(Message.thread_id) > self._last_thread, col(Message.message_id).in_(self.asked))
                unseen = select(Message.thread_id).where(*asked).order_by(col(Message.thread_id))
                threads = list(session.exec(unseen.limit(AT_ONCE)))  # our notices to ourselves want no answer
            for thread in threads:
                row: OutboxRow = self.core.do("reply", thread=f"t{thread}", mode="queue", body="12.50 USD.").row
                self.answered[row.message_id] = row.id
                self._last_thread = thread

    def holder(self, gone: int = 0) -> int:
        """Return the process at work, once there is one (other than the one that has just gone)."""
        wait_until(lambda: self.core.engine_holder() not in (None, gone), "an engine", 20)
        return self.core.engine_holder() or 0

    def told(self, session: Session) -> list[str]:
        """Return what people were told of deadlines, but for the evening's list of what is left behind."""
        lines = [line for row in session.exec(select(DigestRecord)) for line in row.lines]
        return [f"{line['turn']} {line['deadline']} {line['level']}" for line in lines if line["level"] != "leave"]

    def counted_twice(self) -> dict[str, int]:
        """Return what happened more than once, by what it is: the place for everything that engines do only once."""
        out = delivered(self.desk.postfix, self.buyers)
        filed = Counter(map(message_id_of, self.desk.sent()))
        with self.store.read() as session:
            read = Counter(session.exec(select(Message.message_id).where(col(Message.message_id).in_(self.asked))))
            places = Counter(session.exec(select(Location.mailbox_id, Location.uidvalidity, Location.uid)))
            told = Counter(self.told(session))
        once = {"sends": out, "Sent copies": filed, "mails read": read, "copies read": Counter(map(str, places))}
        once["notices"] = told
        return {what: sum(number > 1 for number in counts.values()) for what, counts in once.items()}


@pytest.fixture
def desk(tmp_path: Path, dovecot: Dovecot, postfix: Postfix, new_user: Callable[[str], Login], trusted: Path) -> Desk:
    desk = Desk(Cli(tmp_path / "mailcrm"), dovecot, postfix, new_user)
    desk.env |= {"MAILCRM__SEND__UNDO_SECONDS": "0", "MAILCRM__SEND__RATE_PER_MINUTE": "0"}
    # Deadlines pass within the test, at whatever hour it runs.
    desk.env |= {"MAILCRM__CLOCK__REPLY_WITHIN": "1m", "MAILCRM__CLOCK__WARN": "1m", "MAILCRM__OFFICE__HOLIDAYS": ""}
    desk.env |= {"MAILCRM__OFFICE__DAYS": "Mon,Tue,Wed,Thu,Fri,Sat,Sun", "MAILCRM__OFFICE__HOURS": "00:00-23:59"}
    desk.open()
    desk.add_account()
    return desk


@pytest.fixture
def office(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    for name, value in desk.env.items():
        monkeypatch.setenv(name, value)
    office = Office(desk, [desk.customer(f"buyer{number}@hamburg.example").user for number in range(4)])
    yield office
    office.close()


@pytest.fixture
def crowd(desk: Desk) -> Iterator[Crowd]:
    crowd = Crowd(desk)
    for kind in (Service, Service, Terminal):
        crowd.join(kind)
    yield crowd
    crowd.leave()


def take_over(office: Office, crowd: Crowd) -> tuple[float, float]:
    """Kill the one at work; return the seconds until another holds the lock, and until it has sent a mail.

    Then another of its kind comes.
    """

    def waiting() -> bool:
        office.work()
        return office.count("held", "queued") > 0

    wait_until(waiting, "mails to be sent", 20)
    victim = office.holder()
    began = time.monotonic()
    kind = crowd.kill(victim)
    sent = office.count("sent")
    office.holder(gone=victim)
    locked = time.monotonic() - began
    wait_until(lambda: office.count("sent") > sent, "a mail sent by another engine", 20)
    worked = time.monotonic() - began
    crowd.join(kind)
    return locked, worked


@pytest.mark.timeout(600)
def test_several_at_one_home(office: Office, crowd: Crowd, capsys: pytest.CaptureFixture[str]) -> None:
    office.holder()
    began, gaps = time.monotonic(), []
    for number in range(1, KILLS + 1):
        while time.monotonic() - began < number * SECONDS / (KILLS + 1):
            office.work()
        gaps.append(take_over(office, crowd))
    while time.monotonic() - began < SECONDS:
        office.work()
    wait_until(lambda: office.read() == len(office.asked), "everything read", 60)
    wait_until(lambda: office.count("held", "queued", "sending") == 0, "everything sent", 60)
    wait_until(lambda: len(office.desk.sent()) == office.count("sent"), "every Sent copy", 90)

    out = delivered(office.desk.postfix, office.buyers)
    states = {item: office.core.ask("outbox_item", id=item).state for item in office.answered.values()}
    with capsys.disabled():
        sys.stdout.write(f"\n  read {office.read()}, sent {office.count('sent')}, in doubt {office.count('in_doubt')}")
        sys.stdout.write("".join(f"\n  taken over in {lock:.1f} s, a mail sent in {mail:.1f} s" for lock, mail in gaps))
    assert set(office.counted_twice().values()) == {0}, office.counted_twice()
    if LONG:
        with office.store.read() as session:
            assert office.told(session)
    assert set(states.values()) <= {"sent", "in_doubt"}
    assert sum(state == "in_doubt" for state in states.values()) <= KILLS
    assert [
        item for message_id, item in office.answered.items() if states[item] == "sent" and out[message_id] != 1
    ] == []
    assert all(lock < 5 for lock, _mail in gaps)
    events = [event for service in crowd.services for event in service.events()]
    assert [event for event in events if event["event"] == "trouble"] == []
