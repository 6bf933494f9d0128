"""Sending later by keys, what the outbox tells of a mail, and the colleague who was quicker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from sqlmodel import select
from tui.house import MARIA, NOW, app_on, house, leaving, seen, until, until_seen

from mailcrm.core.facade import Core
from mailcrm.domain.words import say
from mailcrm.queries.rows import OutboxRow
from mailcrm.records import Outgoing
from mailcrm.store.engine import Store
from mailcrm.tui.screens.composer import ComposerScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.widgets.safe import Writing


def newest(core: Core) -> OutboxRow:
    row: OutboxRow = core.ask("outbox")[0]
    return row


@pytest.mark.parametrize(("digit", "silent"), [("1", False), ("2", True)])
async def test_in_the_customers_morning(tmp_path: Path, digit: str, *, silent: bool) -> None:
    with house(tmp_path) as core:
        company = next(row for row in core.ask("companies") if "garcia" in row.name.lower())
        core.do("edit_company", id=company.id, country="ES")
        app = app_on(core)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("r")
            await until_seen(pilot, "María García <")
            await pilot.press(*"30 days.", "ctrl+n")
            await until_seen(pilot, "When is it to leave?", "in the customer's morning")
            await pilot.press(digit)
            await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
            row = newest(core)
            assert (row.state, row.held_until) == ("held", datetime(2026, 11, 24, 8, tzinfo=UTC))
            assert (row.customer_zone, row.unless_reply, row.in_time) == ("Europe/Madrid", silent, False)
            await until_seen(pilot, "at the customer's (Madrid)", "That is too late")
            assert "takes it back" not in seen(app), "it is no undo window"
            await pilot.press("O")
            await until_seen(pilot, "Leaves 16:00 our time, 09:00 at the customer's (Madrid): too late.")
            assert ("taken back if the customer writes first" in seen(app)) is silent
            await pilot.press("c")
            await until(pilot, lambda: newest(core).state == "cancelled")


async def test_a_morning_that_nobody_knows_is_said_in_place_and_nothing_is_lost(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("r")
            await until_seen(pilot, "María García <")
            await pilot.press(*"30 days.", "ctrl+n", "1")
            await until_seen(pilot, "Nobody knows yet what time it is at the customer's.")
            assert app.screen.query_one(Writing).text == "30 days."
            await pilot.press("ctrl+n", "3")
            await until(pilot, lambda: leaving(core))
            assert newest(core).held_until == datetime(2026, 11, 25, 1, tzinfo=UTC)


async def test_whoever_writes_is_told_that_a_colleague_has_answered(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("r")
            await until_seen(pilot, "María García <")
            await pilot.press(*"30 d")
            letter = EmailMessage()
            letter["From"], letter["To"] = "Wang Fang <wang@brightport.example>", MARIA.sender
            letter["Subject"], letter["Message-ID"] = f"Re: {MARIA.subject}", "<wang-1@brightport.example>"
            letter["Date"] = format_datetime(NOW - timedelta(minutes=2))
            letter["In-Reply-To"] = "<letter-1@there.example>"
            letter.set_content("30 días, FOB Ningbo.")
            (tmp_path / "wang.eml").write_bytes(letter.as_bytes())
            core.do("import_mail", paths=[str(tmp_path / "wang.eml")], live=True)
            await until_seen(pilot, "Wang Fang has answered this customer while you wrote.")
            assert isinstance(app.screen, ComposerScreen)
            assert app.screen.query_one(Writing).text == "30 d"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("deferred", ["server says later", "r: Try again now", "c: Don't send it"]),
        ("failed", ["failed", "550 no such user", "r: Try again now", "c: Don't send it"]),
        ("in_doubt", ["sent? in doubt", "s: It was sent: treat it as sent", "a: It was not sent: send it again"]),
        ("bounced", ["came back", "550 no such user"]),
    ],
)
async def test_the_outbox_tells_what_went_wrong_and_which_key_mends_it(
    tmp_path: Path, state: str, told: list[str]
) -> None:
    with house(tmp_path) as core:
        thread = next(row.id for row in core.ask("threads") if row.subject == MARIA.subject)
        core.do("reply", thread=thread, mode="at", at="+3h", body="30 days.")
        store = Store(f"sqlite:///{core.home() / 'mailcrm.db'}")
        with store.begin() as session:
            (row,) = session.exec(select(Outgoing)).all()
            row.state, row.last_error = state, say("550 no such user").to_json()
            session.add(row)
        store.close()
        app = app_on(core)
        async with app.run_test(size=(140, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("O")
            await until_seen(pilot, *told)
