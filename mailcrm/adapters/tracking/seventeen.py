"""17TRACK, whose published API (version 2.4) knows the couriers that Chinese exporters use.

Room: adapters. In: a courier and a number. Out: ports.tracking events. A number is registered once, which the account pays for; from
then on the service looks after it by itself every few hours, and asking costs nothing. POST /gettrackinfo, /register; header
`17token`; errors by HTTP status and by code.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mailcrm.adapters.tracking.answers import events_of
from mailcrm.adapters.tracking.troubles import (
    away,
    busy,
    exhausted,
    key_refused,
    no_key,
    no_such_page,
    not_taken,
    unreadable,
)
from mailcrm.adapters.web import Answer, post
from mailcrm.domain.couriers import courier_named
from mailcrm.domain.errors import ConfigError, MailcrmError
from mailcrm.domain.servers import is_this_computer
from mailcrm.domain.words import say
from mailcrm.ports.tracking import TrackingEvent

__all__ = ["ENDPOINT", "SeventeenTrack"]

ENDPOINT = "https://api.17track.net/track/v2.4"
_APART = 0.35  # three questions a second are allowed
_KEY_CODES = {-18010001, -18010002, -18010004, -18010005}
_BUSY_CODES = {-18010003, -18010014, -18019907}
_REGISTERED, _NOT_REGISTERED, _USED_UP, _NOTHING_YET = -18019901, -18019902, -18019908, -18019909
_OK, _UNAUTHORISED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY, _BROKEN = 200, 401, 403, 404, 429, 500


class SeventeenTrack:
    """ports.tracking.Tracker. `key` gives the account's key when it is needed; `wait` holds the questions apart."""

    def __init__(
        self,
        key: Callable[[], str],
        endpoint: str = "",
        ca_file: Path | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._key = key
        self._endpoint = (endpoint or ENDPOINT).rstrip("/")
        self._host = _checked(self._endpoint)
        self._ca_file = ca_file
        self._wait = wait
        self._asking = threading.Lock()
        self._last = -_APART

    def look(self, courier: str, number: str) -> tuple[TrackingEvent, ...]:
        """Return what happened (ports.tracking.Tracker.look); a number that the service doesn't know yet is registered."""
        carrier = courier_named(courier).track17
        asked = {"number": number, "carrier": carrier} if carrier else {"number": number}
        accepted, code = self._ask("gettrackinfo", asked)
        if code == _NOT_REGISTERED:
            accepted, code = self._ask("register", asked)
            accepted = {}  # it knows the number now, but nothing about it
        if code not in (0, _REGISTERED, _NOTHING_YET):
            raise self._refusal(code, number)
        return events_of(accepted)

    def _ask(self, verb: str, asked: Mapping[str, Any]) -> tuple[Mapping[str, Any], int]:
        """Return the accepted item, or {} and the code of the refusal (0: none)."""
        with self._asking:
            self._hold_apart()
            url = f"{self._endpoint}/{verb}"
            answer = post(url, away, document=[asked], headers={"17token": self._sendable_key()}, ca_file=self._ca_file)
        self._judge(answer, url)
        data = answer.document.get("data")
        if not isinstance(data, dict):
            raise unreadable(self._host, answer.status)
        accepted, rejected = _first(data.get("accepted")), _first(data.get("rejected"))
        if accepted or not rejected:
            return accepted, 0
        return {}, _code(_first([rejected.get("error")]))

    def _sendable_key(self) -> str:
        key = self._key()
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise no_key(say("The key for asking where parcels are holds a character that no key has."))
        return key

    def _hold_apart(self) -> None:
        early = self._last + _APART - time.monotonic()
        if early > 0:
            self._wait(early)
        self._last = time.monotonic()

    def _judge(self, answer: Answer, url: str) -> None:
        """Raise what is wrong with the whole answer."""
        if answer.status in (_UNAUTHORISED, _FORBIDDEN):
            raise key_refused(self._host)
        if answer.status == _NOT_FOUND:
            raise no_such_page(url)
        if answer.status == _TOO_MANY or answer.status >= _BROKEN:
            raise busy(self._host, answer.retry_after)
        if answer.status != _OK or not answer.document:
            raise unreadable(self._host, answer.status)
        code = _code(answer.document)
        data = answer.document.get("data")
        errors = _first(data.get("errors")) if isinstance(data, dict) else {}
        if code or errors:
            raise self._refusal(_code(errors) or code, "")

    def _refusal(self, code: int, number: str) -> MailcrmError:
        if code in _KEY_CODES:
            return key_refused(self._host)
        if code in _BUSY_CODES:
            return busy(self._host, None)
        return exhausted(self._host) if code == _USED_UP else not_taken(self._host, number or "…", code)


def _checked(endpoint: str) -> str:
    """Return the endpoint's host; ConfigError where the key would travel in the clear."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and is_this_computer(host))):
        raise ConfigError(
            say("The address of the tracking service must begin with https:// ({url}).", url=endpoint),
            say("Mend `endpoint` under [tracking] in mailcrm.toml, or leave it empty for the service's own."),
        )
    return host


def _first(value: object) -> Mapping[str, Any]:
    """Return the first object of a list, {} where there is none."""
    first = value[0] if isinstance(value, list) and value else None
    return first if isinstance(first, dict) else {}


def _code(document: Mapping[str, Any]) -> int:
    code = document.get("code", 0)
    return code if isinstance(code, int) else -1
