"""Instants as people type them for things that happened: ISO, naive in their own zone, empty for now.

Room: domain. What lies ahead ("Thu", "+2wd") is `estimate`'s.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import say

__all__ = ["parse_moment"]


def parse_moment(given: str | datetime | None, now: datetime, zone: str) -> datetime:
    """Return aware UTC. A time without a date is today's; UsageError names the forms."""
    if given is None or given == "":
        return now
    if isinstance(given, datetime):
        return (given if given.tzinfo else given.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    text = given.strip()
    today = now.astimezone(ZoneInfo(zone)).date().isoformat()
    try:
        at = datetime.fromisoformat(f"{today}T{text}" if ":" in text and len(text) <= len("15:10:00") else text)
    except ValueError as error:
        raise UsageError(
            say("{given} is no time.", given=given),
            say("Write it as 15:10, 2026-11-23T15:10 or 2026-11-23T15:10+08:00."),
        ) from error
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
