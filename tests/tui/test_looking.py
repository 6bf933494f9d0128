"""What is looked at while a reply is written: ticks, forgotten files, wrong names, open promises. Nothing blocks."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.house import Letter, app_on, house, leaving, seen, until, until_seen
from tui.test_writing import newest, on

from mailcrm.bootstrap.places import catalogue
from mailcrm.domain import words
from mailcrm.tui.screens.composer import ComposerScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.widgets.aside import Aside
from mailcrm.tui.widgets.safe import Field, Writing

ASKING = Letter(
    "Jan de Vries <jan@vries.example>",
    "Pumps",
    "Dear Lin,\n\n1. What is your best price FOB Ningbo?\n2. What is the MOQ?\n3. Lead time\n\nBest regards\nJan",
    22,
)
OTHER = Letter("María García <maria@garcia.example>", "Plazo", "¿Cuál es el plazo de entrega?", 3)
LETTERS = (ASKING, OTHER)


async def writing(pilot: Pilot[None], text: str = "") -> None:
    """Open the composer on Jan's mail and type."""
    await until_seen(pilot, "Jan de Vries")
    await pilot.press("r")
    await until_seen(pilot, "Jan de Vries <jan@vries.example>", "[ ] What is the MOQ?")
    if text:
        pilot.app.screen.query_one(Writing).put(text, at_end=True)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_questions_are_ticks_that_the_reply_sets(tmp_path: Path, size: tuple[int, int]) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=size) as pilot:
            await writing(pilot, "The price is USD 2.10 FOB Ningbo, MOQ 500 pcs.")
            await until_seen(pilot, "[x] What is your best price", "[x] What is the MOQ?", "[ ] Lead time")
            app.screen.query_one(Writing).put("Thank you.")
            await until_seen(pilot, "[ ] What is your best price", "[ ] What is the MOQ?")


async def test_a_person_ticks_and_goes_on_writing(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await writing(pilot, "Yes. ")
            await until_seen(pilot, "Ctrl-G questions")
            await pilot.press("ctrl+g")
            await until_seen(pilot, "Space tick", "Esc back to the text")
            await pilot.press("space", "j", "x")
            await until_seen(pilot, "[x] What is your best price", "[ ] What is the MOQ?", "[x] Lead time")
            await pilot.press("q", *"qx")
            assert app.screen.query_one(Writing).text == "Yes. qx", "back in the text a letter is text"
            await until_seen(pilot, "[x] Lead time")
            await pilot.press("ctrl+g", "k", "k", "space")
            await until_seen(pilot, "[ ] What is your best price")


async def test_open_questions_don_t_cost_a_key(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await writing(pilot)
            await pilot.press(*"Yes.", "ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            assert newest(core).body == "Yes."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Please find our price list attached.", "! Ctrl-F No file is attached"),
        ("Dear María,\nthe price is 2.", "! Another customer's name: “María García”"),
    ],
)
async def test_it_asks_once_and_then_sends(tmp_path: Path, text: str, told: str) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, text)
            await pilot.press("ctrl+s")
            await until_seen(pilot, told, "Ctrl-S again sends it all the same")
            assert leaving(core) == ()
            await pilot.press("ctrl+s")
            await until_seen(pilot, "leaves in 15s")


async def test_it_asks_again_about_something_new(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, "See attached.")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "Ctrl-S again")
            app.screen.query_one("#cc", Field).put("eve@elsewhere.example")
            await until_seen(pilot, "! Not in this conversation so far: eve@elsewhere.example")
            await until(pilot, lambda: "Ctrl-S again" not in seen(app))
            await pilot.press("ctrl+s")
            await until_seen(pilot, "Ctrl-S again")
            assert leaving(core) == ()
            app.screen.query_one("#cc", Field).put("")
            app.screen.query_one(Writing).put("30 days.")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "leaves in 15s")


async def test_the_file_that_was_announced_is_named_and_leaves_with_it(tmp_path: Path) -> None:
    (tmp_path / "price list.pdf").write_bytes(b"%PDF-1.4")
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, "Please find our price list attached.")
            await until_seen(pilot, "Ctrl-F file")
            await pilot.press("ctrl+f")
            app.screen.query_one("#files", Field).put(str(tmp_path / "no such.pdf"))
            await pilot.press("ctrl+s")
            await until_seen(pilot, "No such file or directory")
            app.screen.query_one("#files", Field).put("~no-such-person/price list.pdf")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "~no-such-person/price list.pdf can't be read")
            app.screen.query_one("#files", Field).put(str(tmp_path / "price list.pdf"))
            await until(pilot, lambda: "No file is attached" not in seen(app))
            await pilot.press("ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            assert newest(core).attachments == (str(tmp_path / "price list.pdf"),)


async def test_a_promise_becomes_a_holding_reply_by_one_key(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, "We will check with our factory and revert on Thursday.")
            await until_seen(pilot, "? Ctrl-L Until when?", "Ctrl-L until when")
            await pilot.press("ctrl+l")
            await until_seen(pilot, "Holding reply", "2026-11-26 18:00", "Thu 26 November, 18:00, our time")
            await until(pilot, lambda: "Until when?" not in seen(app))
            await pilot.press("ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            row = newest(core)
            assert row.estimate is not None
            assert row.estimate.isoformat() == "2026-11-26T10:00:00+00:00", (
                "the end of office on the day that the text names"
            )


async def test_the_same_key_makes_it_an_answer_again(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, "It takes a while.")
            await pilot.press("ctrl+l")
            await until_seen(pilot, "2026-11-25 17:00", "? The text doesn't tell the customer until when")
            await pilot.press("ctrl+l")
            await until(pilot, lambda: "2026-11-25 17:00" not in seen(app))
            await pilot.press("ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            assert newest(core).estimate is None


async def test_an_estimate_that_is_none_is_told_in_place(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, "Will revert on Thursday.")
            await pilot.press("ctrl+l")
            await until_seen(pilot, "2026-11-26 18:00")
            app.screen.query_one("#until", Field).put("2026-11-01")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "A promise must lie in the future")
            assert leaving(core) == ()


async def test_a_draft_comes_back_with_its_estimate_and_its_files(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, "Will revert on Thursday.")
            await pilot.press("ctrl+l")
            await until_seen(pilot, "2026-11-26 18:00")
            await pilot.press("ctrl+f")
            app.screen.query_one("#files", Field).put("a.pdf; b.pdf")
            await pilot.press("ctrl+o")
            await until(pilot, lambda: on(app, WorklistScreen))
            await pilot.press("O")
            await until_seen(pilot, "draft", "Will revert")
            await pilot.press("enter")
            await until(pilot, lambda: on(app, ComposerScreen) and "Will revert" in app.screen.query_one(Writing).text)
            aside = app.screen.query_one(Aside)
            assert aside.hold == "2026-11-26T10:00:00+00:00"
            assert aside.files == ("a.pdf", "b.pdf")
            await pilot.press("escape")
            await until(pilot, lambda: not on(app, ComposerScreen))
            assert len(core.ask("outbox")) == 1, "nothing was changed, nothing is kept twice"


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "pt", "ru", "zh"])
def test_our_own_templates_need_no_second_look(tmp_path: Path, language: str) -> None:
    with house(tmp_path, LETTERS) as core:
        thread = next(row.id for row in core.ask("threads") if row.subject == ASKING.subject)
        for reason in ("price", "factory", "sample", "documents", "other"):
            held = core.ask("preview", thread=thread, template="holding", hold="+2wd", reason=reason, language=language)
            assert (held.checks, held.promised) == ((), None)


async def test_the_words_of_the_checks_follow_the_language(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, "See attached.")
            await until_seen(pilot, "No file is attached")
            app.action_language()
            await until_seen(pilot, "«No file is attached")


async def test_in_chinese(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        words.install("zh", catalogue("zh"))
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await writing(pilot, "尊敬的María García：报价单见附件。确认后周五回复您。")
            await until_seen(
                pilot, "! 另一个客户的名字：“María García”", "! Ctrl-F 没有附件", "? Ctrl-L 到什么时候？", "Ctrl-G 问题"
            )
            await pilot.press("ctrl+s")
            await until_seen(pilot, "再按一次 Ctrl-S 照样发送")
            await pilot.press("ctrl+l")
            await until_seen(pilot, "2026-11-27 18:00", "11月27日 周五 18:00（我方时间）")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "15秒")
            assert newest(core).estimate is not None
