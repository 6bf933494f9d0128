"""Access tokens at mail servers: Dovecot asks the provider whose a token is, and Postfix asks Dovecot; scripted ones say no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers.dovecot import Dovecot
from servers.imapd import Answer, ScriptedImap
from servers.postfix import Postfix
from servers.provider import Provider
from servers.smtpd import Script, ScriptedSmtp

from mailcrm.adapters.imap.source import ImapSource
from mailcrm.adapters.oauth.access import AccessTokens
from mailcrm.adapters.oauth.web import Web
from mailcrm.adapters.secrets.store import SecretStore
from mailcrm.adapters.smtp import Smtp
from mailcrm.adapters.smtp.replies import sign_in_refusal
from mailcrm.domain.errors import Deferred, LoginRefused, RemoteError, ServerRefused, Unreachable
from mailcrm.domain.signin import SignIn
from mailcrm.ports import AccountLogin

REP, BUYER = "rep@ningbo.example", "buyer@hamburg.example"
MAIL = b"From: rep@ningbo.example\r\nSubject: Quotation\r\n\r\nUSD 1.20 FOB\r\n"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider(REP) as running:
        yield running


@pytest.fixture(scope="module", params=["xoauth2", "oauthbearer", "xoauth2 oauthbearer"])
def dovecot(server_root: Path, provider: Provider, request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    """Dovecot, which takes tokens by some mechanism."""
    mechanisms = str(request.param)
    root = server_root / f"t{len(mechanisms)}"
    users = {REP: "correct horse", BUYER: "battery staple"}
    with Dovecot(root, users, introspection_url=provider.introspection_url, token_mechanisms=mechanisms) as server:
        yield server


@pytest.fixture(scope="module")
def postfix(server_root: Path, dovecot: Dovecot) -> Iterator[Postfix]:
    """Postfix, which lets in whom Dovecot knows."""
    with Postfix(server_root / f"p{dovecot.root.name}", dovecot) as server:
        yield server


class Account:
    """A signed-in account; every source and transport shares its access tokens."""

    def __init__(self, home: Path, provider: Provider, imap_url: str, smtp_url: str, ca: Path) -> None:
        secrets = SecretStore(home, find_keychain=lambda: None)
        kind, reference = secrets.put("work", provider.sign_in())
        sign_in = SignIn(
            token_endpoint=provider.endpoint("token"),
            client_id=provider.client_id,
            client_secret=provider.client_secret,
        )
        self.login = AccountLogin("work", imap_url, smtp_url, REP, kind, reference, oauth=True)
        self.tokens = AccessTokens(secrets, lambda _login: sign_in, Web().post)
        self._ca = ca

    def _token(self) -> str:
        return self.tokens.get(self.login)

    def _renew(self, refused: str) -> str:
        return self.tokens.renew(self.login, refused)

    def source(self) -> ImapSource:
        return ImapSource(self.login, self._token, renew=self._renew, ca_file=self._ca)

    def transport(self) -> Smtp:
        return Smtp(self.login, self._token, renew=self._renew, ca_file=self._ca)

    def log_in(self) -> None:
        self.source().close()

    def send(self) -> None:
        transport = self.transport()
        try:
            assert transport.send(REP, [BUYER], MAIL).refused == {}
        finally:
            transport.close()


@pytest.fixture
def signed_in(home: Path, provider: Provider, dovecot: Dovecot, postfix: Postfix) -> Account:
    provider.user = REP
    provider.asked.clear()
    return Account(home, provider, dovecot.imap_url, postfix.smtp_url, dovecot.ca)


@pytest.mark.parametrize("way", [Account.log_in, Account.send])
class TestATokenOpens:
    def test_the_mailbox_and_the_way_out(self, way: object, signed_in: Account, provider: Provider) -> None:
        assert callable(way)
        way(signed_in)
        way(signed_in)
        assert len(provider.asked) == 1

    def test_after_it_was_refused_once(self, way: object, signed_in: Account, provider: Provider) -> None:
        assert callable(way)
        way(signed_in)
        provider.revoke_access()
        way(signed_in)
        assert len(provider.asked) == 2

    def test_nothing_once_the_sign_in_was_taken_back(self, way: object, signed_in: Account, provider: Provider) -> None:
        assert callable(way)
        way(signed_in)
        provider.revoke_sign_ins()
        with pytest.raises(LoginRefused, match=r"invalid_grant.*account authorize work"):
            way(signed_in)

    def test_nobody_else_s_mailbox(self, way: object, home: Path, signed_in: Account, provider: Provider) -> None:
        assert callable(way)
        provider.user = BUYER
        login = signed_in.login
        other = Account(home, provider, login.imap_url, login.smtp_url, signed_in._ca)  # noqa: SLF001
        with pytest.raises(LoginRefused, match=r"refused the sign-in of account work.*account authorize work"):
            way(other)
        assert len(provider.asked) == 2  # a new token was tried, once


def test_a_token_is_renewed_in_the_middle_of_a_run(signed_in: Account, provider: Provider) -> None:
    transport = signed_in.transport()
    transport.send(REP, [BUYER], MAIL)
    transport.close()
    provider.revoke_access()
    transport.send(REP, [BUYER], MAIL)
    transport.close()
    assert len(provider.asked) == 2


def test_a_password_still_opens_the_same_servers(dovecot: Dovecot, postfix: Postfix) -> None:
    login = AccountLogin("other", dovecot.imap_url, postfix.smtp_url, REP, "memory")
    ImapSource(login, lambda: "correct horse", ca_file=dovecot.ca).close()
    Smtp(login, lambda: "correct horse", ca_file=dovecot.ca).probe()


TAKES_TOKENS = Answer(before=b"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2\r\n")
AGAIN = "account authorize work"


@pytest.mark.parametrize(
    ("answer", "kind", "told"),
    [
        (Answer("NO", "AUTHENTICATE failed."), LoginRefused, AGAIN),
        (Answer("NO", "[AUTHENTICATIONFAILED] Invalid credentials (Failure)"), LoginRefused, AGAIN),
        (Answer("BAD", "what is Bearer t0ken-S3ntinel?"), LoginRefused, AGAIN),
        (Answer("NO", "[UNAVAILABLE] Temporary authentication failure"), ServerRefused, "a few minutes"),
        (Answer("NO", "Your account is not enabled for IMAP use"), LoginRefused, "Switch IMAP on"),
        (Answer(cut=True), Unreachable, "tries again by itself"),
    ],
)
def test_an_imap_server_that_says_no(answer: Answer, kind: type[RemoteError], told: str) -> None:
    with ScriptedImap({"CAPABILITY": TAKES_TOKENS, "AUTHENTICATE": answer}) as server:
        login = AccountLogin("work", server.imap_url, "", REP, "memory", oauth=True)
        with pytest.raises(kind, match=told) as caught:
            ImapSource(login, lambda: "t0ken-S3ntinel")
    assert "S3ntinel" not in str(caught.value)


def test_an_imap_server_that_takes_passwords_only_gets_no_token() -> None:
    with ScriptedImap() as server:
        login = AccountLogin("work", server.imap_url, "", REP, "memory", oauth=True)
        with pytest.raises(LoginRefused, match="--password-stdin"):
            ImapSource(login, lambda: "t0ken")
    assert not any("t0ken" in command or command.startswith(("LOGIN", "AUTH")) for command in server.commands)


def test_an_smtp_server_that_takes_passwords_only_gets_no_token() -> None:
    with ScriptedSmtp(Script()) as server:
        login = AccountLogin("work", "", server.smtp_url, REP, "memory", oauth=True)
        with pytest.raises(LoginRefused, match="--password-stdin"):
            Smtp(login, lambda: "t0ken").probe()
    assert server.logins == []


@pytest.mark.parametrize(
    ("code", "message", "kind", "told"),
    [
        (535, "5.7.3 Authentication unsuccessful", LoginRefused, AGAIN),
        (535, "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled", LoginRefused, "SMTP AUTH"),
        (454, "4.7.0 Temporary authentication failure", Deferred, "tried again by itself"),
    ],
)
def test_an_smtp_server_that_says_no(code: int, message: str, kind: type[RemoteError], told: str) -> None:
    error = sign_in_refusal("mail.example", code, message, "work")
    assert type(error) is kind
    assert told in str(error)
