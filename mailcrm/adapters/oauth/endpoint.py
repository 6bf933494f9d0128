"""What a provider answers when tokens are asked for (RFC 6749, 5), as tokens or as an error with its mend.

Room: adapters. In: a `SignIn` and the fields of a question. Out: `Tokens`. What the provider says in words is quoted,
made showable, with every secret of the question masked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mailcrm.adapters.oauth.web import Answer
from mailcrm.domain.errors import Deferred, LoginRefused, RemoteError
from mailcrm.domain.signin import SignIn, sign_in_again
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import say

__all__ = ["Post", "Tokens", "ask", "refusal", "tokens_of", "transient"]

Post = Callable[[str, Mapping[str, str]], Answer]

_PUBLIC = frozenset({"grant_type", "client_id", "scope", "redirect_uri"})
_MASK = "•••"
_WORDS = 300
_TOKEN = re.compile(r"[\x21-\x7e]+")
_TOO_MANY = 429
_SERVER_FAILS = 500
_SECONDS_IF_UNSAID = 300.0
_NOT_REGISTERED = frozenset({"invalid_client", "unauthorized_client", "invalid_scope"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """What was given. `refresh` is empty where the old one stays good; `seconds`: how long `access` is."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    seconds: float


def ask(post: Post, sign_in: SignIn, fields: Mapping[str, str], account: str) -> Tokens:
    """Ask the token endpoint; LoginRefused where the provider says no, Deferred or Unreachable where it may say yes later."""
    question = {**sign_in.client(), **fields}
    return tokens_of(post(sign_in.endpoint("token_endpoint"), question), sign_in, question, account)


def tokens_of(answer: Answer, sign_in: SignIn, question: Mapping[str, str], account: str) -> Tokens:
    """Return the tokens in an answer; what it says instead is raised."""
    access, refresh = answer.document.get("access_token"), answer.document.get("refresh_token", "")
    bearer = str(answer.document.get("token_type", "bearer")).lower() == "bearer"
    if answer.status == 200 and bearer and _is_token(access) and (not refresh or _is_token(refresh)):  # noqa: PLR2004
        return Tokens(str(access), str(refresh or ""), _seconds(answer.document.get("expires_in")))
    raise refusal(answer, sign_in, question, account)


def transient(answer: Answer) -> bool:
    """Whether the provider is only busy or out of order."""
    return answer.status == _TOO_MANY or answer.status >= _SERVER_FAILS


def refusal(answer: Answer, sign_in: SignIn, question: Mapping[str, str], account: str) -> RemoteError:
    """Return the error for an answer without tokens."""
    words = _words(answer, question)
    if transient(answer):
        return Deferred(
            say("The provider can't sign account {name} in just now: {words}", name=account, words=words),
            say("Nothing needs to be done; mailcrm tries again by itself."),
            retry_after=answer.retry_after,
        )
    if answer.document.get("error") in _NOT_REGISTERED:
        return LoginRefused(
            say("The provider doesn't let mailcrm sign in account {name}: {words}", name=account, words=words),
            say(
                "Compare client_id, client_secret and scope under [oauth.{section}] in mailcrm.toml with what your company registered.",
                section=sign_in.section,
            ),
        )
    return LoginRefused(
        say("The provider refused the sign-in of account {name}: {words}", name=account, words=words),
        sign_in_again(account),
    )


def _words(answer: Answer, question: Mapping[str, str]) -> str:
    told = [str(answer.document[name]) for name in ("error", "error_description") if answer.document.get(name)]
    text = ": ".join(told) or f"HTTP {answer.status}"
    for name, value in question.items():
        if value and name not in _PUBLIC:
            text = text.replace(value, _MASK)
    return printable_line(text)[:_WORDS].strip()


def _is_token(value: object) -> bool:
    """Whether it can be shown to a mail server: no spaces, no control characters (RFC 6750, 2.1)."""
    return isinstance(value, str) and _TOKEN.fullmatch(value) is not None


def _seconds(told: object) -> float:
    try:
        return max(0.0, float(str(told)))
    except ValueError:
        return _SECONDS_IF_UNSAID
