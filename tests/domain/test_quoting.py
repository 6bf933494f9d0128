"""The newest part of a mail, without quotes and signature (mail.md, "Quoted replies")."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.quoting import split_reply

ANSWER = "Please send 200 pcs."


@pytest.mark.parametrize(
    "below",
    [
        "On Mon, 2 Nov 2026 at 10:15, Lin Wei <lin@seller.example> wrote:\n> Dear Sir\n> our price is 2.60",
        "On Mon, 2 Nov 2026 at 10:15, Lin Wei <\nlin@seller.example> wrote:\n\n> Dear Sir",
        "> On 2 Nov 2026, at 10:15, Lin wrote:\n>> nested\n> Dear Sir",
        "在 2026年11月2日，下午8:45，Lin Wei <lin@seller.example> 写道：\n> 您好",
        "于 2026/11/2 10:15, Lin 写道:\n> 您好",
        'At 2026-11-02 10:15:00, "Lin Wei" <lin@seller.example> wrote:\nDear Sir',
        "Am 02.11.2026 um 10:15 schrieb Lin Wei <lin@seller.example>:\n> Guten Tag",
        "Lin Wei <lin@seller.example> schrieb am Mo., 2. Nov.\n2026 um 10:15 Uhr:\n\n> Guten Tag",
        "El lun, 2 nov 2026 a las 10:15, Lin Wei (<lin@seller.example>) escribió:\n> Hola",
        "Le lun. 2 nov. 2026 à 10:15, Lin Wei <lin@seller.example>\na écrit :\n\n> Bonjour",
        "Em seg., 2 de nov. de 2026 às 10:15, Lin <lin@seller.example> escreveu:\n> Bom dia",
        "Il giorno lun 2 nov 2026 alle ore 10:15 Lin <lin@seller.example> ha scritto:\n> Buongiorno",
        "Op ma 2 nov. 2026 om 10:15 schreef Lin <lin@seller.example>:\n> Dag",
        "Den mån 2 nov. 2026 kl 10:15 skrev Lin <lin@seller.example>:\n> Hej",
        "W dniu 2026-11-02 10:15, Lin <lin@seller.example> napisał:\n> Witam",
        "понедельник, 2 ноября 2026 г. пользователь Lin <lin@seller.example> написал:\n> Добрый день",
        "2026-11-02 10:15 GMT+08:00 Lin Wei <lin@seller.example>:\n\n> Dear Sir",
        "-----Original Message-----\nDear Sir",
        "*-------- Original Message --------*\nDear Sir",
        "-----Ursprüngliche Nachricht-----\nGuten Tag",
        "------------------ 原始邮件 ------------------\n您好",
        "---------- Forwarded message ---------\nDear Sir",
        "Begin forwarded message:\n\nDear Sir",
        "From: Lin Wei <lin@seller.example>\nSent: Monday, 2 November 2026 10:15\nTo: Ana <ana@buyer.example>\nSubject: Offer\n\nDear",
        "________________________________\nFrom: Lin <lin@seller.example>\nDate: 2 Nov\nTo: Ana\n\nDear Sir",
        "*From:* Lin <lin@seller.example>\n*Sent:* Monday\n*To:* Ana\n*Subject:* Offer\n\nDear Sir",
        "Von: Lin <lin@seller.example>\nGesendet: Montag, 2. November 2026 10:15\nAn: Ana\nBetreff: Angebot\n\nGuten Tag",
        "De: Lin <lin@seller.example>\nEnviado el: lunes, 2 de noviembre de 2026\nPara: Ana\nAsunto: Oferta\n\nHola",
        "De : Lin <lin@seller.example>\nEnvoyé : lundi 2 novembre 2026\nÀ : Ana\nObjet : Offre\n\nBonjour",
        "发件人: Lin <lin@seller.example>\n发送时间: 2026年11月2日 10:15\n收件人: Ana\n主题: 报价\n\n您好",
        "От: Lin <lin@seller.example>\nДата: 2 ноября 2026\nКому: Ana\nТема: Цена\n\nДобрый день",
    ],
)  # fmt: skip
def test_what_stands_below_is_quoted(below: str) -> None:
    pieces = split_reply(f"{ANSWER}\n\n{below}\n")
    assert pieces.reply == ANSWER
    assert pieces.quoted_lines > 0


@pytest.mark.parametrize(
    "text",
    [
        "From: now on we order monthly.\nTo: be shipped in May.",
        "From: Ningbo\nTo: Hamburg\nDate: 5 May",  # three labels, no address: a shipping request
        "We need:\n- 200 pcs\n- carton 40x30x30",
        "As you wrote:\nprice 2.60",
        "Price <2.60 and > 2.40",
        "On the price: can you do better?",
    ],
)
def test_a_customers_own_words_stay(text: str) -> None:
    assert split_reply(text).reply == text


def test_answers_between_and_below_quotes_are_the_reply() -> None:
    pieces = split_reply("> What colour?\nRed.\n> How many?\n200.\n")
    assert [line for line in pieces.reply.split("\n") if line] == ["Red.", "200."]
    assert pieces.quoted_lines == 2


def test_an_answer_below_its_quotation_is_found() -> None:
    pieces = split_reply(
        "On Mon, 2 Nov 2026 at 10:15, Lin <lin@seller.example> wrote:\n> MOQ?\n> Price?\n\nMOQ is 500.\n"
    )
    assert pieces.reply == "MOQ is 500."


@pytest.mark.parametrize(
    ("signature", "starts"),
    [
        ("-- \nAna Pérez\nBuyer", "--"),
        ("--\nAna", "--"),
        ("Sent from my iPhone", "Sent"),
        ("Get Outlook for iOS", "Get"),
        ("发自我的iPhone", "发自"),
        ("Enviado desde mi iPhone", "Enviado"),
        ("Von meinem iPhone gesendet", "Von"),
        ("Best regards,\n\nAna Pérez\nBuyer\n+34 600 000 000", "Best"),
        ("Mit freundlichen Grüßen\nJürgen", "Mit"),
        ("Saludos cordiales,\nAna", "Saludos"),
        ("С уважением,\nАнна", "С"),
        ("此致敬礼\n王伟", "此致"),
    ],
)
def test_a_signature_is_taken_off(signature: str, starts: str) -> None:
    pieces = split_reply(f"{ANSWER}\n\n{signature}\n")
    assert pieces.reply == ANSWER
    assert pieces.signature.startswith(starts)


SIGN_OFFS = (
    "with best regards; kind regards; B.Regards; bestregards; Rgds; BR; b.r.; Sincerely yours; Yours faithfully; Best; Cheers; Many thanks and regards"
    "; Thank you and best regards; Mit besten Grüßen; Freundliche Grüße; Viele Grüße; Liebe Grüße; MfG; LG; Gruß; Hochachtungsvoll; Herzliche Grüße"
    "; Un cordial saludo; Fuerte abrazo; Saludos; Att.te.; Muy atentamente; Cordialmente; Cordiali saluti; Distinti saluti; Bien à vous; À vous"
    "; Très cordialement; Salutations distinguées; Atenciosamente; Com os melhores cumprimentos; Abraços; С уважением; С наилучшими пожеланиями"
    "; Met vriendelijke groeten; Groeten; Vänliga hälsningar; Bästa hälsningar; Hälsningar; Mvh; Med venlig hilsen; Vennlig hilsen; Z poważaniem"
    "; Pozdrawiam; S pozdravem; Saygılarımla; İyi çalışmalar; Cu stimă; Με εκτίμηση; مع خالص التحيات; تحياتي; Ystävällisin terveisin; Terveisin"
    "; Üdvözlettel; Trân trọng; Hormat kami; Salam; 此致敬礼; 顺祝商祺; 祝您工作顺利; 祝好; 敬上; 以上、よろしくお願いします; どうぞよろしくお願いします; 宜しくお願い致します; 敬具; 감사합니다"
    "; Sent from my phone; Sent via Blackberry; Get Outlook for iOS; Gesendet mit dem Handy; Envoyé de mon téléphone; Inviato da iPhone; Отправлено с iPhone"
    "; Verzonden vanaf mijn telefoon; Verstuurd vanaf mijn telefoon; Lähetetty puhelimesta; Надіслано з iPhone; Στάλθηκε από το κινητό; Dikirim dari telepon; Đã gửi từ iPhone"
    "; Elküldve; Küldve az iPhone-omról; أُرسلت من هاتفي; تم الإرسال من هاتفي; مُرسل من هاتفي; Skickat från min telefon; Sendt fra min telefon; Wysłano z telefonu; Odesláno z telefonu"
    "; iPhone'umdan gönderildi; 发自我的手机; 发送自手机; 來自我的手機; 从我的手机发送; 傳送自手機; iPhoneから送信; 나의 iPhone에서 보냄; Trimis de pe telefon"
)


@pytest.mark.parametrize("sign_off", SIGN_OFFS.split("; "))
def test_every_way_of_signing_off_is_known(sign_off: str) -> None:
    pieces = split_reply(f"{ANSWER}\n{sign_off},\nAna Pérez")
    assert pieces.reply == ANSWER
    assert pieces.signature == f"{sign_off},\nAna Pérez"


DISCLAIMERS = (
    "Disclaimer: this is; CONFIDENTIAL: this is; Legal notice; Privacy: this; Important notice; Notice; This e-mail is; The information is; Any use is; If you are not"
    "; Diese E-Mail ist; Dieser Hinweis ist; Der Inhalt ist; Die Information ist; Vertraulich; Ce message est; Cet e-mail est; Les informations sont; Avis; Este mensaje es"
    "; Esta mensagem é; La información es; As informações são; Aviso; Nota; Questo messaggio; Questa e-mail; Le informazioni sono; Avviso; Настоящее письмо; Данное письмо"
    "; Это письмо; Информация здесь; Bu e-posta; Dit bericht is; Deze mail is; De informatie is; Niniejsza wiadomość; Ta wiadomość; Treść tej wiadomości; 本邮件; 此邮件; 该邮件; 保密"
    "; このメール; 本メール; 이 메일; 본 메일"
)


@pytest.mark.parametrize("opening", DISCLAIMERS.split("; "))
def test_every_disclaimer_is_known_by_how_it_opens_and_by_what_it_says(opening: str) -> None:
    disclaimer = f"{opening} – confidential, for the intended recipient only. Please delete it."
    pieces = split_reply(f"{ANSWER}\n\n{disclaimer}")
    assert pieces.reply == ANSWER
    assert pieces.signature == disclaimer


def test_a_question_below_a_sign_off_is_no_signature() -> None:
    text = "Thanks.\n\nBest regards\nAna\n\nPS: can you ship in May?"
    assert split_reply(text).reply == text


def test_a_mail_that_is_only_a_signature_keeps_its_words() -> None:
    assert split_reply("-- \nplease call me").reply == "please call me"


def test_footnotes_of_the_quotation_leave_and_those_of_the_reply_stay() -> None:
    text = "See our page [1]\n\n> yours [2]\n\n[1] https://buyer.example\n[2] https://seller.example"
    assert split_reply(text).reply == "See our page [1]\n\n[1] https://buyer.example"


@given(st.text(st.sampled_from("> \n-:From@aOnwrote写道：_"), max_size=300))
def test_no_text_breaks_it_and_no_word_is_made_up(text: str) -> None:
    pieces = split_reply(text)
    assert set(pieces.reply) <= set(text) | {"\n"}
    assert pieces.quoted_lines <= text.count("\n") + 1


@pytest.mark.parametrize(
    "unit",
    [">", "> ", "\n", "> \n", "-", "On Mon, wrote", "On 1\n", "From: a@b\n", "From: \n", "a:\n", "Best regards\n", "-- \n", "_ ",
     "[1] x\n", "On 1 2 3 wrote\n", "发件人:", "<", "a <b@"],
)  # fmt: skip
def test_a_megabyte_of_hostile_text_takes_less_than_a_second(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    started = time.process_time()
    split_reply(text)
    assert time.process_time() - started < 2  # a second, and room for a slow machine
