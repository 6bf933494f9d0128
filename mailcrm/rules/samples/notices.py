"""Couriers' notices about samples on their way.

Room: rules. A sample is delivered by itself only where the courier's own domain, signed and stamped by our server, says so about
a waybill that is open here; whatever proves less is suggested, marked unverified. Trouble is believed sooner: it moves no money
and wakes a person, who sees on what it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from mailcrm.domain.couriers import courier_named
from mailcrm.domain.couriers.arrival import OpenParcel, follows
from mailcrm.domain.errors import NotFound
from mailcrm.domain.message import CourierNotice
from mailcrm.domain.proposals import Proposal
from mailcrm.domain.samples.states import IN_A_PARCEL, SampleState
from mailcrm.domain.samples.tracking import steps_on
from mailcrm.domain.words import Sentence, say
from mailcrm.records import ActionEntry, Message, SampleRecord
from mailcrm.rules.samples.circle import ACTOR, Circle, Known, Read, heard_before, make
from mailcrm.rules.sequences import Moment
from mailcrm.store.proposals import propose
from mailcrm.store.samples import NOUN

__all__ = ["hear_notice"]

_LOGGED = "courier_notice"
_TOLD = {
    "delivered": say("delivered"),
    "in_transit": say("on its way again"),
    "exception": say("held up on the way"),
}


def hear_notice(session: Session, circle: Circle, mail: Message, moment: Moment) -> None:
    """Let a courier's notice be what it is for the samples in that parcel."""
    notice: Mapping[str, object] = mail.courier or {}
    awb, status = str(notice.get("tracking_number") or ""), str(notice.get("status") or "")
    if not awb or status not in _TOLD:
        return
    carried = [one for one in circle.samples if one.row.awb == awb and one.state in IN_A_PARCEL]
    if not carried:
        _log(session, mail, awb, moment)
    for known in carried:
        if not heard_before(known.row, f"m{mail.id}"):
            _hear(session, circle.read(mail), known, status, moment)


def _hear(session: Session, read: Read, known: Known, status: str, moment: Moment) -> None:
    notice, row = read.mail.courier or {}, known.row
    steps = steps_on(status, known.state)
    arrived_on = moment.policies.day(read.mail.arrived_at)  # the day of the waybill is ours, too
    too_early = row.shipped_on is not None and arrived_on < row.shipped_on
    if not steps or too_early:
        return
    values = {"courier": _title(row.carrier), "awb": row.awb, "status": _TOLD[status]}
    # The number was looked at when the sample was shipped: that it is an open one says more than its check digit.
    fields: dict[str, Any] = {**notice, "number_valid": True}
    outcome = follows(CourierNotice(**fields), [OpenParcel(row.id or 0, row.carrier, row.awb)])
    if outcome.automatic:
        reason = say("{courier} says of {awb}: {status}; the mail is signed by the courier.", **values)
    elif status == "exception" and notice.get("own_domain"):
        reason = say("{courier} says of {awb}: {status}. Unverified: look at the courier's page.", **values)
    else:
        _suggest(session, read.mail, row, steps[-1], {**values, "doubt": outcome.reason}, moment)
        return
    for to in steps:
        make(session, row, to, read, reason, read.mail.arrived_at)


def _title(carrier: str) -> str:
    try:
        return courier_named(carrier).title
    except NotFound:
        return carrier


def _suggest(
    session: Session, mail: Message, row: SampleRecord, to: SampleState, values: Mapping[str, object], moment: Moment
) -> None:
    """Suggest what an unproven mail says."""
    reason = say(
        "A mail says that {courier} has {awb}: {status}. {doubt}",
        **values,
    )
    arguments: dict[str, object] = {"id": f"s{row.id}", "evidence": f"m{mail.id}"}
    if to is SampleState.DELIVERED:
        proposal = Proposal(
            "delivered_sample", {**arguments, "at": mail.arrived_at.isoformat()}, reason, NOUN, row.id or 0
        )
    else:
        arguments |= {"state": to.value} | ({"goes_on": True} if to is SampleState.SHIPPED else {})
        proposal = Proposal("advance_sample", arguments, reason, NOUN, row.id or 0)
    propose(session, proposal, mail, moment.now)


def _log(session: Session, mail: Message, awb: str, moment: Moment) -> None:
    """Write down once that a notice was about no sample of ours; one about a parcel that is there already needs no word."""
    if session.exec(select(SampleRecord.id).where(col(SampleRecord.awb) == awb).limit(1)).first() is not None:
        return
    before = select(ActionEntry).where(col(ActionEntry.verb) == _LOGGED, col(ActionEntry.thread_id) == mail.thread_id)
    if any(entry.after.get("message") == f"m{mail.id}" for entry in session.exec(before)):
        return
    ignored: Sentence = say("Ignored: no sample on its way has the waybill {awb}.", awb=awb)
    after: dict[str, object] = {"message": f"m{mail.id}", "awb": awb, "ignored": ignored.to_json()}
    session.add(ActionEntry(at=moment.now, actor=ACTOR, verb=_LOGGED, thread_id=mail.thread_id, after=after))
