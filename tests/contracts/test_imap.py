"""What a MailSource promises, on the fake and on real servers; and what IMAP servers do to each other's clients.

`TestContract` runs on the fake, on Dovecot and Cyrus (implicit TLS and STARTTLS) and on pymap. The rest is about ImapSource: every
failure is a sentence with its mend, and one bad mail never stops a folder.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from imapclient import SocketTimeout
from servers.cyrus import Cyrus
from servers.dovecot import Dovecot, Login
from servers.imapd import Answer, ScriptedImap
from servers.loopback import Certificates

from mailcrm.adapters.demo.servers import DemoServers
from mailcrm.adapters.imap.fake import FakeMailServer
from mailcrm.adapters.imap.folders import listed
from mailcrm.adapters.imap.probe import probe
from mailcrm.adapters.imap.source import ImapSource
from mailcrm.adapters.quirks import Quirk, quirk_for, quirk_of_address, quirks
from mailcrm.domain.errors import ConfigError, LoginRefused, RemoteError, ServerRefused, TlsError, Unreachable
from mailcrm.domain.mailboxes import sent_folder
from mailcrm.domain.servers import server_of
from mailcrm.domain.words import say
from mailcrm.ports import AccountLogin, FetchedMail, MailHead, MailSource

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
REP = "rep@ningbo.example"


def letter(number: int, body: str = "How much for 500 pieces?") -> bytes:
    return (
        f"From: Jan <jan@kunde.example>\r\nTo: {REP}\r\nSubject: Inquiry {number}\r\n"
        f"Message-ID: <{number}@kunde.example>\r\n\r\n{body}\r\n"
    ).encode()


def account(url: str, user: str = REP) -> AccountLogin:
    return AccountLogin("rep", url, "", user, "memory")


class Mailbox:
    """A mailbox on some server: how a test puts mails there and connects."""

    def __init__(self, deliver: Callable[[str, bytes, datetime], object], connect: Callable[[], MailSource]) -> None:
        self.deliver = deliver
        self.connect = connect


def of_dovecot(dovecot: Dovecot, login: Login, url: str) -> Mailbox:
    def deliver(folder: str, raw: bytes, at: datetime) -> object:
        return dovecot.deliver(login.user, folder, raw, at)

    return Mailbox(deliver, lambda: ImapSource(account(url, login.user), lambda: login.password, ca_file=dovecot.ca))


def of_cyrus(cyrus: Cyrus, login: Login, url: str) -> Mailbox:
    def deliver(folder: str, raw: bytes, at: datetime) -> None:
        cyrus.deliver(login.user, folder, raw, at)

    return Mailbox(deliver, lambda: ImapSource(account(url, login.user), lambda: login.password, ca_file=cyrus.ca))


_numbers = itertools.count(1)


@pytest.fixture(
    params=[
        "fake",
        "pymap",
        pytest.param("dovecot-tls", marks=pytest.mark.server),
        pytest.param("dovecot-starttls", marks=pytest.mark.server),
        pytest.param("cyrus-tls", marks=pytest.mark.server),
        pytest.param("cyrus-starttls", marks=pytest.mark.server),
    ]
)
def mailbox(request: pytest.FixtureRequest) -> Iterator[Mailbox]:
    if request.param == "fake":
        server = FakeMailServer()
        yield Mailbox(lambda folder, raw, at: server.deliver(folder.encode(), raw, at), server.open)
    elif request.param == "pymap":
        with DemoServers({REP: "secret"}) as demo:
            url = f"imap://127.0.0.1:{demo.imap_port}"
            yield Mailbox(
                lambda folder, raw, at: demo.deliver(REP, folder, raw, at),
                lambda: ImapSource(account(url), lambda: "secret"),
            )
    elif request.param.startswith("cyrus"):
        cyrus: Cyrus = request.getfixturevalue("cyrus")
        login = cyrus.add_user(f"rep-{next(_numbers)}@ningbo.example", "correct horse")
        url = cyrus.imap_url if request.param == "cyrus-tls" else cyrus.starttls_url
        yield of_cyrus(cyrus, login, url)
    else:
        dovecot: Dovecot = request.getfixturevalue("dovecot")
        login = request.getfixturevalue("new_user")(REP)
        yield of_dovecot(dovecot, login, dovecot.imap_url if request.param == "dovecot-tls" else dovecot.starttls_url)


@pytest.fixture
def source(mailbox: Mailbox) -> Iterator[MailSource]:
    with contextlib.closing(mailbox.connect()) as opened:
        yield opened


def read_all(source: MailSource) -> list[FetchedMail]:
    heads = source.heads(source.uids(1))
    return [mail for batch in source.bodies([heads[uid] for uid in sorted(heads)]) for mail in batch]


class TestContract:
    def test_inbox_and_sent_are_listed(self, source: MailSource) -> None:
        listing = source.mailboxes()
        assert b"INBOX" in [each.raw_name for each in listing]
        sent = sent_folder(listing)
        assert sent is not None
        assert sent.raw_name == b"Sent"

    def test_an_empty_folder_has_nothing(self, source: MailSource) -> None:
        assert source.examine(b"INBOX").exists == 0
        assert source.uids(1) == []
        assert source.heads([]) == {}
        assert list(source.bodies([])) == []

    def test_mails_come_as_they_lie_there_with_size_and_arrival(self, mailbox: Mailbox, source: MailSource) -> None:
        for number in range(3):
            mailbox.deliver("INBOX", letter(number), NOON + timedelta(hours=number))
        state = source.examine(b"INBOX")
        mails = read_all(source)
        assert state.exists == 3
        assert state.uidvalidity is not None
        assert state.uidnext == mails[-1].uid + 1
        assert [mail.raw for mail in mails] == [letter(number) for number in range(3)]
        assert [mail.internaldate for mail in mails] == [NOON + timedelta(hours=number) for number in range(3)]
        assert [head.size for head in source.heads(source.uids(1)).values()] == [len(letter(0))] * 3

    def test_uids_stay_within_what_was_asked(self, mailbox: Mailbox, source: MailSource) -> None:
        for number in range(4):
            mailbox.deliver("INBOX", letter(number), NOON)
        source.examine(b"INBOX")
        everything = source.uids(1)
        assert everything == sorted(everything)
        assert len(everything) == 4
        assert source.uids(everything[1], everything[2]) == everything[1:3]
        assert source.uids(everything[2]) == everything[2:]
        assert source.uids(everything[-1] + 1) == []
        assert source.uids(everything[1], everything[0]) == []

    def test_uids_that_do_not_exist_are_missing_and_no_error(self, mailbox: Mailbox, source: MailSource) -> None:
        mailbox.deliver("INBOX", letter(1), NOON)
        source.examine(b"INBOX")
        (uid,) = source.uids(1)
        assert list(source.heads([uid, uid + 5])) == [uid]
        bodies = [mail.uid for batch in source.bodies([MailHead(uid + 5, 10, None)]) for mail in batch]
        assert bodies == []

    def test_batches_keep_the_order_that_was_asked_for(self, mailbox: Mailbox, source: MailSource) -> None:
        for number in range(60):
            mailbox.deliver("INBOX", letter(number), NOON)
        source.examine(b"INBOX")
        heads = source.heads(source.uids(1))
        newest_first = [heads[uid] for uid in sorted(heads, reverse=True)]
        batches = list(source.bodies(newest_first))
        assert max(len(batch) for batch in batches) <= 50
        assert [mail.uid for batch in batches for mail in batch] == [head.uid for head in newest_first]

    def test_message_ids_are_those_of_the_mails(self, mailbox: Mailbox, source: MailSource) -> None:
        for number in range(3):
            mailbox.deliver("INBOX", letter(number), NOON)
        mailbox.deliver("INBOX", b"Subject: none\r\n\r\nhi\r\n", NOON)
        source.examine(b"INBOX")
        uids = source.uids(1)
        names = source.message_ids([*uids, uids[-1] + 7])
        assert [names[uid] for uid in uids] == ["0@kunde.example", "1@kunde.example", "2@kunde.example", ""]
        assert len(names) == 4

    def test_letterheads_say_who_writes_and_what_to(self, mailbox: Mailbox, source: MailSource) -> None:
        answer = letter(1).replace(
            b"Subject:", b"In-Reply-To: <0@us.example>\r\nReferences: <0@us.example>\r\nSubject:"
        )
        mailbox.deliver("INBOX", answer, NOON)
        mailbox.deliver("INBOX", b"Subject: none\r\n\r\nhi\r\n", NOON)
        source.examine(b"INBOX")
        uids = source.uids(1)
        lines = source.letterheads([*uids, uids[-1] + 7])
        assert lines.keys() == set(uids)
        head = lines[uids[0]].lower()
        assert all(name in head for name in (b"from:", b"message-id:", b"in-reply-to: <0@us", b"references: <0@us"))
        assert b"hi" not in lines[uids[1]]

    def test_a_mail_is_had_whole_and_one_that_went_is_none(self, mailbox: Mailbox, source: MailSource) -> None:
        mailbox.deliver("INBOX", letter(1, "x" * 100_000), NOON)
        source.examine(b"INBOX")
        (uid,) = source.uids(1)
        mail = source.whole(uid)
        assert mail is not None
        assert (mail.raw, mail.internaldate, mail.oversize) == (letter(1, "x" * 100_000), NOON, False)
        assert source.whole(uid + 7) is None

    def test_the_one_write_is_append(self, source: MailSource) -> None:
        source.append(b"Sent", letter(9), NOON)
        source.examine(b"Sent")
        (mail,) = read_all(source)
        assert (mail.raw, mail.internaldate) == (letter(9), NOON)

    def test_a_message_is_found_by_its_whole_id_only(self, mailbox: Mailbox, source: MailSource) -> None:
        mailbox.deliver("INBOX", letter(1), NOON)
        mailbox.deliver("Sent", letter(21), NOON)
        source.examine(b"INBOX")
        assert source.has_message(b"Sent", "21@kunde.example")
        assert not source.has_message(b"Sent", "1@kunde.example")
        assert [mail.raw for mail in read_all(source)] == [letter(1)]

    def test_a_mail_of_ours_is_found_by_its_reference_under_another_id(
        self, mailbox: Mailbox, source: MailSource
    ) -> None:
        marked = letter(1).replace(b"Message-ID:", b"X-Mailcrm-Reference: 0123456789abcdef\r\nMessage-ID:")
        mailbox.deliver("Sent", letter(21), NOON)
        mailbox.deliver("Sent", marked, NOON)
        assert source.has_message(b"Sent", "lost@us.example", "0123456789abcdef")
        assert not source.has_message(b"Sent", "lost@us.example", "0123456789abcde")
        assert not source.has_message(b"Sent", "lost@us.example")

    def test_a_folder_that_is_not_there_is_refused_and_the_next_one_opens(
        self, mailbox: Mailbox, source: MailSource
    ) -> None:
        mailbox.deliver("INBOX", letter(1), NOON)
        with pytest.raises(ServerRefused):
            source.examine(b"No such folder")
        assert source.examine(b"INBOX").exists == 1

    def test_waiting_ends_when_mail_comes(self, mailbox: Mailbox, source: MailSource) -> None:
        source.examine(b"INBOX")
        deliverer = threading.Timer(0.05, mailbox.deliver, ("INBOX", letter(1), NOON))
        deliverer.start()
        deadline = time.monotonic() + 20
        while not source.wait(5):
            assert time.monotonic() < deadline
        deliverer.join()
        source.examine(b"INBOX")
        assert [mail.raw for mail in read_all(source)] == [letter(1)]

    def test_a_closed_source_is_unreachable_and_closing_twice_is_harmless(self, source: MailSource) -> None:
        source.close()
        source.close()
        with pytest.raises(Unreachable):
            source.mailboxes()


# -- Dovecot only -----------------------------------------------------------------------------------------------------


@pytest.fixture
def login(new_user: Callable[[str], Login]) -> Login:
    return new_user(REP)


@pytest.fixture
def real(dovecot: Dovecot, login: Login) -> Iterator[ImapSource]:
    with contextlib.closing(
        ImapSource(account(dovecot.imap_url, login.user), lambda: login.password, ca_file=dovecot.ca, oversize=10_000)
    ) as opened:
        yield opened


def test_reading_marks_nothing(dovecot: Dovecot, login: Login, real: ImapSource) -> None:
    dovecot.deliver(login.user, "INBOX", letter(1), NOON)
    real.examine(b"INBOX")
    assert len(read_all(real)) == 1
    assert ",S" not in dovecot.files(login.user)[0].name
    real.append(b"Sent", letter(2), NOON)
    assert dovecot.files(login.user, "Sent")[0].name.endswith(":2,S")


def test_an_oversize_mail_comes_as_its_header(dovecot: Dovecot, login: Login, real: ImapSource) -> None:
    dovecot.deliver(login.user, "INBOX", letter(1), NOON)
    dovecot.deliver(login.user, "INBOX", letter(2, "x" * 20_000), NOON)
    dovecot.deliver(login.user, "INBOX", letter(3), NOON)
    real.examine(b"INBOX")
    small, large, last = read_all(real)
    assert (small.oversize, large.oversize, last.oversize) == (False, True, False)
    assert large.raw == letter(2, "").removesuffix(b"\r\n")


def test_names_are_kept_raw_and_shown_readable(dovecot: Dovecot, login: Login, real: ImapSource) -> None:
    dovecot.deliver(login.user, "客户/Müller & Söhne", letter(1), NOON)
    (found,) = [each for each in real.mailboxes() if each.name == "客户/Müller & Söhne"]
    assert found.raw_name.isascii()
    assert real.examine(found.raw_name).exists == 1


def test_a_mail_deleted_meanwhile_is_missing_and_nothing_else(dovecot: Dovecot, login: Login, real: ImapSource) -> None:
    files = [dovecot.deliver(login.user, "INBOX", letter(number), NOON) for number in range(3)]
    real.examine(b"INBOX")
    heads = list(real.heads(real.uids(1)).values())
    for path in dovecot.files(login.user):
        if path.name.startswith(files[1].name):
            path.unlink()
    mails = [mail.raw for batch in real.bodies(heads) for mail in batch]
    assert letter(1) not in mails
    assert len(mails) == 2
    assert real.skipped == []


def test_a_mail_that_the_server_itself_cannot_read_stops_no_folder(
    dovecot: Dovecot, login: Login, real: ImapSource
) -> None:
    """Dovecot answers BYE to the whole FETCH and hangs up."""
    for number in range(4):
        dovecot.deliver(login.user, "INBOX", letter(number), NOON)
    real.examine(b"INBOX")
    heads = list(real.heads(real.uids(1)).values())
    bad = dovecot.files(login.user)[2]
    bad.unlink()
    bad.mkdir()  # unreadable for root too
    mails = [mail for batch in real.bodies(heads) for mail in batch]
    assert len(mails) == 3
    assert [uid for uid, _why in real.skipped] == sorted({head.uid for head in heads} - {mail.uid for mail in mails})


@pytest.mark.parametrize(
    "password", ["plain", "Schlüssel 密码", 'quo"te\\s and spaces'], ids=["ascii", "non-ascii", "quotes"]
)
def test_every_password_gets_in(dovecot: Dovecot, password: str, new_user: Callable[[str], Login]) -> None:
    user = new_user(REP).user
    login = dovecot.add_user(user, password)
    ImapSource(account(dovecot.imap_url, login.user), lambda: password, ca_file=dovecot.ca).close()


def test_a_wrong_password_is_told_and_never_shown(
    dovecot: Dovecot, login: Login, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(LoginRefused, match="refused user name or password") as caught:
        ImapSource(account(dovecot.imap_url, login.user), lambda: "wr0ng", ca_file=dovecot.ca)
    assert "wr0ng" not in f"{caught.value!r}{caplog.text}"


def test_no_mail_and_no_password_reaches_the_log(
    dovecot: Dovecot, login: Login, caplog: pytest.LogCaptureFixture
) -> None:
    dovecot.deliver(login.user, "INBOX", letter(1, "a secret price"), NOON)
    with (
        caplog.at_level(logging.DEBUG),
        contextlib.closing(
            ImapSource(account(dovecot.imap_url, login.user), lambda: login.password, ca_file=dovecot.ca)
        ) as source,
    ):
        source.examine(b"INBOX")
        assert len(read_all(source)) == 1
    assert "secret price" not in caplog.text
    assert login.password not in caplog.text


def test_waiting_ends_when_told_to_stop(dovecot: Dovecot, login: Login) -> None:
    stop = threading.Event()
    with contextlib.closing(
        ImapSource(account(dovecot.imap_url, login.user), lambda: login.password, ca_file=dovecot.ca, stop=stop)
    ) as source:
        source.examine(b"INBOX")
        stop.set()
        started = time.monotonic()
        assert source.wait(60) is False
        assert time.monotonic() - started < 5
        assert source.examine(b"INBOX").exists == 0


class TestProbe:
    def checks(self, dovecot: Dovecot, login: Login, password: str = "") -> dict[str, bool]:
        found = list(
            probe(
                lambda: ImapSource(
                    account(dovecot.imap_url, login.user), lambda: password or login.password, ca_file=dovecot.ca
                )
            )
        )
        assert all(check.fix is not None for check in found if not check.ok)
        return {check.name: check.ok for check in found}

    def test_a_good_account(self, dovecot: Dovecot, login: Login) -> None:
        dovecot.deliver(login.user, "INBOX", letter(1), NOON)
        dovecot.deliver(login.user, "Sent", letter(2), NOON)
        assert self.checks(dovecot, login) == dict.fromkeys(
            ("login", "folders", "inbox", "sent", "sent_kept", "idle"), True
        )

    def test_sent_mail_that_is_not_kept(self, dovecot: Dovecot, login: Login) -> None:
        dovecot.deliver(login.user, "INBOX", letter(1), NOON)
        assert self.checks(dovecot, login)["sent_kept"] is False

    def test_a_wrong_password_is_the_last_thing_known(self, dovecot: Dovecot, login: Login) -> None:
        assert self.checks(dovecot, login, "wrong") == {"login": False}

    def test_no_folder_for_sent_mail(self) -> None:
        with ScriptedImap({"LIST": Answer(before=b'* LIST () "/" INBOX\r\n')}) as server:
            found = {check.name: check for check in probe(lambda: scripted(server))}
        assert found["sent"].ok is False
        assert "Sent" in str(found["sent"].fix)

    def test_a_provider_that_wants_an_introduction_is_introduced(self) -> None:
        with ScriptedImap(wants_id=True) as server:
            assert all(check.ok for check in probe(lambda: scripted(server)))
            assert server.commands[server.commands.index('EXAMINE "INBOX"') - 2].startswith("ID ")


# -- what servers do ----------------------------------------------------------------------------------------------------


def scripted(server: ScriptedImap, **options: object) -> ImapSource:
    return ImapSource(
        account(server.imap_url),
        lambda: "s3cret",
        timeout=SocketTimeout(connect=2, read=0.5),
        **options,  # type: ignore[arg-type]  # a few named options of the constructor
    )


@contextlib.contextmanager
def opened(server: ScriptedImap, **options: object) -> Iterator[ImapSource]:
    with server, contextlib.closing(scripted(server, **options)) as source:
        source.examine(b"INBOX")
        yield source


LOGIN_WORDS = [
    ("[AUTHENTICATIONFAILED] Invalid credentials", LoginRefused, "user name or password"),
    ("LOGIN Login error or password error", LoginRefused, "user name or password"),
    ("Please login with authorization code", LoginRefused, "not enough there"),
    ("请使用授权码登录", LoginRefused, "not enough there"),
    ("[ALERT] Application-specific password required", LoginRefused, "not enough there"),
    ("LOGIN Unsafe Login. Please contact us", LoginRefused, "Unsafe Login"),
    ("Your account is not enabled for IMAP use", LoginRefused, "switched off"),
    ("[PRIVACYREQUIRED] Plaintext authentication disallowed", LoginRefused, "encrypted"),
    ("[UNAVAILABLE] Temporary authentication failure", ServerRefused, "just now"),
    ("Too many simultaneous connections", ServerRefused, "just now"),
]


@pytest.mark.parametrize(("words", "kind", "told"), LOGIN_WORDS)
def test_a_refused_login_names_its_cause(words: str, kind: type[RemoteError], told: str) -> None:
    with ScriptedImap({"LOGIN": Answer("NO", words)}) as server, pytest.raises(kind, match=told) as caught:
        scripted(server)
    assert caught.value.hint is not None


def test_a_server_that_quotes_the_password_back_does_not_show_it() -> None:
    dialogue = {"LOGIN": Answer("BAD", f"what is LOGIN {REP} s3cret?")}
    with ScriptedImap(dialogue) as server, pytest.raises(LoginRefused) as caught:
        scripted(server)
    assert "s3cret" not in repr(caught.value)


@pytest.mark.parametrize(
    ("host", "name", "auth_code"),
    [
        ("imap.163.com", "NetEase", True),
        ("imap.126.com", "NetEase", True),
        ("imap.yeah.net", "NetEase", True),
        ("imap.qq.com", "QQ Mail", True),
        ("imap.exmail.qq.com", "Tencent Exmail", True),
        ("imap.gmail.com", "Gmail", True),
        ("outlook.office365.com", "Microsoft 365", False),
        ("partner.outlook.cn", "Microsoft 365 (21Vianet)", False),
        ("imap.qiye.aliyun.com", "Alibaba Mail", False),
        ("imap.mxhichina.com", "Alibaba Mail", False),
        ("imap.qiye.163.com", "NetEase enterprise", False),
        ("imap.263.net", "263", False),
        ("imappro.zoho.eu", "Zoho Mail", False),
        ("imap.yandex.ru", "Yandex Mail", True),
        ("mail.ningbo.example", "Another provider", False),
        ("evil-163.com", "Another provider", False),
    ],
)
def test_a_provider_is_known_by_its_host(host: str, name: str, auth_code: bool) -> None:
    assert (str(quirk_for(host).name), quirk_for(host).auth_code) == (name, auth_code)


def test_every_provider_has_hosts_and_a_mend() -> None:
    known = {str(quirk.name): quirk for quirk in quirks()}
    assert known.pop("Another provider").hosts == ()
    assert set(known) >= {
        *("NetEase", "NetEase enterprise", "QQ Mail", "Tencent Exmail", "Alibaba Mail", "263"),
        *("Gmail", "Microsoft 365", "Zoho Mail", "Yandex Mail"),
    }
    assert all(quirk.hosts and quirk.hint for quirk in known.values())


@pytest.mark.parametrize("quirk", [each for each in quirks() if each.hosts], ids=lambda each: str(each.name))
def test_the_servers_of_every_provider_are_its_own_and_encrypted(quirk: Quirk) -> None:
    for domain in quirk.domains or ("ningbo.example",):
        imap, smtp = (server_of(url, kind) for url, kind in zip(quirk.servers(domain), ("imap", "smtp"), strict=True))
        assert "plain" not in {imap.security, smtp.security}
        assert quirk_for(imap.host) == quirk_for(smtp.host) == quirk
        assert not quirk.domains or quirk_of_address(f"li@{domain.upper()}") == quirk


@pytest.mark.parametrize(
    ("address", "name", "imap"),
    [
        ("li@163.com", "NetEase", "imaps://imap.163.com"),
        ("li@126.com", "NetEase", "imaps://imap.126.com"),
        ("li@foxmail.com", "QQ Mail", "imaps://imap.qq.com"),
        ("li@ningbo.example", "Another provider", "imaps://imap.ningbo.example"),
    ],
)
def test_a_provider_is_known_by_the_address(address: str, name: str, imap: str) -> None:
    quirk = quirk_of_address(address)
    assert (str(quirk.name), quirk.servers(address.partition("@")[2])[0]) == (name, imap)


def test_unsafe_login_at_examine_is_a_refused_login() -> None:
    dialogue = {"EXAMINE": Answer("NO", "EXAMINE Unsafe Login. Please contact kefu@188.com for help")}
    with (
        ScriptedImap(dialogue) as server,
        contextlib.closing(scripted(server)) as source,
        pytest.raises(LoginRefused, match="Unsafe Login"),
    ):
        source.examine(b"INBOX")


@pytest.mark.parametrize(
    ("greeting", "kind"),
    [
        (b"* BYE too many connections\r\n", Unreachable),
        (b"", Unreachable),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", Unreachable),
        (b"220 smtp.example ESMTP\r\n", Unreachable),
    ],
    ids=["bye", "silence", "http", "smtp"],
)
def test_a_greeting_that_is_none(greeting: bytes, kind: type[RemoteError]) -> None:
    with ScriptedImap(greeting=greeting) as server, pytest.raises(kind):
        scripted(server)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable, match="refuses the connection"):
        ImapSource(account(f"imap://127.0.0.1:{port}"), lambda: "s3cret")


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(Unreachable, match="unknown"):
        ImapSource(account("imaps://imap.nowhere.invalid"), lambda: "s3cret")


EXAMINED = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 4] ok\r\n"


@pytest.mark.parametrize("step", ["LOGIN", "EXAMINE", "LIST", "UID SEARCH", "UID FETCH", "APPEND", "IDLE"])
@pytest.mark.parametrize("answer", [Answer(cut=True), Answer(before=b"* BYE gone\r\n", cut=True), Answer(silent=True)])
def test_a_cut_or_silence_at_any_step_is_unreachable_and_never_an_empty_answer(step: str, answer: Answer) -> None:
    def walk() -> None:
        with contextlib.closing(scripted(server)) as source:
            source.mailboxes()
            source.examine(b"INBOX")
            source.uids(1)
            source.heads([1, 2])
            source.append(b"Sent", letter(1), NOON)
            source.wait(1)

    with ScriptedImap({step: answer}) as server, pytest.raises(Unreachable):
        walk()


@pytest.mark.parametrize("last_words", [b"", b"* BYE shutting down\r\n", b"* 5 EX"])
def test_a_connection_that_dies_while_we_wait_is_unreachable(last_words: bytes) -> None:
    dialogue = {"IDLE": Answer(before=b"+ idling\r\n" + last_words, cut=True)}
    with opened(ScriptedImap(dialogue)) as source, pytest.raises(Unreachable):
        source.wait(30)


def test_after_a_cut_the_source_stays_closed() -> None:
    with ScriptedImap({"UID SEARCH": Answer(cut=True)}) as server, contextlib.closing(scripted(server)) as source:
        source.examine(b"INBOX")
        with pytest.raises(Unreachable):
            source.uids(1)
        with pytest.raises(Unreachable, match="closed"):
            source.examine(b"INBOX")


@pytest.mark.parametrize(
    ("examine", "status", "expected"),
    [
        (b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n", b'* STATUS "INBOX" (UIDNEXT 4)\r\n', (7, 4, 3)),
        (b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n", b'* STATUS "INBOX" ()\r\n', (7, None, 3)),
        (b"* 3 EXISTS\r\n* OK [UIDVALIDITY 0] ok\r\n* OK [UIDNEXT 4] ok\r\n", b"", (0, 4, 3)),
        (b"* 3 EXISTS\r\n", b"", (None, None, 3)),
        (b"", b"", (None, None, 0)),
    ],
    ids=["status knows", "empty status", "validity 0", "status says nothing", "nothing at all"],
)
def test_examine_tells_what_the_server_tells(
    examine: bytes, status: bytes, expected: tuple[int | None, int | None, int]
) -> None:
    dialogue = {"EXAMINE": Answer(before=examine), "STATUS": Answer(before=status)}
    with ScriptedImap(dialogue) as server, contextlib.closing(scripted(server)) as source:
        state = source.examine(b"INBOX")
    assert (state.uidvalidity, state.uidnext, state.exists) == expected


def fetched(uid: int, raw: bytes, at: str = "02-Nov-2026 12:00:00 +0000") -> bytes:
    return b'* %d FETCH (UID %d INTERNALDATE "%s" BODY[] {%d}\r\n%s)\r\n' % (uid, uid, at.encode(), len(raw), raw)


HEADS = [MailHead(uid, 100, NOON) for uid in (1, 2, 3)]
ALL_THREE = b"* SEARCH 1 2 3\r\n"


@pytest.mark.parametrize(
    "bad",
    [
        Answer("NO", "[SERVERBUG] Internal error"),
        Answer("BAD", "I can't"),
        Answer(before=b'* 2 FETCH (UID 2 BODY[] "unfinished\r\n'),
        Answer(before=b"* 2 FETCH (UID 2 BODY[] NIL)\r\n"),
        Answer(),
    ],
    ids=["NO", "BAD", "malformed", "NIL", "left out"],
)
def test_one_bad_mail_costs_itself_only(bad: Answer) -> None:
    dialogue = {
        "EXAMINE": Answer(before=EXAMINED),
        "UID SEARCH": Answer(before=ALL_THREE),
        "UID FETCH 1,2,3": Answer(bad.status, bad.text, fetched(1, letter(1)) + bad.before),
        "UID FETCH 1 ": Answer(before=fetched(1, letter(1))),
        "UID FETCH 2 ": bad,
        "UID FETCH 3 ": Answer(before=fetched(3, letter(3))),
    }
    with opened(ScriptedImap(dialogue)) as source:
        mails = [(mail.uid, mail.raw) for batch in source.bodies(HEADS) for mail in batch]
        assert mails == [(1, letter(1)), (3, letter(3))]
        assert [uid for uid, _why in source.skipped] == [2]


def test_a_connection_cut_again_and_again_is_not_a_bad_mail() -> None:
    dialogue = {"EXAMINE": Answer(before=EXAMINED), "UID FETCH": Answer(cut=True)}
    with opened(ScriptedImap(dialogue)) as source:
        with pytest.raises(Unreachable):
            list(source.bodies(HEADS))
        assert source.skipped == []


def test_a_head_that_cannot_be_had_is_not_a_mail_that_is_gone() -> None:
    dialogue = {
        "EXAMINE": Answer(before=EXAMINED),
        "UID SEARCH": Answer(before=b"* SEARCH 1 2\r\n"),
        "UID FETCH": Answer("NO", "can't"),
        "UID FETCH 1 ": Answer(before=b'* 1 FETCH (UID 1 RFC822.SIZE 5 INTERNALDATE "31-Feb-2026 99:00:00 +0000")\r\n'),
    }
    with opened(ScriptedImap(dialogue)) as source:
        assert source.heads([1, 2, 3]) == {1: MailHead(1, 5, None), 2: MailHead(2, 0, None)}


def test_news_of_other_mails_does_not_disturb_a_fetch() -> None:
    dialogue = {
        "EXAMINE": Answer(before=EXAMINED),
        "UID FETCH": Answer(before=b"* 2 FETCH (FLAGS (\\Seen))\r\n* 4 EXISTS\r\n" + fetched(1, letter(1))),
        "UID SEARCH": Answer(before=b"* SEARCH 1\r\n"),
    }
    with opened(ScriptedImap(dialogue)) as source:
        assert [[mail.uid for mail in batch] for batch in source.bodies(HEADS)] == [[1]]
        assert source.skipped == []


def test_a_literal_above_the_cap_is_never_read_and_costs_its_mail_only() -> None:
    huge = Answer(before=b"* 2 FETCH (UID 2 BODY[] {99999999999}\r\n", silent=True)
    dialogue = {
        "EXAMINE": Answer(before=EXAMINED),
        "UID SEARCH": Answer(before=ALL_THREE),
        "UID FETCH 1,2,3": huge,
        "UID FETCH 1 ": Answer(before=fetched(1, letter(1))),
        "UID FETCH 2 ": huge,
        "UID FETCH 3 ": Answer(before=fetched(3, letter(3))),
    }
    with opened(ScriptedImap(dialogue), literal_cap=1_000_000) as source:
        assert [mail.uid for batch in source.bodies(HEADS) for mail in batch] == [1, 3]
        ((uid, why),) = source.skipped
    assert uid == 2
    assert "99999999999" in str(why)


def test_a_server_that_ends_every_fetch_is_given_up() -> None:
    dialogue = {
        "EXAMINE": Answer(before=EXAMINED),
        "UID SEARCH": Answer(before=b"* SEARCH " + b" ".join(b"%d" % uid for uid in range(1, 41)) + b"\r\n"),
        "UID FETCH": Answer(before=b"* BYE FETCH failed\r\n", cut=True),
    }
    with opened(ScriptedImap(dialogue)) as source, pytest.raises(Unreachable, match="FETCH failed"):
        list(source.bodies([MailHead(uid, 100, NOON) for uid in range(1, 41)]))


def test_a_folder_renumbered_behind_a_cut_is_not_mixed_up() -> None:
    server = ScriptedImap({"EXAMINE": Answer(before=EXAMINED), "UID FETCH": Answer(before=b"* BYE x\r\n", cut=True)})
    with opened(server) as source:
        server.dialogue["EXAMINE"] = Answer(before=EXAMINED.replace(b"UIDVALIDITY 7", b"UIDVALIDITY 8"))
        with pytest.raises(Unreachable):
            list(source.bodies(HEADS))
        assert source.skipped == []


def test_a_search_answer_may_be_longer_than_a_megabyte() -> None:
    uids = range(1_000_000, 1_200_000)
    long = b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids) + b"\r\n"
    with opened(ScriptedImap({"EXAMINE": Answer(before=EXAMINED), "UID SEARCH": Answer(before=long)})) as source:
        assert source.uids(1) == list(uids)


def test_the_last_mail_that_a_star_always_finds_is_filtered() -> None:
    with opened(ScriptedImap({"UID SEARCH": Answer(before=b"* SEARCH 9\r\n")})) as source:
        assert source.uids(10) == []


def test_a_search_that_finds_by_pieces_or_not_at_all_is_checked_by_the_header() -> None:
    header = b"Message-ID:\r\n <21@kunde.example>\r\n\r\n"
    field = b"* 1 FETCH (UID 1 BODY[HEADER.FIELDS (MESSAGE-ID)] {%d}\r\n%s)\r\n" % (len(header), header)
    dialogue = {
        "EXAMINE": Answer(before=EXAMINED),
        "UID SEARCH HEADER": Answer(before=b"* SEARCH\r\n"),
        "UID SEARCH UID": Answer(before=b"* SEARCH 1\r\n"),
        "UID FETCH": Answer(before=field),
    }
    with opened(ScriptedImap(dialogue)) as source:
        assert source.has_message(b"Sent", "21@kunde.example")
        assert not source.has_message(b"Sent", "1@kunde.example")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'() "/" INBOX', [("INBOX", "", True)]),
        (b'(\\Noselect) "/" Customers', [("Customers", "", False)]),
        (b'(\\HasNoChildren \\SENT) "." INBOX.Sent', [("INBOX.Sent", "\\Sent", True)]),
        (b"() NIL 2026", [("2026", "", True)]),
        ('() "/" 客户'.encode(), [("客户", "", True)]),
        (b'() "/" "&V"', [("&V", "", True)]),
        (b'() "/" "a\\"b"', [('a"b', "", True)]),
        (b'() "/" broken[', []),
        (b"nonsense", []),
        ((b'() "/" {5}', b"a\r\nb!"), [("a\r\nb!", "", False)]),
    ],
)
def test_a_listed_folder_is_read_alone(
    line: bytes | tuple[bytes, bytes], expected: list[tuple[str, str, bool]]
) -> None:
    rest: list[bytes | tuple[bytes, bytes] | None] = [b""] if isinstance(line, tuple) else []
    found = listed([line, *rest, b'() "/" Next'])
    assert [(each.name, each.special_use, each.selectable) for each in found] == [*expected, ("Next", "", True)]


def test_a_folder_name_that_would_be_a_command_is_never_sent() -> None:
    with opened(ScriptedImap()) as source, pytest.raises(ServerRefused):
        source.examine(b'x"\r\nA1 DELETE INBOX')


def test_a_raw_8_bit_name_is_sent_as_it_was_listed() -> None:
    server = ScriptedImap()
    with opened(server) as source:
        source.examine("客户".encode())
    assert 'EXAMINE "客户"' in server.commands


# -- encryption ---------------------------------------------------------------------------------------------------------


class Bent(Certificates):
    """A certificate that is wrong in one way."""

    def __init__(self, root: Path, *hosts: str, expired: bool = False) -> None:
        super().__init__(root)
        ca = trustme.CA()
        expiry = datetime(2020, 1, 1, tzinfo=UTC) if expired else None
        server = ca.issue_cert(*hosts, not_after=expiry)
        ca.cert_pem.write_to_path(str(self.authority))
        server.private_key_and_cert_chain_pem.write_to_path(str(self.chain))


@pytest.mark.parametrize(
    ("hosts", "expired", "told"),
    [(("127.0.0.1",), True, "expired"), (("mail.example",), False, "another name")],
)
def test_a_bad_certificate_is_named(tmp_path: Path, hosts: tuple[str, ...], expired: bool, told: str) -> None:
    certificates = Bent(tmp_path, *hosts, expired=expired)
    with ScriptedImap(certificates=certificates) as server, pytest.raises(TlsError, match=told):
        scripted(server, ca_file=certificates.authority)
    assert server.commands == []


def test_a_certificate_of_nobody_we_trust(tmp_path: Path) -> None:
    with ScriptedImap(certificates=Certificates(tmp_path)) as server, pytest.raises(TlsError, match="trusts"):
        scripted(server)
    assert server.commands == []


def test_tls_to_a_port_that_speaks_none() -> None:
    with ScriptedImap() as server, pytest.raises(TlsError):
        ImapSource(account(f"imaps://127.0.0.1:{server.port}"), lambda: "s3cret")


STARTTLS_OFFERED = Answer(before=b"* CAPABILITY IMAP4rev1 STARTTLS\r\n")


@pytest.mark.parametrize(
    ("dialogue", "greeting"),
    [
        ({}, b"* OK ready\r\n"),
        ({"CAPABILITY": STARTTLS_OFFERED}, b"* PREAUTH welcome in\r\n"),
        ({"CAPABILITY": STARTTLS_OFFERED, "STARTTLS": Answer("NO", "not now")}, b"* OK ready\r\n"),
    ],
    ids=["stripped", "preauth", "refused"],
)
def test_no_password_without_an_upgrade(dialogue: dict[str, Answer], greeting: bytes) -> None:
    with ScriptedImap(dialogue, greeting) as server, pytest.raises(RemoteError):
        ImapSource(account(server.imap_url.replace("imap:", "imap+starttls:")), lambda: "s3cret")
    assert not any("s3cret" in command for command in server.commands)


def test_plain_text_put_behind_starttls_is_an_error() -> None:
    """RFC 3501, 6.2.1: an attacker in between could feed answers that are taken for the server's."""

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"* OK ready\r\n")
            tag = lines.readline().split()[0]
            connection.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + b" OK done\r\n")
            tag = lines.readline().split()[0]
            connection.sendall(tag + b" OK go ahead\r\n* OK [ALERT] injected\r\n")
            seen.append(lines.read())

    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        url = f"imap+starttls://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(TlsError, match="between STARTTLS"):
            ImapSource(account(url), lambda: "s3cret")
        thread.join()
    assert b"".join(seen) == b""


def test_a_missing_authority_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="PEM"):
        ImapSource(account("imaps://mail.example"), lambda: "s3cret", ca_file=tmp_path / "none.pem")


# -- the fake's own talents ---------------------------------------------------------------------------------------------


class TestFake:
    def test_it_breaks_where_told_once(self) -> None:
        server = FakeMailServer()
        server.break_at("bodies", Unreachable(say("The line is dead.")), after=1)
        for number in range(60):
            server.deliver(b"INBOX", letter(number), NOON)
        source = server.open()
        source.examine(b"INBOX")
        batches = source.bodies(list(source.heads(source.uids(1)).values()))
        assert len(next(batches)) == 50
        with pytest.raises(Unreachable):
            next(batches)
        with pytest.raises(Unreachable):
            source.uids(1)
        again = server.open()
        again.examine(b"INBOX")
        assert len(read_all(again)) == 60

    def test_it_renumbers_hides_uidnext_and_has_unreadable_mails(self) -> None:
        server = FakeMailServer()
        server.deliver(b"INBOX", letter(1), NOON)
        server.deliver(b"INBOX", letter(2), NOON)
        server.expunge(b"INBOX", 1)
        server.renumber(b"INBOX", 2)
        server.hide_uidnext = True
        server.unreadable.add((b"INBOX", 1))
        source = server.open()
        state = source.examine(b"INBOX")
        assert (state.uidvalidity, state.uidnext, source.uids(1)) == (2, None, [1])
        assert read_all(source) == []
        assert [uid for uid, _why in source.skipped] == [1]
