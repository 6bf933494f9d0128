"""What stands on the pages that customers, customs and factories get. How they look: tests/screens/*.png."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from documents.made import BLOCK, example, press
from documents.reading import flat, pages

from mailcrm.domain.documents import Charge, ProformaInvoice, Quotation, SampleSheet, WorkOrder

LANGUAGES = ("en", "zh")
KINDS = ("customs_invoice", "proforma", "quotation", "sample_sheet", "work_order")


def quotation(language: str = "en") -> Quotation:
    made = example("quotation", language)
    assert isinstance(made, Quotation)
    return made


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_ordinary_document_is_one_page(chinese_font: None, kind: str, language: str) -> None:
    pdf = press().press(example(kind, language), language)
    (text,) = pages(pdf)
    assert ("Page 1 of 1" if language == "en" else "第 1 页，共 1 页") in text


def test_a_quotation_says_everything_that_binds(chinese_font: None) -> None:
    text = flat(press().press(quotation(), "en"))
    for told in (
        "QUO-2026-0007/v2", "26 November 2026", "26 December 2026 (Beijing time, UTC+8)", "RFQ 4711",
        "Brightport Export Co., Ltd.", "宁波明港进出口有限公司", "sales@brightport.example", "Nordlicht Gartentechnik GmbH", "Attn. Ms Anna Berg",
        "SN-20-BO", "Your no. NG-7741", "HS 8424.90", "12 pcs/ctn", "0.063 m³/ctn", "MOQ 1,000", "6,000", "2.190", "13,140.00",
        "Subtotal 32,400.00", "Total USD 33,260.00", "CFR Hamburg, Incoterms® 2020", "35 days, counted from deposit credited",
        "± 5 % in quantity", "24 months", "import duties and taxes", "Tooling", "USD 1,200.00", "refunded after 20,000 pieces",
        "Our bank details never change by e-mail", "For and on behalf of", "Accepted by",
    ):  # fmt: skip
        assert squeezed(told) in text, told


def test_a_quotation_in_chinese(chinese_font: None) -> None:
    text = flat(press().press(quotation("zh"), "zh"))
    for told in (
        "报价单",
        "2026年12月26日（北京时间UTC+8）",
        "上海宏远贸易有限公司",
        "35天（自定金到账且产前样确认起算）",
        "合计USD33,260.00",
        "收款账户",
    ):
        assert told in text, told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["quotation", "proforma"])
def test_the_registered_block_is_printed_letter_by_letter(chinese_font: None, kind: str, language: str) -> None:
    text = "\n".join(pages(press().press(example(kind, language), language)))
    for row in BLOCK.split("\n"):
        label, value = row.split(": ", 1)
        assert any(line.startswith(label) and line.endswith(value) for line in text.split("\n")), row


def test_a_proforma_says_who_pays_what_when(chinese_font: None) -> None:
    text = flat(press().press(example("proforma", "en"), "en"))
    for told in (
        "PI-2026-0031", "PO-88123", "Buyer", "Consignee Nordlicht Logistik GmbH", "30 % deposit USD 9,720.00",
        "70 % balance USD 22,680.00", "within 7 days", "SAY US DOLLARS THIRTY-TWO THOUSAND FOUR HUNDRED ONLY", "美元叁万贰仟肆佰元整",
        "Latest shipment 10 January 2027", "Port of loading Ningbo, China", "Port of destination Hamburg, Germany", "Origin China",
        "C/NO. 1-600", "FOB Ningbo, Incoterms® 2020", "Seller", "Name, stamp, date",
    ):  # fmt: skip
        assert squeezed(told) in text, told


def test_the_instalments_make_the_total() -> None:
    made = example("proforma", "en")
    assert isinstance(made, ProformaInvoice)
    assert sum(part.amount for part in made.instalments) == made.total


def test_a_sample_sheet_shows_who_signed_what(chinese_font: None) -> None:
    made = example("sample_sheet", "zh")
    assert isinstance(made, SampleSheet)
    text = flat(press().press(made, "zh"))
    for told in (
        "打样单",
        "SMP-2026-0012/v2",
        "3件",
        "RAL2004",
        "确认样",
        "检验项目",
        "陈国强",
        "2026年11月26日10:12北京时间",
        "9f2c4e1ab07d",
        "贴照片处",
    ):
        assert told in text, told
    assert "尚未签批" not in text
    unsigned = flat(press().press(replace(made, signature=None), "zh"))
    assert "尚未签批，不得打样。" in unsigned
    assert "陈国强" not in unsigned


def test_a_work_order_hides_the_customer_where_it_is_asked_to(chinese_font: None) -> None:
    made = example("work_order", "zh")
    assert isinstance(made, WorkOrder)
    hidden, told = (
        flat(press().press(each, "zh")) for each in (made, replace(made, customer_name="Nordlicht Gartentechnik GmbH"))
    )
    assert "DE-017" in hidden
    assert "GartentechnikGmbH" not in hidden
    assert "NordlichtGartentechnikGmbH" in told
    for each in ("生产单", "唛头", "C/NO.1-560", "合计18,000件560箱", "部门签收", "采购部", "2026年12月30日"):
        assert each in hidden, each


def test_a_customs_invoice_has_a_value_a_code_and_the_consignee_s_number(chinese_font: None) -> None:
    text = flat(press().press(example("customs_invoice", "en"), "en"))
    for told in (
        "8424.90",
        "7.20",
        "Total value USD 11.95",
        "Tax ID DE000000000",
        "+49 40 5555 0123",
        "not for resale",
        "true and correct",
    ):
        assert squeezed(told) in text, told


def test_sixty_lines_go_over_pages_whose_head_is_repeated(chinese_font: None) -> None:
    made = quotation()
    long = replace(made, lines=tuple(replace(made.lines[place % 3], sku=f"SKU-{place + 1:02d}") for place in range(60)))
    found = pages(press().press(long, "en"))
    assert len(found) > 3
    with_lines = [text for text in found if "SKU-" in text]
    assert all("Unit price" in text and "Description" in text for text in with_lines)
    for place, text in enumerate(found, 1):
        assert f"Page {place} of {len(found)}" in text
        assert "QUO-2026-0007/v2" in text
    numbers = [f"SKU-{place:02d}" for place in range(1, 61)]
    assert [word for text in found for word in text.split() if word.startswith("SKU-")] == numbers
    assert "Accepted by" in found[-1]
    assert "Our bank account" in found[-1]


def test_what_is_not_known_has_no_row(chinese_font: None) -> None:
    bare = replace(
        quotation(),
        payment="",
        lead_time="",
        fees=(),
        notes=(),
        excluded=(),
        bank="",
        reference="",
        warranty="",
        charges=(),
    )
    text = flat(press().press(bare, "en"))
    for label in (
        "Payment",
        "Leadtime",
        "One-off",
        "Notes",
        "Notincluded",
        "Ourbankaccount",
        "Yourreference",
        "Warranty",
        "Subtotal",
    ):
        assert label not in text, label
    assert "TotalUSD32,400.00" in text


def test_the_total_is_what_the_printed_column_adds_up_to() -> None:
    """0.0049 × 5 is 0.0245: three times that is printed as 0.02 each, and as 0.06 below."""
    made = quotation()
    line = replace(made.lines[0], price=Decimal("0.0049"), quantity=Decimal(5))
    tiny = replace(made, lines=(line,) * 3, charges=(Charge("Discount", Decimal("-0.01")),))
    content = tiny.content("en")
    assert content["subtotal"] == "0.06"
    assert content["total"] == "0.05"
    lines = content["lines"]
    assert isinstance(lines, list)
    assert [(each["price"], each["amount"]) for each in lines] == [("0.0049", "0.02")] * 3
