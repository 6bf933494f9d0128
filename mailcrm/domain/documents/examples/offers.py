"""A made-up quotation and the proforma invoice that follows it: the same goods for the same buyer.

Room: domain. See the package.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from mailcrm.domain.documents.examples.parties import ZONE, buyer
from mailcrm.domain.documents.parties import Letterhead, Party
from mailcrm.domain.documents.proforma import Instalment, ProformaInvoice
from mailcrm.domain.documents.quotation import Charge, Quotation, QuotationLine

__all__ = ["proforma", "quotation"]


def quotation(language: str, ours: Letterhead, bank: str, today: date, photo: bytes) -> Quotation:
    """Return a quotation with every field."""
    chinese = language == "zh"
    return Quotation(
        ours=ours,
        number="QUO-2026-0007",
        version=2,
        issued=today,
        valid_until=today + timedelta(days=30),
        zone=ZONE,
        currency="USD",
        reference="RFQ 4711" if not chinese else "询价单 4711",
        customer=buyer(chinese),
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


def proforma(language: str, ours: Letterhead, bank: str, today: date, photo: bytes) -> ProformaInvoice:
    """Return a proforma invoice of two instalments."""
    chinese = language == "zh"
    lines = _lines(chinese, photo)
    plain = ProformaInvoice(ours, "PI-2026-0031", today, "USD", buyer(chinese), lines)
    deposit = (plain.total * 30 / 100).quantize(Decimal("0.01"))
    return ProformaInvoice(
        ours=ours,
        number="PI-2026-0031",
        issued=today,
        currency="USD",
        buyer=buyer(chinese),
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
