"""What burns stands on the screen before the core is open; what is pressed meanwhile is done when it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest
from tui.house import NOW, house, seen, until, until_seen

from mailcrm.core.facade import Core
from mailcrm.core.late import LateCore
from mailcrm.domain.errors import HomeError
from mailcrm.domain.words import say
from mailcrm.queries.rows import Worklist
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.widgets.rowlist import RowList

ZONE = "Asia/Shanghai"


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    with house(tmp_path) as core:
        yield core


def first_of(core: Core) -> Worklist:
    whole = core.ask("worklist", view="now", owner="me")
    return Worklist("now", whole.rows, {}, None)


def key_of(app: MailcrmApp) -> str:
    return app.screen.query_one(RowList).key


def late_app(late: LateCore, first: Worklist | None) -> MailcrmApp:
    return MailcrmApp(late, {}, {"en": NullTranslations()}, engine=False, first=first)


async def test_rows_stand_and_keys_count_before_the_core_is_open(core: Core) -> None:
    door = threading.Event()

    def opened() -> Core:
        assert door.wait(60)
        return core

    app = late_app(LateCore(opened, core.home(), lambda: NOW, ZONE), first_of(core))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        try:
            await until_seen(pilot, "Plazo de entrega", "Could you send the price list")
            assert "needs you" not in seen(app)  # nobody has counted yet
            await pilot.press("n")
            await until(pilot, lambda: "Plazo de entrega" not in seen(app))
        finally:
            door.set()
        await until_seen(pilot, "needs you")
        await until(pilot, lambda: len(core.ask("worklist", view="now", owner="me").rows) == 2)


async def test_the_cursor_stays_on_its_row_when_the_whole_list_comes(core: Core) -> None:
    door = threading.Event()

    def opened() -> Core:
        assert door.wait(60)
        return core

    app = late_app(LateCore(opened, core.home(), lambda: NOW, ZONE), first_of(core))
    async with app.run_test(size=(100, 30)) as pilot:
        try:
            await until_seen(pilot, "Jan de Vries")
            await pilot.press("G")
            before = key_of(app)
        finally:
            door.set()
        await until_seen(pilot, "needs you")
        assert key_of(app) == before


async def test_without_a_core_the_screens_end_and_the_reason_is_told(tmp_path: Path) -> None:
    def refused() -> Core:
        raise HomeError(say("This home is of a newer release."), say("Use that one."))

    late = LateCore(refused, tmp_path, lambda: NOW, ZONE)
    app = late_app(late, None)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app._exit)  # noqa: SLF001  (Textual has no public word for it)
    with pytest.raises(HomeError, match="newer release"):
        late.close()
