"""What they wrote elsewhere while we wait for them on a thread.

Room: store. In: waits. Out: the events `WroteElsewhere` of their threads. Somebody who is waited for may have written thousands of
mails since: where the last one decides, only that one is looked for, by index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, bindparam
from sqlalchemy import select as columns
from sqlmodel import Session

from mailcrm.domain.clock.ledger import WroteElsewhere
from mailcrm.domain.message import Kind, Side
from mailcrm.domain.parties import Ours, party, registrable
from mailcrm.domain.waiting.wait import Wait
from mailcrm.records import CompanyDomain, Contact, Message
from mailcrm.store.bulk import among, each, one_of, rows, table_of
from mailcrm.store.sort_keys import first_sort_key

__all__ = ["BY_HAND", "companies_in", "wrote_elsewhere"]

BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)
_COMPANY, _DOMAIN = "company:", "domain:"

_message, _contact, _home = table_of(Message).c, table_of(Contact).c, table_of(CompanyDomain).c
_HOMES = columns(_home.domain, _home.company_id).where(among(_home.company_id))

_BY_HAND_SINCE = and_(
    _message.side == Side.THEIRS.value,
    one_of(_message.kind, *BY_HAND),
    _message.history.is_(False),
    _message.arrived_at > bindparam("since", type_=_message.arrived_at.type),
    _message.sort_key >= bindparam("since_key", type_=_message.sort_key.type),  # by this the index is read
)
_TOLD = columns(
    _message.id,
    _message.thread_id,
    _message.arrived_at,
    _message.from_address,
    _message.from_domain,
    _contact.company_id,
).select_from(table_of(Message).join(table_of(Contact), isouter=True))
_BY_ID = _TOLD.where(among(_message.id))

# Everything that they wrote since, by company, by domain, by address.
_OF_COMPANY = _TOLD.where(
    _message.contact_id.in_(columns(_contact.id).where(among(_contact.company_id))), _BY_HAND_SINCE
)
_AT_DOMAIN = _TOLD.where(among(_message.from_domain), _BY_HAND_SINCE)
_FROM_ADDRESS = _TOLD.where(among(_message.from_address), _BY_HAND_SINCE)


def _newest(writer: ColumnElement[bool]) -> ScalarSelect[int]:
    found = columns(_message.id).where(writer, _BY_HAND_SINCE).order_by(_message.sort_key.desc()).limit(1)
    return found.correlate_except(table_of(Message)).scalar_subquery()


# The newest of these only.
_elements, _name = each("ids", _message.from_domain.type)
_LAST_OF_COMPANY = columns(_newest(_message.contact_id == _contact.id)).where(among(_contact.company_id))
_LAST_AT_DOMAIN = columns(_newest(_message.from_domain == _name)).select_from(_elements)
_LAST_FROM_ADDRESS = columns(_newest(_message.from_address == _name)).select_from(_elements)


def wrote_elsewhere(
    session: Session, waits: Mapping[int, Wait], whole: AbstractSet[int], ours: Ours
) -> dict[int, list[WroteElsewhere]]:
    """Return for each thread what people of the parties that we wait for wrote on other threads since.

    On the threads `whole` that is all of it, on others the last of it at least.
    """
    if not waits:
        return {}
    companies = {one for wait in waits.values() for one in companies_in(wait.parties)}
    homes: dict[str, int] = dict(rows(session, _HOMES, companies))
    asked = {thread: _asked_for(wait, homes) for thread, wait in waits.items()}
    since = min(wait.since for wait in waits.values())
    last = _near(asked, _told_last(session, _names(asked, waits.keys() - whole), since))
    hidden = {thread for thread, wait in waits.items() if any(_hides(row, thread, wait) for row in last[thread])}
    told = _near(asked, list(_told_since(session, _names(asked, whole | hidden), since)))
    return {
        thread: [
            WroteElsewhere(row.arrived_at, f"m{row.id}", row.from_address, _party(row, wait, homes, ours))
            for row in {row.id: row for row in (*last[thread], *told[thread])}.values()
            if row.thread_id != thread and row.arrived_at > wait.since
        ]
        for thread, wait in waits.items()
    }


def _near(asked: Mapping[int, AbstractSet[str]], told: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    """Return for each thread the mails of whom it asks for."""
    by_name: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in told:
        for name in {f"{_COMPANY}{row.company_id}", f"{_DOMAIN}{row.from_domain}", row.from_address}:
            by_name[name].append(row)
    return {thread: [row for name in names for row in by_name.get(name, ())] for thread, names in asked.items()}


def _hides(row: Row[Any], thread: int, wait: Wait) -> bool:
    """Whether a last mail counts for nothing, so that one before it may.

    It lies on the thread itself (an offer that answers nothing), or somebody wrote it who shares only the domain.
    """
    known = row.from_address in wait.recipients or f"{_COMPANY}{row.company_id}" in wait.parties
    return row.arrived_at > wait.since and (row.thread_id == thread or not (known or row.company_id is None))


def _names(asked: Mapping[int, AbstractSet[str]], threads: Iterable[int]) -> AbstractSet[str]:
    return {name for thread in threads for name in asked[thread]}


def _asked_for(wait: Wait, homes: Mapping[str, int]) -> set[str]:
    """Return the names by which mail of whom we wait for is found: companies, domains, addresses."""
    companies = companies_in(wait.parties)
    named = {one for one in wait.parties if one.startswith((_COMPANY, _DOMAIN))}
    return {*named, *wait.recipients, *(f"{_DOMAIN}{domain}" for domain, owner in homes.items() if owner in companies)}


def _told_since(session: Session, names: AbstractSet[str], since: datetime) -> Iterator[Row[Any]]:
    """Yield the mails that somebody of these wrote by hand since."""
    return _asked(session, names, since, (_OF_COMPANY, _AT_DOMAIN, _FROM_ADDRESS))


def _told_last(session: Session, names: AbstractSet[str], since: datetime) -> Sequence[Row[Any]]:
    """Return the last mail that each of these wrote by hand since."""
    found = _asked(session, names, since, (_LAST_OF_COMPANY, _LAST_AT_DOMAIN, _LAST_FROM_ADDRESS))
    ids = {key for (key,) in found} - {None}
    return rows(session, _BY_ID, ids) if ids else ()


def _asked(
    session: Session, names: AbstractSet[str], since: datetime, statements: tuple[Select[Any], ...]
) -> Iterator[Any]:
    """Yield what these statements, for companies, domains and addresses, find."""
    companies = companies_in(names)
    domains = [name.removeprefix(_DOMAIN) for name in names if name.startswith(_DOMAIN)]
    addresses = [name for name in names if not name.startswith((_COMPANY, _DOMAIN))]
    binds = {"since": since, "since_key": first_sort_key(since)}
    asked: tuple[Collection[int | str], ...] = (companies, domains, addresses)
    for statement, ids in zip(statements, asked, strict=True):
        if ids:
            yield from rows(session, statement, ids, **binds)


def _party(row: Row[Any], wait: Wait, homes: Mapping[str, int], ours: Ours) -> str:
    """Return the party of a mail's writer, as far as the parties of `wait` tell."""
    company = row.company_id
    if company is None:
        owner = homes.get(registrable(_domain(row.from_address)))
        company = owner if owner in companies_in(wait.parties) else None
    return party(row.from_address, company, ours)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def companies_in(parties: Collection[str]) -> list[int]:
    """Return the numbers of the companies among these parties."""
    return [int(one.removeprefix(_COMPANY)) for one in parties if one.startswith(_COMPANY)]
