"""Boards, pages and forms on a real order: made of a mail, carried along, refused, taken back."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from textual.pilot import Pilot
from tui.house import JAN, LETTERS, app_on, house, seen, until, until_asked, until_seen

from mailcrm.actions.quoting import QuoteTerms
from mailcrm.core.facade import Core
from mailcrm.queries.quote_forms import TERMS as QUOTE_TERMS
from mailcrm.queries.rows import BoardRow
from mailcrm.tui.screens.board import BoardScreen
from mailcrm.tui.screens.composer import ComposerScreen
from mailcrm.tui.screens.dealform import DealForm
from mailcrm.tui.screens.dealpage import DealScreen
from mailcrm.tui.screens.thread import ThreadScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.rowlist import RowList

GOODS = "SN-4; Spray nozzle, brass; 1000; 2.60"
TERMS = "30% T/T deposit, 70% against copy of B/L"


def thread_of(core: Core, who: str) -> str:
    rows = core.ask("worklist", view="all").rows
    return next(str(row.thread_id) for row in rows if row.contact == who and row.thread_id)


def an_order(core: Core, who: str = "Jan de Vries") -> BoardRow:
    core.do("new_order", about=thread_of(core, who), lines=GOODS, terms=TERMS, currency="USD", po="PO 7")
    card: BoardRow = core.ask("order_board")[0]
    return card


async def test_a_mail_becomes_an_order_whose_page_opens(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            app.screen.query_one(RowList).place(f"r{thread_of(core, 'Jan de Vries').removeprefix('t')}")
            await pilot.press("c", "o")
            await until_asked(pilot)
            app.screen.query_one("#v-lines", safe.Writing).put(GOODS)
            app.screen.query_one("#v-latest_shipment", safe.Field).put("some day")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "some day")
            form = app.screen
            assert isinstance(form, DealForm)
            await until(pilot, lambda: form.wrong)
            assert list(form.wrong) == ["latest_shipment"], "told beside its question"
            assert form.answers["lines"] == GOODS, "nothing typed is lost"
            form.query_one("#v-latest_shipment", safe.Field).put("2026-12-24")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(app.screen, DealScreen))
            await until_seen(pilot, "ORD-2026-0001", "What can be done", "SN-4 Spray nozzle", "2026-12-24")
            await pilot.press("tab", "tab", "G")
            await until_seen(pilot, "What happened", "made")
            await pilot.press("q")
            assert isinstance(app.screen, WorklistScreen)


async def test_the_board_of_a_wide_window_and_the_list_of_a_narrow_one_show_the_same_card(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        card = an_order(core)
        app = app_on(core)
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.press("g", "o")
            await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.screen.row is not None)
            await until_seen(pilot, card.number, str(card.stage), "Jan de Vries")
            assert app.screen.query_one("#board").display
            await pilot.resize_terminal(80, 24)
            await until(pilot, lambda: app.screen.query_one("#rows").display)
            await until_seen(pilot, card.number, str(card.stage))
            await pilot.press("h")
            await until(pilot, lambda: f"▸ {card.stage}  1" in seen(app))
            assert card.number not in seen(app).split(str(card.stage))[1]
            await pilot.press("l", "j", "enter")
            await until(pilot, lambda: isinstance(app.screen, DealScreen))


async def test_words_narrow_the_board_and_escape_takes_them_away(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        an_order(core)
        an_order(core, "Anna Nowak")
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("g", "o")
            await until_seen(pilot, "Vries", "Nowak", "2 cards")
            await pilot.press("slash", *"anna")
            await until_seen(pilot, "1 card")
            assert "Vries" not in seen(app)
            await pilot.press(*" qq")
            await until_seen(pilot, "No card has these words.")
            await pilot.press("escape")
            await until_seen(pilot, "2 cards", "Vries")
            await pilot.press("slash", *"anna", "enter", "enter")
            await until(pilot, lambda: isinstance(app.screen, DealScreen))


async def test_an_empty_board_says_how_one_is_made(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "Jan de Vries")
            await pilot.press("g", "o")
            await until_seen(pilot, "No order is open.", "c o on its row")
            await pilot.press("q")
            assert isinstance(app.screen, WorklistScreen)


async def test_what_is_over_is_shown_when_asked_for(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        card = an_order(core)
        core.do("cancel_order", id=card.id, reason="wrong customer")
        app = app_on(core)
        async with app.run_test(size=(120, 24)) as pilot:
            await pilot.press("g", "o")
            await until_seen(pilot, "No order is open.")
            await pilot.press("a")
            await until_seen(pilot, card.number, "Cancelled", "also those that are over")
            await pilot.press("a")
            await until_seen(pilot, "No order is open.")


async def test_a_form_by_its_digit_is_done_and_taken_back(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        card = an_order(core)
        app = app_on(core)
        async with app.run_test(size=(140, 60), notifications=True) as pilot:
            await pilot.press("g", "o")
            await until_seen(pilot, card.number)
            await pilot.press("enter")
            await until_seen(pilot, "What can be done", "Deposit credited")
            page = core.ask("order_page", id=card.id)
            digit = next(n for n, form in enumerate(page.forms, 1) if str(form.title) == "Deposit credited")
            await pilot.press(str(digit))
            await until_asked(pilot)
            app.screen.query_one("#v-reference", safe.Field).put("BOC 7781")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(app.screen, DealScreen))
            await until_seen(pilot, "deposit credited", "BOC 7781")
            await pilot.press("u")
            await until_seen(pilot, "Taken back.")


async def test_enter_on_a_step_opens_the_mail_that_shows_it(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        card = an_order(core)
        mail = core.ask("thread", id=card.thread_id).messages[0].id
        core.do("confirm_order", id=card.id, parts="packing", mail=mail)
        app = app_on(core)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("g", "o")
            await until_seen(pilot, card.number)
            await pilot.press("enter")
            await until_seen(pilot, f"mail {mail}")
            await pilot.press("tab", "G", "enter")
            await until(pilot, lambda: isinstance(app.screen, ThreadScreen))
            await until_seen(pilot, JAN.text[:30])
            await pilot.press("q", "t")
            await until(pilot, lambda: isinstance(app.screen, ThreadScreen))


async def test_the_mails_of_the_conversation_are_chosen_not_typed(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        card = an_order(core)
        mail = core.ask("thread", id=card.thread_id).messages[0].id
        app = app_on(core)
        async with app.run_test(size=(100, 44)) as pilot:
            app.push_screen(DealScreen("order", card.id))
            await until_seen(pilot, "The customer confirmed")
            page = core.ask("order_page", id=card.id)
            digit = next(n for n, form in enumerate(page.forms, 1) if str(form.title) == "The customer confirmed")
            await pilot.press(str(digit))
            await until_asked(pilot)
            app.screen.query_one("#v-mail").focus()
            await until_seen(pilot, "Ctrl-O shows the mails")
            await pilot.press("ctrl+o")
            await until_seen(pilot, "Jan de Vries: ")
            await pilot.press("1")
            await until(pilot, lambda: app.screen.query("#v-mail"))
            assert app.screen.query_one("#v-mail", safe.Field).value == mail


async def test_a_kept_file_is_saved(tmp_path: Path) -> None:
    slip = tmp_path / "slip.pdf"
    slip.write_bytes(b"%PDF-1.4 slip")
    with house(tmp_path) as core:
        card = an_order(core)
        core.do("money_seen", id=card.id, part="deposit", file=str(slip))
        app = app_on(core)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            app.push_screen(DealScreen("order", card.id))
            await until_seen(pilot, "Kept files", "slip.pdf")
            await pilot.press("tab", "g", "g", "s")
            await until_seen(pilot, "Into which directory?")
            app.screen.query_one(safe.Field).put(str(tmp_path))
            await pilot.press("enter")
            await until(pilot, (tmp_path / "slip (2).pdf").exists)
            assert (tmp_path / "slip (2).pdf").read_bytes() == b"%PDF-1.4 slip"


async def test_a_row_of_an_order_opens_its_page_and_tells_of_it_beside_the_list(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        card = an_order(core)
        core.do("edit_order", id=card.id, due="legal_review=2026-11-25")
        app = app_on(core)
        async with app.run_test(size=(160, 45)) as pilot:
            await until_seen(pilot, "Jan de Vries")
            await pilot.press("8")
            await until(pilot, lambda: any(row.ref == card.id for row in core.ask("worklist", view="all").rows))
            row = next(row for row in core.ask("worklist", view="all").rows if row.ref == card.id)
            await until(pilot, lambda: row.id in {item.key for item in app.screen.query_one(RowList).items})
            app.screen.query_one(RowList).place(row.id)
            await until_seen(pilot, "Last steps", "Missing", card.number)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, DealScreen))
            await until_seen(pilot, "What can be done")


async def test_a_mail_becomes_a_sample_and_goes_its_way_by_digits(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(140, 44), notifications=True) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("enter", "c", "s")
            await until_asked(pilot)
            app.screen.query_one("#v-item", safe.Field).put("Spray nozzle")
            app.screen.query_one("#v-kind").focus()
            await until_seen(pilot, "Ctrl-O chooses among: original")
            await pilot.press("ctrl+o")
            await until_seen(pilot, "stock")
            await pilot.press("G", "enter")
            await until(pilot, lambda: app.screen.query("#v-kind"))
            assert app.screen.query_one("#v-kind", safe.Field).value == "stock"
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(app.screen, DealScreen))
            await until_seen(pilot, "SMP-2026-0001", "requested", "missing")
            await pilot.press("2")
            await until_asked(pilot)
            await pilot.press("ctrl+s")
            await until_seen(pilot, "Missing: quantity")
            await pilot.press("escape", "u")
            await until(pilot, lambda: not core.ask("samples"))


async def test_a_proposal_is_answered_by_one_key_tells_why_and_leads_to_what_it_begins(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            asked = [row for row in core.ask("worklist", view="samples").rows if row.id.startswith("j")]
            assert [row.contact for row in asked] == ["Anna Nowak"]
            await pilot.press("4")
            await until(pilot, lambda: asked[0].id in {item.key for item in app.screen.query_one(RowList).items})
            app.screen.query_one(RowList).place(asked[0].id)
            await until_seen(pilot, str(asked[0].why)[:30])
            app.push_screen(ThreadScreen(str(asked[0].thread_id)))
            await until_seen(pilot, f"? {str(asked[0].why)[:30]}", "y yes · Y no")
            await pilot.press("y")
            await until(pilot, lambda: core.ask("samples"))
            assert not [row for row in core.ask("worklist", view="all").rows if row.id == asked[0].id]
            await until(pilot, lambda: isinstance(app.screen, DealScreen))
            await until_seen(pilot, "SMP-2026-0001", "What can be done")
            await pilot.press("q")
            await until(pilot, lambda: isinstance(app.screen, ThreadScreen) and "y yes" not in seen(app))


async def test_the_customer_shows_what_is_open_and_enter_opens_it(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        card = an_order(core)
        app = app_on(core)
        async with app.run_test(size=(120, 44)) as pilot:
            await until_seen(pilot, "Jan de Vries")
            app.screen.query_one(RowList).place(f"r{thread_of(core, 'Jan de Vries').removeprefix('t')}")
            await pilot.press("v")
            await until_seen(pilot, "Samples, quotes, orders", card.number, str(card.stage))
            app.screen.query_one("#what", RowList).focus()
            app.screen.query_one("#what", RowList).place(f"deal.{card.id}")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, DealScreen))


async def test_the_checklist_of_a_quote_is_asked_by_mail_answered_and_refused_from_its_page(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        thread = thread_of(core, "Jan de Vries")
        quote = core.do("new_quote", thread=thread, lines="SN-4,1000,2.60", incoterm="FOB Ningbo").row
        app = app_on(core)
        async with app.run_test(size=(150, 60), notifications=True) as pilot:
            app.push_screen(DealScreen("quote", quote.id))
            await until_seen(pilot, "No inquiry is linked")
            await pilot.press("c", "i")
            await until_asked(pilot)
            app.screen.query_one("#v-items", safe.Writing).put("Spray nozzle; quantity=1000\nHose; quantity=20")
            app.screen.query_one("#v-answers__region", safe.Field).put("Benelux")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "i1", "Customer checklist", "Benelux", "not asked yet", "missing: 6", "Hose")
            assert core.ask("quote", id=quote.id).inquiry == "i1", "the quote that had none is one to it"
            await pilot.press("1")
            await until(pilot, lambda: isinstance(app.screen, ComposerScreen) and app.screen.body.text)
            text = app.screen.query_one("#body", safe.Writing).text
            assert "Who is the end customer" in text
            assert "countries or regions" not in text, "what is answered is not asked"
            await pilot.press("escape")
            await until_seen(pilot, "Mail that stands ready")
            await press_form(pilot, core, "i1", "Fill in what they answered")
            app.screen.query_one("#v-answers__use", safe.Field).put("Orchards")
            app.screen.query_one("#v-values__feasibility", safe.Field).put("yes")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "Orchards")
            await press_form(pilot, core, "i1", "They won't tell: refused")
            app.screen.query_one("#v-refused", safe.Field).put("end_customer, quality")
            app.screen.query_one("#v-on", safe.Field).put("2026-11-23")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "they won't tell (2026-11-23)")
            await press_form(pilot, core, "i1", "They were asked on a day")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "asked on 2026-11-24, no answer yet")
            assert not [one for one in core.ask("quote", id=quote.id).checks if one.number == 1]
            await pilot.press("q")
            await until_seen(pilot, "i1  ›")


async def test_the_mend_of_a_check_names_the_digit_and_enter_on_it_begins_in_the_field(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        quote = core.do("new_quote", thread=thread_of(core, "Jan de Vries"), lines="SN-4,1000,2.60").row
        app = app_on(core)
        async with app.run_test(size=(150, 70), notifications=True) as pilot:
            app.push_screen(DealScreen("quote", quote.id))
            await until_seen(pilot, "2 Change it: Payment terms", "c i opens the inquiry")
            await pilot.press("1")
            await until_seen(pilot, "is not ready to be sent:")
            assert "mailcrm quote" not in seen(app), "neither the page nor the refusal speaks of commands"
            page = app.screen
            assert isinstance(page, DealScreen)
            mend = next(line for line in page.lists[0].items if line.asked == "payment")
            page.lists[0].place(mend.key)
            await pilot.press("enter")
            await until_asked(pilot)
            assert app.focused is app.screen.query_one("#v-payment")
            app.screen.query_one("#v-payment", safe.Field).put(TERMS)
            app.screen.query_one("#v-container", safe.Field).put("40HQ")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "A container and its rate are given together.")
            app.screen.query_one("#v-container", safe.Field).put("")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: "2 Change it: Payment terms" not in seen(app) and "70% T/T against" in seen(app))


def test_the_form_of_a_quote_asks_every_term_that_the_command_takes() -> None:
    assert set(QUOTE_TERMS) == {each.name for each in fields(QuoteTerms)} - {"drop_line"}


async def press_form(pilot: Pilot[None], core: Core, id: str, title: str) -> None:  # noqa: A002  (as everywhere)
    forms = core.ask("inquiry_page", id=id).forms
    await pilot.press(str(next(number for number, form in enumerate(forms, 1) if str(form.title) == title)))
    await until_asked(pilot)
