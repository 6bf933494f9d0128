"""Logging in to an SMTP server (RFC 4954): with a password, or with the access token of a sign-in in the browser.

Room: adapters. In: a connection that is as safe as it must be, the account's login, a way to ask for its secret. Out: a
connection that may send, or what the server's refusal means.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

import aiosmtplib
from aiosmtplib.errors import SMTPResponseException

from mailcrm.adapters.oauth.bearer import bearer
from mailcrm.adapters.smtp.replies import login_refusal, sign_in_refusal
from mailcrm.ports import AccountLogin

__all__ = ["log_in"]

_MECHANISMS = ("plain", "login", "cram-md5")
_NOT_THIS_MECHANISM = frozenset({500, 502, 503, 504})
_LET_IN = 235
_CHALLENGE = 334


async def log_in(client: aiosmtplib.SMTP, login: AccountLogin, secret: Callable[[], str], host: str) -> None:
    """Log in where the account has a user and the server offers a login; one that insists will say 530 later."""
    if client.is_ehlo_or_helo_needed:
        await client.ehlo()
    if not login.user or not client.supports_extension("auth"):
        return
    if login.oauth:
        await _show_token(client, login, secret(), host)
    else:
        await _give_password(client, login.user, secret(), host)


async def _give_password(client: aiosmtplib.SMTP, user: str, password: str, host: str) -> None:
    """Try one mechanism, not all: three wrong passwords for one attempt lock mailboxes at some providers."""
    offered = [name for name in _MECHANISMS if name in client.server_auth_methods]
    ways = {"plain": client.auth_plain, "login": client.auth_login, "cram-md5": client.auth_crammd5}
    last: SMTPResponseException | None = None
    for name in offered:
        try:
            await ways[name](user, password)
        except SMTPResponseException as error:
            last = error
            if error.code not in _NOT_THIS_MECHANISM:
                break
        else:
            return
    if last is None:
        raise login_refusal(host, 504, " ".join(client.server_auth_methods))
    raise login_refusal(host, last.code, last.message) from last


async def _show_token(client: aiosmtplib.SMTP, login: AccountLogin, token: str, host: str) -> None:
    """Show an access token; a server that says why not (334) waits for an answer to that before it says no."""
    said = bearer({name.upper() for name in client.server_auth_methods}, login.user, token, host)
    response = await client.execute_command(b"AUTH", said.mechanism.encode(), base64.b64encode(said.response))
    if response.code == _CHALLENGE:
        response = await client.execute_command(base64.b64encode(said.dismissal))
    if response.code != _LET_IN:
        raise sign_in_refusal(host, response.code, response.message, login.name)
