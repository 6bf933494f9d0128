"""Our own people: added, changed, away, on duty.

Room: core.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mailcrm.core.world import World
from mailcrm.domain.clock.moments import parse_moment
from mailcrm.domain.errors import NotFound, RefusedByRule, UsageError
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import ColleagueRow, PresenceRow
from mailcrm.queries.team import colleagues, presences
from mailcrm.records import MailAccount, PersonRecord, PresenceRecord, Thread
from mailcrm.rules.notices import look_again
from mailcrm.store.finding import number
from mailcrm.store.team import DUTY, person_named

__all__ = ["add_person", "add_presence", "remove_person", "remove_presence"]

_DATE = len("2026-11-23")


def add_person(
    world: World,
    *,
    name: str,
    address: str | None = None,
    display_name: str | None = None,
    manager: bool | None = None,
    deputy: str | None = None,
) -> tuple[Sentence, ColleagueRow]:
    """Add a colleague, or change the one of this name; what isn't given stays."""
    name = name.strip().lower()
    if not name or any(letter.isspace() for letter in name) or name in ("all", "me", "nobody"):
        raise UsageError(
            say("{name} is no name for a colleague.", name=name or "–"), say("Write one word, such as li or anna.")
        )
    if address and "@" not in address:
        raise UsageError(say("{address} is no address.", address=address), say("Write it as name@company.example."))
    with world.store.begin() as session:
        row = session.exec(select(PersonRecord).where(col(PersonRecord.name) == name)).first() or PersonRecord(
            name=name
        )
        row.address = row.address if address is None else address.strip().lower()
        row.display_name = row.display_name if display_name is None else display_name.strip()
        row.manager = row.manager if manager is None else manager
        if deputy is not None:
            row.deputy = _deputy(session, name, deputy)
        session.add(row)
        look_again(session, world.clock.now())
    return say("{name} is one of us.", name=name), _colleague(world, name)


def remove_person(world: World, *, name: str) -> tuple[Sentence, ColleagueRow]:
    """Remove a colleague who owns nothing any more; RefusedByRule names what is still his."""
    row = _colleague(world, name.strip().lower())
    with world.store.begin() as session:
        person = person_named(session, name)
        owned = session.exec(select(Thread.id).where(col(Thread.owner) == person.name)).first()
        kept = session.exec(select(MailAccount.id).where(col(MailAccount.owner) == person.name)).first()
        if owned is not None or kept is not None:
            raise RefusedByRule(
                say("{name} still owns threads or a mail account.", name=person.name),
                say(
                    "Give them to another colleague first: `mailcrm assign THREAD USER`, `mailcrm account add … --owner USER`."
                ),
            )
        session.exec(delete(PresenceRecord).where(col(PresenceRecord.person_id) == person.id))
        session.delete(person)
        look_again(session, world.clock.now())
    return say("{name} is no longer one of us.", name=row.name), row


def add_presence(
    world: World, *, person: str, since: str | datetime, until: str | datetime, duty: bool = False, deputy: str = ""
) -> tuple[Sentence, PresenceRow]:
    """Note that a colleague is away or on duty from `since` to `until`; a bare date means the whole day, the last one included."""
    zone = world.policies.office.zone
    begins = parse_moment(since, world.clock.now(), zone)
    ends = _end(until, world.clock.now(), zone) or parse_moment(until, world.clock.now(), zone)
    if ends <= begins:
        raise UsageError(
            say("This ends before it begins."), say("Give --from the earlier time and --to the later one.")
        )
    if ends <= world.clock.now():
        raise UsageError(say("This is over already."), say("Give --to a time that is still to come."))
    with world.store.begin() as session:
        one = person_named(session, person)
        row = PresenceRecord(
            person_id=one.id or 0,
            kind=DUTY if duty else "away",
            since=begins,
            until=ends,
            deputy=_deputy(session, one.name, deputy),
        )
        session.add(row)
        session.flush()
        look_again(session, world.clock.now())
        shown = next(each for each in presences(session, world.outlook(session)) if each.id == f"z{row.id}")
    return (say("On duty: noted.") if duty else say("Away: noted.")), shown


def remove_presence(world: World, *, id: str) -> tuple[Sentence, PresenceRow]:  # noqa: A002  (as on the command line)
    """Take an absence or a duty back."""
    with world.store.begin() as session:
        row = session.get(PresenceRecord, number(id, "z", "absence or duty"))
        if row is None:
            raise NotFound(
                say("There is no {id}.", id=id), say("`mailcrm absence list` and `mailcrm duty list` show them.")
            )
        shown = next(each for each in presences(session, world.outlook(session)) if each.id == id)
        session.delete(row)
        look_again(session, world.clock.now())
    return say("Taken back."), shown


def _colleague(world: World, name: str) -> ColleagueRow:
    with world.store.read() as session:
        person_named(session, name)
        return next(row for row in colleagues(session, world.outlook(session)) if row.name == name)


def _deputy(session: Session, name: str, given: str) -> str:
    if not given.strip():
        return ""
    deputy = person_named(session, given).name
    if deputy == name:
        raise UsageError(say("{name} can't stand in for themselves.", name=name), say("Name another colleague."))
    return deputy


def _end(given: str | datetime, now: datetime, zone: str) -> datetime | None:
    """Return the end of the day that a bare date names, None for anything else."""
    if isinstance(given, datetime) or len(given.strip()) != _DATE:
        return None
    day = parse_moment(given, now, zone).astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(day, time(), ZoneInfo(zone))
