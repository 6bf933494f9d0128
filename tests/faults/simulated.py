"""A small world around the pure core: customers, a mail server, and a house that may die at any step.

`Post` is what nobody can crash: what customers wrote, what the server accepted. `House` is mailcrm made of its pure functions
(domain.clock, domain.outbox, domain.notices) on a `Disk`; each of its transactions is committed whole or not at all, and
`Crash` may be raised before and after every one of them and in the middle of a conversation with the server. Time is true
in the world; the house's clock may be wrong. Everything is drawn from one seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from mailcrm.domain import outbox
from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.ledger import Event, MailArrived, MailBounced, MailNoted, MailSent, PromiseDecided, TurnWaived
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.message import Kind
from mailcrm.domain.message import Role as Party
from mailcrm.domain.notices.levels import Level, Role, Told, watch
from mailcrm.domain.notices.planning import Rota, first_look, plan
from mailcrm.domain.outbox import Dispatch, Status
from mailcrm.domain.team import Person, Presence, Team

__all__ = ["POLICY", "ROTA", "START", "Crash", "House", "Letter", "Post"]

START = datetime(2026, 11, 23, 1, tzinfo=UTC)  # a Monday, 09:00 in Shanghai
POLICY = Policy()
CUSTOMERS = tuple(f"jan@c{number}.example" for number in range(3))
REP = "li@ours.example"
TEAM = Team(
    (Person("li", deputy="bo"), Person("bo"), Person("mei", manager=True)),
    (Presence("bo", START + timedelta(days=5), START + timedelta(days=6), duty=True),),
)
ROTA = Rota(POLICY, TEAM)


class Crash(BaseException):
    """The process is gone; what was committed stays."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it lies on the server: `key` is its Message-ID, `thread` the customer's number.

    `original`: what bounced. `promises`: a mail of ours from another client that only promises an answer.
    """

    key: str
    thread: int
    at: datetime
    ours: bool = False
    kind: Kind = Kind.HUMAN
    asks: bool = True
    original: str = ""
    promises: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """An outgoing mail of the house: what its author saw, what it promises, whether a person had it sent again or settled it."""

    thread: int
    dispatch: Dispatch
    answers_until: datetime
    estimate: datetime | None = None
    copied: bool = False
    resends: int = 0
    word: bool = False


@dataclass
class Post:
    """The mail server and the customers behind it. `files_copies`: it files what it accepted in Sent by itself."""

    files_copies: bool
    inbox: list[Letter] = field(default_factory=list)
    sent: list[Letter] = field(default_factory=list)
    accepted: Counter[str] = field(default_factory=Counter)
    accepted_at: dict[str, datetime] = field(default_factory=dict)

    def accept(self, key: str, thread: int, at: datetime) -> None:
        self.accepted[key] += 1
        self.accepted_at[key] = at
        if self.files_copies:
            self.sent.append(Letter(key, thread, at, ours=True))

    def holds_copy(self, key: str) -> bool:
        return any(letter.key == key for letter in self.sent)


Bell = tuple[str, datetime]  # a turn and its deadline


@dataclass(frozen=True, slots=True)
class Rung:
    """A level that was told of a deadline, to somebody as `role`; levels that counted as told with it stand for themselves."""

    at: datetime
    bell: Bell
    role: Role
    level: Level


@dataclass
class Disk:
    """What was committed. `mails`: stored letters by key with the arrival that counts; `seen`: how far each folder was read.

    `looked_at`: when the engine last looked at a deadline in a working minute.
    """

    mails: dict[str, Letter] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=lambda: {"inbox": 0, "sent": 0})
    outgoing: dict[str, Sent] = field(default_factory=dict)
    decisions: list[tuple[int, TurnWaived | PromiseDecided]] = field(default_factory=list)
    stored: Counter[str] = field(default_factory=Counter)
    told: dict[Bell, frozenset[Told]] = field(default_factory=dict)
    looks: dict[Bell, datetime | None] = field(default_factory=dict)
    rung: list[Rung] = field(default_factory=list)
    looked_at: dict[Bell, datetime] = field(default_factory=dict)

    def copy(self) -> Disk:
        return Disk(
            dict(self.mails),
            dict(self.seen),
            dict(self.outgoing),
            list(self.decisions),
            Counter(self.stored),
            dict(self.told),
            dict(self.looks),
            list(self.rung),
            dict(self.looked_at),
        )


class House:
    """mailcrm: each method is one tick or one command, under the engine's lock."""

    def __init__(self, post: Post, dice: Random) -> None:
        self.post = post
        self.dice = dice
        self.disk = Disk()
        self.crashes = 0.03
        self.numbers = 0
        self._turns: dict[int, tuple[Turn, ...]] = {}  # the cache that the table of turns is

    # -- dying --------------------------------------------------------------------------------------------------------

    def may_die(self) -> None:
        if self.dice.random() < self.crashes:
            raise Crash

    @contextmanager
    def transaction(self, *, keeps_turns: bool = False) -> Iterator[Disk]:
        """Commit all or nothing; `keeps_turns`: no turn depends on it."""
        working = self.disk.copy()
        yield working
        self.may_die()
        self.disk = working
        if not keeps_turns:
            self._turns.clear()
        self.may_die()

    def start(self, now: datetime) -> None:
        """Begin anew: whoever died while sending left mails in doubt."""
        with self.transaction() as disk:
            for key, sent in disk.outgoing.items():
                if sent.dispatch.state is Status.SENDING:
                    disk.outgoing[key] = replace(sent, dispatch=outbox.orphaned(sent.dispatch, now))

    # -- reading ------------------------------------------------------------------------------------------------------

    def poll(self) -> None:
        """Read what is new in both folders, a few mails a transaction.

        Arrivals are the server's: the bound "never later than fetched" is left out, or a clock that is slow by hours would
        order mails of these hours by when they were read.
        """
        for name, folder in (("sent", self.post.sent), ("inbox", self.post.inbox)):
            while self.disk.seen[name] < len(folder):
                with self.transaction() as disk:
                    first = disk.seen[name]
                    batch = folder[first : first + self.dice.randint(1, 4)]
                    for letter in batch:
                        self._store(disk, letter)
                    disk.seen[name] = first + len(batch)

    def _store(self, disk: Disk, letter: Letter) -> None:
        if letter.key not in disk.mails:
            disk.mails[letter.key] = letter
            disk.stored[letter.key] += 1
        sent = disk.outgoing.get(letter.key)
        if sent is not None and letter.ours:
            found = outbox.found(sent.dispatch) if sent.dispatch.state is Status.IN_DOUBT else sent.dispatch
            disk.outgoing[letter.key] = replace(sent, dispatch=found, copied=True)

    # -- what the rep does --------------------------------------------------------------------------------------------

    def write(self, thread: int, now: datetime, *, hold: timedelta | None, wait: timedelta) -> None:
        """Answer a thread: the mail leaves after `wait`; `hold`: it only promises."""
        theirs = [mail.at for mail in self.disk.mails.values() if mail.thread == thread and not mail.ours]
        if not theirs:
            return
        with self.transaction() as disk:
            self.numbers += 1
            key = f"x{self.numbers}"
            dispatch = outbox.hold(Dispatch(key), now + wait)
            disk.outgoing[key] = Sent(thread, dispatch, max(theirs), now + hold if hold else None)

    def waive(self, thread: int, now: datetime) -> None:
        if not any(turn for turn in self.turns(thread) if not turn.end):
            return
        with self.transaction() as disk:
            self.numbers += 1
            disk.decisions.append((thread, TurnWaived(now, f"d{self.numbers}", "li", "no need")))

    def say_what_we_promised(self, thread: int, now: datetime, *, hold: timedelta | None) -> None:
        """Say of a reply that seems only to promise whether it does."""
        asked = [turn.supposed_by for turn in self.turns(thread) if turn.supposed_by]
        if asked:
            with self.transaction() as disk:
                self.numbers += 1
                until = now + hold if hold else None
                disk.decisions.append((thread, PromiseDecided(now, f"d{self.numbers}", "li", asked[-1], until)))

    def take_back(self, key: str) -> None:
        with self.transaction() as disk:
            sent = disk.outgoing[key]
            if sent.dispatch.state in outbox.CANCELLABLE:
                disk.outgoing[key] = replace(sent, dispatch=outbox.cancel(sent.dispatch))

    def try_again(self, key: str, now: datetime) -> None:
        with self.transaction() as disk:
            sent = disk.outgoing[key]
            if sent.dispatch.state in outbox.RETRYABLE:
                disk.outgoing[key] = replace(sent, dispatch=outbox.retry(sent.dispatch, now))

    def settle(self, key: str, now: datetime, *, arrived: bool) -> None:
        """Say of a mail in doubt, after the last look, whether the customer has it."""
        with self.transaction() as disk:
            sent = disk.outgoing[key]
            if sent.dispatch.state is not Status.IN_DOUBT or sent.dispatch.next_attempt is not None:
                return
            if arrived:
                disk.outgoing[key] = replace(sent, dispatch=outbox.found(sent.dispatch), word=True)
                self._keep_ours(disk, key)
            else:
                dispatch = outbox.resend(sent.dispatch, now)
                disk.outgoing[key] = replace(sent, dispatch=dispatch, resends=sent.resends + 1)

    # -- sending ------------------------------------------------------------------------------------------------------

    def drain(self, now: datetime, true: datetime) -> None:
        for key in [key for key, sent in self.disk.outgoing.items() if outbox.due(sent.dispatch, now)]:
            self._hand_over(key, now, true)

    def _hand_over(self, key: str, now: datetime, true: datetime) -> None:
        fate = self.dice.choices(
            ["ok", "away", "later", "never", "cut", "swallowed", "later at the dot", "never at the dot"],
            [60, 8, 4, 2, 6, 8, 3, 2],
        )[0]
        self.may_die()
        if fate in ("away", "later"):
            self._note(key, outbox.deferred(self.disk.outgoing[key].dispatch, now))
            return
        if fate == "never":
            self._note(key, outbox.refused(self.disk.outgoing[key].dispatch))
            return
        self._note(key, outbox.begin(self.disk.outgoing[key].dispatch, now))
        self.may_die()
        sending = self.disk.outgoing[key].dispatch
        if fate in ("ok", "swallowed"):
            self.post.accept(key, self.disk.outgoing[key].thread, true)
            self.may_die()
        if fate == "ok":
            self._note(key, outbox.accepted(sending, now))
        elif fate == "later at the dot":
            self._note(key, outbox.deferred(sending, now))
        elif fate == "never at the dot":
            self._note(key, outbox.refused(sending))
        else:
            self._note(key, outbox.lost(sending, now))

    def _note(self, key: str, dispatch: Dispatch) -> None:
        with self.transaction() as disk:
            disk.outgoing[key] = replace(disk.outgoing[key], dispatch=dispatch)
            if dispatch.state is Status.SENT:
                self._keep_ours(disk, key)

    def _keep_ours(self, disk: Disk, key: str) -> None:
        sent = disk.outgoing[key]
        if key not in disk.mails:
            assert sent.dispatch.sent_at is not None
            disk.mails[key] = Letter(key, sent.thread, sent.dispatch.sent_at, ours=True)
            disk.stored[key] += 1

    def look(self, now: datetime) -> None:
        """Look for the mails in doubt."""
        for key in [key for key, sent in self.disk.outgoing.items() if outbox.look_due(sent.dispatch, now)]:
            there = self.post.holds_copy(key)
            with self.transaction() as disk:
                sent = disk.outgoing[key]
                if there:
                    disk.outgoing[key] = replace(sent, dispatch=outbox.found(sent.dispatch), copied=True)
                    self._keep_ours(disk, key)
                else:
                    disk.outgoing[key] = replace(sent, dispatch=outbox.looked(sent.dispatch, now))

    def file_copies(self) -> None:
        """File the copies that are missing; each is searched before it is appended."""
        for key in [key for key, sent in self.disk.outgoing.items() if self._needs_copy(sent)]:
            if not self.post.holds_copy(key):
                at = self.disk.outgoing[key].dispatch.sent_at
                assert at is not None
                self.post.sent.append(Letter(key, self.disk.outgoing[key].thread, at, ours=True))
                self.may_die()
            with self.transaction(keeps_turns=True) as disk:
                disk.outgoing[key] = replace(disk.outgoing[key], copied=True)

    def _needs_copy(self, sent: Sent) -> bool:
        return sent.dispatch.state is Status.SENT and not sent.copied

    # -- telling ------------------------------------------------------------------------------------------------------

    def tell(self, now: datetime) -> None:
        """Tell what is due of the open turns: what is told and that it was told are one transaction."""
        open_turns = [turn for thread in range(len(CUSTOMERS)) for turn in self.turns(thread)]
        with self.transaction(keeps_turns=True) as disk:
            for watched in filter(None, (watch(turn, "li") for turn in open_turns)):
                bell = (watched.turn, watched.deadline)
                if ROTA.hours.is_working(now):
                    disk.looked_at[bell] = now
                if bell not in disk.looks:
                    disk.looks[bell] = first_look(watched, ROTA.hours, ROTA.warn(watched))
                look = disk.looks[bell]
                if look is not None and look <= now:
                    found = plan(watched, ROTA, disk.told.get(bell, frozenset()), now)
                    disk.told[bell] = disk.told.get(bell, frozenset()) | found.told
                    disk.looks[bell] = found.next_at
                    disk.rung += [Rung(now, bell, one.role, level) for one in found.firings for level in one.covers]

    # -- the clock ----------------------------------------------------------------------------------------------------

    def turns(self, thread: int) -> tuple[Turn, ...]:
        if thread not in self._turns:
            self._turns[thread] = replay(self.ledger(thread), POLICY).turns
        return self._turns[thread]

    def ledger(self, thread: int) -> list[Event]:
        """Return the thread's events as the store makes them of its rows."""
        events: list[Event] = [decision for where, decision in self.disk.decisions if where == thread]
        return events + [self._event(mail) for mail in self.disk.mails.values() if mail.thread == thread]

    def _event(self, mail: Letter) -> Event:
        customer = CUSTOMERS[mail.thread]
        party = f"domain:{customer.partition('@')[2]}"
        if mail.ours:
            sent = self.disk.outgoing.get(mail.key)
            at = (sent.dispatch.sent_at if sent else None) or mail.at
            until = sent.answers_until if sent else at
            estimate = sent.estimate if sent else None
            promise = "will revert" if mail.promises else ""
            return MailSent(at, mail.key, REP, (customer,), (party,), until, estimate, promise, external=sent is None)
        if mail.kind is Kind.BOUNCE_HARD:
            return MailBounced(mail.at, mail.key, mail.original, (customer,))
        if mail.kind is Kind.AUTO_REPLY:
            return MailNoted(mail.at, mail.key, mail.kind, customer)
        return MailArrived(mail.at, mail.key, customer, party, mail.kind, mail.kind, Party.CUSTOMER, mail.asks)
