"""A customer's mail inside a colleague's: attached, or below a forward's header block as mail programs write it.

Room: domain. In: a parsed mail. Out: who wrote the mail that it passes on, when and about what. Dates in such a block are written
for people, in any order and language and mostly without a zone: then the forwarder's own clock is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from mailcrm.domain.dates import named_days
from mailcrm.domain.message import ParsedMail
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.quoting import forward_block

__all__ = ["Forwarded", "counts_from", "forwarded_in", "forwarded_text"]

_MAILS = ("message/rfc822", "message/global")
_ADDRESS = lazy_pattern(r"[^\s<>@:;,\"'\[\]()]{1,64}@[^\s<>@,;\"'\[\]()]{1,255}\.[^\s<>@,;\"'\[\]()]{2,63}")
_CLOCK = lazy_pattern(
    r"(?P<half>上午|下午|晚上|中午|午前|午後|오전|오후)?\s?(?<![\d:])(?P<h>\d{1,2})(?:[:：.hH時时点]|\s?시\s?)(?P<m>\d{2})(?!\d|\.\d)"
    r"(?:[:：]\d{2})?\s?(?P<ampm>[ap]\.?\s?m\b)?",
    re.IGNORECASE,
)
_ZONE = lazy_pattern(r"(?:(?:GMT|UTC)\s?)?([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)|\b(?:GMT|UTC|Z)\b")
_AFTERNOON = frozenset(("下午", "晚上", "中午", "午後", "오후"))
_LONG_AGO = date(1990, 1, 1)
_AS_OLD = timedelta(days=7)
_HALF_DAY, _HOURS, _MINUTES = 12, 24, 60


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The mail that is passed on; `at` is None where its date can't be read, `message_id` "" where it isn't told."""

    name: str
    address: str
    at: datetime | None = None
    subject: str = ""
    message_id: str = ""

    def stored(self) -> dict[str, str]:
        """Return it as values that a database keeps."""
        at = self.at.astimezone(UTC).isoformat() if self.at else ""
        return {
            "name": self.name,
            "address": self.address,
            "at": at,
            "subject": self.subject,
            "message_id": self.message_id,
        }


def counts_from(stored: Mapping[str, str], forwarded_at: datetime) -> datetime:
    """Return from when a mail that was passed on counts: its own date, where that is at most 7 days before the forward."""
    at = datetime.fromisoformat(stored["at"]) if stored.get("at") else forwarded_at
    return at if timedelta(0) <= forwarded_at - at <= _AS_OLD else forwarded_at


def forwarded_in(mail: ParsedMail) -> Forwarded | None:
    """Return the mail that `mail` passes on, the topmost one; None where it passes on none, or nobody can tell whose."""
    clock = mail.date.tzinfo if mail.date is not None else None
    for part in mail.parts:
        if part.content_type in _MAILS and part.text:
            fields = [line.partition(":") for line in part.text.split("\n")]
            return _made({name.strip(): value.strip() for name, _colon, value in reversed(fields)}, clock)
    found = forward_block(mail.body)
    if found is None:
        return None
    told, _text = found
    return _made(
        {"from": told.get("from", ""), "date": told.get("sent", ""), "subject": told.get("subject", "")}, clock
    )


def forwarded_text(body: str) -> str:
    """Return what stands below the header block of a forward, "" where there is none: never a colleague's own words."""
    found = forward_block(body)
    return found[1] if found else ""


def _made(fields: Mapping[str, str], clock: tzinfo | None) -> Forwarded | None:
    address = _ADDRESS.search(fields.get("from", ""))
    if address is None:
        return None
    name = re.split(r"[<\[(]", fields["from"])[0].strip(" \t\"'*") if address.start() else ""
    return Forwarded(
        name="" if "@" in name else name,
        address=address[0].removeprefix("mailto:"),
        at=_instant(fields.get("date", ""), clock),
        subject=fields.get("subject", ""),
        message_id=fields.get("message-id", "").strip("<> "),
    )


def _instant(text: str, clock: tzinfo | None) -> datetime | None:
    """Return the instant that a date line tells; None without a year, an hour, or a clock to read it by."""
    days = [day for day in named_days(text, _LONG_AGO) if day.year > _LONG_AGO.year + 1]
    hour = _hour(text)
    zone = _zone(text) or clock
    if not days or hour is None or zone is None:
        return None
    day = max(days)
    return datetime(day.year, day.month, day.day, *hour, tzinfo=zone)


def _hour(text: str) -> tuple[int, int] | None:
    for found in _CLOCK.finditer(text):
        hour, minute = int(found["h"]), int(found["m"])
        half = (found["ampm"] or "").lower()[:1]
        if (half == "p" or found["half"] in _AFTERNOON) and hour < _HALF_DAY:
            hour += _HALF_DAY
        elif half == "a" and hour == _HALF_DAY:
            hour = 0
        if hour < _HOURS and minute < _MINUTES:
            return hour, minute
    return None


def _zone(text: str) -> tzinfo | None:
    clock = _CLOCK.search(text)
    found = _ZONE.search(text, clock.end() if clock else 0)
    if found is None:
        return None
    if not found[1]:
        return UTC
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-ahead if found[1] == "-" else ahead) if ahead < timedelta(hours=_HOURS) else None
