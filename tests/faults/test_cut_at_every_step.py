"""The connection ends after each line that the server says, and in the middle of each: every mail is read once.

The server is gone from that octet on, for connections that are opened anew too. Then the line is well again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from e2e.cutting import CuttingProxy
from faults.houses import PASSWORD, House, Post, letter, of_pymap
from servers.loopback import HOST

from mailcrm.adapters.demo.servers import DemoServers
from mailcrm.bootstrap import make_home

NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
USER = "reader@ningbo.example"
MAILS = 6
_LINE = re.compile(rb"(?:^|(?<=\r\n))(?:\*|\+|[A-Z]+\d+) [^\r]*\r\n")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home, to be copied."""
    home = tmp_path_factory.mktemp("empty") / "home"
    make_home(home, None)
    return home


@pytest.fixture
def post() -> Iterator[Post]:
    """A mailbox with mail in two folders."""
    with DemoServers({USER: PASSWORD}) as demo:
        mailbox = of_pymap(demo, USER)
        for number in range(MAILS - 1):
            mailbox.deliver("INBOX", letter(number), NOON + timedelta(minutes=number))
        mailbox.deliver("Archive", letter(MAILS), NOON)
        yield mailbox


def positions(said: bytes) -> Iterator[int]:
    """Yield the middle and the end of each line of the protocol; of lines alike one after another the first's only.

    In the long run (MAILCRM_FAULTS=long): of every line.
    """
    before = b""
    for line in _LINE.finditer(said):
        kind = re.sub(rb"\d+", b"", b" ".join(line[0].split()[:3]))
        if kind != before or os.environ.get("MAILCRM_FAULTS") == "long":
            yield (line.start() + line.end()) // 2
            yield line.end()
        before = kind


def test_a_cut_after_every_line_and_in_every_line(post: Post, tmp_path: Path, empty: Path) -> None:
    with CuttingProxy(int(post.url.rpartition(":")[2])) as proxy:
        url = f"imap://{HOST}:{proxy.port}"
        undisturbed = House(tmp_path / "undisturbed", post, like=empty, url=url)
        assert undisturbed.sync().new_messages == MAILS
        wanted = undisturbed.lasting()[0]
        undisturbed.close()
        steps = list(positions(proxy.said))
        assert len(steps) > 40
        for position in steps:
            house = House(tmp_path / f"cut-{position}", post, like=empty, url=url)
            proxy.left = position
            house.sync()
            proxy.left = None
            house.sync()
            assert house.lasting()[0] == wanted, position
            house.agrees()
            before = house.lasting()
            report = house.sync()
            assert (report.new_messages, report.errors, house.lasting()) == (0, (), before), position
            house.close()
