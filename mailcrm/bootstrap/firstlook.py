"""The first look at a home: what burns, in the time that it takes to load a terminal.

Room: bootstrap. In: a home. Out: the first list and the zone to speak in, or None where anything is unusual: then the screens open
empty, and the whole core has its say a moment later. See `queries.firstpaint` for what the list holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mailcrm.bootstrap.homes import database_url
from mailcrm.bootstrap.places import packaged
from mailcrm.domain.errors import MailcrmError

if TYPE_CHECKING:
    from mailcrm.queries.firstpaint import Connection
    from mailcrm.queries.rows import Worklist

__all__ = ["FirstLook", "connected", "first_look"]

_PATIENCE = 0.5  # seconds; a database that is busy for longer is shown by the whole core
_REACHED = 2  # likewise, of a server


class _Unusual(Exception):
    """The database says something that only the whole core understands."""


class FirstLook(NamedTuple):
    """The list that a start shows at once, and the zone to speak in."""

    worklist: Worklist
    zone: str


def first_look(home: Path) -> FirstLook | None:
    """Return the first list of a home; None where it can't be had at once. Nothing is written, and nothing raised."""
    try:
        return _look(home)
    except (_Unusual, MailcrmError, OSError, AttributeError, LookupError, TypeError, ValueError):
        return None  # the core meets it too, and has words for it


def _look(home: Path) -> FirstLook | None:
    from mailcrm.adapters.calendar import public_days
    from mailcrm.adapters.calendar_file import own_days
    from mailcrm.adapters.clock import SystemClock, system_zone
    from mailcrm.bootstrap.world import actor
    from mailcrm.core.settings_files import merged_settings, office_of, policy_of
    from mailcrm.domain.parties import Ours
    from mailcrm.domain.policies import Policies
    from mailcrm.queries.firstpaint import first_list, first_zone, team_of
    from mailcrm.queries.outlook import Outlook
    from mailcrm.store import HEAD

    sections = merged_settings(packaged("config") / "mailcrm.toml", home / "mailcrm.toml", os.environ)
    office = office_of(sections, system_zone(), public_days, partial(own_days, home))
    policy, now = policy_of(sections, office), SystemClock().now()
    with connected(sections["database"]["url"] or database_url(home)) as records:
        schema = records.execute("SELECT version_num FROM alembic_version").fetchall()
        if [*map(tuple, schema)] != [(HEAD,)]:
            return None
        zone = first_zone(records) or office.zone
        outlook = Outlook(now, Policies(policy), Ours(), zone, actor(), team_of(records))
        return FirstLook(first_list(records, outlook), zone)


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Open a database by plain DB-API, to read only."""
    if url.startswith("sqlite:///"):
        import sqlite3

        path = Path(url.removeprefix("sqlite:///"))
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)) as records:
                yield records
        except sqlite3.Error as error:
            raise _Unusual from error
    else:
        import psycopg

        scheme, rest = url.split("://", 1)
        plain = f"{scheme.partition('+')[0]}://{rest}"
        try:
            with psycopg.connect(plain, autocommit=True, connect_timeout=_REACHED) as records:
                yield records
        except psycopg.Error as error:
            raise _Unusual from error
