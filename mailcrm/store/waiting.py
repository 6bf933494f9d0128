"""Waits between record and value, and the facts about them that don't lie in the thread itself.

Room: store. The record's ids are numbers, the domain's are the strings of the ledger ("m340").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mailcrm.domain.clock.ledger import ElsewhereDecided, Event
from mailcrm.domain.country import Clues, read_origin
from mailcrm.domain.message import Address
from mailcrm.domain.parties import Ours
from mailcrm.domain.waiting.replay import replay_wait
from mailcrm.domain.waiting.steps import WaitingPolicy
from mailcrm.domain.waiting.wait import Wait
from mailcrm.records import Company, Contact, Message, WaitParty, WaitRecord
from mailcrm.store.bulk import add_rows, among, change_rows, differs, drop_rows, rows, stale, table_of
from mailcrm.store.elsewhere import companies_in, wrote_elsewhere

__all__ = ["known_waits", "row_of", "wait_of", "with_elsewhere", "with_newest_mail", "write_waits"]

_SAME = ("since", "due", "number", "asked", "parked_until", "away_until", "failed")

_WAIT, _PARTY = table_of(WaitRecord), table_of(WaitParty)
_message, _contact, _company = table_of(Message).c, table_of(Contact).c, table_of(Company).c

_OF_THREADS = columns(_WAIT).where(among(_WAIT.c.thread_id))
_FIRMS = columns(_company.id, _company.country).where(among(_company.id), _company.country.is_not(None))
_PEOPLE = columns(_contact.address, _contact.country).where(among(_contact.address), _contact.country.is_not(None))


def wait_of(record: WaitRecord) -> Wait:
    """Return the value of a stored wait, which is an open one."""
    return Wait(
        started_by="",
        since=record.since,
        mail=f"m{record.message_id}",
        recipients=tuple(record.recipients),
        parties=tuple(record.parties),
        due=record.due,
        number=record.number,
        asked=record.asked,
        nudges=tuple(f"m{key}" for key in record.nudges),
        parked_until=record.parked_until,
        away_until=record.away_until,
        elsewhere=f"m{record.elsewhere}" if record.elsewhere else "",
        failed=record.failed,
    )


def row_of(wait: Wait, thread_id: int, country: str, version: str) -> dict[str, Any]:
    """Return the row of a wait: every column of `WaitRecord`."""
    same = {name: getattr(wait, name) for name in _SAME}
    return {
        "thread_id": thread_id,
        "message_id": int(wait.mail[1:]),
        "recipients": list(wait.recipients),
        "parties": list(wait.parties),
        "nudges": [int(key[1:]) for key in wait.nudges],
        "elsewhere": int(wait.elsewhere[1:]) if wait.elsewhere else None,
        "country": country,
        "version": version,
        **same,
    }


def known_waits(session: Session, thread_ids: Collection[int]) -> dict[int, Row[Any]]:
    """Return the stored waits of these threads."""
    return {row.thread_id: row for row in rows(session, _OF_THREADS, thread_ids)}


def write_waits(session: Session, known: Mapping[int, Row[Any]], wanted: Sequence[Mapping[str, Any]]) -> None:
    """Make the `known` rows what is `wanted` (rows of `row_of`); each wait is found by whom it is for."""
    gone = known.keys() - {row["thread_id"] for row in wanted}
    drop_rows(session, _PARTY, "thread_id", gone)
    drop_rows(session, _WAIT, "thread_id", gone)
    add_rows(session, _WAIT, [row for row in wanted if row["thread_id"] not in known])
    again = [row for row in wanted if row["thread_id"] in known]
    change_rows(session, _WAIT, "thread_id", [row for row in again if differs(known[row["thread_id"]], row)])
    _find_by_party(session, known, wanted)
    stale(session, WaitRecord, WaitParty)


def _find_by_party(session: Session, known: Mapping[int, Row[Any]], wanted: Sequence[Mapping[str, Any]]) -> None:
    told = {row["thread_id"]: {*row["parties"], *row["recipients"]} for row in wanted}
    # The stored ones follow from the stored wait: only where that was for others is anything to be written.
    before = {thread: {*row.parties, *row.recipients} for thread, row in known.items()}
    changed = {thread for thread in told if thread in before and before[thread] != told[thread]}
    drop_rows(session, _PARTY, "thread_id", changed)
    values = [
        {"thread_id": thread, "party": party}
        for thread, parties in told.items()
        if thread in changed or thread not in before
        for party in sorted(parties)
    ]
    add_rows(session, _PARTY, values)


def with_elsewhere(
    session: Session,
    ledgers: Mapping[int, Sequence[Event]],
    ours: Ours,
    policy: WaitingPolicy,
    *,
    all_of_it: bool = False,
) -> dict[int, tuple[Sequence[Event], str]]:
    """Return each thread's events with what they wrote elsewhere while we wait, and the country whose working days count.

    Of what they wrote elsewhere the last mail decides what is asked, unless a person spoke about an earlier one: there, and
    for the story (`all_of_it`), all of it is read.
    """
    schedule = policy.schedule("")
    waits = {thread: replay_wait(events, schedule) for thread, events in ledgers.items()}
    waited = {thread: wait for thread, wait in waits.items() if wait is not None}
    standing = {thread: wait for thread, wait in waited.items() if not wait.end}
    spoken = {one for one in standing if all_of_it or any(isinstance(e, ElsewhereDecided) for e in ledgers[one])}
    more = wrote_elsewhere(session, standing, spoken, ours)
    countries = _countries(session, waited.values(), ours)
    return {
        thread: ([*events, *more.get(thread, ())], countries(waited[thread]) if thread in waited else "")
        for thread, events in ledgers.items()
    }


def _countries(session: Session, waits: Collection[Wait], ours: Ours) -> Callable[[Wait], str]:
    """Return what tells the country (ISO 3166-1) of whom we wait for: their company's, the contact's, else that of their domain."""
    companies = {one for wait in waits for one in companies_in(wait.parties)}
    addresses = {one for wait in waits for one in wait.recipients}
    firms: dict[int, str] = dict(rows(session, _FIRMS, companies)) if companies else {}
    people: dict[str, str] = dict(rows(session, _PEOPLE, addresses)) if addresses else {}

    def country(wait: Wait) -> str:
        firm = next((firms[one] for one in sorted(companies_in(wait.parties)) if one in firms), "")
        person = next((people[one] for one in sorted(wait.recipients) if one in people), "")
        return firm or person or _by_domain(wait.recipients, ours)

    return country


def _by_domain(addresses: Iterable[str], ours: Ours) -> str:
    for address in addresses:
        domain = address.rpartition("@")[2]
        origin = read_origin(Clues(domain=domain, free_mail=ours.is_free_mail(domain)))
        if origin is not None:
            return origin.country
    return ""


def with_newest_mail(session: Session, wait: Wait, thread_id: int, ours: Ours) -> Wait:
    """Return a wait that a person began on a thread whose mail is all history: it is for whoever the newest mail is with."""
    found = select(Message).where(col(Message.thread_id) == thread_id).order_by(col(Message.sort_key).desc()).limit(1)
    newest = session.exec(found).one()
    written = [address.lower() for _name, address in newest.people.get("to", []) if address]
    others = tuple(one for one in [newest.from_address.lower(), *written] if not ours.owns(Address("", one)))
    return replace(wait, mail=f"m{newest.id}", recipients=others)
