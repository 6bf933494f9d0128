"""A made-up order: its worksheet for the house.

Room: domain. See the package.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from mailcrm.domain.documents.parties import Letterhead
from mailcrm.domain.documents.work_order import WorkOrder, WorkOrderLine

__all__ = ["work_order"]


def work_order(language: str, ours: Letterhead, _bank: str, today: date, photo: bytes) -> WorkOrder:
    """Return a worksheet of two articles."""
    chinese = language == "zh"
    return WorkOrder(
        ours=ours,
        number="ORD-2026-0003",
        version=1,
        issued=today,
        order="ORD-2026-0003",
        customer_code="DE-017",
        colour="黑 Pantone Black 6 C / 橙 RAL 2004" if chinese else "Pantone Black 6 C / RAL 2004",
        packing="一件一袋，12 件一箱，五层瓦楞" if chinese else "one per polybag, 12 per five-layer carton",
        lines=(
            WorkOrderLine(
                "SN-20-BO",
                "可调喷头 DN20，带快速接头" if chinese else "Adjustable spray nozzle DN20",
                Decimal(6000),
                "件" if chinese else "pcs",
                "NG-7741",
                "黑/橙" if chinese else "black/orange",
                "彩卡吊挂" if chinese else "hang card",
                12,
                photo,
            ),
            WorkOrderLine(
                "QC-34-CR",
                "黄铜快速接头 3/4″" if chinese else "Brass quick coupling 3/4″",
                Decimal(12000),
                "件" if chinese else "pcs",
                "NG-7742",
                "镀铬" if chinese else "chrome",
                "OPP 袋" if chinese else "OPP bag",
                200,
            ),
        ),
        shipping_marks="NORDLICHT\nPO-88123\nHAMBURG\nC/NO. 1-560\nMADE IN CHINA",
        requirements=(
            ("产前样已封样，大货须与封样一致", "移印 LOGO 单色白，附着力 3M 胶带测试", "外箱不得出现工厂名称")
            if chinese
            else (
                "As the sealed pre-production sample",
                "Logo white, tape test",
                "No name of the factory on the cartons",
            )
        ),
        dates=(
            ("物料到齐" if chinese else "Material in", today + timedelta(days=8)),
            ("上线" if chinese else "Start", today + timedelta(days=12)),
            ("验货" if chinese else "Inspection", today + timedelta(days=30)),
            ("装柜" if chinese else "Loading", today + timedelta(days=34)),
        ),
        departments=("采购部", "生产部", "品质部", "仓库")
        if chinese
        else ("Purchasing", "Production", "Quality", "Warehouse"),
        prepared_by="林薇" if chinese else "Lin Wei",
    )
