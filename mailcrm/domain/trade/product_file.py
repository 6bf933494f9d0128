"""Products out of a table: what each row says of which item.

Room: domain. In: sheets. Out: for each item the fields that its row fills in, and a reason for every row that says nothing of use. An empty
cell says nothing: it doesn't take away what is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailcrm.domain.errors import MailcrmError, UsageError
from mailcrm.domain.sheets import Cell, Remark, Sheet
from mailcrm.domain.trade.cells import sku_key, text_in
from mailcrm.domain.trade.headings import find_columns
from mailcrm.domain.trade.pricelist_file import HEADINGS as OF_PRICES
from mailcrm.domain.trade.product import EDITABLE, Product, checked_sku, with_values
from mailcrm.domain.words import say

__all__ = ["HEADINGS", "NewProducts", "ProductEntry", "read_products"]

HEADINGS = {
    "sku": OF_PRICES["sku"],
    "unit": OF_PRICES["unit"],
    **{
        field: frozenset(names.split())
        for field, names in {
            "name_en": "nameen name productname product description desc itemname englishname 英文品名 英文名称 英文名",
            "name_zh": "namezh chinesename 品名 名称 产品名称 商品名称 中文品名 中文名称 中文名",
            "specification": "specification spec specs size dimensions 规格 规格型号 规格参数 尺寸",
            "material": "material materials 材质 材料",
            "hs": "hs hscode hsno tariffcode 海关编码 hs编码 海关编号 税则号",
            "refund_rate": "refundrate taxrefund taxrebate rebate vatrefund 退税率 出口退税率",
            "pcs_per_carton": "pcspercarton pcsctn pcspercase qtyctn pcscarton packing 装箱数 每箱数量 箱装 装箱量 每箱 入数",
            "carton": "carton cartonsize ctnsize cartonmeas meas measurement cartoncm cartonsizecm 箱规 外箱尺寸 外箱规格 纸箱尺寸",
            "cbm": "cbm volume cartonvolume m3 体积 立方 立方数 材积",
            "net_weight": "netweight nw nwkg netweightkg nwkgs 净重",
            "gross_weight": "grossweight gw gwkg grossweightkg gwkgs 毛重",
            "moq": "moq minorder minimumorder 起订量 最小起订量 起订数量",
            "lead_time": "leadtime delivery deliverytime 交期 交货期 生产周期",
            "certificates": "certificates certificate certs certification 认证 证书",
        }.items()
    },
}


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """What one row says of an item."""

    row: int
    sku: str
    values: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class NewProducts:
    """What a file says of products; `duplicates`: rows about an item that a row above them was about already."""

    entries: tuple[ProductEntry, ...]
    skipped: tuple[Remark, ...]
    duplicates: tuple[Remark, ...]


def read_products(name: str, sheets: Sequence[Sheet]) -> NewProducts:
    """Return what a table says of products; MailcrmError where it is none of them."""
    columns = find_columns(sheets, HEADINGS, ("sku",))
    if columns is None or len(columns.places) == 1:
        raise MailcrmError(
            say("{name} has no row of headings with an item number and something about the item.", name=name),
            say(
                "Name the columns in the first rows: SKU, Name, Specification, HS code, PCS/CTN, Carton size; or 货号, 品名, 规格, 海关编码, 装箱数, 箱规."
            ),
        )
    entries: list[ProductEntry] = []
    skipped: list[Remark] = []
    duplicates: list[Remark] = []
    seen: dict[str, int] = {}
    for number, row in columns.rows():
        values = {field: columns.cell(row, field) for field in EDITABLE if columns.cell(row, field) is not None}
        sku = text_in(columns.cell(row, "sku"))
        if not sku or not values:
            if sku and sum(cell is not None for cell in row) > 1:
                skipped.append(Remark(number, say("Nothing is said of {sku}.", sku=sku)))
            elif len(values) > 1:
                skipped.append(Remark(number, say("The item number is missing.")))
            continue
        try:
            with_values(Product(checked_sku(sku)), values)
        except UsageError as error:
            skipped.append(Remark(number, error.sentence))
            continue
        first = seen.setdefault(sku_key(sku), number)
        if first != number:
            duplicates.append(Remark(number, say("{sku} stands in row {first} already.", sku=sku, first=first)))
            continue
        entries.append(ProductEntry(number, sku, values))
    return NewProducts(tuple(entries), tuple(skipped), tuple(duplicates))
