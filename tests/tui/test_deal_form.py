"""Forms: what they ask, how an answer is found, what is told when it doesn't fit, and that nothing leaves unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.house import app_on, house, seen, until, until_asked, until_seen

from mailcrm.core.facade import Core, Outcome
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import say
from mailcrm.queries.rows import FormRow
from mailcrm.tui.answers import blamed
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.screens.dealform import DealForm, Errand, begin_form
from mailcrm.tui.screens.lookfirst import LookFirst
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.paths import completed


def task(core: Core, **more: object) -> FormRow:
    """A form of a verb that there is anyway, on the first thread."""
    thread = core.ask("worklist", view="all").rows[0].thread_id
    questions = {"text": say("What is to be done?"), "due": say("Until when?")}
    return FormRow("task_add", say("A task"), {"about": thread}, questions, {"due": "+1wd"}, **more)  # type: ignore[arg-type]


def letter(core: Core) -> FormRow:
    """A mail of a few words, as a form."""
    thread = core.ask("worklist", view="all").rows[0].thread_id
    asked = {"body": say("What do we say?"), "template": say("Which template?")}
    return FormRow(
        "reply", say("Send it"), {"thread": thread, "mode": "queue"}, asked, optional=("template",), outward=True
    )


def begin(app: MailcrmApp, form: FormRow) -> list[Outcome]:
    done: list[Outcome] = []
    screen = app.screen
    assert isinstance(screen, MailScreen)
    begin_form(screen, Errand(form, done.append))
    return done


async def test_enter_goes_from_field_to_field_and_does_it_in_the_last(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            done = begin(app, task(core))
            await until_asked(pilot)
            await pilot.press("enter")
            assert isinstance(app.screen, DealForm), "the last field has an answer, but this one has none"
            await pilot.press("enter")
            await until_seen(pilot, "an answer is needed")
            await pilot.press(*"Ask", "enter", "enter")
            await until(pilot, lambda: done)
            assert [str(row.title) for row in core.ask("tasks")] == ["Ask"]


async def test_an_answer_that_does_not_fit_is_told_beside_its_question(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            done = begin(app, task(core))
            await until_asked(pilot)
            form = app.screen
            assert isinstance(form, DealForm)
            form.query_one("#v-text", safe.Field).put("Ask")
            form.query_one("#v-due", safe.Field).put("some day")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: "due" in form.wrong)
            assert form.answers == {"text": "Ask", "due": "some day"}
            assert not done
            await pilot.press("escape")
            await until(pilot, lambda: not isinstance(app.screen, DealForm))
            assert not core.ask("tasks")


async def test_what_leaves_the_house_is_looked_at_first(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "Jan de Vries")
            done = begin(app, letter(core))
            await until_asked(pilot)
            await pilot.press(*"Yes", "enter", *"fine", "ctrl+s")
            await until(pilot, lambda: getattr(app.screen, "wrong", None))
            assert list(app.screen.wrong) == ["template"], "refused before the look, beside its question"  # type: ignore[attr-defined]
            app.screen.query_one("#v-template", safe.Field).put("")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(app.screen, LookFirst))
            await until_seen(pilot, "To", "García", "Re: Plazo", "Lin Wei, Brightport Export", "lets it leave")
            assert not core.ask("outbox"), "it was only looked at"
            await pilot.press("escape")
            await until_asked(pilot)
            assert "Yes" in seen(app), "nothing typed is lost"
            await pilot.press("ctrl+s")
            await until_seen(pilot, "lets it leave")
            await pilot.press("enter")
            await until(pilot, lambda: done)
            await until_seen(pilot, "leaves in 15s")
            assert [row.state for row in core.ask("outbox")] == ["held"]
            await pilot.press("u")
            await until(pilot, lambda: [row.state for row in core.ask("outbox")] == ["cancelled"])


async def test_a_verb_without_questions_is_done_at_once(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        thread = core.ask("worklist", view="all").rows[0].thread_id
        app = app_on(core)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries")
            done = begin(app, FormRow("note", say("Note it"), {"about": thread, "text": "noted"}))
            await until(pilot, lambda: done)
            assert not isinstance(app.screen, DealForm)


async def test_a_file_is_completed_as_it_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "photo of a nozzle.jpg").write_bytes(b"")
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 24)) as pilot:
            await until_seen(pilot, "Jan de Vries")
            begin(app, FormRow("photo_sample", say("A photo"), {"id": "s1"}, {"files": say("Which file?")}))
            await until_asked(pilot)
            field = app.screen.query_one("#v-files", safe.Field)
            await until_seen(pilot, "completes it")
            await pilot.press(*"~/phot")
            await until(pilot, lambda: "photo of a nozzle" in seen(app))
            await pilot.press("right")
            assert field.value == "~/photo of a nozzle.jpg"


def test_names_of_files_are_completed_as_far_as_there_are_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / "bell\x07.jpg").touch()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert completed("~/pho") == "~/photos/"
    assert completed("~/photos/o") == "~/photos/one.jpg"
    assert completed("a.jpg, ~/photos/o") == "a.jpg, ~/photos/one.jpg"
    for typed in ("", "~/", "~/x", "~/.hid", "~/bell", "~nobody-here/x", "/nowhere/x"):
        assert completed(typed) is None


@pytest.mark.parametrize(
    ("answers", "blame"),
    [
        ({"a": "soon", "b": "later"}, "a"),
        ({"a": "soon", "b": "soon"}, ""),
        ({"a": "", "b": "later"}, ""),
    ],
)
def test_the_question_is_blamed_whose_answer_the_error_quotes(answers: dict[str, str], blame: str) -> None:
    assert blamed(MailcrmError(say("{day} is no day.", day="soon")), answers) == blame
