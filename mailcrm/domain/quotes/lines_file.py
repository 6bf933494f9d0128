"""The lines of a quote out of a table, by the same headings that price lists and products have.

Room: domain. In: sheets. Out: lines as a person types them (`domain.quotes.typed`). Other columns are passed over; a table without headings is taken as
it stands. Nothing is guessed that money hangs on: an article that stands twice, a row without its article and a second column of prices are refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from mailcrm.domain.errors import UsageError
from mailcrm.domain.quotes.typed import LINE_WORDS
from mailcrm.domain.sheets import Row, Sheet
from mailcrm.domain.trade.cells import sku_key, text_in
from mailcrm.domain.trade.headings import Columns, find_columns
from mailcrm.domain.trade.pricelist_file import HEADINGS as OF_PRICES
from mailcrm.domain.trade.product_file import HEADINGS as OF_PRODUCTS
from mailcrm.domain.words import say

__all__ = ["lines_in"]

_OWN = {
    "price": OF_PRICES["fob"] | {"cfr", "cif", "cfrprice", "cifprice"},
    "quantity": (OF_PRICES["qty_break"] - OF_PRODUCTS["moq"]) | {"pieces", "订购数量"},
    "customer_item": frozenset(["customerno", "customeritemno", "clientitemno", "客户货号", "客户编号", "客人货号"]),
    "colour": frozenset(["color", "颜色", "颜色色号"]),
    "packing": frozenset(["packaging", "包装", "包装方式"]),
    "free": frozenset(["freepcs", "freeofcharge", "赠品", "赠送数量"]),
    "freight": frozenset(["freightpc", "运费", "海运费"]),
    "cost_sheet": frozenset(["sheet", "核价单"]),
}
_FIRST = ("sku", "quantity", "price")
_NAMES = {
    word: (_OWN.get(word) or OF_PRODUCTS.get(word) or OF_PRICES.get(word) or frozenset()) | {word.replace("_", "")}
    for word in ("sku", *LINE_WORDS)
}
_HEADINGS = _NAMES | {"pcs_per_carton": _NAMES["pcs_per_carton"] - {"packing"}}


def lines_in(name: str, sheets: Sequence[Sheet]) -> str:
    """Return the lines that a file holds, as text; UsageError where they can't be told apart."""
    columns = find_columns(sheets, _HEADINGS, ("sku", "price")) or find_columns(sheets, _HEADINGS, ("sku", "quantity"))
    if columns is None:
        return _written(map(text_in, row) for row in sheets[0].rows)
    for field in ("sku", "price", "quantity"):
        if field in columns.doubles:
            one, other = columns.doubles[field]
            raise UsageError(
                say("Two columns could be meant: {one} and {other}.", one=one, other=other),
                say("Leave one of them out of {name}.", name=name),
            )
    return _written(_lines(columns))


def _lines(columns: Columns) -> Iterable[list[str]]:
    seen: dict[str, int] = {}
    for number, row in columns.rows():
        sku = text_in(columns.cell(row, "sku"))
        if not sku and not all(columns.cell(row, field) is not None for field in ("quantity", "price")):
            continue  # a sum, or words
        if not sku:
            raise UsageError(
                say("Row {row} has a quantity and a price, but no item number.", row=number),
                say("Every line of a quote has one."),
            )
        if sku_key(sku) in seen:
            raise UsageError(
                say("{sku} stands in row {row} and again in row {again}.", sku=sku, row=seen[sku_key(sku)], again=number),
                say("An article has one line in a quote: leave the other one out."),
            )  # fmt: skip
        seen[sku_key(sku)] = number
        said = {field: _cell(columns, row, field) for field in columns.places}
        more = [f"{field}={value}" for field, value in said.items() if value and field not in _FIRST]
        yield [*(said.get(field, "") for field in _FIRST), *more]


def _cell(columns: Columns, row: Row, field: str) -> str:
    said = text_in(columns.cell(row, field))
    currency = columns.currencies.get(field, "") if field == "price" else ""
    return f"{currency} {said}" if said and currency and said[0].isdecimal() else said


def _written(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
