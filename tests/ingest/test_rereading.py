"""Stored mail read again, and mail that comes out of quarantine. On both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from ingest.mailroom import NOW, REP, Mailroom, letter

from mailcrm.core.facade import Core
from mailcrm.domain.errors import NotFound, ParseError
from mailcrm.domain.message import ParsedMail
from mailcrm.domain.words import say
from mailcrm.ports import MailParser
from mailcrm.records import AttachmentFile, Location, Message, MessageText, QuarantinedMail, Thread, TurnRecord
from mailcrm.store.packs import unpack_texts


@dataclass(frozen=True)
class Reader:
    """A parser of another version, which sees what `sees` makes of the mail; it refuses what holds one of `poison`."""

    inner: MailParser
    version: str
    sees: Callable[[ParsedMail], ParsedMail] = lambda mail: mail
    poison: tuple[bytes, ...] = ()

    def parse(self, raw: bytes) -> ParsedMail:
        if any(word in raw for word in self.poison):
            raise ParseError(say("Nothing can be read in it ({version}).", version=self.version))
        return self.sees(self.inner.parse(raw))

    def part_bytes(self, raw: bytes, index: int) -> bytes:
        return self.inner.part_bytes(raw, index)


def release(
    room: Mailroom, version: str, sees: Callable[[ParsedMail], ParsedMail] = lambda mail: mail, poison: str = ""
) -> Mailroom:
    """Return the room as another release of the parser finds it."""
    words = (poison.encode(),) if poison else ()
    parser = room.world.parser
    inner = parser.inner if isinstance(parser, Reader) else parser
    world = replace(room.world, parser=Reader(inner, version, sees, words))
    return replace(room, core=Core(world), world=world)


def by_subject(room: Mailroom) -> dict[str, Message]:
    return {row.subject: row for row in room.all(Message)}


def test_what_was_read_follows_and_what_came_with_the_mail_stays(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "Valves", "Price?", message_id="1@a"))
    room.sync()
    (before,) = room.all(Message)

    def better(mail: ParsedMail) -> ParsedMail:
        return replace(
            mail, subject="Valves, 500", body="Please quote 500 valves?", received_at=NOW - timedelta(days=9)
        )

    newer = release(room, "2", better)
    report = newer.core.do("reparse").row
    (after,) = room.all(Message)
    (text,) = room.all(MessageText)
    assert (report.messages, report.errors) == (1, ())
    assert (after.subject, after.base_subject, after.parser_version) == ("Valves, 500", "valves, 500", "2")
    assert unpack_texts(text.packed)[0] == "Please quote 500 valves?"
    assert "500" in after.gist
    assert (after.id, after.arrived_at, after.history) == (before.id, before.arrived_at, False)
    assert [row.subject for row in room.all(Thread)] == ["Valves, 500"]
    assert newer.core.do("reparse").row.messages == 0
    assert newer.core.do("reparse", every=True).row.messages == 1


def test_a_file_keeps_its_id_and_one_that_is_found_now_is_added(room: Mailroom) -> None:
    part = b'--x\r\nContent-Type: text/plain; name="a.txt"\r\nContent-Disposition: attachment\r\n\r\nhello\r\n--x--\r\n'
    raw = letter("jan@acme.example", "File", "", headers=['Content-Type: multipart/mixed; boundary="x"'])
    room.arrives(raw.replace(b'Content-Type: text/plain; charset="utf-8"\r\n', b"") + part)
    room.sync()
    (file,) = room.all(AttachmentFile)
    newer = release(room, "2", lambda mail: replace(mail, attachments=(*mail.attachments, mail.attachments[0])))
    newer.core.do("reparse")
    assert (file.id, "a.txt") in [(row.id, row.filename) for row in room.all(AttachmentFile)]
    assert len(room.all(AttachmentFile)) == 2


def test_ids_that_are_found_now_make_two_threads_one(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "One", message_id="1@a"), at=NOW - timedelta(hours=5))
    room.arrives(letter("jan@acme.example", "Two", message_id="2@a"), at=NOW - timedelta(hours=2))
    room.sync()
    assert len(room.all(TurnRecord)) == 2

    def sees(mail: ParsedMail) -> ParsedMail:
        return replace(mail, in_reply_to="1@a") if mail.subject == "Two" else mail

    release(room, "2", sees).core.do("reparse")
    assert room.threads() == {frozenset({"One", "Two"})}
    (turn,) = room.all(TurnRecord)
    assert (turn.anchor, len(turn.messages)) == (NOW - timedelta(hours=5), 2)


def test_a_persons_word_stays(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "Corrected", message_id="1@a"))
    room.arrives(letter("mia@beta.example", "Waived", message_id="2@a"))
    room.sync()
    rows = by_subject(room)
    room.core.do("classify", message=f"m{rows['Corrected'].id}", kind="bulk")
    room.core.do("waive", thread=f"t{rows['Waived'].thread_id}", reason="by phone")
    room.core.do("edit_company", id=room.core.ask("companies")[0].id, role="customer")
    room.core.do("classify", message=f"m{rows['Waived'].id}", purpose="complaint")
    room.core.do("classify", message=f"m{rows['Corrected'].id}", purpose="thanks")
    newer = release(room, "2", lambda mail: replace(mail, body=mail.body + "\nUrgent?"))
    newer.core.do("reparse")
    assert by_subject(room)["Waived"].purpose == "complaint"
    assert (by_subject(room)["Corrected"].purpose, by_subject(room)["Corrected"].asks) == ("thanks", False)
    assert by_subject(room)["Corrected"].kind == "bulk"
    assert by_subject(room)["Corrected"].kind_rule == "human"
    assert {turn.end for turn in room.all(TurnRecord)} == {"void", "waived"}
    assert "customer" in {row.role for row in room.core.ask("companies")}


def test_cut_off_it_goes_on_where_it_was(room: Mailroom) -> None:
    for n in range(230):
        room.arrives(letter("jan@acme.example", f"Mail {n}", message_id=f"{n}@a"))
    room.sync()
    newer = release(room, "2", lambda mail: replace(mail, body=mail.body + "\nAgain."))

    def cut(_what: str, done: int, total: int) -> None:
        assert total == 230
        if done == 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        newer.core.do("reparse", progress=cut)
    assert sum(row.parser_version == "2" for row in room.all(Message)) == 100
    assert newer.core.do("reparse").row.messages == 130
    assert {row.parser_version for row in room.all(Message)} == {"2"}
    assert len(room.all(MessageText)) == 230


def test_a_mail_that_the_new_parser_does_not_survive_stays_as_it_was(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "Poison", message_id="1@a"))
    room.arrives(letter("jan@acme.example", "Good", message_id="2@a"))
    room.sync()
    report = release(room, "2", poison="Poison").core.do("reparse").row
    assert report.messages == 1
    assert [mail for mail, _error in report.errors] == [f"m{by_subject(room)['Poison'].id}"]
    assert by_subject(room)["Poison"].parser_version == "1"


def test_a_mail_comes_out_of_quarantine_with_its_places_and_its_clock(room: Mailroom) -> None:
    older = release(room, "0", poison="Poison")
    arrived = NOW - timedelta(hours=3)
    older.arrives(letter("jan@acme.example", "Poison", message_id="1@a"), at=arrived)
    older.arrives(letter("jan@acme.example", "Poison", message_id="1@a"), at=arrived, folder=b"Sent")
    older.sync()
    (kept,) = older.core.ask("quarantine")
    assert "(0)" in str(kept.error)
    assert "Subject: Poison" in older.core.ask("quarantine_item", id=kept.id).raw
    assert release(room, "1", poison="Poison").core.do("quarantine_retry", id=kept.id).row.still_unreadable == 1
    assert "(1)" in str(older.core.ask("quarantine")[0].error)
    report = release(room, "2").core.do("reparse").row
    assert (report.recovered, report.still_unreadable) == (1, 0)
    (message,) = room.all(Message)
    assert {row.message_id for row in room.all(Location)} == {message.id}
    assert len(room.all(Location)) == 2
    assert (message.arrived_at, message.history) == (arrived, False)
    (turn,) = room.all(TurnRecord)
    assert turn.anchor == arrived
    assert room.all(QuarantinedMail) == []


def test_an_imported_mail_comes_out_of_quarantine_as_history(room: Mailroom, tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(letter("jan@acme.example", "Poison", date=NOW - timedelta(hours=7)))
    release(room, "0", poison="Poison").core.do("import_mail", paths=(str(file),))
    assert room.core.do("quarantine_retry").row.recovered == 1
    (message,) = room.all(Message)
    assert (message.history, message.arrived_at) == (True, NOW - timedelta(hours=7))


def test_a_mail_in_quarantine_that_turns_out_to_be_known_joins_its_copies(room: Mailroom) -> None:
    older = release(room, "0", poison="X-Copy")
    own = letter(REP, "Offer", "Our offer.", to="jan@acme.example", message_id="1@us")
    older.arrives(own, folder=b"Sent")
    older.arrives(own.replace(b"MIME-Version", b"X-Copy: 1\r\nMIME-Version"))
    older.sync()
    assert room.core.do("quarantine_retry").row.recovered == 1
    (message,) = room.all(Message)
    assert {row.message_id for row in room.all(Location)} == {message.id}


def test_an_ignored_mail_is_shown_no_more_until_it_is_taken_back(room: Mailroom) -> None:
    older = release(room, "0", poison="Poison")
    older.arrives(letter("jan@acme.example", "Poison", message_id="1@a"))
    older.sync()
    (kept,) = older.core.ask("quarantine")
    done = older.core.do("quarantine_ignore", id=kept.id)
    assert done.row.state == "ignored"
    assert older.core.ask("worklist", view="all").rows == ()
    assert room.core.do("reparse").row.recovered == 0
    older.core.do("undo", id=done.action)
    assert [row.kind for row in older.core.ask("worklist", view="all").rows] == ["quarantine"]
    assert room.core.do("quarantine_retry", id=kept.id).row.recovered == 1
    with pytest.raises(NotFound):
        room.core.do("quarantine_retry", id=kept.id)
