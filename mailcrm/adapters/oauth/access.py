"""Access tokens: had when one is needed, kept in memory for as long as they are good, had once for all threads.

Room: adapters. In: an account's login, its refresh token from the secret store. Out: an access token. A provider that gives
a new refresh token with each exchange takes the old one back, so the new one is kept before the access token is used.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from mailcrm.adapters.oauth.endpoint import Post, Tokens, ask
from mailcrm.domain.errors import LoginRefused
from mailcrm.domain.signin import SignIn
from mailcrm.ports import AccountLogin, Secrets

__all__ = ["AccessTokens"]

_EARLY = 60.0  # a token is not used in its last minute: logging in takes time


class AccessTokens:
    """The access tokens of a home's accounts. `sign_in` tells an account's provider; `seconds` is a clock that only runs."""

    def __init__(
        self,
        secrets: Secrets,
        sign_in: Callable[[AccountLogin], SignIn],
        post: Post,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._secrets = secrets
        self._sign_in = sign_in
        self._post = post
        self._seconds = seconds
        self._good: dict[AccountLogin, tuple[str, float]] = {}
        self._locks: dict[AccountLogin, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, login: AccountLogin) -> str:
        """Return a token that is good for a while; raises as `endpoint.ask` does, SecretError where nobody signed in."""
        with self._turn(login):
            token, until = self._good.get(login, ("", 0.0))
            return token if token and self._seconds() < until else self._exchange(login)

    def renew(self, login: AccountLogin, refused: str) -> str:
        """Return another token after a server refused this one; the same for every thread that was refused with it."""
        with self._turn(login):
            token, _until = self._good.get(login, ("", 0.0))
            return token if token not in ("", refused) else self._exchange(login)

    def _turn(self, login: AccountLogin) -> threading.Lock:
        """Return the lock of an account: one thread asks, the others find what it was given."""
        with self._guard:
            return self._locks.setdefault(login, threading.Lock())

    def _exchange(self, login: AccountLogin) -> str:
        self._good.pop(login, None)
        asked_at = self._seconds()
        refresh = self._secrets.get(login)
        try:
            tokens = self._ask(login, refresh)
        except LoginRefused:
            # Another process may have exchanged it a moment ago, and kept the new one.
            newer = self._secrets.get(login)
            if newer == refresh:
                raise
            refresh = newer
            tokens = self._ask(login, refresh)
        if tokens.refresh not in ("", refresh):
            self._secrets.replace(login, tokens.refresh)
        self._good[login] = tokens.access, asked_at + tokens.seconds - _EARLY
        return tokens.access

    def _ask(self, login: AccountLogin, refresh: str) -> Tokens:
        fields = {"grant_type": "refresh_token", "refresh_token": refresh}
        return ask(self._post, self._sign_in(login), fields, login.name)
