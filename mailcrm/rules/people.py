"""People from their mails: names, languages, countries and roles of contacts and companies are kept what their mails tell.

Room: rules. In: threads that changed. Out: the rows of `contact` and `company` of everybody who wrote in them, made anew from
all their mails, so that the order of arrival doesn't matter and a better reading of an old mail counts; and the threads whose
turns follow a changed role. What a person set stays. Runs before the turns, in the transaction of whatever changed the mail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col, func, select

from mailcrm.domain.country import Origin, choose_origin
from mailcrm.domain.message import Kind, Role, Side
from mailcrm.domain.roles.choice import Guess, choose_role
from mailcrm.domain.roles.hints import Hint, from_stored
from mailcrm.records import Company, Contact, Message
from mailcrm.store.parties import threads_of_company, threads_of_contact

__all__ = ["settle_people"]

_AT_ONCE = 500
_BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)


@dataclass(slots=True)
class _Told:
    """What the mails of one contact tell."""

    company_id: int | None
    origins: list[tuple[Origin, int, str]] = field(default_factory=list)
    hints: list[tuple[Hint, str]] = field(default_factory=list)
    first: str = ""


def settle_people(session: Session, thread_ids: Collection[int]) -> frozenset[int]:
    """Let everybody who wrote in these threads be what their mails tell; return the threads whose turns follow."""
    session.flush()
    ids = sorted(thread_ids)
    touched: frozenset[int] = frozenset()
    for start in range(0, len(ids), _AT_ONCE):
        wrote = select(Message.contact_id).where(col(Message.thread_id).in_(ids[start : start + _AT_ONCE]))
        contacts = set(session.exec(wrote.where(col(Message.contact_id).is_not(None)).distinct())) - {None}
        touched |= _settle(session, sorted(one for one in contacts if one is not None))
    return touched


def _settle(session: Session, wrote: Collection[int]) -> frozenset[int]:
    if not wrote:
        return frozenset()
    people = session.exec(select(Contact).where(col(Contact.id).in_(wrote))).all()
    _name(session, people)
    firms = {contact.company_id for contact in people} - {None}
    colleagues = session.exec(select(Contact.id).where(col(Contact.company_id).in_(firms)))
    told = _told(session, {*wrote, *(one for one in colleagues if one is not None)})
    touched: frozenset[int] = frozenset()
    for contact in people:
        mine = told.get(contact.id or 0)
        _place(contact, choose_origin(mine.origins if mine else ()))
        guess = choose_role(mine.hints) if mine and contact.company_id is None else Guess(Role.UNKNOWN)
        if _judge(contact, guess):
            touched |= threads_of_contact(session, contact.id)
        session.add(contact)
    for company in session.exec(select(Company).where(col(Company.id).in_(firms))):
        all_of_them = [one for one in told.values() if one.company_id == company.id]
        _place(company, choose_origin(row for one in all_of_them for row in one.origins))
        if _judge(company, choose_role(row for one in all_of_them for row in one.hints)):
            touched |= threads_of_company(session, company.id)
        session.add(company)
    session.flush()
    return touched


def _place(row: Contact | Company, origin: Origin | None) -> None:
    if "country" in row.by_person:
        return
    row.country = origin.country if origin else None
    row.country_reason = origin.reason.to_json() if origin else None


def _judge(row: Contact | Company, guess: Guess) -> bool:
    """Set the role; return whether another party counts now as one that starts a clock, or no longer."""
    if "role" in row.by_person:
        return False
    before, row.role = row.role, guess.role.value
    row.role_reason = guess.reason.to_json() if guess.reason else None
    return Role(before).starts_clock != guess.role.starts_clock


def _told(session: Session, contacts: Collection[int]) -> dict[int, _Told]:
    """Return what the mails of each contact tell, each piece with the moment that it was first told."""
    known = session.exec(select(Contact.id, Contact.company_id).where(col(Contact.id).in_(contacts)))
    told = {contact or 0: _Told(company) for contact, company in known}
    by_hand = (
        col(Message.contact_id).in_(contacts),
        col(Message.side) == Side.THEIRS.value,
        col(Message.kind).in_(_BY_HAND),
    )
    for contact, origin, count, first in session.exec(
        select(Message.contact_id, Message.origin, func.count(), func.min(Message.arrived_at))
        .where(*by_hand, col(Message.origin) != "")
        .group_by(col(Message.contact_id), col(Message.origin))
    ):
        told[contact or 0].origins.append((Origin.from_stored(origin), count, _moment(first)))
    for contact, hints, at in session.exec(
        select(Message.contact_id, Message.role_hints, func.min(Message.arrived_at))
        .where(*by_hand)
        .group_by(col(Message.contact_id), col(Message.role_hints))
    ):
        one = told[contact or 0]
        one.hints += [(hint, _moment(at)) for hint in from_stored(hints)]
        one.first = min(one.first, _moment(at)) if one.first else _moment(at)
    for number, hint, moment in _from_ours(session, told):
        told[number].hints.append((hint, moment))
    return told


def _moment(at: datetime | None) -> str:
    """Return an instant as text that sorts like it."""
    return at.isoformat() if at is not None else ""


def _from_ours(session: Session, told: Mapping[int, _Told]) -> Iterator[tuple[int, Hint, str]]:
    """Yield what our own mails in a contact's threads make of him: that we sell to him, or asked him before he ever wrote."""
    sent = aliased(Message)
    rows = session.exec(
        select(Message.contact_id, sent.role_hints, func.min(sent.arrived_at))
        .join(sent, col(sent.thread_id) == col(Message.thread_id))
        .where(
            col(Message.contact_id).in_(told),
            col(sent.side) == Side.OURS.value,
            col(sent.kind) == Kind.HUMAN.value,
            col(sent.role_hints) != "",
        )
        .group_by(col(Message.contact_id), col(sent.role_hints))
    )
    for contact, hints, at in rows:
        for hint in from_stored(hints):
            if hint.kind == "we_sell" or _moment(at) < told[contact or 0].first:
                yield contact or 0, hint, _moment(at)


def _name(session: Session, people: Iterable[Contact]) -> None:
    """Let each contact have the name and the language of the first mail that tells one."""
    rows = {contact.id or 0: contact for contact in people}
    theirs = (col(Message.contact_id).in_(rows), col(Message.side) == Side.THEIRS.value)
    direct = col(Message.kind_rule) != Kind.PLATFORM_INQUIRY.value  # the name there is the platform's
    for contact, name in _first(session, col(Message.from_name), *theirs, direct).items():
        if "name" not in rows[contact].by_person:
            rows[contact].name = name
    by_hand = col(Message.kind).in_(_BY_HAND)
    for contact, language in _first(session, col(Message.language), *theirs, by_hand).items():
        if "language" not in rows[contact].by_person:
            rows[contact].language = language


def _first(session: Session, column: Mapped[str], *conditions: ColumnElement[bool]) -> dict[int, str]:
    """Return for each contact what `column` of the first mail says that says anything."""
    rows = session.exec(
        select(Message.contact_id, column, func.min(Message.arrived_at))
        .where(*conditions, column != "")
        .group_by(col(Message.contact_id), column)
    )
    ranked = sorted(((_moment(at), text, contact or 0) for contact, text, at in rows), reverse=True)
    return {contact: text for _at, text, contact in ranked}
