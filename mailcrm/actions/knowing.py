"""What a person knows better than mail tells: checked, kept with who said it, and taken back.

Room: actions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mailcrm.actions.command import Situation
from mailcrm.domain.country_names import country_in
from mailcrm.domain.customer_zone import zone_named
from mailcrm.domain.errors import UsageError
from mailcrm.domain.message import Role
from mailcrm.domain.words import say
from mailcrm.records import Company, Contact

__all__ = [
    "GRADES",
    "before_of",
    "by_person",
    "checked_country",
    "checked_grade",
    "checked_role",
    "checked_zone",
    "give_back",
]

GRADES = ("A", "B", "C", "D", "E")


def checked_role(role: str) -> str:
    """Return `role`; UsageError names the known ones."""
    if role not in {known.value for known in Role}:
        raise UsageError(
            say("{role} is no role.", role=role),
            say("Roles are: {known}.", known=", ".join(known.value for known in Role)),
        )
    return role


def checked_grade(given: str) -> str | None:
    """Return a grade of A to E; None for "": not graded."""
    grade = given.strip().upper()
    if grade and grade not in GRADES:
        raise UsageError(say("{given} is no grade.", given=given), say("Grades are A, B, C, D and E."))
    return grade or None


def checked_country(given: str) -> str | None:
    """Return the two letters of the country that `given` is, in letters or in words; None for "": nobody knows."""
    words = given.strip()
    code = country_in(words.upper()) or country_in(words)
    if words and not code:
        raise UsageError(
            say("{given} is no country.", given=given),
            say("Write its two letters, such as DE, or its name in any common language."),
        )
    return code or None


def checked_zone(given: str, country: str | None) -> str | None:
    """Return the IANA zone of a town or of a zone's own name, in `country` before elsewhere; None for "": nobody said it."""
    words = given.strip()
    zone = zone_named(words, country or "")
    if words and not zone:
        raise UsageError(
            say("No time zone is known for {given}.", given=given),
            say("Name the nearest big town, or the zone as in Europe/Berlin or UTC+5."),
        )
    return zone or None


def by_person(row: Company | Contact, field: str, situation: Situation) -> str:
    """Note that a person set `field`, so that mail never changes it again; return the stored reason."""
    row.by_person = sorted({*row.by_person, field})
    return say("set by {who}", who=situation.actor).to_json()


def before_of(row: Company | Contact, fields: Sequence[str]) -> dict[str, Any]:
    """Return the values of these fields, to be given back by `undo`."""
    return {field: getattr(row, field) for field in fields}


def give_back(row: Company | Contact, fields: Mapping[str, Any]) -> None:
    """Give the row its earlier values."""
    for field, value in fields.items():
        setattr(row, field, value)
