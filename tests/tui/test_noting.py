"""What a person writes down and answers by keys: questions, notes, tasks, calls."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from tui.house import ANNA, JAN, MARIA, ME, NOW, Letter, app_on, house, seen, until, until_seen


def from_the_phone(to: str, subject: str, words: str) -> bytes:
    """Return a mail of ours that another client sent, without any reference to what it answers."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = ME, to, subject
    mail["Date"] = format_datetime(NOW - timedelta(hours=1))
    mail["Message-ID"] = f"<{subject.encode().hex()}@brightport.example>"
    mail.set_content(words)
    return mail.as_bytes()


async def test_all_questions_are_answered_with_one_key_and_taken_back_with_one(tmp_path: Path) -> None:
    replies = [
        from_the_phone(MARIA.sender, "RE: Plazo de entrega", "30 dias."),
        from_the_phone(ANNA.sender, "RE: Sample", "We send two nozzles."),
    ]
    with house(tmp_path, (JAN, MARIA, ANNA, *replies)) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 30), notifications=True) as pilot:
            await until_seen(pilot, "María García", "Jan de Vries", "Anna Nowak")
            assert "needs you 3" in seen(app)
            await pilot.press("g", "g")
            questions = [row.id for row in core.ask("worklist", view="now").rows if row.kind == "question"]
            for place, row in enumerate(core.ask("worklist", view="now").rows):
                if row.id in questions:
                    await pilot.press("g", "g", *(["j"] * place), "x")
            await pilot.press("y")
            await until(pilot, lambda: "needs you 1" in seen(app))
            assert {row.state for row in core.ask("threads")} == {"closed", "at_risk", "idle"}
            await pilot.press("u")
            await until(pilot, lambda: "needs you 3" in seen(app))


async def test_a_question_is_not_red_and_says_what_it_asks(tmp_path: Path) -> None:
    reply = from_the_phone(MARIA.sender, "RE: Plazo de entrega", "30 dias.")
    with house(tmp_path, (MARIA, reply)) as core:
        app = app_on(core)
        async with app.run_test(size=(150, 30), notifications=True) as pilot:
            await until_seen(pilot, "Does our mail “RE: Plazo de entrega”")
            assert "Overdue" not in seen(app)
            await pilot.press("Y")
            await until_seen(pilot, "It was no answer to this: noted.")
            await until_seen(pilot, "Overdue")


async def test_a_task_by_keys_stands_on_the_list_until_it_is_done(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 30), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            await pilot.press("c", "t")
            await until_seen(pilot, "What is to be done?")
            await pilot.press(*"ring", "enter")
            await until_seen(pilot, "Task noted.")
            await pilot.press("8")
            await until_seen(pilot, "ring")
            await pilot.press("G", "e")
            await until_seen(pilot, "Task done.")
            assert core.ask("tasks") == ()


async def test_a_note_by_keys(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 30), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            await pilot.press("c", "n")
            await until_seen(pilot, "What is to be remembered?")
            await pilot.press(*"tea", "enter")
            await until_seen(pilot, "Noted.")
            await pilot.press("enter")
            await until_seen(pilot, ", note", "tea")


@pytest.mark.parametrize(("digit", "states"), [("1", {"closed"}), ("2", {"at_risk", "running"})])
async def test_a_call_by_keys_stops_the_clock_or_starts_one(tmp_path: Path, digit: str, states: set[str]) -> None:
    with house(tmp_path, (JAN,)) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 30), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            await pilot.press("c", "l")
            await until_seen(pilot, "How did you speak with the customer?")
            await pilot.press("1")
            await until_seen(pilot, "What was said?")
            await pilot.press(*"hello", "enter")
            await until_seen(pilot, "Who waits now?")
            await pilot.press(digit)
            await until_seen(pilot, "noted.")
            assert {row.state for row in core.ask("threads")} == states


async def test_a_letter_that_means_something_by_itself_begins_no_chord(tmp_path: Path) -> None:
    with house(tmp_path, (JAN,)) as core:
        core.do("reply", thread=core.ask("threads")[0].id, mode="queue", body="It is 1.20.")
        app = app_on(core)
        async with app.run_test(size=(120, 30), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            await pilot.press("O")
            await until_seen(pilot, "can be taken back")
            await pilot.press("c")
            await until(pilot, lambda: core.ask("outbox")[0].state == "cancelled")


async def test_case_34_the_composer_offers_what_else_the_customer_waits_for(tmp_path: Path) -> None:
    packing = Letter(JAN.sender, "PO 8812 packing", "When is it packed?", 2)
    with house(tmp_path, (JAN, packing)) as core:
        app = app_on(core)
        async with app.run_test(size=(140, 40), notifications=True) as pilot:
            await until_seen(pilot, "Price list 2027", "When is it packed?")
            await pilot.press("g", "g", "r")
            await until_seen(pilot, "[ ] it answers “PO 8812 packing” too")
            await pilot.press("ctrl+g", *["j"] * 5, "space")
            await until_seen(pilot, "[x] it answers “PO 8812 packing” too")
            await pilot.press("escape", *"ok", "escape")
            await until(pilot, lambda: [row.state for row in core.ask("outbox")] == ["draft"])
            (draft,) = core.ask("outbox")
            other = next(row for row in core.ask("threads") if row.subject == "PO 8812 packing")
            assert draft.also == (other.messages[0].id,)
            await pilot.press("O")
            await until_seen(pilot, "draft")
            await pilot.press("enter")
            await until_seen(pilot, "[x] it answers “PO 8812 packing” too")
