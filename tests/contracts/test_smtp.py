"""ports.Transport: what every way to hand over mail must do, on the fake, on a scripted server and on Postfix."""

from __future__ import annotations

import base64
import gc
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from servers.dovecot import Login
from servers.loopback import Certificates, free_ports
from servers.postfix import Postfix

from mailcrm.adapters.smtp import FakeTransport, Smtp, Timeouts
from mailcrm.domain.errors import (
    ConfigError,
    Deferred,
    InDoubt,
    LoginRefused,
    SecretError,
    ServerRefused,
    TlsError,
    Unreachable,
)
from mailcrm.domain.words import say
from mailcrm.ports import AccountLogin, Transport

SENDER = "rep@ningbo.example"
HEAD = b"Date: Mon, 23 Nov 2026 09:00:00 +0800\r\nMessage-ID: <%s@ningbo.example>\r\nFrom: rep@ningbo.example\r\n"
MAIL = HEAD % b"quotation" + b"Subject: Quotation\r\n\r\nUSD 1.20 FOB\r\n.\r\n..two dots\r\n"
OTHER = HEAD % b"sample" + b"Subject: Sample\r\n\r\nAWB 123\r\n"
SHORT = Timeouts(connect=5, command=5, data=5, leave=1)


def login(url: str, user: str = SENDER) -> AccountLogin:
    return AccountLogin("main", "imaps://mail.example", url, user, "memory")


class Session(socketserver.StreamRequestHandler):
    """One conversation, as the script says; every line that arrives is kept."""

    server: Scripted

    def handle(self) -> None:
        script = self.server.script
        self.secure = False
        if script.tls:
            self._encrypt()
        self.server.connections += 1
        self._say(script.replies.get("CONNECT", "220 scripted ESMTP"))
        self.recipients: list[str] = []
        while line := self.rfile.readline():  # another file after STARTTLS
            words = line.decode("ascii").strip()
            self.server.heard.append(words)
            verb = words.upper().split(" ")[0]
            if script.cut == verb or not self._answer(verb, words):
                return

    def _answer(self, verb: str, words: str) -> bool:
        script = self.server.script
        if verb == "EHLO":
            self._say(self._greeting())
        elif verb == "STARTTLS":
            self._say(script.replies.get("STARTTLS", "220 go ahead"))
            self._encrypt()
        elif verb == "MAIL":
            self.sender, self.recipients = words.partition("<")[2].partition(">")[0], []
            self._say(script.replies.get("MAIL", "250 ok"))
        elif verb == "RCPT":
            self._recipient(words.partition("<")[2].partition(">")[0])
        elif verb == "DATA":
            return self._data()
        else:
            self._say(script.replies.get(verb, {"AUTH": "235 welcome", "QUIT": "221 bye"}.get(verb, "250 ok")))
        return verb != "QUIT" and script.cut != f"AFTER {verb}"

    def _greeting(self) -> str:
        offers = ["250-scripted", "250-SIZE 1000000"]
        if self.server.script.starttls and not self.secure:
            offers.append("250-STARTTLS")
        return "\r\n".join([*offers, f"250 AUTH {self.server.script.mechanisms}"])

    def _recipient(self, address: str) -> None:
        reply = self.server.script.replies.get(address, "250 ok")
        if reply.startswith("250"):
            self.recipients.append(address)
        self._say(reply)

    def _data(self) -> bool:
        self._say("354 go on")
        lines: list[bytes] = []
        for line in iter(self.rfile.readline, b".\r\n"):
            if not line or self.server.script.cut == "MIDDLE":
                return False
            lines.append(line.removeprefix(b"."))
        if self.server.script.cut == "SILENCE":
            self.server.script.released.wait(20)
            return False
        reply = self.server.script.replies.get("MAIL-DATA", "250 2.0.0 queued as 7")
        if reply.startswith("250"):
            self.server.accepted.append((self.sender, tuple(self.recipients), b"".join(lines)))
        if self.server.script.cut == "REPLY":
            return False
        self._say(reply)
        return True

    def _encrypt(self) -> None:
        self.connection = self.server.script.context().wrap_socket(self.request, server_side=True)
        self.secure = True
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def _say(self, reply: str) -> None:
        self.wfile.write(reply.encode() + b"\r\n")

    def finish(self) -> None:
        self.rfile.close()
        self.wfile.close()
        self.connection.close()
        self.server.left.set()


@dataclass
class Script:
    """What the server says (by verb or recipient address) and the verb at which it cuts the connection.

    `cut`: a verb, "AFTER " and a verb (it is answered before), or "MIDDLE", "REPLY", "SILENCE" of the mail itself.
    """

    replies: dict[str, str] = field(default_factory=dict)
    cut: str = ""
    tls: bool = False
    starttls: bool = False
    mechanisms: str = "PLAIN LOGIN"
    certificates: Certificates | None = None
    released: threading.Event = field(default_factory=threading.Event)

    def context(self) -> ssl.SSLContext:
        assert self.certificates is not None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificates.chain)
        return context


class Scripted(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.script = script
        self.heard: list[str] = []
        self.accepted: list[tuple[str, tuple[str, ...], bytes]] = []
        self.connections = 0
        self.left = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves in the middle, or distrusts the certificate, is part of the script."""


@pytest.fixture
def serve() -> Iterator[Callable[[Script], Scripted]]:
    started: list[tuple[Scripted, threading.Thread]] = []

    def start(script: Script) -> Scripted:
        server = Scripted(script)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        started.append((server, thread))
        return server

    yield start
    for server, thread in started:
        server.script.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Stage(Protocol):
    """A transport under test and the strings that move the server behind it."""

    transport: Transport
    buyer: str
    colleague: str
    sender: str

    def answer(self, recipient: str, reply: str) -> None: ...

    def answer_data(self, reply: str | None) -> None: ...

    def received(self, count: int) -> list[bytes]: ...


@dataclass
class FakeStage:
    transport: FakeTransport
    buyer: str = "anna@hamburg.example"
    colleague: str = "boss@hamburg.example"
    sender: str = SENDER

    def answer(self, recipient: str, reply: str) -> None:
        self.transport.recipient_replies[recipient] = reply

    def answer_data(self, reply: str | None) -> None:
        self.transport.data_reply = reply or "250 2.0.0 accepted"

    def received(self, count: int) -> list[bytes]:
        mails = [mail.raw for mail in self.transport.accepted if self.buyer in mail.recipients]
        assert len(mails) == count
        return mails


@dataclass
class ScriptedStage:
    transport: Smtp
    server: Scripted
    buyer: str = "anna@hamburg.example"
    colleague: str = "boss@hamburg.example"
    sender: str = SENDER

    def answer(self, recipient: str, reply: str) -> None:
        self.server.script.replies[recipient] = reply

    def answer_data(self, reply: str | None) -> None:
        self.server.script.replies["MAIL-DATA"] = reply or "250 2.0.0 queued"

    def received(self, count: int) -> list[bytes]:
        mails = [raw for _sender, recipients, raw in self.server.accepted if self.buyer in recipients]
        assert len(mails) == count
        return mails


@dataclass
class PostfixStage:
    transport: Smtp
    server: Postfix
    buyer: str
    colleague: str
    sender: str

    def answer(self, recipient: str, reply: str) -> None:
        self.server.answer(recipient, reply)

    def answer_data(self, reply: str | None) -> None:
        self.server.answer_data(self.sender, reply)

    def received(self, count: int) -> list[bytes]:
        return self.server.wait_for(self.buyer, count) if count else self.server.dovecot.raws(self.buyer, "INBOX")


class TransportContract:
    """The port's promises that any server can be brought to show."""

    def test_an_accepted_mail_arrives_octet_for_octet(self, stage: Stage) -> None:
        delivery = stage.transport.send(stage.sender, [stage.buyer], MAIL)
        assert delivery.reply.startswith("250 ")
        assert not delivery.refused
        assert stage.received(1)[0].endswith(MAIL)

    def test_several_mails_go_one_after_another(self, stage: Stage) -> None:
        for raw in (MAIL, OTHER):
            stage.transport.send(stage.sender, [stage.buyer], raw)
        first, second = sorted(stage.received(2), key=lambda raw: b"AWB" in raw)
        assert first.endswith(MAIL)
        assert second.endswith(OTHER)

    def test_a_recipient_named_twice_gets_one_mail(self, stage: Stage) -> None:
        stage.transport.send(stage.sender, [stage.buyer, stage.buyer], MAIL)
        stage.transport.send(stage.sender, [stage.buyer], OTHER)
        assert len(stage.received(2)) == 2

    def test_a_partial_refusal_is_told_and_the_others_get_the_mail(self, stage: Stage) -> None:
        stage.answer(stage.colleague, "550 5.1.1 no such user")
        delivery = stage.transport.send(stage.sender, [stage.buyer, stage.colleague], MAIL)
        assert list(delivery.refused) == [stage.colleague]
        assert delivery.refused[stage.colleague].startswith("550 5.1.1")
        assert stage.received(1)[0].endswith(MAIL)

    @pytest.mark.parametrize(
        ("replies", "error"),
        [
            (("550 5.1.1 no such user", "550 5.1.1 no such user"), ServerRefused),
            (("451 4.3.0 later", "451 4.3.0 later"), Deferred),
            (("550 5.1.1 no such user", "451 4.3.0 later"), Deferred),
        ],
    )
    def test_all_refused_is_final_only_where_nobody_may_be_accepted_later(
        self, stage: Stage, replies: tuple[str, str], error: type[Exception]
    ) -> None:
        for recipient, reply in zip((stage.buyer, stage.colleague), replies, strict=True):
            stage.answer(recipient, reply)
        with pytest.raises(error, match=r"5\.1\.1|4\.3\.0"):
            stage.transport.send(stage.sender, [stage.buyer, stage.colleague], MAIL)
        assert stage.received(0) == []

    @pytest.mark.parametrize(
        ("reply", "error"), [("554 5.7.1 looks like spam", ServerRefused), ("452 4.3.1 disk full", Deferred)]
    )
    def test_a_refused_content_is_certain_and_the_next_mail_goes(
        self, stage: Stage, reply: str, error: type[Exception]
    ) -> None:
        stage.answer_data(reply)
        with pytest.raises(error, match=reply[4:9]):
            stage.transport.send(stage.sender, [stage.buyer], MAIL)
        assert stage.received(0) == []
        stage.answer_data(None)
        stage.transport.send(stage.sender, [stage.buyer], OTHER)
        assert stage.received(1)[0].endswith(OTHER)

    def test_no_recipient_or_one_that_smtp_cannot_carry_is_refused(self, stage: Stage) -> None:
        for recipients in ([], ["ünal@hamburg.example"]):
            with pytest.raises(ServerRefused):
                stage.transport.send(stage.sender, recipients, MAIL)

    def test_leaving_twice_is_harmless_and_a_new_mail_connects_again(self, stage: Stage) -> None:
        stage.transport.close()
        stage.transport.send(stage.sender, [stage.buyer], MAIL)
        stage.transport.close()
        stage.transport.close()
        assert stage.received(1)[0].endswith(MAIL)


class TestFakeTransport(TransportContract):
    @pytest.fixture
    def stage(self) -> FakeStage:
        return FakeStage(FakeTransport())

    @pytest.mark.parametrize(
        ("cut", "error", "taken"),
        [("connect", Unreachable, 0), ("envelope", Unreachable, 0), ("data", InDoubt, 0), ("reply", InDoubt, 1)],
    )
    def test_a_cut_is_told_apart_by_data(self, cut: str, error: type[Exception], taken: int) -> None:
        transport = FakeTransport(cut=cut)
        with pytest.raises(error):
            transport.send(SENDER, ["anna@hamburg.example"], MAIL)
        assert len(transport.accepted) == taken

    def test_a_wrong_password(self) -> None:
        with pytest.raises(LoginRefused):
            FakeTransport(login_reply="535 5.7.8 no").send(SENDER, ["anna@hamburg.example"], MAIL)


class TestSmtpOnAScriptedServer(TransportContract):
    @pytest.fixture
    def stage(self, serve: Callable[[Script], Scripted]) -> Iterator[ScriptedStage]:
        server = serve(Script())
        transport = Smtp(login(f"smtp://127.0.0.1:{server.port}"), lambda: "geheim", timeouts=SHORT)
        yield ScriptedStage(transport, server)
        transport.close()

    def test_one_connection_serves_several_mails(self, stage: ScriptedStage) -> None:
        for _mail in range(5):
            stage.transport.send(SENDER, [stage.buyer], MAIL)
        assert stage.server.connections == 1
        assert stage.server.heard.count("RSET") == 4

    def test_an_idle_connection_that_died_is_opened_again(self, stage: ScriptedStage) -> None:
        stage.transport.send(SENDER, [stage.buyer], MAIL)
        stage.server.script.cut = "RSET"
        stage.transport.send(SENDER, [stage.buyer], OTHER)
        assert stage.server.connections == 2
        assert len(stage.received(2)) == 2

    @pytest.mark.parametrize(
        ("cut", "error", "taken"),
        [
            ("EHLO", Unreachable, 0),
            ("AUTH", Unreachable, 0),
            ("MAIL", Unreachable, 0),
            ("RCPT", Unreachable, 0),
            ("DATA", InDoubt, 0),
            ("MIDDLE", InDoubt, 0),
            ("REPLY", InDoubt, 1),
        ],
    )
    def test_a_cut_is_told_apart_by_data(
        self, stage: ScriptedStage, cut: str, error: type[Exception], taken: int
    ) -> None:
        stage.server.script.cut = cut
        with pytest.raises(error):
            stage.transport.send(SENDER, [stage.buyer], MAIL)
        assert len(stage.received(taken)) == taken
        stage.server.script.cut = ""
        stage.transport.send(SENDER, [stage.buyer], OTHER)
        assert len(stage.received(taken + 1)) == taken + 1

    @pytest.mark.parametrize("reply", ["2x0 what", "999 odd", "150 half"])
    def test_an_answer_to_the_mail_that_nobody_understands_is_a_doubt(self, stage: ScriptedStage, reply: str) -> None:
        stage.answer_data(reply)
        with pytest.raises(InDoubt):
            stage.transport.send(SENDER, [stage.buyer], MAIL)

    @pytest.mark.parametrize(
        ("verb", "reply", "error"),
        [
            ("CONNECT", "421 4.7.0 too many connections", Deferred),
            ("CONNECT", "554 5.7.1 go away", ServerRefused),
            ("AUTH", "535 5.7.8 wrong", LoginRefused),
            ("AUTH", "454 4.7.0 try later", Deferred),
            ("MAIL", "530 5.7.0 log in first", LoginRefused),
            ("MAIL", "553 5.7.1 mail from must equal authorized user", ServerRefused),
            ("MAIL", "421 4.4.2 closing", Deferred),
            ("anna@hamburg.example", "421 4.4.2 closing", Deferred),
        ],
    )
    def test_replies_and_what_they_mean(
        self, stage: ScriptedStage, verb: str, reply: str, error: type[Exception]
    ) -> None:
        stage.server.script.replies[verb] = reply
        with pytest.raises(error, match=reply[:3]):
            stage.transport.send(SENDER, [stage.buyer, stage.colleague], MAIL)

    def test_a_wrong_password_is_tried_once_and_never_shown(self, stage: ScriptedStage) -> None:
        stage.server.script.mechanisms = "CRAM-MD5 LOGIN PLAIN"
        stage.server.script.replies["AUTH"] = "535 5.7.8 no"
        with pytest.raises(LoginRefused) as refused:
            stage.transport.send(SENDER, [stage.buyer], MAIL)
        attempts = [line for line in stage.server.heard if line.startswith("AUTH")]
        assert attempts == ["AUTH PLAIN " + base64.b64encode(f"\0{SENDER}\0geheim".encode()).decode()]
        assert "geheim" not in repr(refused.value)

    @pytest.mark.parametrize(
        ("reply", "mend"),
        [
            ("535 Login Fail. Please enter your authorization code to login.", "授权码"),
            ("534 5.7.9 Application-specific password required", "app password"),
            (
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant",
                "SMTP AUTH",
            ),
        ],
    )
    def test_a_refused_login_names_the_mend(self, stage: ScriptedStage, reply: str, mend: str) -> None:
        stage.server.script.replies["AUTH"] = reply
        with pytest.raises(LoginRefused, match=mend):
            stage.transport.probe()

    def test_a_missing_password_is_told_as_such(self, serve: Callable[[Script], Scripted]) -> None:
        def missing() -> str:
            raise SecretError(say("There is no password for {account}.", account="main"))

        server = serve(Script())
        with pytest.raises(SecretError):
            Smtp(login(f"smtp://127.0.0.1:{server.port}"), missing, timeouts=SHORT).probe()

    def test_a_server_that_offers_no_login_is_used_without_one(self, serve: Callable[[Script], Scripted]) -> None:
        server = serve(Script(mechanisms=""))
        transport = Smtp(login(f"smtp://127.0.0.1:{server.port}", user=""), lambda: "geheim", timeouts=SHORT)
        transport.send(SENDER, ["anna@hamburg.example"], MAIL)
        transport.close()
        assert not any(line.startswith("AUTH") for line in server.heard)

    def test_nobody_there(self) -> None:
        (port,) = free_ports(1)
        with pytest.raises(Unreachable, match=str(port)):
            Smtp(login(f"smtp://127.0.0.1:{port}"), lambda: "geheim", timeouts=SHORT).probe()

    def test_the_probe_logs_in_and_leaves(self, stage: ScriptedStage) -> None:
        stage.transport.probe()
        assert [line.split(" ")[0] for line in stage.server.heard] == ["EHLO", "AUTH", "QUIT"]


@pytest.mark.parametrize("scheme", ["smtp", "smtp+starttls", "smtps"])
def test_a_connection_that_ends_before_data_is_no_doubt(
    serve: Callable[[Script], Scripted], certificates: Certificates, scheme: str
) -> None:
    """The server has gone while `before_data` wrote down that DATA comes next."""
    tls, starttls = scheme == "smtps", scheme == "smtp+starttls"
    server = serve(Script(cut="AFTER RCPT", tls=tls, starttls=starttls, certificates=certificates))
    transport = Smtp(
        login(f"{scheme}://localhost:{server.port}"), lambda: "geheim", ca_file=certificates.authority, timeouts=SHORT
    )
    with pytest.raises(Unreachable):
        transport.send(SENDER, ["anna@hamburg.example"], MAIL, before_data=lambda: assert_set(server.left))
    transport.close()
    assert "DATA" not in server.heard


@pytest.mark.parametrize("scheme", ["smtp", "smtp+starttls", "smtps"])
def test_silence_after_data_is_a_doubt_and_that_connection_is_left(
    serve: Callable[[Script], Scripted], certificates: Certificates, scheme: str
) -> None:
    tls, starttls = scheme == "smtps", scheme == "smtp+starttls"
    server = serve(Script(cut="SILENCE", tls=tls, starttls=starttls, certificates=certificates))
    transport = Smtp(
        login(f"{scheme}://localhost:{server.port}"),
        lambda: "geheim",
        ca_file=certificates.authority,
        timeouts=Timeouts(connect=5, command=5, data=0.2, leave=1),
    )
    with pytest.raises(InDoubt):
        transport.send(SENDER, ["anna@hamburg.example"], MAIL)
    transport.close()
    assert server.heard[-1] == "DATA"
    assert not still_open(server.port)


def still_open(port: int) -> list[socket.socket]:
    """Return this process's connections to a port that nobody has closed, whoever holds them."""
    sockets = [held for held in gc.get_objects() if isinstance(held, socket.socket) and held.fileno() != -1]
    return [held for held in sockets if held.getsockname()[1] != port and _peer(held) == port]


def _peer(connection: socket.socket) -> int:
    try:
        return int(connection.getpeername()[1])
    except OSError:  # it listens, or the other side is gone
        return 0


def assert_set(event: threading.Event) -> None:
    assert event.wait(10)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("tls"))


class TestSecrecy:
    """The password goes over TLS that was verified, or not at all."""

    @pytest.mark.parametrize(("scheme", "tls"), [("smtps", True), ("smtp+starttls", False)])
    def test_a_trusted_server_gets_mail(
        self, serve: Callable[[Script], Scripted], certificates: Certificates, scheme: str, tls: bool
    ) -> None:
        server = serve(Script(tls=tls, starttls=not tls, certificates=certificates))
        url = f"{scheme}://localhost:{server.port}"
        transport = Smtp(login(url), lambda: "geheim", ca_file=certificates.authority, timeouts=SHORT)
        for raw in (MAIL, OTHER):
            transport.send(SENDER, ["anna@hamburg.example"], raw)
        transport.close()
        assert [raw for _sender, _recipients, raw in server.accepted] == [MAIL, OTHER]

    @pytest.mark.parametrize(("scheme", "tls"), [("smtps", True), ("smtp+starttls", False)])
    def test_a_certificate_nobody_vouches_for(
        self, serve: Callable[[Script], Scripted], certificates: Certificates, scheme: str, tls: bool
    ) -> None:
        server = serve(Script(tls=tls, starttls=not tls, certificates=certificates))
        with pytest.raises(TlsError, match="certificate"):
            Smtp(login(f"{scheme}://localhost:{server.port}"), lambda: "geheim", timeouts=SHORT).probe()
        assert not any(line.startswith("AUTH") for line in server.heard)

    def test_a_certificate_of_another_name(self, serve: Callable[[Script], Scripted], tmp_path: Path) -> None:
        strange = Certificates(tmp_path, hosts=("smtp.elsewhere.example",))
        server = serve(Script(tls=True, certificates=strange))
        url = f"smtps://localhost:{server.port}"
        with pytest.raises(TlsError, match="certificate"):
            Smtp(login(url), lambda: "geheim", ca_file=strange.authority, timeouts=SHORT).probe()

    @pytest.mark.parametrize("script", [Script(starttls=False), Script(starttls=True, replies={"STARTTLS": "454 no"})])
    def test_starttls_taken_away_in_between(self, serve: Callable[[Script], Scripted], script: Script) -> None:
        server = serve(script)
        with pytest.raises(TlsError):
            Smtp(login(f"smtp+starttls://127.0.0.1:{server.port}"), lambda: "geheim", timeouts=SHORT).probe()
        assert not any(line.startswith("AUTH") for line in server.heard)

    def test_a_plain_server_behind_a_tls_url(self, serve: Callable[[Script], Scripted]) -> None:
        server = serve(Script())
        with pytest.raises(TlsError):
            Smtp(login(f"smtps://127.0.0.1:{server.port}"), lambda: "geheim", timeouts=SHORT).probe()
        assert not any(line.startswith("AUTH") for line in server.heard)

    @pytest.mark.parametrize(
        "url",
        [
            "smtp://mail.ningbo.example",
            "smtp://192.0.2.7:25",
            "http://mail.ningbo.example",
            "smtps://",
            "smtps://mail.ningbo.example:notaport",
            "smtps://rep:geheim@mail.ningbo.example",
        ],
    )
    def test_an_url_that_is_refused(self, url: str) -> None:
        with pytest.raises(ConfigError) as refused:
            Smtp(login(url), lambda: "geheim")
        assert "geheim" not in str(refused.value)


@pytest.mark.server
class TestSmtpOnPostfix(TransportContract):
    @pytest.fixture
    def stage(self, postfix: Postfix, new_user: Callable[[str], Login]) -> Iterator[PostfixStage]:
        rep, buyer, colleague = (
            new_user(address) for address in (SENDER, "anna@hamburg.example", "boss@hamburg.example")
        )
        transport = Smtp(login(postfix.smtp_url, rep.user), lambda: rep.password, ca_file=postfix.ca)
        yield PostfixStage(transport, postfix, buyer.user, colleague.user, rep.user)
        transport.close()

    def test_a_wrong_password(self, postfix: Postfix, new_user: Callable[[str], Login]) -> None:
        rep = new_user(SENDER)
        with pytest.raises(LoginRefused, match="535"):
            Smtp(login(postfix.smtp_url, rep.user), lambda: "wrong", ca_file=postfix.ca).probe()
