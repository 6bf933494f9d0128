"""Inquiries that a B2B platform or a website's form passes on: the buyer inside is the contact, not the platform.

Room: ingest. A known platform's mail counts where its subject speaks of an inquiry; any other sender's where the text is a
form: at least two labelled lines, one of them the buyer's address, which isn't the sender's own.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import Inquiry, Kind, ParsedMail
from mailcrm.domain.parties import is_nobody, registrable
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.roles.names import PLATFORMS
from mailcrm.ingest.classifiers.finding import Finding

__all__ = ["read", "words_of_buyer"]

_SUBJECT = lazy_pattern(
    r"(?i)\b(?:inquiry|enquiry|inquiries|rfq|request for (?:quot\w+|information)|quotation request|buy(?:ing)? (?:request|lead)s?|interested in|new (?:customer )?(?:message|lead|buyer|contact)|sent you a message|contact(?:ed)? (?:form|you|request)|website (?:form|message|inquiry)"
    r"|consulta|solicitud|cotizaci[óo]n|anfrage|kontaktformular|demande (?:de devis|d['’]information)|formulaire|richiesta|or[çc]amento|запрос|заявка|talep)\b|询盘|詢盤|询价|询问|お問い合わせ|문의"
)
_SENDER_WORDS = ("inquir", "enquir", "rfq", "lead", "form", "website", "wordpress", "mailer", "notif", "noreply", "no-reply", "contact", "system", "service")  # fmt: skip
_LABELS = {
    "name": r"buyer(?:['’]s)?(?: name)?|contact(?: name| person)?|(?:your |full |customer |client |sender )?name|first name|from|nombre|nom|nome|imi[ęe]|ansprechpartner|имя|ad soyad|买家|客户|联系人|姓名|お名前|氏名|이름|الاسم",
    "company": r"company(?: name)?|firm|organi[sz]ation|empresa|soci[ée]t[ée]|entreprise|azienda|firma|компания|公司(?:名称)?|会社名|회사|الشركة",
    "country": r"country(?: ?/ ?(?:region|territory))?|(?:buyer )?location|region|pa[íi]s|pays|paese|land|страна|[üu]lke|国家(?:/地区)?|国|국가|الدولة",
    "address": r"(?:buyer(?:['’]s)? |your |contact )?e-?mail(?: address)?|mail|correo(?: electr[óo]nico)?|courriel|эл\. ?почта|почта|e-?posta|邮箱|电子邮件|メール(?:アドレス)?|이메일|البريد(?: الإلكتروني)?",
    "product": r"product(?:s)?(?: name| of interest)?|item|interested in|subject|producto|produit|produto|prodotto|produkt|artikel|товар|продукт|[üu]r[üu]n|产品(?:名称)?|製品|제품|المنتج",
    "other": r"phone|tel(?:ephone)?|mobile|whatsapp|quantity|qty|message|comments?|tel[ée]fono|mensaje|telefon|nachricht|menge|телефон|сообщение|电话|数量|留言|내용",
}  # fmt: skip
_FIELD = lazy_pattern(
    r"(?im)^[ \t>*•-]{0,6}(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")[ \t*]{0,4}(?:[:：]|[ \t]{0,4}(?:\|[ \t]|\t|[-–][ ]))[ \t*]{0,6}(?:\n[ \t]{0,6}(?=\S[^\n:：]{1,200}$))?(?P<value>[^\n]{1,200})$"
)
_MESSAGE = lazy_pattern(
    r"(?i)[ \t>*•-]{0,6}(?:message|comments?|mensaje|nachricht|сообщение|留言|内容|メッセージ|메시지)"
)
_ADDRESS = lazy_pattern(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_INTEREST = lazy_pattern(
    r"(?i)\b(?:is |am )?interested in (?:your )?(?:product[: ]+)?(?P<a>.{2,120})|\b(?:inquiry|enquiry|rfq|quotation|message|anfrage|cotizaci[óo]n|devis) (?:for|about|on(?! \w{0,9} ?\d)|of|regarding|zu|de|sobre|pour)[: ]+(?P<b>.{2,120})"
)
_BY = lazy_pattern(
    r"(?i)^(?:\[[^\]]{1,30}\]\s*)?(?P<name>[^\[\]:]{2,60}?) (?:is interested in|sent you|has sent you|wants to)\b"
)
_BRACKETED = lazy_pattern(r"(?i)^\[(?P<name>[^\[\]:]{2,60})\]\s{0,3}(?:inquiry|enquiry|rfq)")
_VIA = lazy_pattern(r"(?i)^(?P<name>.{2,60}?) (?:via|through|on|from) ")
_READ, _LEAST = 8_000, 2


def read(mail: ParsedMail) -> Finding | None:
    """Return the inquiry where a platform or a form passes one on; an answer in a running thread is none."""
    platform = PLATFORMS.get(registrable(mail.from_.domain).partition(".")[0], "")
    sender = mail.from_.key
    passes_on = any(map(sender.__contains__, _SENDER_WORDS))
    subject = _SUBJECT.search(mail.subject) if platform or passes_on else None
    if subject is None or re.match(r"(?i)\s*(?:re|aw|回复|答复)\s?[:：]", mail.subject):
        return None
    fields = _fields(mail.body[:_READ])
    buyer = _buyer_address(mail, fields)
    if not platform and not (passes_on and buyer and len(fields) >= _LEAST and "address" in fields):
        return None
    inquiry = Inquiry(
        platform=platform or mail.from_.display_name or mail.from_.domain,
        buyer_name=fields.get("name", "") or _name_in(mail),
        buyer_address=buyer,
        country=fields.get("country", ""),
        product=fields.get("product", "") or _product_in(mail.subject),
    )
    signals = [f"From: @{mail.from_.domain}", f"Subject: {subject[0]}", *(f"text: {name}" for name in fields)]
    return Finding(Kind.PLATFORM_INQUIRY, tuple(signals), inquiry=inquiry)


def words_of_buyer(text: str) -> str:
    """Return what the buyer wrote: the text without the form's lines, but for the message itself; "" where it is all form."""
    return _FIELD.sub(lambda field: field["value"] if _MESSAGE.match(field[0]) else "", text[:_READ]).strip()


def _fields(text: str) -> dict[str, str]:
    """Return the first value of each labelled line, by what it tells."""
    fields: dict[str, str] = {}
    for found in _FIELD.finditer(text):
        name = found.lastgroup and next(key for key in _LABELS if found[key])
        value = found["value"].strip(" \t*<>")
        if not name or name in fields or not value:
            continue
        address = _ADDRESS.search(value) if name in ("address", "name") else None
        if address:
            fields.setdefault("address", address[0])
        if name != "address":
            value = value.replace(address[0], "").strip(" \t<>()") if address else value
            fields[name] = value
    return {name: value for name, value in fields.items() if value}


def _buyer_address(mail: ParsedMail, fields: dict[str, str]) -> str:
    """Return the buyer's address: the form's, else a Reply-To that isn't the sender's own house; "" where it is hidden."""
    house = registrable(mail.from_.domain)
    stated = fields.get("address", "")
    if stated and registrable(stated.rpartition("@")[2].lower()) != house:
        return stated
    for one in mail.reply_to:
        if one.addr_spec and registrable(one.domain) != house and not is_nobody(one):
            return one.addr_spec
    return ""


def _name_in(mail: ParsedMail) -> str:
    found = _BRACKETED.search(mail.subject) or _BY.search(mail.subject)
    found = found or _BY.search(mail.body.lstrip()[:200]) or _VIA.search(mail.from_.display_name)
    return found["name"].strip() if found else ""


def _product_in(subject: str) -> str:
    found = _INTEREST.search(subject)
    return (found["a"] or found["b"] or "").strip(" .\"'") if found else ""
