"""Samples on the board and on their page, as the screens show them (queries.rows.deals); the page is the sample's passport too.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.clock.story import localised
from mailcrm.domain.samples.kinds import DIRECTION_WORDS, KIND_WORDS
from mailcrm.domain.samples.parcel import MODE_WORDS, Mode, Parcel
from mailcrm.domain.samples.sample import Sample
from mailcrm.domain.samples.sheet import FIELD_WORDS, PAYER_WORDS, SPEC
from mailcrm.domain.samples.states import ENDED, STATE_WORDS, SampleState
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ready_mails import ready_mails
from mailcrm.queries.rows import BoardRow, FactRow, FormRow, PageRow, SectionRow
from mailcrm.queries.sample_forms import forms_of, new_form
from mailcrm.queries.sample_lines import owner_of
from mailcrm.queries.sample_standing import Parties, courier_title, page_of_courier, standing
from mailcrm.queries.sample_undo import no_feedback
from mailcrm.queries.samples import checklist_of
from mailcrm.queries.steps import history_rows, paper_rows
from mailcrm.records import SampleRecord
from mailcrm.store.samples import NOUN, sample_named, samples_of, thread_of, threads_of

__all__ = ["STAGES", "sample_board", "sample_form", "sample_page"]

_S = SampleState
STAGES: tuple[tuple[Sentence, frozenset[SampleState]], ...] = (
    (say("Sheet"), frozenset({_S.REQUESTED, _S.SPEC_DRAFT, _S.CHANGES})),
    (say("Signature"), frozenset({_S.PENDING_SIGN})),
    (say("Making"), frozenset({_S.SIGNED, _S.MAKING})),
    (say("Check and photo"), frozenset({_S.MADE, _S.CHECKED})),
    (say("To ship"), frozenset({_S.PHOTOGRAPHED})),
    (say("Under way"), frozenset({_S.SHIPPED, _S.EXCEPTION})),
    (say("With the customer"), frozenset({_S.DELIVERED, _S.FEEDBACK_REQUESTED, _S.FOLLOW_UP, _S.SILENT})),
    (say("Answered"), frozenset({_S.FEEDBACK_IN, _S.OK, _S.QUOTING, _S.REJECTED})),
    (say("Over"), ENDED),
)
"""The columns of the board, in order, and the states in each."""

_STAGE_OF = {state: place for place, (_title, states) in enumerate(STAGES) for state in states}
_CUSTOMS = ("true_value", "hs", "consignee", "consignee_tax_id", "consignee_phone")
_TERMS = (
    "purpose",
    "needed_by",
    "sample_paid_by",
    "freight_paid_by",
    "collect_account",
    "cost",
    "order",
    "stops_on",
    "kept_at",
)


def sample_board(session: Session, outlook: Outlook, *, over: bool = False) -> tuple[BoardRow, ...]:
    """Return the cards in the order of the board, within a stage the nearest due first."""
    wanted = select(SampleRecord)
    if not over:
        wanted = wanted.where(col(SampleRecord.state).not_in([state.value for state in ENDED]))
    rows = session.exec(wanted).all()
    values, parties, threads = samples_of(session, rows), Parties(session, outlook, rows), threads_of(session, rows)
    cards = [_card(row, values[row.id or 0], parties, outlook, threads.get(row.id or 0)) for row in rows]
    far = outlook.now.timestamp() * 2
    return tuple(
        sorted(
            cards,
            key=lambda card: (_STAGE_OF[_S(card.state)], card.due.timestamp() if card.due else far, card.number),
        )
    )


def _card(row: SampleRecord, value: Sample, parties: Parties, outlook: Outlook, thread: int | None) -> BoardRow:
    party, here = parties.of(row), standing(row, value, parties, outlook)
    return BoardRow(
        id=f"s{row.id}",
        number=value.name,
        state=row.state,
        stage=STAGES[_STAGE_OF[value.state]][0],
        title=row.item,
        next_step=localised(here.next_step, outlook.zone),
        company=party.company.name if party.company else None,
        contact=party.contact.name or party.contact.address,
        country=party.country or None,
        grade=party.company.grade if party.company else None,
        amount=str(value.sheet.cost) if value.sheet.cost else "",
        due=here.due,
        late=here.due is not None and here.acts and here.due < outlook.now,
        since=row.since,
        owner=owner_of(row, outlook),
        thread_id=f"t{thread}" if thread else None,
    )


def sample_page(session: Session, outlook: Outlook, *, id: str) -> PageRow:  # noqa: A002  (as on the command line)
    """Return everything of one sample: what it is, who signed, how it looked, left, and did."""
    row = sample_named(session, id)
    number = row.id or 0
    value, parties = samples_of(session, [row])[number], Parties(session, outlook, [row])
    sections = (
        _made(value),
        _terms(value),
        _customs(value),
        _signed(value, outlook),
        _checked(value),
        _shipped(row, parties, value, outlook),
        _answered(row, value, outlook),
    )
    return PageRow(
        card=_card(row, value, parties, outlook, thread_of(session, row)),
        sections=tuple(section for section in sections if section.facts),
        history=history_rows(session, outlook, NOUN, [number])[number],
        papers=paper_rows(session, NOUN, [number])[number],
        forms=(*forms_of(row, value), *no_feedback(session, row)),
        mails=ready_mails(session, f"s{number}"),
    )


def sample_form(session: Session, outlook: Outlook, *, thread: str = "") -> FormRow:
    """Return what a new sample asks, filled in with what the customer's last one said."""
    return new_form(session, outlook, thread)


def _facts(value: Sample, names: Iterable[str], *, empty: bool = False) -> tuple[FactRow, ...]:
    """Return fields of the sheet; those that are missing stand open, other empty ones are left out unless `empty`."""
    missing = value.sheet.missing()
    told = ((name, _told(name, getattr(value.sheet, name))) for name in names)
    return tuple(
        FactRow(FIELD_WORDS[name], text, name in missing) for name, text in told if text or name in missing or empty
    )


def _told(name: str, value: object) -> str:
    return str(PAYER_WORDS[str(value)]) if name.endswith("_paid_by") and value else _spelled(value)


def _spelled(value: object) -> str:
    return "" if value is None else str(value)


def _made(value: Sample) -> SectionRow:
    kinds = (
        FactRow(say("kind"), str(KIND_WORDS[value.sheet.kind])),
        FactRow(say("direction"), str(DIRECTION_WORDS[value.sheet.direction])),
    )
    return SectionRow(say("What it is"), (*_facts(value, SPEC, empty=True), *kinds))


def _terms(value: Sample) -> SectionRow:
    return SectionRow(say("What for, and who pays"), _facts(value, _TERMS))


def _customs(value: Sample) -> SectionRow:
    return SectionRow(say("For customs"), _facts(value, _CUSTOMS))


def _signed(value: Sample, outlook: Outlook) -> SectionRow:
    one = value.signature
    if one is None:
        return SectionRow(say("Signature"), ())
    by = f"{one.by} ({one.stands_for})" if one.stands_for else one.by
    facts = (
        FactRow(say("signed by"), by, not value.is_signed),
        FactRow(say("at"), stamp(one.at, outlook.zone, active_language())),
        FactRow(say("content"), one.content[:16]),
    )
    return SectionRow(say("Signature"), facts)


def _checked(value: Sample) -> SectionRow:
    facts = (
        FactRow(
            FIELD_WORDS[line.field],
            f"{line.asked}: {line.deviation or ('✓' if line.ok else '')}".rstrip(": "),
            line.is_open,
        )
        for line in checklist_of(value)
    )
    return SectionRow(say("Checklist"), tuple(facts))


def _shipped(row: SampleRecord, parties: Parties, value: Sample, outlook: Outlook) -> SectionRow:
    parcel = value.parcel
    if parcel is None:
        return SectionRow(say("Parcel"), ())
    here, language = standing(row, value, parties, outlook), active_language()
    facts = [
        FactRow(say("how"), str(MODE_WORDS[parcel.mode])),
        FactRow(say("left on"), parcel.on.isoformat()),
        FactRow(say("courier"), courier_title(parcel.carrier)),
        FactRow(say("waybill"), parcel.awb),
        FactRow(say("tracking"), page_of_courier(parcel.carrier, parcel.awb)),
        FactRow(say("freight"), _spelled(parcel.freight)),
        FactRow(say("expected until"), stamp(here.expected, outlook.zone, language) if here.expected else ""),
        FactRow(say("delivered"), stamp(row.delivered_at, outlook.zone, language) if row.delivered_at else ""),
        FactRow(say("signed for by"), str(row.details.get("signed_by", ""))),
    ]
    went = [FactRow(say("earlier parcel"), _went(Parcel.from_json(one))) for one in row.details.get("went", ())]
    return SectionRow(say("Parcel"), tuple(fact for fact in (*facts, *went) if fact.value))


def _went(parcel: Parcel) -> str:
    told = (parcel.on.isoformat(), courier_title(parcel.carrier) or str(MODE_WORDS[Mode(parcel.mode)]), parcel.awb)
    return " ".join(filter(None, told))


def _answered(row: SampleRecord, value: Sample, outlook: Outlook) -> SectionRow:
    language = active_language()
    facts = [FactRow(say("asked"), stamp(row.asked_at, outlook.zone, language))] if row.asked_at else []
    facts += [FactRow(say("followed up"), stamp(one, outlook.zone, language)) for one in value.followed_up]
    facts += [FactRow(_verdict(one), str(one["text"])) for one in row.details.get("feedback", ())]
    return SectionRow(say("What they say"), tuple(facts))


def _verdict(told: Mapping[str, object]) -> Sentence:
    words = {"ok": STATE_WORDS[_S.OK], "changes": STATE_WORDS[_S.CHANGES], "rejected": STATE_WORDS[_S.REJECTED]}
    return words.get(str(told["verdict"]), say("feedback"))
