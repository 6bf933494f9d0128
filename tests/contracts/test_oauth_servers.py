"""Access tokens at real servers: Dovecot asks the provider whose a token is, and Postfix asks Dovecot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers.dovecot import Dovecot
from servers.postfix import Postfix
from servers.provider import Provider

from mailcrm.adapters.imap.source import ImapSource
from mailcrm.adapters.oauth.access import AccessTokens
from mailcrm.adapters.oauth.web import Web
from mailcrm.adapters.secrets.store import SecretStore
from mailcrm.adapters.smtp import Smtp
from mailcrm.domain.errors import LoginRefused
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
