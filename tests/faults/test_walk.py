"""A random walk through the whole house on a mailbox and a mail server in memory: whatever is done in whatever order, the process
killed at any point of sending, the records agree with the world and with themselves.

The pure core is simulated by `test_simulation.py`, much faster; here the same things go through records, rules and actions.
`MAILCRM_SEED=17` replays one walk.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.parser import BytesHeaderParser
from pathlib import Path
from random import Random

import pytest
from ingest.mailroom import REP, Mailroom, SetClock, letter
from sqlmodel import select

from mailcrm.adapters.imap.fake import FakeMailServer, FakeMailSource
from mailcrm.adapters.secrets.store import SecretStore
from mailcrm.adapters.smtp.fake import FakeTransport
from mailcrm.bootstrap import make_home
from mailcrm.bootstrap.world import assemble
from mailcrm.core.facade import Core
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.message import Kind, Side
from mailcrm.ports import Delivery
from mailcrm.records import Decision, DigestRecord, MailAccount, Message, Outgoing, TurnRecord

LONG = os.environ.get("MAILCRM_FAULTS") == "long"
ONE = os.environ.get("MAILCRM_SEED")
SEEDS = [int(ONE)] if ONE else list(range(60 if LONG else 4))
STEPS = 300 if LONG else 150
START = datetime(2026, 11, 23, 1, tzinfo=UTC)
BUYERS = ("jan@acme.example", "eva@acme.example", "ali@oasis.example", "bruno@moda.example")
ASKING = ("Could you quote 500 pieces?", "When will order 7 ship?", "Any update on this?", "The goods arrived broken.")
THANKING = ("Thank you very much!", "Noted with thanks.", "Ok, I wait.")
ANSWERS = ("The price is USD 1.20.", "Will check with our factory and come back to you on Thursday.")
SUBJECTS = ("Valves", "Order 7", "Samples")


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Server(FakeTransport):
    """An SMTP server that keeps what it took, whoever is connected; `dice` decide what goes wrong."""

    dice: Random = field(default_factory=lambda: Random(0))  # noqa: S311  (a seed replays the walk)
    well: bool = False

    def send(
        self, sender: str, recipients: Iterable[str], raw: bytes, before_data: Callable[[], None] | None = None
    ) -> Delivery:
        chance = 1.0 if self.well else self.dice.random()
        self.cut, self.data_reply = "", "250 2.0.0 accepted"
        if chance < 0.25:
            self.cut = self.dice.choice(["connect", "envelope", "data", "reply"])
        elif chance < 0.35:
            self.data_reply = self.dice.choice(["451 4.3.0 later", "554 5.7.1 never"])
        dies = self.dice.random() if not self.well else 1.0

        def begin() -> None:
            if before_data is not None:
                before_data()
            if dies < 0.05:
                raise Killed

        delivery = super().send(sender, recipients, raw, begin)
        if dies < 0.1:
            raise Killed
        return delivery


@dataclass
class Walk:
    """One walk; `trail` is what was done, for whoever has to understand a failure."""

    home: Path
    seed: int
    trail: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)  # noqa: S311  (a seed replays the walk)
        self.mailbox, self.clock = FakeMailServer(), SetClock(START)
        self.smtp = Server(dice=self.dice)
        self.letters: list[tuple[str, str, str]] = []  # (Message-ID, buyer, subject)
        self.resent: Counter[str] = Counter()
        make_home(self.home, None)
        self.room = self.open()
        self.room.core.do(
            "add_account",
            name="work",
            imap="imap://127.0.0.1:1",
            smtp="smtp://127.0.0.1:1",
            own_addresses=(REP,),
            zone="Asia/Shanghai",
            go_live=(START - timedelta(days=1)).isoformat(),
        )

    def open(self) -> Mailroom:
        """Begin a process on the home."""

        def connect(account: MailAccount, stop: threading.Event | None = None) -> FakeMailSource:
            del account, stop
            return self.mailbox.open()

        world = assemble(self.home, None, SecretStore(self.home))
        world = replace(world, clock=self.clock, open_source=connect, open_transport=lambda _account: self.smtp)
        return Mailroom(Core(world), world, self.mailbox, self.clock)

    def run(self) -> None:
        for number in range(STEPS):
            self.step(number)
        self.smtp.well = True
        for _round in range(30):
            self.clock.at += timedelta(hours=1)
            self.tell()
            self.room.core.do("outbox_flush")
            self.room.sync()

    def step(self, number: int) -> None:
        steps: dict[Callable[[], None], int] = {
            self.buyer_writes: 16,
            self.phone_answers: 6,
            self.machine_answers: 3,
            self.time_passes: 18,
            self.sync: 20,
            self.rep_replies: 16,
            self.rep_acts: 14,
            self.flush: 16,
            self.settle: 3,
            self.tell: 8,
        }
        step = self.dice.choices(list(steps), list(steps.values()))[0]
        self.trail.append(f"{number} {step.__name__}")
        try:
            step()
        except Killed:
            self.trail.append("killed")
            self.room.core.close()
            self.room = self.open()
        except MailcrmError as error:
            self.trail.append(str(error))

    # -- the world ----------------------------------------------------------------------------------------------------

    def buyer_writes(self) -> None:
        text = self.dice.choice(ASKING if self.dice.random() < 0.75 else THANKING)
        if self.letters and self.dice.random() < 0.6:
            message_id, buyer, subject = self.dice.choice(self.letters)
            self.arrives(letter(buyer, f"Re: {subject}", text, references=[message_id], date=self.date()))
        else:
            buyer, subject = self.dice.choice(BUYERS), self.dice.choice(SUBJECTS)
            self.arrives(letter(buyer, subject, text, date=self.date()))

    def phone_answers(self) -> None:
        if self.letters:
            message_id, buyer, subject = self.dice.choice(self.letters)
            references = [message_id] if self.dice.random() < 0.8 else []
            text = self.dice.choice(ANSWERS)
            raw = letter(REP, f"Re: {subject}", text, to=buyer, references=references, date=self.date())
            self.mailbox.deliver(b"Sent", raw, self.clock.at)

    def machine_answers(self) -> None:
        if self.letters:
            message_id, buyer, subject = self.dice.choice(self.letters)
            headers = ["Auto-Submitted: auto-replied"]
            text = "I am out of the office."
            raw = letter(buyer, f"Re: {subject}", text, references=[message_id], headers=headers, date=self.date())
            self.mailbox.deliver(b"INBOX", raw, self.clock.at)

    def date(self) -> datetime:
        """Return a moment that no other mail has."""
        self.clock.at += timedelta(seconds=1)
        return self.clock.at

    def arrives(self, raw: bytes) -> None:
        head = BytesHeaderParser().parsebytes(raw)
        self.letters.append((head["Message-ID"].strip("<>"), head["From"], head["Subject"].removeprefix("Re: ")))
        self.mailbox.deliver(b"INBOX", raw, self.clock.at)

    def time_passes(self) -> None:
        self.clock.at += timedelta(minutes=self.dice.choice([1, 10, 60, 400, 2000]))

    # -- people and the engine ----------------------------------------------------------------------------------------

    def sync(self) -> None:
        self.room.sync(full=self.dice.random() < 0.1)

    def flush(self) -> None:
        self.room.core.do("outbox_flush")

    def tell(self) -> None:
        self.room.core.tick_notices()

    def thread(self) -> str:
        threads = self.room.core.ask("threads")
        return self.dice.choice(threads).id if threads else "t0"

    def rep_replies(self) -> None:
        chosen: dict[str, object] = {"thread": self.thread(), "mode": self.dice.choice(["queue", "queue", "send"])}
        if self.dice.random() < 0.25:
            chosen |= {"hold": "+2wd", "reason": "price"}
        else:
            chosen |= {"body": self.dice.choice(ANSWERS)}
        self.room.core.do("reply", **chosen)

    def rep_acts(self) -> None:
        thread, do = self.thread(), self.room.core.do
        acts: list[Callable[[], object]] = [
            lambda: do("waive", thread=thread, reason="no need"),
            lambda: do("answered", thread=thread, channel="phone", text="told"),
            lambda: do("decide", item=thread, answer=self.dice.choice(["yes", "no"])),
            lambda: do("snooze", thread=thread, until="+2wd"),
            lambda: do("done", thread=thread),
            lambda: do("merge", thread=thread, other=self.thread()),
            lambda: do("split", message=self.message()),
            lambda: do("classify", message=self.message(), kind=self.dice.choice(["human", "bulk", "courier"])),
            lambda: do("wait", thread=thread, days=self.dice.choice([0, 3])),
            lambda: do("answered_too", thread=thread),
            lambda: do("note", about=thread, text="called the factory"),
            lambda: do("undo"),
        ]
        self.dice.choice(acts)()

    def message(self) -> str:
        messages = [one.id for row in self.room.core.ask("threads") for one in row.messages]
        return self.dice.choice(messages) if messages else "m0"

    def settle(self) -> None:
        """A person acts on a mail of the outbox; of one in doubt she has asked the customer."""
        rows = self.room.core.ask("outbox")
        if not rows:
            return
        row = self.dice.choice(rows)
        if row.state == "in_doubt":
            there = self.accepted()[row.message_id] > 0
            self.room.core.do("outbox_resolve", id=row.id, as_="sent" if there else "resend")
            self.resent[row.message_id] += not there
        else:
            self.room.core.do(self.dice.choice(["outbox_cancel", "outbox_retry"]), id=row.id)

    # -- what must hold -----------------------------------------------------------------------------------------------

    def accepted(self) -> Counter[str]:
        heads = (BytesHeaderParser().parsebytes(mail.raw) for mail in self.smtp.accepted)
        return Counter(head["Message-ID"].strip("<>") for head in heads)

    def wrong(self) -> list[str]:
        return [*self.outbox_wrong(), *self.told_twice(), *self.turns_wrong(), *self.reading_wrong()]

    def told_twice(self) -> list[str]:
        """Each level of a deadline is told once; only what is left behind in the evening is listed again."""
        lines = [line for row in self.room.all(DigestRecord) for line in row.lines if line["level"] != "leave"]
        told = Counter((line["turn"], line["deadline"], line["level"]) for line in lines)
        return [f"{key} was told {count} times" for key, count in told.items() if count > 1]

    def outbox_wrong(self) -> list[str]:
        found, accepted = [], self.accepted()
        for row in self.room.all(Outgoing):
            count = accepted[row.message_id]
            if count > 1 + self.resent[row.message_id]:
                found.append(f"x{row.id} went out {count} times")
            if row.state in ("sent", "bounced") and not count:
                found.append(f"x{row.id} is {row.state}, and nobody has it")
            if row.state in ("draft", "held", "queued", "sending", "deferred", "cancelled", "failed") and count:
                found.append(f"x{row.id} is {row.state}, and the customer has it")
            if row.state in ("queued", "sending"):
                found.append(f"x{row.id} is {row.state} for ever")
        return found

    def turns_wrong(self) -> list[str]:
        turns = self.room.all(TurnRecord)
        held = Counter(key for turn in turns for key in turn.messages)
        keys = {f"m{row.id}" for row in self.room.all(Message)} | {f"d{row.id}" for row in self.room.all(Decision)}
        found = [f"m{key} stands in {count} turns" for key, count in held.items() if count > 1]
        found += [f"{turn.opened_by} was ended by nobody" for turn in turns if turn.end and turn.ended_by not in keys]
        found += [
            f"m{mail.id} asks, and no turn knows of it"
            for mail in self.room.all(Message)
            if mail.side == Side.THEIRS and mail.kind == Kind.HUMAN and mail.asks and not held[mail.id]
        ]
        report = self.room.core.do("rebuild").row
        return found + [f"made anew, {report.changed} of {report.turns} turns are others"] * (report.changed > 0)

    def reading_wrong(self) -> list[str]:
        report = self.room.sync(full=True)
        found = [f"{report.new_messages} mails had been left out"] if report.new_messages else []
        with self.room.store.read() as session:
            ids = Counter(session.exec(select(Message.message_id)))
        return found + [f"{key} is stored {count} times" for key, count in ids.items() if count > 1]


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_done_the_records_agree_with_the_world(seed: int, tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", seed)
    walk.run()
    try:
        assert walk.wrong() == [], "\n".join(walk.trail[-40:])
        assert walk.smtp.accepted
    finally:
        walk.room.core.close()
