"""What we write about samples: a waybill in a mail to the customer, the factory's word among ourselves, and the mail that asks.

Room: rules. Only the mail that asks how a sample did moves it by itself, since it was made for that; the rest is suggested.
"""

from __future__ import annotations

import re

from sqlmodel import Session, col, select

from mailcrm.domain.couriers import couriers, recognise
from mailcrm.domain.couriers.mail_numbers import number_in_mail
from mailcrm.domain.message import Kind
from mailcrm.domain.proposals import Proposal
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.words import say
from mailcrm.records import Message, Outgoing
from mailcrm.rules.samples.circle import Circle, Known, Read, heard_before, make
from mailcrm.rules.samples.letters import offer_photos
from mailcrm.rules.sequences import Moment
from mailcrm.store.proposals import propose
from mailcrm.store.samples import NOUN

__all__ = ["hear_ours"]

_READY_TO_SHIP = (SampleState.CHECKED, SampleState.PHOTOGRAPHED, SampleState.EXCEPTION)
_NEXT = {SampleState.SIGNED: SampleState.MAKING, SampleState.MAKING: SampleState.MADE}
_ASKING = ("sample_delivered", "pp_sample_approval")
_NAMED = re.compile(r"(?i)(?:awb|way ?bill|tracking|运单|快递|单号)\D{0,24}?([A-Z]{0,3}\d[A-Z0-9]{7,30})(?![A-Z0-9])")
_READ = 10_000


def hear_ours(session: Session, circle: Circle, mail: Message, moment: Moment) -> None:
    """Let a mail of ours be what it is for the samples."""
    if not circle.samples:
        return
    read = circle.read(mail)
    if mail.kind == Kind.INTERNAL:
        _among_ourselves(session, read, circle, moment)
        return
    for known in circle.samples:
        if known.state in _READY_TO_SHIP and _is_about(read, known):
            _waybill(session, read, known, moment)
        elif known.state is SampleState.DELIVERED and mail.thread_id in known.threads:
            _asked(session, read, known)


def _is_about(read: Read, known: Known) -> bool:
    """Whether it goes to whom the sample is for, or names it."""
    to = {address.lower() for field in ("to", "cc") for _name, address in read.mail.people.get(field, ())}
    return known.contact.address in to or read.mail.thread_id in known.threads or read.quotes(known.row)


def _waybill(session: Session, read: Read, known: Known, moment: Moment) -> None:
    found = _number_told(read.said[:_READ])
    row = known.row
    if found is None or found[1] == row.awb:
        return
    carrier, awb = found
    on = moment.policies.day(read.mail.arrived_at)
    reason = say("Our mail names the waybill {awb}: was {number} shipped with it?", awb=awb, number=row.number)
    arguments = {"id": f"s{row.id}", "carrier": carrier, "awb": awb, "date": on.isoformat(), "evidence": read.key}
    propose(session, Proposal("ship_sample", arguments, reason, NOUN, row.id or 0), read.mail, moment.now)


def _number_told(text: str) -> tuple[str, str] | None:
    """Return courier and number that a text tells; None where neither a courier nor a right check digit makes it sure."""
    low = text.casefold()
    for courier in couriers():
        if any(
            re.search(rf"(?<!\w){re.escape(name.casefold())}(?![a-z])", low)
            for name in (courier.title, *courier.aliases)
        ):
            number = number_in_mail(courier, text)
            sure = (
                [one for one in recognise(number) if one.courier == courier.name and one.valid is not False]
                if number
                else []
            )
            if sure:
                return courier.name, sure[0].number
    named = _NAMED.search(text)
    right = [one for one in recognise(named[1]) if one.valid] if named else []
    return (right[0].courier, right[0].number) if right else None


def _among_ourselves(session: Session, read: Read, circle: Circle, moment: Moment) -> None:
    """Suggest the next step of a sample that a mail of our own house names."""
    offer_photos(session, read, circle, moment)
    for known in circle.samples:
        row, to = known.row, _NEXT.get(known.state)
        if to is None or row.number.casefold() not in read.said.casefold() or read.mail.arrived_at < row.since:
            continue
        reason = say("A mail of our own house names {number}: is it being made?", number=row.number)
        if to is SampleState.MADE:
            reason = say("A mail of our own house names {number}: is it made?", number=row.number)
        arguments = {"id": f"s{row.id}", "state": to.value, "evidence": read.key}
        propose(session, Proposal("advance_sample", arguments, reason, NOUN, row.id or 0), read.mail, moment.now)


def _asked(session: Session, read: Read, known: Known) -> None:
    """Let the mail that asks how it did be that, though it was not made of the draft that stood ready."""
    row, mail = known.row, read.mail
    if heard_before(row, read.key) or row.delivered_at is None or mail.arrived_at < row.delivered_at:
        return
    written = select(Outgoing.request).where(col(Outgoing.stored_message_id) == mail.id).limit(1)
    request = session.exec(written).first() or {}
    if request.get("template") in _ASKING:
        reason = say("Our mail of this template asks how {number} did.", number=row.number)
        make(session, row, SampleState.FEEDBACK_REQUESTED, read, reason, mail.arrived_at)
