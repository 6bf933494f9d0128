"""Our own people at an instant: who works on what, who stands in, who is on duty, who manages.

Room: domain. In: people and the spans in which they are away or on duty. Out: names. Where nobody is written down, one rep works
alone: every name stands for itself, and there is no manager.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Person", "Presence", "Team"]


@dataclass(frozen=True, slots=True)
class Person:
    """One of us; `deputy` is a name, "" where nobody stands in."""

    name: str
    address: str = ""
    display_name: str = ""
    manager: bool = False
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """`person` is away, or on `duty`, in [since, until); `deputy` stands in meanwhile."""

    person: str
    since: datetime
    until: datetime
    duty: bool = False
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """All of us."""

    people: tuple[Person, ...] = ()
    presences: tuple[Presence, ...] = ()

    def find(self, name: str) -> Person | None:
        """Return the person of that name."""
        return next((person for person in self.people if person.name == name), None)

    def is_away(self, name: str, at: datetime) -> bool:
        """Whether `name` is absent at `at`."""
        return self.absence(name, at) is not None

    def deputy(self, name: str, at: datetime) -> str:
        """Return who stands in for `name` at `at`, "" where nobody does: the absence names one, else the person does."""
        absence, person = self.absence(name, at), self.find(name)
        return (absence.deputy if absence else "") or (person.deputy if person else "")

    def works_on(self, owner: str, at: datetime) -> str:
        """Return who works at `at` on what `owner` owns: the owner, or the first of the deputies who is there.

        Where nobody of them is there, the owner: an item never belongs to nobody.
        """
        seen, name = {owner}, owner
        while self.is_away(name, at):
            name = self.deputy(name, at)
            if not name or name in seen:
                return owner
            seen.add(name)
        return name

    def managers(self) -> tuple[str, ...]:
        """Return the managers' names."""
        return tuple(person.name for person in self.people if person.manager)

    def on_duty(self, at: datetime) -> tuple[str, ...]:
        """Return who is on duty at `at`."""
        return tuple(dict.fromkeys(one.person for one in self.presences if one.duty and one.since <= at < one.until))

    def absence(self, name: str, at: datetime) -> Presence | None:
        """Return the absence that holds at `at`, of several the one that began last."""
        holding = [one for one in self.presences if not one.duty and one.person == name and one.since <= at < one.until]
        return max(holding, key=lambda one: one.since, default=None)
