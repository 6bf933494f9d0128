"""Digests in the terminal: a note when one comes, a count, a screen that shows them, and the way to the thread."""

from __future__ import annotations

from pathlib import Path

from tui.house import app_on, house, seen, until, until_seen


async def test_a_digest_is_told_counted_shown_and_read(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 34), notifications=True) as pilot:
            await until_seen(pilot, "nobody fetches")
            assert "notice" not in seen(app)
            (digest,) = core.tick_notices()
            await until_seen(pilot, f"{digest.title}. N shows which.")
            app.clear_notifications()
            await until_seen(pilot, "! 1 notice")
            await pilot.press("N")
            await until_seen(pilot, "Notices of deadlines", "unanswered, was due", "Garcia")
            await pilot.press("L")
            await until_seen(pilot, "«Notices of deadlines»", "«Garcia: unanswered, was due 11月24日")
            await pilot.press("L", "enter")
            await until(pilot, lambda: type(app.screen).__name__ == "ThreadScreen")
            await until(pilot, lambda: core.ask("notices") == ())
            await pilot.press("q")
            await until_seen(pilot, "There is nothing that you were told and have not read.")
            await until(pilot, lambda: "! 1 notice" not in seen(app))


async def test_one_key_reads_one_another_reads_all(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        core.tick_notices()
        app = app_on(core)
        async with app.run_test(size=(120, 34)) as pilot:
            await until_seen(pilot, "! 1 notice")
            await pilot.press("N")
            await until_seen(pilot, "unanswered, was due")
            await pilot.press("e")
            await until(pilot, lambda: core.ask("notices") == ())
            await pilot.press("E")
            await until_seen(pilot, "There is nothing that you were told and have not read.")


async def test_a_late_milestone_is_told_once_and_settled_when_it_is_reached(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        thread = next(row.thread_id for row in core.ask("worklist", view="all").rows if row.thread_id)
        core.tick_notices()
        order = core.do("new_order", about=thread, lines="SN-4; Spray nozzle; 1000; 2.60", currency="USD").row.id
        core.do("edit_order", id=order, due="legal_review=2026-11-20")
        assert order in {row.ref for view in ("now", "today", "all") for row in core.ask("worklist", view=view).rows}
        (digest,) = core.tick_notices()
        assert [line.state for line in digest.lines] == ["open"]
        assert "ORD-2026-0001 is late, was due Fri 20 Nov" in str(digest.lines[0].said)
        assert not core.tick_notices(), "nothing is told twice"
        app = app_on(core)
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.press("N")
            await until_seen(pilot, "ORD-2026-0001 is late")
        core.do("advance_order", id=order, to="legal_review")
        assert [line.state for line in core.ask("notices", every=True)[0].lines] == ["settled"]
