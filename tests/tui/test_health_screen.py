"""How things stand: cause and mend one key away, and a bar that tells the most important where not all of it fits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from servers.imapd import ScriptedImap
from tui.house import JAN, NOW, app_on, house, seen, until, until_seen

from mailcrm.core.facade import Core
from mailcrm.domain.words import say
from mailcrm.queries.rows import AccountRow
from mailcrm.tui.health_words import causes, is_stale
from mailcrm.tui.screens.health import HealthScreen
from mailcrm.tui.widgets.bars import Fact, fitting


@contextmanager
def unreachable(place: Path) -> Iterator[Core]:
    """Yield a house with one mailbox that nobody answers at, and a customer who waits."""
    with house(place, (JAN,)) as core:
        servers = {"imap": "imap://127.0.0.1:9", "smtp": "smtp://127.0.0.1:9"}
        core.do("add_account", name="sales", user="lin@brightport.example", password="x", **servers)
        core.do("sync")
        yield core


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (160, 45)])
async def test_cause_and_mend_are_one_key_away(tmp_path: Path, size: tuple[int, int]) -> None:
    with unreachable(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=size, notifications=True) as pilot:
            await until_seen(pilot, "✗ sales: 127.0.0.1 refuses", "D shows the whole")
            await pilot.press("D")
            await until_seen(
                pilot, "How things stand", "something is to be mended", "Check server and", "Ctrl-R tries again",
                "Nobody fetches or sends.", "The next deadline is", "No mail is waiting to leave.",
            )  # fmt: skip
            await pilot.press("q")
            await until(pilot, lambda: not isinstance(app.screen, HealthScreen))


@pytest.mark.parametrize("line", ["#trouble", "#state"])
async def test_a_click_on_the_bar_opens_it(tmp_path: Path, line: str) -> None:
    with unreachable(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "✗ sales: 127.0.0.1 refuses")
            await pilot.click(line)
            await until_seen(pilot, "How things stand")


async def test_who_holds_the_engine_and_every_check(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        core.take_engine()
        app = app_on(core)
        async with app.run_test(size=(100, 45), notifications=True) as pilot:
            await until_seen(pilot, "works here")
            await pilot.press("D")
            await until_seen(pilot, "This window fetches and sends.", "not read for a while", "never read yet")
            assert "All checks" not in seen(app)
            await pilot.press("d")
            await until_seen(
                pilot, "All checks", "✓ The database is whole", "✗ It was never read.", "› Run `mailcrm sync`."
            )


async def test_an_account_is_tested_on_demand(tmp_path: Path) -> None:
    with house(tmp_path, ()) as core, ScriptedImap() as server:
        core.do("add_account", name="lin", user="lin@brightport2.example", password="x", imap=server.imap_url,
                smtp="smtp://127.0.0.1:9")  # fmt: skip
        app = app_on(core)
        async with app.run_test(size=(100, 45), notifications=True) as pilot:
            await until(pilot, lambda: app.health)
            await pilot.press("D", "t")
            await until_seen(
                pilot, "Test of lin", "✓ INBOX opens", "✗ The mail server 127.0.0.1 can't be reached", "› Check"
            )


async def test_a_home_without_account_says_so(tmp_path: Path) -> None:
    with house(tmp_path, (), account=False) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "A new mail account")
            await pilot.press("escape", "D")
            await until_seen(pilot, "There is no mail account yet. c m adds one.")
            await pilot.press("t", "d")
            await until_seen(pilot, "All checks", "✗ There is no mail account yet.")
            app.action_language()
            await until_seen(pilot, "«How things stand»", "«All checks»", "«No deadline is ahead.»")


FACTS = (
    Fact(0, "nobody fetches or sends", short="nobody works"),
    Fact(1, "mail 14:20"),
    Fact(2, "next 16:40 (in 2h 00m)", short="next 16:40"),
    Fact(4, "3 notices"),
    Fact(1, "1 not sent"),
    Fact(6, "2 drafts"),
)


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (160, "nobody fetches or sends · mail 14:20 · next 16:40 (in 2h 00m) · 3 notices · 1 not sent · 2 drafts"),
        (78, "nobody works · mail 14:20 · next 16:40 · 3 notices · 1 not sent · 2 drafts"),
        (58, "nobody works · mail 14:20 · next 16:40 · 1 not sent"),
        (40, "nobody works · mail 14:20 · 1 not sent"),
        (14, "nobody works"),
        (5, "nobo…"),
    ],
)
def test_the_most_important_keeps_its_room(width: int, told: str) -> None:
    assert fitting(FACTS, width).plain == told


def account(core: Core) -> AccountRow:
    (row,) = core.ask("accounts")
    assert isinstance(row, AccountRow)
    return row


def test_sending_has_causes_too_and_so_has_a_sign_in_that_is_missing(tmp_path: Path) -> None:
    with house(tmp_path, ()) as core:
        row = account(core)
    assert causes(row) == []
    reading, sending = say("No answer."), say("The password is refused.")
    assert causes(replace(row, trouble=reading, send_trouble=sending)) == [reading, sending]
    (cause,) = causes(replace(row, oauth=True, secret="none"))
    assert "mailcrm account authorize sales" in str(cause)


def test_a_poll_is_stale_when_three_did_not_come(tmp_path: Path) -> None:
    with house(tmp_path, ()) as core:
        row = account(core)
    assert is_stale(row, NOW, 60)
    read = replace(row, last_good_poll=NOW - timedelta(minutes=20))
    assert is_stale(read, NOW, 60)
    assert not is_stale(read, NOW, 3600)
    assert not is_stale(replace(row, last_good_poll=NOW - timedelta(minutes=14)), NOW, 60)
