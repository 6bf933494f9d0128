"""Signing in on any device: the person opens an address and types a code, mailcrm asks now and then whether it happened.

Room: adapters. In: a `SignIn`. Out: `Tokens`. For servers without a browser (RFC 8628).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from mailcrm.adapters.oauth.endpoint import Post, Tokens, refusal, tokens_of, transient
from mailcrm.adapters.oauth.web import Answer
from mailcrm.domain.errors import LoginRefused, Unreachable, UsageError
from mailcrm.domain.signin import Invitation, SignIn, Tell, sign_in_again
from mailcrm.domain.words import say

__all__ = ["sign_in_by_code"]

_INTERVAL = 5.0
_SLOWER = 5.0
_SECONDS = 600.0
_LONGEST = 3600.0
_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_AWAY = Answer(503, {})


def sign_in_by_code(
    post: Post, sign_in: SignIn, account: str, tell: Tell, *, wait: Callable[[float], object] = time.sleep
) -> Tokens:
    """Return what comes of the person's sign-in; LoginRefused where they decline or let the code expire."""
    if not sign_in.device_authorization_endpoint and sign_in.authorization_endpoint:
        raise UsageError(
            say("The provider of account {name} lets nobody sign in to a mailbox with a code.", name=account),
            say("Leave --device out, on a computer with a browser."),
        )
    client = sign_in.client()
    asked = {**client, "scope": sign_in.scope}
    token_endpoint = sign_in.endpoint("token_endpoint")
    begun = post(sign_in.endpoint("device_authorization_endpoint"), asked)
    told = begun.document
    code, address = str(told.get("device_code", "")), str(told.get("verification_uri", ""))
    if begun.status != 200 or not code or not address:  # noqa: PLR2004
        raise refusal(begun, sign_in, asked, account)
    tell(Invitation(address, str(told.get("user_code", ""))))
    question = {**client, "grant_type": _GRANT, "device_code": code}
    interval, left = _number(told.get("interval"), _INTERVAL), _number(told.get("expires_in"), _SECONDS)
    while left > 0:
        answer = _ask(post, token_endpoint, question)
        error = answer.document.get("error")
        if error == "slow_down" or transient(answer):
            interval += _SLOWER
        elif error == "expired_token":
            break
        elif error != "authorization_pending":
            return tokens_of(answer, sign_in, question, account)
        wait(interval)
        left -= interval
    raise LoginRefused(say("Nobody typed the code for account {name} in time.", name=account), sign_in_again(account))


def _ask(post: Post, url: str, question: dict[str, str]) -> Answer:
    """Ask once; a network that is away for a moment is waited for like a provider that is busy."""
    try:
        return post(url, question)
    except Unreachable:
        return _AWAY


def _number(told: object, usual: float) -> float:
    try:
        return min(max(1.0, float(str(told))), _LONGEST)
    except ValueError:
        return usual
