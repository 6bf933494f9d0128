"""A price list out of a table: headings in two languages, cells as people write them, and a reason for every row left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.sheets import Cell, Sheet
from mailcrm.domain.trade.cells import quantity_in, text_in
from mailcrm.domain.trade.pricelist_file import Draft, read_price_list

HEAD = ("SKU", "Description", "Unit", "Qty", "FOB USD", "Floor USD")


def drafted(*rows: Sequence[Cell], currency: str = "") -> Draft:
    return read_price_list("prices.xlsx", [Sheet("Sheet1", tuple(map(tuple, rows)))], currency)


def told(*rows: Sequence[Cell], currency: str = "") -> str:
    with pytest.raises(MailcrmError) as caught:
        drafted(*rows, currency=currency)
    assert caught.value.hint is not None
    return str(caught.value)


def reasons(draft: Draft) -> list[tuple[int, str]]:
    return [(remark.row, str(remark.reason)) for remark in draft.skipped]


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        ("sku", "description", "unit", "qty_break", "fob_usd", "floor_usd"),
        ("货号", "品名", "单位", "起订量", "单价（美元）", "底价(美元)"),
        ("型号", "产品名称", "计量单位", "数量", "FOB价格 USD", "最低价"),
        ("产品编号", "描述", "单位", "最小起订量", "US$ 价格", "最低限价"),
        ("货号 Item No.", "品名/Description", "单位\nUnit", "MOQ 起订量", "FOB Ningbo (USD/pc)", "Floor price"),
        ("ITEM NO.", "Product name", "UOM", "Min. quantity", "Unit Price (US$)", "Minimum price"),
        ("Our item number", "Goods", "Unit of measure", "Quantity (pcs)", "Price in USD per piece", "底价 (USD/pc)"),
        ("Model", "Name", "Units", "From qty", "FOB Price, USD", "Lowest price (USD)"),
    ],
    ids=lambda head: head[0],
)
def test_headings_are_known_in_english_and_chinese(head: Sequence[Cell]) -> None:
    draft = drafted(head, ("VB-50", "Ball valve", "pc", Decimal(1000), Decimal("2.80"), Decimal("2.55")))
    (line,) = draft.lines
    assert (line.sku, line.description, line.unit, line.qty_break) == ("VB-50", "Ball valve", "pc", 1000)
    assert (str(line.fob), str(line.floor)) == ("USD 2.80", "USD 2.55")
    assert draft.skipped == draft.warnings == ()


def test_columns_may_stand_anywhere_below_a_title_among_others() -> None:
    draft = drafted(
        ("Price list 2026", None, None),
        (None, "Valid until further notice", None),
        ("Floor USD", "Picture", "FOB USD", "Colour", "SKU"),
        (Decimal("2.55"), None, Decimal("2.80"), "red", "VB-50"),
    )
    assert [(line.sku, line.fob.amount, line.floor.amount, line.qty_break) for line in draft.lines] == [
        ("VB-50", Decimal("2.80"), Decimal("2.55"), 1)
    ]
    assert draft.rows == (4,)


def test_the_first_sheet_with_such_headings_is_taken() -> None:
    sheets = [Sheet("Cover", (("Welcome",),)), Sheet("Prices", (HEAD, ("A", "", "", "1", "3", "2")))]
    assert [line.sku for line in read_price_list("x", sheets).lines] == ["A"]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (Decimal("2.55"), "2.55"),
        ("2.55", "2.55"),
        ("$2.55", "2.55"),
        ("USD 2.55", "2.55"),
        ("1,234.50", "1234.50"),
        ("１２．５", "12.5"),
        ("0.0125", "0.0125"),
    ],
)
def test_prices_are_read_to_the_last_digit(cell: Cell, amount: str) -> None:
    (line,) = drafted(HEAD, ("A", "", "pc", Decimal(1), cell, None)).lines
    assert line.fob.amount == Decimal(amount)


@pytest.mark.parametrize("sign", ["¥12.50", "￥ 12.50", "12.50元", "RMB 12.50", "CNY12.50"])
def test_yuan_are_read_where_the_list_is_in_yuan(sign: str) -> None:
    (line,) = drafted(("货号", "价格"), ("A", sign), currency="CNY").lines
    assert str(line.fob) == "CNY 12.50"


@pytest.mark.parametrize(
    ("cell", "quantity"),
    [
        (Decimal(1000), 1000),
        ("1000", 1000),
        ("1,000", 1000),
        ("1000+", 1000),
        ("≥1000", 1000),
        (">= 1000", 1000),
        ("1000-4999", 1000),
        ("1000 ~ 4999", 1000),
        ("1000以上", 1000),
        ("1000pcs", 1000),
        ("1000 pcs up", 1000),
        ("1000件起", 1000),
        ("from 1000", 1000),
        (Decimal(0), 1),
        (None, None),
    ],
)
def test_quantities_are_read_as_people_write_them(cell: Cell, quantity: int | None) -> None:
    assert quantity_in(cell) == quantity


def test_item_numbers_that_are_numbers_have_no_point() -> None:
    assert text_in(Decimal(10023)) == "10023"
    assert text_in(Decimal("1.00E+4")) == "10000"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((None, "Ball valve", "pc", "1", "2.80", "2.55"), "The item number is missing."),
        (("A", "", "pc", "1", None, "2.55"), "The price is missing."),
        (("A", "", "pc", "1", "on request", "2.55"), "on request is no amount."),
        (("A", "", "pc", "1", "2,80", "2.55"), "2,80 is no amount."),
        (("A", "", "pc", "1", "-2.80", None), "-2.80 is below zero."),
        (("A", "", "pc", "1", Decimal("-2.80"), None), "USD -2.80 is no price: it is not above zero."),
        (("A", "", "pc", "1", Decimal(0), None), "USD 0.00 is no price: it is not above zero."),
        (("A", "", "pc", "1", "2.50", "2.51"), "The floor price USD 2.51 is above the price USD 2.50."),
        (("A", "", "pc", "1", "EUR 2.80", None), "EUR 2.80 is in EUR, and the list in USD."),
        (("A", "", "pc", "1", "¥2.80", None), "¥ may be Chinese yuan or Japanese yen."),
        (("A", "", "pc", "a few", "2.80", "2.55"), "a few is no whole quantity."),
        (("A", "", "pc", Decimal("1.5"), "2.80", "2.55"), "1.5 is no whole quantity."),
        (("A", "", "pc", Decimal(-1), "2.80", "2.55"), "-1 is no whole quantity."),
        (("A", "", "pc", "1", True, "2.55"), "True is no amount."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_that_is_no_line_says_why(row: Sequence[Cell], reason: str) -> None:
    draft = drafted(HEAD, ("OK", "", "pc", "1", "2.80", "2.55"), row)
    assert [line.sku for line in draft.lines] == ["OK"]
    assert reasons(draft) == [(3, reason)]


def test_of_two_different_prices_for_one_break_none_is_taken() -> None:
    draft = drafted(HEAD, ("A", "", "", "1", "3", "2"), ("OK", "", "", "1", "3", "2"), ("a", "", "", "1", "4", "2"))
    assert [line.sku for line in draft.lines] == ["OK"]
    assert [row for row, _reason in reasons(draft)] == [2, 4]
    assert "in the rows 2, 4" in reasons(draft)[0][1]


def test_the_same_line_twice_is_taken_once() -> None:
    draft = drafted(HEAD, ("A", "x", "", "1", "3", "2"), ("A", "y", "", "1", "3.00", "2"))
    assert [line.description for line in draft.lines] == ["x"]
    assert reasons(draft) == [(3, "A from 1 stands in row 2 already, with the same price.")]


def test_group_names_remarks_blank_rows_and_repeated_headings_are_no_mistakes() -> None:
    draft = drafted(
        HEAD,
        ("一、球阀系列", None, None, None, None, None),
        ("A", "", "", "1", "3", "2"),
        (None, None, None, None, None, None),
        HEAD,
        (None, "All prices ex warehouse", None, None, None, None),
        ("B", "", "", "1", "3", "2"),
    )
    assert [line.sku for line in draft.lines] == ["A", "B"]
    assert draft.skipped == ()


def test_without_floors_the_price_itself_is_the_floor_and_that_is_said() -> None:
    draft = drafted(("SKU", "FOB USD"), ("A", "3.00"))
    assert draft.lines[0].floor == draft.lines[0].fob
    assert [remark.row for remark in draft.warnings] == [0]
    draft = drafted(HEAD, ("A", "", "", "1", "3", None), ("B", "", "", "1", "3", "2"))
    assert [(remark.row, line.floor == line.fob) for remark, line in zip(draft.warnings, draft.lines, strict=False)] == [(2, True)]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "option", "currency"),
    [
        ([("SKU", "FOB EUR"), ("A", "3")], "", "EUR"),
        ([("SKU", "FOB"), ("A", "3")], "usd", "USD"),
        ([("SKU", "FOB"), ("A", "on request"), ("B", "€ 3")], "", "EUR"),
        ([("SKU", "FOB", "Currency"), ("A", "3", "RMB")], "", "CNY"),
        ([("货号", "价格", "币种"), ("A", "3", "人民币")], "", "CNY"),
    ],
)
def test_the_currency_is_what_the_file_or_the_person_says(
    rows: list[Sequence[Cell]], option: str, currency: str
) -> None:
    assert drafted(*rows, currency=option).currency == currency


@pytest.mark.parametrize(
    ("rows", "option", "part"),
    [
        ([("SKU", "FOB"), ("A", "3")], "", "Nothing says which currency"),
        ([("SKU", "FOB USD"), ("A", "3")], "EUR", "in EUR and in USD"),
        ([("SKU", "FOB USD", "Floor EUR"), ("A", "3", "2")], "", "in USD and in EUR"),
        ([("SKU", "FOB"), ("A", "3")], "ducats", "ducats is no currency"),
        ([("SKU", "FOB", "Currency"), ("A", "3", "USD"), ("B", "3", "EUR")], "", "Row 3 says EUR"),
        ([("SKU", "FOB USD", "价格 CNY"), ("A", "3", "21")], "", "Two columns could be meant: FOB USD and 价格 CNY."),
        ([("SKU", "Name"), ("A", "Valve")], "", "no row of headings"),
        ([("SKU", "FOB USD"), ("A", "on request")], "", "No row of prices.xlsx is a line"),
        ([("SKU", "FOB USD", "Version"), ("A", "3", "v7"), ("B", "3", "v8")], "", "Row 3 says v8"),
        ([("SKU", "FOB USD", "Valid from"), ("A", "3", "soon")], "", "soon is no day"),
    ],
)  # fmt: skip
def test_what_can_be_no_list_is_refused_with_the_mend(rows: list[Sequence[Cell]], option: str, part: str) -> None:
    assert part in told(*rows, currency=option)


@pytest.mark.parametrize("day", [date(2026, 12, 1), "2026-12-01", "2026/12/1", "2026年12月1日", "2026.12.01"])
def test_version_and_validity_may_stand_in_the_file(day: Cell) -> None:
    draft = drafted(
        ("version", "valid_from", "sku", "description", "unit", "qty_break", "fob_usd", "floor_usd"),
        (Decimal(7), day, "A", "", "pc", Decimal(1), Decimal("3.00"), Decimal("2.50")),
        ("7", day, "B", "", "pc", Decimal(1), Decimal("3.00"), Decimal("2.50")),
    )
    assert (draft.version, draft.valid_from, draft.valid_until) == ("7", date(2026, 12, 1), None)


NUMBERS = st.decimals(min_value=-10, max_value=10**6, places=2)
CELLS = st.one_of(
    st.none(), st.booleans(), st.dates(), NUMBERS, NUMBERS.map(str), NUMBERS.map(lambda n: f"${n}"), st.text(max_size=8),
    st.sampled_from(["VB-50", "vb-50", "1000+", "1,234.50", "¥12", "EUR 3", "SKU", "-", "n/a"]),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=8), max_size=12))
def test_whatever_a_table_says_it_is_a_list_or_a_reason(rows: list[list[Cell]]) -> None:
    try:
        draft = drafted(HEAD, *rows)
    except MailcrmError:
        return
    assert len(draft.lines) == len(draft.rows) == len({line.key for line in draft.lines})
    assert all(0 < line.floor.amount <= line.fob.amount and line.qty_break >= 1 for line in draft.lines)
    told = {*draft.rows, *(remark.row for remark in draft.skipped)}
    assert len(told) == len(draft.rows) + len(draft.skipped)
    assert told <= set(range(2, len(rows) + 2))


@given(st.lists(st.lists(CELLS, max_size=8), max_size=12))
def test_a_table_without_known_headings_is_a_list_or_a_reason_too(rows: list[list[Cell]]) -> None:
    try:
        lines = drafted(*rows, currency="USD").lines
    except MailcrmError:
        return
    assert {line.fob.currency for line in lines} == {"USD"}
