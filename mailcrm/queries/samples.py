"""Samples as records: one whole, many in a list, parcels on their way, and what they cost against the orders that they won.

Room: queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.clock.story import localised
from mailcrm.domain.samples.checklist import CheckLine, lines_of
from mailcrm.domain.samples.gates import following, lacks
from mailcrm.domain.samples.parcel import Parcel
from mailcrm.domain.samples.sample import Sample
from mailcrm.domain.samples.states import ENDED, IN_A_PARCEL, PATH, SampleState
from mailcrm.domain.trade.money import Money
from mailcrm.queries.orders_won import orders_won, sums
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import (
    ChargeRow,
    LedgerRow,
    MissingRow,
    PaperRow,
    ParcelRow,
    SampleRow,
    SignatureRow,
    StatusRow,
    StepRow,
    TrackedRow,
)
from mailcrm.queries.sample_standing import Parties, Standing, page_of_courier, standing
from mailcrm.queries.sample_undo import undo_feedback
from mailcrm.queries.steps import history_rows, paper_rows
from mailcrm.records import SampleRecord
from mailcrm.store.samples import NOUN, sample_named, samples_of, threads_of

__all__ = ["checklist_of", "sample", "sample_ledger", "sample_parcels", "sample_statuses", "samples"]

_PHOTO = "photo"
_ENDED = [state.value for state in ENDED]


def sample(session: Session, outlook: Outlook, *, id: str) -> SampleRow:  # noqa: A002  (as on the command line)
    """Return one sample, by id or printed number."""
    return _told(session, outlook, [sample_named(session, id)])[0]


def samples(session: Session, outlook: Outlook, *, over: bool = False, state: str = "") -> tuple[SampleRow, ...]:
    """Return samples, the newest first; `over`: those too that have come to their end; `state`: only those in it."""
    wanted = select(SampleRecord)
    if state:
        wanted = wanted.where(col(SampleRecord.state) == state.strip().lower())
    elif not over:
        wanted = wanted.where(col(SampleRecord.state).not_in(_ENDED))
    return _told(session, outlook, session.exec(wanted.order_by(col(SampleRecord.id).desc())).all())


def _told(session: Session, outlook: Outlook, rows: Sequence[SampleRecord]) -> tuple[SampleRow, ...]:
    ids = [row.id or 0 for row in rows]
    values, parties, threads = samples_of(session, rows), Parties(session, outlook, rows), threads_of(session, rows)
    steps, papers = history_rows(session, outlook, NOUN, ids), paper_rows(session, NOUN, ids)
    return tuple(
        _row(
            row,
            values[row.id or 0],
            parties,
            outlook,
            threads.get(row.id or 0),
            steps[row.id or 0],
            papers[row.id or 0],
            undo_feedback(session, row),
        )
        for row in rows
    )


def _row(
    row: SampleRecord,
    value: Sample,
    parties: Parties,
    outlook: Outlook,
    thread: int | None,
    steps: tuple[StepRow, ...],
    papers: tuple[PaperRow, ...],
    undo_of_feedback: str | None,
) -> SampleRow:
    party, here = parties.of(row), standing(row, value, parties, outlook)
    lacking = lacks(value, _next(value))
    present, went = row.details.get("parcel"), row.details.get("went", ())
    return SampleRow(
        id=f"s{row.id}",
        number=row.number,
        version=row.version,
        name=value.name,
        state=row.state,
        kind=row.kind,
        direction=row.direction,
        item=row.item,
        company=party.company.name if party.company else None,
        contact=party.contact.name or party.contact.address,
        country=party.country or None,
        thread_id=f"t{thread}" if thread else None,
        message_id=f"m{row.message_id}" if row.message_id else None,
        author=row.author,
        created_at=row.created_at,
        since=row.since,
        next_step=localised(here.next_step, outlook.zone),
        due=here.due,
        missing=tuple(one.name for one in lacking),
        lacks=tuple(MissingRow(one.name, one.what, one.mend) for one in lacking),
        sheet=value.sheet.to_json(),
        content_hash=value.sheet.content_hash(),
        signature=_signature(value),
        checklist=tuple(line.to_json() for line in checklist_of(value)),
        photos=tuple(paper for paper in papers if paper.kind == _PHOTO),
        papers=papers,
        parcel=replace(_parcel(Parcel.from_json(present)), expected=here.expected) if present else None,
        earlier_parcels=tuple(_parcel(Parcel.from_json(one)) for one in went),
        delivered_at=row.delivered_at,
        signed_for_by=str(row.details.get("signed_by", "")),
        asked_at=row.asked_at,
        follow_ups=value.followed_up,
        feedback=tuple({**one, "at": datetime.fromisoformat(one["at"])} for one in row.details.get("feedback", ())),
        undo_feedback=undo_of_feedback,
        suggested_template=here.template if here.acts else None,
        history=steps,
    )


def _next(value: Sample) -> SampleState:
    """Return the next state on the way; where there is none, its own, which lacks nothing."""
    ahead = [state for state in PATH if state in following(value)]
    return (
        ahead[0]
        if ahead and value.state in PATH and PATH.index(ahead[0]) > PATH.index(value.state)
        else SampleState.DECLINED
    )


def _signature(value: Sample) -> SignatureRow | None:
    one = value.signature
    return SignatureRow(one.by, one.at, one.content, one.part, one.stands_for, value.is_signed) if one else None


def checklist_of(value: Sample) -> tuple[CheckLine, ...]:
    """Return the checklist with what was found so far."""
    known = {(line.field, line.asked): line for line in value.lines}
    return tuple(known.get((line.field, line.asked), line) for line in lines_of(value.sheet))


def _parcel(parcel: Parcel) -> ParcelRow:
    return ParcelRow(
        mode=parcel.mode.value,
        on=parcel.on,
        carrier=parcel.carrier,
        awb=parcel.awb,
        tracking_url=page_of_courier(parcel.carrier, parcel.awb),
        freight=parcel.freight.to_json() if parcel.freight else None,
        same_parcel=parcel.same_parcel,
    )


def sample_parcels(session: Session, outlook: Outlook) -> tuple[TrackedRow, ...]:
    """Return the parcels that are under way, the oldest first: what somebody has to look up."""
    under_way = [state.value for state in IN_A_PARCEL]
    rows = session.exec(
        select(SampleRecord)
        .where(col(SampleRecord.state).in_(under_way), col(SampleRecord.awb) != "")
        .order_by(col(SampleRecord.shipped_on), col(SampleRecord.id))
    ).all()
    together: dict[tuple[str, str], list[SampleRecord]] = defaultdict(list)
    for row in rows:
        together[row.carrier, row.awb].append(row)
    values, parties = samples_of(session, rows), Parties(session, outlook, rows)
    return tuple(
        _tracked(carried, standing(carried[0], values[carried[0].id or 0], parties, outlook), parties)
        for carried in together.values()
    )


def _tracked(carried: Sequence[SampleRecord], here: Standing, parties: Parties) -> TrackedRow:
    first, party = carried[0], parties.of(carried[0])
    return TrackedRow(
        awb=first.awb,
        carrier=first.carrier,
        tracking_url=page_of_courier(first.carrier, first.awb),
        samples=tuple(f"s{row.id}" for row in carried),
        numbers=tuple(row.number for row in carried),
        company=party.company.name if party.company else party.contact.name or party.contact.address,
        state=first.state,
        shipped_on=first.shipped_on,
        expected=here.expected,
        late=here.acts,
    )


def sample_statuses(
    session: Session, outlook: Outlook, *, told: Sequence[Mapping[str, object]]
) -> tuple[StatusRow, ...]:
    """Return what came of pasted statuses, as the command told it."""
    del session, outlook
    return tuple(
        StatusRow(str(one["awb"]), str(one["status"]), _ids(one["samples"]), _ids(one["changed"])) for one in told
    )


def _ids(given: object) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list) else ()


def sample_ledger(session: Session, outlook: Outlook) -> tuple[LedgerRow, ...]:
    """Return each customer's samples, what they cost us, and the orders that they won; the dearest customers first by count."""
    rows = session.exec(select(SampleRecord).order_by(col(SampleRecord.id))).all()
    parties = Parties(session, outlook, rows)
    customers: dict[str, list[SampleRecord]] = defaultdict(list)
    for row in rows:
        party = parties.of(row)
        customers[f"o{party.company.id}" if party.company else f"c{party.contact.id}"].append(row)
    won = orders_won(session)
    found = [_ledger(session, rows, parties, won.get(customer, ())) for customer, rows in customers.items()]
    return tuple(sorted(found, key=lambda one: (-one.samples, one.company or one.contact or "")))


def _ledger(session: Session, rows: Sequence[SampleRecord], parties: Parties, ordered: Sequence[Money]) -> LedgerRow:
    values = samples_of(session, rows)
    made, carried, unpriced = list[Money](), list[Money](), 0
    for row in rows:
        cost, freight, priced = _spent(row, values[row.id or 0])
        made, carried, unpriced = made + cost, carried + freight, unpriced + (not priced)
    party, states = parties.of(rows[0]), [row.state for row in rows]
    ended = sum(state in _ENDED for state in states)
    return LedgerRow(
        company=party.company.name if party.company else None,
        contact=party.contact.name or party.contact.address,
        samples=len(rows),
        shipped=sum(row.shipped_on is not None for row in rows),
        won=states.count(SampleState.WON.value),
        lost=states.count(SampleState.LOST.value),
        under_way=len(rows) - ended,
        charges=_charges(made, carried),
        unpriced=unpriced,
        orders=len(ordered),
        ordered=sums(ordered),
    )


def _spent(row: SampleRecord, value: Sample) -> tuple[list[Money], list[Money], bool]:
    """Return what making and sending one sample cost us, and whether all of it is known; what the customer pays costs nothing."""
    sheet, parcels = value.sheet, [row.details.get("parcel"), *row.details.get("went", ())]
    freights = [Parcel.from_json(one).freight for one in parcels if one]
    pays_sample, pays_freight = sheet.sample_paid_by != "customer", sheet.freight_paid_by != "customer"
    cost = [sheet.cost] * row.version if sheet.cost and pays_sample else []
    freight = [one for one in freights if one is not None] if pays_freight else []
    known = (bool(cost) or not pays_sample) and (not pays_freight or len(freight) == len(freights))
    return cost, freight, known


def _charges(made: Sequence[Money], carried: Sequence[Money]) -> tuple[ChargeRow, ...]:
    currencies = sorted({money.currency for money in (*made, *carried)})
    return tuple(ChargeRow(one, _sum(made, one), _sum(carried, one)) for one in currencies)


def _sum(money: Iterable[Money], currency: str) -> str:
    amounts = [one.amount for one in money if one.currency == currency]
    return Money(sum(amounts[1:], amounts[0]), currency).to_json()["amount"] if amounts else "0.00"
