"""What we wait for on the screen: who, since when, what was asked, how often again, and what comes next."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from tui.house import LETTERS, ME, NOW, app_on, house, seen, until, until_seen

from mailcrm.tui.screens.composer import ComposerScreen

QUESTION = "Which colour do you want for the valves?"


def ours(days: float, question: str = QUESTION) -> bytes:
    """Return a mail of ours to a customer, so many days old."""
    mail = EmailMessage()
    mail["From"], mail["To"] = ME, "Eva Lind <eva@lind.example>"
    mail["Date"], mail["Subject"] = format_datetime(NOW - timedelta(days=days)), "Valves for Lind"
    mail["Message-ID"] = f"<ours-{days}@brightport.example>"
    mail.set_content(f"Dear Eva,\n\n{question}\n\nBest regards")
    return mail.as_bytes()


async def test_the_view_tells_whom_we_wait_for(tmp_path: Path) -> None:
    with house(tmp_path, (*LETTERS, ours(1))) as core:
        app = app_on(core)
        async with app.run_test(size=(130, 30)) as pilot:
            await until_seen(pilot, "Jan de Vries")
            assert "eva@lind.example" not in seen(app)
            await pilot.press("3")
            await until_seen(pilot, "eva@lind.example", QUESTION, "since Mon 14:40", "on Thu 14:40", "[3 Waiting]")
            assert "Jan de Vries" not in seen(app)
            await until_seen(pilot, "Asked Mon 23 November 14:40. Next step: a nudge Thu 26 November 14:40.")


async def test_a_nudge_that_is_due_opens_the_composer_with_its_text(tmp_path: Path) -> None:
    with house(tmp_path, (ours(6),)) as core:
        app = app_on(core)
        async with app.run_test(size=(130, 40)) as pilot:
            await until_seen(pilot, "Next steps", "nudge 1 is due")
            await pilot.press("r")
            await until_seen(
                pilot, "Did our question of Wed 18 November 2026 reach you?", "eva@lind.example", "Re: Valves for Lind"
            )
            assert isinstance(app.screen, ComposerScreen)
            await pilot.press("escape")
            await until(pilot, lambda: not isinstance(app.screen, ComposerScreen))
            assert core.ask("outbox") == ()  # nothing was typed, so nothing is kept
            await pilot.press("r")
            await until_seen(pilot, "Did our question of Wed 18 November 2026 reach you?")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: core.ask("outbox"))
            (mail,) = core.ask("outbox")
            assert (mail.state, mail.to) == ("held", ("eva@lind.example",))


async def test_w_chooses_how_long(tmp_path: Path) -> None:
    with house(tmp_path, (ours(6),)) as core:
        app = app_on(core)
        async with app.run_test(size=(130, 30)) as pilot:
            await until_seen(pilot, "nudge 1 is due")
            await pilot.press("w")
            await until_seen(pilot, "How long do we wait for their answer?", "park it for 30 days", "wait no more")
            await pilot.press("5")
            await until(pilot, lambda: core.ask("worklist", view="waiting").rows[0].state == "parked")
            await until_seen(pilot, "needs you 0")
            await pilot.press("u")
            await until_seen(pilot, "nudge 1 is due")
            await pilot.press("w", "7")
            await until(pilot, lambda: not core.ask("worklist", view="waiting").rows)


async def test_what_they_wrote_elsewhere_is_answered_with_y(tmp_path: Path) -> None:
    elsewhere = EmailMessage()
    elsewhere["From"], elsewhere["To"] = "Eva Lind <eva@lind.example>", ME
    elsewhere["Date"] = elsewhere["Received"] = format_datetime(NOW - timedelta(hours=3))
    elsewhere.replace_header("Received", f"from there by here with ESMTP; {elsewhere['Date']}")
    elsewhere["Subject"], elsewhere["Message-ID"] = "Flanges", "<flanges@lind.example>"
    elsewhere.set_content("Do you have flanges too?")
    with house(tmp_path, (ours(1), elsewhere.as_bytes())) as core:
        app = app_on(core)
        async with app.run_test(size=(130, 30)) as pilot:
            await until_seen(pilot, "Next steps")
            await pilot.press("3")
            await until_seen(pilot, "do we still wait for this (yes), or was that the answer (no)?")
            await pilot.press("y")
            await until_seen(pilot, "Next step: a nudge")
