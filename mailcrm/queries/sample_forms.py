"""What can be done with a sample, as forms of questions: the verbs of its page, the likeliest first.

Room: queries. `core.do(form.verb, **form.arguments, **answers)` does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from mailcrm.domain.couriers import couriers
from mailcrm.domain.samples.checklist import open_lines
from mailcrm.domain.samples.gates import following, lacks
from mailcrm.domain.samples.kinds import Direction, Kind
from mailcrm.domain.samples.parcel import Mode
from mailcrm.domain.samples.sample import Sample
from mailcrm.domain.samples.sheet import FIELD_WORDS, PAYERS
from mailcrm.domain.samples.states import (
    BEFORE_SHIPPED,
    ENDED,
    IN_A_PARCEL,
    STATE_WORDS,
    WITH_THE_CUSTOMER,
    SampleState,
)
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import FormRow
from mailcrm.records import Message, SampleRecord, Thread
from mailcrm.store.finding import thread_id_of
from mailcrm.store.samples import sample_of

__all__ = ["forms_of", "new_form"]

_S = SampleState
_CHOICES = {
    "kind": tuple(Kind),
    "direction": tuple(Direction),
    "sample_paid_by": PAYERS,
    "freight_paid_by": PAYERS,
}
_LATER = (
    "order",
    "stops_on",
    "cost",
    "true_value",
    "hs",
    "consignee",
    "consignee_tax_id",
    "consignee_phone",
    "kept_at",
)
_FIRST = tuple(name for name in FIELD_WORDS if name not in _LATER)
# Those that say nothing more than that the state is reached; the others have verbs of their own.
_PLAIN = (_S.SPEC_DRAFT, _S.PENDING_SIGN, _S.MAKING, _S.MADE, _S.EXCEPTION, _S.QUOTING, _S.WON)
_REASONED = (_S.DECLINED, _S.LOST)
_LIKE_THE_LAST = ("material", "colour", "size", "sample_paid_by", "freight_paid_by", "collect_account")
_REASON = {"reason": say("Why?")}


def forms_of(row: SampleRecord, sample: Sample) -> tuple[FormRow, ...]:
    """Return what can be done now, the likeliest first."""
    if sample.state in ENDED:
        return ()
    known = {"id": f"s{row.id}"}
    edit = [_edit(known, sample)]
    here, parcel = _in_the_house(known, sample), _under_way(known, sample)
    return (
        *(edit if lacks(sample, _S.SPEC_DRAFT) else ()),
        *(parcel + here if sample.state is _S.PHOTOGRAPHED else here + parcel),
        *_answered(known, sample),
        *_steps(known, sample),
        *(() if lacks(sample, _S.SPEC_DRAFT) else edit),
        *_ends(known, sample),
    )


def _in_the_house(known: Mapping[str, object], sample: Sample) -> list[FormRow]:
    forms = []
    if sample.state is _S.PENDING_SIGN:
        signed = {**known, "content": sample.sheet.content_hash()}
        forms.append(FormRow("sign_sample", say("Sign a sample"), signed))
        forms.append(
            FormRow("reject_sample", say("Send a sample sheet back"), known, {"note": say("What is to be changed?")})
        )
    if sample.state is _S.MADE:
        forms.append(FormRow("check_sample", say("All as the sheet asks"), {**known, "ok": ("all",)}))
        forms += [_deviation(known, line.field) for line in open_lines(sample.sheet, sample.lines)]
        if sample.sheet.is_made:
            forms.append(FormRow("check_sample", say("It won't do: make it again"), known, {"fail": say("Why?")}))
    if sample.state in (_S.MADE, _S.CHECKED, _S.PHOTOGRAPHED):
        photo = FormRow("photo_sample", say("Photo of a sample"), known, {"files": say("Which file is the photo?")})
        forms.insert(0, photo) if sample.state is _S.CHECKED else forms.append(photo)
    return forms


def _deviation(known: Mapping[str, object], field: str) -> FormRow:
    title = say("Differs: {line}", line=FIELD_WORDS[field])
    return FormRow("check_sample", title, {**known, "differs": field}, {"how": say("How does it differ?")})


def _under_way(known: Mapping[str, object], sample: Sample) -> list[FormRow]:
    forms = []
    if _S.SHIPPED in following(sample):
        asked = {
            "mode": say("How does it leave?"),
            "carrier": say("Which courier?"),
            "awb": say("Waybill number?"),
            "date": say("On which day? (2026-12-01; empty: today)"),
            "freight": say("What does the freight cost us? (USD 38.50)"),
        }
        choices = {"mode": tuple(Mode), "carrier": tuple(one.name for one in couriers())}
        optional = ("carrier", "awb", "date", "freight")
        likely = {"mode": Mode.COURIER.value}
        forms.append(FormRow("ship_sample", say("Ship a sample"), known, asked, likely, optional, choices))
    if sample.state in IN_A_PARCEL:
        asked = {
            "at": say("When? (2026-12-01 or 2026-12-01T15:10; empty: now)"),
            "signed_by": say("Who signed for it?"),
            "evidence": say("What shows it? (a mail such as m12, or words)"),
        }
        forms.append(FormRow("delivered_sample", say("Sample: delivered"), known, asked, optional=tuple(asked)))
    return forms


def _answered(known: Mapping[str, object], sample: Sample) -> list[FormRow]:
    theirs = not sample.is_ours and sample.state is _S.PHOTOGRAPHED
    if sample.state not in (*WITH_THE_CUSTOMER, _S.FEEDBACK_IN) and not theirs:
        return []
    verdicts = ("ok", "rejected") if theirs else ("ok", "changes", "rejected")
    asked = {
        "verdict": say("Is it fine, to be changed, or rejected?"),
        "text": say("What do they say?"),
        "evidence": say("What shows it? (a mail such as m12, or words)"),
    }
    choices = {"verdict": verdicts}
    return [FormRow("sample_feedback", say("Sample: their feedback"), known, asked, {}, ("text", "evidence"), choices)]


def _steps(known: Mapping[str, object], sample: Sample) -> list[FormRow]:
    steps = following(sample)
    if sample.state in (_S.MADE, _S.CHECKED, _S.PHOTOGRAPHED):
        steps = steps - {_S.MAKING, _S.SPEC_DRAFT}  # the check and the sheet lead back there, with their words
    elif sample.state in (_S.PENDING_SIGN, _S.SIGNED, _S.MAKING):
        steps = steps - {_S.SPEC_DRAFT}
    return [
        FormRow(
            "advance_sample",
            _become(to),
            {**known, "state": to.value},
            {"reason": say("Anything to note?")},
            {},
            ("reason",),
        )
        for to in _PLAIN
        if to in steps
    ]


def _ends(known: Mapping[str, object], sample: Sample) -> list[FormRow]:
    steps = following(sample)
    forms = [
        FormRow("advance_sample", _become(to), {**known, "state": to.value}, _REASON) for to in _REASONED if to in steps
    ]
    if sample.state in BEFORE_SHIPPED:
        forms.append(FormRow("cancel_sample", say("Cancel a sample"), known, _REASON))
    return forms


def _become(to: SampleState) -> Sentence:
    return say("It is now: {state}", state=STATE_WORDS[to])


def _edit(known: Mapping[str, object], sample: Sample) -> FormRow:
    stored = sample.sheet.to_json()
    filled = {name: _typed(value) for name, value in stored.items() if value not in (None, "")}
    names = (*_FIRST, *_LATER)
    asked = {name: FIELD_WORDS[name] for name in names}
    return FormRow("edit_sample", say("Fill in the sample sheet"), known, asked, filled, names, _CHOICES)


def _typed(value: object) -> str:
    """Return a stored value as a person would type it."""
    return f"{value['currency']} {value['amount']}" if isinstance(value, Mapping) else str(value)


def new_form(session: Session, outlook: Outlook, thread: str) -> FormRow:
    """Return what a new sample asks; what the customer's last one said of taste and of who pays is likely again."""
    del outlook
    likely: dict[str, str] = {"kind": Kind.SALES.value, "direction": Direction.OURS.value}
    last = _last_of(session, thread) if thread else None
    if last is not None:
        sheet = sample_of(session, last).sheet
        likely |= {name: getattr(sheet, name) for name in _LIKE_THE_LAST if getattr(sheet, name)}
    asked = {name: FIELD_WORDS[name] for name in _FIRST}
    arguments = {"thread": thread} if thread else {}
    return FormRow("new_sample", say("New sample"), arguments, asked, likely, _without(_FIRST, "item"), _CHOICES)


def _without(names: Sequence[str], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)


def _last_of(session: Session, thread: str) -> SampleRecord | None:
    """Return the last sample of whom the thread is with."""
    row = session.get_one(Thread, thread_id_of(session, thread))
    theirs = select(Message.contact_id).where(col(Message.thread_id) == row.id)
    found = select(SampleRecord).where(col(SampleRecord.contact_id).in_(theirs))
    return session.exec(found.order_by(col(SampleRecord.id).desc()).limit(1)).first()
