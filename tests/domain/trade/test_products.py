"""Products: what people type and tables say of them, kept and read back to the last digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import MailcrmError, UsageError
from mailcrm.domain.sheets import Cell, Sheet
from mailcrm.domain.trade.product import (
    Certificate,
    Product,
    StandardAnswer,
    checked_sku,
    with_answer,
    with_certificate,
    with_values,
)
from mailcrm.domain.trade.product_file import NewProducts, read_products

VALVE = Product("VB-50")


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("name_en", "  Ball  valve ", "Ball valve"),
        ("name_zh", "球阀", "球阀"),
        ("hs", "8481.80.40 90", "8481804090"),
        ("hs", Decimal(84818040), "84818040"),
        ("refund_rate", "13%", Decimal("0.13")),
        ("refund_rate", "13", Decimal("0.13")),
        ("refund_rate", Decimal("0.13"), Decimal("0.13")),
        ("refund_rate", "０．０９", Decimal("0.09")),
        ("refund_rate", "0", Decimal(0)),
        ("pcs_per_carton", "12 pcs", 12),
        ("carton", "60 x 40 X 30 cm", "60x40x30"),
        ("carton", "60×40.5×30", "60x40.5x30"),
        ("carton", "60cm*40cm*30cm", "60x40x30"),
        ("cbm", "0.072 m3", Decimal("0.072")),
        ("net_weight", "12.50kg", Decimal("12.50")),
        ("gross_weight", Decimal("13.2"), Decimal("13.2")),
        ("moq", "1,000", 1000),
        ("lead_time", "25 days after deposit", "25 days after deposit"),
        ("certificates", "CE 2027-05-01; RoHS", (Certificate("CE", date(2027, 5, 1)), Certificate("RoHS"))),
        ("certificates", "ISO 9001 2027/5/1、UL", (Certificate("ISO 9001", date(2027, 5, 1)), Certificate("UL"))),
        ("name_en", None, ""),
        ("moq", None, None),
        ("refund_rate", None, None),
        ("certificates", None, ()),
    ],
)
def test_a_value_is_read_as_it_was_meant(field: str, given: Cell, kept: object) -> None:
    assert getattr(with_values(VALVE, {field: given}), field) == kept


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("hs", "valve"),
        ("hs", "12"),
        ("refund_rate", "much"),
        ("refund_rate", "130%"),
        ("pcs_per_carton", "a dozen"),
        ("carton", "60x40"),
        ("carton", "600x400x300mm"),
        ("cbm", "0"),
        ("net_weight", "light"),
        ("moq", "1.5"),
        ("certificates", "CE 2027-13-01"),
        ("colour", "red"),
        ("sku", "VB-51"),
    ],
)
def test_what_can_not_be_meant_is_refused_with_the_mend(field: str, given: str) -> None:
    with pytest.raises(UsageError) as caught:
        with_values(VALVE, {field: given})
    assert caught.value.hint is not None


def test_a_carton_weighs_more_than_what_is_in_it() -> None:
    light = with_values(VALVE, {"gross_weight": "12"})
    with pytest.raises(UsageError, match="above the gross weight"):
        with_values(light, {"net_weight": "12.5"})
    assert with_values(light, {"net_weight": "12"}).net_weight == 12


@pytest.mark.parametrize(
    ("carton", "cbm", "volume"),
    [("60x40x30", None, "0.072"), ("60x40x30", "0.08", "0.08"), ("", None, None), ("33.5x33.5x40", None, "0.04489")],
)
def test_the_volume_is_that_of_the_carton_unless_another_was_given(
    carton: str, cbm: str | None, volume: str | None
) -> None:
    product = replace(VALVE, carton=carton, cbm=Decimal(cbm) if cbm else None)
    assert product.volume == (Decimal(volume) if volume else None)


@pytest.mark.parametrize(("day", "expired"), [("2027-05-01", []), ("2027-05-02", ["CE"])])
def test_a_certificate_holds_to_the_end_of_its_last_day(day: str, expired: list[str]) -> None:
    product = with_values(VALVE, {"certificates": "CE 2027-05-01; RoHS"})
    assert [one.name for one in product.expired(date.fromisoformat(day))] == expired


def test_a_certificate_takes_the_place_of_an_earlier_one_of_its_name() -> None:
    product = with_certificate(with_certificate(with_certificate(VALVE, "CE 2026-01-01"), "UL"), "ce 2027-01-01")
    assert product.certificates == (Certificate("UL"), Certificate("ce", date(2027, 1, 1)))


def test_answers_are_kept_changed_and_taken_away() -> None:
    product = with_answer(with_answer(VALVE, "Is it halal?", "Yes."), "Which seat?", "PTFE")
    product = with_answer(product, "is it  halal?", "Yes, with a certificate.")
    assert product.answers == (
        StandardAnswer("Which seat?", "PTFE"),
        StandardAnswer("is it halal?", "Yes, with a certificate."),
    )
    assert with_answer(product, "Which seat?", " ").answers == product.answers[1:]
    with pytest.raises(UsageError):
        with_answer(product, " ", "Yes.")


@pytest.mark.parametrize("sku", ["", "  ", "A" * 61, "A\x1b[31m"])
def test_what_is_no_item_number_is_refused(sku: str) -> None:
    with pytest.raises(UsageError):
        checked_sku(sku)


TEXTS = st.text(max_size=20)
RATES = st.none() | st.decimals(min_value=0, max_value=1, places=4)
WEIGHTS = st.none() | st.decimals(min_value=0, max_value=1000, places=3)
PRODUCTS = st.builds(
    Product,
    sku=TEXTS,
    name_en=TEXTS,
    refund_rate=RATES,
    cbm=WEIGHTS,
    net_weight=WEIGHTS,
    gross_weight=WEIGHTS,
    moq=st.none() | st.integers(1, 10**6),
    certificates=st.lists(st.builds(Certificate, TEXTS, st.none() | st.dates()), max_size=3).map(tuple),
    answers=st.lists(st.builds(StandardAnswer, TEXTS, TEXTS), max_size=3).map(tuple),
)


@given(PRODUCTS)
def test_a_product_is_read_back_as_it_was_written(product: Product) -> None:
    again = Product.from_json(product.to_json())
    assert again == product
    assert again.content_hash() == product.content_hash()


@given(PRODUCTS, PRODUCTS)
def test_two_products_have_one_hash_only_where_they_say_the_same(one: Product, other: Product) -> None:
    assert (one.content_hash() == other.content_hash()) == (one.to_json() == other.to_json())


def test_what_an_earlier_release_did_not_know_is_empty() -> None:
    assert Product.from_json({"sku": "VB-50"}) == VALVE


# -- out of a table ---------------------------------------------------------------------------------------------------


def read(*rows: Sequence[Cell]) -> NewProducts:
    return read_products("products.xlsx", [Sheet("Sheet1", tuple(map(tuple, rows)))])


@pytest.mark.parametrize(
    "head",
    [
        ("SKU", "Name", "Chinese name", "HS code", "PCS/CTN", "Carton size (cm)", "G.W. (kg)", "Certificates"),
        ("货号", "英文品名", "品名", "海关编码", "装箱数", "外箱尺寸", "毛重(kg)", "证书"),
        ("Item No. 货号", "English name", "中文品名", "HS编码", "装箱数 PCS/CTN", "箱规", "毛重/G.W.", "认证"),
    ],
    ids=["en", "zh", "both"],
)
def test_a_table_of_products_is_read_in_either_language(head: Sequence[Cell]) -> None:
    new = read(head, ("VB-50", "Ball valve", "球阀", "8481804090", Decimal(12), "60x40x30", Decimal("13.2"), "CE"))
    (entry,) = new.entries
    product = with_values(Product(entry.sku), entry.values)
    assert product == Product(
        "VB-50", "Ball valve", "球阀", hs="8481804090", pcs_per_carton=12, carton="60x40x30",
        gross_weight=Decimal("13.2"), certificates=(Certificate("CE"),),
    )  # fmt: skip
    assert new.skipped == new.duplicates == ()


def test_every_row_that_is_left_out_says_why() -> None:
    new = read(
        ("SKU", "Name", "MOQ", "HS code"),
        ("一、球阀系列", None, None, None),
        ("VB-50", "Ball valve", "500", "84818040"),
        (None, "Gate valve", "500", None),
        ("VB-65", "Ball valve", "some", None),
        ("vb-50", "Ball valve", None, None),
        ("VB-80", "Ball valve", None, None),
    )
    assert [entry.sku for entry in new.entries] == ["VB-50", "VB-80"]
    assert [(remark.row, str(remark.reason)) for remark in new.skipped] == [
        (4, "The item number is missing."),
        (5, "some is no whole quantity."),
    ]
    assert [(remark.row, str(remark.reason)) for remark in new.duplicates] == [(6, "vb-50 stands in row 3 already.")]


@pytest.mark.parametrize("head", [("Name", "MOQ"), ("SKU", "Colour")])
def test_what_is_no_table_of_products_is_refused(head: Sequence[Cell]) -> None:
    with pytest.raises(MailcrmError, match="no row of headings"):
        read(head, ("VB-50", "red"))


@given(
    st.lists(
        st.lists(st.none() | st.text(max_size=6) | st.integers(-5, 10**6).map(Decimal) | st.dates(), max_size=5),
        max_size=8,
    )
)
def test_whatever_a_table_says_each_row_is_taken_or_has_a_reason(rows: list[list[Cell]]) -> None:
    new = read(("SKU", "Name", "MOQ", "HS code", "Certificates"), *rows)
    told = [entry.row for entry in new.entries] + [remark.row for remark in (*new.skipped, *new.duplicates)]
    assert len(told) == len(set(told))
    for entry in new.entries:
        assert with_values(Product(entry.sku), entry.values).sku
