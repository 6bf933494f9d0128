"""The scripted servers fail where they are told to, and are friendly elsewhere."""

from __future__ import annotations

import imaplib
import smtplib
import ssl
from pathlib import Path

import pytest
from servers.imapd import Answer, ScriptedImap
from servers.loopback import Certificates
from servers.smtpd import Drop, Script, ScriptedSmtp

MAIL = b"Subject: Quotation\r\n\r\nDear Li\r\n"
REP, BUYER, OTHER = "rep@ningbo.example", "buyer@hamburg.example", "other@hamburg.example"


def smtp(server: ScriptedSmtp) -> smtplib.SMTP:
    client = smtplib.SMTP(server.host, server.port, timeout=5)
    client.login(server.user, server.password)
    return client


class TestSmtp:
    def test_it_accepts_and_records(self) -> None:
        with ScriptedSmtp() as server, smtp(server) as client:
            client.sendmail(REP, [BUYER], MAIL)
        (received,) = server.received
        assert (received.sender, received.recipients, received.raw) == (REP, (BUYER,), MAIL)
        assert received.accepted
        assert server.logins == [REP]

    def test_it_offers_starttls(self, tmp_path: Path) -> None:
        certificates = Certificates(tmp_path)
        with (
            ScriptedSmtp(certificates=certificates) as server,
            smtplib.SMTP(server.host, server.port, timeout=5) as client,
        ):
            client.starttls(context=ssl.create_default_context(cafile=str(certificates.authority)))
            client.login(server.user, server.password)
            client.sendmail(REP, [BUYER], MAIL)
        assert server.received[0].raw == MAIL

    def test_it_refuses_a_wrong_password_and_a_login_by_script(self) -> None:
        with ScriptedSmtp() as server, smtplib.SMTP(server.host, server.port, timeout=5) as client:
            with pytest.raises(smtplib.SMTPAuthenticationError):
                client.login(REP, "wrong")
            server.script = Script(login="535 5.7.8 Use the authorisation code")
            with pytest.raises(smtplib.SMTPAuthenticationError, match="authorisation code"):
                client.login(server.user, server.password)

    @pytest.mark.parametrize(
        "script",
        [
            Script(sender="450 4.1.8 Later"),
            Script(recipients={BUYER: "450 4.2.1 Later", OTHER: "450 4.2.1 Later"}),
            Script(before_data="450 4.3.0 Later"),
            Script(after_data="450 4.3.0 Later"),
        ],
    )
    def test_it_defers_at_each_step(self, script: Script) -> None:
        with ScriptedSmtp(script) as server, smtp(server) as client, pytest.raises(smtplib.SMTPException, match="450"):
            client.sendmail(REP, [BUYER, OTHER], MAIL)
        assert not any(received.accepted for received in server.received)

    def test_it_refuses_one_recipient_of_two(self) -> None:
        with ScriptedSmtp(Script(recipients={OTHER: "550 5.1.1 Unknown"})) as server, smtp(server) as client:
            assert client.sendmail(REP, [BUYER, OTHER], MAIL) == {OTHER: (550, b"5.1.1 Unknown")}
        assert server.received[0].recipients == (BUYER,)

    @pytest.mark.parametrize(("drop", "arrived"), [(Drop.BEFORE_DATA, 0), (Drop.INSIDE_BODY, 0), (Drop.AFTER_DOT, 1)])
    def test_it_hangs_up_where_told(self, drop: Drop, arrived: int) -> None:
        with ScriptedSmtp(Script(drop=drop)) as server:
            client = smtp(server)
            with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
                client.sendmail(REP, [BUYER], MAIL * 10_000)
            client.close()
        assert [received.accepted for received in server.received] == [False] * arrived

    def test_it_hangs_up_instead_of_greeting(self) -> None:
        with (
            ScriptedSmtp(Script(drop=Drop.GREETING)) as server,
            pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)),
        ):
            smtplib.SMTP(server.host, server.port, timeout=5)


class TestImap:
    def test_it_is_friendly_by_itself(self) -> None:
        with ScriptedImap() as server, imaplib.IMAP4(server.host, server.port, timeout=5) as client:
            client.login("rep", "pass word")
            assert client.select("INBOX", readonly=True) == ("OK", [b"0"])
            assert client.response("UIDVALIDITY") == ("UIDVALIDITY", [b"7"])
            assert client.append("Sent", "", imaplib.Time2Internaldate(0), MAIL)[0] == "OK"
        assert server.commands[1:3] == ['LOGIN rep "pass word"', "EXAMINE INBOX"]

    def test_bye_and_silence_as_a_greeting(self) -> None:
        with (
            ScriptedImap(greeting=b"* BYE too many connections\r\n") as server,
            pytest.raises(imaplib.IMAP4.error, match="too many"),
        ):
            imaplib.IMAP4(server.host, server.port, timeout=5)
        with ScriptedImap(greeting=b"") as server, pytest.raises(TimeoutError):
            imaplib.IMAP4(server.host, server.port, timeout=0.2)

    def test_a_refused_login_names_its_reason(self) -> None:
        refusal = Answer("NO", "[AUTHENTICATIONFAILED] Use the authorisation code")
        with (
            ScriptedImap({"LOGIN": refusal}) as server,
            imaplib.IMAP4(server.host, server.port, timeout=5) as client,
            pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"),
        ):
            client.login("rep", "secret")

    def test_unsafe_login_until_the_client_says_who_it_is(self) -> None:
        with ScriptedImap(wants_id=True) as server, imaplib.IMAP4(server.host, server.port, timeout=5) as client:
            client.login("rep", "secret")
            assert client.select("INBOX", readonly=True)[1] == [
                b"EXAMINE Unsafe Login. Please contact kefu@mail.example for help"
            ]
            client.xatom("ID", '("name" "mailcrm")')
            assert client.select("INBOX", readonly=True)[0] == "OK"

    def test_the_longest_key_answers_and_a_literal_can_be_cut(self) -> None:
        dialogue = {
            "FETCH": Answer(before=b"* 1 FETCH (UID 1 RFC822.SIZE 9)\r\n"),
            "UID FETCH 7": Answer(before=b"* 7 FETCH (UID 7 BODY[] {1000}\r\nSubject: cu", cut=True),
        }
        with ScriptedImap(dialogue) as server:
            client = imaplib.IMAP4(server.host, server.port, timeout=5)
            client.login("rep", "secret")
            client.select("INBOX", readonly=True)
            assert client.uid("FETCH", "1", "RFC822.SIZE") == ("OK", [b"1 (UID 1 RFC822.SIZE 9)"])
            with pytest.raises(imaplib.IMAP4.abort):
                client.uid("FETCH", "7", "BODY.PEEK[]")
            client.shutdown()

    def test_it_says_nothing_where_told(self) -> None:
        with ScriptedImap({"NOOP": Answer(silent=True)}) as server:
            client = imaplib.IMAP4(server.host, server.port, timeout=0.2)
            with pytest.raises(TimeoutError):
                client.noop()
            client.shutdown()

    def test_encryption_as_the_certificates_say(self, tmp_path: Path) -> None:
        certificates = Certificates(tmp_path)
        context = ssl.create_default_context(cafile=str(certificates.authority))
        with (
            ScriptedImap(certificates=certificates) as server,
            imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=5) as client,
        ):
            assert client.noop()[0] == "OK"
        with (
            ScriptedImap() as server,
            imaplib.IMAP4(server.host, server.port, timeout=5) as client,
            pytest.raises(imaplib.IMAP4.error, match="not supported"),
        ):
            client.starttls(context)
