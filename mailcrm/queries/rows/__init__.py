"""The rows that screens and `--json` show: the vocabulary between the core and people.

Room: queries. Plain frozen values with the field names of the JSON output; ids are the stable strings "t12" (thread),
"m340" (message), "c7" (contact), "o5" (company), "x3" (outbox), "a1" (account), "h2" (quarantine), "l9" (action log), "u3" (colleague), "z4" (absence or duty), "n5" (digest of notices),
"s3" (sample), "q2" (quote), "d4" (order), "p7" (product), "i3" (inquiry), "g2" (cost sheet), "f12" (file of a mail), "kf12" (kept file), "j5" (proposal), "k6" (task),
"e1" (company of ours), "b2" (bank account), "y4" (exchange rate), "v3" (refund rate), "pl3" (price list), and of what waits, by its
mail: "r340" (a reply), "w340" (an answer to us). Nothing else may begin with a letter that is taken.
Instants are aware UTC: the sink shows them in the account's zone. Text in these rows is untrusted.

A file of rows is read when one of its names is first asked for: to make all the classes takes as long as to paint the first list.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcrm.queries.rows.customer import (
        ContactCard,
        CustomerMail,
        CustomerNote,
        CustomerRow,
        DemandRow,
        PersonRow,
        TotalsRow,
        WaitingRow,
    )
    from mailcrm.queries.rows.deals import (
        BoardRow,
        EvidenceRow,
        FactRow,
        FormRow,
        PageRow,
        PaperRow,
        ReadyMailRow,
        SectionRow,
        StepRow,
    )
    from mailcrm.queries.rows.desk import AccountRow, ActionRow, DoctorRow, Health, ProviderRow
    from mailcrm.queries.rows.freight import FreightRow
    from mailcrm.queries.rows.inquiries import ChecklistRow, InquiryRow
    from mailcrm.queries.rows.load import LoadRow, TeamLoad, WorstRow
    from mailcrm.queries.rows.mail import (
        AlsoRow,
        AttachmentRow,
        ExplainRow,
        LinkRow,
        MessageRow,
        NoteRow,
        Person,
        ProbableRow,
        SavedRow,
        SearchRow,
        SuggestionRow,
        ThreadRow,
        TrustRow,
        WarningRow,
    )
    from mailcrm.queries.rows.notices import DigestRow, NoticeLine
    from mailcrm.queries.rows.orders import (
        ChangeRow,
        ClaimRow,
        CreditRow,
        MilestoneRow,
        MissingRow,
        OrderRow,
        SheetRow,
    )
    from mailcrm.queries.rows.our_company import BankRow, EntityRow, PressedRow
    from mailcrm.queries.rows.outbox import DraftRow, HoldRow, LeavingRow, OutboxRow, Preview, TemplateRow
    from mailcrm.queries.rows.people import CompanyRow, ContactRow, HolidayRow, RecipientRow, ThereRow
    from mailcrm.queries.rows.prices import (
        PriceChangeRow,
        PriceDiffPage,
        PriceDiffRow,
        PriceListPage,
        PriceListPreview,
        PriceListRow,
        TouchedLineRow,
    )
    from mailcrm.queries.rows.products import ProductPreview, ProductRow
    from mailcrm.queries.rows.quotes import ApprovalRow, FindingRow, LiveQuoteRow, QuoteLineRow, QuoteListRow, QuoteRow
    from mailcrm.queries.rows.replies import RepliesReport
    from mailcrm.queries.rows.reports import (
        AccountReport,
        FolderRow,
        ImportReport,
        QuarantineRow,
        RebuildReport,
        RereadReport,
        SyncReport,
    )
    from mailcrm.queries.rows.samples import (
        ChargeRow,
        LedgerRow,
        ParcelRow,
        SampleRow,
        SignatureRow,
        StatusRow,
        TrackedRow,
    )
    from mailcrm.queries.rows.team import ColleagueRow, PresenceRow
    from mailcrm.queries.rows.tracking import ParcelNewsRow
    from mailcrm.queries.rows.trade import (
        CostSheetRow,
        ExchangeRateRow,
        MarginRow,
        RefundImport,
        RefundRateRow,
        SkippedRate,
        WorkingRow,
    )
    from mailcrm.queries.rows.worklist import TaskRow, Worklist, WorklistRow

__all__ = [
    "AccountReport",
    "AccountRow",
    "ActionRow",
    "AlsoRow",
    "ApprovalRow",
    "AttachmentRow",
    "BankRow",
    "BoardRow",
    "ChangeRow",
    "ChargeRow",
    "ChecklistRow",
    "ClaimRow",
    "ColleagueRow",
    "CompanyRow",
    "ContactCard",
    "ContactRow",
    "CostSheetRow",
    "CreditRow",
    "CustomerMail",
    "CustomerNote",
    "CustomerRow",
    "DemandRow",
    "DigestRow",
    "DoctorRow",
    "DraftRow",
    "EntityRow",
    "EvidenceRow",
    "ExchangeRateRow",
    "ExplainRow",
    "FactRow",
    "FindingRow",
    "FolderRow",
    "FormRow",
    "FreightRow",
    "Health",
    "HoldRow",
    "HolidayRow",
    "ImportReport",
    "InquiryRow",
    "LeavingRow",
    "LedgerRow",
    "LinkRow",
    "LiveQuoteRow",
    "LoadRow",
    "MarginRow",
    "MessageRow",
    "MilestoneRow",
    "MissingRow",
    "NoteRow",
    "NoticeLine",
    "OrderRow",
    "OutboxRow",
    "PageRow",
    "PaperRow",
    "ParcelNewsRow",
    "ParcelRow",
    "Person",
    "PersonRow",
    "PresenceRow",
    "PressedRow",
    "Preview",
    "PriceChangeRow",
    "PriceDiffPage",
    "PriceDiffRow",
    "PriceListPage",
    "PriceListPreview",
    "PriceListRow",
    "ProbableRow",
    "ProductPreview",
    "ProductRow",
    "ProviderRow",
    "QuarantineRow",
    "QuoteLineRow",
    "QuoteListRow",
    "QuoteRow",
    "ReadyMailRow",
    "RebuildReport",
    "RecipientRow",
    "RefundImport",
    "RefundRateRow",
    "RepliesReport",
    "RereadReport",
    "SampleRow",
    "SavedRow",
    "SearchRow",
    "SectionRow",
    "SheetRow",
    "SignatureRow",
    "SkippedRate",
    "StatusRow",
    "StepRow",
    "SuggestionRow",
    "SyncReport",
    "TaskRow",
    "TeamLoad",
    "TemplateRow",
    "ThereRow",
    "ThreadRow",
    "TotalsRow",
    "TouchedLineRow",
    "TrackedRow",
    "TrustRow",
    "WaitingRow",
    "WarningRow",
    "WorkingRow",
    "Worklist",
    "WorklistRow",
    "WorstRow",
]

_FILES = {
    "customer": "ContactCard CustomerMail CustomerNote CustomerRow DemandRow PersonRow TotalsRow WaitingRow",
    "deals": "BoardRow EvidenceRow FactRow FormRow PageRow PaperRow ReadyMailRow SectionRow StepRow",
    "desk": "AccountRow ActionRow DoctorRow Health ProviderRow",
    "freight": "FreightRow",
    "inquiries": "ChecklistRow InquiryRow",
    "load": "LoadRow TeamLoad WorstRow",
    "mail": "AlsoRow AttachmentRow ExplainRow LinkRow MessageRow NoteRow Person ProbableRow SavedRow SearchRow SuggestionRow ThreadRow TrustRow WarningRow",
    "notices": "DigestRow NoticeLine",
    "our_company": "BankRow EntityRow PressedRow",
    "orders": "ChangeRow ClaimRow CreditRow MilestoneRow MissingRow OrderRow SheetRow",
    "outbox": "DraftRow HoldRow LeavingRow OutboxRow Preview TemplateRow",
    "people": "CompanyRow ContactRow HolidayRow RecipientRow ThereRow",
    "prices": "PriceChangeRow PriceDiffPage PriceDiffRow PriceListPage PriceListPreview PriceListRow TouchedLineRow",
    "products": "ProductPreview ProductRow",
    "quotes": "ApprovalRow FindingRow LiveQuoteRow QuoteLineRow QuoteListRow QuoteRow",
    "replies": "RepliesReport",
    "reports": "AccountReport FolderRow ImportReport QuarantineRow RebuildReport RereadReport SyncReport",
    "samples": "ChargeRow LedgerRow ParcelRow SampleRow SignatureRow StatusRow TrackedRow",
    "team": "ColleagueRow PresenceRow",
    "tracking": "ParcelNewsRow",
    "trade": "CostSheetRow ExchangeRateRow MarginRow RefundImport RefundRateRow SkippedRate WorkingRow",
    "worklist": "TaskRow Worklist WorklistRow",
}
_PLACES = {name: file for file, names in _FILES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Return a class of rows (PEP 562)."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found
