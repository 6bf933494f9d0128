"""Servers that break the rules, each as some provider does, under a whole sync: what mail.md says comes of it.

The server is scripted; connection, session and parsing are the real ones. Another sync later changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from imapclient import SocketTimeout
from ingest.mailroom import REP, Mailroom, letter, open_room
from servers.imapd import Answer, QuirkyMailbox
from sqlmodel import select

from mailcrm.adapters.imap.source import ImapSource
from mailcrm.core.facade import Core
from mailcrm.core.world import World
from mailcrm.ports import AccountLogin
from mailcrm.queries.rows import SyncReport
from mailcrm.records import MailAccount, Message

MAILS = {uid: letter(f"buyer{uid}@acme{uid}.example", f"Question {uid}") for uid in range(1, 6)}
NEW = letter("late@basel.example", "Question 6")
SECRET = "s3cret"
THROTTLED = "Request is throttled. Suggested Backoff Time: 300000 milliseconds"


class Reader:
    """A core that reads a scripted server."""

    def __init__(self, room: Mailroom, server: QuirkyMailbox, url: str = "") -> None:
        login = AccountLogin("work", url or server.imap_url, "", REP, "memory")

        def connect(account: MailAccount, stop: object = None) -> ImapSource:
            return ImapSource(login, lambda: SECRET, timeout=SocketTimeout(connect=2, read=0.5))

        self.world: World = replace(room.world, open_source=connect)
        self.core = Core(self.world)
        self.server = server

    def sync(self) -> SyncReport:
        report: SyncReport = self.core.do("sync").row
        return report

    def subjects(self) -> list[str]:
        with self.world.store.read() as session:
            return sorted(session.exec(select(Message.subject)))

    def trouble(self) -> str:
        (account,) = self.core.ask("accounts")
        return str(account.trouble or "")

    def not_handed_over(self) -> bool:
        return any(check.check.startswith("not_handed_over") for check in self.core.ask("doctor"))

    def has_all(self, but: int | None = None) -> None:
        """Every mail (but one) was read once, and another look finds nothing and asks for no other body."""
        assert self.subjects() == [f"Question {uid}" for uid in MAILS if uid != but]
        served = len(self.server.served)
        assert self.sync().new_messages == 0
        assert {uid for uid in self.server.served[served:] if uid != but} == set()


Open = Callable[..., Reader]


@pytest.fixture
def reading(tmp_path: Path, fresh_sqlite: Path) -> Iterator[Open]:
    """Begin to read a scripted server."""
    room = open_room(tmp_path / "home", fresh_database=fresh_sqlite)
    servers: list[QuirkyMailbox] = []

    def begin(server: QuirkyMailbox, url: str = "") -> Reader:
        servers.append(server.__enter__())
        return Reader(room, server, url)

    yield begin
    for server in servers:
        server.__exit__(None, None, None)
    room.core.close()


def examined(*codes: str) -> Answer:
    told = "".join(f"* OK [{code}] ok\r\n" for code in codes)
    return Answer(before=f"* {len(MAILS)} EXISTS\r\n{told}".encode())


def body(uid: int, announced: int, octets: bytes) -> bytes:
    return b'* %d FETCH (UID %d INTERNALDATE "02-Nov-2026 12:00:00 +0000" BODY[] {%d}\r\n%s' % (
        uid,
        uid,
        announced,
        octets,
    )


def test_unsafe_login_opens_after_an_introduction(reading: Open) -> None:
    reader = reading(QuirkyMailbox(MAILS, wants_id=True))
    assert reader.sync().errors == ()
    reader.has_all()


def test_unsafe_login_in_spite_of_it_is_told_with_its_mend(reading: Open) -> None:
    refusal = Answer("NO", "EXAMINE Unsafe Login. Please contact kefu@188.com for help")
    reader = reading(QuirkyMailbox(MAILS, {"EXAMINE": refusal}))
    assert len(reader.sync().errors) == 1
    assert "Switch IMAP on" in reader.trouble()
    assert reader.subjects() == []
    del reader.server.dialogue["EXAMINE"]
    assert reader.sync().new_messages == 5
    assert reader.trouble() == ""


@pytest.mark.parametrize("status", [b'* STATUS "INBOX" ()\r\n', b"", b'* STATUS "INBOX" (UIDNEXT 6)\r\n'])
def test_no_uidnext_is_no_matter(reading: Open, status: bytes) -> None:
    dialogue = {"EXAMINE": examined("UIDVALIDITY 7"), "STATUS": Answer(before=status)}
    reader = reading(QuirkyMailbox(MAILS, dialogue))
    assert reader.sync().new_messages == 5
    reader.has_all()
    reader.server.mails[6] = NEW
    assert reader.sync().new_messages == 1


@pytest.mark.parametrize("codes", [("UIDVALIDITY 0", "UIDNEXT 6"), ("UIDNEXT 6",), ()], ids=["0", "none", "nothing"])
def test_no_uidvalidity_neither_reads_for_ever_nor_misses_a_mail(reading: Open, codes: tuple[str, ...]) -> None:
    reader = reading(QuirkyMailbox(MAILS, {"EXAMINE": examined(*codes), "STATUS": Answer()}))
    assert reader.sync().new_messages == 5
    reader.has_all()
    # The first one is deleted and a new one comes: every number means another mail now.
    reader.server.mails = dict(enumerate([*list(MAILS.values())[1:], NEW], start=1))
    reader.server.served.clear()
    assert reader.sync().new_messages == 1
    assert reader.server.served == [5]


def test_bye_inside_a_literal_costs_that_mail_only_until_it_comes(reading: Open) -> None:
    cut = Answer(before=body(3, 5000, b"Subject: cu\r\n* BYE going down\r\n"), cut=True)
    reader = reading(QuirkyMailbox(MAILS, spoilt={3: cut}))
    assert reader.sync().new_messages == 4
    reader.has_all(but=3)
    assert reader.not_handed_over()
    reader.server.spoilt.clear()
    assert reader.sync().new_messages == 1
    assert not reader.not_handed_over()
    reader.has_all()


def test_bye_at_every_mail_is_the_server_s_trouble_and_no_mail_s(reading: Open) -> None:
    cut = Answer(before=body(3, 5000, b"Subject: cu\r\n* BYE going down\r\n"), cut=True)
    reader = reading(QuirkyMailbox(MAILS, spoilt=dict.fromkeys(MAILS, cut)))
    assert len(reader.sync().errors) == 1
    assert reader.subjects() == []
    assert not reader.not_handed_over()
    reader.server.spoilt.clear()
    assert reader.sync().new_messages == 5
    reader.has_all()


@pytest.mark.parametrize("difference", [-300, -2, -1, 1, 2, 3, 500])
def test_a_literal_of_a_wrong_size_is_never_stored_as_a_mail(reading: Open, difference: int) -> None:
    raw = MAILS[3]
    wrong = Answer(before=body(3, len(raw) + difference, raw + b")\r\n"))
    reader = reading(QuirkyMailbox(MAILS, spoilt={3: wrong}))
    assert reader.sync().new_messages == 4
    reader.has_all(but=3)
    assert reader.not_handed_over()
    reader.server.spoilt.clear()
    assert reader.sync().new_messages == 1
    reader.has_all()


@pytest.mark.parametrize(
    "said",
    [
        b"* 3 FETCH (UID 3 BODY[] NIL)\r\n",
        b"* 3 FETCH (UID 3)\r\n",
        b"",
        b'* 3 FETCH (UID 3 BODY[] "unfinished\r\n',
        b"* 3 FETCH (UID 3 BODY[]\r\n",
    ],
    ids=["NIL", "no body", "nothing", "unfinished", "cut short"],
)
def test_a_body_of_nil_costs_itself_and_is_told(reading: Open, said: bytes) -> None:
    reader = reading(QuirkyMailbox(MAILS, spoilt={3: Answer(before=said)}))
    assert reader.sync().new_messages == 4
    reader.has_all(but=3)
    assert reader.not_handed_over()


@pytest.mark.parametrize("status", ["NO", "BAD"])
def test_a_mail_that_is_refused_costs_itself_and_is_told(reading: Open, status: str) -> None:
    reader = reading(QuirkyMailbox(MAILS, spoilt={3: Answer(status, "[SERVERBUG] Internal error")}))
    assert reader.sync().new_messages == 4
    reader.has_all(but=3)
    assert reader.not_handed_over()


@pytest.mark.parametrize(
    "name", ["客户".encode("gb18030"), "Kunden-M\xfcnchen".encode("latin-1"), b"&Zzz", b"\xff\xfe"]
)
def test_an_8_bit_folder_name_is_sent_as_it_was_listed_and_stops_nothing(reading: Open, name: bytes) -> None:
    listing = b'* LIST () "/" INBOX\r\n* LIST () "/" "%s"\r\n* LIST () "/" Last\r\n' % name
    reader = reading(QuirkyMailbox(MAILS, {"LIST": Answer(before=listing)}))
    report = reader.sync()
    assert (report.errors, report.new_messages) == ((), 5)
    assert len(report.accounts[0].folders) == 3
    assert f'EXAMINE "{name.decode("utf-8", "replace")}"' in reader.server.commands
    reader.has_all()


def test_a_folder_that_the_server_lists_and_does_not_open_stops_no_other(reading: Open) -> None:
    listing = b'* LIST () "/" INBOX\r\n* LIST () "/" "Old&-\xff"\r\n* LIST () "/" Last\r\n'
    refusal = Answer("NO", "[CANNOT] Mailbox name is not valid")
    reader = reading(QuirkyMailbox(MAILS, {"LIST": Answer(before=listing), 'EXAMINE "Old': refusal}))
    report = reader.sync()
    assert len(report.errors) == 1
    assert [folder.name for folder in report.accounts[0].folders] == ["INBOX", "Last"]
    assert report.new_messages == 5
    assert "Old&" in reader.trouble()
    (account,) = reader.core.ask("accounts")
    assert account.last_good_poll is not None
    assert account.next_try is None  # INBOX is read as often as ever


def test_news_that_nobody_asked_for_changes_nothing(reading: Open) -> None:
    news = b"* 2 FETCH (FLAGS (\\Seen))\r\n* 9 FETCH (UID 900 FLAGS (\\Seen))\r\n* 6 EXISTS\r\n* 1 RECENT\r\n* OK still here\r\n"
    whole = body(3, len(MAILS[3]), MAILS[3] + b")\r\n")
    reader = reading(QuirkyMailbox(MAILS, spoilt={3: Answer(before=news + whole + news)}))
    assert (reader.sync().errors, reader.not_handed_over()) == ((), False)
    reader.has_all()


def test_a_literal_of_400_mb_is_refused_unread(reading: Open) -> None:
    huge = Answer(before=body(3, 400 * 1024 * 1024, b"Subject: x\r\n"), silent=True)
    reader = reading(QuirkyMailbox(MAILS, spoilt={3: huge}))
    began = time.monotonic()
    assert reader.sync().new_messages == 4
    assert time.monotonic() - began < 5  # it didn't wait for what it will not read
    reader.has_all(but=3)
    assert reader.not_handed_over()


def test_silence_at_one_mail_costs_that_mail(reading: Open) -> None:
    silent = Answer(before=body(3, 5000, b"Subject: and then"), silent=True)
    reader = reading(QuirkyMailbox(MAILS, spoilt={3: silent}))
    assert reader.sync().new_messages == 4
    reader.has_all(but=3)


@pytest.mark.parametrize("step", ["CAPABILITY", "LOGIN", "ID", "LIST", "EXAMINE", "UID SEARCH", "UID FETCH"])
def test_silence_at_a_step_ends_in_time_and_is_told(reading: Open, step: str) -> None:
    reader = reading(QuirkyMailbox(MAILS, {step: Answer(silent=True)}))
    assert len(reader.sync().errors) == 1
    assert "did not answer in time" in reader.trouble()
    del reader.server.dialogue[step]
    assert reader.sync().new_messages == 5
    reader.has_all()


@pytest.mark.parametrize("offered", [b"* CAPABILITY IMAP4rev1\r\n", b"* CAPABILITY IMAP4rev1 STARTTLS\r\n"])
def test_a_stripped_starttls_gets_no_password(reading: Open, offered: bytes) -> None:
    server = QuirkyMailbox(MAILS, {"CAPABILITY": Answer(before=offered), "STARTTLS": Answer("BAD", "unknown command")})
    reader = reading(server, server.imap_url.replace("imap:", "imap+starttls:"))
    assert len(reader.sync().errors) == 1
    assert reader.trouble()
    assert not any(SECRET in command for command in server.commands)


def test_plain_text_after_starttls_gets_no_password(reading: Open) -> None:
    offered = Answer(before=b"* CAPABILITY IMAP4rev1 STARTTLS\r\n")
    piped = Answer(text="go ahead\r\n* OK [ALERT] somebody in between")
    server = QuirkyMailbox(MAILS, {"CAPABILITY": offered, "STARTTLS": piped})
    reader = reading(server, server.imap_url.replace("imap:", "imap+starttls:"))
    assert len(reader.sync().errors) == 1
    assert "between STARTTLS" in reader.trouble()
    assert not any(SECRET in command for command in server.commands)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("Request is throttled. Suggested Backoff Time: 1800000 milliseconds", 1800),
        ("[UNAVAILABLE] Busy. Suggested backoff time: 600 s", 600),
    ],
)
@pytest.mark.parametrize("step", ["LOGIN", "EXAMINE", 'EXAMINE "Sent', "UID SEARCH", "UID FETCH"])
def test_a_suggested_backoff_time_is_obeyed(reading: Open, step: str, words: str, seconds: int) -> None:
    reader = reading(QuirkyMailbox(MAILS, {step: Answer("NO", words)}))
    assert len(reader.sync().errors) == 1
    (account,) = reader.core.ask("accounts")
    assert account.next_try is not None
    wait = (account.next_try - reader.world.clock.now()).total_seconds()
    assert seconds <= wait <= seconds * 1.2
    assert reader.core.do("sync", due=True).row.accounts == ()


@pytest.mark.parametrize("end", [Answer("BAD", THROTTLED), Answer(before=f"* BYE {THROTTLED}\r\n".encode(), cut=True)])
def test_no_mail_is_blamed_when_a_server_asks_for_a_rest_while_handing_over(reading: Open, end: Answer) -> None:
    reader = reading(QuirkyMailbox(MAILS, spoilt={3: end}))
    assert len(reader.sync().errors) == 1
    assert not reader.not_handed_over()
    assert reader.server.served == [5, 4, 3]  # it was asked once
    (account,) = reader.core.ask("accounts")
    assert account.next_try is not None
    reader.server.spoilt.clear()
    assert reader.sync().new_messages == 5
    reader.has_all()


def test_uids_of_32_bits_and_answers_beyond_them(reading: Open) -> None:
    mails = {4_294_967_290 + uid: raw for uid, raw in MAILS.items() if uid < 6}
    reader = reading(
        QuirkyMailbox(mails, {"EXAMINE": examined("UIDVALIDITY 4294967295", "UIDNEXT 99999999999999999999")})
    )
    assert reader.sync().new_messages == 5
    assert reader.sync().new_messages == 0


def test_gmail_s_conversation_is_kept_as_a_hint_and_joins_nothing(reading: Open) -> None:
    mails = {
        1: letter("jan@acme.example", "Valves", message_id="1@acme.example"),
        2: letter("jan.smit@gmail.com", "Re: Valves", message_id="2@gmail.com"),
        3: letter("mia@beta.example", "Re: Valves", message_id="3@beta.example"),
    }
    server = QuirkyMailbox(mails, {"CAPABILITY": Answer(before=b"* CAPABILITY IMAP4rev1 X-GM-EXT-1\r\n")})
    server.gmail_threads = {1: 1_890_000_000_000_000_001, 2: 1_890_000_000_000_000_001, 3: 1_890_000_000_000_000_003}
    reader = reading(server)
    assert reader.sync().new_messages == 3
    rows = reader.core.ask("threads")
    names = {row.id: row.messages[0].message_id for row in rows}
    shown = {names[row.id]: {names[other.thread_id] for other in row.probable} for row in rows}
    assert shown == {"1@acme.example": {"2@gmail.com"}, "2@gmail.com": {"1@acme.example"}, "3@beta.example": set()}
