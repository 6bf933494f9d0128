"""A made-up document of each kind, to look at one's letterhead, bank block and templates before a customer does.

Room: domain. In: a kind, a language, our letterhead, the bank block, the day. Out: a document. Whoever is in it doesn't exist.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from mailcrm.domain.documents.parties import Letterhead, Party
from mailcrm.domain.documents.proforma import CustomsInvoice, CustomsLine, Instalment, ProformaInvoice
from mailcrm.domain.documents.quotation import Charge, Quotation, QuotationLine
from mailcrm.domain.documents.sample_sheet import SampleSheet, Signature
from mailcrm.domain.documents.work_order import WorkOrder, WorkOrderLine

__all__ = ["EXAMPLES", "Example", "letterhead"]

Example = CustomsInvoice | ProformaInvoice | Quotation | SampleSheet | WorkOrder

_ZONE = "Asia/Shanghai"


def letterhead() -> Letterhead:
    """Return the letterhead of a company that doesn't exist."""
    return Letterhead(
        name_en="Brightport Export Co., Ltd.",
        name_zh="宁波明港进出口有限公司",
        address_en="Room 1208, 88 Jiangdong North Road, Ningbo 315040, China",
        address_zh="浙江省宁波市江东北路 88 号 1208 室，邮编 315040",
        phone="+86 574 5555 0100",
        mail="sales@brightport.example",
        web="www.brightport.example",
        tax_id="91330200EXAMPLE00X",
    )


def _quotation(language: str, ours: Letterhead, bank: str, today: date, photo: bytes) -> Quotation:
    chinese = language == "zh"
    return Quotation(
        ours=ours,
        number="QUO-2026-0007",
        version=2,
        issued=today,
        valid_until=today + timedelta(days=30),
        zone=_ZONE,
        currency="USD",
        reference="RFQ 4711" if not chinese else "询价单 4711",
        customer=_buyer(chinese),
        lines=_lines(chinese, photo),
        charges=(Charge("海运费（宁波—汉堡）" if chinese else "Sea freight Ningbo – Hamburg", Decimal("860.00")),),
        incoterm="CFR",
        place="Hamburg",
        port_of_loading="中国宁波" if chinese else "Ningbo, China",
        payment="电汇：30% 定金，余款见提单副本付清"
        if chinese
        else "T/T: 30 % deposit, balance against copy of bill of lading",
        lead_time="35 天" if chinese else "35 days",
        lead_time_from="定金到账且产前样确认" if chinese else "deposit credited and pre-production sample approved",
        moq="每款 1,000 件" if chinese else "1,000 pieces per item",
        tolerance="数量 ±5%" if chinese else "± 5 % in quantity",
        packing="一件一袋，五层瓦楞纸箱" if chinese else "one piece per polybag, five-layer export carton",
        warranty="装运之日起 24 个月" if chinese else "24 months from shipment",
        excluded=("目的港费用", "进口关税")
        if chinese
        else ("charges at the port of destination", "import duties and taxes"),
        fees=(
            Charge(
                "模具费" if chinese else "Tooling",
                Decimal(1200),
                "累计订单满 20,000 件后返还" if chinese else "refunded after 20,000 pieces",
            ),
            Charge(
                "样品费" if chinese else "Samples",
                Decimal(60),
                "首单返还" if chinese else "refunded with the first order",
            ),
        ),
        notes=(
            "报价依据贵方 11 月 20 日的图纸 A3。" if chinese else "Based on your drawing A3 of 20 November.",
            "海运费有效至本月底。" if chinese else "The freight rate is valid until the end of this month.",
        ),
        bank=bank,
        prepared_by="林薇" if chinese else "Lin Wei, export sales",
    )


def _buyer(chinese: bool) -> Party:
    if chinese:
        return Party(
            "上海宏远贸易有限公司",
            "上海市浦东新区世纪大道 1000 号",
            "王芳 女士",
            "+86 21 5555 0188",
            "wang@hongyuan.example",
            "91310000EXAMPLE01Y",
        )
    return Party(
        "Nordlicht Gartentechnik GmbH",
        "Hafenstraße 12, 20457 Hamburg, Germany",
        "Ms Anna Berg",
        "+49 40 5555 0123",
        "berg@nordlicht.example",
        "DE000000000",
    )


def _lines(chinese: bool, photo: bytes) -> tuple[QuotationLine, ...]:
    words = (
        ("塑料喷头，可调，接口 DN20，黑色/橙色", "黄铜快速接头，3/4″，镀铬", "伸缩水管，15 米，含接头", "件", "套")
        if chinese
        else (
            "Spray nozzle, adjustable, DN20, black and orange, with quick connector",
            "Brass quick coupling, 3/4″, chrome plated",
            "Expandable garden hose, 15 m, with couplings, in colour box",
            "pcs",
            "sets",
        )
    )
    first, second, third, pieces, sets = words
    return (
        QuotationLine(
            "SN-20-BO",
            first,
            Decimal(6000),
            pieces,
            Decimal("2.19"),
            "NG-7741",
            "8424.90",
            12,
            Decimal("0.063"),
            Decimal(1000),
            photo,
        ),
        QuotationLine(
            "QC-34-CR",
            second,
            Decimal(12000),
            pieces,
            Decimal("0.845"),
            "NG-7742",
            "7412.20",
            200,
            Decimal("0.021"),
            Decimal(2000),
        ),
        QuotationLine("EH-15-SET", third, Decimal(800), sets, Decimal("11.40"), "", "3917.39", 20, Decimal("0.118")),
    )


def _proforma(language: str, ours: Letterhead, bank: str, today: date, photo: bytes) -> ProformaInvoice:
    chinese = language == "zh"
    lines = _lines(chinese, photo)
    plain = ProformaInvoice(ours, "PI-2026-0031", today, "USD", _buyer(chinese), lines)
    deposit = (plain.total * 30 / 100).quantize(Decimal("0.01"))
    return ProformaInvoice(
        ours=ours,
        number="PI-2026-0031",
        issued=today,
        currency="USD",
        buyer=_buyer(chinese),
        lines=lines,
        consignee=None if chinese else Party("Nordlicht Logistik GmbH", "Lagerweg 4, 21035 Hamburg, Germany"),
        purchase_order="PO-88123",
        quotation="QUO-2026-0007/v2",
        incoterm="FOB",
        place="Ningbo",
        payment="电汇" if chinese else "T/T, bank charges outside China for buyer's account",
        instalments=(
            Instalment(
                "30% 定金" if chinese else "30 % deposit",
                deposit,
                "收到本发票后 7 天内" if chinese else "within 7 days of this invoice",
            ),
            Instalment(
                "70% 余款" if chinese else "70 % balance",
                plain.total - deposit,
                "见提单副本" if chinese else "against copy of bill of lading",
            ),
        ),
        shipping_marks="NORDLICHT\nPO-88123\nHAMBURG\nC/NO. 1-600\nMADE IN CHINA",
        latest_shipment=today + timedelta(days=45),
        port_of_loading="中国宁波" if chinese else "Ningbo, China",
        port_of_destination="德国汉堡" if chinese else "Hamburg, Germany",
        country_of_origin="中国" if chinese else "China",
        partial_shipment="不允许" if chinese else "not allowed",
        transhipment="允许" if chinese else "allowed",
        tolerance="数量及金额 ±5%" if chinese else "± 5 % in quantity and amount",
        bank=bank,
    )


def _sample_sheet(language: str, ours: Letterhead, _bank: str, today: date, photo: bytes) -> SampleSheet:
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
        zone=_ZONE,
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


def _work_order(language: str, ours: Letterhead, _bank: str, today: date, photo: bytes) -> WorkOrder:
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


def _customs_invoice(language: str, ours: Letterhead, _bank: str, today: date, _photo: bytes) -> CustomsInvoice:
    chinese = language == "zh"
    return CustomsInvoice(
        ours=ours,
        number="SMP-2026-0012",
        issued=today,
        currency="USD",
        consignee=_buyer(chinese=False),
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


EXAMPLES: dict[str, Callable[[str, Letterhead, str, date, bytes], Example]] = {
    "customs_invoice": _customs_invoice,
    "proforma": _proforma,
    "quotation": _quotation,
    "sample_sheet": _sample_sheet,
    "work_order": _work_order,
}
