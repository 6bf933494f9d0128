"""Storing: which mails are one, who is made a contact, and that no mail stops the others. On both databases."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from ingest.mailroom import GO_LIVE, NOW, REP, Mailroom, letter, picture

from mailcrm.adapters.mime import Mime
from mailcrm.core.facade import Core
from mailcrm.domain.errors import ParseError
from mailcrm.domain.message import ParsedMail
from mailcrm.domain.words import Sentence
from mailcrm.records import (
    Company,
    Contact,
    Location,
    Message,
    MessageText,
    QuarantinedMail,
    RawMail,
    Thread,
    TurnRecord,
)
from mailcrm.store.packs import unpack_texts
from mailcrm.store.raws import read_raw

JAN = "Jan Smit <jan@acme.example>"


def test_every_byte_is_kept_under_its_sha256(room: Mailroom) -> None:
    mails = [letter(JAN, f"Mail {n}", "\x00\x01\xff" * n) for n in range(5)]
    for raw in mails:
        room.arrives(raw)
    room.sync()
    with room.store.read() as session:
        kept = {row.sha256: read_raw(session, row.id or 0) for row in room.all(RawMail)}
    assert sorted(kept.values()) == sorted(mails)
    assert all(hashlib.sha256(raw).hexdigest() == name for name, raw in kept.items())


def test_the_same_bytes_in_two_folders_are_one_message_in_two_places(room: Mailroom) -> None:
    room.server.add_folder(b"Archive")
    for folder in (b"INBOX", b"Archive"):
        room.arrives(letter(JAN, "Valves"), folder=folder)
    report = room.sync()
    assert [(f.name, f.new, f.duplicate) for f in report.accounts[0].folders] == [
        ("INBOX", 1, 0),
        ("Sent", 0, 0),
        ("Archive", 0, 1),
    ]
    (message,) = room.all(Message)
    assert {place.message_id for place in room.all(Location)} == {message.id}
    assert len(room.all(Location)) == 2
    assert len(room.all(RawMail)) == 1


def test_the_same_mail_without_any_id_is_one_message(room: Mailroom) -> None:
    room.server.add_folder(b"Archive")
    for folder in (b"INBOX", b"Archive"):
        room.arrives(letter(JAN, "No id", message_id=""), folder=folder)
    room.sync()
    assert len(room.all(Message)) == 1
    assert len(room.all(Location)) == 2


def test_a_sent_copy_that_the_server_changed_is_the_same_message(room: Mailroom) -> None:
    sent = letter(REP, "Offer", "Our offer.", to="jan@acme.example", message_id="offer@ningbo.example")
    room.arrives(b"X-Server: filed\r\nReceived: from a by b; Wed, 4 Mar 2026 08:00:00 +0000\r\n" + sent, folder=b"Sent")
    room.arrives(sent)  # a copy to oneself
    room.sync()
    assert len(room.all(Message)) == 1
    assert len(room.all(RawMail)) == 2  # both as they lie on the server
    assert len(room.all(Location)) == 2


@pytest.mark.parametrize(
    "other",
    [
        letter(JAN, "Second notice", message_id="same@acme.example"),
        letter("Mia <mia@acme.example>", "Notice", message_id="same@acme.example"),
        letter(JAN, "Notice", message_id="same@acme.example", date=NOW - timedelta(hours=2)),
    ],
    ids=["subject", "sender", "date"],
)
def test_an_id_used_again_for_another_mail_is_another_message(room: Mailroom, other: bytes) -> None:
    room.arrives(letter(JAN, "Notice", message_id="same@acme.example"))
    room.arrives(other)
    room.sync()
    assert len(room.all(Message)) == 2
    assert len(room.all(Thread)) == 1


def test_two_mails_without_id_are_two_messages(room: Mailroom) -> None:
    room.arrives(letter(JAN, "One", message_id=""))
    room.arrives(letter(JAN, "Two", message_id=""))
    room.sync()
    assert len(room.all(Message)) == 2


def test_the_earliest_arrival_of_copies_counts_whichever_is_read_first(new_room: Callable[[], Mailroom]) -> None:
    early, late = NOW - timedelta(hours=5), NOW - timedelta(hours=1)
    pictures = []
    for times in ((early, late), (late, early)):
        room = new_room()
        room.server.add_folder(b"Archive")
        for folder, at in zip((b"INBOX", b"Archive"), times, strict=True):
            room.arrives(letter(JAN, "Valves"), at=at, folder=folder)
        room.sync()
        (message,), (turn,) = room.all(Message), room.all(TurnRecord)
        assert message.arrived_at == turn.anchor == early
        pictures.append(picture(room.store)["turns"])
    assert pictures[0] == pictures[1]


def test_a_copy_that_arrived_earlier_counts_too_when_the_turn_has_been_judged(room: Mailroom) -> None:
    room.server.add_folder(b"Archive")
    asked = letter(JAN, "Valves", message_id="1@acme.example")
    room.arrives(asked, at=NOW - timedelta(hours=30))
    room.arrives(
        letter(REP, "Re: Valves", "1.20", to=JAN, in_reply_to="1@acme.example"),
        at=NOW - timedelta(hours=5),
        folder=b"Sent",
    )
    room.sync()
    (turn,) = room.all(TurnRecord)
    assert (turn.end, turn.due) == ("closed", NOW - timedelta(hours=6))
    room.arrives(asked, at=NOW - timedelta(hours=40), folder=b"Archive")
    room.sync()
    (turn,) = room.all(TurnRecord)
    assert (turn.anchor, turn.due) == (NOW - timedelta(hours=40), NOW - timedelta(hours=16))


# -- people ------------------------------------------------------------------------------------------------------------


def people(room: Mailroom) -> list[tuple[str, str | None]]:
    companies = {company.id: company.name for company in room.all(Company)}
    return sorted((row.address, companies.get(row.company_id)) for row in room.all(Contact))


def test_whoever_asks_becomes_a_contact_of_a_company(room: Mailroom) -> None:
    room.arrives(letter("Jan Smit <Jan@Acme-Valves.example>", "Valves"))
    room.arrives(letter("Mia <mia@sales.acme-valves.example>", "Pipes"))
    room.arrives(letter("Kim <kim@gmail.com>", "Bolts"))
    room.sync()
    assert people(room) == [
        ("jan@acme-valves.example", "Acme Valves"),
        ("kim@gmail.com", None),
        ("mia@sales.acme-valves.example", "Acme Valves"),
    ]
    assert {row.address: row.name for row in room.all(Contact)}["jan@acme-valves.example"] == "Jan Smit"


@pytest.mark.parametrize(
    "raw",
    [
        letter(JAN, "Thanks", "Thank you very much."),
        letter("colleague@ningbo.example", "Lunch", "Shall we go for lunch?"),
        letter("colleague@mail.ningbo.example", "Lunch", "Shall we go for lunch?"),
        letter("no-reply@acme.example", "Your order", "Could you rate us?"),
        letter("MAILER-DAEMON@acme.example", "Undelivered", "Could you check the address?"),
        letter("news@acme.example", "Spring news", "Could you use more valves?", headers=["List-Id: <n.acme.example>"]),
        letter(JAN, "Away", "When will you be back?", headers=["Auto-Submitted: auto-replied"]),
        letter("", "Nobody", "Could you quote?"),
    ],
    ids=["thanks", "ours", "our host", "no-reply", "bounce", "list", "auto-reply", "no sender"],
)
def test_nobody_is_made_of(room: Mailroom, raw: bytes) -> None:
    room.arrives(raw)
    room.sync()
    assert len(room.all(Message)) == 1
    assert people(room) == []
    assert room.all(Company) == []


def test_what_a_contact_wrote_before_is_linked_and_the_turns_follow(room: Mailroom) -> None:
    room.arrives(letter(JAN, "Thanks", "Thank you."))
    room.arrives(letter("piet@acme.example", "Noted", "Noted."))
    room.sync()
    assert {turn.party for turn in room.all(TurnRecord)} == {"domain:acme.example"}
    room.arrives(letter(JAN, "Valves"))
    room.sync()
    (company,) = room.all(Company)
    assert {turn.party for turn in room.all(TurnRecord)} == {f"company:{company.id}"}
    linked = {row.subject: row.contact_id is not None for row in room.all(Message)}
    assert linked == {"Thanks": True, "Noted": False, "Valves": True}


def test_an_answer_to_a_colleague_at_the_same_company_closes_the_turn(room: Mailroom) -> None:
    room.arrives(letter(JAN, "Valves", message_id="1@acme"), at=NOW - timedelta(hours=3))
    answer = letter(REP, "Re: Valves", "1.20.", to="piet@acme.example", message_id="2@us", in_reply_to="1@acme")
    room.arrives(answer, at=NOW - timedelta(hours=2), folder=b"Sent")
    room.sync()
    assert [turn.end for turn in room.all(TurnRecord)] == ["closed"]


# -- mails that fight back ----------------------------------------------------------------------------------------------


def test_nul_and_broken_characters_are_stored_as_text(room: Mailroom) -> None:
    raw = letter(
        "J\x00an <jan\x00@ac\x00me.example>",
        "Val\x00ves \udcff\udcfe",
        "Price\x00 for \ud83d\x00 \udcff?".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"),
        message_id="nul\x00@acme.example",
        headers=["Content-Disposition: attachment; filename*=utf-8''%00%ed%a0%80.pdf", "Auto-Submitted: no\x00"],
    )
    words = letter("=?utf-8?q?J=00an?= <kim@acme.example>", "=?utf-8?b?AO2ggO2ggA==?=", "Could you quote?\x00")
    room.arrives(raw)
    room.arrives(words)
    room.arrives(letter(JAN, "After"))
    report = room.sync()
    assert report.new_messages == 3
    assert room.all(QuarantinedMail) == []
    texts = [unpack_texts(row.packed) for row in room.all(MessageText)]
    stored = repr([texts, *(room.all(table) for table in (Message, Contact, Thread))])
    assert "\\x00" not in stored
    assert "\\ud8" not in stored


def test_a_sender_longer_than_any_address_is_stored(room: Mailroom) -> None:
    endless = hashlib.shake_256(b"seed").hexdigest(8_000)
    room.arrives(letter(f"{endless}@acme.example", "Long sender"))
    room.arrives(letter(f"jan@{endless}.example", "Long domain"))
    room.arrives(letter(JAN, "After"))
    assert room.sync().new_messages == 3
    assert room.all(QuarantinedMail) == []


def test_mails_to_everybody_fit_the_statements(room: Mailroom) -> None:
    first = letter(JAN, "Round 0", message_id="0@acme")
    room.arrives(first)
    for n in range(1, 20):  # 36,000 addresses in one thread: more than SQLite takes values
        everybody = ", ".join(f"p{n}-{m}@d{n}-{m}.example" for m in range(1_900))
        room.arrives(letter(JAN, f"Round {n}", to=everybody, in_reply_to="0@acme"))
    assert room.sync().errors == ()
    assert len(room.all(Message)) == 20


class OddParser:
    """ports.MailParser whose readings of marked mails no database takes."""

    version = "odd"

    def __init__(self, error: ParseError | None = None) -> None:
        self._plain = Mime()
        self._error = error

    def parse(self, raw: bytes) -> ParsedMail:
        mail = self._plain.parse(raw)
        if "unstorable" not in mail.subject:
            return mail
        if self._error is not None:
            raise self._error
        return replace(mail, date=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))))

    def part_bytes(self, raw: bytes, index: int) -> bytes:
        return self._plain.part_bytes(raw, index)


def test_a_mail_that_the_database_refuses_costs_itself_only(room: Mailroom) -> None:
    for subject in ("One", "unstorable", "Two"):
        room.arrives(letter(JAN, subject))
    core = Core(replace(room.world, parser=OddParser()))
    report = core.do("sync").row
    inbox = report.accounts[0].folders[0]
    assert (inbox.fetched, inbox.new, inbox.quarantined, report.errors) == (3, 2, 1, ())
    (row,) = room.all(QuarantinedMail)
    assert str(Sentence.from_json(row.error)).startswith("The database doesn't take this mail")
    assert len(room.all(RawMail)) == len(room.all(Location)) == 3
    before = room.digest()
    core.do("sync", full=True)
    assert room.digest() == before


def test_a_copy_of_a_quarantined_mail_is_quarantined_once(room: Mailroom) -> None:
    room.server.add_folder(b"Archive")
    for folder in (b"INBOX", b"Archive"):
        room.arrives(b"\r\n\r\n", folder=folder)
    room.sync()
    assert len(room.all(QuarantinedMail)) == 1
    assert len(room.all(Location)) == 2


def test_dates_before_time_began_and_after_it_ends(room: Mailroom) -> None:
    for n, at in enumerate((datetime(1970, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC), GO_LIVE)):
        room.arrives(letter(JAN, f"Mail {n}", date=at), at=at)
    room.sync()
    assert [row.subject for row in sorted(room.all(Message), key=lambda row: row.sort_key)] == [
        "Mail 0",
        "Mail 2",
        "Mail 1",
    ]


def test_the_form_on_our_own_web_site_brings_a_buyer_of_the_other_side(room: Mailroom) -> None:
    domain = REP.partition("@")[2].rstrip(">")
    form = (
        "Buyer: Ana Ruiz\nCompany: Luz Norte\nCountry: Chile\nEmail: ana@luznorte.example\n\nPlease quote 500 pieces."
    )
    room.arrives(letter(f"Web site <wordpress@{domain}>", "[Inquiry] New message from the contact form", form))
    room.sync()
    assert [row.side for row in room.all(Message)] == ["theirs"]
    assert [row.address for row in room.all(Contact)] == ["ana@luznorte.example"]
    assert len(room.all(TurnRecord)) == 1
