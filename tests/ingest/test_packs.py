"""Bytes as they are kept: packed in several threads at once, since accounts are read side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from mailcrm.store.packs import pack, unpack

MAILS = [b"Line %d of the offer, as agreed.\r\n" % number * 20_000 for number in range(40)]


def packed_and_back(raw: bytes) -> bytes:
    return unpack(pack(raw).packed)


def test_mails_are_packed_by_several_threads_at_once() -> None:
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(packed_and_back, MAILS * 3)) == MAILS * 3
