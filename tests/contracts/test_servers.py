"""The test servers do what the other tests take for granted."""

from __future__ import annotations

import imaplib
import smtplib
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage

import psycopg
import pytest
from servers.dovecot import Dovecot, Login
from servers.postfix import Postfix
from servers.postgres import Postgres

NewUser = Callable[[str], Login]


def mail(subject: str = "Quotation for 500 valves") -> bytes:
    message = EmailMessage()
    message["From"] = "Anna Berg <anna@hamburg.example>"
    message["To"] = "rep@ningbo.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 02 Nov 2026 11:04:05 +0800"
    message["Message-ID"] = "<one@hamburg.example>"
    message.set_content("Dear Li,\nplease quote.\n")
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def logged_in(dovecot: Dovecot, login: Login) -> imaplib.IMAP4_SSL:
    context = ssl.create_default_context(cafile=str(dovecot.ca))
    client = imaplib.IMAP4_SSL(dovecot.host, dovecot.tls_port, ssl_context=context, timeout=10)
    client.login(login.user, login.password)
    return client


def submission(postfix: Postfix) -> smtplib.SMTP:
    client = smtplib.SMTP(postfix.host, postfix.port, timeout=10)
    client.starttls(context=ssl.create_default_context(cafile=str(postfix.ca)))
    return client


@pytest.mark.server
class TestDovecot:
    def test_a_delivered_file_is_fetched_with_its_arrival(self, dovecot: Dovecot, new_user: NewUser) -> None:
        rep = new_user("rep@ningbo.example")
        dovecot.deliver(rep.user, "INBOX", mail(), internaldate=datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC))
        with logged_in(dovecot, rep) as client:
            client.select("INBOX", readonly=True)
            _, data = client.fetch("1", "(INTERNALDATE BODY.PEEK[])")
        assert isinstance(data[0], tuple)
        assert b'INTERNALDATE "02-Nov-2026 03:04:05 +0000"' in data[0][0]
        assert data[0][1] == mail() == dovecot.raws(rep.user)[0]

    def test_an_appended_mail_lies_in_its_file(self, dovecot: Dovecot, new_user: NewUser) -> None:
        rep = new_user("rep@ningbo.example")
        at = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
        with logged_in(dovecot, rep) as client:
            answer, _ = client.append("Sent", r"(\Seen)", imaplib.Time2Internaldate(at), mail())
        assert answer == "OK"
        assert dovecot.raws(rep.user, "Sent") == [mail()]
        assert dovecot.files(rep.user, "Sent")[0].stat().st_mtime == at.timestamp()

    def test_folders_carry_their_special_use(self, dovecot: Dovecot, new_user: NewUser) -> None:
        rep = new_user("rep@ningbo.example")
        dovecot.deliver(rep.user, "客户/德国", mail())
        with logged_in(dovecot, rep) as client:
            _, lines = client.list()
        listed = b"\n".join(line for line in lines if isinstance(line, bytes))
        for name in (b"Sent", b"Drafts", b"Trash", b"Junk", b"Archive"):
            assert b"\\" + name + b') "/" ' + name in listed
        assert b"&W6JiNw-/&X7dW,Q-" in listed

    def test_starttls_and_a_wrong_password(self, dovecot: Dovecot, new_user: NewUser) -> None:
        rep = new_user("rep@ningbo.example")
        with imaplib.IMAP4(dovecot.host, dovecot.port, timeout=10) as client:
            client.starttls(ssl.create_default_context(cafile=str(dovecot.ca)))
            with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
                client.login(rep.user, "wrong")

    def test_a_stranger_s_authority_is_not_trusted(self, dovecot: Dovecot) -> None:
        with pytest.raises(ssl.SSLCertVerificationError):
            imaplib.IMAP4_SSL(dovecot.host, dovecot.tls_port, ssl_context=ssl.create_default_context(), timeout=10)


@pytest.mark.server
class TestPostfix:
    def test_a_submitted_mail_lies_in_the_recipient_s_file(
        self, dovecot: Dovecot, postfix: Postfix, new_user: NewUser
    ) -> None:
        rep, buyer = new_user("rep@ningbo.example"), new_user("buyer@hamburg.example")
        with submission(postfix) as client:
            client.login(rep.user, rep.password)
            assert client.sendmail(rep.user, [buyer.user], mail()) == {}
        (delivered,) = postfix.wait_for(buyer.user)
        assert delivered.endswith(mail())
        assert delivered.startswith(f"Return-Path: <{rep.user}>\r\nDelivered-To: {buyer.user}\r\n".encode())
        postfix.wait_idle()
        assert len(dovecot.raws(buyer.user)) == 1

    def test_submission_asks_for_encryption_and_a_login(self, postfix: Postfix, new_user: NewUser) -> None:
        rep = new_user("rep@ningbo.example")
        with smtplib.SMTP(postfix.host, postfix.port, timeout=10) as client:
            client.ehlo()
            assert not client.has_extn("auth")
        with submission(postfix) as client:
            with pytest.raises(smtplib.SMTPAuthenticationError):
                client.login(rep.user, "wrong")
            with pytest.raises(smtplib.SMTPException):
                client.sendmail(rep.user, [rep.user], mail())

    @pytest.mark.parametrize(
        ("recipient", "code", "words"),
        [("nobody@hamburg.example", 550, b"5.1.1"), ("someone@hamburg.invalid", 554, b"5.7.1")],
    )
    def test_nothing_goes_to_strangers(
        self, postfix: Postfix, new_user: NewUser, recipient: str, code: int, words: bytes
    ) -> None:
        rep = new_user("rep@ningbo.example")
        with submission(postfix) as client:
            client.login(rep.user, rep.password)
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                client.sendmail(rep.user, [recipient], mail())
        answered = refused.value.recipients[recipient]
        assert answered[0] == code
        assert answered[1].startswith(words)

    def test_it_answers_as_told_and_then_as_usual(self, postfix: Postfix, new_user: NewUser) -> None:
        rep, buyer = new_user("rep@ningbo.example"), new_user("buyer@hamburg.example")
        with submission(postfix) as client:
            client.login(rep.user, rep.password)
            postfix.answer(buyer.user, "451 4.3.0 Try again later")
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                client.sendmail(rep.user, [buyer.user], mail())
            assert refused.value.recipients[buyer.user][0] == 451
            postfix.answer(buyer.user, None)
            postfix.answer_data(rep.user, "554 5.7.1 It looks like spam")
            with pytest.raises(smtplib.SMTPDataError) as failed:
                client.sendmail(rep.user, [buyer.user], mail())
            assert failed.value.smtp_code == 554
            postfix.answer_data(rep.user, None)
            client.sendmail(rep.user, [buyer.user], mail())
        assert len(postfix.wait_for(buyer.user)) == 1

    def test_the_world_delivers_without_a_login(self, postfix: Postfix, new_user: NewUser) -> None:
        rep = new_user("rep@ningbo.example")
        postfix.deliver("anna@hamburg.example", rep.user, mail())
        assert postfix.wait_for(rep.user)[0].endswith(mail())


@pytest.mark.server
class TestPostgres:
    def test_databases_are_fresh_and_apart(self, postgres: Postgres) -> None:
        first, second = postgres.database(), postgres.database()
        with psycopg.connect(first.replace("+psycopg", "")) as connection:
            connection.execute("CREATE TABLE note (words text)")
            connection.execute("INSERT INTO note VALUES ('付款')")
        copy = postgres.database(template=first.rpartition("/")[2])
        with psycopg.connect(copy.replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT words FROM note").fetchall() == [("付款",)]
        with psycopg.connect(second.replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT to_regclass('note')").fetchone() == (None,)
