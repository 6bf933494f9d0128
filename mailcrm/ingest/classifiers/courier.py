"""Couriers' notices: carrier, tracking number, status.

Room: ingest. The sender's domain names the carrier, and the mail must speak of a shipment: couriers also send newsletters,
and their people write like anybody else. A swindler's copy under another ending is a notice too, which touches no clock; but
only one from the courier's `own_domain` may come to be `trusted`, where its signatures are known.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import CourierNotice, Kind, ParsedMail
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.ingest.classifiers.finding import Finding
from mailcrm.ingest.classifiers.tracking import FORMS, number_valid

__all__ = ["read"]

_ENDING = r"\.[a-z.]{2,7}$"
# A courier owns its name under .com and the countries' domains, not under every new ending that anybody can buy.
_OWN = lazy_pattern(r"\.(?:com|eu|gov|post|(?:com?\.)?(?!tk|ml|ga|cf|gq)[a-z]{2})$")
_DOMAINS = (
    (lazy_pattern(r"(?:^|\.)(?:dhl|dhl-news|dhlexpress|dpdhl|deutschepost)" + _ENDING), "dhl"),
    (lazy_pattern(r"(?:^|\.)fedex" + _ENDING), "fedex"),
    (lazy_pattern(r"(?:^|\.)ups" + _ENDING), "ups"),
    (lazy_pattern(r"(?:^|\.)(?:usps\.(?:com|gov))$"), "usps"),
    (lazy_pattern(r"(?:^|\.)tnt" + _ENDING), "tnt"),
    (lazy_pattern(r"(?:^|\.)(?:sf-express|sf-international|sfmail\.sf-express|s\.f\.express)" + _ENDING), "sf"),
    (lazy_pattern(r"(?:^|\.)(?:ems\.(?:com\.cn|post|[a-z]{2})|11183\.com\.cn|chinapost\.com\.cn|(?:ems|speedpost)\.com)$"), "ems"),
    (lazy_pattern(r"(?:^|\.)(?:dpd|dpdgroup|dpdlocal)" + _ENDING), "dpd"),
    (lazy_pattern(r"(?:^|\.)(?:gls-group|gls-[a-z]{2,12}|gls)" + _ENDING), "gls"),
    (lazy_pattern(r"(?:^|\.)royalmail" + _ENDING), "royal mail"),
    (lazy_pattern(r"(?:^|\.)aramex" + _ENDING), "aramex"),
)  # fmt: skip
# One of these words stands in whatever domain is looked for above.
_WORDS = frozenset(
    ("dhl", "dhlexpress", "dpdhl", "deutschepost", "fedex", "ups", "usps", "tnt", "sf", "sfmail", "s", "ems", "11183", "chinapost",
     "speedpost", "dpd", "dpdgroup", "dpdlocal", "gls", "royalmail", "aramex")
)  # fmt: skip
_SHIPMENT = lazy_pattern(
    r"(?i)\b(?:track(?:ing)?|shipment|parcel|package|waybill|consignment|deliver(?:y|ed|ing)|out for delivery|awb|sendung\w*|paket\w*|zustellung|lieferung|colis|envoi|livraison|livré"
    r"|env[íi]o|paquete|entrega\w*|spedizione|consegna\w*|paczk\w*|przesyłk\w*|отправлени\w*|посылк\w*|zending|pakket|gönderi\w*|kargo\w*)\b|快件|运单|包裹|派送|签收|快递|妥投|投递|荷物|配達|運單"
)
_NUMBER_WORD = lazy_pattern(
    r"(?i)(?:track(?:ing)?(?: ?(?:number|no\.?|id|code|#))?|way ?bill(?: ?(?:number|no\.?))?|awb(?: ?(?:number|no\.?))?|airway ?bill|shipment(?: ?(?:number|no\.?|id))?|consignment(?: ?(?:number|no\.?))?|parcel(?: ?(?:number|no\.?))?"
    r"|sendungsnummer|sendungs-?nr\.?|paketnummer|paket-?nr\.?|sendung|num[ée]ro de (?:suivi|colis)|n[úu]mero de (?:seguimiento|gu[íi]a|env[íi]o|rastreo)|numero di (?:spedizione|tracking)|numerze|numer paczki|номер (?:отправления|накладной)|运单号码?|快[递件]单号|邮件号码?|单号|運單號碼?|追跡番号|trackingnumber|inquirynumber\d?)"
    r"[\s:：#=()（\[\]/*]{0,12}"
)
_STATES = tuple(
    (lazy_pattern(pattern, re.IGNORECASE), state)
    for pattern, state in (
        ((r"exception|(?:could|can) ?n(?:o|')t (?:be )?deliver|tried to deliver|delivery (?:attempt|problem|failed)|zustell(?:versuch|hindernis|problem)|tentative de livraison|livraison (?:infructueuse|retardée)|entrega fallida|action required|adresse? (?:is )?(?:incomplète|incomplete|fehlerhaft|unvollständig)|dirección (?:incorrecta|incompleta)|无法派送|派[送件]失败|拒收|滞留|查验|attempted delivery|not delivered|missed (?:you|delivery)|undeliver|\bon hold\b|held (?:in|at|by) customs|clearance delay|customs.{0,30}(?:required|delay|information)|nicht zugestellt|konnte nicht|nicht möglich|niemanden? angetroffen|no entregado|incidencia|no (?:se )?(?:ha podido|pudo)|intento de entrega|mancata consegna|non (?:è stato possibile|consegnat)|livraison (?:impossible|échou)|n'a (?:pas pu|trouvé personne)|échec de|в доставке отказано|не удалось доставить"
         r"|delay(?:ed)?|returned to (?:sender|shipper)|异常|異常|未妥投|退回|清关|地址(?:不详|有误|错误)"), "exception"),
        ((r"out for delivery|(?:is|be) (?:coming|arriving|delivered?) today|deliver(?:y|ing) (?:it )?(?:is )?(?:coming )?today|delivery is (?:today|coming)|scheduled for delivery|on (?:its|the) way|in transit|has arrived at|departed|will be delivered|(?:estimated|expected) (?:delivery|arrival)|due (?:today|tomorrow|for delivery)|arriv(?:es|ing) |en route|en chemin|en acheminement|kommt (?:heute|morgen|am|bald)|wird .{0,40}zugestellt|(?:zur abholung|abholbereit|ready for (?:pick-?up|collection)|listo para recoger|disponible (?:en|au))|with your local|unterwegs|in zustellung|en reparto|en tr[áa]nsito|en camino"
         r"|en cours de livraison|in consegna|w drodze|przekazana kurierowi|doręczenia|в пути|派送中|正在派|派件中|运输中|正?发往|在途|已?到达|转运|配達中|live map|package coming"), "in_transit"),
        (r"(?:has|have|was|were|been|successfully|we|your package) ?(?:been |was )?delivered|\bdelivered\b|proof of delivery|signed (?:for )?by|zugestellt|entregado|livré|consegnat[oa]|doręczon\w+|dostarczon\w+|доставлен|已签收|妥投|签收|配達完了|teslim edildi", "delivered"),
        (r"shipped|has been (?:sent|dispatched|picked up|collected|created)|ship(?:ment|ping)? (?:notification|created|advice|picked up|collected)|picked up|handed (?:over )?to us|dispatch|label (?:was |has been )?(?:created|made)|is ready|versendet|versandt|verschickt|abgeholt|enviado|recogido|expédié|pris en charge|collecté|spedito|ritirat[oa]|nadana|отправлен|принят[оа]? к доставке|揽收|已?取件|收寄|已发货|已发出|寄出|発送|集荷", "shipped"),
    )
)  # fmt: skip
_READ = 20_000


def read(mail: ParsedMail) -> Finding | None:
    """Return a courier's notice where the sender's domain is a courier's and the mail speaks of a shipment."""
    carrier = _carrier(mail.from_.domain)
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
    notice = CourierNotice(
        carrier,
        number,
        number_valid(carrier, number),
        _status(mail.subject, mail.body[:_READ]),
        own_domain=_OWN.search(mail.from_.domain) is not None,
    )
    signals = [f"From: @{mail.from_.domain}", f"text: {shipment[0]}"]
    return Finding(Kind.COURIER, tuple(signals), courier=notice)


def _carrier(domain: str) -> str:
    """Return the courier whose domain this is, whoever owns it; "" for any other domain."""
    if _WORDS.isdisjoint(domain.replace("-", ".").split(".")):
        return ""
    return next((name for pattern, name in _DOMAINS if pattern.search(domain)), "")


def _number(carrier: str, subject: str, text: str) -> str:
    """Return the tracking number: the first that its own word names, else any of the carrier's form, a right check digit first."""
    forms = FORMS.get(carrier, ())
    whole = re.compile(rf"(?i)(?:{'|'.join(forms)})(?![A-Za-z0-9_-])")
    for word in _NUMBER_WORD.finditer(text):
        named = whole.match(text, word.end())
        if named:
            return "".join(named[0].split()).upper()
    loose = [
        (form, "".join(number.split()).upper())
        for form in forms
        for number in re.findall(rf"(?<![A-Za-z0-9_/=-])({form})(?![A-Za-z0-9_-])", f"{subject}\n{text}")
    ]
    right = (number for _, number in loose if number_valid(carrier, number))
    telling = (number for form, number in loose if form != forms[-1] or len(forms) == 1)  # the last form fits anything
    return next(right, "") or next(telling, "")


def _status(subject: str, body: str) -> str:
    """Return the state that the subject tells, else the first that the text tells."""
    for pattern, state in _STATES:
        if pattern.search(subject):
            return state
    first = [(match.start(), state) for pattern, state in _STATES if (match := pattern.search(body))]
    return min(first)[1] if first else ""
