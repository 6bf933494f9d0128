"""Who may sign a sample sheet: the manager, or the deputy that the manager named for that day.

Room: domain. In: our people, who signs, who wrote the sheet, the instant. Out: in what part the sheet is signed, or RefusedByRule
that names who may. Where nobody else is written down, one rep works alone: there is nobody else to sign, and the record says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.team import Team
from mailcrm.domain.words import say

__all__ = ["Signature", "signing_part", "who_may_sign"]


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature under a sheet: whose, when, under which content, as "manager", "deputy" (of `stands_for`) or "alone"."""

    by: str
    at: datetime
    content: str
    part: str
    stands_for: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the storable form."""
        return {
            "by": self.by,
            "at": self.at.isoformat(),
            "content": self.content,
            "part": self.part,
            "stands_for": self.stands_for,
        }

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Signature:
        """Return what `to_json` stored."""
        return Signature(**{**stored, "at": datetime.fromisoformat(stored["at"])})


def who_may_sign(team: Team, at: datetime) -> dict[str, str]:
    """Return the names that may sign at `at`, each with the manager stood in for ("" where it is a manager's own)."""
    able: dict[str, str] = {}
    for manager in team.managers():
        if not team.is_away(manager, at):
            able[manager] = ""
            continue
        deputy = team.deputy(manager, at)
        if deputy and not team.is_away(deputy, at):
            able.setdefault(deputy, manager)
    return able


def signing_part(team: Team, signer: str, author: str, at: datetime) -> tuple[str, str]:
    """Return (part, stands for) of `Signature`; RefusedByRule where `signer` may not sign what `author` wrote.

    A manager's part allows signing an own sheet; a deputy's doesn't.
    """
    if len(team.people) > 1 and not team.managers():
        raise RefusedByRule(
            say("Nobody here is a manager, so nobody can sign."),
            say("Name one: `mailcrm team add {name} --manager`.", name=team.people[0].name),
        )
    if not team.managers():
        return "alone", ""
    able = who_may_sign(team, at)
    if not able:
        absent = ", ".join(team.managers())
        raise RefusedByRule(
            say("Nobody can sign today: {managers} is away and named no deputy.", managers=absent),
            say(
                "Name one: `mailcrm team add {manager} --deputy NAME`, or sign when the manager is back.",
                manager=team.managers()[0],
            ),
        )
    if signer not in able:
        raise RefusedByRule(
            say("{signer} may not sign: that is for the manager, or the deputy named for today.", signer=signer),
            say("Today may sign: {names}.", names=", ".join(able)),
        )
    if able[signer] and signer == author:
        raise RefusedByRule(
            say("{signer} wrote this sheet: somebody else signs it.", signer=signer),
            say("It is for {manager} to sign, or to name another deputy.", manager=able[signer]),
        )
    return ("deputy", able[signer]) if able[signer] else ("manager", "")
