"""A thread to read: the current mail, what is folded, where it begins, and what more there is to a mail."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.house import ANNA, JAN, ME, NOW, app_on, house, seen, until, until_seen

from mailcrm.core.facade import Core
from mailcrm.queries.rows import MessageRow, ThreadRow
from mailcrm.tui.screens.files import FilesScreen
from mailcrm.tui.screens.thread import ThreadScreen
from mailcrm.tui.widgets import safe

THEM = "Piet Bakker <piet@bakker.example>"


def mail(
    number: int, sender: str, text: str, ago: float, *, subject: str = "Flanges", html: str = "", file: str = ""
) -> bytes:
    """Return a mail of one long conversation with Piet; each answers the one before."""
    letter = EmailMessage()
    at = format_datetime(NOW - timedelta(hours=ago))
    letter["Received"] = f"from there by here with ESMTP; {at}"
    letter["From"], letter["To"], letter["Date"] = sender, ME if sender == THEM else THEM, at
    letter["Subject"], letter["Message-ID"] = subject, f"<flange-{number}@there.example>"
    if number:
        letter["In-Reply-To"] = f"<flange-{number - 1}@there.example>"
    letter.set_content(text)
    if html:
        letter.add_alternative(html, subtype="html")
    if file:
        letter.add_attachment(b"%PDF-1.4 drawing", maintype="application", subtype="pdf", filename=file)
    return letter.as_bytes()


def talk() -> tuple[bytes, ...]:
    """Return three answered questions, then one that waits, then a colleague's word among ourselves."""
    said = [
        mail(
            2 * place + who,
            (THEM, ME)[who],
            f"{('Question', 'Answer')[who]} number {place}. " + "More words. " * 40,
            90 - 10 * place - who,
        )
        for place in range(3)
        for who in (0, 1)
    ]
    waits = mail(6, THEM, "Which gasket fits the DN80 flange?", 20, file="drawing.pdf")
    inside = mail(7, "Zhang Min <min@brightport.example>", "I ask the workshop.", 1)
    return (*said, waits, inside.replace(f"To: {THEM}".encode(), f"To: {ME}".encode()))


def screen_of(pilot: Pilot[None]) -> ThreadScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ThreadScreen)
    return screen


def current(pilot: Pilot[None]) -> str:
    """Return the line that the cursor stands on."""
    return next((line for line in seen(pilot.app).splitlines() if line.strip().startswith("▸")), "")


async def test_it_begins_at_the_oldest_mail_that_waits_and_old_ones_are_a_line_each(tmp_path: Path) -> None:
    with house(tmp_path, talk()) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "Piet Bakker")
            await pilot.press("enter")
            await until_seen(pilot, "Which gasket fits the DN80 flange?", "waits for an answer", "I ask the workshop.")
            await until(pilot, lambda: "Piet Bakker" in current(pilot))
            await pilot.press("g", "g")
            await until(pilot, lambda: "Question number 0" in current(pilot))
            assert seen(app).count("Question number") == 3
            assert "Question number 0. More words." not in seen(app)
            await pilot.press("enter")
            await until_seen(pilot, "Question number 0. More words.")
            await pilot.press("enter", "Z")
            await until(pilot, lambda: seen(app).count("More words. More words.") > 9)
            await pilot.press("Z")
            await until(pilot, lambda: seen(app).count("Question number") == 3)


async def test_j_and_k_in_capitals_move_the_current_mail_and_scrolling_keeps_it_in_sight(tmp_path: Path) -> None:
    with house(tmp_path, talk()) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "Piet Bakker")
            await pilot.press("enter")
            await until(pilot, lambda: "Piet Bakker" in current(pilot))
            await pilot.press("K")
            await until(pilot, lambda: "Lin Wei" in current(pilot))
            await pilot.press("J", "J")
            await until(pilot, lambda: "Zhang Min" in current(pilot))
            await pilot.press("g", "g")
            await until(pilot, lambda: "Question number 0" in current(pilot))
            await pilot.press("Z", "G")
            await until(pilot, lambda: current(pilot) and "Question number 0" not in current(pilot))


async def test_what_is_corrected_is_the_current_mail_and_is_taken_back_by_one_key(tmp_path: Path) -> None:
    with house(tmp_path, talk()) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 30), notifications=True) as pilot:
            await until_seen(pilot, "Piet Bakker")
            await pilot.press("enter")
            await until(pilot, lambda: "Piet Bakker" in current(pilot))
            (waits,) = [one for one in thread(core).messages if one.waiting]
            await pilot.press("p")
            await until_seen(pilot, "for? Now:", "a complaint")
            await pilot.press("5")
            await until_seen(pilot, "This mail is now: a complaint.")
            assert message(core, waits.id).purpose == "complaint"
            await pilot.press("u")
            await until(pilot, lambda: message(core, waits.id).purpose == waits.purpose)
            await pilot.press("g", "g", "C")
            await until_seen(pilot, "What kind of mail", "newsletter or mass mail")
            await pilot.press("7")
            await until(pilot, lambda: thread(core).messages[0].kind != "human")
            assert message(core, waits.id).kind == "human"
            await pilot.press("J", "C")
            await until_seen(pilot, "This mail is our own.")


def thread(core: Core) -> ThreadRow:
    found: ThreadRow = core.ask("thread", id="flange-6@there.example")
    return found


def message(core: Core, id_: str) -> MessageRow:
    return next(one for one in thread(core).messages if one.id == id_)


async def test_beside_the_list_stands_the_demand_and_not_the_colleague_who_wrote_after_it(tmp_path: Path) -> None:
    with house(tmp_path, talk()) as core:
        app = app_on(core)
        async with app.run_test(size=(160, 45)) as pilot:
            await until_seen(pilot, "Which gasket fits the DN80 flange?", "Piet Bakker <piet@bakker.example>")
            assert "I ask the workshop." not in seen(app).split("Piet Bakker <piet@bakker.example>")[1]


async def test_every_mail_of_ours_tells_what_became_of_it(tmp_path: Path) -> None:
    back = (
        b"From: mailer-daemon@there.example\nTo: lin@brightport.example\nSubject: Undelivered Mail Returned to Sender\n"
        b"Message-ID: <back@there.example>\nDate: Mon, 23 Nov 2026 20:00:00 +0800\nMIME-Version: 1.0\n"
        b"In-Reply-To: <flange-1@there.example>\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n\nIt came back.\n--b\n'
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; there.example\n\n"
        b"Final-Recipient: rfc822; piet@bakker.example\nAction: failed\nStatus: 5.1.1\n\n--b\n"
        b"Content-Type: message/rfc822\n\nMessage-ID: <flange-1@there.example>\nSubject: Re: Flanges\n\nx\n--b--\n"
    )
    with house(tmp_path, (mail(0, THEM, "Do you make DN80 flanges?", 30), mail(1, ME, "Yes.", 20), back)) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Piet Bakker")
            await pilot.press("8", "enter")
            await until_seen(pilot, "Yes.", "✗ came back")
            core.do("reply", thread="flange-0@there.example", body="We do.", mode="draft")
            await until_seen(pilot, ". draft")


async def test_the_head_tells_whose_clock_and_whose_words(tmp_path: Path) -> None:
    letter = (
        b"Received: from mail.bakker.example (mail.bakker.example [9.9.9.9]) by mx.brightport.example; Tue, 24 Nov 2026 06:00:00 +0000\n"
        b"Authentication-Results: mx.elsewhere.example; spf=pass; dmarc=fail\n"
        b"From: Piet <piet@bakker.example>\nReply-To: piet@bakkker.example\nTo: lin@brightport.example\nSubject: Account\n"
        b"Message-ID: <head@bakker.example>\nDate: Tue, 24 Nov 2026 02:00:00 +0000\n\nOur new bank account is DE89 3704 0044 0532 0130 00. When do you pay?\n"
    )
    with house(tmp_path, (letter,)) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 45)) as pilot:
            await until_seen(pilot, "Piet")
            await pilot.press("enter")
            await until(pilot, lambda: "Piet" in current(pilot))
            await pilot.press("i")
            await until_seen(pilot, "answers go to another domain", "a bank account stands in the text")
            await until_seen(pilot, "piet@bakkker.example", "head@bakker.example", "4h 00m before it arrived")
            await until_seen(
                pilot, "✓ pass", "! fail", "Not one of our own servers says so", "mail.bakker.example 9.9.9.9"
            )
            await pilot.press("q")
            await until(pilot, lambda: "Piet" in current(pilot))


def papers(tmp_path: Path) -> Path:
    """Return a directory where a file of ours has the name of Anna's."""
    place = tmp_path / "papers"
    place.mkdir()
    (place / "nozzle.pdf").write_bytes(b"mine")
    return place


def lying_in(place: Path) -> dict[str, tuple[bytes, int]]:
    """Return the files of a directory: what is in them, and who may read them."""
    return {path.name: (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) for path in place.iterdir()}


async def test_a_file_is_saved_where_the_person_says_and_never_over_another(tmp_path: Path) -> None:
    place = papers(tmp_path)
    with house(tmp_path, (ANNA,)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("enter")
            await until_seen(pilot, "nozzle.pdf", "@ saves or opens them")
            await pilot.press("@")
            await until_seen(pilot, "Files of this conversation", "PDF", "8 B")
            await pilot.press("s")
            await until_seen(pilot, "Into which directory?")
            app.screen.query_one(safe.Field).put(str(tmp_path / "nowhere"))
            await pilot.press("enter")
            await until_seen(pilot, "is no directory.")
            await pilot.press("enter")
            await until_seen(pilot, "Into which directory?")
            app.screen.query_one(safe.Field).put(str(place))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, FilesScreen) and "nozzle (2).pdf" in app.screen.note)
    found = lying_in(place)
    assert found.pop("nozzle.pdf")[0] == b"mine"
    assert found == {"nozzle (2).pdf": (b"%PDF-1.4", 0o600)}


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Let the system's opener be a program that writes down what it is given; return what that was."""
    program, told = tmp_path / "bin" / "xdg-open", tmp_path / "opened.txt"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >>"{told}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":9")
    return lambda: told.read_text().split() if told.exists() else []


def is_private(path: Path) -> bool:
    """Whether a file and the directory around it are for nobody else."""
    return [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent)] == [0o600, 0o700]


async def test_only_a_harmless_file_is_opened_and_only_by_its_key(
    tmp_path: Path, opened: Callable[[], list[str]]
) -> None:
    letter = mail(0, THEM, "Please look.", 5, file="drawing.pdf")
    trap = mail(1, THEM, "And this?", 4, file="drawing2.pdf").replace(
        b"JVBERi0xLjQgZHJhd2luZw==", b"TVqQAAMAAAAEAAAA//8AALg="
    )
    with house(tmp_path, (letter, trap)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until_seen(pilot, "Piet Bakker")
            await pilot.press("enter")
            await until_seen(pilot, "drawing.pdf")
            await pilot.press("@")
            await until_seen(pilot, "Files of this conversation")
            assert opened() == []
            await pilot.press("o")
            await until(pilot, opened)
            await until_seen(pilot, "a PDF document")
            await pilot.press("j", "o")
            await until_seen(pilot, "drawing2.pdf is a program")
    (path,) = opened()
    assert path.endswith("drawing.pdf")
    assert is_private(Path(path))


async def test_links_tell_their_real_host_and_open_only_after_a_look(
    tmp_path: Path, opened: Callable[[], list[str]]
) -> None:
    html = (
        '<p>See <a href="https://pay.evil.example/x">www.bakker.example</a>, <a href="mailto:piet@bakker.example">write me</a>'
        ' or <a href="https://b\u00e4kker.example/">the shop</a>.</p>'
    )
    with house(tmp_path, (mail(0, THEM, "See our shop. Is it good?", 5, html=html),)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until_seen(pilot, "Piet Bakker")
            await pilot.press("enter")
            await until(pilot, lambda: "Piet" in current(pilot))
            await pilot.press("o")
            await until_seen(
                pilot, "! pay.evil.example", "https://pay.evil.example/x", "name another house: www.bakker.example"
            )
            await pilot.press("enter")
            await until_seen(pilot, "o opens it, y copies it.")
            assert opened() == []
            assert app.clipboard == ""
            await pilot.press("y")
            await until(pilot, lambda: app.clipboard == "https://pay.evil.example/x")
            await pilot.press("j", "o")
            await until_seen(pilot, "Only pages of the web are opened")
            await pilot.press("j")
            await until_seen(pilot, "https://xn--bkker-gra.example/", "may look like others")
            await pilot.press("o")
            await until(pilot, opened)
    assert opened() == ["https://xn--bkker-gra.example/"]


async def test_a_link_of_an_html_mail_has_its_host_beside_its_words(tmp_path: Path) -> None:
    letter = (
        f"From: {THEM}\nTo: {ME}\nSubject: Shop\nMessage-ID: <shop@bakker.example>\nDate: Tue, 24 Nov 2026 05:00:00 +0000\n"
        'Content-Type: text/html\n\n<p>Is <a href="https://tracker.example/very/long/way?x=1">our shop</a> of use to you?</p>\n'
    )
    with house(tmp_path, (letter.encode(),)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "Piet Bakker")
            await pilot.press("enter")
            await until_seen(pilot, "Is our shop [1 tracker.example] of use to you?")


async def test_a_thread_that_changes_leaves_the_current_mail_where_it_is(tmp_path: Path) -> None:
    with house(tmp_path, (*talk(), JAN)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "Piet Bakker")
            app.push_screen(ThreadScreen(thread(core).id))
            await until(pilot, lambda: "Piet Bakker" in current(pilot))
            await pilot.press("K")
            await until(pilot, lambda: "Lin Wei" in current(pilot))
            here = screen_of(pilot).pager.current
            core.do("note", about=thread(core).id, text="Piet is in Ningbo this week.")
            await until(pilot, lambda: (shown := screen_of(pilot).thread) and shown.notes)
            assert screen_of(pilot).pager.current == here
            await pilot.press("G")
            await until_seen(pilot, "Piet is in Ningbo this week.")
