"""Automatic replies are seen in many languages, and no person's mail is taken for one."""

from __future__ import annotations

import pytest
from ingest.away_notes import NOTES, PEOPLE, Note, letter

from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import Kind
from mailcrm.ingest.reading import read_mail


@pytest.mark.parametrize("note", NOTES, ids=[note.name for note in NOTES])
def test_an_automatic_reply_is_seen_and_tells_the_day(note: Note) -> None:
    got = read_mail(Mime(), letter(note.subject, note.text, note.extra).encode())
    assert got.kind is Kind.AUTO_REPLY
    if note.back:
        assert got.away_until is not None
        assert got.away_until.isoformat() == note.back


@pytest.mark.parametrize(("subject", "text"), [one[1:] for one in PEOPLE], ids=[one[0] for one in PEOPLE])
def test_a_persons_mail_is_never_silenced(subject: str, text: str) -> None:
    got = read_mail(Mime(), letter(subject, text, "X-Auto-Response-Suppress: DR, OOF, AutoReply\n").encode())
    assert got.kind is Kind.HUMAN
