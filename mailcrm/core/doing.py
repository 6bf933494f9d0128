"""One command, one transaction: run, written into the action log, and taken back.

Room: core. In: a verb of the actions room with its arguments. Out: what it did and the id that undoes it. Turns of the touched
threads are recomputed in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import NoResultFound
from sqlmodel import Session, col, select

from mailcrm.actions import Done, registry
from mailcrm.core.pipeline import follow, store_sent
from mailcrm.core.world import World
from mailcrm.domain.errors import NotFound, RefusedByRule, UsageError
from mailcrm.domain.words import say
from mailcrm.records import ActionEntry, Outgoing
from mailcrm.store.finding import numbered

__all__ = ["gone", "run_command", "take_back"]


def run_command(world: World, verb: str, arguments: Mapping[str, Any]) -> tuple[Done, str | None]:
    """Run a command; return what it did and the action-log id that undoes it, None where nothing does."""
    command = registry().get(verb)
    if command is None:
        raise UsageError(say("There is no command {verb}.", verb=verb), say("`mailcrm --help` lists the commands."))
    asked = command(**arguments)
    try:
        with world.store.begin() as session:
            done = asked.handle(session, world.situation(session))
            if done.after.get("sent"):
                store_sent(world, session, session.get_one(Outgoing, done.after["sent"]))
            follow(world, session, done.touched, world.actor)
            return done, _log(session, world, verb, done) if done.logged else None
    except NoResultFound as error:
        raise gone(arguments) from error


def _log(session: Session, world: World, verb: str, done: Done) -> str | None:
    entry = ActionEntry(
        at=world.clock.now(),
        actor=world.actor,
        verb=verb,
        thread_id=done.thread_id,
        before=dict(done.before or {}),
        after=dict(done.after),
    )
    session.add(entry)
    session.flush()
    return f"l{entry.id}" if done.before is not None else None


def take_back(world: World, given: str | None) -> ActionEntry:
    """Undo the action "l9", or the person's latest; return its entry."""
    with world.store.begin() as session:
        entry = _to_undo(session, world.actor, given)
        try:
            touched = registry()[entry.verb].undo(session, entry.before, world.situation(session))
        except NoResultFound as error:
            raise RefusedByRule(
                say("What this was about is there no more."),
                say("Its thread may have been merged with another one; the lists show what there is."),
            ) from error
        follow(world, session, touched, world.actor)
        entry.undone_at = world.clock.now()
        session.add(entry)
    return entry


def _to_undo(session: Session, actor: str, given: str | None) -> ActionEntry:
    """Return the named action, or the actor's latest one that can be taken back."""
    undoable = select(ActionEntry).where(col(ActionEntry.undone_at).is_(None))
    if given is not None:
        entry = session.exec(
            undoable.where(col(ActionEntry.id) == numbered(f"l{given.removeprefix('l')}", "l"))
        ).first()
    else:
        latest = undoable.where(col(ActionEntry.actor) == actor).order_by(col(ActionEntry.id).desc()).limit(50)
        entry = next((row for row in session.exec(latest) if row.before), None)
    if entry is None or not entry.before:
        raise RefusedByRule(say("There is nothing to take back."), say("Only what was done here can be undone, once."))
    return entry


def gone(arguments: Mapping[str, Any]) -> NotFound:
    """Return the error for an id that doesn't exist."""
    given = arguments.get("id") or arguments.get("thread") or arguments.get("draft")
    given = given or arguments.get("company") or arguments.get("contact") or "?"
    return NotFound(say("There is no {id}.", id=given), say("The lists show the ids; it may have been removed."))
