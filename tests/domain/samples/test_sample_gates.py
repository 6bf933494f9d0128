"""What each step of a sample lacks; a refused step names all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.samples.checklist import checked, lines_of, open_lines
from mailcrm.domain.samples.gates import check_step, following, lacks
from mailcrm.domain.samples.kinds import Direction, Kind, asks_for, needs_signature
from mailcrm.domain.samples.parcel import Mode, Parcel
from mailcrm.domain.samples.sample import Sample
from mailcrm.domain.samples.sheet import Sheet
from mailcrm.domain.samples.signing import Signature
from mailcrm.domain.samples.states import BEFORE_SHIPPED, ENDED, PATH, STATE_WORDS, STEPS, SampleState

S = SampleState
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
SHEET = Sheet(
    item="Spray nozzle A3",
    material="POM",
    colour="Pantone 185 C",
    size="28/410",
    quantity="3",
    purpose="test on their filling line",
    needed_by=date(2026, 12, 10),
    sample_paid_by="us",
    freight_paid_by="us",
)
DHL = Parcel(Mode.COURIER, date(2026, 11, 24), "dhl", "1234567891")


def signed(sheet: Sheet) -> Signature:
    return Signature("wang", NOW, sheet.content_hash(), "manager")


def sample(state: SampleState, sheet: Sheet = SHEET, **more: object) -> Sample:
    return replace(Sample("SMP-2026-0001", 1, state, sheet, NOW, author="li"), **more)  # type: ignore[arg-type]


READY = sample(
    S.PHOTOGRAPHED,
    signature=signed(SHEET),
    lines=checked(SHEET, ["item", "material", "size", "quantity"], {"colour": "slightly darker, agreed"}),
    photos=2,
    parcel=DHL,
)


def told(sample_: Sample, to: SampleState, **how: object) -> str:
    with pytest.raises(RefusedByRule) as refused:
        check_step(sample_, to, **how)  # type: ignore[arg-type]
    assert refused.value.hint
    return str(refused.value)


def test_every_state_has_a_name_and_the_steps_from_it_and_only_four_are_ends() -> None:
    assert set(STEPS) == set(STATE_WORDS) == set(SampleState)
    assert {state for state, steps in STEPS.items() if not steps} == ENDED
    assert {state for state, steps in STEPS.items() if S.CANCELLED in steps} == BEFORE_SHIPPED
    assert {state for state, steps in STEPS.items() if S.SHIPPED in steps} == {S.PHOTOGRAPHED, S.EXCEPTION}


def test_every_state_can_be_reached_from_the_request() -> None:
    reached, more = set[SampleState](), {S.REQUESTED}
    while more:
        reached |= more
        more = {after for state in more for after in STEPS[state]} - reached
    assert reached == set(SampleState)


def test_the_way_is_made_of_steps_but_for_what_may_be_left_out() -> None:
    for before, after in pairwise(PATH):
        assert after in STEPS[before], (before, after)


def test_what_has_everything_is_shipped() -> None:
    check_step(READY, S.SHIPPED)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"photos": 0}, ["a photo"]),
        ({"signature": None}, ["the signature"]),
        ({"signature": signed(replace(SHEET, colour="RAL 9005"))}, ["the signature"]),
        ({"lines": ()}, ["the check of item, material, colour, size, quantity"]),
        ({"parcel": None}, ["how and when it leaves"]),
        ({"parcel": replace(DHL, awb="")}, ["the waybill number"]),
        ({"parcel": Parcel(Mode.COURIER, date(2026, 11, 24))}, ["the courier", "the waybill number"]),
        ({"shared_with": ("SMP-2026-0007",)}, ["1234567891 is that of SMP-2026-0007", "--same-parcel"]),
        ({"photos": 0, "signature": None, "lines": (), "parcel": None},
         ["the signature", "the check of item", "a photo", "how and when it leaves"]),
    ],
)  # fmt: skip
def test_shipping_names_all_that_is_missing(change: dict[str, object], named: list[str]) -> None:
    refusal = told(replace(READY, **change), S.SHIPPED)  # type: ignore[arg-type]
    places = [refusal.index(one) for one in named]
    assert places == sorted(places)


def test_one_parcel_for_two_and_no_waybill_where_nobody_carries_one() -> None:
    check_step(replace(READY, shared_with=("SMP-2026-0007",), parcel=replace(DHL, same_parcel=True)), S.SHIPPED)
    for mode in (Mode.HAND_CARRY, Mode.WITH_ORDER, Mode.PICK_UP, Mode.DOMESTIC):
        check_step(replace(READY, parcel=Parcel(mode, date(2026, 11, 24))), S.SHIPPED)


def test_shipping_too_early_names_each_step_that_comes_before() -> None:
    refusal = told(sample(S.SIGNED, signature=signed(SHEET)), S.SHIPPED)
    for missing in ("that it is made", "the check", "a photo", "how and when it leaves"):
        assert missing in refusal
    assert "the signature" not in refusal
    assert "the step “to be signed” before it" in told(sample(S.SPEC_DRAFT, signature=signed(SHEET)), S.SIGNED)


def test_the_sheet_names_every_field_that_is_missing() -> None:
    refusal = told(sample(S.REQUESTED, Sheet(item="Nozzle")), S.SPEC_DRAFT)
    for field in (
        "material",
        "colour",
        "size",
        "quantity",
        "purpose",
        "needed by",
        "who pays the sample",
        "who pays the freight",
    ):
        assert field in refusal
    assert "collect account" in told(sample(S.REQUESTED, replace(SHEET, freight_paid_by="customer")), S.SPEC_DRAFT)


def test_nothing_is_made_before_it_is_signed_for_and_no_reason_helps() -> None:
    assert "the signature" in told(sample(S.PENDING_SIGN), S.SIGNED)
    unsigned = sample(S.SIGNED, signature=signed(replace(SHEET, size="24/410")))
    assert "the signature" in told(unsigned, S.MAKING)
    assert "the signature" in told(sample(S.PENDING_SIGN), S.MADE, skip=True, reason="urgent")


def test_a_stock_sample_needs_no_signature_but_check_and_photo_always() -> None:
    stock = Sheet(item="A3", quantity="5", kind=Kind.STOCK, sample_paid_by="us", freight_paid_by="us")
    assert S.MADE in following(sample(S.SPEC_DRAFT, stock))
    assert S.PENDING_SIGN not in following(sample(S.SPEC_DRAFT, stock))
    check_step(sample(S.SPEC_DRAFT, stock), S.MADE)
    refusal = told(sample(S.MADE, stock, parcel=DHL), S.SHIPPED)
    assert "the check of item, quantity" in refusal
    assert "a photo" in refusal
    assert "the signature" not in refusal


def test_what_is_made_needs_its_signature_before_it_can_be_made() -> None:
    assert following(sample(S.SPEC_DRAFT)) == {S.PENDING_SIGN, S.CANCELLED}


def test_a_sample_of_theirs_never_leaves_and_is_judged_by_us() -> None:
    theirs = Sheet(item="Their nozzle", quantity="1", direction=Direction.THEIRS, kind=Kind.ORIGINAL)
    here = sample(S.PHOTOGRAPHED, theirs, lines=checked(theirs, ["item", "quantity"], {}), photos=1)
    assert following(here) == {S.SPEC_DRAFT, S.CANCELLED, S.OK, S.REJECTED}
    check_step(here, S.OK)
    assert "on its way" in told(here, S.SHIPPED)
    assert "on its way" in told(here, S.SHIPPED, skip=True, reason="return it")
    assert S.OK not in following(READY)


def test_kinds_tell_who_signs_and_what_is_asked() -> None:
    assert {kind for kind in Kind if not needs_signature(kind, Direction.OURS)} == {Kind.STOCK}
    assert not any(needs_signature(kind, Direction.THEIRS) for kind in Kind)
    assert asks_for(Kind.PRE_PRODUCTION) == "production"
    assert asks_for(Kind.SHIPMENT) == "shipment"
    assert {asks_for(kind) for kind in Kind if kind not in (Kind.PRE_PRODUCTION, Kind.SHIPMENT)} == {"order"}


def test_cancelled_from_any_state_before_it_ships_and_never_after() -> None:
    for state in BEFORE_SHIPPED:
        check_step(sample(state), S.CANCELLED, reason="they changed their mind")
        assert "without a reason" in told(sample(state), S.CANCELLED)
    for state in set(SampleState) - BEFORE_SHIPPED:
        assert "cancelled" in told(sample(state), S.CANCELLED, reason="too late")


def test_a_step_is_skipped_with_a_reason_only_and_no_hard_gate_with_any() -> None:
    assert "with a reason only" in told(sample(S.SHIPPED, parcel=DHL), S.FEEDBACK_IN, skip=True)
    check_step(replace(READY, state=S.SHIPPED), S.FEEDBACK_IN, skip=True, reason="they called: it is fine")
    check_step(sample(S.REQUESTED, replace(SHEET, purpose="")), S.SPEC_DRAFT, skip=True, reason="they don't say")
    assert "a photo" in told(replace(READY, state=S.CHECKED, photos=0), S.SHIPPED, skip=True, reason="courier waits")
    assert "from there" in told(replace(READY, state=S.DELIVERED), S.MADE, skip=True, reason="again")


def test_a_step_that_there_is_not_names_those_that_there_are() -> None:
    assert "may come to: delivered, exception" in told(sample(S.SHIPPED), S.MADE)
    assert "has come to its end" in told(sample(S.WON), S.LOST)


def test_a_change_of_what_is_signed_voids_the_signature_and_no_other_does() -> None:
    for change in (
        {"colour": "RAL 9005"},
        {"size": "24/410"},
        {"quantity": "4"},
        {"needed_by": "2026-12-12"},
        {"kind": "lab-dip"},
    ):
        assert not replace(READY, sheet=SHEET.changed(change)).is_signed, change
    for change in (
        {"kept_at": "shelf B2"},
        {"hs": "842420"},
        {"consignee_phone": "+49 40 1"},
        {"true_value": "USD 12"},
    ):
        assert replace(READY, sheet=SHEET.changed(change)).is_signed, change


def test_the_sheet_reads_what_people_type_and_comes_back_from_its_json() -> None:
    sheet = Sheet().changed(
        {"item": "  Spray   nozzle ", "quantity": 3, "kind": "pre-production", "direction": "ours", "needed_by": "2026-12-10",
         "true_value": "usd 12.5", "cost": "CNY 80", "stops_on": "2026-12-20", "order": "PO 8812", "freight_paid_by": "customer"}
    )  # fmt: skip
    assert (sheet.item, sheet.quantity, sheet.kind) == ("Spray nozzle", "3", Kind.PRE_PRODUCTION)
    assert sheet.to_json()["true_value"] == {"amount": "12.50", "currency": "USD"}
    assert Sheet.from_json(sheet.to_json()) == sheet
    assert sheet.changed({"needed_by": "", "item": ""}) == replace(sheet, needed_by=None, item="")
    for wrong in (
        {"kind": "nice"},
        {"needed_by": "soon"},
        {"freight_paid_by": "god"},
        {"true_value": "much"},
        {"name": "x"},
    ):
        with pytest.raises(UsageError):
            sheet.changed(wrong)


def test_the_checklist_is_that_of_the_sheet_and_each_line_is_ok_or_its_deviation_noted() -> None:
    assert [line.field for line in lines_of(replace(SHEET, size="-", material=""))] == ["item", "colour", "quantity"]
    ticked = checked(SHEET, ["item", "size"], {"colour": "lighter"})
    assert [line.field for line in open_lines(SHEET, ticked)] == ["material", "quantity"]
    assert [line.field for line in open_lines(replace(SHEET, size="24"), ticked)] == ["material", "size", "quantity"]
    with pytest.raises(UsageError, match="no line weight"):
        checked(SHEET, ["weight"], {})
    with pytest.raises(UsageError, match="has no words"):
        checked(SHEET, [], {"colour": " "})


def test_nothing_is_lacking_off_the_way() -> None:
    assert lacks(sample(S.REQUESTED, Sheet()), S.DECLINED) == ()
