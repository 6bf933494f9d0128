"""A made-up sample: its sheet for the factory, and the proforma that customs ask for with the parcel.

Room: domain. See the package.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from mailcrm.domain.documents.examples.parties import ZONE, buyer
from mailcrm.domain.documents.parties import Letterhead
from mailcrm.domain.documents.proforma import CustomsInvoice, CustomsLine
from mailcrm.domain.documents.sample_sheet import SampleSheet, Signature

__all__ = ["customs_invoice", "sample_sheet"]


def sample_sheet(language: str, ours: Letterhead, _bank: str, today: date, photo: bytes) -> SampleSheet:
    """Return a signed sheet."""
    chinese = language == "zh"
    return SampleSheet(
        ours=ours,
        number="SMP-2026-0012",
        version=2,
        issued=today,
        customer="Nordlicht Gartentechnik GmbH",
        customer_item="NG-7741",
        item="可调喷头 DN20，带快速接头" if chinese else "Adjustable spray nozzle DN20 with quick connector",
        quantity=Decimal(3),
        unit="件" if chinese else "pcs",
        zone=ZONE,
        material="ABS + TPR 包胶" if chinese else "ABS with TPR grip",
        colour="黑 Pantone Black 6 C / 橙 RAL 2004" if chinese else "Pantone Black 6 C / RAL 2004 orange",
        size="198 × 62 × 41 mm",
        packing="中性白盒，气泡袋" if chinese else "plain white box, bubble bag",
        sample_kind="确认样" if chinese else "Approval sample",
        direction="我方 → 客户" if chinese else "ours to customer",
        purpose="大货前确认" if chinese else "approval before the order",
        needed_by=today + timedelta(days=10),
        sample_paid_by="客户（首单返还）" if chinese else "customer, refunded with the first order",
        freight_paid_by="客户到付 DHL 960000001" if chinese else "customer, collect",
        requirements=(
            ("握把不得有缩水痕", "流量不低于 12 L/min（3 bar）", "按客户图纸 A3 移印 LOGO，单色白")
            if chinese
            else (
                "No sink marks on the grip",
                "At least 12 l/min at 3 bar",
                "Logo by pad print, white, after drawing A3",
            )
        ),
        checklist=(
            (
                "材质：ABS + TPR 包胶",
                "颜色：与色卡 Black 6 C、RAL 2004 对比",
                "尺寸：198 × 62 × 41 mm（±0.5）",
                "流量及密封测试",
                "LOGO 位置及附着力",
                "数量：3 件",
            )
            if chinese
            else (
                "Material: ABS with TPR grip",
                "Colour: against the swatches",
                "Size: 198 × 62 × 41 mm (± 0.5)",
                "Flow and leak test",
                "Logo: place and adhesion",
                "Quantity: 3",
            )
        ),
        photos=(photo,) if photo else (),
        requested_by="林薇" if chinese else "Lin Wei",
        signature=Signature(
            "陈国强" if chinese else "Chen Guoqiang",
            datetime(today.year, today.month, today.day, 2, 12, tzinfo=UTC),
            "9f2c4e1ab07d55e3c0ffee",
        ),
    )


def customs_invoice(language: str, ours: Letterhead, _bank: str, today: date, _photo: bytes) -> CustomsInvoice:
    """Return the invoice of a parcel with two samples."""
    chinese = language == "zh"
    return CustomsInvoice(
        ours=ours,
        number="SMP-2026-0012",
        issued=today,
        currency="USD",
        consignee=buyer(chinese=False),
        lines=(
            CustomsLine(
                "可调喷头 DN20，样品" if chinese else "Spray nozzle DN20, sample",
                Decimal(3),
                "件" if chinese else "pcs",
                Decimal("2.40"),
                "8424.90",
                "ABS, TPR",
                "中国" if chinese else "China",
                Decimal("0.54"),
            ),
            CustomsLine(
                "黄铜快速接头，样品" if chinese else "Brass quick coupling, sample",
                Decimal(5),
                "件" if chinese else "pcs",
                Decimal("0.95"),
                "7412.20",
                "黄铜" if chinese else "brass",
                "中国" if chinese else "China",
                Decimal("0.40"),
            ),
        ),
        sample="SMP-2026-0012/v2",
        carrier="DHL Express",
        waybill="1234567890",
        parcels=1,
        gross_weight_kg=Decimal("1.2"),
        incoterm="DAP",
        place="Hamburg",
        reason="样品，供评估，不转售" if chinese else "samples for evaluation, not for resale",
        signed_by="Lin Wei",
    )
