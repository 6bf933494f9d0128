"""Numbers pasted all at once: from chats, columns, tables with states (trade.md, "Samples")."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.couriers import PastedAwb, split_awbs
from mailcrm.domain.couriers.cells import day_in, heading_of, status_in

DHL, FEDEX, UPS, EMS, SF = "2718281823", "771271828185", "1Z27A82E0367182810", "EE271828189CN", "SF2718281828459"
DAY = date(2026, 11, 25)


def told(pasted: str) -> list[tuple[str, str]]:
    return [(one.number, one.courier) for one in split_awbs(pasted)]


@pytest.mark.parametrize(
    "pasted",
    [
        f"{DHL}\n{FEDEX}\n{UPS}\n{EMS}\n", f"{DHL} {FEDEX} {UPS} {EMS}", f"{DHL},{FEDEX};{UPS}，{EMS}", f"{DHL}、{FEDEX}；{UPS}\n\n{EMS}",
        f"{DHL}\t{FEDEX}\t{UPS}\t{EMS}", f"1) {DHL}\n2) {FEDEX}\n3) {UPS}\n4) {EMS}", "DHL 27 1828 1823, FedEx 7712 7182 8185\nUPS 1Z 27A 82E 03 6718 2810\nEMS EE 271 828 189 CN",
        f"'{DHL}\r\n\"{FEDEX}\"\r\n=\"{UPS}\"\r\n{EMS.lower()}", f"您好，单号是{DHL}和{FEDEX}。还有{UPS}，{EMS}请查", f"{DHL}\n{FEDEX}\n{UPS}\n{EMS}\n{DHL}",
    ],
)  # fmt: skip
def test_every_number_is_found_once_however_it_is_parted(pasted: str) -> None:
    assert told(pasted) == [(DHL, "dhl"), (FEDEX, "fedex"), (UPS, "ups"), (EMS, "ems")]


@pytest.mark.parametrize(
    ("pasted", "number", "courier"),
    [
        ("TNT 271828182", "271828182", "tnt"), ("UPS: 271828182", "271828182", "ups"), ("顺丰 SF 2718281828459", SF, "sf"), (f"顺丰快递{SF}", SF, "sf"),
        ("aramex 2718281823", DHL, "aramex"), ("SF Express 271828182845", "271828182845", "sf"), ("dpd,099827182818287", "099827182818287", "dpd"),
    ],
)  # fmt: skip
def test_who_is_named_before_a_number_carries_it(pasted: str, number: str, courier: str) -> None:
    assert told(pasted) == [(number, courier)]


def test_what_looks_like_a_number_but_is_nobody_s_is_shown_as_that() -> None:
    assert told(f"{DHL}\n2.71828E+11\n1Z27A82E036718281") == [
        (DHL, "dhl"),
        ("2.71828E+11", ""),
        ("1Z27A82E036718281", ""),
    ]
    assert told(f"awb,status\n{DHL},ok\n12345,ok\n,ok") == [(DHL, "dhl"), ("12345", "")]
    (mistyped,) = split_awbs("EE271828183CN")
    assert (mistyped.courier, [match.valid for match in mistyped.matches]) == ("ems", [False])


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "\n\n",
        "hello world",
        "SHIPMENT RECEIVED",
        "2026-11-25",
        "20261125",
        "SMP-2026-0012",
        "please check",
        "awb,status,date",
    ],
)
def test_nothing_is_made_up(pasted: str) -> None:
    assert split_awbs(pasted) == []


@pytest.mark.parametrize(
    "pasted",
    [
        f"awb,status,date,signed by\n{DHL},delivered,2026-11-25,A. PEREZ", f"AWB No.;Status;Delivered on;Signed by\n{DHL};Signed;25.11.2026;A. PEREZ",
        f"单号,状态,日期,签收人\n{DHL},已签收,2026-11-25,A. PEREZ", f"运单号\t物流状态\t签收时间\t签收人\n{DHL}\t妥投\t2026年11月25日 14:30\tA. PEREZ",
        f"signed by,date,status,tracking number\nA. PEREZ,25 Nov 2026,Delivered,{DHL}", f"{DHL},delivered,2026-11-25,A. PEREZ", f"{DHL}，已签收，2026/11/25，A. PEREZ",
        f'"{DHL}","Delivered","Nov 25, 2026","A. PEREZ"', f"快递公司,单号,状态,日期,签收人\nDHL,{DHL},收到,2026.11.25,A. PEREZ", f"DHL;{DHL};OK;11/25/2026;A. PEREZ",
    ],
)  # fmt: skip
def test_a_list_tells_state_day_and_who_signed(pasted: str) -> None:
    (one,) = split_awbs(pasted)
    assert one == PastedAwb(DHL, "dhl", "delivered", DAY, "A. PEREZ", matches=one.matches)


def test_a_row_says_who_carries_it() -> None:
    assert told(f"courier,awb,status\naramex,{DHL},in transit\nsf,{FEDEX},在途") == [(DHL, "aramex"), (FEDEX, "sf")]


def test_who_signed_stands_behind_the_number_a_customer_before_it() -> None:
    for line, signed_by in (
        (f"Acme Ltd,{DHL},delivered,2026-11-25,PEREZ", "PEREZ"),
        (f"SMP-2026-0012,Acme Ltd,{DHL},ok", ""),
    ):
        (one,) = split_awbs(line)
        assert (one.number, one.status, one.signed_by) == (DHL, "delivered", signed_by)


def test_a_line_about_one_number_tells_its_state() -> None:
    assert [(one.number, one.status, one.customs) for one in split_awbs(f"{DHL} 已签收\n{FEDEX} held by customs\n{UPS}")] == [
        (DHL, "delivered", False), (FEDEX, "exception", True), (UPS, "", False),
    ]  # fmt: skip


def test_of_several_lines_about_one_number_the_latest_day_counts() -> None:
    lines = [f"{DHL},in transit,2026-11-23", f"{DHL},delivered,2026-11-25,PEREZ", f"{DHL},shipped,2026-11-20"]
    for order in (lines, lines[::-1]):
        (one,) = split_awbs("\n".join(order))
        assert (one.status, one.on) == ("delivered", DAY)
    (undated,) = split_awbs(f"{DHL},shipped\n{DHL},delivered\n{DHL}")
    assert undated.status == "delivered"


@pytest.mark.parametrize(
    ("cell", "status", "customs"),
    [
        ("Delivered", "delivered", False), ("已签收", "delivered", False), ("signed", "delivered", False), ("收到", "delivered", False), ("送达", "delivered", False),
        ("In transit", "in_transit", False), ("on the way", "in_transit", False), ("途中", "in_transit", False), ("派送中", "in_transit", False), ("transit", "in_transit", False),
        ("Customs", "exception", True), ("清关", "exception", True), ("清关中", "exception", True), ("海关查验", "exception", True), ("Clearance delay", "exception", True),
        ("清关完成", "in_transit", False), ("Exception", "exception", False), ("退回", "exception", False), ("lost", "exception", False), ("丢失", "exception", False),
        ("shipped", "shipped", False), ("已发货", "shipped", False), ("已揽收", "shipped", False), ("", "", False), ("PEREZ", "", False), ("前台", "", False),
    ],
)  # fmt: skip
def test_states_in_both_languages(cell: str, status: str, customs: bool) -> None:
    assert status_in(cell) == (status, customs)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-25", DAY), ("2026/11/25 14:30", DAY), ("2026.11.25", DAY), ("2026年11月25日", DAY), ("20261125", DAY), ("25.11.2026", DAY), ("25/11/2026", DAY),
        ("11/25/2026", DAY), ("25 Nov 2026", DAY), ("25-Nov-2026", DAY), ("November 25, 2026", DAY), ("Nov 25 2026", DAY), ("05.11.2026", date(2026, 11, 5)),
        ("05/11/2026", None), ("11/11/2026", date(2026, 11, 11)), ("2026-13-25", None), ("31/31/2026", None), ("Foo 25, 2026", None), ("", None), ("PEREZ", None),
    ],
)  # fmt: skip
def test_days_as_tables_write_them(cell: str, day: date | None) -> None:
    assert day_in(cell) == day


@pytest.mark.parametrize(
    ("cell", "heading"),
    [
        ("AWB", "number"), ("Tracking Number", "number"), ("运单号", "number"), ("快递单号", "number"), ("Status", "status"), ("状态", "status"), ("日期", "on"), ("签收时间", "on"),
        ("Signed by", "signed_by"), ("签收人", "signed_by"), ("Carrier", "courier"), ("快递公司", "courier"), ("快递", "courier"), ("PEREZ", ""), (DHL, ""), ("", ""),
    ],
)  # fmt: skip
def test_headings_in_both_languages(cell: str, heading: str) -> None:
    assert heading_of(cell) == heading


@given(st.text(alphabet=st.sampled_from("0123456789 ,;\t\n\"'DHLSF单号签收"), max_size=200))
def test_whatever_is_pasted_is_read(pasted: str) -> None:
    numbers = [one.number for one in split_awbs(pasted)]
    assert len(numbers) == len(set(numbers))
    assert all(number.strip() == number for number in numbers)
