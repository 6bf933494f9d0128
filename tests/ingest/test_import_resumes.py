"""An import that is cut off goes on where it was, and tells how far it is. On both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from ingest.mailroom import NOW, Mailroom, letter, picture

from mailcrm.records import Message, RawMail

COUNT = 250


class PulledPlug(BaseException):
    """Nothing of ours catches this."""


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    """A folder of mails, one of which answers another."""
    folder = tmp_path / "old"
    folder.mkdir()
    for n in range(COUNT):
        parent = f"{n - 1}@a" if n % 7 else ""
        raw = letter("jan@acme.example", f"Mail {n}", message_id=f"{n}@a", in_reply_to=parent, date=NOW)
        (folder / f"{n:04}.eml").write_bytes(raw)
    return folder


def test_progress_is_told_after_each_batch(room: Mailroom, mails: Path) -> None:
    told: list[tuple[str, int]] = []
    room.core.do("import_mail", paths=(str(mails),), progress=lambda what, done, _total: told.append((what, done)))
    assert [done for _what, done in told] == [100, 200, COUNT]
    assert told[-1][0].endswith("0249.eml")


def test_cut_off_and_called_again_it_ends_like_one_that_was_not(
    new_room: Callable[[], Mailroom], room: Mailroom, mails: Path
) -> None:
    def cut(_what: str, done: int, _total: int) -> None:
        if done == 200:
            raise PulledPlug

    with pytest.raises(PulledPlug):
        room.core.do("import_mail", paths=(str(mails),), progress=cut)
    assert len(room.all(Message)) == 200
    report = room.core.do("import_mail", paths=(str(mails),)).row
    assert (report.files, report.new, report.duplicate, report.quarantined) == (COUNT, 50, 200, 0)
    assert (len(room.all(Message)), len(room.all(RawMail))) == (COUNT, COUNT)
    straight = new_room()
    straight.core.do("import_mail", paths=(str(mails),))
    assert picture(room.store) == picture(straight.store)
    again = room.core.do("import_mail", paths=(str(mails),)).row
    assert (again.new, again.duplicate) == (0, COUNT)
