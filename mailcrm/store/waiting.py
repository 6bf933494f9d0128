"""Waits between record and value, and the facts about them that don't lie in the thread itself.

Room: store. The record's ids are numbers, the domain's are the strings of the ledger ("m340").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlmodel import Session, col, or_, select

from mailcrm.domain.clock.ledger import Event, WroteElsewhere
from mailcrm.domain.country import Clues, read_origin
from mailcrm.domain.message import Address, Kind, Side
from mailcrm.domain.parties import Ours, party, registrable
from mailcrm.domain.waiting.replay import replay_wait
from mailcrm.domain.waiting.steps import WaitingPolicy
from mailcrm.domain.waiting.wait import Wait
from mailcrm.records import Company, CompanyDomain, Contact, Message, WaitRecord

__all__ = ["BY_HAND", "wait_of", "with_elsewhere", "with_newest_mail", "write_wait"]

BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)
_COMPANY, _DOMAIN = "company:", "domain:"


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


def write_wait(record: WaitRecord, wait: Wait) -> None:
    """Make `record` say what `wait` says; country and version are the caller's to fill in."""
    record.message_id = int(wait.mail.removeprefix("m"))
    record.recipients, record.parties = list(wait.recipients), list(wait.parties)
    record.nudges = [int(key.removeprefix("m")) for key in wait.nudges]
    record.elsewhere = int(wait.elsewhere.removeprefix("m")) if wait.elsewhere else None
    for name in ("since", "due", "number", "asked", "parked_until", "away_until", "failed"):
        setattr(record, name, getattr(wait, name))


def with_elsewhere(
    session: Session, thread_id: int, happened: Sequence[Event], ours: Ours, policy: WaitingPolicy
) -> tuple[list[Event], str]:
    """Return a thread's events with what they wrote elsewhere while we wait, and the country whose working days count."""
    wait = replay_wait(happened, policy.schedule(""))
    if wait is None:
        return list(happened), ""
    more = _elsewhere(session, wait, thread_id, ours) if not wait.end else []
    return [*happened, *more], _country_of(session, wait, ours)


def _country_of(session: Session, wait: Wait, ours: Ours) -> str:
    """Return the country (ISO 3166-1) of whom we wait for: their company's, the contact's, else that of their domain."""
    companies = _companies(wait.parties)
    people = select(Contact.country).where(col(Contact.address).in_(wait.recipients), col(Contact.country).is_not(None))
    firms = select(Company.country).where(col(Company.id).in_(companies), col(Company.country).is_not(None))
    known = (
        session.exec(firms.order_by(col(Company.id))).first()
        or session.exec(people.order_by(col(Contact.address))).first()
    )
    if known:
        return known
    for address in wait.recipients:
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


def _elsewhere(session: Session, wait: Wait, thread_id: int, ours: Ours) -> list[WroteElsewhere]:
    """Return what people of the parties that we wait for wrote on other threads since."""
    companies = _companies(wait.parties)
    by_domain = dict(
        session.exec(
            select(CompanyDomain.domain, CompanyDomain.company_id).where(col(CompanyDomain.company_id).in_(companies))
        ).all()
    )
    domains = {one.removeprefix(_DOMAIN) for one in wait.parties if one.startswith(_DOMAIN)} | by_domain.keys()
    rows = session.exec(
        select(Message.id, Message.arrived_at, Message.from_address, Contact.company_id)
        .join(Contact, isouter=True)
        .where(
            or_(
                col(Contact.company_id).in_(companies),
                col(Message.from_domain).in_(domains),
                col(Message.from_address).in_(wait.recipients),
            ),
            col(Message.thread_id) != thread_id,
            col(Message.side) == Side.THEIRS.value,
            col(Message.kind).in_(BY_HAND),
            col(Message.history).is_(False),
            col(Message.arrived_at) > wait.since,
        )
    )
    return [
        WroteElsewhere(
            at, f"m{key}", address, party(address, company or by_domain.get(registrable(_domain(address))), ours)
        )
        for key, at, address, company in rows
    ]


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _companies(parties: Collection[str]) -> list[int]:
    return [int(one.removeprefix(_COMPANY)) for one in parties if one.startswith(_COMPANY)]
