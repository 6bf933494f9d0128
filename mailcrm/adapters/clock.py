"""The wall clock and the only source of randomness.

Room: adapters. Everything else is handed a `ports.Clock` and a function that makes tokens, so that tests can hold both.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

__all__ = ["SystemClock", "token"]


class SystemClock:
    """ports.Clock on the machine's own clock."""

    def now(self) -> datetime:
        """Return the instant as aware UTC."""
        return datetime.now(UTC)


def token(octets: int = 12) -> str:
    """Return `octets` unguessable octets as lower-case hex: for Message-IDs, file names and one-time keys."""
    return secrets.token_hex(octets)
