"""Signing in to accounts: what providers and settings say about it, put together with the secret store and the web."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mailcrm.core.settings import Settings
    from mailcrm.domain.signin import SignIn, Tell
    from mailcrm.ports import AccountLogin, Secrets
    from mailcrm.records import MailAccount

__all__ = ["SignIns"]


class SignIns:
    """The sign-ins of a home's accounts, and the access tokens that come of them."""

    def __init__(self, secrets: Secrets, settings: Settings, ca_file: Path | None) -> None:
        from mailcrm.adapters.oauth.access import AccessTokens
        from mailcrm.adapters.oauth.web import Web

        self._secrets = secrets
        self._settings = settings.oauth
        self._post = Web(ca_file).post
        self._tokens = AccessTokens(secrets, self._of, self._post)

    def secret(self, login: AccountLogin) -> Callable[[], str]:
        """Return the way to what the account proves itself with: a password, or an access token."""
        return partial(self._tokens.get if login.oauth else self._secrets.get, login)

    def renewal(self, login: AccountLogin) -> Callable[[str], str] | None:
        """Return the way to another access token when one was refused; a password has none."""
        return partial(self._tokens.renew, login) if login.oauth else None

    def sign_in(self, account: MailAccount, device: bool, tell: Tell) -> str:
        """Let a person sign in; return the refresh token."""
        from mailcrm.adapters.oauth.browser import sign_in_by_browser
        from mailcrm.adapters.oauth.device import sign_in_by_code
        from mailcrm.core.accounts import login_of
        from mailcrm.domain.errors import LoginRefused
        from mailcrm.domain.words import say

        sign_in = self._of(login_of(account))
        if device:
            tokens = sign_in_by_code(self._post, sign_in, account.name, tell)
        else:
            tokens = sign_in_by_browser(self._post, sign_in, account.user, account.name, tell)
        if not tokens.refresh:
            raise LoginRefused(
                say("The provider gave a sign-in for an hour only, without a refresh token."),
                say(
                    "Have mailcrm registered for access while you are away (scope offline_access), or set `scope` under [oauth.{section}] in mailcrm.toml.",
                    section=sign_in.section,
                ),
            )
        return tokens.refresh

    def _of(self, login: AccountLogin) -> SignIn:
        """Return the provider's sign-in, with what the settings say about it."""
        from mailcrm.adapters.quirks import quirk_for

        known = quirk_for(urlsplit(login.imap_url).hostname or "").sign_in
        chosen = getattr(self._settings, known.section)
        told = {name: value for name, value in chosen.model_dump(exclude={"client_secret"}).items() if value}
        return replace(known, **told, client_secret=chosen.client_secret.get_secret_value())
