"""Reading mail in two other processes, some hauls ahead of what is stored.

Room: ingest. In: mails in the order of their fetching. Out: the same, ready to be stored, in that order. The bytes go to the
other processes and what was read comes back in shared memory, one slot a haul; through the pipes go only notes about it, which
are so small that nobody ever waits for the other side to read.

```
  haul ─► slot ─► job to the process with less to do ─► slot ─► read, in the order of the hauls
                        │ dies, or is silent for too long
                        └─► a process of its own for the haul, for its halves …; the one mail that does it again → quarantine
```
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from types import TracebackType
from typing import Generic, NamedTuple, Self, TypeVar

from mailcrm.domain.words import say
from mailcrm.ingest.preparing import Arriving, Door, Ready

__all__ = ["ReadBeside"]

_PROCESSES = 2
_SLOTS = 8
_SLOT_OCTETS = 5 * 1024 * 1024
_MEMORY_OCTETS = 2 * 1024 * 1024 * 1024
_PATIENCE = 60.0
_SPAWN = multiprocessing.get_context("spawn")  # a copy of a process with threads may stand still for ever

K = TypeVar("K")


class _Lying(NamedTuple):
    """A mail in a slot: the octets from `start` to `end`."""

    start: int
    end: int
    internaldate: datetime | None
    fetched_at: datetime
    whole_size: int | None


class _Lost(Exception):
    """The other process died, or said nothing for too long."""


class _Worker:
    """One of the other processes, seen from here."""

    def __init__(self, door: Door) -> None:
        self._line, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, door), daemon=True, name="mailcrm reader")
        self._process.start()
        theirs.close()
        self.jobs = 0

    def send(self, slot: SharedMemory, mails: Sequence[Arriving]) -> None:
        """Let it read `mails`, which are put into `slot`."""
        place, lying = 0, []
        for mail in mails:
            end = place + len(mail.raw)
            _octets(slot)[place:end] = mail.raw
            lying.append(_Lying(place, end, mail.internaldate, mail.fetched_at, mail.whole_size))
            place = end
        self.jobs += 1
        with contextlib.suppress(OSError):  # it died: that is found out when it is asked
            self._line.send((slot.name, lying))

    def receive(self, slot: SharedMemory, patience: float) -> list[Ready]:
        """Return what the oldest job came to; _Lost where nothing comes any more."""
        self.jobs -= 1
        try:
            if not self._line.poll(patience):
                raise _Lost
            told = self._line.recv()
        except (EOFError, OSError) as error:
            raise _Lost from error
        read: list[Ready] = pickle.loads(_octets(slot)[:told] if isinstance(told, int) else told)  # noqa: S301  (our own process wrote it)
        return read

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._line.close()
        self._process.kill()
        self._process.join()


class _Waiting(NamedTuple, Generic[K]):
    haul: K
    mails: Sequence[Arriving]
    worker: _Worker | None
    slot: SharedMemory | None


class ReadBeside:
    """Reads in two other processes; they begin with the first mail and end with the context.

    `patience`: how many seconds one of them may be silent before it counts as lost.
    """

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._workers: list[_Worker] = []
        self._slots: list[SharedMemory] = []
        self._free: list[SharedMemory] = []
        self._door: Door | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def through(self, door: Door, hauls: Iterable[tuple[K, Sequence[Arriving]]]) -> Iterator[tuple[K, list[Ready]]]:
        """Yield each haul with its mails read."""
        self._begin(door)
        waiting: deque[_Waiting[K]] = deque()
        try:
            for haul, mails in hauls:
                if len(waiting) == _SLOTS:
                    yield self._read(waiting.popleft())
                waiting.append(self._hand_over(haul, mails))
            while waiting:
                yield self._read(waiting.popleft())
        finally:
            if waiting:  # nobody wants the rest: what the processes still say is of no more use
                self._end()

    def _begin(self, door: Door) -> None:
        if self._door != door:
            self._end()
        if not self._workers:
            self._door = door
            self._workers = [_Worker(door) for _number in range(_PROCESSES)]
            self._slots = [SharedMemory(create=True, size=_SLOT_OCTETS) for _number in range(_SLOTS)]
            self._free = list(self._slots)

    def _end(self) -> None:
        for worker in self._workers:
            worker.end()
        for slot in self._slots:
            slot.close()
            slot.unlink()
        self._workers, self._slots, self._free = [], [], []

    def _hand_over(self, haul: K, mails: Sequence[Arriving]) -> _Waiting[K]:
        """Give a haul away; one that is larger than a slot, a single large mail, is read here when its turn comes."""
        if not mails or sum(len(mail.raw) for mail in mails) > _SLOT_OCTETS:
            return _Waiting(haul, mails, None, None)
        worker, slot = min(self._workers, key=lambda one: one.jobs), self._free.pop()
        worker.send(slot, mails)
        return _Waiting(haul, mails, worker, slot)

    def _read(self, one: _Waiting[K]) -> tuple[K, list[Ready]]:
        assert self._door is not None  # noqa: S101  (set before anything is handed over)
        if one.worker is None or one.slot is None:
            return one.haul, [self._door.ready(mail) for mail in one.mails]
        try:
            read = one.worker.receive(one.slot, self._patience)
        except _Lost:
            self._replace(one.worker)
            read = _apart(self._door, one.mails, self._patience)
        self._free.append(one.slot)
        return one.haul, read

    def _replace(self, lost: _Worker) -> None:
        """Put another process in the place of one that is lost; its other jobs are lost too, as `receive` will tell."""
        lost.end()
        if lost in self._workers:
            assert self._door is not None  # noqa: S101  (it was begun with one)
            self._workers[self._workers.index(lost)] = _Worker(self._door)


def _apart(door: Door, mails: Sequence[Arriving], patience: float) -> list[Ready]:
    """Read mails in a process of their own, by halves where that is lost: the mail that does it goes to quarantine."""
    slot, worker = SharedMemory(create=True, size=sum(len(mail.raw) for mail in mails) + 1), _Worker(door)
    try:
        worker.send(slot, mails)
        return worker.receive(slot, patience)
    except _Lost:
        if len(mails) == 1:
            return [door.unreadable(mails[0], say("Reading this mail took too long or too much memory."))]
    finally:
        worker.end()
        slot.close()
        slot.unlink()
    half = len(mails) // 2
    return _apart(door, mails[:half], patience) + _apart(door, mails[half:], patience)


def _octets(slot: SharedMemory) -> memoryview:
    assert slot.buf is not None  # noqa: S101  (it is open)
    return slot.buf


def _serve(line: Connection, door: Door) -> None:
    """Read what lies in the slots that `line` names, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that we work for; it ends us
    _limit_memory()
    slots: dict[str, SharedMemory] = {}
    with contextlib.suppress(EOFError, OSError):
        while True:
            name, lying = line.recv()
            slot = slots.get(name) or slots.setdefault(name, SharedMemory(name))
            read = [door.ready(Arriving(bytes(_octets(slot)[one.start : one.end]), *one[2:])) for one in lying]
            told = pickle.dumps(read, pickle.HIGHEST_PROTOCOL)
            if len(told) <= slot.size:
                _octets(slot)[: len(told)] = told
                line.send(len(told))
            else:
                line.send(told)


def _limit_memory() -> None:
    """Let a mail that wants all the memory there is take this process with it, and nothing else."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_OCTETS, _MEMORY_OCTETS))
