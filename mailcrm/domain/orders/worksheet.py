"""The work order for the factory (生产单): what an order says, in Chinese, without prices and without the customer's name.

Room: domain. In: an order. Out: its sections as they are printed, and their hash. Only what the factory works by counts for the hash: money
that comes in doesn't make a sheet an old one, another colour does. The labels are Chinese whatever language the screens speak.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.orders.codec import write_value
from mailcrm.domain.orders.content import OrderContent, OrderLine, Worked, content_hash
from mailcrm.domain.words import say

__all__ = ["DEPARTMENTS", "Section", "Worksheet", "acknowledged", "sent", "worksheet"]

DEPARTMENTS = ("生产部", "采购部", "品管部", "仓库")
_DOCUMENTS = {
    "invoice": "商业发票", "packing_list": "装箱单", "bl": "提单", "origin": "产地证", "insurance": "保险单", "inspection": "商检证书",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the sheet: label and value a row; what isn't known yet is "待定"."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The sheet of an order. `version`: the one that it is, or would be when it is sent now."""

    number: str
    version: int
    sections: tuple[Section, ...]

    def content_hash(self) -> str:
        """Return the hash of what the factory works by."""
        return content_hash({"number": self.number, "sections": write_value(self.sections)})

    @property
    def title(self) -> str:
        """The heading of the printed sheet."""
        return f"生产单 {self.number}/v{self.version}"


def worksheet(number: str, content: OrderContent, due: dict[str, date]) -> Worksheet:
    """Return the work order. `due`: when production begins, the goods are ready and are inspected, by milestone."""
    sections = (
        Section(
            "订单",
            (
                ("订单号", number),
                ("客户订单号", _known(content.po_number)),
                ("开工日期", _day(due.get("production"))),
                ("交货日期", _day(due.get("produced"))),
                ("验货日期", _day(due.get("inspection"))),
                ("最迟装运", _day(content.latest_shipment)),
            ),
        ),
        *(Section(f"货物 {place}", _goods(line)) for place, line in enumerate(content.lines, 1)),
        Section(
            "确认项",
            (
                ("包装", _known(content.packing)),
                ("唛头", _known(content.mark)),
                ("颜色", _known(content.colour)),
                ("产前样", _known(content.pp_sample)),
            ),
        ),
        Section("特殊要求", (("要求", content.special or "无"),)),
        Section(
            "单证", (("随货文件", "、".join(_DOCUMENTS.get(one.name, one.name) for one in content.documents) or "无"),)
        ),
    )
    sheet = Worksheet(number, 0, sections)
    return replace(sheet, version=_version(content, sheet.content_hash()))


def _version(content: OrderContent, now: str) -> int:
    last = content.worksheets[-1] if content.worksheets else None
    if last is None:
        return 1
    return last.version if last.content_hash == now else last.version + 1


def _goods(line: OrderLine) -> tuple[tuple[str, str], ...]:
    told = (
        ("品名", line.description_zh or line.description),
        ("货号", line.sku),
        ("客户货号", line.customer_item),
        ("规格", line.specification),
        ("数量", f"{line.quantity:,f} {line.unit}"),
        ("赠品", f"{line.free:,f} {line.unit}" if line.free else ""),
        ("每箱数量", f"{line.pcs_per_carton} {line.unit}" if line.pcs_per_carton else ""),
    )
    return tuple((label, value) for label, value in told if value)


def _known(text: str) -> str:
    return text or "待定"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "待定"


def sent(content: OrderContent, sheet: Worksheet, departments: tuple[str, ...], today: date) -> OrderContent:
    """Return the order whose sheet went to these departments; RefusedByRule where this version went to all of them already."""
    last = content.worksheets[-1] if content.worksheets else None
    if last is None or last.version != sheet.version:
        worked = Worked(sheet.version, sheet.content_hash(), today, departments)
        return replace(content, worksheets=(*content.worksheets, worked))
    more = tuple(one for one in departments if one not in last.departments)
    if not more:
        raise RefusedByRule(
            say("{sheet} went to these departments already.", sheet=sheet.title),
            say("`mailcrm order acknowledge` notes who has read it; any change of the order makes a new version."),
        )
    return replace(
        content, worksheets=(*content.worksheets[:-1], replace(last, departments=(*last.departments, *more)))
    )


def acknowledged(content: OrderContent, sheet: Worksheet, department: str, by: str) -> OrderContent:
    """Return the order whose current sheet a department has acknowledged; RefusedByRule where it never got that one."""
    last = content.worksheets[-1] if content.worksheets else None
    if last is None or last.version != sheet.version or department not in last.departments:
        raise RefusedByRule(
            say("{sheet} was not sent to {department}.", sheet=sheet.title, department=department),
            say("Send it first: `mailcrm order worksheet-send`."),
        )
    heard = {**last.acknowledged, department: by}
    return replace(content, worksheets=(*content.worksheets[:-1], replace(last, acknowledged=heard)))
