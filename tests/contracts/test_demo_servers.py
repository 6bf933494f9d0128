"""The demo's servers behave like a small provider: what is delivered can be read, waited for, sent and appended."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import aiosmtplib
import pytest
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from mailcrm.adapters.demo.servers import FOLDERS, DemoServers
from mailcrm.adapters.demo.story import mails

REP, PASSWORD = "lin.wei@brightport.example", "demo"
COLLEAGUE, OTHER_PASSWORD = "zhang.min@brightport.example", "demo too"
ARRIVED = datetime(2026, 11, 2, 9, 15, 42, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="module")
def servers() -> Iterator[DemoServers]:
    with DemoServers({REP: PASSWORD, COLLEAGUE: OTHER_PASSWORD}) as running:
        yield running


@pytest.fixture
def imap(servers: DemoServers) -> Iterator[IMAPClient]:
    client = connect(servers)
    client.login(REP, PASSWORD)
    yield client
    client.logout()


def connect(servers: DemoServers) -> IMAPClient:
    return IMAPClient("127.0.0.1", port=servers.imap_port, ssl=False, timeout=SocketTimeout(5, 5))


def letter(subject: str, to: str = REP) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "buyer@kunde.example", to, subject
    mail["Message-ID"] = f"<{subject.replace(' ', '-')}@kunde.example>"
    mail.set_content('How much is the 1/2" valve, CIF Hamburg?\n')
    return mail


def send(
    servers: DemoServers, mail: EmailMessage, user: str | None = COLLEAGUE, password: str = OTHER_PASSWORD
) -> None:
    asyncio.run(
        aiosmtplib.send(
            mail,
            hostname="127.0.0.1",
            port=servers.smtp_port,
            username=user,
            password=password if user else None,
            start_tls=False,
            timeout=5,
        )
    )


def test_they_are_up_in_well_under_a_second_and_stop_as_fast() -> None:
    started = time.perf_counter()
    with DemoServers({REP: PASSWORD}) as running:
        up = time.perf_counter()
        assert running.imap_port != running.smtp_port
    assert up - started < 1
    assert time.perf_counter() - up < 1


def test_folders_are_there_and_carry_no_special_use(imap: IMAPClient) -> None:
    listed = imap.list_folders()
    assert {name for _flags, _delimiter, name in listed} == set(FOLDERS)
    assert not [
        flag for flags, _delimiter, _name in listed for flag in flags if flag in {b"\\Sent", b"\\Drafts", b"\\Trash"}
    ]


def test_a_delivered_mail_comes_back_octet_by_octet_with_its_arrival(servers: DemoServers, imap: IMAPClient) -> None:
    raw = letter("octets").as_bytes().replace(b"\n", b"\r\n") + b"\xd5\xf2 8-bit and no line end"
    servers.deliver(REP, "Archive", raw, ARRIVED)
    imap.normalise_times = False
    state = imap.select_folder("Archive", readonly=True)
    uid = state[b"UIDNEXT"] - 1
    (fetched,) = imap.fetch([uid], ["RFC822.SIZE", "INTERNALDATE", "BODY.PEEK[]"]).values()
    assert fetched[b"BODY[]"] == raw
    assert fetched[b"RFC822.SIZE"] == len(raw)
    assert fetched[b"INTERNALDATE"] == ARRIVED
    assert imap.fetch([uid], ["FLAGS"])[uid][b"FLAGS"] == ()


def test_the_last_mail_answers_a_search_above_its_uid(servers: DemoServers, imap: IMAPClient) -> None:
    servers.deliver(REP, "Archive", letter("last").as_bytes(), ARRIVED)
    last = imap.select_folder("Archive", readonly=True)[b"UIDNEXT"] - 1
    assert imap.search(["UID", f"{last + 5}:*"]) == [last]


def test_what_lies_in_sent_is_read_already(servers: DemoServers, imap: IMAPClient) -> None:
    servers.deliver(REP, "Sent", letter("ours").as_bytes(), ARRIVED)
    imap.select_folder("Sent", readonly=True)
    assert imap.search(["UNSEEN"]) == []
    assert len(imap.search(["SEEN"])) == 1


def test_append_keeps_flags_and_date(imap: IMAPClient) -> None:
    imap.append("Drafts", letter("draft").as_bytes(), flags=[b"\\Seen"], msg_time=ARRIVED)
    imap.normalise_times = False
    imap.select_folder("Drafts", readonly=True)
    (found,) = imap.fetch(imap.search(), ["FLAGS", "INTERNALDATE"]).values()
    assert b"\\Seen" in found[b"FLAGS"]
    assert found[b"INTERNALDATE"] == ARRIVED


def test_mail_for_a_user_wakes_the_client_that_idles(servers: DemoServers, imap: IMAPClient) -> None:
    imap.select_folder("INBOX", readonly=True)
    imap.idle()
    send(servers, letter("wake up"))
    woken = imap.idle_check(timeout=5)
    imap.idle_done()
    assert any(word == b"EXISTS" for _number, word, *_rest in woken)
    assert len(imap.search(["SUBJECT", "wake up"])) == 1


def test_mail_for_the_made_up_world_is_kept(servers: DemoServers) -> None:
    send(servers, letter("to a customer", to="katrin@nordwind.example"), REP, PASSWORD)
    kept = servers.sent[-1]
    assert kept.recipients == ("katrin@nordwind.example",)
    assert b"Subject: to a customer\r\n" in kept.raw


def test_mail_for_the_real_world_is_refused(servers: DemoServers) -> None:
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
        send(servers, letter("astray", to="somebody@elsewhere.test"))


def test_nobody_sends_without_a_login(servers: DemoServers) -> None:
    with pytest.raises(aiosmtplib.SMTPSenderRefused) as refused:
        send(servers, letter("anonymous"), user=None)
    assert refused.value.code == 530


def test_a_wrong_password_is_refused_by_both(servers: DemoServers) -> None:
    with pytest.raises(aiosmtplib.SMTPAuthenticationError):
        send(servers, letter("wrong"), REP, "wrong")
    client = connect(servers)
    with pytest.raises(LoginError):
        client.login(REP, "wrong")
    client.shutdown()


def test_each_user_has_a_mailbox_of_their_own(servers: DemoServers) -> None:
    servers.deliver(COLLEAGUE, "INBOX", letter("for the colleague").as_bytes(), ARRIVED)
    client = connect(servers)
    client.login(COLLEAGUE, OTHER_PASSWORD)
    client.select_folder("INBOX", readonly=True)
    assert len(client.search(["SUBJECT", "for the colleague"])) == 1
    client.logout()


def test_stopping_hangs_up_on_everybody_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), DemoServers({REP: PASSWORD}) as running:
        idler, reader = connect(running), connect(running)
        for client in (idler, reader):
            client.login(REP, PASSWORD)
            client.select_folder("INBOX", readonly=True)
        idler.idle()
        talker = socket.create_connection(("127.0.0.1", running.smtp_port), timeout=5)
        assert talker.recv(100).startswith(b"220 ")
        ports = running.imap_port, running.smtp_port
    with talker:
        assert talker.recv(100) == b""
    for client in (idler, reader):
        client.shutdown()
    for port in ports:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=5)
    assert caplog.records == []


def test_arrivals_of_mail_sent_now_are_now(servers: DemoServers, imap: IMAPClient) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    send(servers, letter("just now"))
    imap.normalise_times = False
    imap.select_folder("INBOX", readonly=True)
    (found,) = imap.fetch(imap.search(["SUBJECT", "just now"]), ["INTERNALDATE"]).values()
    assert before <= found[b"INTERNALDATE"] <= datetime.now(UTC)


def test_the_whole_story_comes_back_octet_by_octet() -> None:
    story = mails(datetime.now(UTC))
    user = "story@brightport.example"
    with DemoServers({user: PASSWORD}) as running:
        for mail in story:
            running.deliver(user, mail.folder, mail.raw, mail.arrived_at)
        client = connect(running)
        client.login(user, PASSWORD)
        client.normalise_times = False
        found = set()
        for folder in FOLDERS:
            client.select_folder(folder, readonly=True)
            fetched = client.fetch(client.search(), ["BODY.PEEK[]", "INTERNALDATE"])
            found |= {(folder, each[b"BODY[]"], each[b"INTERNALDATE"]) for each in fetched.values()}
        client.logout()
    assert found == {(mail.folder, mail.raw, mail.arrived_at) for mail in story}
