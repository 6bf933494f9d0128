"""Looks: any theme of Textual, chosen by seeing it and kept; and no colour where none is wanted."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.theme import BUILTIN_THEMES
from tui.house import app_on, house, seen, until, until_seen

from mailcrm.core.facade import Core
from mailcrm.core.settings_files import CHOSEN, merged_settings
from mailcrm.domain.errors import UsageError
from mailcrm.tui import terms
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.composer import ComposerScreen
from mailcrm.tui.screens.themes import ThemeScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.theme import DARK, LIGHT
from mailcrm.tui.widgets.rowlist import CURSOR_SIGN, MARK_SIGN, RowList

DEFAULTS = Path(__file__).parents[2] / "config" / "mailcrm.toml"
THEMES = sorted({*BUILTIN_THEMES, DARK.name, LIGHT.name})


def kept(core: Core) -> str:
    theme: str = merged_settings(DEFAULTS, core.home() / "mailcrm.toml", {})["interface"]["theme"]
    return theme


async def test_the_cursor_shows_a_theme_enter_keeps_it_escape_goes_back(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        own = (core.home() / "mailcrm.toml").read_text("utf-8")
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "needs you")
            await pilot.press("g", "t")
            await until_seen(pilot, "How should it look?", DARK.name, "catppuccin-latte")
            await pilot.press("j")
            await until(pilot, lambda: app.theme == LIGHT.name)
            assert "Garcia" in seen(app)  # the list is seen beside the box
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
            assert (app.theme, kept(core)) == (DARK.name, "")
            await pilot.press("ctrl+p", *"all themes", "enter")
            await until(pilot, lambda: isinstance(app.screen, ThemeScreen))
            app.screen.query_one(RowList).place("nord")
            await pilot.press("enter")
            await until_seen(pilot, "Theme nord, from now on.")
            assert (app.theme, kept(core)) == ("nord", "nord")
            await pilot.press("T")
            await until(pilot, lambda: kept(core) == LIGHT.name)
        assert (core.home() / "mailcrm.toml").read_text("utf-8") == own
        assert (
            merged_settings(DEFAULTS, core.home() / "x.toml", {"MAILCRM__INTERFACE__THEME": "dracula"})["interface"][
                "theme"
            ]
            == "dracula"
        )


async def test_a_theme_that_is_set_is_begun_with_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        for theme, begun in (("dracula", "dracula"), ("no-such", DARK.name), ("", DARK.name)):
            app = MailcrmApp(core, {}, {"en": NullTranslations()}, engine=False, theme=theme)
            async with app.run_test(size=(100, 30), notifications=True) as pilot:
                await until_seen(pilot, "needs you")
                assert app.theme == begun
                assert ("There is no theme no-such: g t shows" in seen(app)) == (theme == "no-such")


def test_what_is_no_name_is_not_written(tmp_path: Path) -> None:
    with house(tmp_path, ()) as core:
        for wrong in ("", 'x"\n[clock]', "Nord!"):
            with pytest.raises(UsageError, match="no name for a theme"):
                core.do("choose_theme", theme=wrong)
        assert not (core.home() / CHOSEN).exists()


def invisible(app: App[None]) -> list[str]:
    """Return the letters on the screen that have the colour of what they stand on."""
    found = []
    _width, height = app.size
    for y, line in enumerate(app.screen._compositor.render_strips()[:height]):  # noqa: SLF001  (what is painted)
        for text, style, _control in line:
            if style is None or not text.strip() or style.color is None or style.bgcolor is None:
                continue
            default = style.color.is_default and style.bgcolor.is_default  # the terminal's own two
            if not default and style.color == style.bgcolor and not style.reverse:
                found.append(f"{y}: {text.strip()}")
    return found


async def test_every_theme_leaves_everything_readable(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        wrong: dict[str, list[str]] = {}
        async with app.run_test(size=(100, 30)) as pilot:

            async def look(screen: str) -> None:
                for theme in THEMES:
                    app.show_theme(theme)
                    await pilot.pause()
                    wrong[f"{screen} {theme}"] = invisible(app)

            await until_seen(pilot, "needs you")
            await pilot.press("x", "k")
            await look("worklist")
            await pilot.press("enter")
            await until_seen(pilot, "es el plazo de entrega")
            await look("thread")
            await pilot.press("h")
            await until_seen(pilot, "2026-11-25")
            await look("hold")
            await pilot.press("escape", "r")
            await until(pilot, lambda: isinstance(app.screen, ComposerScreen))
            await pilot.press(*"Dear Ms")
            await look("composer")
        assert len(wrong) == 4 * len(THEMES)
        assert {place: letters for place, letters in wrong.items() if letters} == {}


def test_every_sign_is_one_cell() -> None:
    tables = (terms.BANDS, terms.STATES, terms.FLAGS, terms.WARNINGS, terms.DELIVERY)
    signs = [known.sign for table in tables for known in table.values()] + [CURSOR_SIGN, MARK_SIGN]
    assert [sign for sign in signs if cell_len(sign) != 1 or len(sign) != 1] == []
