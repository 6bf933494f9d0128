"""What an SMTP reply means for a mail: the one place that turns codes into our errors.

Room: adapters. In: reply codes (RFC 5321 4.2), enhanced codes and texts (RFC 3463, 4954). Out: errors with the server's own
words and the mend. An explicit reply is certain: 4xx is "later", 5xx is "no". Only silence leaves a doubt.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping

from mailcrm.domain.errors import Deferred, InDoubt, LoginRefused, RemoteError, ServerRefused, TlsError, Unreachable
from mailcrm.domain.signin import sign_in_again
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import Sentence, say

__all__ = [
    "all_refused",
    "connection_failure",
    "envelope",
    "in_doubt",
    "login_refusal",
    "no_tls",
    "one_line",
    "refusal",
    "sign_in_refusal",
    "unreachable",
]

_LOGIN_CODES = frozenset({530, 534, 535, 538})
_LONGEST_REPLY = 300

_AUTHORISATION_CODE = re.compile(
    r"authori[sz]ation code|授权码|(?:^|\.)(?:qq|foxmail|163|126|yeah|aliyun|sina)\.(?:com|net|cn)$", re.IGNORECASE
)
_APP_PASSWORD = re.compile(
    r"application-specific password|app password|(?:^|\.)(?:gmail|yahoo|icloud|mail\.me)\.com$", re.IGNORECASE
)
_SWITCHED_OFF = re.compile(r"5\.7\.139|(?:authentication|smtpclientauth\w*) is disabled|basic auth", re.IGNORECASE)


def one_line(code: int, message: str) -> str:
    """Return a reply fit to be shown and stored: one line, bounded, no control characters."""
    return f"{code} {printable_line(' '.join(message.split()))}"[:_LONGEST_REPLY]


def refusal(host: str, code: int, message: str) -> RemoteError:
    """Return the error for an explicit refusal of a connection, a sender or a mail."""
    reply = one_line(code, message)
    if code in _LOGIN_CODES:
        return login_refusal(host, code, message)
    if 400 <= code < 500:  # noqa: PLR2004  (reply codes speak for themselves)
        return Deferred(
            say("{host} asks to try again later: {reply}", host=host, reply=reply),
            say("Nothing needs to be done; the mail is tried again by itself."),
        )
    if 500 <= code < 600:  # noqa: PLR2004
        return ServerRefused(
            say("{host} refused the mail: {reply}", host=host, reply=reply),
            say("Mend what the server names, then send the mail again."),
        )
    return unreachable(host, say("its answer can't be understood: {reply}", reply=reply))


def login_refusal(host: str, code: int, message: str) -> RemoteError:
    """Return the error for an answer to AUTH, or to a command that wanted AUTH first (RFC 4954 6)."""
    reply = one_line(code, message)
    if 400 <= code < 500:  # noqa: PLR2004
        return Deferred(
            say("{host} can't check the password just now: {reply}", host=host, reply=reply),
            say("Nothing needs to be done; the mail is tried again by itself."),
        )
    return LoginRefused(say("{host} refused the login: {reply}", host=host, reply=reply), _login_hint(host, message))


def sign_in_refusal(host: str, code: int, message: str, account: str) -> RemoteError:
    """Return the error for an access token of `account` that was refused."""
    if 400 <= code < 500 or _SWITCHED_OFF.search(message):  # noqa: PLR2004
        return login_refusal(host, code, message)
    reply = one_line(code, message)
    return LoginRefused(
        say("{host} refused the sign-in of account {name}: {words}", host=host, name=account, words=reply),
        sign_in_again(account),
    )


def _login_hint(host: str, message: str) -> Sentence:
    if _SWITCHED_OFF.search(message):
        return say("Ask whoever runs the mail domain to allow SMTP login (SMTP AUTH) for this mailbox.")
    if _APP_PASSWORD.search(message) or _APP_PASSWORD.search(host):
        return say(
            "Make an app password in the provider's security settings and give that instead of the usual password."
        )
    if _AUTHORISATION_CODE.search(message) or _AUTHORISATION_CODE.search(host):
        return say(
            "This provider wants an authorisation code (授权码): switch SMTP on in the webmail's settings, make a code there and give it instead of the password."
        )
    return say("Check user name and password; some providers want an authorisation code instead of the password.")


def all_refused(host: str, refused: Mapping[str, tuple[int, str]]) -> RemoteError:
    """Return the error for a mail that no recipient was accepted for: later if any of them may be accepted later."""
    code, message = min(refused.values())
    if code in _LOGIN_CODES:
        return login_refusal(host, code, message)
    listed = "; ".join(f"{address}: {one_line(*reply)}" for address, reply in refused.items())
    if code < 500:  # noqa: PLR2004
        return Deferred(
            say("{host} asks to try again later: {reply}", host=host, reply=listed),
            say("Nothing needs to be done; the mail is tried again by itself."),
        )
    return ServerRefused(
        say("{host} accepts none of the recipients: {reply}", host=host, reply=listed),
        say("Correct the addresses, then send the mail again."),
    )


def envelope(sender: str, recipients: Iterable[str]) -> tuple[str, ...]:
    """Return each recipient once; ServerRefused where SMTP can't carry an address of the envelope."""
    everybody = tuple(dict.fromkeys(recipients))
    if not everybody or not all(address.isascii() and address for address in (sender, *everybody)):
        raise ServerRefused(
            say("The mail has no recipient, or one that SMTP can't carry."),
            say("Correct the addresses, then send the mail again."),
        )
    return everybody


def connection_failure(host: str, port: int, error: BaseException) -> RemoteError:
    """Return the error for a connection that never stood, or broke before DATA: TLS, name, port or silence."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return no_tls(host, say("its certificate is not trusted ({detail})", detail=cause.verify_message))
        if isinstance(cause, ssl.SSLError):
            return no_tls(host, say("it doesn't speak TLS as it should ({detail})", detail=cause.reason or "TLS"))
        if isinstance(cause, socket.gaierror):
            return unreachable(host, say("nobody knows that name"))
        if isinstance(cause, ConnectionRefusedError):
            return unreachable(host, say("nothing answers on port {port}", port=port))
        if isinstance(cause, TimeoutError):
            return unreachable(host, say("no answer in time"))
    return unreachable(host, say("the connection was cut"))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def unreachable(host: str, why: Sentence) -> Unreachable:
    """Return the error for a connection that failed before the mail was handed over."""
    return Unreachable(
        say("The mail server {host} can't be reached: {why}", host=host, why=why),
        say("Check the network and the server's name and port; nothing has been sent."),
    )


def no_tls(host: str, why: Sentence) -> TlsError:
    """Return the error for a connection that isn't as secret as it must be."""
    return TlsError(
        say("No safe connection to {host}: {why}", host=host, why=why),
        say("The password was not sent. Check the server's name; in a hotel or office network, try another one."),
    )


def in_doubt(host: str) -> InDoubt:
    """Return the error for silence after DATA began."""
    return InDoubt(
        say(
            "The connection to {host} was lost while the mail was handed over: it may have been accepted or not.",
            host=host,
        ),
        say("It is looked for in Sent; it is never sent again by itself."),
    )
