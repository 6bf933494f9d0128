"""The other side of `beside`: a process that reads the mails which lie in shared memory.

Room: ingest. In: a line for each reader, and the door. Out: one mail after the other as `Ready`, back in the same memory. Once the first haul is
read, a copy of the process serves each further line: what was imported and compiled by then is there once, for both.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import NamedTuple

from mailcrm.ingest.pieces import USED_AGAIN, octets_of
from mailcrm.ingest.preparing import Arriving, Door

__all__ = ["Job", "Lying", "serve"]

_MEMORY_OCTETS = 2 * 1024 * 1024 * 1024


class Lying(NamedTuple):
    """A mail in shared memory: the octets from `start` to `end`."""

    start: int
    end: int
    internaldate: datetime | None
    fetched_at: datetime
    whole_size: int | None


class Job(NamedTuple):
    """The mails that lie in the memory `name`, of which the first `room` octets can be written to."""

    name: str
    room: int
    lying: Sequence[Lying]


def serve(lines: Sequence[Connection], door: Door) -> None:
    """Do the jobs of the first line, and have the others' done, until nobody is there any more.

    Whatever is written to a line is the answer to its next job: the length of what lies in the memory, or that itself where it
    is longer than the job's room. But a copy tells its process id first.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that we work for; it ends us
    _limit_memory()
    server, first = _Server(door), os.getpid()
    with contextlib.suppress(EOFError, OSError):
        server.do_next(lines[0])
        line = _shared_out(lines)
        while True:
            server.do_next(line)
    if os.getpid() != first:
        os._exit(0)  # what ends a process of `multiprocessing` is not for its copies


def _shared_out(lines: Sequence[Connection]) -> Connection:
    """Make a copy of this process for each line but the first; return the line to go on with."""
    gc.freeze()  # to look through what is there would write to it, and so make it twice
    for line in lines[1:]:
        if os.fork() == 0:
            for other in lines:
                if other is not line:
                    other.close()
            line.send(os.getpid())
            return line
        line.close()
    return lines[0]


class _Server:
    """Reads, and keeps the memory in sight that is used again."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._known: dict[str, SharedMemory] = {}

    def do_next(self, line: Connection) -> None:
        job: Job = line.recv()
        memory = self._known.get(job.name) or SharedMemory(job.name)
        if memory.size <= USED_AGAIN:
            self._known[job.name] = memory
        line.send(self._answer(job, octets_of(memory)[: job.room]))
        if memory.size > USED_AGAIN:
            memory.close()

    def _answer(self, job: Job, octets: memoryview) -> int | bytes:
        # One mail after the other, so that never the octets of all of them lie here too.
        ready = [self._door.ready(Arriving(bytes(octets[one.start : one.end]), *one[2:])) for one in job.lying]
        file = _InMemory(octets)
        try:
            pickle.Pickler(file, pickle.HIGHEST_PROTOCOL).dump(ready)
        except _TooMuch:
            return pickle.dumps(ready, pickle.HIGHEST_PROTOCOL)
        return file.length


class _TooMuch(Exception):
    """There is no room for all that is to be written."""


class _InMemory:
    """A file in shared memory, as far as pickling needs one: so there is no copy of it elsewhere."""

    def __init__(self, octets: memoryview) -> None:
        self._octets = octets
        self.length = 0

    def write(self, data: bytes) -> int:
        end = self.length + len(data)
        if end > len(self._octets):
            raise _TooMuch
        self._octets[self.length : end] = data
        self.length = end
        return len(data)


def _limit_memory() -> None:
    """Let a mail that wants all the memory there is take this process with it, and nothing else."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_OCTETS, _MEMORY_OCTETS))
