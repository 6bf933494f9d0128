"""The machine's own clock, chance and time zone: the only places where an instant, a random number or a zone is born.

Room: adapters.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

__all__ = ["FixedClock", "SystemClock", "system_zone", "token"]


class SystemClock:
    """ports.Clock on the machine's own clock."""

    def now(self) -> datetime:
        """Return the instant as aware UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """ports.Clock that stands still: what `--now` puts in the place of the real one."""

    at: datetime

    def now(self) -> datetime:
        """Return always the same instant."""
        return self.at


def token(octets: int = 12) -> str:
    """Return `octets` unguessable octets as lower-case hex: for Message-IDs, file names and one-time keys."""
    return secrets.token_hex(octets)


def system_zone() -> str:
    """Return the IANA name of the machine's time zone."""
    from tzlocal import get_localzone_name

    return get_localzone_name() or "UTC"
