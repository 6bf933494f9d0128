"""The parcels under way: copied, tracked, and settled by one key each, or by a pasted table."""

from __future__ import annotations

from pathlib import Path

from tui.house import app_on, house, seen, until, until_asked, until_seen

from mailcrm.adapters.demo.papers import paper
from mailcrm.core.facade import Core
from mailcrm.tui.screens.awbs import AwbScreen
from mailcrm.tui.screens.dealpage import DealScreen
from mailcrm.tui.widgets import safe

FIRST, SECOND = "1234567891", "1234567902"


def shipped(core: Core, place: Path, who: str, awb: str) -> str:
    """Send a sample from the shelf to `who`; return its id."""
    rows = core.ask("worklist", view="all").rows
    thread = next(row.thread_id for row in rows if row.contact == who and row.thread_id)
    from_stock = {"kind": "stock", "quantity": "2 pcs", "sample_paid_by": "us", "freight_paid_by": "us"}
    made = str(core.do("new_sample", thread=thread, item="Spray nozzle", **from_stock).row.id)
    photo = place / "nozzle.jpg"
    photo.write_bytes(paper("nozzle.jpg", "")[1])
    for state in ("spec_draft", "made"):
        core.do("advance_sample", id=made, state=state)
    core.do("check_sample", id=made, ok=("all",))
    core.do("photo_sample", id=made, files=str(photo))
    core.do("ship_sample", id=made, mode="courier", carrier="dhl", awb=awb)
    return made


def state_of(core: Core, id: str) -> str:  # noqa: A002  (as everywhere)
    return str(core.ask("sample", id=id).state)


async def test_one_key_settles_a_parcel_and_undo_takes_it_back(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        one, two = shipped(core, tmp_path, "Jan de Vries", FIRST), shipped(core, tmp_path, "Anna Nowak", SECOND)
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            await pilot.press("g", "p")
            await until_seen(pilot, "Parcels under way", "2 to look up", FIRST, SECOND, "DHL", "0 days", "tracking-id=")
            await pilot.press("d")
            await until(pilot, lambda: state_of(core, one) == "delivered")
            await until(pilot, lambda: FIRST not in seen(app))
            assert state_of(core, two) == "shipped"
            await pilot.press("c")
            await until(pilot, lambda: state_of(core, two) == "exception")
            await until_seen(pilot, "trouble on the way")
            await pilot.press("u")
            await until(pilot, lambda: state_of(core, two) == "shipped")


async def test_marked_parcels_are_settled_together_and_who_signed_is_kept(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        one, two = shipped(core, tmp_path, "Jan de Vries", FIRST), shipped(core, tmp_path, "Anna Nowak", SECOND)
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("g", "p")
            await until_seen(pilot, FIRST, SECOND)
            await pilot.press("x", "x", "w")
            await until_seen(pilot, "0 to look up", "✓ on its way")
            await pilot.press("g", "g", "s")
            await until_seen(pilot, "Who signed for it?")
            await pilot.press(*"Mr Jansen", "enter")
            await until(pilot, lambda: state_of(core, one) == "delivered")
            assert core.ask("sample", id=one).signed_for_by == "Mr Jansen"
            assert state_of(core, two) == "shipped"


async def test_all_numbers_go_to_the_clipboard(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        shipped(core, tmp_path, "Jan de Vries", FIRST)
        shipped(core, tmp_path, "Anna Nowak", SECOND)
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await pilot.press("g", "p")
            await until_seen(pilot, FIRST, SECOND)
            await pilot.press("y")
            assert app.clipboard == FIRST
            await pilot.press("Y")
            assert app.clipboard.splitlines() == [FIRST, SECOND]


async def test_a_pasted_table_settles_what_it_names(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        one, two = shipped(core, tmp_path, "Jan de Vries", FIRST), shipped(core, tmp_path, "Anna Nowak", SECOND)
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await pilot.press("g", "p")
            await until_seen(pilot, FIRST, SECOND)
            await pilot.press("p")
            await until_asked(pilot)
            app.screen.query_one(safe.Writing).put("nothing that could be read")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "No waybill with its status can be read there.")
            assert "nothing that could be read" in app.screen.query_one(safe.Writing).text
            app.screen.query_one(safe.Writing).put(f"{FIRST}\tdelivered\t2026-11-24\tMr Jansen\n{SECOND}\tin transit")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(app.screen, AwbScreen))
            assert (state_of(core, one), state_of(core, two)) == ("delivered", "shipped")


async def test_enter_opens_the_sample_in_the_parcel(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        shipped(core, tmp_path, "Jan de Vries", FIRST)
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await pilot.press("g", "p")
            await until_seen(pilot, FIRST)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, DealScreen))
            await until_seen(pilot, "SMP-2026-0001", "on its way", "Sample: delivered")


async def test_without_parcels_the_screen_says_so(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(60, 24)) as pilot:
            await pilot.press("g", "p")
            await until_seen(pilot, "No parcel is under way.")
            await pilot.press("y", "Y", "d", "s", "o", "enter", "q")
