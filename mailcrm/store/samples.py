"""Samples between record and value, and the one way in which they move.

Room: store. In: rows of `sample`. Out: `Sample` values for the rules; a step written down, with what hangs on it: mails that were
meant for an earlier step and have not left are taken back, and what was proposed for it is gone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from mailcrm.domain.errors import NotFound
from mailcrm.domain.outbox import CANCELLABLE, cancel
from mailcrm.domain.samples.checklist import CheckLine
from mailcrm.domain.samples.parcel import Parcel
from mailcrm.domain.samples.sample import Away, Sample
from mailcrm.domain.samples.sheet import Sheet
from mailcrm.domain.samples.signing import Signature
from mailcrm.domain.samples.states import ENDED, SampleState
from mailcrm.domain.steps import Evidence, Move
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Company, Contact, Message, Outgoing, SampleRecord
from mailcrm.store.dispatches import WITHOUT_BYTES, dispatch_of, write_dispatch
from mailcrm.store.finding import numbered
from mailcrm.store.proposals import drop_proposals
from mailcrm.store.steps import record_step

__all__ = [
    "NOUN",
    "Deed",
    "about_of",
    "country_of",
    "give_back",
    "move_sample",
    "note",
    "open_samples",
    "put_parcel",
    "put_sheet",
    "sample_named",
    "sample_of",
    "samples_of",
    "snapshot",
    "standing_of",
    "step_of",
    "thread_of",
    "threads_of",
    "undo_of",
]

NOUN = "sample"
_ABOUT = re.compile(r"s(\d+):([a-z]+(?:_\d)?)(?:\.(\d+))?")
_PRINTED = re.compile(r"(SMP-\d{4}-\d{4,})(?:/v\d+)?", re.IGNORECASE)
# Which mails of ours may still leave when a sample is in a state; of all others the unsent ones are taken back.
_MAILS = {
    SampleState.SHIPPED: ("shipped",),
    SampleState.EXCEPTION: ("exception",),
    SampleState.DELIVERED: ("feedback",),
    SampleState.FEEDBACK_REQUESTED: ("followup_1",),
    SampleState.FOLLOW_UP: ("followup_2", "followup_3"),
}
_LOOKED_AT = (SampleState.FEEDBACK_REQUESTED, SampleState.FOLLOW_UP)
_SAMPLE_VERBS = ("delivered_sample", "ship_sample", "photo_sample", "advance_sample")
_KEPT = ("id", "number", "created_at", "author")


@dataclass(frozen=True, slots=True)
class Deed:
    """Who moved a sample, when, what shows it, and why; `reason` is None where the evidence says it all."""

    at: datetime
    actor: str
    evidence: tuple[Evidence, ...]
    reason: Sentence | None = None


def sample_named(session: Session, given: str) -> SampleRecord:
    """Return the sample of an id ("s3") or a printed number ("SMP-2026-0012", "SMP-2026-0012/v2")."""
    known, printed_ = numbered(given, "s"), _PRINTED.fullmatch(given.strip())
    found = session.get(SampleRecord, known) if known is not None else None
    if found is None and printed_:
        found = session.exec(select(SampleRecord).where(col(SampleRecord.number) == printed_[1].upper())).first()
    if found is None:
        raise NotFound(
            say("There is no sample {given}.", given=given),
            say("`mailcrm sample list --all` shows ids and numbers, such as s3 and SMP-2026-0012."),
        )
    return found


def open_samples(session: Session) -> Sequence[SampleRecord]:
    """Return the samples that have not come to their end."""
    ended = [state.value for state in ENDED]
    return session.exec(
        select(SampleRecord).where(col(SampleRecord.state).not_in(ended)).order_by(col(SampleRecord.id))
    ).all()


def sample_of(session: Session, row: SampleRecord) -> Sample:
    """Return the value of one record."""
    return samples_of(session, [row])[row.id or 0]


def samples_of(session: Session, rows: Collection[SampleRecord]) -> dict[int, Sample]:
    """Return the values of these records, by id."""
    session.flush()
    parcels = _in_parcels(session, {row.awb for row in rows} - {""})
    return {row.id or 0: _value(row, parcels.get(row.awb, ())) for row in rows}


def _value(row: SampleRecord, parcel_mates: Sequence[tuple[int, str]]) -> Sample:
    details: Mapping[str, Any] = row.details
    signature, parcel = details.get("signature"), details.get("parcel")
    return Sample(
        number=row.number,
        version=row.version,
        state=SampleState(row.state),
        sheet=Sheet.from_json(row.sheet),
        since=row.since,
        author=row.author,
        signature=Signature.from_json(signature) if signature else None,
        lines=tuple(map(CheckLine.from_json, details.get("lines", ()))),
        photos=len(details.get("photos", ())),
        parcel=Parcel.from_json(parcel) if parcel else None,
        shared_with=tuple(number for other, number in parcel_mates if other != row.id),
        delivered_at=row.delivered_at,
        asked_at=row.asked_at,
        followed_up=tuple(map(datetime.fromisoformat, details.get("followed_up", ()))),
        away=tuple(_away(note) for note in details.get("away", ())),
    )


def _away(note: Mapping[str, str]) -> Away:
    return Away(datetime.fromisoformat(note["at"]), date.fromisoformat(note["back"]) if note["back"] else None)


def _in_parcels(session: Session, awbs: Collection[str]) -> dict[str, list[tuple[int, str]]]:
    """Return (id, number) of the open samples that each waybill carries, or has carried: the last one's is easily pasted again."""
    ended = [state.value for state in ENDED]
    found: dict[str, list[tuple[int, str]]] = {}
    rows = select(SampleRecord.awb, SampleRecord.id, SampleRecord.number).where(
        col(SampleRecord.awb).in_(awbs), col(SampleRecord.state).not_in(ended)
    )
    for awb, sample_id, number in session.exec(rows) if awbs else ():
        found.setdefault(awb, []).append((sample_id or 0, number))
    return found


def put_sheet(row: SampleRecord, sheet: Sheet) -> None:
    """Make `row` say what `sheet` says."""
    row.sheet, row.item = sheet.to_json(), sheet.item
    row.kind, row.direction = sheet.kind.value, sheet.direction.value


def thread_of(session: Session, row: SampleRecord) -> int | None:
    """Return the thread on which the customer is written to: that of the mail that asked, else the contact's newest."""
    return threads_of(session, [row]).get(row.id or 0)


def threads_of(session: Session, rows: Collection[SampleRecord]) -> dict[int, int]:
    """Return `thread_of` of many, by the sample's id; a contact who never wrote has none."""
    session.flush()
    asked = {row.message_id for row in rows if row.message_id is not None}
    mails = dict(session.exec(select(Message.id, Message.thread_id).where(col(Message.id).in_(asked))).all())
    people = {row.contact_id for row in rows if row.message_id is None}
    last = (
        select(func.max(Message.sort_key)).where(col(Message.contact_id).in_(people)).group_by(col(Message.contact_id))
    )
    newest = select(Message.contact_id, Message.thread_id).where(col(Message.sort_key).in_(last))
    theirs = dict(session.exec(newest).all()) if people else {}
    found = {row.id or 0: mails.get(row.message_id) or theirs.get(row.contact_id) for row in rows}
    return {sample: thread for sample, thread in found.items() if thread is not None}


def about_of(row: SampleRecord, step: str) -> str:
    """Return what a mail of ours is about: "s3:feedback", "s3:feedback.1" once the same step comes again."""
    return f"s{row.id}:{step}" + (f".{row.round}" if row.round else "")


def step_of(session: Session, about: str) -> tuple[SampleRecord, str] | None:
    """Return the sample and the step that a mail of ours is about; None for what is no sample's, or of an earlier round."""
    found = _ABOUT.fullmatch(about)
    row = session.get(SampleRecord, int(found[1])) if found else None
    if found is None or row is None or about != about_of(row, found[2]):
        return None
    return row, found[2]


def move_sample(session: Session, row: SampleRecord, to: SampleState, deed: Deed) -> None:
    """Write a step that was checked before, in the transaction of whatever made it."""
    before = SampleState(row.state)
    record_step(
        session, NOUN, row.id or 0, Move(before.value, to.value, deed.at, deed.actor, deed.evidence, deed.reason)
    )
    row.state, row.since = to.value, deed.at
    row.look_at = deed.at if to in _LOOKED_AT else None
    _begin(row, before, to, deed.at)
    session.add(row)
    _take_back(session, row, keep=_MAILS.get(to, ()))
    drop_proposals(session, NOUN, row.id or 0, _SAMPLE_VERBS, deed.at)


def _begin(row: SampleRecord, before: SampleState, to: SampleState, at: datetime) -> None:
    """Let what a state begins with be so; what belonged to an earlier making, parcel or version counts no more."""
    if to is SampleState.SPEC_DRAFT and before is SampleState.CHANGES:
        row.version, row.round = row.version + 1, row.round + 1
        put_parcel(row, None)
    if to in (SampleState.SPEC_DRAFT, SampleState.MAKING):
        note(row, lines=[], photos=[])
    if to is SampleState.SPEC_DRAFT:
        note(row, signature=None)
        row.delivered_at = row.asked_at = None
    elif to is SampleState.DELIVERED:
        row.delivered_at, row.asked_at = at, None
        note(row, followed_up=[], away=[], unreachable=False)
    elif to is SampleState.FEEDBACK_REQUESTED:
        row.asked_at = at
    elif to is SampleState.FOLLOW_UP:
        note(row, followed_up=[*row.details.get("followed_up", ()), at.isoformat()])


def note(row: SampleRecord, **more: object) -> None:
    """Write down details of a record (JSON values)."""
    row.details = {**row.details, **more}


def put_parcel(row: SampleRecord, parcel: Parcel | None) -> None:
    """Let a parcel be the present one; the one before stays among those that went."""
    before = row.details.get("parcel")
    went = [*row.details.get("went", ()), *([before] if before else [])]
    note(row, parcel=parcel.to_json() if parcel else None, went=went)
    row.carrier, row.awb = (parcel.carrier, parcel.awb) if parcel else ("", "")
    row.shipped_on = parcel.on if parcel else None


def _take_back(session: Session, row: SampleRecord, keep: Collection[str]) -> None:
    """Cancel mails about this sample that have not left and are meant for a step that is over."""
    wanted = {about_of(row, step) for step in keep}
    theirs = select(Outgoing).options(WITHOUT_BYTES).where(col(Outgoing.about).startswith(f"s{row.id}:"))
    for mail in session.exec(theirs):
        if mail.about not in wanted and mail.state in CANCELLABLE:
            write_dispatch(mail, cancel(dispatch_of(mail)))
            mail.last_error = say("Not sent: {number} has gone on meanwhile.", number=row.number).to_json()
            session.add(mail)


def snapshot(row: SampleRecord) -> dict[str, Any]:
    """Return what can change in a record, as JSON values, for `give_back`."""
    return {"sample": row.id, "was": {k: v for k, v in row.model_dump(mode="json").items() if k not in _KEPT}}


def undo_of(row: SampleRecord, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return what taking a step back needs, once it is made; `before`: the snapshot, taken first."""
    return {**before, "came": [row.state, row.since.isoformat()], "left": standing_of(row)}


def standing_of(row: SampleRecord) -> dict[str, Any]:
    """Return what an undo would give back, but for what time, an undo and the mails that were heard count for themselves."""
    was = {name: value for name, value in snapshot(row)["was"].items() if name not in ("look_at", "round")}
    return {**was, "details": {name: value for name, value in was["details"].items() if name != "heard"}}


def give_back(session: Session, row: SampleRecord, was: Mapping[str, Any], deed: Deed) -> None:
    """Make the record what it was; the history tells that a step was taken back, and its mails may be written anew."""
    before, again = row.state, row.round + 1
    restored = SampleRecord.model_validate({**row.model_dump(), **was})
    for name in was:
        setattr(row, name, getattr(restored, name))
    if row.state != before:
        record_step(
            session, NOUN, row.id or 0, Move(before, row.state, deed.at, deed.actor, deed.evidence, deed.reason)
        )
        row.round = again
        _take_back(session, row, keep=())
    session.add(row)


def country_of(session: Session, row: SampleRecord) -> str:
    """Return the country of whom it is for, "" where nobody knows it."""
    contact = session.get_one(Contact, row.contact_id)
    company = session.get(Company, contact.company_id) if contact.company_id else None
    return (company.country if company else None) or contact.country or ""
