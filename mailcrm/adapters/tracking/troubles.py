"""What goes wrong with a tracking service, as errors that say the mend. The service and the fake raise the same ones.

Room: adapters.
"""

from __future__ import annotations

from mailcrm.domain.errors import ConfigError, Deferred, LoginRefused, SecretError, ServerRefused, Unreachable
from mailcrm.domain.words import Sentence, say

__all__ = ["away", "busy", "exhausted", "key_refused", "no_key", "no_such_page", "not_taken", "too_often", "unreadable"]


def away(host: str) -> Unreachable:
    """Return the error of no connection, a time-out, or a cut in the middle."""
    return Unreachable(
        say("{host}, which is asked where parcels are, can't be reached.", host=host),
        say("Check the network, and a proxy if yours needs one (HTTPS_PROXY); mailcrm tries again by itself."),
    )


def no_key(reason: Sentence) -> SecretError:
    """Return the error of a key that can't be had from where the settings say it is."""
    return SecretError(
        reason,
        say('Say under [tracking] in mailcrm.toml where the key is: `key_env` or `key_command`; or switch it off: service = "".'),
    )  # fmt: skip


def key_refused(host: str) -> LoginRefused:
    """Return the error of a key that the service doesn't know, or doesn't let this computer use."""
    return LoginRefused(
        say("{host} refuses the key for asking where parcels are.", host=host),
        say("Compare it with the key in your account there; the account may also list the addresses that may use it."),
    )


def no_such_page(url: str) -> ConfigError:
    """Return the error of an endpoint that leads nowhere."""
    return ConfigError(
        say("{url} is no address of the tracking service.", url=url),
        say("Mend `endpoint` under [tracking] in mailcrm.toml, or leave it empty for the service's own."),
    )


def busy(host: str, seconds: float | None) -> Deferred:
    """Return the error of a service that is overloaded, or was asked too often today."""
    return Deferred(
        say("{host} asks to be left alone for a while.", host=host),
        say("mailcrm asks again by itself; until then the courier's own page tells."),
        retry_after=seconds,
    )


def too_often(count: int, seconds: float) -> Deferred:
    """Return the error of what we ourselves keep from asking."""
    return Deferred(
        say("Where parcels are was asked {count} times within a minute.", count=count),
        say("mailcrm asks again by itself; `per_minute` under [tracking] sets how often."),
        retry_after=seconds,
    )


def exhausted(host: str) -> ServerRefused:
    """Return the error of an account whose numbers are used up."""
    return ServerRefused(
        say("The numbers that your account at {host} may ask for are used up.", host=host),
        say("Buy more there, or wait for the next month; until then the courier's own page tells."),
    )


def not_taken(host: str, number: str, code: object) -> ServerRefused:
    """Return the error of a number that the service doesn't take."""
    return ServerRefused(
        say("{host} doesn't take the number {number} (code {code}).", host=host, number=number, code=code),
        say("Compare courier and number with the waybill, and look at the courier's own page."),
    )


def unreadable(host: str, status: int) -> ServerRefused:
    """Return the error of an answer that isn't one of the published API's."""
    return ServerRefused(
        say("{host} answered something that can't be read (HTTP {status}).", host=host, status=status),
        say("See whether `endpoint` under [tracking] is right; a proxy or a login page may have answered."),
    )
