"""Passing notes: one that is shown in the very instant in which it ends must not hold the program up."""

from __future__ import annotations

import time
from pathlib import Path

from textual.widgets._toast import Toast
from tui.house import app_on, house, seen, until, until_seen

from mailcrm.tui.widgets import safe


async def test_a_note_that_is_over_when_it_is_shown_passes_like_any_other(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "Anna Nowak")
            over = safe.PassingNote("over long ago", timeout=5, raised_at=time.time() - 60)
            assert over.has_expired
            await app.screen.mount(Toast(over))
            await until(pilot, lambda: not app.screen.query(Toast))
            safe.toast(app, "still here", seconds=5)
            await until_seen(pilot, "still here")
            assert "over long ago" not in seen(app)
