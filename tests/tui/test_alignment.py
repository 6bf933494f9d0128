"""Every row of every list fills its window to the cell, and its columns stand below each other, whatever script a text is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.pilot import Pilot
from tui.house import NOW, app_on, house
from wcwidth import wcswidth

from mailcrm.domain.words import say
from mailcrm.queries.rows import (
    DigestRow,
    LoadRow,
    OutboxRow,
    Person,
    SearchRow,
    TeamLoad,
    Worklist,
    WorklistRow,
    WorstRow,
)
from mailcrm.tui.screens.notices import NoticesScreen, Told
from mailcrm.tui.screens.outbox import OutboxScreen, Outgoing
from mailcrm.tui.screens.search import Hit, SearchScreen
from mailcrm.tui.screens.team import OneOfUs, TeamScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.teamlines import COUNTS
from mailcrm.tui.widgets.rowlist import RowList

HAN, KANA, HANGUL = "价格表和交货期报价单请尽快", "おみつもりカタログﾊﾝｶｸ", "견적서를보내주세요"
EMOJI, COMBINING, PLAIN = "😀📦🚢⚓✅", "é́à̈ñ̃ü̱กำ", "abc XYZ 12,.·…"
JOINED = ("👨‍👩‍👧", "🇨🇳", "❤️", "1️⃣", "👍🏽")  # several characters each, shown as one
PIECES = st.sampled_from([*HAN, *KANA, *HANGUL, *EMOJI, *COMBINING, *PLAIN, *JOINED])
TEXTS = st.lists(PIECES, max_size=90).map("".join)
SIX = st.lists(TEXTS, min_size=6, max_size=6)
WIDTHS = (60, 80, 160)


def work(screen: Any, texts: Sequence[str]) -> None:  # noqa: ANN401  (one of five screens, as below)
    name, firm, gist, subject, flag, _more = texts
    row = WorklistRow(
        "r1", "t1", "overdue", "reply", "overdue", say("late"), thread_id="t1", company=firm, contact=name, gist=gist,
        subject=subject, due=NOW - timedelta(hours=3), grade="A", flags=(flag, "chased"), count=3,
    )  # fmt: skip
    plain = replace(row, id="r2", company="Acme", contact="Jan", due=NOW, flags=(), gist="Price?")
    screen.worklist = Worklist("now", (row, plain), {}, None)
    screen.relanguage()


def outbox(screen: Any, texts: Sequence[str]) -> None:  # noqa: ANN401
    row = OutboxRow("x1", "m", "t1", (texts[0], texts[1]), (), texts[2], "held", 0, NOW, NOW, None, None, None)
    plain = replace(row, id="x2", to=("jan@acme.example",), subject="Price")
    screen.rows.show([Outgoing(each.id, each) for each in (row, plain)])


def hits(screen: Any, texts: Sequence[str]) -> None:  # noqa: ANN401
    row = SearchRow("m1", "t1", "m", texts[0], Person(texts[1], "jan@acme.example"), NOW, texts[2])
    plain = replace(row, id="m2", subject="Price", from_=Person("Jan", ""), snippet="short")
    screen.rows.show([Hit(each.id, each) for each in (row, plain)])


def notices(screen: Any, texts: Sequence[str]) -> None:  # noqa: ANN401
    row = DigestRow("n1", texts[0] or "li", NOW, say("{title}", title=texts[1]), (), None, (), (), None)
    plain = replace(row, id="n2", person="bo", title=say("Deadlines"))
    screen.rows.show([Told(each.id, each) for each in (row, plain)])


def team(screen: Any, texts: Sequence[str]) -> None:  # noqa: ANN401
    counts = dict.fromkeys(COUNTS, 3)
    worst = WorstRow("t1", texts[1], texts[2], texts[3], "overdue", NOW, 4000)
    row = LoadRow(
        name=texts[0], display_name="", colleague=True, manager=False, counts=counts, standing_in=1, worst=worst, counted=3,
        in_time_percent=66.7, by_holding_percent=33.3, away_until=NOW, deputy=texts[4], stands_in=texts[4],
    )  # fmt: skip
    plain = replace(row, name="bo", worst=None, in_time_percent=None, away_until=None)
    screen.load = TeamLoad(NOW.date(), NOW.date(), counts, (row, plain))
    screen.rows.show([OneOfUs(""), *(OneOfUs(f"of:{each.name}", each) for each in (row, plain))])


# Of each list: what opens it, what fills it, and how many of its columns begin at the same cell in every row.
LISTS = [
    (WorklistScreen, work, 6),
    (OutboxScreen, outbox, 4),
    (SearchScreen, hits, 2),
    (NoticesScreen, notices, 3),
    (TeamScreen, team, 7),
]


async def opened(pilot: Pilot[None], kind: type[Any]) -> Any:  # noqa: ANN401  (one of five screens)
    """Open a screen, and take its list from it so that nothing but the test fills it."""
    if not isinstance(pilot.app.screen, kind):
        await pilot.app.push_screen(kind())
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return pilot.app.screen


def edges(rows: RowList[Any], line: int) -> list[int]:
    """Return where the columns of a line end, in cells."""
    ends, at = [], 0
    for segment in rows.render_line(line):
        at += cell_len(segment.text)
        ends.append(at)
    return ends


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("kind", "fill", "columns"), LISTS)
async def test_rows_fill_the_window_and_columns_stand_below_each_other(
    tmp_path: Path, width: int, kind: type[Any], fill: Callable[[Any, Sequence[str]], None], columns: int
) -> None:
    with house(tmp_path, ()) as core:
        app = app_on(core)
        async with app.run_test(size=(width, 30)) as pilot:
            screen = await opened(pilot, kind)
            rows = screen.rows
            rows.display = True
            await pilot.pause()
            room = rows.scrollable_content_region.width
            assert room >= width // 2

            @settings(deadline=None, max_examples=60)
            @given(SIX)
            def holds(texts: list[str]) -> None:
                fill(screen, texts)
                for line in range(len(rows.items)):
                    strip = rows.render_line(line)
                    assert cell_len(strip.text) == strip.cell_length == room
                    assert wcswidth(strip.text) == room  # as terminals measure it
                first, second = (edges(rows, line)[:columns] for line, item in enumerate(rows.items) if item.key)
                assert first == second

            holds()
