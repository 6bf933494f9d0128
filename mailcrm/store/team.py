"""Our own people between record and value.

Room: store.
"""

from __future__ import annotations

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound
from mailcrm.domain.team import Person, Presence, Team
from mailcrm.domain.words import say
from mailcrm.records import PersonRecord, PresenceRecord
from mailcrm.store.bulk import rows, table_of

__all__ = ["DUTY", "load_team", "person_named"]

DUTY = "duty"

_PERSON, _PRESENCE = table_of(PersonRecord), table_of(PresenceRecord)
_PEOPLE, _SPANS = columns(_PERSON).order_by(_PERSON.c.name), columns(_PRESENCE).order_by(_PRESENCE.c.since)


def load_team(session: Session) -> Team:
    """Return all of us, by name. Every question asks for it."""
    session.flush()
    people = {row.id: row for row in rows(session, _PEOPLE)}
    spans = rows(session, _SPANS) if people else ()
    return Team(
        tuple(Person(row.name, row.address, row.display_name, row.manager, row.deputy) for row in people.values()),
        tuple(
            Presence(people[row.person_id].name, row.since, row.until, row.kind == DUTY, row.deputy) for row in spans
        ),
    )


def person_named(session: Session, name: str) -> PersonRecord:
    """Return the person of that name; NotFound names whom there is."""
    row = session.exec(select(PersonRecord).where(col(PersonRecord.name) == name.strip().lower())).first()
    if row is None:
        known = session.exec(select(PersonRecord.name).order_by(col(PersonRecord.name))).all()
        raise NotFound(
            say("Nobody here is called {name}.", name=name),
            say(
                "Known are: {known}. `mailcrm team add NAME --address …` adds a colleague.",
                known=", ".join(known) or "–",
            ),
        )
    return row
