"""The first list that a start shows: the open turns of view "now", by plain DB-API rows.

Room: queries. In: a DB-API connection (sqlite3 or psycopg) and the moment. Out: the rows that `worklist` makes of the same turns, in
its order; without those of other kinds, and without the head line's counts. To load the records takes longer than all of this: who
starts mailcrm sees what burns, can act on it, and has the whole list a second later. What stands on many mails is never read here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Protocol

from mailcrm.domain.clock.leaving import Answer
from mailcrm.domain.team import Person, Presence, Team
from mailcrm.queries.order import in_view, is_work_of, order
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import Worklist
from mailcrm.queries.turn_lines import Party, Standing, mark_of, turn_line
from mailcrm.store.values import dispatch_of, turn_of

__all__ = ["Connection", "Cursor", "first_list", "first_zone", "team_of"]

_VIEW = "now"
_INSTANTS = frozenset(
    {
        *("anchor", "due", "first_touch_at", "promised_until", "ended_at", "routed_at", "deadline", "notice_at"),
        *("arrived_at", "date_header", "snoozed_until", "answers_until", "since", "until", "at"),
        *("held_until", "next_attempt", "failing_since", "sending_at", "sent_at"),
    }
)
_FLAGS = frozenset(
    {
        *("low", "looks_finished", "external", "bounced", "late_arrivals", "adopted", "domestic"),
        *("has_attachments", "manager"),
    }
)


class Cursor(Protocol):
    """PEP 249's cursor, as far as it is needed."""

    @property
    def description(self) -> Any:  # noqa: ANN401  (each driver has a type of its own)
        """The columns."""
        ...

    def fetchall(self) -> list[Any]:
        """Return all rows."""
        ...


class Connection(Protocol):
    """PEP 249's connection with sqlite3's and psycopg's short cut."""

    def execute(self, query: Any, /) -> Cursor:  # noqa: ANN401  (likewise)
        """Run a statement."""
        ...


def first_zone(connection: Connection) -> str | None:
    """Return the zone to speak in: the first account's, None where there is no account."""
    rows = _rows(connection, "SELECT zone FROM account WHERE removed_at IS NULL ORDER BY id")
    return rows[0].zone if rows else None


def team_of(connection: Connection) -> Team:
    """Return all of us."""
    people = {row.id: row for row in _rows(connection, "SELECT * FROM person ORDER BY name")}
    spans = _rows(connection, "SELECT * FROM presence ORDER BY since") if people else ()
    return Team(
        tuple(Person(row.name, row.address, row.display_name, row.manager, row.deputy) for row in people.values()),
        tuple(
            Presence(people[row.person_id].name, row.since, row.until, row.kind == "duty", row.deputy) for row in spans
        ),
    )


def first_list(connection: Connection, outlook: Outlook) -> Worklist:
    """Return the open turns of view "now" that are the actor's, in order."""
    turns = _rows(connection, "SELECT * FROM turn WHERE \"end\" = ''")
    read = _Read(connection, turns)
    rows = [turn_line(read.standing(turn, outlook), outlook) for turn in turns]
    shown = sorted((row for row in rows if in_view(row, _VIEW, outlook) and is_work_of("me", row, outlook)), key=order)
    return Worklist(_VIEW, tuple(replace(row, rank=rank) for rank, row in enumerate(shown, 1)), {}, None)


class _Read:
    """What `first_list` knows of all open turns; each question takes an index, whatever the size of the mailbox."""

    def __init__(self, connection: Connection, turns: Collection[Any]) -> None:
        threads = _listed({turn.thread_id for turn in turns})
        self.mails = _by_id(connection, _MAILS, {key for turn in turns for key in (turn.opened_by, turn.messages[-1])})
        self.contacts = _by_id(connection, _CONTACTS, {mail.contact_id for mail in self.mails.values()} - {None})
        self.we_wrote = {row.thread_id: row.at for row in _rows(connection, _WE_WROTE.format(threads))}
        telling = _rows(connection, _TELLING.format(threads))
        self.telling = {row.id: (row.purpose, row.arrived_at) for row in telling}
        self.threads = {row.id: row for row in _rows(connection, _THREADS.format(threads))}
        self.accounts = {row.id: row for row in _rows(connection, "SELECT id, owner FROM account")}
        self.answers: dict[int, list[Answer]] = defaultdict(list)
        for row in _rows(connection, _ANSWERS.format(threads)):
            self.answers[row.thread_id].append(Answer(dispatch_of(row), row.answers_until))

    def standing(self, turn: Any, outlook: Outlook) -> Standing:  # noqa: ANN401  (a row)
        """Return what is known of a turn."""
        opening, thread = self.mails[turn.opened_by], self.threads[turn.thread_id]
        contact = self.contacts.get(opening.contact_id)
        first = contact is None or contact.first_mail == opening.sort_key
        return Standing(
            turn_of(turn),
            opening,
            self.mails[turn.messages[-1]],
            _party(opening, contact),
            thread.owner or self.accounts[opening.account_id].owner or outlook.actor,
            first=first and not self.we_wrote.get(turn.thread_id, turn.anchor) < turn.anchor,
            answers=self.answers.get(turn.thread_id, ()),
            mark=mark_of(turn.opened_by, turn.messages, turn.first_touch_at, self.telling),
            snoozed_until=thread.snoozed_until,
        )


def _party(mail: Any, contact: Any) -> Party:  # noqa: ANN401  (rows)
    sender = mail.from_name or mail.from_address
    if contact is None:
        return Party(sender)
    if contact.company is None:
        return Party(sender, None, contact.name, contact.country, None, contact.role)
    country = contact.company_country or contact.country
    return Party(sender, contact.company, contact.name, country, contact.grade, contact.company_role)


_MAILS = """
    SELECT id, thread_id, account_id, contact_id, sort_key, arrived_at, date_header, from_name, from_address, subject, gist,
        purpose, has_attachments
    FROM message WHERE id IN ({})
"""
_CONTACTS = """
    SELECT contact.id, contact.name, contact.country, contact.role, company.name AS company, company.country AS company_country,
        company.grade, company.role AS company_role,
        (SELECT min(message.sort_key) FROM message WHERE message.contact_id = contact.id) AS first_mail
    FROM contact LEFT JOIN company ON company.id = contact.company_id WHERE contact.id IN ({})
"""
_WE_WROTE = (
    "SELECT thread_id, min(arrived_at) AS at FROM message WHERE thread_id IN ({}) AND side = 'ours' GROUP BY thread_id"
)
_TELLING = """
    SELECT id, purpose, arrived_at FROM message
    WHERE thread_id IN ({}) AND side = 'theirs' AND purpose IN ('complaint', 'chaser')
"""
_THREADS = "SELECT id, owner, snoozed_until FROM thread WHERE id IN ({})"
_ANSWERS = """
    SELECT thread_id, answers_until, message_id, state, held_until, next_attempt, attempts, failures, failing_since, sending_at,
        sent_at, looked_for
    FROM outgoing
    WHERE state IN ('draft', 'held', 'queued', 'deferred', 'in_doubt') AND thread_id IN ({})
"""


def _by_id(connection: Connection, query: str, ids: Iterable[int]) -> dict[int, Any]:
    return {row.id: row for row in _rows(connection, query.format(_listed(ids)))}


def _listed(ids: Iterable[int]) -> str:
    """Return ids as SQL reads them; they are numbers, of our own making."""
    return ", ".join(map(str, map(int, ids))) or "NULL"


def _rows(connection: Connection, query: str) -> list[Any]:
    """Return rows by the names of their columns, each value as the records would tell it."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [
        SimpleNamespace(**{name: _value(name, value) for name, value in zip(names, row, strict=True)})
        for row in cursor.fetchall()
    ]


def _value(name: str, value: Any) -> Any:  # noqa: ANN401  (of any column)
    """Return what SQLite keeps as text or a number as PostgreSQL tells it: instants, lists, yes and no."""
    if name in _INSTANTS and value is not None:
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    if name == "messages" and isinstance(value, str):
        return json.loads(value)
    return bool(value) if name in _FLAGS else value
