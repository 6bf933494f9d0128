"""Inquiries that a platform or a form passes on: the buyer inside is the contact, and gets the answer."""

from __future__ import annotations

import pytest
from ingest.mailroom import Mailroom, letter

from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import Inquiry, Kind, ReadMail
from mailcrm.ingest.reading import read_mail
from mailcrm.records import Company, Contact, Message

FORM = (
    "Buyer: Jan Okoye\nCompany: Acme Ltd\nCountry: Nigeria\nEmail: jan@acme.example\nQuantity: 500\n\nPlease quote.\n"
)


def read(sender: str, subject: str, text: str, headers: str = "") -> ReadMail:
    head = f"From: {sender}\nTo: lin@seller.example\nSubject: {subject}\n{headers}List-Unsubscribe: <x>\n"
    return read_mail(Mime(), f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}".encode())


@pytest.mark.parametrize(
    ("sender", "subject", "text", "headers", "inquiry"),
    [
        ("B2B Market Inquiry <inquiry-12@b2bmarket.example>", "[Inquiry] Jan Okoye is interested in ball valve DN50", FORM, "Reply-To: jan@acme.example\n",
         Inquiry("B2B Market Inquiry", "Jan Okoye", "jan@acme.example", "Nigeria", "ball valve DN50")),
        ("Jan Okoye via Alibaba.com <feedback@service.alibaba.com>", "Inquiry about garden hose 3/4", "Country/Region: Nigeria\n\nHello, price please", "",
         Inquiry("Alibaba", "Jan Okoye", "", "Nigeria", "garden hose 3/4")),
        ("Made-in-China.com <noreply@made-in-china.com>", "New inquiry from a buyer", "Product Name: LED flood light\nContact Person: Ana Pérez\nEmail: ana@luz.example\nLocation: Chile\n", "",
         Inquiry("Made-in-China", "Ana Pérez", "ana@luz.example", "Chile", "LED flood light")),
        ("Global Sources <rfq@globalsources.com>", "RFQ for pallet jack 2.5t", "Buyer: Li\nCountry: India\n", "Reply-To: Li <li@lift.example>\n",
         Inquiry("Global Sources", "Li", "li@lift.example", "India", "pallet jack 2.5t")),
        ("Website <wordpress@seller-site.example>", "Contact form", "Name: Marta Rossi\nE-mail: marta@fiori.example\nMessage: Vorrei un preventivo\n", "",
         Inquiry("Website", "Marta Rossi", "marta@fiori.example", "", "")),
        ("网站询盘 <noreply@site.example>", "新询盘", "姓名：王伟\n邮箱：wang@buyer.example\n国家：马来西亚\n产品：保温杯\n", "",
         Inquiry("网站询盘", "王伟", "wang@buyer.example", "马来西亚", "保温杯")),
        ("Alibaba.com <feedback@service.alibaba.com>", "[Jan Okoye]Inquiry about ball valve", "Jan Okoye has sent you an inquiry.\n\nProduct: ball valve DN50\n", "",
         Inquiry("Alibaba", "Jan Okoye", "", "", "ball valve DN50")),
        ("IndiaMART <buyleads@indiamart.com>", "Enquiry for Hydraulic Pump", "Name - Rahul Shah\nE-mail - rahul@buyer.example\n", "",
         Inquiry("IndiaMART", "Rahul Shah", "rahul@buyer.example", "", "Hydraulic Pump")),
        ("WordPress <wordpress@site.example>", 'Valves "Inquiry"', "From: Jan Okoye <jan@acme.example>\nSubject: valves\n\nMessage Body:\nPlease quote.\n", "",
         Inquiry("WordPress", "Jan Okoye", "jan@acme.example", "", "valves")),
        ("Shop <mailer@shop.example>", "New customer message on November 2, 2026 at 10:15 am", "Name:\nJan Okoye\n\nEmail:\njan@acme.example\n\nBody:\nDo you sell wholesale?\n", "",
         Inquiry("Shop", "Jan Okoye", "jan@acme.example", "", "")),
        ("TradeKey <inquiry@tradekey.com>", "Buy lead: cotton towels", "Name | Jan Okoye\nEmail | jan@acme.example\nCountry | Nigeria\n", "",
         Inquiry("TradeKey", "Jan Okoye", "jan@acme.example", "Nigeria", "")),
    ],
)  # fmt: skip
def test_the_buyer_is_read(sender: str, subject: str, text: str, headers: str, inquiry: Inquiry) -> None:
    got = read(sender, subject, text, headers)
    assert got.kind is Kind.PLATFORM_INQUIRY
    assert got.inquiry == inquiry
    assert len(got.kind_signals) >= 2


@pytest.mark.parametrize(
    ("sender", "subject", "text", "kind"),
    [
        ("Alibaba.com <news@notice.alibaba.com>", "Top sellers of the week", "Read more", Kind.BULK),
        ("ana@buyer.example", "Inquiry", "Name: BP-12\nEmail: ana@buyer.example\nPlease quote", Kind.BULK),
        ("inquiry@buyer.example", "Re: Inquiry", FORM, Kind.BULK),
        ("inquiry@buyer.example", "Inquiry for valves", "We need 500 valves.", Kind.BULK),
    ],
)
def test_other_mail_is_not(sender: str, subject: str, text: str, kind: Kind) -> None:
    got = read(sender, subject, text)
    assert got.kind is kind
    assert got.inquiry is None


def test_the_buyer_is_the_contact_and_gets_the_answer(room: Mailroom) -> None:
    room.arrives(letter("inquiry-12@b2bmarket.example", "[Inquiry] Jan is interested in valves", FORM))
    room.sync()
    (contact,) = room.all(Contact)
    (message,) = room.all(Message)
    assert (contact.address, contact.name) == ("jan@acme.example", "Jan Okoye")
    assert message.contact_id == contact.id
    assert message.people["reply_to"] == [["Jan Okoye", "jan@acme.example"]]
    assert [company.name for company in room.all(Company)] == ["Acme"]


@pytest.mark.parametrize(
    ("body", "gist"),
    [
        ("Buyer: Ana Diaz\nCountry: Chile\nEmail: ana@compras.example\nQuantity: 500\n\nWe need ball valves DN50 for a plant in Arica.",
         "We need ball valves DN50 for a plant in Arica."),
        ("Name: Ana Diaz\nEmail: ana@compras.example\nMessage: Do you make DN50 in brass?\nPhone: 555", "Do you make DN50 in brass?"),
    ],
)  # fmt: skip
def test_the_gist_is_what_the_buyer_wrote_and_not_the_form(body: str, gist: str) -> None:
    raw = f"From: Market <inquiry@b2bmarket.example>\nSubject: Inquiry for valves\n\n{body}\n"
    got = read_mail(Mime(), raw.encode())
    assert got.kind is Kind.PLATFORM_INQUIRY
    assert got.gist == gist
