"""What the libraries raise, as sentences for people with the mend.

Room: adapters. In: an exception of imaplib, imapclient, ssl or socket, and whom it was about. Out: an error of
`domain/errors.py`. A server's own words are quoted, made showable, never with a password in them.
"""

from __future__ import annotations

import ast
import imaplib
import re
import socket
import ssl

from mailcrm.adapters.imap.wire import PlainTextAfterStarttls, TooMuch
from mailcrm.adapters.quirks import Quirk
from mailcrm.domain.errors import LoginRefused, RemoteError, ServerRefused, TlsError, Unreachable
from mailcrm.domain.signin import sign_in_again
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import Sentence, say

__all__ = ["Cut", "HungUp", "answer_trouble", "connection_trouble", "login_trouble", "sign_in_trouble", "words_of"]

_WORDS = 300
_MASK = "•••"
_BYTES_REPR = re.compile(r"""b(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
# What imaplib and imapclient put before the server's words.
_LIBRARY = re.compile(r"^(?:command: \w+ => )?(?:\w+ (?:failed|command error): (?:BAD )?)?")
_AUTH_CODE = re.compile(
    r"authori[sz]ation code|auth(?:entication)? ?code|app(?:lication)?[- ]specific password|app password|授权码|授權碼|专用密码|客户端密码|independent password",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"unsafe login", re.IGNORECASE)
_NO_IMAP = re.compile(
    r"not enabled for imap|imap (?:access |service )?is (?:disabled|closed|not)|(?:enable|open) imap|service is not open|not open(?:ed)? imap|imap.{0,20}(?:未开启|未开通)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\[(?:unavailable|limit|inuse|serverbug)\]|try again later|temporar|too many|rate limit|frequency limited|system (?:is )?busy|throttl",
    re.IGNORECASE,
)
# Exchange and those who copy it; without a unit they are milliseconds.
_BACK_OFF = re.compile(r"suggested backoff time:?\s*(\d{1,12})\s*(s(?:econds?)?\b)?", re.IGNORECASE)
_MILLISECONDS = 1000.0
_PRIVACY = re.compile(r"\[privacyrequired\]|plaintext authentication disallowed", re.IGNORECASE)
_EXPIRED = 10
_NOT_YET_VALID = 9
_OTHER_HOST = (62, 64)


class HungUp(Unreachable):
    """The server itself ended the connection (BYE), or sent so much that it had to be ended."""


class Cut(Unreachable):
    """The connection ended without a word, or the server fell silent."""


def words_of(error: BaseException, secret: str = "") -> str:
    """Return the server's words in an exception as one showable line, `secret` masked wherever it is quoted back."""
    text = _LIBRARY.sub("", str(error.args[0]) if error.args else "")
    text = _BYTES_REPR.sub(lambda found: _decoded(ast.literal_eval(found.group())), text)
    if secret:
        text = text.replace(secret, _MASK)
    return printable_line(text)[:_WORDS].strip()


def _decoded(octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("gb18030", "replace")


def _heeded(error: RemoteError, words: str) -> RemoteError:
    """Return `error` with the rest that the server asked for in its words."""
    found = _BACK_OFF.search(words)
    if found:
        error.retry_after = int(found[1]) / (1 if found[2] else _MILLISECONDS)
    return error


def connection_trouble(error: Exception, host: str) -> RemoteError:
    """Return what an error means that ended the connection to `host`."""
    return _heeded(_ended(error, host), words_of(error))


def _ended(error: Exception, host: str) -> RemoteError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error, host)
    if isinstance(error, ssl.SSLError) and not isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return TlsError(
            say(
                "{host} speaks no TLS on this port, or none that this computer accepts ({words}).",
                host=host,
                words=error.reason,
            ),
            say("Check the port, or use imap+starttls:// if the server encrypts only after a greeting."),
        )
    if isinstance(error, PlainTextAfterStarttls):
        return TlsError(
            say("Somebody put plain text between STARTTLS and the encryption of {host}.", host=host),
            say("The password was not sent. Use imaps:// for this account, and don't trust this network."),
        )
    if isinstance(error, TooMuch) or isinstance(error.__context__, TooMuch):  # imaplib wraps it once more
        return HungUp(
            say("{host} sent more than a mail may hold: {words}.", host=host, words=words_of(error)),
            say("Find the huge mail in the web mail and move it away."),
        )
    if "unexpected" in str(error):
        return HungUp(
            say("{host} said something out of turn: {words}", host=host, words=words_of(error)),
            say("mailcrm tries again by itself; if it stays so, check server and port."),
        )
    return _network(error, host)


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> TlsError:
    if error.verify_code == _EXPIRED:
        return TlsError(
            say("The certificate of {host} has expired.", host=host),
            say("Check the date of this computer; if it is right, the provider must renew the certificate."),
        )
    if error.verify_code == _NOT_YET_VALID:
        return TlsError(
            say("The certificate of {host} is not valid yet.", host=host),
            say("Check the date of this computer."),
        )
    if error.verify_code in _OTHER_HOST:
        return TlsError(
            say("The certificate that {host} shows is made for another name.", host=host),
            say("Use the server name that the provider gives for programs, not an alias of your own domain."),
        )
    return TlsError(
        say("The certificate of {host} comes from nobody this computer trusts.", host=host),
        say("If it is your company's own authority, name its file in the settings: `ca_file` under [network]."),
    )


def _network(error: Exception, host: str) -> RemoteError:
    if isinstance(error, socket.gaierror):
        return Unreachable(
            say("The name {host} is unknown.", host=host),
            say("Check its spelling and the network of this computer."),
        )
    if isinstance(error, ConnectionRefusedError):
        return Unreachable(
            say("{host} refuses the connection.", host=host),
            say("Check server and port, and whether a firewall stands in between."),
        )
    if isinstance(error, TimeoutError):
        return Cut(
            say("{host} did not answer in time.", host=host),
            say("Check the network; mailcrm tries again by itself."),
        )
    if isinstance(error, imaplib.IMAP4.error) and "EOF" not in str(error) and "socket error" not in str(error):
        return HungUp(
            say("{host} ended the connection: {words}", host=host, words=words_of(error)),
            say("Wait a few minutes; close other mail programs if the server counts connections."),
        )
    return Cut(
        say("The connection to {host} broke.", host=host),
        say("Check the network; mailcrm tries again by itself."),
    )


def login_trouble(words: str, host: str, quirk: Quirk) -> RemoteError:
    """Return what a refused login means, by the server's `words` and the provider's ways."""
    return _heeded(_not_let_in(words, host, quirk), words)


def sign_in_trouble(words: str, host: str, account: str) -> RemoteError:
    """Return what it means that the access token of `account` was refused, by the server's `words`."""
    if _LATER.search(words):
        trouble: RemoteError = ServerRefused(
            say("{host} takes no login just now: {words}", host=host, words=words),
            say("Wait a few minutes and try again."),
        )
    elif _NO_IMAP.search(words):
        trouble = _no_imap(words)
    else:
        trouble = LoginRefused(
            say("{host} refused the sign-in of account {name}: {words}", host=host, name=account, words=words),
            sign_in_again(account),
        )
    return _heeded(trouble, words)


def _no_imap(words: str) -> LoginRefused:
    return LoginRefused(
        say("IMAP is switched off for this mailbox: {words}", words=words),
        say("Switch IMAP on for this mailbox in the settings of the web mail."),
    )


def _not_let_in(words: str, host: str, quirk: Quirk) -> RemoteError:
    if _UNSAFE.search(words):
        return LoginRefused(
            say("{host} lets no program read this mailbox (Unsafe Login).", host=host),
            quirk.hint or say("Switch IMAP on for this mailbox in the settings of the web mail."),
        )
    if _LATER.search(words) and not quirk.auth_code:
        return ServerRefused(
            say("{host} takes no login just now: {words}", host=host, words=words),
            say("Wait a few minutes and try again; the password may be right."),
        )
    if _NO_IMAP.search(words) and not quirk.auth_code:
        return _no_imap(words)
    if _PRIVACY.search(words):
        return LoginRefused(
            say("{host} takes a password only over an encrypted connection.", host=host),
            say("Use imaps:// or imap+starttls:// for this account."),
        )
    return _refused(words, host, quirk)


def _refused(words: str, host: str, quirk: Quirk) -> LoginRefused:
    if quirk.auth_code or _AUTH_CODE.search(words):
        return LoginRefused(
            say(
                "{host} refused the login; the web mail's password is not enough there: {words}", host=host, words=words
            ),
            quirk.hint or say("Make an authorisation code or app password in the web mail and give that to mailcrm."),
        )
    return LoginRefused(
        say("{host} refused user name or password: {words}", host=host, words=words),
        quirk.hint or say("Check both in the web mail, then give the password anew with account add."),
    )


def answer_trouble(error: Exception, host: str, quirk: Quirk) -> RemoteError:
    """Return what it means that `host` answered NO, BAD or something unreadable; the connection still stands."""
    words = words_of(error)
    return _heeded(_said_no(error, words, host, quirk), words)


def _said_no(error: Exception, words: str, host: str, quirk: Quirk) -> RemoteError:
    if _UNSAFE.search(words):
        return _not_let_in(words, host, quirk)
    if isinstance(error, imaplib.IMAP4.error) and words:
        hint: Sentence | None = say("Look into the web mail whether the folder and its mails can be opened there.")
        if "overquota" in words.lower():
            hint = say("The mailbox is full: make room in the web mail.")
        return ServerRefused(say("{host} refused: {words}", host=host, words=words), hint)
    return ServerRefused(
        say("{host} answered something that can't be understood.", host=host),
        say("Look into the web mail whether the folder and its mails can be opened there."),
    )
