"""Reading mail in two other processes, a reader and its copy (`beside_serving`), some hauls ahead of what is stored.

Room: ingest. In: mails in the order of their fetching. Out: the same, ready to be stored, in that order. The bytes go to the
other processes and what was read comes back in shared memory (`pieces`), a piece for each haul; through the pipes go only notes
about it, which are so small that nobody ever waits for the other side to read. What there is no shared memory for is read here.

```
  haul ─► memory ─► job to the reader with less to do ─► memory ─► read, in the order of the hauls
                        │ dies, or is silent for too long
                        └─► a process of its own for the haul, for its halves …; the one mail that does it again → quarantine
```
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.shared_memory import SharedMemory
from types import TracebackType
from typing import Any, Generic, NamedTuple, Self, TypeVar

from mailcrm.domain.words import say
from mailcrm.ingest.beside_serving import Job, Lying, serve
from mailcrm.ingest.pieces import Pieces, octets_of
from mailcrm.ingest.preparing import Arriving, Door, Ready

__all__ = ["ReadBeside"]

_PROCESSES = 2
_AHEAD = 8
_AHEAD_OCTETS = 12 * 1024 * 1024
_SMALLEST_READ = 4096  # octets: what a tiny mail comes to
_PATIENCE = 60.0
_SPAWN = multiprocessing.get_context("spawn")  # a copy of a process with threads may stand still for ever
_COPIES = sys.platform == "linux"  # there a reader, which has no threads, can copy itself

K = TypeVar("K")


class _Lost(Exception):
    """The other process died, or said nothing for too long."""


class _Worker:
    """One of the other processes, seen from here; `process` is None for the copy of another one."""

    def __init__(self, line: Connection, process: SpawnProcess | None) -> None:
        self._line, self._process = line, process
        self._pid = process.pid if process else None
        self.jobs = 0

    def send(self, mails: Sequence[Arriving], memory: SharedMemory) -> None:
        """Let it read `mails` out of `memory`, which has room for them (`_room`) and is the job's until it is received."""
        place, lying = 0, []
        for mail in mails:
            end = place + len(mail.raw)
            octets_of(memory)[place:end] = mail.raw
            lying.append(Lying(place, end, mail.internaldate, mail.fetched_at, mail.whole_size))
            place = end
        self.jobs += 1
        with contextlib.suppress(OSError):  # it died: that is found out when it is asked
            self._line.send(Job(memory.name, _room(mails), lying))

    def has_answered(self) -> bool:
        """Whether `receive` would return, or raise, at once."""
        try:
            if self._pid is None and self._line.poll():
                self._pid = self._line.recv()
            return self._line.poll()
        except (EOFError, OSError):  # it was replaced, or is about to be
            return True

    def receive(self, memory: SharedMemory, patience: float) -> list[Ready]:
        """Return what the oldest job, which lies in `memory`, came to; _Lost where nothing comes any more."""
        self.jobs -= 1
        if self._pid is None:
            self._pid = self._told(patience)
        told = self._told(patience)
        read: list[Ready] = pickle.loads(octets_of(memory)[:told] if isinstance(told, int) else told)  # noqa: S301  (our own process wrote it)
        return read

    def _told(self, patience: float) -> Any:  # noqa: ANN401  (an answer, or a number)
        try:
            if self._line.poll(patience):
                return self._line.recv()
        except (EOFError, OSError) as error:
            raise _Lost from error
        raise _Lost

    def end(self) -> None:
        """End it, whatever it is doing; a copy after what it is one of, or it may be yet to come."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        else:
            self._end_copy()
        self._line.close()

    def _end_copy(self) -> None:
        with contextlib.suppress(EOFError, OSError):
            self._pid = self._pid or self._line.recv()
            os.kill(self._pid, signal.SIGKILL)
            while True:  # it is no more when its line is at its end
                self._line.recv()


def _begun(door: Door, number: int) -> list[_Worker]:
    """Begin so many readers: one process and its copies, or as many processes where none can copy itself."""
    if number > 1 and not _COPIES:
        return [worker for _ in range(number) for worker in _begun(door, 1)]
    lines = [_SPAWN.Pipe() for _ in range(number)]
    theirs = [line for _, line in lines]
    process = _SPAWN.Process(target=serve, args=(theirs, door), daemon=True, name="mailcrm reader")
    process.start()
    for line in theirs:
        line.close()
    return [_Worker(ours, None if copy else process) for copy, (ours, _) in enumerate(lines)]


class _Waiting(NamedTuple, Generic[K]):
    """A haul to be read: by `worker`, in `memory`, or here where that is None."""

    haul: K
    mails: Sequence[Arriving]
    worker: _Worker | None = None
    memory: SharedMemory | None = None

    def is_read(self) -> bool:
        """Whether it was read, or nobody else will."""
        return self.worker is None or self.worker.has_answered()


class ReadBeside:
    """Reads in two other processes; they begin with the first mail and end with the context.

    `patience`: how many seconds one of them may be silent before it counts as lost.
    """

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._workers: list[_Worker] = []
        self._door: Door | None = None
        self._pieces = Pieces()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        self._pieces.close()

    def through(self, door: Door, hauls: Iterable[tuple[K, Sequence[Arriving]]]) -> Iterator[tuple[K, list[Ready]]]:
        """Yield each haul with its mails read: the first at once, the others when as much as may is ahead of them.

        So the processes have something to read while what was yielded is stored.
        """
        self._begin(door)
        waiting: deque[_Waiting[K]] = deque()
        first = True
        try:
            for haul, mails in hauls:
                while waiting and (_is_much(waiting) or (first and waiting[0].is_read())):
                    yield self._read(waiting.popleft())
                    first = False
                waiting.append(self._hand_over(haul, mails))
            while waiting:
                yield self._read(waiting.popleft())
        finally:
            if waiting:  # nobody wants the rest: what the processes still say is of no more use
                self._end()
            for one in waiting:
                if one.memory is not None:
                    self._pieces.give_back(one.memory)

    def _begin(self, door: Door) -> None:
        if self._door != door:
            self._end()
        if not self._workers:
            self._door = door
            self._workers = _begun(door, _PROCESSES)

    def _end(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers = []

    def _hand_over(self, haul: K, mails: Sequence[Arriving]) -> _Waiting[K]:
        try:
            memory = self._pieces.take(_room(mails)) if mails else None
        except OSError:
            memory = None
        if memory is None:
            return _Waiting(haul, mails)
        worker = min(self._workers, key=lambda one: one.jobs)
        worker.send(mails, memory)
        return _Waiting(haul, mails, worker, memory)

    def _read(self, one: _Waiting[K]) -> tuple[K, list[Ready]]:
        assert self._door is not None  # noqa: S101  (set before anything is handed over)
        if one.worker is None or one.memory is None:
            return one.haul, [self._door.ready(mail) for mail in one.mails]
        try:
            read = one.worker.receive(one.memory, self._patience)
        except _Lost:
            self._replace(one.worker)
            read = _apart(self._door, one.mails, one.memory, self._patience)
        finally:
            self._pieces.give_back(one.memory)
        return one.haul, read

    def _replace(self, lost: _Worker) -> None:
        """Put another process in the place of one that is lost; its other jobs are lost too, as `receive` will tell."""
        lost.end()
        if lost in self._workers:
            assert self._door is not None  # noqa: S101  (it was begun with one)
            (self._workers[self._workers.index(lost)],) = _begun(self._door, 1)


def _apart(door: Door, mails: Sequence[Arriving], memory: SharedMemory, patience: float) -> list[Ready]:
    """Read mails in a process of their own, by halves where that is lost: the mail that does it goes to quarantine."""
    (worker,) = _begun(door, 1)
    worker.send(mails, memory)
    try:
        return worker.receive(memory, patience)
    except _Lost:
        if len(mails) == 1:
            return [door.unreadable(mails[0], say("Reading this mail took too long or too much memory."))]
    finally:
        worker.end()
    half = len(mails) // 2
    return _apart(door, mails[:half], memory, patience) + _apart(door, mails[half:], memory, patience)


def _room(mails: Sequence[Arriving]) -> int:
    """Return how many octets `mails`, and what reading them comes to, take at most, but for a rare case."""
    return sum(max(len(mail.raw), _SMALLEST_READ) for mail in mails)


def _is_much(waiting: Sequence[_Waiting[K]]) -> bool:
    """Whether as much is ahead as may be."""
    return len(waiting) >= _AHEAD or sum(_room(one.mails) for one in waiting) > _AHEAD_OCTETS
