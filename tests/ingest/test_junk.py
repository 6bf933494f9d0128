"""Junk is read for known contacts and threads only (mail.md): a filter's mistake costs no customer an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ingest.mailroom import NOW, REP, Mailroom, letter

from mailcrm.records import Message

JUNK = b"Junk"


@pytest.fixture
def filtered(room: Mailroom) -> Mailroom:
    """A mailbox whose server filters into Junk, with one customer and one question of ours to somebody new."""
    room.server.add_folder(JUNK, "\\Junk")
    room.arrives(letter("Jan <jan@acme.example>", "Valves", message_id="1@acme.example"))
    ours = letter(REP, "Our offer", "Shall we send samples?", to="mia@beta.example", message_id="2@ningbo.example")
    room.arrives(ours, folder=b"Sent")
    return room


def subjects(room: Mailroom) -> set[str]:
    return {message.subject for message in room.all(Message)}


def test_a_customers_mail_in_junk_starts_the_clock_and_says_where_it_lies(filtered: Mailroom) -> None:
    filtered.arrives(letter("JAN@acme.example", "Any news?"), folder=JUNK)
    filtered.sync()
    row = next(row for row in filtered.core.ask("worklist", view="all").rows if row.subject == "Any news?")
    assert row.kind == "reply"
    assert "junk" in row.flags
    valves = next(row for row in filtered.core.ask("worklist", view="all").rows if row.subject == "Valves")
    assert "junk" not in valves.flags


def test_an_answer_of_somebody_new_to_our_own_mail_is_read(filtered: Mailroom) -> None:
    filtered.arrives(letter("mia@beta.example", "Re: Our offer", in_reply_to="2@ningbo.example"), folder=JUNK)
    filtered.sync()
    assert "Re: Our offer" in subjects(filtered)
    assert frozenset({"Our offer", "Re: Our offer"}) in filtered.threads()


def test_a_strangers_mail_in_junk_is_never_fetched(filtered: Mailroom) -> None:
    filtered.arrives(letter("pills@shop.example", "Cheap pills"), folder=JUNK)
    filtered.arrives(b"\xff\x00 no mail at all\r\n", folder=JUNK)
    filtered.sync()
    assert subjects(filtered) == {"Valves", "Our offer"}
    assert not [uid for folder, uid in filtered.server.handed_over if folder == JUNK]
    before = filtered.digest()
    filtered.sync()
    assert filtered.digest() == before


def test_who_becomes_known_later_is_found_by_the_full_sync(filtered: Mailroom) -> None:
    filtered.arrives(letter("kim@gamma.example", "First"), folder=JUNK)
    filtered.sync()
    filtered.arrives(letter("kim@gamma.example", "Second"))
    filtered.sync()
    assert "First" not in subjects(filtered)
    filtered.sync(full=True)
    assert {"First", "Second"} <= subjects(filtered)


def test_moved_back_to_the_inbox_it_is_no_junk_any_more(filtered: Mailroom) -> None:
    mail = letter("jan@acme.example", "Any news?")
    uid = filtered.arrives(mail, folder=JUNK)
    filtered.sync()
    filtered.server.expunge(JUNK, uid)
    filtered.arrives(mail, at=NOW - timedelta(hours=1))
    filtered.sync()
    row = next(row for row in filtered.core.ask("worklist", view="all").rows if row.subject == "Any news?")
    assert "junk" not in row.flags
