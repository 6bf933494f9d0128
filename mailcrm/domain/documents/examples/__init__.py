"""A made-up document of each kind, to look at one's letterhead, bank block and templates before a customer does.

Room: domain. In: a kind, a language, our letterhead, the bank block, the day. Out: a document. Whoever is in it doesn't exist.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mailcrm.domain.documents.examples.offers import proforma, quotation
from mailcrm.domain.documents.examples.orders import work_order
from mailcrm.domain.documents.examples.parties import letterhead
from mailcrm.domain.documents.examples.samples import customs_invoice, sample_sheet
from mailcrm.domain.documents.parties import Letterhead
from mailcrm.domain.documents.proforma import CustomsInvoice, ProformaInvoice
from mailcrm.domain.documents.quotation import Quotation
from mailcrm.domain.documents.sample_sheet import SampleSheet
from mailcrm.domain.documents.work_order import WorkOrder

__all__ = ["EXAMPLES", "Example", "letterhead"]

Example = CustomsInvoice | ProformaInvoice | Quotation | SampleSheet | WorkOrder

EXAMPLES: dict[str, Callable[[str, Letterhead, str, date, bytes], Example]] = {
    "customs_invoice": customs_invoice,
    "proforma": proforma,
    "quotation": quotation,
    "sample_sheet": sample_sheet,
    "work_order": work_order,
}
