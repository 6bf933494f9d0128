"""Mail read by other processes is what it is when it is read here; whoever takes such a process with it, takes nothing else."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from mailcrm.adapters.demo.story import mails
from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import ParsedMail
from mailcrm.domain.parties import Ours
from mailcrm.ingest.beside import ReadBeside
from mailcrm.ingest.preparing import Arriving, Door
from mailcrm.ingest.readers import ReadHere

NOW = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
DEADLY = b"X-Deadly: yes\r\n"
HANGING = b"X-Hanging: yes\r\n"


@dataclass(frozen=True)
class Fragile:
    """A parser that some mails are too much for."""

    version: str = "fragile"

    def parse(self, raw: bytes) -> ParsedMail:
        """Read the mail, die of it, or never come back."""
        if DEADLY in raw:
            os._exit(9)
        while HANGING in raw:
            signal.pause()
        return Mime().parse(raw)

    def part_bytes(self, raw: bytes, index: int) -> bytes:
        """Return the bytes of a file."""
        return Mime().part_bytes(raw, index)


def door(parser: Fragile | Mime) -> Door:
    ours = Ours(frozenset({"lin.wei@brightport.example"}), frozenset({"brightport.example"}), frozenset({"gmail.com"}))
    return Door(parser, ours, 1, datetime(2026, 11, 1, tzinfo=UTC))


def arriving(raw: bytes) -> Arriving:
    return Arriving(raw, NOW, NOW)


def letter(number: int, more: bytes = b"") -> bytes:
    return b"From: jan@vantex.example\r\nMessage-ID: <%d@vantex.example>\r\n%s\r\nPrice?\r\n" % (number, more)


def test_it_is_read_as_here_and_in_the_same_order() -> None:
    raws = [mail.raw for mail in mails(NOW)]
    hauls = [(start, [arriving(raw) for raw in raws[start : start + 5]]) for start in range(0, len(raws), 5)]
    hauls.insert(3, (-1, []))
    here = list(ReadHere().through(door(Mime()), hauls))
    with ReadBeside() as readers:
        assert list(readers.through(door(Mime()), hauls)) == here
        assert list(readers.through(door(Mime()), hauls[:2])) == here[:2]  # the same processes, for another folder


def test_large_mails_and_tiny_ones_are_read_too() -> None:
    """A tiny mail comes to more than it is, so that it goes another way back."""
    raws = [letter(1) + b"x" * 20_000_000, b"a: b\n", letter(2)]
    with ReadBeside() as readers:
        read = list(readers.through(door(Mime()), [(n, [arriving(raw)]) for n, raw in enumerate(raws)]))
    assert [one.bytes_.size for _key, (one,) in read] == [len(raw) for raw in raws]
    assert all(one.read is not None for _key, (one,) in read)


@contextmanager
def room_for(octets: int) -> Iterator[None]:
    """Let no file of this process grow beyond `octets`, and a piece of shared memory is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octets, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("octets", [0, 8_000_000])
def test_what_there_is_no_shared_memory_for_is_read_here(octets: int) -> None:
    raws = [letter(1), letter(2), letter(3) + b"x" * 9_000_000, letter(4)]
    hauls = [(n, [arriving(raw)]) for n, raw in enumerate(raws)]
    here = list(ReadHere().through(door(Mime()), hauls))
    with room_for(octets), ReadBeside() as readers:
        assert list(readers.through(door(Mime()), hauls)) == here


@pytest.mark.parametrize("deadly", [3, 33])  # before the first process has a copy, and in that copy
def test_a_mail_that_takes_the_process_with_it_goes_to_quarantine_alone(deadly: int) -> None:
    hauls = [
        (start, [arriving(letter(n, DEADLY if n == deadly else b"")) for n in range(start, start + 10)])
        for start in range(0, 100, 10)
    ]
    with ReadBeside() as readers:
        read = [mail for _key, some in readers.through(door(Fragile()), hauls) for mail in some]
    lost = [number for number, mail in enumerate(read) if mail.read is None]
    assert lost == [deadly]
    assert read[deadly].error is not None
    assert read[deadly].bytes_.size == len(letter(deadly, DEADLY))
    assert [mail.read.columns["message_id"] for mail in read if mail.read] == [
        f"{n}@vantex.example" for n in range(100) if n != deadly
    ]


@pytest.mark.parametrize("hanging", [0, 1])
def test_a_mail_that_is_never_done_goes_to_quarantine(hanging: int) -> None:
    hauls = [(n, [arriving(letter(n, HANGING if n == hanging else b""))]) for n in range(3)]
    with ReadBeside(patience=5.0) as readers:
        read = [mail for _key, some in readers.through(door(Fragile()), hauls) for mail in some]
    assert [mail.read is None for mail in read] == [n == hanging for n in range(3)]


def test_who_stops_in_the_middle_leaves_no_process_behind() -> None:
    hauls = [(n, [arriving(letter(n))]) for n in range(20)]
    with ReadBeside() as readers:
        for key, _read in readers.through(door(Mime()), hauls):
            if key == 2:
                break
        assert [key for key, _read in readers.through(door(Mime()), hauls[:3])] == [0, 1, 2]
