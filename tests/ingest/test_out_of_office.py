"""Out-of-office notes without any header, in fourteen languages, and the day of return."""

from __future__ import annotations

from datetime import date

import pytest
from ingest.mailroom import Mailroom, letter

from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import Kind, ReadMail
from mailcrm.ingest.reading import read_mail
from mailcrm.records import Contact


def read(text: str) -> ReadMail:
    return read_mail(
        Mime(),
        (
            "From: ana@buyer.example\nTo: lin@seller.example\nSubject: Re: Offer\nDate: Mon, 23 Nov 2026 09:00:00 +0100\n"
            f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
        ).encode(),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your mail. I am out of the office until 5 December with limited access to e-mail.",
        "Ich bin bis zum 5. Dezember nicht im Büro. In dringenden Fällen wenden Sie sich bitte an Frau Weber.",
        "Estoy de vacaciones hasta el 5 de diciembre. Para temas urgentes contacte a mi compañera.",
        "Je suis absente du bureau jusqu'au 5 décembre. En cas d'urgence, veuillez contacter M. Roche.",
        "Estou de férias até 5 de dezembro. Em caso de urgência, contate minha colega.",
        "Sono fuori ufficio fino al 5 dicembre. Per urgenze contattare Luca Neri.",
        "Я в отпуске до 5 декабря. По срочным вопросам обращайтесь к Ивану.",
        "5 Aralık tarihine kadar izindeyim. Acil durumlar için arkadaşıma yazabilirsiniz.",
        "Ik ben afwezig tot 5 december. Neem voor dringende zaken contact op met Jan.",
        "Jestem na urlopie do 5 grudnia. W pilnych sprawach proszę o kontakt z Ewą.",
        "您好，我正在休假，12月5日返回办公室，紧急事宜请联系王芳。",
        "أنا في إجازة حتى 5 ديسمبر. للحالات العاجلة يرجى التواصل مع زميلي.",
        "12月5日まで休暇をいただいております。お急ぎの場合は田中までご連絡ください。",
        "12월 5일까지 휴가 중입니다. 급한 용무는 김 대리에게 연락 바랍니다.",
    ],
)
def test_a_note_is_an_automatic_reply_with_its_day(text: str) -> None:
    got = read(text)
    assert got.kind is Kind.AUTO_REPLY
    assert got.away_until == date(2026, 12, 5)
    assert len(got.kind_signals) == 2


@pytest.mark.parametrize(
    "text",
    [
        "We will be on holiday next week, please send the offer before. What is your price?",
        "Please note our office is closed on Friday. Can you ship on Thursday?",
        "Happy holidays to you and your family!",
        "My colleague is on vacation, I take care of this order. Please send the PI.",
        "I was on holiday last week, sorry for the late reply. We confirm the order.",
        "Ich war im Urlaub. Bitte senden Sie die Rechnung.",
        "我上周出差了，今天确认订单，请发PI。",
        "Chinese New Year holiday: when do you close? We need the goods before.",
        "I am on holiday from Monday, so please send the documents before Friday to my colleague.",
        "We are travelling to China in April and want to visit your factory until 20 April.",
    ],
)
def test_who_mentions_a_holiday_is_human(text: str) -> None:
    got = read(text)
    assert got.kind is Kind.HUMAN
    assert got.away_until is None


def test_the_contact_is_away_until_then(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "Valves"))
    room.sync()
    note = "I am out of the office until 12 March and will reply on my return."
    room.arrives(letter("jan@acme.example", "Re: Offer", note))
    room.sync()
    (contact,) = room.all(Contact)
    assert contact.away_until.date() == date(2026, 3, 12)
