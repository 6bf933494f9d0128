"""import-mail: files in, once, as history unless asked otherwise. On both databases."""

from __future__ import annotations

import mailbox
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ingest.mailroom import GO_LIVE, NOW, REP, Mailroom, letter

from mailcrm.domain.errors import UsageError
from mailcrm.queries.rows import ImportReport
from mailcrm.records import Message, QuarantinedMail, TurnRecord

JAN = "Jan Smit <jan@acme.example>"
RECEIVED = "Received: from a.example by b.example; Tue, 3 Mar 2026 08:00:00 +0000"


def imported(room: Mailroom, *paths: Path, live: bool = False) -> ImportReport:
    report: ImportReport = room.core.do("import_mail", paths=tuple(map(str, paths)), live=live).row
    return report


def mbox(path: Path, *mails: bytes, line: str = "jan@acme.example Tue Mar  3 07:00:00 2026") -> Path:
    """Write an mbox as its readers expect it, with "From " in the text marked."""
    stuffed = [raw.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") for raw in mails]
    path.write_bytes(b"".join(b"From " + line.encode() + b"\n" + raw + b"\n" for raw in stuffed))
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder."""
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a mail of each kind of file, and things that are none."""
    place = tmp_path / "mails"
    (place / "deep" / "er").mkdir(parents=True)
    (place / "one.eml").write_bytes(letter(JAN, "In a file"))
    (place / "deep" / "er" / "two.eml").write_bytes(letter(JAN, "Deep down"))
    mbox(
        place / "archive.mbox",
        letter(JAN, "First of two", "Text\r\nFrom here on: could you quote?"),
        letter(JAN, "Second"),
    )
    maildir = mailbox.Maildir(place / "Maildir", create=True)
    maildir.add(letter(JAN, "In a Maildir"))
    (place / "Maildir" / "dovecot.index").write_bytes(b"\x00\x01")
    (place / "notes.json").write_text("{}", "utf-8")
    return place


SUBJECTS = {"In a file", "Deep down", "First of two", "Second", "In a Maildir"}


def test_a_folder_of_everything_is_read_once_and_is_history(room: Mailroom, files: Path) -> None:
    report = imported(room, files)
    assert (report.files, report.new, report.duplicate, report.errors) == (5, 5, 0, ())
    assert {row.subject for row in room.all(Message)} == SUBJECTS
    assert all(row.history for row in room.all(Message))
    assert room.all(TurnRecord) == []
    before = room.digest()
    again = imported(room, files)
    assert (again.files, again.new, again.duplicate) == (5, 0, 5)
    assert room.digest() == before


def test_the_text_of_an_mbox_mail_is_whole(room: Mailroom, files: Path) -> None:
    imported(room, files / "archive.mbox")
    thread = next(row for row in room.core.ask("threads") if row.subject == "First of two")
    (message,) = room.core.ask("thread", id=thread.id).messages
    assert message.body.split("\n")[:2] == ["Text", "From here on: could you quote?"]


@pytest.mark.parametrize(
    ("raw", "at"),
    [
        (letter(JAN, "Stamped", headers=[RECEIVED], date=NOW - timedelta(days=1)), datetime(2026, 3, 3, 8, tzinfo=UTC)),
        (letter(JAN, "Dated", date=NOW - timedelta(days=1)), NOW - timedelta(days=1)),
        (letter(JAN, "Ahead", date=NOW + timedelta(days=1)), NOW),
        (letter(JAN, "Undated").replace(b"\r\nDate:", b"\r\nX-Date:"), datetime(2026, 3, 2, 6, tzinfo=UTC)),
        (letter(REP, "Ours", to=JAN, headers=[RECEIVED], date=NOW - timedelta(days=2)), NOW - timedelta(days=2)),
    ],
    ids=["received", "date", "future", "file time", "our own: date"],
)
def test_when_an_imported_mail_arrived(room: Mailroom, tmp_path: Path, raw: bytes, at: datetime) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(raw)
    stamp = datetime(2026, 3, 2, 6, tzinfo=UTC).timestamp()
    os.utime(file, (stamp, stamp))
    imported(room, file)
    (message,) = room.all(Message)
    assert message.arrived_at == at


def test_an_undated_mail_of_an_mbox_goes_by_its_from_line(room: Mailroom, tmp_path: Path) -> None:
    undated = letter(JAN, "Undated").replace(b"\r\nDate:", b"\r\nX-Date:")
    imported(room, mbox(tmp_path / "box", undated))
    (message,) = room.all(Message)
    assert message.arrived_at == datetime(2026, 3, 3, 7, tzinfo=UTC)


def test_live_mail_counts_from_go_live_on(room: Mailroom, tmp_path: Path) -> None:
    (tmp_path / "old.eml").write_bytes(letter(JAN, "Old", date=GO_LIVE - timedelta(days=1)))
    # Four days between its stamp and today: the rule against dragged mail is for servers only.
    (tmp_path / "new.eml").write_bytes(letter(JAN, "New", date=GO_LIVE + timedelta(hours=1)))
    imported(room, tmp_path / "old.eml", tmp_path / "new.eml", live=True)
    assert {row.subject: row.history for row in room.all(Message)} == {"Old": True, "New": False}
    (turn,) = room.all(TurnRecord)
    assert turn.anchor == GO_LIVE + timedelta(hours=1)


def test_history_that_the_server_or_a_person_calls_live_is_live(room: Mailroom, place: Path) -> None:
    for name in ("One", "Two"):
        (place / f"{name}.eml").write_bytes(letter(JAN, name))
    imported(room, place)
    assert room.all(TurnRecord) == []
    room.arrives(letter(JAN, "One"))
    room.sync()
    imported(room, place / "Two.eml", live=True)
    assert {row.subject: row.history for row in room.all(Message)} == {"One": False, "Two": False}
    assert len(room.all(TurnRecord)) == 2
    imported(room, place)  # and stays so
    assert len(room.all(TurnRecord)) == 2


def test_what_can_not_be_read_is_named_and_the_rest_is_read(room: Mailroom, place: Path) -> None:
    (place / "good.eml").write_bytes(letter(JAN, "Good"))
    (place / "empty.eml").write_bytes(b"\n\n")
    (place / "lost.eml").symlink_to(place / "nowhere")
    report = imported(room, place / "missing.eml", place)
    assert (report.new, report.quarantined) == (1, 1)
    assert {Path(file).name for file, _error in report.errors} == {"missing.eml", "lost.eml"}
    assert len(room.all(QuarantinedMail)) == 1


def test_other_files_of_a_folder_are_no_mail_unless_they_are_named(room: Mailroom, place: Path) -> None:
    (place / "mail-1").write_bytes(letter(JAN, "Without a suffix"))
    (place / "drawing.pdf").write_bytes(b"%PDF-1.4\n%\xe2\xe3: x\n")
    (place / "settings.toml").write_text("[clock]\nwarn = '4h'\n", "utf-8")
    (place / "data.db").write_bytes(b"SQLite format 3\x00" + bytes(5_000))
    assert imported(room, place).files == 1
    assert imported(room, place / "settings.toml").files == 1


def test_a_folder_that_leads_to_itself_ends(room: Mailroom, place: Path) -> None:
    (place / "good.eml").write_bytes(letter(JAN, "Good"))
    (place / "round").symlink_to(place)
    report = imported(room, place)
    assert (report.files, report.new) == (1, 1)


def test_live_without_an_account_is_refused(room: Mailroom, files: Path) -> None:
    room.core.do("remove_account", name="work")
    with pytest.raises(UsageError):
        imported(room, files, live=True)
    assert imported(room, files).new == 5
