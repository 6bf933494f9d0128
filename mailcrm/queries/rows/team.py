"""Rows about our own people.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["ColleagueRow", "PresenceRow"]


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    """One of us; `away`: absent at this moment; `stands_in`: who works on what this person owns meanwhile."""

    id: str
    name: str
    display_name: str
    address: str
    manager: bool
    deputy: str
    away: bool
    stands_in: str


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """A span in which a colleague is away ("away") or on duty ("duty")."""

    id: str
    person: str
    kind: str
    since: datetime
    until: datetime
    deputy: str
