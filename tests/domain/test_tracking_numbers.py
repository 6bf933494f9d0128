"""Whose number it is and whether it is right: our own table, and the corpus of a public collection where it is at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.couriers import Match, check_awb, courier_named, couriers, recognise
from mailcrm.domain.couriers.numbers import compact, number_valid
from mailcrm.domain.errors import RefusedByRule

# Check digits reckoned by hand. (courier, as somebody writes it, as it is kept)
RIGHT = [
    ("dhl", "27 1828 1823", "2718281823"), ("dhl", "2718281823", "2718281823"), ("dhl", "JJD0027182818", "JJD0027182818"),
    ("dhl", "0034 0434 1610 9402 2719", "00340434161094022719"), ("dhl", "rc271828189de", "RC271828189DE"),
    ("fedex", "7712 7182 8185", "771271828185"), ("fedex", "271828182845907", "271828182845907"),
    ("fedex", "9611020271828182845907", "9611020271828182845907"), ("fedex", "61290271828182845904", "61290271828182845904"),
    ("ups", "1Z 27A 82E 03 6718 2810", "1Z27A82E0367182810"), ("ups", "1z27a82e0367182810", "1Z27A82E0367182810"), ("ups", "K2718281820", "K2718281820"),
    ("usps", "9400 1089 9872 7182 8182 82", "9400108998727182818282"), ("usps", "420 90210 9261290271828182845904", "420902109261290271828182845904"),
    ("usps", "7196 9010 2718 2818 2842", "71969010271828182842"), ("usps", "LZ 271 828 189 US", "LZ271828189US"),
    ("ems", "EE271828189CN", "EE271828189CN"), ("ems", "ＥＥ２７１８２８１８９ＣＮ", "EE271828189CN"), ("ems", "EE-271828189-CN", "EE271828189CN"),
    ("tnt", "GE271828189WW", "GE271828189WW"), ("tnt", "271828182", "271828182"), ("sf", "SF 2718281828459", "SF2718281828459"), ("sf", "2718 2818 2845", "271828182845"),
    ("dpd", "0998 2718 2818 287", "099827182818287"), ("dpd", "0081827 0998 2718 2818 28 459 276 u", "008182709982718281828459276U"), ("dpd", "09982718281828", "09982718281828"),
    ("gls", "27182818284", "27182818284"), ("yunexpress", "YT 2718281828459045", "YT2718281828459045"), ("royal mail", "RN271828189GB", "RN271828189GB"),
    ("canada post", "4002 7182 8182 8454", "4002718281828454"), ("purolator", "327182818283", "327182818283"), ("ontrac", "C11271828182840", "C11271828182840"),
    ("ontrac", "D10271828182840", "D10271828182840"), ("old dominion", "072-2718281-8", "07227182818"), ("lasership", "1LS7127013271828-1", "1LS7127013271828-1"),
]  # fmt: skip
# A digit wrong, two that changed places, too short, too long, somebody else's.
WRONG = [
    ("dhl", "2718281824"), ("dhl", "7218281823"), ("dhl", "27182818"), ("dhl", ""), ("dhl", "1Z27A82E0367182810"), ("dhl", "RC271828198DE"),
    ("fedex", "771271828183"), ("fedex", "7712718281850"), ("fedex", "SF2718281828459"), ("ups", "1Z27A82E0367182811"), ("ups", "1Z27A82E036718281"),
    ("ups", "1Z27A82E036718281O"), ("usps", "9400108998727182818284"), ("usps", "EE271828189CN"), ("ems", "EE271828183CN"), ("ems", "EE271828189C"), ("ems", "GE271828189WW"),
    ("tnt", "GE271828183WW"), ("sf", "SF27182818"), ("dpd", "099827182818283"), ("dpd", "008182709982718281828459276V"), ("gls", "2718"), ("yunexpress", "YT271828182845904"),
    ("royal mail", "RN271828189FR"), ("canada post", "4002718281828453"), ("purolator", "327182818284"), ("ontrac", "C11271828182844"), ("old dominion", "07227182813"),
    ("dhl", "٢٧١٨٢٨١٨٢٣"), ("dhl", "2718281823" * 100), ("ems", "EE271828189CN\nBcc: x"),
]  # fmt: skip


@pytest.mark.parametrize(("courier", "written", "kept"), RIGHT)
def test_a_right_number_is_taken_as_it_is_kept(courier: str, written: str, kept: str) -> None:
    assert check_awb(courier, written) == kept
    assert any(match.courier == courier and match.number == kept for match in recognise(written))


@pytest.mark.parametrize(("courier", "written"), WRONG)
def test_a_wrong_number_is_refused_with_a_mend(courier: str, written: str) -> None:
    with pytest.raises(RefusedByRule) as refused:
        check_awb(courier, written)
    assert courier_named(courier).title in str(refused.value.sentence)
    assert str(refused.value.hint)


@pytest.mark.parametrize(
    ("courier", "written", "sentence", "mend"),
    [
        ("dhl", "27 1828 1824", "The check digit of 2718281824 is wrong for DHL.", "Compare it with the waybill: a digit is mistyped"),
        ("ems", "EE27182818CN", "EE27182818CN is no EMS number.", "such numbers look like EE271828189CN"),
        ("dhl", "1Z27A82E0367182810", "1Z27A82E0367182810 is no DHL number.", "It is a right UPS number: choose that courier"),
        ("dhl", " ", "… is no DHL number.", "such numbers look like"),
    ],
)  # fmt: skip
def test_a_refusal_tells_what_is_wrong(courier: str, written: str, sentence: str, mend: str) -> None:
    with pytest.raises(RefusedByRule) as refused:
        check_awb(courier, written)
    assert str(refused.value.sentence) == sentence
    assert mend in str(refused.value.hint)


@pytest.mark.parametrize(
    ("written", "first", "valid"),
    [
        ("1Z27A82E0367182810", "ups", True), ("2718281823", "dhl", True), ("771271828185", "fedex", True),
        ("771271828183", "gls", None), ("SF2718281828459", "sf", None), ("EE271828189CN", "ems", True),
        ("EE271828183CN", "ems", False), ("9400108998727182818282", "usps", True),
    ],
)  # fmt: skip
def test_the_likeliest_courier_comes_first(written: str, first: str, valid: bool | None) -> None:
    assert recognise(written)[0] == Match(first, written, valid)


@pytest.mark.parametrize("written", ["", " ", "hello", "12", "SMP-2026-0012", "+86 574 2718 2818 28459045", "ＳＦ"])
def test_what_is_no_number_is_nobody_s(written: str) -> None:
    assert recognise(written) == ()


@given(st.text(max_size=60))
def test_nothing_that_somebody_types_breaks_it(written: str) -> None:
    for match in recognise(written):
        assert match.number == compact(match.number)
        assert match.valid is not True or number_valid(match.courier, match.number)


def collection(folder: Path) -> dict[str, Any]:
    files = sorted((folder / "corpora" / "courier-tracking-numbers").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


def ours(stem: str) -> str:
    """Return the courier that a file of the collection is about."""
    return {"s10": "ems", "canadapost": "canada post"}.get(stem, stem.replace("_", " "))


def test_the_collection_is_carried_whole(shared: Path) -> None:
    assert {ours(stem) for stem in collection(shared)} <= {courier.name for courier in couriers()}


@pytest.mark.parametrize(("said", "taken"), [("valid", True), ("invalid", False)])
def test_every_number_of_the_collection_is_judged_right(shared: Path, said: str, taken: bool) -> None:
    numbers = [
        (ours(stem), number)
        for stem, about in collection(shared).items()
        for form in about["tracking_numbers"]
        for number in form["test_numbers"][said]
    ]
    assert numbers
    assert [one for one in numbers if may_be(*one) is not taken] == []


def may_be(courier: str, number: str) -> bool:
    return any(one.courier == courier and one.valid is not False for one in recognise(number))


def test_anonymised_numbers_of_real_notices_are_not_taken_for_valid(shared: Path) -> None:
    assert (shared / "corpora" / "courier-mails").is_dir()
    told = json.loads((shared / "corpora" / "courier-mails" / "expected.json").read_text(encoding="utf-8"))
    numbers = {
        (about["courier"], number)
        for about in told.values()
        if about["courier"] in {courier.name for courier in couriers()} - {"amazon"}
        for number in about.get("tracking", [])
    }
    assert numbers
    assert {(courier, number) for courier, number in numbers if number_valid(courier, compact(number))} == set()
