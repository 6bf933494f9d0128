"""Mails that are too large: the head comes with the poll, the rest when somebody asks for it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from ingest.mailroom import NOW, Mailroom, letter
from sqlmodel import SQLModel

from mailcrm.domain.errors import NotFound, Unreachable
from mailcrm.domain.words import say
from mailcrm.queries.rows import MessageRow
from mailcrm.records import AttachmentFile, Location, Message, MessageText, RawMail, TurnRecord
from mailcrm.store.packs import digest

WORDS = "Could you quote 800 pieces of the valve in the drawing?"


def drawing(message_id: str | None = None) -> bytes:
    """Return a mail of 40 kB with a file in it."""
    parts = (
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="cut"\r\n\r\n'
        f"--cut\r\nContent-Type: text/plain\r\n\r\n{WORDS}\r\n"
        '--cut\r\nContent-Type: application/pdf; name="valve.pdf"\r\n'
        'Content-Disposition: attachment; filename="valve.pdf"\r\nContent-Transfer-Encoding: 7bit\r\n\r\n'
        + ("drawing " * 9 + "\r\n") * 540
        + "--cut--\r\n"
    )
    head = letter("jan@acme.example", "A drawing", message_id=message_id).partition(b"MIME-Version")[0]
    return head + parts.encode()


@pytest.fixture
def room(room: Mailroom) -> Mailroom:
    """The mail room, with a small idea of what is large."""
    room.server.oversize = 10_000
    return room


def shown(room: Mailroom) -> MessageRow:
    (thread,) = [row for row in room.core.ask("threads") if row.subject == "A drawing"]
    (message,) = room.core.ask("thread", id=thread.id).messages
    assert isinstance(message, MessageRow)
    return message


def counts(room: Mailroom, *tables: type[SQLModel]) -> list[int]:
    return [len(room.all(table)) for table in tables]


@pytest.mark.parametrize("message_id", [None, ""], ids=["with an id", "without one"])
def test_the_head_is_there_at_once_and_the_rest_on_demand(room: Mailroom, message_id: str | None) -> None:
    raw = drawing(message_id)
    room.arrives(raw)
    room.arrives(letter("mia@basel.example", "Small"))
    assert room.sync().new_messages == 2
    head = shown(room)
    assert (head.whole, head.size, head.body, head.attachments) == (False, len(raw), "", ())
    assert len(room.all(TurnRecord)) == 2  # nobody knows what it asks, so its clock runs

    outcome = room.core.do("fetch_whole", message=head.id)
    whole = shown(room)
    assert outcome.row.messages[0] == whole
    assert (whole.id, whole.whole, whole.size) == (head.id, True, len(raw))
    assert WORDS in (whole.body or "")
    assert [file.filename for file in whole.attachments or ()] == ["valve.pdf"]
    assert digest(raw) in {row.sha256 for row in room.all(RawMail)}
    assert counts(room, RawMail, Message, MessageText, AttachmentFile, Location, TurnRecord) == [2, 2, 2, 1, 2, 2]
    before = room.digest()
    assert room.sync().new_messages == 0
    assert room.core.do("fetch_whole", message=head.id).row.messages[0] == whole
    assert room.digest() == before


def test_a_person_s_word_on_its_kind_stays(room: Mailroom) -> None:
    room.arrives(drawing())
    room.sync()
    head = shown(room)
    room.core.do("classify", message=head.id, kind="bulk")
    room.core.do("fetch_whole", message=head.id)
    assert shown(room).kind == "bulk"


def test_it_is_known_again_under_new_numbers(room: Mailroom) -> None:
    room.arrives(drawing())
    room.sync()
    room.server.handed_over.clear()
    room.server.renumber(b"INBOX", 2)
    assert room.sync().new_messages == 0
    assert room.server.handed_over == []
    room.core.do("fetch_whole", message=shown(room).id)
    assert shown(room).whole


def test_renumbered_since_the_last_poll_it_is_not_mistaken(room: Mailroom) -> None:
    room.arrives(drawing())
    room.sync()
    room.server.renumber(b"INBOX", 2)
    with pytest.raises(NotFound, match="sync"):
        room.core.do("fetch_whole", message=shown(room).id)
    room.sync()
    room.core.do("fetch_whole", message=shown(room).id)
    assert shown(room).whole


def test_a_mail_that_went_is_told(room: Mailroom) -> None:
    uid = room.arrives(drawing())
    room.sync()
    room.server.expunge(b"INBOX", uid)
    with pytest.raises(NotFound, match="sync"):
        room.core.do("fetch_whole", message=shown(room).id)
    assert not shown(room).whole


def test_a_cut_leaves_the_head_as_it_was(room: Mailroom) -> None:
    room.arrives(drawing())
    room.sync()
    before = room.digest()
    room.server.break_at("whole", Unreachable(say("The connection was cut.")))
    with pytest.raises(Unreachable):
        room.core.do("fetch_whole", message=shown(room).id)
    assert room.digest() == before


def test_a_file_of_the_whole_mail_completes_it_too(room: Mailroom, tmp_path: Path) -> None:
    room.arrives(drawing(), at=NOW - timedelta(hours=2))
    room.sync()
    turns = room.all(TurnRecord)
    (tmp_path / "drawing.eml").write_bytes(drawing())
    room.core.do("import_mail", paths=(str(tmp_path / "drawing.eml"),))
    whole = shown(room)
    assert whole.whole
    assert WORDS in (whole.body or "")
    assert [(turn.anchor, turn.due) for turn in room.all(TurnRecord)] == [(turn.anchor, turn.due) for turn in turns]
