"""Automatic replies of fifteen languages, with and without marks, and mails of people that must stay a person's.

A `back` is the day that the note names, seen from Monday 2 November 2026; "" where it names none.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["NOTES", "PEOPLE", "Note", "letter"]


class Note(NamedTuple):
    name: str
    subject: str
    text: str
    back: str = ""
    extra: str = ""


def letter(subject: str, text: str, extra: str = "") -> str:
    return (
        f"From: Ana Perez <ana@buyer.example>\nTo: lin@seller.example\nSubject: {subject}\nDate: Mon, 2 Nov 2026 10:15:00 +0000\n{extra}"
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
    )


REPLIED = "Auto-Submitted: auto-replied\n"
NOTES = (
    # Marked by a header
    Note("rfc 3834", "Re: Offer 4711", "I am away until 16 November.", "2026-11-16", REPLIED),
    Note("rfc 3834 with a comment", "Offer", "Thanks for your mail. I read mail again on 9 November 2026.", "", "Auto-Submitted: auto-replied (vacation)\n"),
    Note("x-autoreply", "Offer", "Out of the office.", "", "X-Autoreply: yes\n"),
    Note("x-autorespond", "Offer", "Gracias por su mensaje.", "", "X-Autorespond: Offer\n"),
    Note("precedence", "Re: Offer", "Wir melden uns.", "", "Precedence: auto_reply\n"),
    Note("exchange", "Automatic reply: Offer 4711", "I will be back in the office on 12 November 2026.", "2026-11-12", "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n"),
    Note("qq", "自动回复: 报价", "您好，邮件已收到，会尽快处理。", "", "X-QQ-Autoreply: 1\nAuto-Submitted: auto-replied\n"),
    Note("ticket system", "[Ticket 4711] Offer", "We got your message and opened a ticket. Please keep the number in the subject.", "", REPLIED),
    Note("notes", "AUTO: Ana Perez is out of the office (returning 16/11/2026)", "I am out of the office until 16/11/2026.", "2026-11-16"),
    Note("a spam guard without a mark", "RE: Offer", "Your message to ana@buyer.example is being held until you prove that you are a person. Please click the link below once: https://guard.example/c/4711", ""),
    # Only the subject tells
    Note("en subject", "Out of Office: Offer 4711", "Back on Friday.", "2026-11-06"),
    Note("en automatic response", "Automatic response: Offer", "Thank you for your message, it was received."),
    Note("es subject", "Respuesta automática: Oferta 4711", "Estaré de vuelta el 10 de noviembre.", "2026-11-10"),
    Note("de subject", "Automatische Antwort: Angebot 4711", "Ich bin ab dem 9. November wieder im Büro.", "2026-11-09"),
    Note("de notice", "Abwesenheitsnotiz: Angebot", "Ich bin bis 13.11.2026 nicht da.", "2026-11-13"),
    Note("fr subject", "Réponse automatique : Offre 4711", "Je serai de retour le 16 novembre.", "2026-11-16"),
    Note("pt subject", "Resposta automática: Oferta", "Volto no dia 10 de novembro.", "2026-11-10"),
    Note("ru subject", "Автоматический ответ: Предложение", "Буду в офисе 10 ноября.", "2026-11-10"),
    Note("it subject", "Risposta automatica: Offerta", "Rientro il 10 novembre.", "2026-11-10"),
    Note("tr subject", "Otomatik Yanıt: Teklif", "10 Kasım tarihinde döneceğim.", "2026-11-10"),
    Note("nl subject", "Automatisch antwoord: Offerte", "Ik ben terug op 10 november.", "2026-11-10"),
    Note("pl subject", "Automatyczna odpowiedź: Oferta", "Wracam 10 listopada.", "2026-11-10"),
    Note("sv subject", "Autosvar: Offert", "Jag är tillbaka på måndag."),
    Note("zh subject", "自动回复：报价 4711", "我正在出差，11月10日回来。", "2026-11-10"),
    Note("zh traditional subject", "自動回覆: 報價", "我於11月10日返回辦公室。", "2026-11-10"),
    Note("ja subject", "自動応答: 見積もり", "11月10日に出社します。", "2026-11-10"),
    Note("ko subject", "자동 회신: 견적", "11월 10일에 복귀합니다.", "2026-11-10"),
    Note("ar subject", "رد تلقائي: عرض", "سأعود يوم 10 نوفمبر.", "2026-11-10"),
    Note("cs subject", "Automatická odpověď: Nabídka", "Jsem mimo kancelář."),
    Note("hu subject", "Automatikus válasz: Ajánlat", "Szabadságon vagyok."),
    Note("vi subject", "Trả lời tự động: Báo giá", "Tôi đang nghỉ phép."),
    Note("da subject", "Automatisk svar: Tilbud", "Jeg er tilbage på mandag."),
    # Nothing but the text
    Note("en text", "Re: Offer 4711", "Hello,\n\nI am currently out of the office with limited access to email and will return on 11 November 2026. For urgent matters please contact my colleague Tom at tom@buyer.example.\n\nAna", "2026-11-11"),
    Note("en text, office closed", "RE: Offer", "Dear sender, our office is closed for the holidays until 10 November. Your mail will not be read before then.", "2026-11-10"),
    Note("en text, maternity", "Re: Offer", "Thank you for your email. I am on maternity leave. Please contact my colleague Eva (eva@buyer.example) instead.", ""),
    Note("es text", "RE: Oferta 4711", "Estimados, me encuentro de vacaciones hasta el 10 de noviembre, sin acceso al correo. En caso de urgencia favor contactar a Luis: luis@buyer.example.", "2026-11-10"),
    Note("de text", "AW: Angebot", "Vielen Dank für Ihre Nachricht. Ich bin bis einschließlich 10. November im Urlaub. In dringenden Fällen wenden Sie sich bitte an meine Kollegin eva@buyer.example. Ihre Mail wird nicht weitergeleitet.", "2026-11-10"),
    Note("fr text", "RE: Offre", "Bonjour,\nJe suis actuellement en congés, de retour le 10 novembre. En cas d'urgence, veuillez contacter Paul : paul@buyer.example.", "2026-11-10"),
    Note("pt text", "RE: Oferta", "Olá, estou de férias até 10 de novembro, com acesso limitado ao e-mail. Em caso de urgência, contate joao@buyer.example.", "2026-11-10"),
    Note("it text", "R: Offerta", "Buongiorno, sono fuori ufficio fino al 10 novembre. Per urgenze contattare Marco, marco@buyer.example.", "2026-11-10"),
    Note("ru text", "RE: Предложение", "Здравствуйте! Я в отпуске до 10 ноября, доступ к почте ограничен. По срочным вопросам обращайтесь к Ивану: ivan@buyer.example.", "2026-11-10"),
    Note("tr text", "RE: Teklif", "Merhaba, 10 Kasım tarihine kadar yıllık izindeyim. Acil durumlarda lütfen mehmet@buyer.example ile iletişime geçiniz.", "2026-11-10"),
    Note("nl text", "RE: Offerte", "Bedankt voor uw bericht. Ik ben met vakantie tot 10 november. Voor dringende zaken kunt u terecht bij jan@buyer.example.", "2026-11-10"),
    Note("pl text", "RE: Oferta", "Dzień dobry, jestem na urlopie do 10 listopada. W pilnych sprawach proszę o kontakt: jan@buyer.example.", "2026-11-10"),
    Note("zh text", "Re: 报价", "您好，我目前正在休假，11月10日返回办公室。如有急事请联系王经理 wang@buyer.example，谢谢。", "2026-11-10"),
    Note("ja text", "Re: 見積もり", "お世話になっております。11月10日まで休暇を取っており、返信が遅れます。お急ぎの場合は田中までご連絡ください。", "2026-11-10"),
    Note("ko text", "Re: 견적", "안녕하세요. 현재 휴가 중이며 11월 10일에 복귀합니다. 급한 용무는 김 대리에게 연락 주십시오.", "2026-11-10"),
    Note("ar text", "Re: عرض", "مرحبا، أنا حاليا في إجازة حتى 10 نوفمبر. للحالات العاجلة يرجى التواصل مع زميلي tom@buyer.example", "2026-11-10"),
    Note("sv text", "SV: Offert", "Hej! Jag är på semester till den 10 november och läser inte min e-post. Vid brådskande ärenden, kontakta erik@buyer.example.", "2026-11-10"),
    Note("cs text", "RE: Nabídka", "Dobrý den, jsem na dovolené do 10. listopadu. V naléhavých případech kontaktujte prosím kolegu: jan@buyer.example.", "2026-11-10"),
    Note("vi text", "Re: Báo giá", "Xin chào, tôi đang nghỉ phép đến ngày 10/11/2026. Nếu có việc gấp, vui lòng liên hệ: minh@buyer.example.", "2026-11-10"),
    Note("more: Thank you for contacting Buyer Ltd", "Thank you for contacting Buyer Ltd", "Thank you for your message. This is an automated confirmation that we have received it. We will get back to you within two working days."),
    Note("more: Re: Offer", "Re: Offer", "Hello, I'm out of office today and will respond when I return tomorrow. Regards, Ana"),
    Note("more: Re: Offer 4711", "Re: Offer 4711", "Dear all, our factory is closed for summer holidays from 2 to 16 November. Emails will be answered upon our return."),
    Note("more: RE: Oferta", "RE: Oferta", "Buenos días: estaré fuera de la oficina hasta el 10 de noviembre y no tendré acceso a mi correo. Para temas urgentes, llamar al +34 600 000 000."),
    Note("more: AW: Angebot", "AW: Angebot", "Guten Tag, ich befinde mich derzeit in Elternzeit. Ihre Nachricht wird nicht weitergeleitet. Bitte wenden Sie sich an eva@buyer.example."),
    Note("more: Absent: Offre", "Absent: Offre", "Je suis absente jusqu'au 10 novembre inclus. Pour toute urgence, contactez le standard."),
    Note("more: Fuori sede", "Fuori sede", "Sarò assente fino al 10 novembre."),
    Note("more: Ausência: Oferta", "Ausência: Oferta", "Estou ausente até 10 de novembro. Em caso de urgência contate meu colega."),
    Note("more: Нет на месте: Цена", "Нет на месте: Цена", "Добрый день! С 2 по 10 ноября я нахожусь в командировке с ограниченным доступом к почте. По срочным вопросам звоните."),
    Note("more: İzindeyim", "İzindeyim", "Yıllık izindeyim, 10 Kasım'da döneceğim. Acil konular için lütfen santrali arayınız."),
    Note("more: 休假通知 Re: 报价", "休假通知 Re: 报价", "本人于11月2日至11月10日休假，期间不便查收邮件。"),
    Note("more: Re: 报价", "Re: 报价", "您好！我已收到您的邮件，目前出差在外，将于11月10日后回复您。这是一封自动回复邮件。"),
    Note("more: 外出中です", "外出中です", "ただいま出張中のため、メールの確認が遅れます。11月10日に戻ります。"),
    Note("more: [부재중] 견적", "[부재중] 견적", "11월 10일까지 휴가입니다."),
    Note("more: خارج المكتب: عرض", "خارج المكتب: عرض", "أنا خارج المكتب حتى 10 نوفمبر."),
    Note("more: Nie ma mnie w biurze", "Nie ma mnie w biurze", "Jestem nieobecna do 10 listopada. W pilnych sprawach proszę o kontakt telefoniczny."),
)  # fmt: skip

PEOPLE = (
    ("away, and a demand", "PI for order 4711", "Hi Lin, I am out of office until Monday, please send the PI to my colleague Tom at tom@buyer.example.\n\nAna"),
    ("away, and a question", "Offer 4711", "I am out of the office this week with limited access to email. Can you ship before 20 November?"),
    ("our absence", "Your holiday", "Dear Lin, I see your office is closed for the National Day. When are you back?"),
    ("holiday plans", "Visit", "Lin, I will be on vacation in Shanghai and would like to visit your factory. Please tell me which day suits you."),
    ("automatic machine", "Automatic packing machine", "We look for an automatic packing machine, 40 bags a minute. Please quote."),
    ("automatic door in the subject", "Automatic door openers, 200 pcs", "Please send your best price."),
    ("auto parts", "Auto: brake pads inquiry", "Dear sir, we need brake pads for Toyota. Please quote FOB Ningbo."),
    ("absence of something", "Absence of the CE mark", "The samples came without the CE mark. Please explain."),
    ("absent in the subject", "Absent goods in container 4711", "Two cartons are missing. What happened?"),
    ("a sales rep on a trip", "Re: Offer", "Thanks for the offer. I am travelling this week, I will return to you next week with our order."),
    ("es demand", "Proforma", "Hola Lin, estoy de vacaciones hasta el lunes, por favor envía la proforma a mi colega luis@buyer.example."),
    ("de demand", "Proforma", "Hallo Lin, ich bin bis Montag im Urlaub, bitte schicken Sie die Proforma an meine Kollegin eva@buyer.example."),
    ("zh demand", "PI", "林小姐，我这周出差，请把PI发给我同事 wang@buyer.example，急。"),
    ("fr demand", "Proforma", "Bonjour Lin, je suis en congés jusqu'à lundi, merci d'envoyer la proforma à mon collègue paul@buyer.example."),
    ("ru demand", "Проформа", "Лин, я в отпуске до понедельника, пришлите, пожалуйста, проформу моему коллеге: ivan@buyer.example."),
    ("pt demand", "Proforma", "Olá Lin, estou de férias até segunda, por favor envie a proforma para o meu colega joao@buyer.example."),
    ("tr demand", "Proforma", "Merhaba Lin, pazartesiye kadar izindeyim, lütfen proformayı mehmet@buyer.example adresine gönderin."),
    ("quotes our note", "Re: Offer", "OK, we wait. Please quote also item 12.\n\n> Automatic reply: I am out of the office until 9 November. For urgent matters please contact wei@seller.example."),
    ("answers our automatic reply", "Re: Automatic reply: PO 4711", "Lin, can your colleague confirm the PO while you are away? We need it today."),
    ("asks when", "When are you out of office?", "We would like to plan the inspection."),
    ("about an auto reply", "Your auto reply", "I got your auto reply, but who takes care of my order meanwhile? Please let me know."),
    ("suppresses answers only", "Inquiry", "Please quote 500 pcs."),
    ("a long mail of a person who was away", "Re: Offer", "Dear Lin,\n\nsorry for the late answer, I was out of the office until Friday. Now I have read your offer. We accept the price of 2.60 for item 12. Please prepare the PI for 500 pcs and send it to our purchasing department. In my absence please contact Tom for the artwork; he will give you the files for the colour box."),
    ("deadline with until", "Order 4711", "We are closed on Fridays. Please deliver until 20 November to our warehouse."),
    ("more: Re: Offer", "Re: Offer", "Hi Lin, back in the office today. Please send the offer again."),
    ("more: Delay", "Delay", "We are closed tomorrow. Ship on Monday, please."),
    ("more: Price", "Price", "I was on leave. What is the new price until December?"),
    ("more: Re: PI", "Re: PI", "Thanks, noted. I'm in Shenzhen until Friday, we can meet at the fair."),
    ("more: Re: visit", "Re: visit", "I will be in Canton until 10 November, please contact me on WhatsApp to arrange a visit."),
    ("more: Re: samples", "Re: samples", "Our office will be closed from Friday, so please send the samples by courier before Thursday."),
    ("more: Urlaub", "Urlaub", "Hallo Lin, ab Freitag bin ich im Urlaub, dringend brauche ich vorher die Rechnung."),
    ("more: 订单", "订单", "我下周出差，到11月10日前请确认订单。"),
    # What a rule may take for a notice, a guard, an answer of a program
    ("trap: Undeliverable mail", "Undeliverable mail", "Hi Lin, my mail to tom@seller.example could not be delivered. Is his address right?"),
    ("trap: Delivery failed", "Delivery failed", "Could not deliver to ana@buyer.example, says DHL. Please call them."),
    ("trap: Mail returned", "Mail returned", "My mail to you was returned: user unknown\nlin2@seller.example\nPlease confirm your address."),
    ("trap: 退信", "退信", "林小姐，我发给 wang@seller.example 的邮件被退回，无法送达，请确认邮箱。"),
    ("trap: Re: 退信", "Re: 退信", "您好，发到 ana@buyer.example 的邮件退信了，请换一个邮箱发PI。"),
    ("trap: 邮件无法发送", "邮件无法发送", "你好，ana@buyer.example 收不到你们的邮件，请发到 qq 邮箱。"),
    ("trap: No se pudo entregar el pedido", "No se pudo entregar el pedido", "Lin, no se pudo entregar el pedido en Valencia. Contacto: ana@buyer.example"),
    ("trap: Nicht zugestellt: Muster", "Nicht zugestellt: Muster", "Die Muster wurden nicht zugestellt. Bitte prüfen. Meine Adresse: ana@buyer.example"),
    ("trap: не доставлено", "не доставлено", "Образцы не доставлены. Пишите на ana@buyer.example"),
    ("trap: Delivery delayed?", "Delivery delayed?", "The delivery is delayed. When will it arrive? ana@buyer.example"),
    ("trap: Supplier list", "Supplier list", "Please click the link below to confirm that you are on our approved supplier list: https://portal.buyer.example/supplier"),
    ("trap: Vendor registration", "Vendor registration", "Dear Lin, to be on our approved vendor list please open the page https://portal.buyer.example and fill in the form. Then we can order."),
    ("trap: Spam", "Spam", "Your last mail was held until our IT released it from spam protection. Please use the link https://files.buyer.example to upload files."),
    ("trap: Automatic reply button", "Automatic reply button", "We develop software with an automatic reply function. Please quote the PCB."),
    ("trap: Re: your automatic reply", "Re: your automatic reply", "Thanks, I got an automatic reply. Here is the PO."),
    ("trap: Order", "Order", "This is an automatic order confirmation request: please confirm PO 4711 by return."),
    ("trap: Factory closed", "Factory closed", "Our factory is closed until 10 November for renovation, please ship after that."),
    ("trap: Holiday", "Holiday", "We are closed for Diwali. Please reply on return of goods question."),
    ("trap: Office closed", "Office closed", "Dear Lin, our office will be closed from 20 to 30 December, so the goods must arrive before. Please confirm the ETD."),
    ("trap: Travel", "Travel", "I am travelling to Yiwu on 10 November. Until then, can we fix the price?"),
    ("trap: Away", "Away", "I will be away until Tuesday but my phone is on, call me about the contract."),
    ("trap: Contact change", "Contact change", "I am leaving the company. Please contact my colleague Tom at tom@buyer.example for all future orders."),
    ("trap: DHL", "DHL", "Hi Lin, DHL says: delivery attempt failed, 1234567891. Please call them."),
    ("trap: Report domain: valve report", "Report domain: valve report", "See the report. Submitter: Ana"),
    ("trap: Postmaster", "Postmaster", "Our postmaster says that your mails have a virus. Please check your computer. ana@buyer.example"),
    ("trap: Booking", "Booking", "From: Ningbo\nTo: Hamburg\nDate: 20 November\nSubject: 2x40HQ\nPlease quote freight."),
    ("trap: Re: Offer", "Re: Offer", "Name - logo\nColour - red\nProduct - valve\nEmail - ana@buyer.example\nplease print like this"),
    ("trap: Inquiry", "Inquiry", "Dear sir\nCompany: Buyer SL\nEmail: ana@buyer.example\nProduct: valve\nplease quote"),
    ("trap: 留言", "留言", "您好，我在展会留言，邮箱：ana@buyer.example，请报价球阀。"),
    ("trap: Fwd: Offer", "Fwd: Offer", "Please see below and give us a better price.\n\n---------- Forwarded message ---------\nFrom: Lin <lin@seller.example>\nDate: Mon\nSubject: Offer\nTo: ana@buyer.example\n\nprice 2.60"),
    ("trap: Confidential", "Confidential", "The drawings are confidential and intended only for you; delete them after quoting. Please quote by Friday."),
    ("trap: Offer", "Offer", "This message is confidential. Our intended order is 5000 pcs. Please do not notify other suppliers. What is your price?"),
    ("trap: 休假", "休假", "我下周休假，到时候请联系王经理，这周请先把样品寄出。"),
    ("trap: 出差", "出差", "我正在出差，回来后付款。"),
    ("trap: Re: PI", "Re: PI", "我现在出差，11月10日回来后给你付款，请先生产。"),
    ("trap: OOO", "OOO", "I'm OOO next week, so let's finalise the PI today."),
)  # fmt: skip
