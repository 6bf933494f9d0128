"""What a tracking service says of samples on their way: suggested, never made by itself.

Room: rules. In: a courier, a waybill, and what the service answered, the newest first. Out: a proposal for each sample in that parcel whose
state would be another one. In one state of a sample the same is suggested once, whatever was answered. A proposal stands on a mail: that
which asked for the sample, else the newest of the contact; without any there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from mailcrm.domain.couriers import courier_named
from mailcrm.domain.errors import NotFound
from mailcrm.domain.proposals import Proposal
from mailcrm.domain.samples.states import IN_A_PARCEL, SampleState
from mailcrm.domain.samples.tracking import steps_on
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import Sentence, say
from mailcrm.ports.tracking import TrackingEvent
from mailcrm.records import Message, SampleRecord
from mailcrm.store.proposals import propose
from mailcrm.store.samples import NOUN

__all__ = ["suggest_tracked"]

_WORDS = {
    "delivered": say("delivered"),
    "in_transit": say("on its way again"),
    "exception": say("held up on the way"),
}
_CUSTOMS = say("held up by customs")
_TOLD = 80


def suggest_tracked(
    session: Session, parcel: tuple[str, str], events: Sequence[TrackingEvent], now: datetime
) -> tuple[int, ...]:
    """Suggest what follows from the newest event for the samples in `parcel` (courier, waybill); return those it was suggested for."""
    carrier, awb = parcel
    if not events or events[0].status not in _WORDS:
        return ()
    under_way = [state.value for state in IN_A_PARCEL]
    rows = session.exec(
        select(SampleRecord).where(
            col(SampleRecord.carrier) == carrier, col(SampleRecord.awb) == awb, col(SampleRecord.state).in_(under_way)
        )
    ).all()
    return tuple(row.id or 0 for row in rows if _suggest(session, row, events[0], now))


def _suggest(session: Session, row: SampleRecord, event: TrackingEvent, now: datetime) -> bool:
    steps = steps_on(event.status, SampleState(row.state))
    # A courier gives its numbers again: what happened before our parcel left happened to another one.
    earlier = event.at is not None and row.shipped_on is not None and event.at.astimezone(UTC).date() < row.shipped_on
    mail = _mail_of(session, row) if steps and not earlier else None
    if mail is None:
        return False
    arguments: dict[str, object] = {"id": f"s{row.id}", "evidence": _evidence(event)}
    if steps[-1] is SampleState.DELIVERED:
        verb = "delivered_sample"
        arguments["at"] = min(event.at or now, now).isoformat()
    else:
        verb = "advance_sample"
        arguments |= {"state": steps[-1].value} | ({"goes_on": True} if steps[-1] is SampleState.SHIPPED else {})
    source = f"tracking:{row.awb}:{event.status}:{row.state}:{row.since.isoformat()}"
    proposal = Proposal(verb, arguments, _reason(row, event), NOUN, row.id or 0, source)
    return propose(session, proposal, mail, now)


def _mail_of(session: Session, row: SampleRecord) -> Message | None:
    if row.message_id is not None:
        return session.get_one(Message, row.message_id)
    theirs = select(Message).where(col(Message.contact_id) == row.contact_id)
    return session.exec(theirs.order_by(col(Message.sort_key).desc()).limit(1)).first()


def _reason(row: SampleRecord, event: TrackingEvent) -> Sentence:
    status = _CUSTOMS if event.customs and event.status == "exception" else _WORDS[event.status]
    values = {"courier": _title(row.carrier), "awb": row.awb, "status": status, "number": row.number}
    words = _words(event)
    if not words:
        return say("The tracking service says of {awb} ({courier}): {status}. Is that so for {number}?", **values)
    return say('The tracking service says of {awb} ({courier}): {status} ("{words}"). Is that so for {number}?', **values, words=words)  # fmt: skip


def _words(event: TrackingEvent) -> str:
    return printable_line(", ".join(filter(None, (event.told, event.place))))[:_TOLD]


def _evidence(event: TrackingEvent) -> str:
    at = event.at.isoformat() if event.at else ""
    return " ".join(filter(None, ("tracking service:", event.status, at, _words(event))))


def _title(carrier: str) -> str:
    try:
        return courier_named(carrier).title
    except NotFound:
        return carrier
