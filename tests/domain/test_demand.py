"""Whether a mail wants something, its gist and its language."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.demand import asks, gist, is_patient, language


@pytest.mark.parametrize(
    "text",
    [
        "Thank you!",
        "Thanks, well received.",
        "Noted with thanks.",
        "Hi Lin,\n\nOK, perfect. Thank you very much.\n\nAna",
        "Dear Lin,\nGot it, thanks!\nHave a nice weekend.",
        "谢谢！",
        "收到，谢谢。",
        "好的，明白了，祝周末愉快！",
        "Muchas gracias.",
        "Recibido, gracias. Saludos",
        "Vielen Dank!",
        "Alles klar, danke.",
        "Merci beaucoup.",
        "Bien reçu, merci. Bonne journée",
        "Obrigado!",
        "Recebido, obrigada.",
        "Спасибо!",
        "Получили, спасибо.",
        "شكرا جزيلا",
        "Grazie mille.",
        "Teşekkürler.",
        "ありがとうございます。",
        "감사합니다.",
    ],
)
def test_a_mail_that_only_thanks_looks_finished(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thanks. What is your MOQ?",
        "Thanks, please send the invoice.",
        "Thank you for the quote. It is too expensive.",
        "Thanks. We take 200.",
        "OK but the colour is wrong",
        "Thanks, still waiting for the drawing.",
        "Thank you in advance for your offer",
        "See attached.",
        "Thanks for your mail. We looked at it and our engineers feel the handle gets loose after a week.",
        "谢谢，价格能否再优惠",
        "收到，请发图纸",
        "谢谢，这个有库存吗",
        "Gracias, ¿cuándo llega?",
        "Gracias, necesito la factura",
        "Danke, bitte senden Sie die Rechnung",
        "Danke, aber die Farbe stimmt nicht",
        "Merci, pourriez-vous confirmer",
        "Merci, mais il manque une pièce",
        "Obrigado, preciso do catálogo",
        "Спасибо, пришлите счёт",
        "شكرا، متى الشحن؟",
        "شكرا، نحتاج الفاتورة",
        "Grazie, quando spedite",
        "Teşekkürler, lütfen fatura gönderin",
        "ありがとうございます。見積書を送ってください。",
        "감사합니다. 견적서를 보내 주세요.",
        "٢٠٠ قطعة شكرا",
        "Спасибо" + " и " * 300,
        "Thank you for sending us your best price list.",
        "Danke für die Zusendung Ihres Angebots",
        "Thanks for the samples they broke",
        "Well received the goods are wet",
        "Ok waiting",
        "Perfect, go ahead",
        "收到，颜色错",
        "OK 下单",
        "Gracias, color equivocado",
        "Спасибо, цвет другой",
        "شكرا اللون مختلف",
        "ありがとうございます、色違い",
        "감사합니다 색상 다름",
    ],
)
def test_in_doubt_a_mail_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Dear Lin,\n\nThank you for your mail. Can you offer 500 pcs of BP-12?\n\nAna",
            "Can you offer 500 pcs of BP-12?",
        ),
        ("Hi Lin, we need the drawing by Friday.", "we need the drawing by Friday."),
        (
            "Hello,\nI hope you are well. The sample broke after\ntwo days. What now?",
            "The sample broke after two days.",
        ),
        ("尊敬的林女士：\n\n感谢您的来信。请报价500件。谢谢", "请报价500件。"),
        ("Hola Lin:\n\nGracias por su oferta. El precio es alto.", "El precio es alto."),
        ("Guten Tag Frau Lin,\n\nvielen Dank für Ihr Angebot. Wann können Sie liefern?", "Wann können Sie liefern?"),
        ("Dear Sir,\nThank you for your quotation.", "Thank you for your quotation."),
        ("Здравствуйте, госпожа Линь!\n\nПрошу выслать цену на насосы.", "Прошу выслать цену на насосы."),
        ("Gentile Sig.ra Lin,\n\ngrazie per la Sua offerta. Il prezzo è alto.", "Il prezzo è alto."),
        ("林经理：\n\n请报价500个。", "请报价500个。"),
        ("王总，您好！\n请报价500个。", "请报价500个。"),
        ("Уважаемая госпожа Линь,\n\nблагодарим за ответ. Когда отгрузка?", "Когда отгрузка?"),
        ("Sayın Bayan Lin,\n\nTeklifiniz için teşekkür ederiz. Fiyat yüksek.", "Fiyat yüksek."),
        ("Dear Ms. Lin, Thank you for your prompt reply. We need 500 pcs.", "We need 500 pcs."),
        ("Madame, Monsieur,\n\nNous cherchons des lampes.", "Nous cherchons des lampes."),
        ("Lin 様、\nお世話になっております。\n東京商事の田中です。\n見積をお願いします。", "見積をお願いします。"),
        ("린 부장님,\n안녕하세요. 견적 부탁드립니다.", "견적 부탁드립니다."),
        ("السيدة لين المحترمة،\n\nشكرا لردكم. متى الشحن؟", "متى الشحن؟"),
        ("Bom dia, Lin!\nTudo bem?\nPreciso de 500 peças.", "Preciso de 500 peças."),
        ("Thanks for your mail.\nRegards", "Thanks for your mail."),
        ("Hi Lin,", "Hi Lin,"),
        ("", ""),
        ("1. What is the price of DN80?\n2. What is the MOQ?", "What is the price of DN80?"),
        ("12", "12"),
        ("Mr. Smith needs item no. 5 urgently. Bye.", "Mr. Smith needs item no. 5 urgently."),
    ],
)
def test_the_gist_is_the_first_meaningful_sentence(text: str, said: str) -> None:
    assert gist(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hi Lin\nhope you are doing great\nwe need 300 pcs", "we need 300 pcs"),
        ("Dear Sir,\n\nGreetings of the day!\nTrust this mail finds you in good health.\nKindly quote for pumps.", "Kindly quote for pumps."),
        ("Good day dear,\nHow are you and your family?\nI need price of tiles.", "I need price of tiles."),
        ("Dear Ms Lin,\n\nWarm greetings from Lagos. We received 12 broken pieces.", "We received 12 broken pieces."),
        ("Hello Lin,\nthanks a lot for the quick answer!\nCan you make it in blue?", "Can you make it in blue?"),
        ("Dear Lin,\nI hope this email finds you well.\nAny news about our order?", "Any news about our order?"),
        ("Hi,\nThank you for your mail and sorry for late reply.\nPlease go ahead with 500 pcs.", "Please go ahead with 500 pcs."),
        ("Sehr geehrte Frau Lin,\n\nich hoffe, es geht Ihnen gut.\nWir brauchen 300 Stück.", "Wir brauchen 300 Stück."),
        ("Hallo Lin,\nvielen Dank für die schnelle Antwort.\nKönnen Sie auch blau liefern?", "Können Sie auch blau liefern?"),
        ("Guten Morgen,\nbesten Dank für Ihre Nachricht.\nEs fehlen 3 Kartons.", "Es fehlen 3 Kartons."),
        ("Estimada Sra. Lin:\n\nEspero que se encuentre muy bien.\nNecesitamos 300 piezas.", "Necesitamos 300 piezas."),
        ("Buenos días,\n¿Cómo está?\nNecesito precio de 300 sillas.", "Necesito precio de 300 sillas."),
        ("Hola Lin, buen día. Un gusto saludarte. Faltan 3 cajas.", "Faltan 3 cajas."),
        ("Hola Lin, ¿cómo estás? Faltan 3 cajas.", "Faltan 3 cajas."),
        ("Bonjour Lin,\nJ'espère que vous allez bien.\nNous avons besoin de 300 pièces.", "Nous avons besoin de 300 pièces."),
        ("Bonjour,\nMerci beaucoup pour votre réponse rapide.\nPouvez-vous livrer en bleu ?", "Pouvez-vous livrer en bleu ?"),
        ("Bonjour Madame,\nNous vous remercions de votre offre.\nLe prix est élevé.", "Le prix est élevé."),
        ("Bom dia Lin,\nespero que esteja tudo bem com você.\nPreciso de 300 peças.", "Preciso de 300 peças."),
        ("Prezada Lin,\nMuito obrigado pelo retorno.\nFaltam 3 caixas.", "Faltam 3 caixas."),
        ("Olá, tudo bem?\nVocês têm cadeira dobrável?", "Vocês têm cadeira dobrável?"),
        ("Buongiorno Lin,\nspero tutto bene.\nCi servono 300 pezzi.", "Ci servono 300 pezzi."),
        ("Gentile Lin,\nLa ringrazio per la pronta risposta.\nMancano 3 cartoni.", "Mancano 3 cartoni."),
        ("Добрый день, Лин!\nНадеюсь, у вас всё хорошо.\nНам нужно 300 штук.", "Нам нужно 300 штук."),
        ("Здравствуйте!\nСпасибо за быстрый ответ.\nНе хватает 3 коробок.", "Не хватает 3 коробок."),
        ("Уважаемая Лин, добрый день!\nБлагодарю за предложение.\nЦена высокая.", "Цена высокая."),
        ("Merhaba Lin Hanım,\nUmarım iyisinizdir.\n300 adet lazım.", "300 adet lazım."),
        ("Merhaba,\nHızlı cevabınız için teşekkürler.\n3 koli eksik.", "3 koli eksik."),
        ("İyi günler Lin,\nNasılsınız?\nFiyat alabilir miyim?", "Fiyat alabilir miyim?"),
        ("السلام عليكم ورحمة الله وبركاته\nأتمنى أن تكونوا بخير\nنحتاج ٣٠٠ قطعة", "نحتاج ٣٠٠ قطعة"),
        ("مرحبا لين،\nكيف حالك؟\nكم سعر الكرسي؟", "كم سعر الكرسي؟"),
        ("الأخ العزيز،\nتحية طيبة وبعد،\nنرجو إرسال عرض سعر.", "نرجو إرسال عرض سعر."),
        ("いつも大変お世話になっております。\n東京商事の田中でございます。\n見積りをお願いいたします。", "見積りをお願いいたします。"),
        ("Lin様\n\nお疲れ様です。\n早速のご返信ありがとうございます。\n300個必要です。", "300個必要です。"),
        ("はじめまして。株式会社田中と申します。\nカタログをお送りください。", "カタログをお送りください。"),
        ("안녕하세요 린 부장님,\n한국무역 김철수입니다.\n300개 견적 부탁드립니다.", "300개 견적 부탁드립니다."),
        ("안녕하세요.\n빠른 답변 감사합니다.\n3박스가 부족합니다.", "3박스가 부족합니다."),
        ("잘 지내시죠?\n샘플을 보내 주세요.", "샘플을 보내 주세요."),
        ("Beste Lin,\nIk hoop dat het goed met je gaat.\nWij hebben 300 stuks nodig.", "Wij hebben 300 stuks nodig."),
        ("Hallo Lin,\nBedankt voor je snelle reactie.\nEr ontbreken 3 dozen.", "Er ontbreken 3 dozen."),
        ("Goedemorgen,\nAlles goed?\nWat kost een stoel?", "Wat kost een stoel?"),
        ("Dzień dobry,\nmam nadzieję, że u Pani wszystko w porządku.\nPotrzebujemy 300 sztuk.", "Potrzebujemy 300 sztuk."),
        ("Szanowna Pani Lin,\nbardzo dziękuję za szybką odpowiedź.\nBrakuje 3 kartonów.", "Brakuje 3 kartonów."),
        ("林小姐，你好！\n好久不见，最近怎么样？\n我们需要300个。", "我们需要300个。"),
        ("您好，林经理，\n收到您的邮件，谢谢。\n价格有点高。", "价格有点高。"),
        ("Lin你好\n不好意思打扰了\n请问这款多少钱？", "请问这款多少钱？"),
        ("尊敬的先生/女士：\n\n您好！感谢贵司的报价。\n单价能否再优惠？", "单价能否再优惠？"),
        ("在吗？\n这款有现货吗", "这款有现货吗"),
        ("Hi dear\nGood morning\nNice day!\nplease send PI", "please send PI"),
        ("Dear Lin, good afternoon.\nThanks for your support.\nThe motors are burnt.", "The motors are burnt."),
        ("Dear Lin,\nThis is Ahmed from Gulf Trading, Dubai.\nWe want 2 containers.", "We want 2 containers."),
        ("Dear Lin,\nMy name is Ahmed and I work for Gulf Trading.\nWe want 2 containers.", "We want 2 containers."),
        ("Assalamu alaikum brother,\nhope all is fine.\nneed your best price for rice bags", "need your best price for rice bags"),
    ],
)  # fmt: skip
def test_openers_of_every_language_are_passed_over(text: str, said: str) -> None:
    assert gist(text) == said


def test_a_long_gist_ends_at_a_word() -> None:
    said = gist("We would like to know " + "whether this article " * 20)
    assert len(said) <= 120
    assert said.endswith("…")
    assert not said.endswith(" …")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Please send us your best price for the attached drawing", "en"),
        ("Por favor envíenos su mejor precio para el plano adjunto", "es"),
        ("Bitte senden Sie uns Ihr bestes Angebot für die Zeichnung", "de"),
        ("Veuillez nous envoyer votre meilleur prix pour le dessin", "fr"),
        ("Por favor envie o seu melhor preço para o desenho em anexo, obrigado", "pt"),
        ("Vi preghiamo di inviare il vostro prezzo per il disegno", "it"),
        ("Пришлите, пожалуйста, цену", "ru"),
        ("Надішліть, будь ласка, ціну", "uk"),
        ("请发一下报价", "zh"),
        ("ABC-500 报价单 FOB Ningbo 多少钱", "zh"),
        ("見積もりを送ってください", "ja"),
        ("견적을 보내 주세요", "ko"),
        ("نرجو إرسال عرض السعر", "ar"),
        ("Lütfen bize bir teklif ve katalog gönderin", "tr"),
        ("ÜRÜN FİYATI VE ADET", "tr"),
        ("“Bitte” – die Preise für das Öl…", "de"),
        ("PREÇO DA PEÇA, NÃO DE UMA CAIXA", "pt"),
        ("BP-12 500 FOB", ""),
        ("", ""),
    ],
)
def test_the_language_is_told_where_it_is_clear(text: str, code: str) -> None:
    assert language(text) == code


@given(st.text(max_size=400))
def test_nothing_breaks_them(text: str) -> None:
    assert isinstance(asks(text), bool)
    assert len(gist(text)) <= 120
    language(text)


@pytest.mark.parametrize("unit", ["a ", "thanks ", "? ", "Hi, ", "谢谢", ". ", "\n\n", "thank you a for ", "Mr. "])
def test_a_megabyte_takes_no_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    started = time.process_time()
    asks(text)
    gist(text)
    language(text)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "text",
    [
        "gracias, quedo en espera",
        "Ok, waiting.",
        "Ok waiting",
        "ok, thanks. I will wait.",
        "Danke, ich warte.",
        "Merci, j'attends.",
        "Obrigado, fico no aguardo.",
        "Спасибо, жду.",
        "Tamam, bekliyorum.",
        "Grazie, resto in attesa",
        "Bedankt, wij wachten af.",
        "Dzięki, czekam.",
        "No rush. Anna",
        "好的，我等您",
    ],
)
def test_who_only_waits_is_patient(text: str) -> None:
    assert is_patient(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks.",
        "Still waiting!",
        "Ok, waiting for your reply",
        "Waiting for the price",
        "Ok, waiting. What is the MOQ",
        "Ok, waiting, but please hurry",
        "Waiting. Please also quote DN80.",
        "How long do we wait?",
        "还在等",
        "",
    ],
)
def test_who_waits_for_something_or_asks_more_is_not(text: str) -> None:
    assert not is_patient(text)
