"""Bringing a database to this release's schema (alembic).

Room: store. alembic costs seconds to import, so it is only asked when the schema isn't at `HEAD`.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text
from sqlmodel import select

from mailcrm.domain.errors import HomeError
from mailcrm.domain.words import say
from mailcrm.records import Thread
from mailcrm.store import HEAD
from mailcrm.store.engine import Store
from mailcrm.store.indexed import rebuild_index
from mailcrm.store.letters import settle_letters
from mailcrm.store.raws import move_into_packs

__all__ = ["ensure_schema", "revision"]


def revision(store: Store) -> str | None:
    """Return the schema's revision, None for an empty database."""
    with store.read() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        found = session.connection().execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def ensure_schema(store: Store) -> None:
    """Migrate to `HEAD` where needed; refuse a database of a newer release."""
    found = revision(store)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise HomeError(
            say(
                "This home was last used by a newer release of mailcrm (schema {found}, here {head}).",
                found=found,
                head=HEAD,
            ),
            say("Use the newer release; this one would not understand everything in it."),
        )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with store.begin() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, HEAD)
        if found == "0001":  # what 0002 brought is made of the mails
            move_into_packs(session)
            rebuild_index(session)
            settle_letters(session, [thread_id or 0 for thread_id in session.exec(select(Thread.id))])
