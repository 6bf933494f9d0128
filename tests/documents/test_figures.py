"""How a document writes amounts, quantities, days and zones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from documents.made import example

from mailcrm.domain.documents import Quotation, QuotationLine, figures
from mailcrm.domain.documents.quotation import volume

NOVEMBER, JULY = date(2026, 11, 26), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Decimal(6000), None, "6,000"),
        (Decimal("0.0630"), None, "0.063"),
        (Decimal("1E+3"), None, "1,000"),
        (Decimal("1234567.5"), 2, "1,234,567.50"),
        (Decimal("2.19"), 3, "2.190"),
        (Decimal("2.1900"), 2, "2.19"),
        (Decimal("0.00005"), 2, "0.00005"),
        (Decimal(-860), 2, "-860.00"),
        (12, None, "12"),
        (0, 2, "0.00"),
        (None, 2, ""),
    ],
)
def test_numbers(value: Decimal | int | None, places: int | None, shown: str) -> None:
    assert figures.number(value, "en", places) == shown


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [("12.345", "USD", "12.35"), ("12.344", "USD", "12.34"), ("1234.5", "JPY", "1,235"), ("1.0005", "KWD", "1.001")],
)
def test_amounts_are_what_can_be_paid(value: str, currency: str, shown: str) -> None:
    assert figures.amount(Decimal(value), currency) == shown


def test_a_column_of_prices_has_its_points_below_each_other() -> None:
    assert figures.column_places([Decimal("2.19"), Decimal("0.8450"), None, Decimal(11)], 2) == 3
    assert figures.column_places([], 2) == 2


@pytest.mark.parametrize(
    ("quantity", "pieces", "cartons"),
    [(6000, 12, 500), (6001, 12, 501), (1, 200, 1), (0, 12, 0), (10, None, None), (10, 3, 4)],
)
def test_the_last_carton_is_one_too(quantity: int, pieces: int | None, cartons: int | None) -> None:
    assert figures.cartons(Decimal(quantity), pieces) == cartons


def lines(*known: tuple[int | None, str | None]) -> list[QuotationLine]:
    made = example("quotation", "en", pictures=False)
    assert isinstance(made, Quotation)
    return [
        replace(made.lines[0], quantity=Decimal(100), pieces_per_carton=pieces, cbm=Decimal(cbm) if cbm else None)
        for pieces, cbm in known
    ]


def test_the_room_that_goods_take_is_told_where_it_is_known_of_all() -> None:
    assert volume(lines((12, "0.063"), (30, "0.02")), "en") == {"cartons": "13", "volume": "0.647"}
    assert volume(lines((12, "0.063"), (30, None)), "en") == {"cartons": "13", "volume": ""}
    assert volume(lines((12, "0.063"), (None, "0.02")), "en") == {"cartons": "", "volume": ""}


def test_days_have_the_month_in_words() -> None:
    assert figures.day(NOVEMBER) == "26 November 2026"
    assert figures.day(NOVEMBER, "zh") == "2026年11月26日"
    assert figures.day(None) == ""


@pytest.mark.parametrize(
    ("zone", "on", "english", "chinese"),
    [
        ("Asia/Shanghai", NOVEMBER, "Beijing time, UTC+8", "北京时间 UTC+8"),
        ("Europe/Berlin", NOVEMBER, "Berlin time, UTC+1", "Berlin UTC+1"),
        ("Europe/Berlin", JULY, "Berlin time, UTC+2", "Berlin UTC+2"),
        ("America/New_York", NOVEMBER, "New York time, UTC-5", "New York UTC-5"),
        ("Asia/Kolkata", NOVEMBER, "Kolkata time, UTC+5:30", "Kolkata UTC+5:30"),
        ("UTC", NOVEMBER, "UTC", "UTC"),
    ],
)
def test_a_zone_tells_its_distance(zone: str, on: date, english: str, chinese: str) -> None:
    assert figures.time_zone(on, zone) == english
    assert figures.time_zone(on, zone, "zh") == chinese


def test_a_moment_is_told_where_it_was() -> None:
    at = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
    assert figures.moment(at, "Asia/Shanghai") == "26 November 2026 02:30 Beijing time, UTC+8"
    assert figures.moment(None, "Asia/Shanghai") == ""


def test_a_term_of_delivery_as_the_icc_wants_it() -> None:
    assert figures.term_of_delivery("FOB", "Ningbo") == "FOB Ningbo, Incoterms® 2020"
    assert figures.term_of_delivery("", "") == ""
