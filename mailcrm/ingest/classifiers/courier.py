"""Couriers' notices: carrier, tracking number, status.

Room: ingest. The sender's domain names the carrier, and the mail must speak of a shipment: couriers also send newsletters,
and their people write like anybody else. Whether a notice is `trusted` is decided where its signatures are known.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import CourierNotice, Kind, ParsedMail
from mailcrm.ingest.classifiers.finding import Finding
from mailcrm.ingest.classifiers.tracking import FORMS, number_valid

__all__ = ["read"]

_DOMAINS = (
    (re.compile(r"(?:^|\.)(?:dhl|dhl-news|dhlexpress|dpdhl|deutschepost)\.[a-z.]{2,7}$"), "dhl"),
    (re.compile(r"(?:^|\.)fedex\.[a-z.]{2,7}$"), "fedex"),
    (re.compile(r"(?:^|\.)ups\.[a-z.]{2,7}$"), "ups"),
    (re.compile(r"(?:^|\.)(?:usps\.(?:com|gov))$"), "usps"),
    (re.compile(r"(?:^|\.)tnt\.[a-z.]{2,7}$"), "tnt"),
    (re.compile(r"(?:^|\.)(?:sf-express|sf-international|sfmail\.sf-express|s\.f\.express)\.[a-z.]{2,7}$"), "sf"),
    (re.compile(r"(?:^|\.)(?:ems\.(?:com\.cn|post)|11183\.com\.cn|chinapost\.com\.cn|ems\.[a-z]{2,7})$"), "ems"),
    (re.compile(r"(?:^|\.)(?:dpd|dpdgroup|dpdlocal)\.[a-z.]{2,7}$"), "dpd"),
    (re.compile(r"(?:^|\.)(?:gls-group|gls-[a-z]{2,12}|gls)\.[a-z.]{2,7}$"), "gls"),
    (re.compile(r"(?:^|\.)royalmail\.[a-z.]{2,7}$"), "royal mail"),
    (re.compile(r"(?:^|\.)aramex\.[a-z.]{2,7}$"), "aramex"),
)  # fmt: skip
_SHIPMENT = re.compile(
    r"(?i)\b(?:track(?:ing)?|shipment|parcel|package|waybill|consignment|deliver(?:y|ed|ing)|out for delivery|awb|sendung\w*|paket\w*|zustellung|lieferung|colis|envoi|livraison|livré"
    r"|env[íi]o|paquete|entrega\w*|spedizione|consegna\w*|paczk\w*|przesyłk\w*|отправлени\w*|посылк\w*|zending|pakket|gönderi\w*|kargo\w*)\b|快件|运单|包裹|派送|签收|快递|荷物|配達|運單"
)
_NUMBER_WORD = re.compile(
    r"(?i)(?:track(?:ing)?(?: ?(?:number|no\.?|id|code|#))?|way ?bill(?: ?(?:number|no\.?))?|awb(?: ?(?:number|no\.?))?|airway ?bill|shipment(?: ?(?:number|no\.?|id))?|consignment(?: ?(?:number|no\.?))?|parcel(?: ?(?:number|no\.?))?"
    r"|sendungsnummer|sendungs-?nr\.?|paketnummer|paket-?nr\.?|sendung|num[ée]ro de (?:suivi|colis)|n[úu]mero de (?:seguimiento|gu[íi]a|env[íi]o|rastreo)|numero di (?:spedizione|tracking)|numerze|numer paczki|номер (?:отправления|накладной)|运单号|快递单号|单号|運單號碼|追跡番号|trackingnumber|inquirynumber\d?)"
    r"[\s:#=()\[\]/*]{0,12}"
)
_STATES = tuple(
    (re.compile(pattern, re.IGNORECASE), state)
    for pattern, state in (
        ((r"exception|(?:could|can) ?n(?:o|')t (?:be )?deliver|delivery attempt(?:ed)?|attempted delivery|not delivered|missed (?:you|delivery)|undeliver|\bon hold\b|held (?:in|at|by) customs|clearance delay|customs.{0,30}(?:required|delay|information)|nicht zugestellt|konnte nicht|no entregado|incidencia"
         r"|delay(?:ed)?|returned to (?:sender|shipper)|派送异常|未妥投|退回|清关"), "exception"),
        ((r"out for delivery|(?:is|be) (?:coming|arriving|delivered?) today|deliver(?:y|ing) (?:it )?(?:is )?(?:coming )?today|delivery is (?:today|coming)|scheduled for delivery|on (?:its|the) way|in transit|has arrived at|departed|will be delivered|estimated delivery|with your local|unterwegs|in zustellung|en reparto|en tr[áa]nsito|en camino"
         r"|en cours de livraison|in consegna|w drodze|przekazana kurierowi|doręczenia|в пути|派送中|运输中|已到达|转运|配達中|live map|package coming"), "in_transit"),
        (r"(?:has|have|was|were|been|successfully|we|your package) ?(?:been |was )?delivered|\bdelivered\b|proof of delivery|signed (?:for )?by|zugestellt|entregado|livré|consegnat[oa]|doręczon\w+|dostarczon\w+|доставлен|已签收|妥投|签收|配達完了|teslim edildi", "delivered"),
        (r"shipped|has been (?:sent|dispatched|picked up|created)|shipment (?:notification|created|advice|picked up)|picked up|dispatch|label created|is ready|versendet|verschickt|abgeholt|enviado|expédié|spedito|nadana|отправлен|已揽收|已发货|寄出|発送", "shipped"),
    )
)  # fmt: skip
_READ = 20_000


def read(mail: ParsedMail) -> Finding | None:
    """Return a courier's notice where the sender's domain is a courier's and the mail speaks of a shipment."""
    carrier = next((name for pattern, name in _DOMAINS if pattern.search(mail.from_.domain)), "")
    if not carrier:
        return None
    text = f"{mail.subject}\n{mail.body[:_READ]}"
    shipment = _SHIPMENT.search(text)
    number = _number(carrier, mail.subject, text)
    automatic = re.search(
        r"(?i)no-?reply|do-?not-?reply|notif|track|auto|info|service|delivery|pkginfo", mail.from_.addr_spec
    )
    if shipment is None or not (number or automatic):
        return None
    notice = CourierNotice(carrier, number, number_valid(carrier, number), _status(mail.subject, mail.body[:_READ]))
    signals = [f"From: @{mail.from_.domain}", f"text: {shipment[0]}"]
    return Finding(Kind.COURIER, tuple(signals), courier=notice)


def _number(carrier: str, subject: str, text: str) -> str:
    """Return the tracking number: the first that its own word names, else any of the carrier's form, a right check digit first."""
    forms = FORMS.get(carrier, ())
    whole = re.compile(rf"(?i)(?:{'|'.join(forms)})(?![\w-])")
    for word in _NUMBER_WORD.finditer(text):
        named = whole.match(text, word.end())
        if named:
            return "".join(named[0].split()).upper()
    loose: list[str] = []
    for form in forms[:-1] if len(forms) > 1 else forms:
        loose += re.findall(rf"(?<![\w/=-])({form})(?![\w-])", f"{subject}\n{text}")
    numbers = ["".join(number.split()).upper() for number in loose]
    return next((number for number in numbers if number_valid(carrier, number)), next(iter(numbers), ""))


def _status(subject: str, body: str) -> str:
    """Return the state that the subject tells, else the first that the text tells."""
    for pattern, state in _STATES:
        if pattern.search(subject):
            return state
    first = [(match.start(), state) for pattern, state in _STATES if (match := pattern.search(body))]
    return min(first)[1] if first else ""
