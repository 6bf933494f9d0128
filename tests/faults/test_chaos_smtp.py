"""A chaos proxy before a real Postfix: whatever breaks at whatever step, each mail is delivered once, or a person is asked.

The short form does 60 harms, the long one (`MAILCRM_FAULTS=long`) a thousand, drawn by a seed from every point of the
conversation and every kind of harm. The clock is set, never waited for.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

import pytest
from faults.chaos import POINTS, ChaosSmtp, Harm, Point
from faults.mta import delivered, logged
from ingest.mailroom import REP, Mailroom, letter, open_room
from servers.dovecot import Login
from servers.loopback import HOST
from servers.postfix import Postfix

from mailcrm.adapters.smtp import Smtp, Timeouts
from mailcrm.core.facade import Core
from mailcrm.ports import AccountLogin
from mailcrm.queries.rows import OutboxRow
from mailcrm.records import MailAccount, Outgoing

LONG = os.environ.get("MAILCRM_FAULTS") == "long"
RUNS = 1_000 if LONG else 60
SEED = 20_261_126

# The short form comes once or twice to a point; an answer that nobody hears is worth more than that.
DRAWN = POINTS if LONG else (*POINTS, *[Point("dot", "answered")] * 5)
DATA, ANSWER = POINTS.index(Point("data")), POINTS.index(Point("dot", "passed"))
LATER, NEVER = "451 4.3.0 Try again later", "554 5.7.1 Refused"
ONCE_A_CONNECTION = ("connect", "ehlo", "starttls", "handshake", "ehlo again", "auth", "rset", "quit")
PATIENT, IMPATIENT = Timeouts(connect=30, command=30, data=30, leave=1), Timeouts(1, 1, 1, 0.3)
# Where a copy of a mail that was taken lies by itself: nowhere, by the server's doing, by a Bcc to ourselves.
COPIES = {"": b"", "sent": b"Sent", "bcc": b"INBOX"}


def kinds(point: Point) -> list[str]:
    """Return the harms that can be done at a point."""
    if point.moment == "passed":
        return ["cut"]
    if point.moment == "answered":
        return ["cut", "reset", "stall", "torn", "garbled", "drip"]
    if point.step in ("connect", "handshake") or point.step.startswith("body"):
        return ["cut", "reset", "stall", *([LATER, NEVER, "421 4.3.2 Closing"] if point.step == "connect" else [])]
    return ["cut", "reset", "stall", "late", LATER, NEVER]


def expected(point: Point, kind: str) -> str:
    """Return the state of a mail after the harm: the specification of all this."""
    position = POINTS.index(point)
    if kind == "drip" or position >= ANSWER:
        return "sent"
    if point.step == "rset":  # an idle connection that died is opened again
        return "deferred" if point.moment == "passed" else "sent"
    if kind == NEVER:
        return "deferred" if point.step in ("starttls", "auth") else "failed"
    if kind[:1].isdecimal() or position < DATA:
        return "deferred"
    return "in_doubt"


@dataclass(frozen=True)
class Run:
    """One harm to a batch of one or two mails; `copy`: what else the fixture does with a mail that the server took."""

    point: Point
    kind: str
    mails: int
    nth: int
    copy: str

    @property
    def harmed(self) -> int:
        """Return which mail of the batch it is about."""
        return 1 if self.point.step == "rset" else self.nth - 1


def runs() -> Iterator[Run]:
    """Yield harms without end: each point in turn, its kinds in an order that the seed has drawn."""
    chance = random.Random(SEED)  # noqa: S311  (the same harms each time)
    shuffled = {point: cycle(chance.sample(kinds(point), len(kinds(point)))) for point in POINTS}
    for point in cycle(chance.sample(DRAWN, len(DRAWN))):
        mails = 2 if point.step == "rset" else chance.choice((1, 1, 2))
        nth = 1 if point.step in ONCE_A_CONNECTION else chance.randint(1, mails)
        yield Run(point, next(shuffled[point]), mails, nth, chance.choice(list(COPIES)))


@dataclass
class Office:
    """A home whose mail leaves through the proxy; its mailbox is in memory, its clock is set."""

    room: Mailroom
    proxy: ChaosSmtp
    ca: Path
    buyers: list[str]
    impatient: bool = False
    copy: str = ""
    ours: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        world = replace(
            self.room.world, open_transport=self._transport, files_sent_itself=lambda _account: self.copy == "sent"
        )
        self.core = Core(world)
        self.proxy.on_taken = self._file
        # Each answer is to a thread of its own, and there are more than enough.
        for number in range(2 * RUNS):
            self.room.arrives(letter(self.buyers[number % len(self.buyers)], f"Inquiry {number}"))
        self.room.sync()
        self._threads = iter(self.core.ask("threads", limit=2 * RUNS))

    def _transport(self, _account: MailAccount) -> Smtp:
        login = AccountLogin("work", "imap://127.0.0.1:1", f"smtp+starttls://{HOST}:{self.proxy.port}", REP, "memory")
        timeouts = IMPATIENT if self.impatient else PATIENT
        return Smtp(login, lambda: "correct horse", ca_file=self.ca, timeouts=timeouts)

    def _file(self, message_id: str) -> None:
        """Do what some servers, and some people's settings, do with a mail that was just taken."""
        if self.copy:
            raw = self.row(self.ours[message_id]).raw or b""
            self.room.server.deliver(COPIES[self.copy], raw, self.room.clock.at)

    def write(self, size: int) -> str:
        """Answer the next thread; return the outbox row."""
        body = "\n".join(f"Line {number}: DN50, 12.50 USD." for number in range(size))
        row: OutboxRow = self.core.do("reply", thread=next(self._threads).id, mode="queue", body=body).row
        self.ours[row.message_id] = row.id
        return row.id

    def row(self, item: str) -> Outgoing:
        """Return what the database holds of a mail."""
        with self.room.store.read() as session:
            return session.get_one(Outgoing, int(item[1:]))

    def works(self, later: timedelta) -> None:
        """Let some time go by, and do what the engine does."""
        self.room.clock.at += later
        self.core.send_due()
        self.core.file_copies()
        self.proxy.quiet()


@pytest.fixture
def office(tmp_path: Path, postfix: Postfix, new_user: Callable[[str], Login]) -> Iterator[Office]:
    postfix.dovecot.add_user(REP, "correct horse")
    buyers = [new_user(f"buyer{number}@hamburg.example").user for number in range(4)]
    with ChaosSmtp(postfix.port, postfix.certificates) as proxy:
        office = Office(open_room(tmp_path / "home"), proxy, postfix.ca, buyers)
        yield office
        office.core.close()
        office.room.core.close()


def harmed(office: Office, run: Run, size: int) -> tuple[str, int]:
    """Send a batch and do the harm; return the row of the mail that it was about, and how often DATA was said of it."""
    items = [office.write(size) for _mail in range(run.mails)]
    office.impatient, office.copy = run.kind in ("stall", "late"), run.copy
    said = office.proxy.said_data
    office.proxy.harm = Harm(run.point, run.kind, run.nth)
    office.works(timedelta(seconds=20))
    assert office.proxy.harm.done.is_set(), run
    office.proxy.harm, office.impatient = None, False
    for number, item in enumerate(items):
        assert office.row(item).state in ("sent", "held") or number == run.harmed, run
    return items[run.harmed], office.proxy.said_data - said


def settled(office: Office, run: Run, item: str) -> str:
    """Let time and, where nothing else helps, a person settle a mail; return who did."""
    taken = office.proxy.taken.count(office.row(item).message_id)
    before = office.row(item).state
    for looked_for, later in enumerate((2, 8, 20), start=1):
        office.works(timedelta(minutes=later))
        row = office.row(item)
        if row.state == "in_doubt":
            assert (row.looked_for, row.next_attempt is None) == (looked_for, looked_for == 3), run
    if row.state == "sent":
        assert before in ("sent", "deferred") or (before, run.copy != "", taken) == ("in_doubt", True, 1), run
        return "sent at once" if before == "sent" else "sent later" if before == "deferred" else "found"
    assert row.state == before, run
    if before == "failed":
        office.core.do("outbox_retry", id=item)
    else:
        assert run.copy == "" or not taken, run
        office.core.do("outbox_resolve", id=item, as_="sent" if taken else "resend")
    office.works(timedelta(minutes=1))
    assert office.row(item).state == "sent", run
    return "by a person"


def table(told: Mapping[str, Counter[str]]) -> str:
    """Return what happened, step by step."""
    columns = ("sent at once", "sent later", "failed", "in_doubt", "found", "by a person")
    lines = [["step", "runs", *columns]]
    lines += [[step, *(str(counts[name]) for name in ("runs", *columns))] for step, counts in told.items()]
    return "".join(f"\n| {' | '.join(line)} |" for line in lines)


@pytest.mark.server
@pytest.mark.timeout(3_600 if LONG else 300)
def test_each_mail_is_delivered_once_whatever_breaks(
    office: Office, postfix: Postfix, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)  # noqa: S311  (the same mails each time)
    told: dict[str, Counter[str]] = {point.step: Counter() for point in POINTS}
    for run in islice(runs(), RUNS):
        item, said_data = harmed(office, run, chance.choice((1, 30, 1500)))
        state = office.row(item).state
        # DATA said into a connection that had just died: to the client that is no different from a lost answer.
        lost = (run.point, said_data) == (Point("rcpt", "passed"), run.nth)
        assert state == ("in_doubt" if lost else expected(run.point, run.kind)), run
        told[run.point.step].update(("runs", state, settled(office, run, item)))
    with capsys.disabled():
        sys.stdout.write(table(told))
    assert told["dot"]["found"]
    everything = Counter(list(office.ours))
    assert {row.state for row in office.room.all(Outgoing)} == {"sent"}
    assert Counter(office.proxy.taken) == everything
    assert delivered(postfix, office.buyers) == everything
    log = logged(postfix)
    assert {message_id: log[message_id] for message_id in everything} == everything
    copies = [raw for raw, _at in office.room.server.folder(b"Sent").mails.values()]
    assert Counter(copies) == Counter(row.raw for row in office.room.all(Outgoing))
