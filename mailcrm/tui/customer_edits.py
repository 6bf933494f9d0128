"""What can be changed of a customer in its place, field by field.

Room: tui. In: parts of `CustomerRow`. Out: `Edit`s: what stands there, what a person may type, and the command that it becomes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailcrm.domain.customer_zone import place_of
from mailcrm.domain.tags import tags_in
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import CustomerRow, PersonRow
from mailcrm.tui.terms import ROLES, term

__all__ = ["Edit", "edits_of_company", "edits_of_person"]

_GRADES = ("A", "B", "C", "D", "E")
_NO_GRADE = say("no grade")

_HINTS = {
    "country": say("Two letters such as DE, or its name; empty: nobody knows."),
    "zone": say("The town, or a zone such as UTC+5; empty: their mails tell."),
    "tags": say("Words with commas between them, such as importer, vip."),
    "domain": say("One more domain that they write from."),
    "reply_within": say("Such as 6h or 1 workday; empty: as the rule says."),
    "honorific": say("Mr, Ms, Dr …; it stands in the salutation."),
    "language": say("Two letters: en, zh, es …"),
}


@dataclass(frozen=True, slots=True)
class Edit:
    """A field: `shown` is how it reads, `known` how it is typed. `choices`: it is one of these (value, words)."""

    verb: str
    id: str
    field: str
    title: Sentence
    known: str = ""
    shown: str = ""
    why: Sentence | None = None
    choices: Sequence[tuple[str, Sentence]] = ()

    @property
    def hint(self) -> Sentence | None:
        """What may be typed."""
        return _HINTS.get(self.field)

    def arguments(self, typed: str) -> Mapping[str, object]:
        """Return the arguments of `verb` for what was typed; UsageError where it can be no such value."""
        if self.field != "tags":
            return {"id": self.id, self.field: typed}
        had, wanted = tags_in(self.known), tags_in(typed)
        return {
            "id": self.id,
            "add": tuple(tag for tag in wanted if tag not in had),
            "remove": tuple(tag for tag in had if tag not in wanted),
        }


def edits_of_company(row: CustomerRow) -> list[Edit]:
    """Return the fields of a company."""

    def edit(field: str, title: Sentence, known: str | None, **more: object) -> Edit:
        return Edit("edit_company", row.id, field, title, known or "", **{"shown": known or "", **more})  # type: ignore[arg-type]  # the fields of Edit

    where = row.there.reason if row.there and not row.time_zone else None
    return [
        edit("name", say("Name"), row.name),
        _role("edit_company", row.id, row.role, row.role_reason),
        edit(
            "grade",
            say("Grade"),
            row.grade,
            choices=(*((grade, Sentence("{code}", {"code": grade})) for grade in _GRADES), ("", _NO_GRADE)),
        ),
        edit("country", say("Country"), row.country, why=row.country_reason),
        edit("zone", say("Place"), row.time_zone, shown=_place(row), why=where),
        Edit("tag", row.id, "tags", say("Tags"), ", ".join(row.tags), ", ".join(row.tags)),
        edit("reply_within", say("Answer in"), row.reply_within),
        edit("domain", say("Domains"), "", shown=", ".join(row.domains)),
    ]


def _place(row: CustomerRow) -> str:
    if row.time_zone:
        return place_of(row.time_zone)
    return row.there.place if row.there else ""


def _role(verb: str, id_: str, role: str, why: Sentence | None) -> Edit:
    choices = tuple((code, known.title) for code, known in ROLES.items())
    return Edit(verb, id_, "role", say("Role"), role, str(term(ROLES, role).title), why, choices)


def edits_of_person(one: PersonRow, *, alone: bool) -> list[Edit]:
    """Return the fields of a contact; `alone`: without a company, so that role and country are hers."""

    def edit(field: str, title: Sentence, known: str | None, **more: object) -> Edit:
        return Edit("edit_contact", one.id, field, title, known or "", **{"shown": known or "", **more})  # type: ignore[arg-type]  # the fields of Edit

    place = place_of(one.time_zone) if one.time_zone else one.there.place if one.there else ""
    where = one.there.reason if one.there and not one.time_zone else None
    return [
        edit("name", say("Name"), one.name),
        edit("honorific", say("Addressed as"), one.honorific),
        *([_role("edit_contact", one.id, one.role, one.role_reason)] if alone else []),
        edit("language", say("Language"), one.language),
        *([edit("country", say("Country"), one.country, why=one.country_reason)] if alone else []),
        edit("zone", say("Place"), one.time_zone, shown=place, why=where),
        Edit("tag", one.id, "tags", say("Tags"), ", ".join(one.tags), ", ".join(one.tags)),
    ]
