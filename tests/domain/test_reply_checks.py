"""What a person is asked to look at before a reply leaves: both sides of every check, in the customers' languages."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.checks import Check, KnownName, Question, ReplyFacts
from mailcrm.domain.checks.attachments import announced_attachment
from mailcrm.domain.checks.names import strange_names
from mailcrm.domain.checks.questions import asked_questions, tick
from mailcrm.domain.checks.reading import check_reply, open_promise, questions_of
from mailcrm.domain.demand import language

TODAY = date(2026, 11, 26)  # a Thursday

ANNOUNCED = [
    "Please find our quotation attached.",
    "Attached please find the price list you asked for.",
    "I have attached two photos of the carton.",
    "Dear Jan,\nThe PI is enclosed.\nBest regards",
    "See attached.",
    "We are attaching the drawing for your approval.",
    "Kindly check the attached PI and sign it back.",
    "Thank you for your mail\nAttached our best offer",
    "The test report is in the attachment.",
    "报价单见附件，请查收。",
    "附件是我们的形式发票。",
    "Please check the attached drawing and revert with your comments.",
    "请看附件里的照片。",
    "随附检测报告一份。",
    "附上最新的价格表。",
    "報價單請見附件",
    "Adjunto encontrará nuestra cotización.",
    "Le envío la lista de precios adjunta.",
    "Adjuntamos la factura proforma.",
    "Anbei unser Angebot.",
    "Die Zeichnung finden Sie im Anhang.",
    "Das Zertifikat ist dieser Mail beigefügt.",
    "Unser Angebot in der Anlage.",
    "Veuillez trouver ci-joint notre devis.",
    "Vous trouverez la facture en pièce jointe.",
    "Je vous joins le certificat.",
    "Segue em anexo nossa cotação.",
    "Anexamos a fatura proforma.",
    "In allegato la nostra offerta.",
    "Allego il listino prezzi.",
    "Во вложении наше коммерческое предложение.",
    "Прилагаю счёт и сертификат.",
    "Файл прикреплён к письму.",
    "Teklifimiz ektedir.",
    "Ekte fiyat listemizi bulabilirsiniz.",
    "In de bijlage vindt u onze offerte.",
    "Bijgevoegd de factuur.",
    "W załączniku przesyłam ofertę.",
    "Załączam cennik.",
    "مرفق عرض السعر.",
    "تجدون طيه الفاتورة الأولية.",
    "نرفق لكم قائمة الأسعار.",
    "見積書を添付いたします。",
    "添付ファイルをご確認ください。",
    "견적서를 첨부합니다.",
    "첨부 파일을 확인해 주세요.",
]
NOT_ANNOUNCED = [
    "Thank you for the attached drawing, we are studying it.",
    "We received your attachment.",
    "As you wrote in your attached PO, the colour is red.",
    "The drawing attached to your last mail shows 40 mm.",
    "The quotation attached to our previous mail is still valid.",
    "Could you please attach the drawing?",
    "Please attach the signed PI to your answer.",
    "There was no attachment in your mail.",
    "Your attachment is empty, please send it again.",
    "We couldn't open the attachment.",
    "The hang tag is firmly attached to the carton.",
    "The motor is fully enclosed and needs no cover.",
    "We have checked the drawing you attached.",
    "The price is USD 1.20.",
    "Our offer has no conditions attached.",
    "收到您的附件，我们正在看。",
    "附件打不开，请重新发一下。",
    "您发来的附件里没有图纸。",
    "价格是1.20美元。",
    "上封邮件的附件仍然有效。",
    "Recibimos su archivo adjunto, gracias.",
    "Su plano adjunto no indica el espesor.",
    "¿Puede adjuntar el plano?",
    "Danke für den Anhang.",
    "Ihr Anhang fehlte leider.",
    "Die Anlage läuft mit 380 V.",
    "Votre pièce jointe est illisible.",
    "Merci de joindre le plan.",
    "Le joint torique est en silicone.",
    "Recebemos o seu anexo.",
    "Il vostro allegato non si apre.",
    "Grazie per il disegno allegato.",
    "Мы получили ваше вложение.",
    "Пожалуйста, приложите чертёж.",
    "Ekinizdeki çizimi inceledik.",
    "Lütfen çizimi ekleyin.",
    "Uw bijlage ontbreekt.",
    "Proszę o załączenie rysunku.",
    "Państwa załącznik jest pusty.",
    "يرجى إرفاق الرسم.",
    "添付ファイルが開けません。",
    "添付ファイルを拝見しました。",
    "도면을 첨부해 주세요.",
    "보내주신 첨부 파일은 확인했습니다.",
]


@pytest.mark.parametrize("text", ANNOUNCED)
def test_a_file_that_is_announced_and_not_there(text: str) -> None:
    words = announced_attachment(text)
    assert words
    assert words.strip("…") in " ".join(text.split())
    assert codes(facts(text)) >= {"attachment_missing"}
    assert "attachment_missing" not in codes(facts(text, attachments=1))


@pytest.mark.parametrize("text", NOT_ANNOUNCED)
def test_no_file_is_announced(text: str) -> None:
    assert announced_attachment(text) == ""


def test_what_is_quoted_announces_nothing() -> None:
    quoted = "Yes, 30 days.\n\nOn Mon, 23 Nov 2026 at 10:00, Jan <jan@vries.example> wrote:\n> Please find our order attached."
    assert codes(facts(quoted)) == set()
    assert codes(facts("> Drawing attached.\nThe price is 1.20.")) == set()


def facts(body: str, **known: object) -> ReplyFacts:
    return ReplyFacts(body, language(body), TODAY, **known)  # type: ignore[arg-type]  # named by the caller


def codes(read: ReplyFacts) -> set[str]:
    return {check.code for check in check_reply(read)}


QUESTIONS = [
    ("Could you send the price list? What is the MOQ?", ["Could you send the price list?", "What is the MOQ?"]),
    ("1. Best price FOB Ningbo\n2. MOQ\n3. Lead time\n\nThanks", ["Best price FOB Ningbo", "MOQ", "Lead time"]),
    ("We need 1) price 2) packing 3) port of loading", ["price", "packing", "port of loading"]),
    ("① 单价\n② 起订量\n③ 交期", ["单价", "起订量", "交期"]),
    ("a) colour of the body\nb) length of the cable", ["colour of the body", "length of the cable"]),
    ("一、报价\n二、样品", ["报价", "样品"]),
    ("Q1: Is it waterproof\nQ2: Which colours", ["Is it waterproof", "Which colours"]),
    ("(1) price (2) sample", ["price", "sample"]),
    ("Please send your best price for 500 pcs.", ["Please send your best price for 500 pcs."]),
    ("Please quote:\n- price\n- MOQ\n- photos", ["price", "MOQ"]),
    ("Hi Lin, how are you? Hope all is well. Is the certificate still valid?", ["Is the certificate still valid?"]),
    ("请报价。最小起订量是多少？", ["请报价。", "最小起订量是多少？"]),
    ("能寄样品吗", ["能寄样品吗"]),
    ("这种水杯多少钱一只", ["这种水杯多少钱一只"]),
    ("안녕하세요, 단가가 얼마인가요?", ["안녕하세요, 단가가 얼마인가요?"]),
    ("what is the difference between A and B", ["what is the difference between A and B"]),
    ("¿Cuál es el plazo de entrega para FOB Ningbo? Gracias.", ["¿Cuál es el plazo de entrega para FOB Ningbo?"]),
    ("Por favor, confirme la forma de pago.", ["Por favor, confirme la forma de pago."]),
    ("Bitte senden Sie uns ein Muster.", ["Bitte senden Sie uns ein Muster."]),
    ("Wie lange ist die Lieferzeit?", ["Wie lange ist die Lieferzeit?"]),
    ("Merci de nous communiquer votre meilleur prix.", ["Merci de nous communiquer votre meilleur prix."]),
    ("Qual é o prazo de entrega? Obrigado", ["Qual é o prazo de entrega?"]),
    ("Potete inviarci un campione?", ["Potete inviarci un campione?"]),
    ("Просим сообщить цену и срок поставки.", ["Просим сообщить цену и срок поставки."]),
    ("Numune gönderebilir misiniz?", ["Numune gönderebilir misiniz?"]),
    ("Graag uw prijs voor 1000 stuks.", ["Graag uw prijs voor 1000 stuks."]),
    ("Proszę o podanie ceny i terminu dostawy.", ["Proszę o podanie ceny i terminu dostawy."]),
    ("ما هو الحد الأدنى للطلب؟", ["ما هو الحد الأدنى للطلب؟"]),
    ("納期を教えてください。", ["納期を教えてください。"]),
    ("최소 주문 수량은 얼마입니까?", ["최소 주문 수량은 얼마입니까?"]),
    ("See https://shop.example/?id=1 for what we sell.", []),
    ("We received the samples. Thank you.", []),
    ("The price is 1.20 per piece.\n10 - 15 days are fine.", []),
    ("Noted with thanks.", []),
    ("How are you?", []),
    ("最近好吗？", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), QUESTIONS)
def test_the_customers_questions_in_their_order(text: str, expected: list[str]) -> None:
    assert [question.text for question in asked_questions(text)] == expected


TICKS = [
    ("What is your price?", "The price is USD 2.10.", True),
    ("What is your price?", "USD 2.10 FOB Ningbo", True),
    ("What is your price?", "The lead time is 30 days.", False),
    ("What is your price?", "We will check the price and revert on Friday.", False),
    ("What is your price?", "What is your target price?", False),
    ("What is the MOQ?", "MOQ 500 pcs", True),
    ("What is the MOQ?", "500 pcs are fine", False),
    ("Please quote price, MOQ and lead time.", "Price USD 2, MOQ 100 pcs.", False),
    ("Please quote price, MOQ and lead time.", "Price USD 2, MOQ 100 pcs, 25 days.", True),
    ("Lead time? Port?", "30 days after deposit", True),
    ("What is your port of loading?", "FOB Ningbo", True),
    ("Do you have a CE certificate?", "Yes, our certificates are valid until 2028.", True),
    ("Which payment terms?", "30% deposit, balance against copy of B/L.", True),
    ("Can you send samples?", "Samples leave on Monday by courier.", True),
    ("Is the LX-450 still made?", "The LX-450 is in production.", True),
    ("Is the LX-450 still made?", "The LX-300 is in production.", False),
    ("Does it come in black?", "Black is possible.", False),
    ("交期多久？", "30天", True),
    ("交期多久？", "价格是2美元", False),
    ("起订量多少？", "起订量500个", True),
    ("¿Cuál es el plazo de entrega?", "El plazo de entrega es de 30 días.", True),
    ("¿Cuál es el precio?", "El plazo de entrega es de 30 días.", False),
    ("Wie ist die Lieferzeit?", "30 Tage nach Anzahlung", True),
    ("Quel est le prix ?", "Le prix est de 2 €.", True),
    ("Какая цена?", "Цена 2 доллара.", True),
    ("Fiyat nedir?", "Fiyatımız 2 USD.", True),
    ("Wat is de levertijd?", "De levertijd is 4 weken.", True),
    ("Jaka jest cena?", "Cena 2 USD.", True),
    ("Qual il prezzo?", "Il prezzo è 2 euro.", True),
    ("Qual o preço?", "O preço é 2 dólares.", True),
    ("ما هو السعر؟", "السعر 2 دولار.", True),
    ("単価はいくらですか？", "単価は2ドルです。", True),
    ("납기는 얼마나 걸립니까?", "납기는 30일입니다.", True),
    ("What is your price?", "", False),
]


@pytest.mark.parametrize(("asked", "reply", "expected"), TICKS)
def test_a_tick_where_the_reply_speaks_of_it(asked: str, reply: str, expected: bool) -> None:
    first = tick(asked_questions(asked), reply, language(reply), TODAY)[0]
    assert first.answered is expected


def test_an_answer_under_the_same_number() -> None:
    asked = asked_questions("1. Which colours?\n2. Which plug?\n3. Is it waterproof?")
    reply = "1. Black and white.\n2. We will check with our factory and revert tomorrow.\n3. Yes, IP65."
    assert [one.answered for one in tick(asked, reply, "en", TODAY)] == [True, False, True]


def test_a_long_question_is_one_short_line() -> None:
    (question,) = asked_questions("Could you " + "please " * 60 + "quote?")
    assert len(question.text) == 120
    assert question.text.endswith("…")


def test_a_mail_of_a_hundred_questions_gives_twelve_ticks() -> None:
    assert len(asked_questions("\n".join(f"Is the number {number} right?" for number in range(100)))) == 12


OTHERS = (
    KnownName("María García", person=True),
    KnownName("Jan Santos", person=True),
    KnownName("王小明", person=True),
    KnownName("Wu Li", person=True),
    KnownName("Sales Department", person=True),
    KnownName("García Trading S.L."),
    KnownName("Hamburg Pumpen GmbH & Co. KG"),
    KnownName("Orange"),
    KnownName("Sample"),
    KnownName("Abc"),
    KnownName("华美贸易有限公司"),
    KnownName("ООО Ромашка"),
)
NAMED = [
    ("Dear María,\nthe price is 2.", ["María García"]),
    ("Dear Maria Garcia,\nthe price is 2.", ["María García"]),
    ("hi maria, ok", ["María García"]),
    ("Maria, ok", ["María García"]),
    ("Hola María:\nok", ["María García"]),
    ("The order of Mr. Santos is ready.", ["Jan Santos"]),
    ("Sehr geehrter Herr Santos,\nok", ["Jan Santos"]),
    ("CIF Santos is USD 3.", []),
    ("Hi,\nSantos is the port.", []),
    ("Dear Sir. Santos is the port.", []),
    ("Dear Mr. Santos, ok", ["Jan Santos"]),
    ("Dear Jan, Santos is the port.", []),
    ("As agreed with María García, 30 days.", ["María García"]),
    ("As you told Maria, 30 days.", []),
    ("尊敬的王小明先生：\n您好", ["王小明"]),
    ("Dear Wu Li,\nok", ["Wu Li"]),
    ("Dear Wu,\nok", []),
    ("Dear Sales,\nSales Department is closed today.", []),
    ("Please ask maria garcia for the rest.", []),
    ("We ship like for García Trading.", ["García Trading S.L."]),
    ("We ship like for Garcia Trading, S.L.", ["García Trading S.L."]),
    ("Tell Hamburg Pumpen that it is ready.", ["Hamburg Pumpen GmbH & Co. KG"]),
    ("The ship calls at Hamburg.", []),
    ("The colour is orange, as Orange wants.", []),
    ("Your sample is ready. Sample 2 too.", []),
    ("Abc is fine.", []),
    ("华美贸易的价格是2美元", ["华美贸易有限公司"]),
    ("Ромашка получила это.", ["ООО Ромашка"]),
    ("Gardenia is in bloom, trading well.", []),
    ("The price is USD 2.10.", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_another_customers_name(text: str, expected: list[str]) -> None:
    assert strange_names(text, OTHERS, "Price list 2027\nJan de Vries\nVries", {"Lin Wei"}) == expected


@pytest.mark.parametrize(
    ("familiar", "ours"),
    [
        ("Maria Garcia of Garcia Trading asked me to write", ()),
        ("", ("María García", "García Trading")),
        ("maria garcia\ngarcia trading", ()),
    ],
)
def test_a_name_of_the_thread_or_of_ours_is_no_stranger(familiar: str, ours: tuple[str, ...]) -> None:
    assert strange_names("Dear Maria, as for García Trading …", OTHERS, familiar, ours) == []


def test_a_person_named_like_the_company_is_told_once() -> None:
    others = (KnownName("Nordwind"), KnownName("Jan Nordwind", person=True))
    assert strange_names("Dear Jan Nordwind,\nok", others, "", ()) == ["Jan Nordwind"]


def test_at_most_three_names() -> None:
    many = [KnownName(f"Company Number{number}x") for number in range(9)]
    assert len(strange_names(" ".join(one.name for one in many), many, "", ())) == 3


def test_a_recipient_who_has_no_part_in_the_thread() -> None:
    checks = check_reply(facts("The price is USD 2.", strangers=("eve@elsewhere.example",)))
    assert [check.code for check in checks] == ["recipient_not_in_thread"]
    assert "eve@elsewhere.example" in str(checks[0].detail)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We will check with our factory and revert on Friday.", date(2026, 11, 27)),
        ("Will get back to you soon.", None),
        ("明天确认后回复您。", date(2026, 11, 27)),
        ("Le mantendré informado.", None),
        ("Wir melden uns bis 2. Dezember.", date(2026, 12, 2)),
    ],
)
def test_a_promise_asks_until_when(text: str, day: date | None) -> None:
    read = facts(text)
    promise = open_promise(read)
    assert promise is not None
    assert promise.day == day
    assert codes(read) == {"promise_without_date"}
    assert codes(facts(text, holds=True)) == (set() if day else {"estimate_not_told"}), (
        "a holding reply says until when"
    )


def test_an_answer_promises_nothing() -> None:
    assert codes(facts("The price is 1.20, valid till Friday.")) == set()


def test_the_gravest_comes_first() -> None:
    text = "Dear Maria,\nplease find the offer attached. We will check the rest and revert tomorrow."
    read = facts(text, strangers=("x@y.example",), others=OTHERS)
    assert [check.code for check in check_reply(read)] == [
        "recipient_not_in_thread", "other_customer", "attachment_missing", "promise_without_date",
    ]  # fmt: skip


WILD = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("?？؟1.)①一、\n> attached 附件 Dear Maria price $")),
    max_size=400,
)


@given(WILD, WILD, WILD)
def test_no_text_is_too_odd(body: str, asked: str, name: str) -> None:
    read = facts(body, asked=asked, familiar=asked, others=(KnownName(name), KnownName(name, person=True)))
    assert all(isinstance(one, Check) and str(one.detail) for one in check_reply(read))
    for question in questions_of(read):
        assert isinstance(question, Question)
        assert 0 < len(question.text) <= 120
        assert "\n" not in question.text


@given(WILD)
def test_an_empty_reply_ticks_nothing(asked: str) -> None:
    assert not any(question.answered for question in questions_of(facts("", asked=asked)))


@pytest.mark.parametrize(
    "text",
    ["1) ?" * 20_000, "attached " * 20_000, "Dear " * 20_000, "? " * 40_000, "附件" * 40_000, "a" * 100_000, "\n" * 100_000, "> x\n" * 20_000],
    ids=lambda text: text[:4].strip() or "lines",
)  # fmt: skip
def test_long_texts_take_no_time(text: str) -> None:
    begun = time.perf_counter()
    check_reply(facts(text, others=OTHERS, familiar=text))
    questions_of(facts(text, asked=text))
    assert time.perf_counter() - begun < 2
