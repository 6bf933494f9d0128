"""What stands on a document that a customer or a factory gets: frozen values, and the text that they become.

    parties.py        our letterhead, the other side, a person
    figures.py        amounts, quantities and days as a document writes them: the one place where a Decimal becomes text
    quotation.py      the quotation (报价单)
    proforma.py       the proforma invoice (形式发票), and the one for customs that goes along with a sample
    sample_sheet.py   the sample sheet (打样单)
    work_order.py     the work order (生产单)

`content(language)` of a document is what its template reads: names with texts, lists of such, and pictures as bytes. Labels come
from `templates/documents/words.<language>.toml`. Money is a Decimal in the document's own currency.
"""

from __future__ import annotations

from mailcrm.domain.documents.parties import Letterhead, Party
from mailcrm.domain.documents.proforma import CustomsInvoice, CustomsLine, Instalment, ProformaInvoice
from mailcrm.domain.documents.quotation import Charge, Quotation, QuotationLine
from mailcrm.domain.documents.sample_sheet import SampleSheet, Signature
from mailcrm.domain.documents.work_order import WorkOrder, WorkOrderLine

__all__ = [
    "Charge",
    "CustomsInvoice",
    "CustomsLine",
    "Instalment",
    "Letterhead",
    "Party",
    "ProformaInvoice",
    "Quotation",
    "QuotationLine",
    "SampleSheet",
    "Signature",
    "WorkOrder",
    "WorkOrderLine",
]
