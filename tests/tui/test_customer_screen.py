"""The customer: what stands there, what is edited in its place, how one gets there and on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.house import JAN, Letter, app_on, house, seen, until, until_seen

from mailcrm.core.facade import Core
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.customer import CustomerScreen
from mailcrm.tui.widgets.editing import EditField
from mailcrm.tui.widgets.rowlist import RowList

PIETER = Letter("Pieter <pieter@vries.example>", "Invoice", "Could you correct the invoice?", 40)
KIM = Letter("Kim Lee <kim@gmail.com>", "Bolts", "Could you quote bolts?", 5)


def company(core: Core) -> str:
    return str(core.ask("companies")[0].id)


async def open_customer(pilot: Pilot[None], *texts: str) -> None:
    await until_seen(pilot, *texts)
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, CustomerScreen) and pilot.app.screen.row)


async def edit(pilot: Pilot[None], key: str, text: str) -> None:
    """Go to a field, empty it, type and save."""
    pilot.app.screen.query_one("#who", RowList).place(key)
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen.query(EditField))
    await pilot.press("ctrl+u", "end", *["backspace"] * 30, *text, "enter")


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (160, 45)])
async def test_everything_about_a_customer_is_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    with house(tmp_path, (JAN, PIETER)) as core:
        core.do("edit_company", id=company(core), country="NL", grade="A")
        core.do("tag", id=company(core), add=("importer",))
        core.do("note", about=core.ask("threads")[0].id, text="Likes tea.")
        core.do("task_add", about=core.ask("threads")[0].id, text="Ring him")
        app = app_on(core)
        async with app.run_test(size=size, notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            await until_seen(pilot, "Vries  A  ", "importer", "Tue 07:40 Amsterdam", "closed until 09:00 (16:00 here)")
            await until_seen(pilot, "They wait for", "Price list 2027", "Ring him", "Company", "Country")
            await pilot.press("G")
            await until_seen(pilot, "Could you correct the", "Likes tea." if size[0] < 120 else "Pieter")


async def test_it_is_opened_from_a_thread_and_leads_to_another_one(tmp_path: Path) -> None:
    with house(tmp_path, (JAN, PIETER)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            await pilot.press("enter")
            await until(pilot, lambda: type(app.screen).__name__ == "ThreadScreen")
            await pilot.press("v")
            await until_seen(pilot, "They wait for")
            screen = app.screen
            invoice = next(row.id for row in core.ask("threads") if row.subject == "Invoice")
            screen.query_one("#who", RowList).place(f"open.{invoice}.0")
            await pilot.press("enter")
            await until_seen(pilot, "Could you correct the invoice?", "pieter@vries.example")
            await pilot.press("q")
            await until(pilot, lambda: app.screen is screen)


async def test_a_field_is_edited_in_its_line_saved_and_taken_back(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app, firm = app_on(core), company(core)
        async with app.run_test(size=(80, 30), notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            await edit(pilot, f"{firm}.country", "Netherlands")
            await until_seen(pilot, "set by")
            await until(pilot, lambda: not app.screen.query(EditField))
            assert core.ask("company", id=firm).country == "NL"
            await until_seen(pilot, "Amsterdam", "closed until")
            await pilot.press("u")
            await until(pilot, lambda: core.ask("company", id=firm).country is None)
            await until_seen(pilot, "Nobody knows yet where they are")


async def test_a_refused_value_says_why_and_the_mend_below_the_field(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app, firm = app_on(core), company(core)
        async with app.run_test(size=(80, 30), notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            await edit(pilot, f"{firm}.country", "Atlantis")
            await until_seen(pilot, "! Atlantis is no country.", "Write its two letters, such as DE")
            assert app.screen.query_one(EditField).value == "Atlantis"
            await edit_again(pilot, "germany")
            await until(pilot, lambda: core.ask("company", id=firm).country == "DE")
            await until(pilot, lambda: "Atlantis" not in seen(app))


async def edit_again(pilot: Pilot[None], text: str) -> None:
    await pilot.press("end", *["backspace"] * 30, *text, "enter")


async def test_escape_leaves_a_field_as_it_was(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app, firm = app_on(core), company(core)
        async with app.run_test(size=(80, 30), notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            app.screen.query_one("#who", RowList).place(f"{firm}.name")
            await pilot.press("enter", *"XX")
            await until_seen(pilot, "VriesXX", "Esc leave it")
            await pilot.press("escape")
            await until(pilot, lambda: "VriesXX" not in seen(app))
            assert core.ask("company", id=firm).name == "Vries"
            assert isinstance(app.screen, CustomerScreen)


async def test_grade_and_role_are_chosen_from_a_list(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app, firm = app_on(core), company(core)
        async with app.run_test(size=(80, 30), notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            rows = app.screen.query_one("#who", RowList)
            rows.place(f"{firm}.grade")
            await pilot.press("enter")
            await until_seen(pilot, "Vries: Grade", "no grade")
            await pilot.press("2")
            await until(pilot, lambda: core.ask("company", id=firm).grade == "B")
            rows.place(f"{firm}.role")
            await pilot.press("enter")
            await until_seen(pilot, "Vries: Role", "forwarder")
            await pilot.press("1")
            await until(pilot, lambda: core.ask("company", id=firm).role == "customer")
            rows.place(f"{firm}.grade")
            await pilot.press("enter")
            await until_seen(pilot, "no grade")
            await pilot.press("6")
            await until(pilot, lambda: core.ask("company", id=firm).grade is None)


@pytest.mark.parametrize(
    ("field", "typed", "holds"),
    [
        ("name", "Vries Pumps", {"name": "Vries Pumps"}),
        ("zone", "utc+5", {"time_zone": "Etc/GMT-5"}),
        ("reply_within", "6h", {"reply_within": "6h"}),
        ("domain", "pumps.example", {"domains": ("pumps.example", "vries.example")}),
        ("tags", "VIP, new", {"tags": ("new", "vip")}),
    ],
)
async def test_every_field_of_a_company(tmp_path: Path, field: str, typed: str, holds: dict[str, object]) -> None:
    with house(tmp_path, (JAN,)) as core:
        app, firm = app_on(core), company(core)
        core.do("tag", id=firm, add=("old", "vip"))
        async with app.run_test(size=(80, 30), notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            await edit(pilot, f"{firm}.{field}", typed)
            await until(
                pilot, lambda: all(getattr(core.ask("company", id=firm), name) == holds[name] for name in holds)
            )
            await until(pilot, lambda: not app.screen.query(EditField))


@pytest.mark.parametrize(
    ("field", "typed", "holds"),
    [
        ("name", "Jan V.", {"name": "Jan V."}),
        ("honorific", "Mr", {"honorific": "Mr"}),
        ("language", "nl", {"language": "nl"}),
        ("zone", "Berlin", {"time_zone": "Europe/Berlin"}),
        ("tags", "buyer", {"tags": ("buyer",)}),
    ],
)
async def test_every_field_of_a_person(tmp_path: Path, field: str, typed: str, holds: dict[str, object]) -> None:
    with house(tmp_path, (JAN, PIETER)) as core:
        app = app_on(core)
        jan = next(row.id for row in core.ask("contacts") if row.address.startswith("jan@"))
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            assert "Addressed as" not in seen(app)
            app.screen.query_one("#who", RowList).place(jan)
            await pilot.press("enter")
            await until_seen(pilot, "Addressed as")
            await edit(pilot, f"{jan}.{field}", typed)
            await until(pilot, lambda: all(getattr(core.ask("contact", id=jan), name) == holds[name] for name in holds))
            await until(pilot, lambda: not app.screen.query(EditField))


async def test_somebody_without_a_company_is_edited_himself(tmp_path: Path) -> None:
    with house(tmp_path, (KIM,)) as core:
        app, kim = app_on(core), core.ask("contacts")[0].id
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await open_customer(pilot, "Kim Lee")
            await until_seen(pilot, "Contact", "Addressed as", "Role")
            await edit(pilot, f"{kim}.country", "us")
            await until(pilot, lambda: core.ask("contact", id=kim).country == "US")
            assert "Domains" not in seen(app)


async def test_a_note_is_written_from_here(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 30), notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            await pilot.press("c", "n")
            await until_seen(pilot, "What is to be remembered?")
            await pilot.press(*"tea", "enter")
            await until_seen(pilot, "Notes and calls", "tea")


async def test_two_columns_where_there_is_room_one_where_there_is_not(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app = app_on(core)
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            who, what = app.screen.query_one("#who", RowList), app.screen.query_one("#what", RowList)
            await until(pilot, lambda: what.items and who.has_focus)
            await pilot.press("tab")
            assert what.has_focus
            await pilot.resize_terminal(80, 24)
            await until(pilot, lambda: not what.display and who.has_focus)
            assert [line.thread for line in who.items if line.thread]


async def test_what_is_typed_outlives_mail_that_arrives_and_another_width(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app, firm = app_on(core), company(core)
        async with app.run_test(size=(80, 30), notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            app.screen.query_one("#who", RowList).place(f"{firm}.name")
            await pilot.press("enter", *"XX")
            core.do("task_add", about=core.ask("threads")[0].id, text="Ring him")
            await until_seen(pilot, "Ring him", "VriesXX")
            await pilot.resize_terminal(160, 45)
            await until(pilot, lambda: on_its_line(app, f"{firm}.name"))
            assert app.screen.query_one(EditField).value == "VriesXX"


def on_its_line(app: MailcrmApp, key: str) -> bool:
    """Whether the field lies where its line is painted."""
    rows = app.screen.query_one("#who", RowList)
    line = next(number for number, item in enumerate(rows.items) if item.key == key)
    return bool(app.screen.query_one(EditField).region.y == rows.region.y + line - rows.scroll_offset.y)


async def test_a_thread_of_ours_alone_tells_that_there_is_no_customer(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            app.push_screen(CustomerScreen("t99"))
            await until_seen(pilot, "There is no thread t99.")


async def test_switching_the_language_switches_every_word(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        core.do("edit_company", id=company(core), country="NL")
        app = app_on(core)
        async with app.run_test(size=(80, 30), notifications=True) as pilot:
            await open_customer(pilot, "Jan de Vries")
            await pilot.press("L")
            await until_seen(pilot, "«They wait for»", "«Country»", "«Company»", "«closed»", "«set by")


async def test_the_hour_of_the_customer_stands_beside_the_worklist(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        core.do("edit_company", id=company(core), country="NL")
        app = app_on(core)
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await until_seen(pilot, "○ Tue 07:40 Amsterdam · closed until 09:00 (16:00 here)")
