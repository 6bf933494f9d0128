"""The worklist by what a rep sees and presses."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from tui.house import ANNA, JAN, LETTERS, MARIA, ME, NOW, Letter, app_on, house, seen, until, until_seen

from mailcrm.core.facade import Notice
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.thread import ThreadScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.widgets.rowlist import RowList


def line_with(screen: str, text: str) -> str:
    return next(line for line in screen.splitlines() if text in line)


async def test_the_most_urgent_stands_first_with_sign_countdown_and_who(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            screen = seen(app)
            assert screen.index("Overdue") < screen.index("María García") < screen.index("At risk")
            assert screen.index("At risk") < screen.index("Jan de Vries") < screen.index("Anna Nowak")
            assert "! late 6h 00m" in line_with(screen, "María García")
            assert "~ in 2h 00m" in line_with(screen, "Jan de Vries")
            assert "in 21h 00m" in line_with(screen, "Anna Nowak")
            assert "Can we get two samples" in line_with(screen, "Anna Nowak")
            assert "file" in line_with(screen, "Anna Nowak")
            assert "needs you 3" in screen


async def test_the_status_bar_tells_the_next_deadline_and_who_works(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "next 16:40 (in 2h 00m)", "nobody fetches or sends")


async def test_sixty_columns_are_enough(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(60, 24)) as pilot:
            await until_seen(pilot, "María García", "late 6h 00m", "¿Cuál es")
            assert max(len(line.rstrip()) for line in seen(app).splitlines()) <= 60


async def test_a_wide_window_shows_the_demand_beside_the_list(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(160, 45)) as pilot:
            await until_seen(pilot, "María García <maria@garcia.example>", "Mon 23 November, 08:40")
            await pilot.press("j")
            await until_seen(pilot, "Jan de Vries <jan@vries.example>", "What is the MOQ?")


async def test_views_by_digit_and_tab_and_an_empty_one_says_what_to_do(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "[1 Now]", "Anna Nowak")
            await pilot.press("6")
            await until_seen(pilot, "[6 Unknown]", "No mail from unknown senders.", "1 goes back")
            await pilot.press("tab")
            await until_seen(pilot, "[7 Before leaving]")
            await pilot.press("shift+tab", "shift+tab")
            await until_seen(pilot, "[5 Quotes]")
            await pilot.press("8")
            await until_seen(pilot, "[8 All]", "Anna Nowak")
            await pilot.press("j")
            assert app.focused is not None


async def test_new_mail_moves_neither_cursor_nor_marks(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("x", "j")
            rows = app.screen.query_one(RowList)
            key, marks = rows.key, set(rows.marks)
            more = tmp_path / "more"
            more.mkdir()
            for number in range(5):
                letter = Letter(f"Late {number} <l{number}@late{number}.example>", "Late", "Where is it?", 40 + number)
                (more / f"{number}.eml").write_bytes(letter.raw(100 + number))
            core.do("import_mail", paths=[str(more)], live=True)
            await until_seen(pilot, "Late 4", "needs you 8")
            assert rows.key == key
            assert rows.marks == marks


async def test_two_hundred_new_mails_while_scrolling_move_neither_cursor_nor_marks(tmp_path: Path) -> None:
    many = tuple(
        Letter(f"Buyer {n:03} <b{n}@firm{n}.example>", f"Order {n}", "When can you ship it?", 2 + n / 10)
        for n in range(60)
    )
    for n in range(200):
        letter = Letter(f"Late {n:03} <l{n}@late{n}.example>", f"Late {n}", "Where is our order?", 26 + n / 10)
        (haul := tmp_path / f"haul{n % 10}").mkdir(exist_ok=True)
        (haul / f"{n:03}.eml").write_bytes(letter.raw(1_000 + n))
    with house(tmp_path, many) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "needs you 60")
            rows = app.screen.query_one(RowList)
            await pilot.press("j", "j", "x", "x")
            marks = set(rows.marks)
            for number in range(10):
                coming = asyncio.to_thread(core.do, "import_mail", paths=[str(tmp_path / f"haul{number}")], live=True)
                task = asyncio.create_task(coming)
                await pilot.press("j", "j", "k")
                key = rows.key
                await task
                await until_seen(pilot, f"needs you {80 + number * 20}")
                assert rows.key == key
                assert rows.marks == marks
            line = next(number for number, item in enumerate(rows.items) if item.key == key)
            assert rows.scroll_offset.y <= line < rows.scroll_offset.y + rows.size.height


async def test_no_reply_needed_goes_at_once_and_undo_brings_it_back(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("n")
            await until(pilot, lambda: "María García" not in seen(app))
            await until_seen(pilot, "No reply needed: noted.")
            await until_seen(pilot, "needs you 2")
            await pilot.press("u")
            await until_seen(pilot, "María García", "needs you 3")


def promised_by_phone() -> bytes:
    """Return a reply of ours to Jan, sent by another client, that only promises."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = ME, JAN.sender, "Re: Price list 2027"
    mail["Date"] = format_datetime(NOW - timedelta(hours=2))
    mail["Message-ID"], mail["In-Reply-To"] = "<promise@brightport.example>", "<letter-0@there.example>"
    mail.set_content("Dear Jan,\n\nwe will check with our factory and revert on Thursday.\n\nLin")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("key", "said", "state"), [("y", "Promised: noted.", "promised"), ("Y", "It was the answer", "closed")]
)
async def test_a_reply_that_only_promises_is_asked_about(tmp_path: Path, key: str, said: str, state: str) -> None:
    with house(tmp_path, (JAN, promised_by_phone())) as core:
        app = app_on(core)
        async with app.run_test(size=(150, 30), notifications=True) as pilot:
            await until_seen(pilot, "We wrote “we will check", "or was it the answer (no)?")
            await pilot.press(key)
            await until_seen(pilot, said)
            (thread,) = core.ask("threads")
            assert thread.state == state
            await pilot.press("u")
            await until_seen(pilot, "We wrote “we will check")


async def test_a_snoozed_row_is_out_of_sight_but_in_all_and_undo_brings_it_back(tmp_path: Path) -> None:
    with house(tmp_path, (ANNA,)) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("s")
            await until_seen(pilot, "Out of sight until when?", "for two hours")
            await pilot.press("1")
            await until_seen(pilot, "Snoozed: back Tue 24 November 16:40", "needs you 0")
            await pilot.press("8")
            await until_seen(pilot, "[8 All]", "Anna Nowak")
            assert "snoozed" in line_with(seen(app), "Anna Nowak")
            await pilot.press("1", "u")
            await until_seen(pilot, "Anna Nowak", "needs you 1")


async def test_a_verb_acts_on_all_marked_rows_and_undo_on_all_of_them(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("x", "space", "n")
            await until_seen(pilot, "[x] late 6h 00m", "[x] in 2h 00m", "2 rows")
            await pilot.press("enter")
            await until(pilot, lambda: "needs you 1" in seen(app))
            await pilot.press("u")
            await until(pilot, lambda: "needs you 3" in seen(app))
            assert not app.screen.query_one(RowList).marks


async def test_before_a_verb_acts_on_many_a_row_is_left_out_or_all_of_it_is(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("x", "x", "x", "n")
            await until_seen(pilot, "3 rows")
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
            assert app.screen.query_one(RowList).marks
            await pilot.press("n")
            await until_seen(pilot, "3 rows")
            await pilot.press("j", "x")
            await until_seen(pilot, "[ ] in 2h 00m", "2 rows")
            await pilot.press("enter")
            await until(pilot, lambda: "needs you 1" in seen(app))
            await until_seen(pilot, "Jan de Vries")


async def test_a_mail_that_came_after_the_list_was_painted_is_not_waived_with_it(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Jan de Vries")
            (later := tmp_path / "later").mkdir()
            again = Letter(JAN.sender, f"Re: {JAN.subject}", "And when can you ship 500 pieces?", 1)
            (later / "again.eml").write_bytes(b"In-Reply-To: <letter-0@there.example>\n" + again.raw(9))
            core._listeners.clear()  # noqa: SLF001  (the screen hears of the mail too late)
            core.do("import_mail", paths=[str(later)], live=True)
            await pilot.press("n")
            await until_seen(pilot, "And when can you ship")
            (thread,) = core.ask("threads")
            assert (thread.state, thread.due) == ("running", NOW + timedelta(hours=23))


THANKS = tuple(
    Letter(f"Buyer {number} <b{number}@done{number}.example>", f"Order {number}", "Thank you, noted.", 5 + number)
    for number in range(3)
)


async def test_what_looks_finished_is_folded_with_its_count_and_unfolds_in_its_place(tmp_path: Path) -> None:
    with house(tmp_path, (JAN, *THANKS)) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "▸ ✓ Looks finished", "looks finished 3")
            assert "Buyer 1" not in seen(app)
            await pilot.press("G", "enter")
            await until_seen(pilot, "▾ ✓ Looks finished", "Buyer 0", "Buyer 1", "Buyer 2")
            await pilot.press("j", "enter")
            await until(pilot, lambda: isinstance(app.screen, ThreadScreen))
            await pilot.press("q", "k", "enter")
            await until(pilot, lambda: "Buyer 1" not in seen(app))


@pytest.mark.parametrize("keys", [("F", "enter"), ("G", "n", "enter")])
async def test_a_looks_finished_group_is_waived_in_two_keys_after_a_look(tmp_path: Path, keys: tuple[str, ...]) -> None:
    with house(tmp_path, (JAN, *THANKS)) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "looks finished 3", "Jan de Vries")
            for key in keys[:-1]:
                await pilot.press(key)
            await until_seen(pilot, "No reply needed", "Buyer 2", "3 rows", "Thank you, noted.")
            await pilot.press(keys[-1])
            await until(pilot, lambda: "looks finished" not in seen(app))
            assert {row.state for row in core.ask("threads") if row.subject.startswith("Order")} == {"waived"}
            assert "Jan de Vries" in seen(app)
            await pilot.press("u")
            await until_seen(pilot, "looks finished 3")


async def test_late_by_the_rule_and_by_office_hours(tmp_path: Path) -> None:
    with house(tmp_path, (MARIA,)) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            # due Tuesday 08:40, now 14:40; the office works from 09:00 to 12:00 and from 13:30 on
            await until_seen(pilot, "Late 6h 00m by the rule, 4h 10m of it office time.")


async def test_the_grade_stands_beside_the_name(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        firm = next(firm for firm in core.ask("companies") if firm.name == "Vries")
        core.do("edit_company", id=firm.id, grade="A")
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "A Jan de Vries", "  Anna Nowak")


async def test_done_is_refused_while_the_customer_waits_and_the_row_comes_back(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("e")
            await until(pilot, lambda: app.screen.query("Toast"))
            await until_seen(pilot, "María García")
            assert "needs you 3" in seen(app)


async def test_answered_elsewhere_by_digit(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("l", "2")
            await until(pilot, lambda: "needs you 2" in seen(app))
            thread = next(row for row in core.ask("threads") if row.subject == MARIA.subject)
            assert thread.state == "closed"


async def test_the_role_of_a_party_by_key(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("P")
            await until_seen(pilot, "forwarder")
            await pilot.press("6")
            await until(pilot, lambda: "needs you 2" in seen(app))


async def test_two_companies_are_made_one_by_key(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        before = core.ask("companies")
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("B")
            await until_seen(pilot, "is the same as")
            await pilot.press("1")
            await until(pilot, lambda: len(core.ask("companies")) == len(before) - 1)
            await pilot.press("u")
            await until(pilot, lambda: core.ask("companies") == before)


async def test_the_kind_of_a_mail_by_key(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("C")
            await until_seen(pilot, "newsletter or mass mail")
            await pilot.press("7")
            await until(pilot, lambda: "needs you 2" in seen(app))


async def test_when_all_is_done_it_says_so(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        for thread in core.ask("threads"):
            core.do("waive", thread=thread.id, reason="test")
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "No mail was fetched yet.")


async def test_the_language_key_switches_every_word_at_once(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(160, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak", "next 16:40", "María García <maria@garcia.example>")
            before = seen(app)
            await pilot.press("L")
            await until_seen(pilot, "«needs you 3»", "«late «6h 00m»»", "«Overdue»", "«Now»", "«reply»")
            await pilot.press("L")
            await until(pilot, lambda: seen(app) == before)


async def test_full_width_letters_count_as_keys(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            rows = app.screen.query_one(RowList)
            first = rows.key
            await pilot.press("ｊ", "ｊ")
            assert rows.key != first
            await pilot.press("ｇ", "ｇ")
            assert rows.key == first
            await pilot.press("８")
            await until_seen(pilot, "[8 All]")
            await pilot.press("？")
            await until_seen(pilot, "Why, and which keys")
            await pilot.press("ｑ")
            await until(pilot, lambda: isinstance(app.screen, WorklistScreen))


async def test_chords_and_remapped_keys(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core, {"verb.waive": "c n", "list.down": "f5"})
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak", "c n no reply")
            await pilot.press("n", "c", "j")
            assert "needs you 3" in seen(app), "neither the old key nor half a chord does it"
            await pilot.press("f5", "G", "g", "g", "c", "n")
            await until(pilot, lambda: "needs you 2" in seen(app))
            assert "María García" not in seen(app)


async def test_enter_opens_the_thread_and_q_goes_back_and_out(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("G", "enter")
            await until_seen(pilot, ANNA.text, "nozzle.pdf", "due Wed 11:40", "in 21h 00m")
            assert isinstance(app.screen, ThreadScreen)
            await pilot.press("q")
            await until_seen(pilot, JAN.text[:20])
            await pilot.press("q")
        assert app.return_code == 0


async def test_the_palette_finds_a_verb_by_its_words(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("ctrl+p", *"no reply needed", "enter")
            await until(pilot, lambda: "needs you 2" in seen(app))
            await pilot.press("ctrl+p", *"outgoing", "enter")
            await until_seen(pilot, "Outgoing mail")


async def test_search_finds_and_opens(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("slash", *"nozzle")
            await until_seen(pilot, "1 mail")
            await pilot.press("enter", "enter")
            await until_seen(pilot, ANNA.text)


async def test_why_tells_the_ledger_and_the_keys(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 64)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("question_mark")
            await until_seen(pilot, "Mon 23 November, 08:40", "Send a holding reply with an estimate", "Ctrl-P"[:4])
            ledger = core.ask("explain", id=next(r.id for r in core.ask("threads") if r.subject == MARIA.subject))
            assert str(ledger[0].rule)[:40] in seen(app)


async def test_a_long_reading_of_mail_tells_how_far_it_is(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "mail not fetched yet")
            tell = core._tell  # noqa: SLF001  (what a sync in this process tells)
            tell(Notice("progress", {"folder": "INBOX", "done": 4_200, "total": 20_000}))
            await until_seen(pilot, "↻ INBOX 4200 of 20000")
            tell(Notice("progress", {"folder": "Sent", "done": 20, "total": 30}))  # too short to follow
            await until_seen(pilot, "mail not fetched yet")


def all_told(app: MailcrmApp) -> None:
    for screen in app.mail_screens():
        screen.core_changed(frozenset({"health"}))
        screen.core_changed(frozenset({"turns"}))


async def test_news_that_comes_while_a_screen_is_built_or_taken_down_disturbs_nothing(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            second = WorklistScreen()
            built = app.push_screen(second)
            all_told(app)
            await built
            await until_seen(pilot, "Anna Nowak")
            second.remove()
            while second in app.screen_stack and second.is_running:
                all_told(app)
                await asyncio.sleep(0)


async def test_the_pane_follows_what_becomes_of_the_row_under_the_cursor(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(160, 45)) as pilot:
            await until_seen(pilot, "Anna Nowak", "Unanswered since", MARIA.text[:20])
            (later := tmp_path / "later").mkdir()
            again = Letter(MARIA.sender, f"Re: {MARIA.subject}", "Have you forgotten us? We need the price.", 0.1)
            reply = b"In-Reply-To: <letter-1@there.example>\n" + again.raw(9)
            (later / "again.eml").write_bytes(reply)
            core.do("import_mail", paths=[str(later)], live=True)
            await until_seen(pilot, "Have you forgotten us? We need the price.")


async def test_a_list_that_a_letter_covers_is_asked_anew_when_it_is_seen_again(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Jan de Vries")
            below = app.screen
            assert isinstance(below, WorklistScreen)
            await pilot.press("enter")
            await until_seen(pilot, JAN.text[:20])
            before = below.worklist
            (later := tmp_path / "later").mkdir()
            (later / "anna.eml").write_bytes(ANNA.raw(7))
            core.do("import_mail", paths=[str(later)], live=True)
            await until(pilot, lambda: "mail" in below.missed)
            assert below.worklist is before
            await pilot.press("q")
            await until_seen(pilot, "Anna Nowak", "needs you 2")
