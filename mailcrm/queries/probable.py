"""Threads that probably belong together though no header says so (mail.md, "Threading").

Room: queries. In: threads with the base subjects of their mails. Out: for each what it may belong to. What a person took
apart is not suggested again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from sqlmodel import Session, col, func, select

from mailcrm.domain.message import Address, Kind, Side
from mailcrm.domain.parties import Ours, party, registrable
from mailcrm.domain.threading import Letter, is_reply_subject, probable_links
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import ProbableRow
from mailcrm.records import CompanyDomain, Contact, Location, Message, Thread

__all__ = ["probable"]

_WRITTEN = [Kind.HUMAN.value, Kind.AUTO_REPLY.value, Kind.PLATFORM_INQUIRY.value]
_AT_ONCE = 5_000
_MOST = 5

K = TypeVar("K", int, str)


def probable(
    session: Session, outlook: Outlook, bases: Mapping[int, Collection[str]]
) -> dict[str, tuple[ProbableRow, ...]]:
    """Return by thread id ("t12") the threads that each of `bases` probably belongs to, the nearest first."""
    mails = _mails(session, set().union(*bases.values()) - {""})
    links = probable_links(_letters(session, mails, outlook.ours))
    wanted = {other for thread_id in bases for other in links.get(thread_id, ())} | bases.keys()
    known = {row.id: row for some in _pieces(wanted) for row in _threads(session, some)}
    found: dict[str, tuple[ProbableRow, ...]] = {}
    for thread_id in bases.keys() & links.keys() & known.keys():
        family = known[thread_id].split_from
        others = [known[i] for i in links[thread_id] if family is None or known[i].split_from != family]
        found[f"t{thread_id}"] = tuple(ProbableRow(f"t{row.id}", row.subject) for row in others[:_MOST])
    return found


def _pieces(values: Collection[K]) -> Iterator[list[K]]:
    every = list(values)
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))


def _threads(session: Session, ids: Collection[int]) -> list[Thread]:
    return list(session.exec(select(Thread).where(col(Thread.id).in_(ids))))


def _mails(session: Session, bases: Collection[str]) -> list[Message]:
    """Return people's mail of these subjects, but only of subjects that stand in several threads."""
    found: list[Message] = []
    for some in _pieces(bases):
        written = (col(Message.base_subject).in_(some), col(Message.kind).in_(_WRITTEN))
        found += session.exec(select(Message).where(*written))
    threads: dict[str, set[int]] = {}
    for mail in found:
        threads.setdefault(mail.base_subject, set()).add(mail.thread_id)
    return [mail for mail in found if len(threads[mail.base_subject]) > 1]


def _letters(session: Session, mails: Collection[Message], ours: Ours) -> Iterator[Letter]:
    others = {mail.id: _others(mail, ours) for mail in mails}
    addresses = {address for each in others.values() for address in each}
    companies: dict[str, int | None] = {}
    for some in _pieces({registrable(address.rpartition("@")[2]) for address in addresses}):
        rows = select(CompanyDomain.domain, CompanyDomain.company_id).where(col(CompanyDomain.domain).in_(some))
        by_domain = dict(session.exec(rows).all())
        companies |= {a: by_domain[d] for a in addresses if (d := registrable(a.rpartition("@")[2])) in by_domain}
    for some in _pieces(addresses):
        linked = select(Contact.address, Contact.company_id).where(col(Contact.address).in_(some))
        companies |= {address: company for address, company in session.exec(linked) if company is not None}
    first = _first_keys(session, {mail.thread_id for mail in mails})
    told = _told(session, {mail.id for mail in mails if mail.id is not None})
    for mail in mails:
        yield Letter(
            thread=mail.thread_id,
            at=mail.arrived_at,
            base=mail.base_subject,
            is_reply=first[mail.thread_id] == mail.sort_key and is_reply_subject(mail.subject),
            parties=frozenset(party(address, companies.get(address), ours) for address in others[mail.id]),
            told=told.get(mail.id or 0, ""),
        )


def _told(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the number that Gmail gives each mail's conversation."""
    found: dict[int, str] = {}
    for some in _pieces(ids):
        rows = select(Location.message_id, Location.gmail_thread).where(col(Location.message_id).in_(some))
        found |= {key: told for key, told in session.exec(rows.where(col(Location.gmail_thread) != "")) if key}
    return found


def _first_keys(session: Session, thread_ids: Collection[int]) -> dict[int, int]:
    """Return where each thread begins: a reply further down is tied to it by its headers."""
    found: dict[int, int] = {}
    for some in _pieces(thread_ids):
        begins = select(Message.thread_id, func.min(Message.sort_key)).where(col(Message.thread_id).in_(some))
        found |= dict(session.exec(begins.group_by(col(Message.thread_id))).all())
    return found


def _others(mail: Message, ours: Ours) -> frozenset[str]:
    """Return the addresses of the other side: the sender, or whom we wrote to."""
    if mail.side == Side.THEIRS:
        return frozenset({mail.from_address.lower()})
    written = [address for field in ("to", "cc") for _name, address in mail.people.get(field, [])]
    return frozenset(address.lower() for address in written if address and not ours.owns(Address("", address)))
