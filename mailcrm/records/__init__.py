"""SQLModel tables, one file per noun, columns only. Importing this room defines all of them."""

from mailcrm.records.account import MailAccount, OwnAddress, OwnDomain
from mailcrm.records.bank_account import BankAccount
from mailcrm.records.company import Company, CompanyDomain, CompanyTag
from mailcrm.records.contact import Contact, ContactTag
from mailcrm.records.cost_sheet import CostSheetRecord
from mailcrm.records.decision import ActionEntry, Decision
from mailcrm.records.due_move import DueMove
from mailcrm.records.evidence import Evidence
from mailcrm.records.exchange_rate import ExchangeRateRecord
from mailcrm.records.inquiry import InquiryRecord
from mailcrm.records.judgement import Judgement
from mailcrm.records.mailbox import Location, Mailbox
from mailcrm.records.message import AttachmentFile, Message, MessageText, RawMail
from mailcrm.records.notice import DigestRecord, NoticeRecord
from mailcrm.records.order import OrderChange, OrderMilestone, OrderRecord
from mailcrm.records.our_entity import OurEntity
from mailcrm.records.outgoing import AlsoAnswered, Outgoing
from mailcrm.records.paper import Paper
from mailcrm.records.person import PersonRecord, PresenceRecord
from mailcrm.records.price_list import PriceLineRecord, PriceListRecord
from mailcrm.records.product import ProductRecord
from mailcrm.records.proposal import ProposalRecord
from mailcrm.records.quarantine import QuarantinedMail
from mailcrm.records.quote import QuoteRecord, QuoteSku
from mailcrm.records.refund_rate import RefundRateRecord
from mailcrm.records.sample import SampleRecord
from mailcrm.records.step import Step
from mailcrm.records.task import Task
from mailcrm.records.thread import Thread, ThreadReference
from mailcrm.records.turn import TurnRecord
from mailcrm.records.waiting import WaitParty, WaitRecord

__all__ = [
    "ActionEntry",
    "AlsoAnswered",
    "AttachmentFile",
    "BankAccount",
    "Company",
    "CompanyDomain",
    "CompanyTag",
    "Contact",
    "ContactTag",
    "CostSheetRecord",
    "Decision",
    "DigestRecord",
    "DueMove",
    "Evidence",
    "ExchangeRateRecord",
    "InquiryRecord",
    "Judgement",
    "Location",
    "MailAccount",
    "Mailbox",
    "Message",
    "MessageText",
    "NoticeRecord",
    "OrderChange",
    "OrderMilestone",
    "OrderRecord",
    "OurEntity",
    "Outgoing",
    "OwnAddress",
    "OwnDomain",
    "Paper",
    "PersonRecord",
    "PresenceRecord",
    "PriceLineRecord",
    "PriceListRecord",
    "ProductRecord",
    "ProposalRecord",
    "QuarantinedMail",
    "QuoteRecord",
    "QuoteSku",
    "RawMail",
    "RefundRateRecord",
    "SampleRecord",
    "Step",
    "Task",
    "Thread",
    "ThreadReference",
    "TurnRecord",
    "WaitParty",
    "WaitRecord",
]
