"""A price list out of a table: every row is a line of it, or says why it isn't.

Room: domain. In: sheets, and what a person says of the list. Out: a `Draft` with what was wrong, row by row. Nothing is
guessed that money hangs on: a list whose currency nobody names is refused, and of two different lines for one break neither is taken.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mailcrm.domain.errors import MailcrmError, UsageError
from mailcrm.domain.sheets import Cell, Remark, Row, Sheet
from mailcrm.domain.trade.cells import day_in, money_in, quantity_in, text_in
from mailcrm.domain.trade.currencies import checked_currency
from mailcrm.domain.trade.headings import Columns, find_columns
from mailcrm.domain.trade.money import Money, parse_money
from mailcrm.domain.trade.pricelist import PriceLine, Validity
from mailcrm.domain.words import Sentence, say

__all__ = ["HEADINGS", "Draft", "NewPriceList", "read_price_list"]

HEADINGS = {
    field: frozenset(names.split())
    for field, names in {
        "sku": "sku item itemno itemnumber itemcode code article articleno artno art model modelno partno partnumber productcode "
        "productno ref refno 货号 型号 编号 款号 品号 编码 产品编号 产品型号 产品货号 产品编码 商品编号 商品编码 物料编码 物料号",
        "fob": "fob fobprice price unitprice listprice exportprice sellingprice fobunitprice 价格 单价 报价 fob价 fob单价 fob价格 "
        "离岸价 外销价 出口价 销售价 售价",
        "floor": "floor floorprice minprice minimumprice lowestprice bottomprice limitprice minfob fobfloor floorfob 底价 最低价 最低限价 "
        "最低售价 最低价格 保底价 限价 底线价",
        "qty_break": "qtybreak break breakqty qty quantity moq from fromqty minqty minquantity minimumquantity minorder minorderqty orderqty "
        "起订量 数量 最小起订量 最小订购量 最低起订量 起订数量 阶梯数量 数量段 订量 起批量 起售量",
        "unit": "unit unitmeasure uom units 单位 计量单位",
        "description": "description desc name product productname goods itemname itemdescription productdescription 品名 名称 产品名称 "
        "商品名称 货物名称 描述 产品描述 中文品名 英文品名",
        "version": "version listversion pricelistversion 版本 版本号",
        "valid_from": "validfrom effectivefrom effectivedate startdate 生效日期 生效日 起始日期 开始日期 执行日期",
        "valid_until": "validuntil validto expires expirydate enddate 失效日期 有效期至 有效期 截止日期 结束日期",
        "currency": "currency curr 币种 货币 币别",
    }.items()
}


_Found = tuple[int, PriceLine]  # with its row


@dataclass(frozen=True, slots=True)
class Draft:
    """A list as a file says it, before anybody applied it; `rows`: the row of each line."""

    currency: str
    lines: tuple[PriceLine, ...]
    rows: tuple[int, ...]
    skipped: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    version: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class NewPriceList:
    """A list as it is about to be applied: what was read, when it is to hold, and the file itself."""

    draft: Draft
    validity: Validity
    filename: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The file's digest, by which it is known again."""
        return hashlib.sha256(self.content).hexdigest()


def read_price_list(name: str, sheets: Sequence[Sheet], currency: str = "") -> Draft:
    """Return the list that a file holds; `currency`: what a person says that its prices are in.

    MailcrmError where the table is none of prices, or no row of it can be read.
    """
    columns = _columns(name, sheets)
    meant = _currency(columns, currency)
    lines, skipped, warnings = _lines(columns, meant)
    lines, doubled = _once(lines)
    if not lines:
        reason = min((*skipped, *doubled), key=lambda remark: remark.row, default=None)
        raise MailcrmError(
            say("No row of {name} is a line of a price list.", name=name),
            say("Row {row}: {reason}", row=reason.row, reason=reason.reason) if reason else None,
        )
    return Draft(
        currency=meant,
        lines=tuple(line for _row, line in lines),
        rows=tuple(row for row, _line in lines),
        skipped=tuple(sorted((*skipped, *doubled), key=lambda remark: remark.row)),
        warnings=tuple(warnings),
        version=text_in(_one(columns, "version")),
        valid_from=day_in(_one(columns, "valid_from")),
        valid_until=day_in(_one(columns, "valid_until")),
    )


def _columns(name: str, sheets: Sequence[Sheet]) -> Columns:
    """Return where what stands; MailcrmError where that can't be told."""
    columns = find_columns(sheets, HEADINGS, ("sku", "fob"))
    if columns is None:
        raise MailcrmError(
            say("{name} has no row of headings with an item number and a price.", name=name),
            say(
                "Name the columns in the first rows: SKU, Description, Unit, Qty, FOB USD, Floor USD; or 货号, 品名, 单位, 起订量, 价格, 底价."
            ),
        )
    for field in ("fob", "floor", "qty_break"):
        if field in columns.doubles:
            one, other = columns.doubles[field]
            raise MailcrmError(
                say("Two columns could be meant: {one} and {other}.", one=one, other=other),
                say("Take one of them out of the file, or give it another heading."),
            )
    return columns


def _currency(columns: Columns, given: str) -> str:
    """Return what the prices are in; UsageError where nobody says it, or two say different things."""
    said = [checked_currency(given)] if given else []
    said += [columns.currencies[field] for field in ("fob", "floor") if field in columns.currencies]
    written = _one(columns, "currency")
    said += [checked_currency(text_in(written))] if written is not None else []
    if not said:
        said = _signs(columns)
    if len(set(said)) > 1:
        raise UsageError(
            say(
                "The prices are said to be in {one} and in {other}.",
                one=said[0],
                other=next(one for one in said if one != said[0]),
            ),
            say("Keep one list for each currency, and say it once."),
        )
    if not said:
        raise UsageError(
            say("Nothing says which currency the prices are in."),
            say("Say it with `--currency USD`, or in the heading: FOB (USD)."),
        )
    return said[0]


def _signs(columns: Columns) -> list[str]:
    """Return the currency that the first price bears which bears any."""
    for _number, row in columns.rows():
        cell = columns.cell(row, "fob")
        if isinstance(cell, str):
            try:
                return [parse_money(cell).currency]
            except UsageError:
                continue
    return []


def _one(columns: Columns, field: str) -> Cell:
    """Return what the whole column says; UsageError where it says two things."""
    said: dict[str, tuple[int, Cell]] = {}
    for number, row in columns.rows():
        cell = columns.cell(row, field)
        if cell is not None:
            said.setdefault(text_in(cell).casefold(), (number, cell))
    if len(said) > 1:
        (_row, one), (number, other) = list(said.values())[:2]
        raise UsageError(
            say(
                "Row {row} says {other} where the rows above say {one}.",
                row=number,
                one=text_in(one),
                other=text_in(other),
            ),
            say("Keep each version of the list in a file of its own."),
        )
    return next((cell for _row, cell in said.values()), None)


def _lines(columns: Columns, currency: str) -> tuple[list[_Found], list[Remark], list[Remark]]:
    lines: list[_Found] = []
    skipped: list[Remark] = []
    warnings: list[Remark] = []
    if "floor" not in columns.places:
        warnings.append(Remark(0, say("There is no column of floor prices: nothing is sold below the price itself.")))
    for number, row in columns.rows():
        if _is_heading(columns, row):
            continue
        try:
            line = _line(columns, row, currency)
        except UsageError as error:
            skipped.append(Remark(number, error.sentence))
            continue
        lines.append((number, line))
        if "floor" in columns.places and columns.cell(row, "floor") is None:
            warnings.append(
                Remark(number, say("{sku} has no floor price: nothing is sold below the price itself.", sku=line.sku))
            )
    return lines, skipped, warnings


def _is_heading(columns: Columns, row: Row) -> bool:
    """Whether the row names a group of items, or remarks something: no item number with a price beside it."""
    told = [columns.cell(row, field) is not None for field in ("fob", "floor", "qty_break")]
    if any(told):
        return False
    return columns.cell(row, "sku") is None or sum(cell is not None for cell in row) == 1


def _line(columns: Columns, row: Row, currency: str) -> PriceLine:
    sku = text_in(columns.cell(row, "sku"))
    if not sku:
        raise UsageError(say("The item number is missing."))
    fob = _price(columns.cell(row, "fob"), currency, say("The price is missing."))
    floor = _price(columns.cell(row, "floor") or fob.amount, currency, say("The floor price is missing."))
    if floor.amount > fob.amount:
        raise UsageError(say("The floor price {floor} is above the price {price}.", floor=floor, price=fob))
    return PriceLine(
        sku=sku,
        description=text_in(columns.cell(row, "description")),
        unit=text_in(columns.cell(row, "unit")),
        qty_break=quantity_in(columns.cell(row, "qty_break")) or 1,
        fob=fob,
        floor=floor,
    )


def _price(cell: Cell, currency: str, missing: Sentence) -> Money:
    money = money_in(cell, currency)
    if money is None:
        raise UsageError(missing)
    if money.amount <= 0:
        raise UsageError(say("{price} is no price: it is not above zero.", price=money))
    return money


def _once(lines: Iterable[_Found]) -> tuple[list[_Found], list[Remark]]:
    """Return one line for each break of an item, and remarks about the rest: where they differ none of them is taken."""
    of_break: dict[tuple[str, int], list[_Found]] = {}
    for number, line in lines:
        of_break.setdefault(line.key, []).append((number, line))
    once: list[_Found] = []
    remarks: list[Remark] = []
    for same in of_break.values():
        if len({(line.fob, line.floor) for _row, line in same}) == 1:
            once.append(same[0])
            remarks += _repeated(same)
        else:
            remarks += _contradicted(same)
    return once, remarks


def _repeated(same: list[_Found]) -> list[Remark]:
    (first, line), *others = same
    told = say(
        "{sku} from {quantity} stands in row {first} already, with the same price.",
        sku=line.sku,
        quantity=line.qty_break,
        first=first,
    )
    return [Remark(row, told) for row, _line in others]


def _contradicted(same: list[_Found]) -> list[Remark]:
    line = same[0][1]
    told = say(
        "{sku} from {quantity} has different prices in the rows {rows}: none of them is taken.",
        sku=line.sku,
        quantity=line.qty_break,
        rows=", ".join(str(row) for row, _line in same),
    )
    return [Remark(row, told) for row, _line in same]
