"""What servers do to a mailbox while it is read: new numbers, other names, mail that comes and goes. On three families.

Afterwards every mail of the server is stored once, another sync finds nothing, and known mail has opened no new turn.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from faults.houses import PASSWORD, House, Post, letter, of_cyrus, of_dovecot, of_pymap
from servers.loopback import wait_until

from mailcrm.adapters.demo.servers import DemoServers
from mailcrm.bootstrap import make_home

NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home, to be copied."""
    home = tmp_path_factory.mktemp("empty") / "home"
    make_home(home, None)
    return home


@pytest.fixture(
    params=[
        "pymap",
        pytest.param("dovecot", marks=pytest.mark.server),
        pytest.param("cyrus", marks=pytest.mark.server),
    ]
)
def post(request: pytest.FixtureRequest) -> Iterator[Post]:
    """A mailbox of its own on each server."""
    user = f"reader-{next(_numbers)}@ningbo.example"
    if request.param == "pymap":
        with DemoServers({user: PASSWORD}) as demo:
            yield of_pymap(demo, user)
    elif request.param == "dovecot":
        yield of_dovecot(request.getfixturevalue("dovecot"), user)
    else:
        yield of_cyrus(request.getfixturevalue("cyrus"), user)


@pytest.fixture
def house(post: Post, tmp_path: Path, empty: Path) -> Iterator[House]:
    """A home that reads it."""
    opened = House(tmp_path / "home", post, like=empty)
    yield opened
    opened.close()


def fill(post: Post, folder: str, numbers: range) -> None:
    for number in numbers:
        post.deliver(folder, letter(number), NOON + timedelta(minutes=number))


def another_uidvalidity(post: Post, folder: str) -> None:
    """Most servers take the time in seconds for it: wait until it is another one."""
    before = post.uidvalidity(folder)

    def changed() -> bool:
        post.moved(folder)
        return post.uidvalidity(folder) != before

    wait_until(changed, "another UIDVALIDITY", 20)


def test_a_whole_round(house: House, post: Post) -> None:
    fill(post, "INBOX", range(12))
    fill(post, "客户/Müller & Söhne", range(12, 16))
    post.deliver(
        "Sent", letter(20).replace(b"From: Buyer 20 <buyer@kunde20.example>", b"From: rep@ningbo.example"), NOON
    )
    post.deliver("INBOX", letter(21, message_id=""), NOON)
    post.deliver("INBOX", letter(22, "Größe 报价".encode().decode("latin-1")), NOON)
    post.deliver("客户/Müller & Söhne", letter(3), NOON)  # the same mail in a second folder
    report = house.sync()
    assert report.errors == ()
    assert report.new_messages == 19
    house.agrees()
    before = house.lasting()
    assert house.sync().new_messages == 0
    assert house.sync(full=True).new_messages == 0
    assert house.lasting() == before
    post.deliver("INBOX", letter(40), NOON)
    assert house.sync().new_messages == 1
    house.agrees()


def test_five_new_uidvalidities_in_a_row(house: House, post: Post) -> None:
    fill(post, "Customers", range(6))
    house.sync()
    before = house.lasting()
    for _ in range(5):
        another_uidvalidity(post, "Customers")
        report = house.sync()
        assert report.errors == ()
        assert sum(folder.fetched for folder in report.accounts[0].folders) == 0
        house.agrees()
    assert house.sync().new_messages == 0
    assert house.lasting() == before


def test_a_renamed_folder(house: House, post: Post) -> None:
    fill(post, "Customers", range(6))
    house.sync()
    before = house.lasting()
    post.rename("Customers", "客户")
    post.deliver("客户", letter(30), NOON)
    report = house.sync()
    assert report.new_messages == 1
    house.agrees()
    assert all(old <= new for old, new in zip(before, house.lasting(), strict=True))
    assert house.sync().new_messages == 0


def test_mail_that_comes_and_goes_while_others_are_read(house: House, post: Post) -> None:
    fill(post, "INBOX", range(30))
    fill(post, "Customers", range(30, 36))
    came: list[int] = []

    def meanwhile(folder: str, _done: int, _total: int) -> None:
        if folder == "INBOX" and not came:
            came.append(50)
            post.deliver("INBOX", letter(50), NOON)
            post.deliver("Customers", letter(51), NOON)
            first, *_rest = post.content("Customers")
            post.expunge("Customers", first)
            post.expunge("INBOX", *list(post.content("INBOX"))[3:6])

    report = house.sync(progress=meanwhile)
    assert came == [50]
    assert report.errors == ()
    assert report.new_messages + house.sync().new_messages == 37
    house.agrees()
    assert house.sync().new_messages == 0


def test_a_folder_that_is_gone_keeps_its_mail_and_its_turns(house: House, post: Post) -> None:
    fill(post, "Customers", range(4))
    house.sync()
    before = house.lasting()
    with post.client() as client:
        assert client.delete('"Customers"')[0] == "OK"
    assert house.sync().errors == ()
    assert house.lasting() == before
