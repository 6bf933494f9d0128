"""The state machine of waiting, as a replay of the same ledger that makes the turns.

Room: domain. In: the events of one thread in any order, any number of times, and the schedule of the customer's country. Out:
the `Wait` that the thread comes to, None where nobody ever waited. Pure: what time alone does is told by `wait.state`.

    NONE ── our mail asks something ──► WAITING(due) ── due ──► NUDGE_DUE ── nudge ──► NUDGED(1..n) ── due ──► NUDGE_DUE …
      ▲                                    │ ▲  │                                        │
      │ a person stops it                  │ │  └── out-of-office: due moves             └─ all nudges sent: a person parks it
      └────────────────────────────────────┤ └─── our next mail that is no nudge: from the beginning          ▼
                                           └──── a mail of theirs ──► ANSWERED                             PARKED(until)

A mass mail, or one that has the customer in Bcc only, starts nothing. A nudge neither restarts nor shifts; it stands for every step
that was due when it left, so that a late one isn't followed by the next at once. Where every recipient's address failed, the
wait has failed, until the customer writes, we write anew, or a person stops it. Nothing ever ends by time alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mailcrm.domain.clock.ledger import (
    ElsewhereDecided,
    Event,
    MailArrived,
    MailBounced,
    MailNoted,
    MailSent,
    WaitDecided,
    WroteElsewhere,
)
from mailcrm.domain.clock.order import in_order
from mailcrm.domain.message import Kind
from mailcrm.domain.waiting.steps import MOST_NUDGES, Schedule
from mailcrm.domain.waiting.wait import Wait

__all__ = ["replay_wait", "replays"]

_BY_HAND = frozenset({Kind.HUMAN, Kind.PLATFORM_INQUIRY})
_MASS_PARTIES = 4
_AWAY_TOO_LONG = timedelta(days=30)
_UNDATED_DAYS = 3


def replay_wait(events: Iterable[Event], schedule: Schedule) -> Wait | None:
    """Return what the thread waits for; the same events in any order and repetition give the same."""
    ledger = in_order(events)
    replay = _Replay(schedule, _failures(ledger))
    for event in ledger:
        replay.apply(event)
    return replay.draft.finish() if replay.draft else None


def replays(events: Iterable[Event], schedule: Schedule) -> Iterator[tuple[Event, Wait | None]]:
    """Yield each event in order, with what the thread then waits for."""
    ledger = in_order(events)
    replay = _Replay(schedule, _failures(ledger))
    for event in ledger:
        replay.apply(event)
        yield event, replay.draft.finish() if replay.draft else None


@dataclass(slots=True)
class _Draft:
    """A wait in the making; `step` is the place in `dues` of what comes next. `theirs`: it is for whoever wrote on the thread.

    The dues are counted where anybody asks for them, from `schedule` and `first`: most waits end before.
    """

    started_by: str
    since: datetime
    mail: str
    recipients: tuple[str, ...]
    parties: tuple[str, ...]
    schedule: Schedule
    first: int | None
    theirs: bool
    asked: bool
    nudges: list[str] = field(default_factory=list)
    step: int = 0
    moved: set[int] = field(default_factory=set)
    parked_until: datetime | None = None
    away_until: date | None = None
    elsewhere: str = ""
    failed: bool = False
    end: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    moved_dues: list[datetime] | None = None

    @property
    def dues(self) -> list[datetime]:
        """When each step is due."""
        if self.moved_dues is None:
            self.moved_dues = self.schedule.dues(self.since, self.first)
        return self.moved_dues

    @property
    def due(self) -> datetime:
        """When the next step is due."""
        if self.moved_dues is None:
            return self.schedule.due(self.since, self.step, self.first)
        return self.moved_dues[self.step]

    def is_for(self, recipients: Collection[str], parties: Collection[str]) -> bool:
        """Whether any of these is among those whom we wait for."""
        return not {*self.recipients, *self.parties}.isdisjoint({*recipients, *parties})

    def close(self, how: str, event: Event) -> None:
        """Note that it is over."""
        self.end, self.ended_at, self.ended_by = how, event.at, event.key

    def nudged(self, sent: MailSent) -> None:
        """Note a nudge: it stands for every step that was due by then, and at least for the next one."""
        self.nudges.append(sent.key)
        steps = self.schedule.steps
        self.step = min(max(self.step + 1, sum(due <= sent.at for due in self.dues[:steps])), steps)
        self.parked_until = None

    def finish(self) -> Wait:
        """Return the wait as it stands."""
        number = len(self.nudges) + 1
        may_nudge = number <= MOST_NUDGES and self.step < self.schedule.steps
        return Wait(
            started_by=self.started_by,
            since=self.since,
            mail=self.mail,
            recipients=self.recipients,
            parties=self.parties,
            due=self.parked_until or self.due,
            number=number if may_nudge else None,
            asked=self.asked,
            nudges=tuple(self.nudges),
            parked_until=self.parked_until,
            away_until=self.away_until,
            elsewhere=self.elsewhere,
            failed=self.failed,
            end=self.end,
            ended_at=self.ended_at,
            ended_by=self.ended_by,
        )


class _Replay:
    """The replay of one sorted ledger; `failed` are the addresses to which each mail of ours never came."""

    def __init__(self, schedule: Schedule, failed: dict[str, frozenset[str]]) -> None:
        self.draft: _Draft | None = None
        self._schedule = schedule
        self._failed = failed
        self._latest: MailSent | None = None
        self._writer: MailArrived | None = None
        self._writers: set[str] = set()

    def apply(self, event: Event) -> None:
        """Let `event` happen; what touches no wait is passed over."""
        match event:
            case MailSent():
                self._sent(event)
            case MailArrived():
                self._arrived(event)
            case MailNoted():
                self._noted(event)
            case WaitDecided():
                self._decided(event)
            case WroteElsewhere() | ElsewhereDecided():
                self._elsewhere(event)

    def _open(self) -> _Draft | None:
        return self.draft if self.draft is not None and not self.draft.end else None

    def _sent(self, sent: MailSent) -> None:
        if not sent.recipients or (sent.automatic and not sent.nudge):
            return
        here = self._open()
        if here is not None and not here.is_for(sent.recipients, sent.parties):
            if here.theirs or not self._is_theirs(sent):
                return  # to somebody else, such as the factory: whom we wait for, we wait for still
            here = None
        self._latest = sent
        if here is not None and sent.nudge:
            here.nudged(sent)
            here.failed = here.failed or self._reached_nobody(sent)
        elif not sent.hidden and len(set(sent.parties)) < _MASS_PARTIES and (here is not None or sent.asks):
            self._begin(sent.at, sent.key)

    def _is_theirs(self, sent: MailSent) -> bool:
        """Whether `sent` goes to whoever wrote on this thread; where nobody did yet, whoever we write to is meant."""
        return not self._writers or not self._writers.isdisjoint({*sent.recipients, *sent.parties})

    def _begin(self, at: datetime, key: str, first: int | None = None) -> None:
        """Start from the latest mail of ours, or of theirs where there is none."""
        sent, writer = self._latest, self._writer
        self.draft = _Draft(
            started_by=key,
            since=at,
            mail=sent.key if sent else writer.key if writer else "",
            recipients=sent.recipients if sent else (writer.sender,) if writer else (),
            parties=sent.parties if sent else (writer.party,) if writer else (),
            schedule=self._schedule,
            first=first,
            theirs=sent is None or self._is_theirs(sent),
            asked=sent is not None and not self._wrote_after(sent),
            failed=sent is not None and self._reached_nobody(sent),
        )

    def _wrote_after(self, sent: MailSent) -> bool:
        return self._writer is not None and self._writer.at >= sent.at

    def _reached_nobody(self, sent: MailSent) -> bool:
        return {address.lower() for address in sent.recipients} <= self._failed.get(sent.key, frozenset())

    def _arrived(self, mail: MailArrived) -> None:
        if mail.kind not in _BY_HAND:
            return
        self._writer = mail
        self._writers |= {mail.sender, mail.party}
        here = self._open()
        # Anybody on the customer's side answers; a forwarder or a supplier who writes on the thread only where he was asked.
        if here is not None and (mail.role.starts_clock or here.is_for((mail.sender,), (mail.party,))):
            here.close("answered", mail)

    def _noted(self, note: MailNoted) -> None:
        here = self._open()
        if note.kind is not Kind.AUTO_REPLY or here is None or not here.is_for((note.sender,), (note.party,)):
            return
        if note.away_until is None:
            if here.step not in here.moved:
                later = self._schedule.after(here.dues[here.step], _UNDATED_DAYS)
                here.moved_dues = self._schedule.later(here.dues, here.step, later)
                here.moved.add(here.step)
            return
        here.away_until = note.away_until
        if note.away_until - self._schedule.day_of(note.at) > _AWAY_TOO_LONG:
            return  # nobody waits that long: somebody else there may answer
        back = self._schedule.back_at_work(note.away_until, here.since)
        if back > here.dues[here.step]:
            here.moved_dues = self._schedule.later(here.dues, here.step, back)
        here.moved.add(here.step)

    def _decided(self, decided: WaitDecided) -> None:
        here = self._open()
        if decided.days == 0:
            if here is not None:
                here.close("stopped", decided)
            return
        if decided.until is not None:
            if here is None:
                self._begin(decided.at, decided.key)
            if self.draft is not None:
                self.draft.parked_until, self.draft.failed = decided.until, False
            return
        nudges = here.nudges if here is not None else []
        self._begin(self._counted_from(decided), decided.key, decided.days)
        if self.draft is not None:
            self.draft.nudges, self.draft.failed = nudges, False

    def _counted_from(self, decided: WaitDecided) -> datetime:
        """Return our latest mail's time where a person waits for its answer as usual, else that of the decision.

        What was answered, or is long past its first step, is waited on from now.
        """
        latest = self._latest
        if decided.days is not None or latest is None or self._wrote_after(latest):
            return decided.at
        return latest.at if self._schedule.dues(latest.at)[0] > decided.at else decided.at

    def _elsewhere(self, event: WroteElsewhere | ElsewhereDecided) -> None:
        here = self._open()
        if here is None:
            return
        if isinstance(event, WroteElsewhere):
            here.elsewhere = event.key if here.is_for((event.sender,), (event.party,)) else here.elsewhere
        elif event.message == here.elsewhere:
            here.elsewhere = ""
            if not event.waiting:
                here.close("answered", event)


def _failures(ledger: Iterable[Event]) -> dict[str, frozenset[str]]:
    """Return for each mail of ours the addresses that it never reached.

    A mail with one recipient failed for that one, whatever address the report names: forwarding rewrites it.
    """
    sent = {event.key: event for event in ledger if isinstance(event, MailSent)}
    failed: dict[str, frozenset[str]] = defaultdict(frozenset)
    for event in ledger:
        if isinstance(event, MailBounced) and event.hard and event.original in sent:
            recipients = sent[event.original].recipients
            named = recipients if len(recipients) == 1 else event.failed
            failed[event.original] |= {address.lower() for address in named}
    return failed
