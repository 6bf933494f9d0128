"""Waits between record and value, and the facts about them that don't lie in the thread itself.

Room: store. The record's ids are numbers, the domain's are the strings of the ledger ("m340").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mailcrm.domain.clock.ledger import Event, WroteElsewhere
from mailcrm.domain.country import Clues, read_origin
from mailcrm.domain.message import Address, Kind, Side
from mailcrm.domain.parties import Ours, party, registrable
from mailcrm.domain.waiting.replay import replay_wait
from mailcrm.domain.waiting.steps import WaitingPolicy
from mailcrm.domain.waiting.wait import Wait
from mailcrm.records import Company, CompanyDomain, Contact, Message, WaitParty, WaitRecord
from mailcrm.store.bulk import add_rows, among, change_rows, differs, drop_rows, one_of, rows, stale, table_of
from mailcrm.store.sort_keys import first_sort_key

__all__ = ["BY_HAND", "known_waits", "row_of", "wait_of", "with_elsewhere", "with_newest_mail", "write_waits"]

BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)
_COMPANY, _DOMAIN = "company:", "domain:"
_SAME = ("since", "due", "number", "asked", "parked_until", "away_until", "failed")

_WAIT, _PARTY = table_of(WaitRecord), table_of(WaitParty)
_message, _contact, _company = table_of(Message).c, table_of(Contact).c, table_of(Company).c
_home = table_of(CompanyDomain).c

_OF_THREADS = columns(_WAIT).where(among(_WAIT.c.thread_id))
_FIRMS = columns(_company.id, _company.country).where(among(_company.id), _company.country.is_not(None))
_PEOPLE = columns(_contact.address, _contact.country).where(among(_contact.address), _contact.country.is_not(None))
_HOMES = columns(_home.domain, _home.company_id).where(among(_home.company_id))


def _since(writer: ColumnElement[bool]) -> Select[Any]:
    """Return the select of the mails that such a writer wrote by hand `since` an instant."""
    of = (_message.id, _message.thread_id, _message.arrived_at, _message.from_address, _message.from_domain)
    return (
        columns(*of, _contact.company_id)
        .select_from(table_of(Message).join(table_of(Contact), isouter=True))
        .where(
            writer,
            _message.side == Side.THEIRS.value,
            one_of(_message.kind, *BY_HAND),
            _message.history.is_(False),
            _message.arrived_at > bindparam("since", type_=_message.arrived_at.type),
            _message.sort_key >= bindparam("since_key", type_=_message.sort_key.type),  # by this the index is read
        )
    )


_BY_COMPANY = _since(_message.contact_id.in_(columns(_contact.id).where(among(_contact.company_id))))
_BY_DOMAIN, _BY_ADDRESS = _since(among(_message.from_domain)), _since(among(_message.from_address))


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
    session: Session, ledgers: Mapping[int, Sequence[Event]], ours: Ours, policy: WaitingPolicy
) -> dict[int, tuple[Sequence[Event], str]]:
    """Return each thread's events with what they wrote elsewhere while we wait, and the country whose working days count."""
    schedule = policy.schedule("")
    waits = {thread: replay_wait(events, schedule) for thread, events in ledgers.items()}
    waited = {thread: wait for thread, wait in waits.items() if wait is not None}
    more = _elsewhere(session, {thread: wait for thread, wait in waited.items() if not wait.end}, ours)
    countries = _countries(session, waited.values(), ours)
    return {
        thread: ([*events, *more.get(thread, ())], countries(waited[thread]) if thread in waited else "")
        for thread, events in ledgers.items()
    }


def _countries(session: Session, waits: Collection[Wait], ours: Ours) -> Callable[[Wait], str]:
    """Return what tells the country (ISO 3166-1) of whom we wait for: their company's, the contact's, else that of their domain."""
    companies = {one for wait in waits for one in _companies(wait.parties)}
    addresses = {one for wait in waits for one in wait.recipients}
    firms: dict[int, str] = dict(rows(session, _FIRMS, companies)) if companies else {}
    people: dict[str, str] = dict(rows(session, _PEOPLE, addresses)) if addresses else {}

    def country(wait: Wait) -> str:
        firm = next((firms[one] for one in sorted(_companies(wait.parties)) if one in firms), "")
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


def _elsewhere(session: Session, waits: Mapping[int, Wait], ours: Ours) -> dict[int, list[WroteElsewhere]]:
    """Return for each thread what people of the parties that we wait for wrote on other threads since."""
    if not waits:
        return {}
    companies = {one for wait in waits.values() for one in _companies(wait.parties)}
    homes: dict[str, int] = dict(rows(session, _HOMES, companies))
    asked = {thread: _asked_for(wait, homes) for thread, wait in waits.items()}
    told = _told_since(session, set().union(*asked.values()), min(wait.since for wait in waits.values()))
    by_name: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in told:
        for name in {f"{_COMPANY}{row.company_id}", f"{_DOMAIN}{row.from_domain}", row.from_address}:
            by_name[name].append(row)
    found: dict[int, list[WroteElsewhere]] = {}
    for thread, wait in waits.items():
        near = {row.id: row for name in asked[thread] for row in by_name.get(name, ())}
        found[thread] = [
            WroteElsewhere(row.arrived_at, f"m{row.id}", row.from_address, _party(row, wait, homes, ours))
            for row in near.values()
            if row.thread_id != thread and row.arrived_at > wait.since
        ]
    return found


def _asked_for(wait: Wait, homes: Mapping[str, int]) -> set[str]:
    """Return the names by which mail of whom we wait for is found: companies, domains, addresses."""
    companies = _companies(wait.parties)
    named = {one for one in wait.parties if one.startswith((_COMPANY, _DOMAIN))}
    return {*named, *wait.recipients, *(f"{_DOMAIN}{domain}" for domain, owner in homes.items() if owner in companies)}


def _told_since(session: Session, names: set[str], since: datetime) -> Iterable[Row[Any]]:
    """Return the mails that somebody of these wrote by hand since, each once."""
    companies = _companies(names)
    domains = [name.removeprefix(_DOMAIN) for name in names if name.startswith(_DOMAIN)]
    addresses = [name for name in names if not name.startswith((_COMPANY, _DOMAIN))]
    asked = ((_BY_COMPANY, companies), (_BY_DOMAIN, domains), (_BY_ADDRESS, addresses))
    binds = {"since": since, "since_key": first_sort_key(since)}
    found = (rows(session, statement, ids, **binds) for statement, ids in asked if ids)
    return {row.id: row for some in found for row in some}.values()


def _party(row: Row[Any], wait: Wait, homes: Mapping[str, int], ours: Ours) -> str:
    """Return the party of a mail's writer, as far as the parties of `wait` tell."""
    company = row.company_id
    if company is None:
        owner = homes.get(registrable(_domain(row.from_address)))
        company = owner if owner in _companies(wait.parties) else None
    return party(row.from_address, company, ours)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _companies(parties: Collection[str]) -> list[int]:
    return [int(one.removeprefix(_COMPANY)) for one in parties if one.startswith(_COMPANY)]
