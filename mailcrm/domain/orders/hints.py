"""What in a mail speaks of an order: confirmations, changes that are asked for, steps of the shipment, numbers.

Room: domain. In: the newest part of a mail. Out: what it seems to say, with the words; nothing where it only asks, waits or refuses. It
only suggests: a person says what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailcrm.domain.orders.milestones import CONFIRMATIONS
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.phrasebook import Phrases
from mailcrm.domain.pieces import pieces_of
from mailcrm.domain.said import Said

__all__ = [
    "AskedChange",
    "Confirmed",
    "amount_in",
    "bl_number_in",
    "booking_number_in",
    "change_in",
    "confirmed_in",
    "order_numbers_in",
    "shipped_in",
]

_READ = 6_000
_ENDS = lazy_pattern(r"[!?。！？؟\n;；.](?:(?<!\.)|(?<=[^\W\d]{2}\.)(?=\s)|(?<=\d\.)(?=\s))")
_SAYS_YES = Phrases(
    "(we|i) (hereby |herewith |can |also |fully )?(confirm|approve|accept|agree)(?! (receipt|that you|the receipt)); (is|are|looks|look|all|both|everything) (all |now |both |fully |hereby )?(confirmed|approved|ok|okay|fine|correct|good|accepted|agreed); (confirmed|approved|accepted); approved for (production|shipment); (go|going) ahead with; (please|pls|kindly|you can|you may) (start|begin|proceed with|go ahead with) (the )?(mass |bulk )?production"
    "; confirmamos; aprobamos; aprobad(o|a|os|as); confirmad(o|a|os|as); (está|están) (bien|correct*|ok); wir bestätigen; bestätigt; freigegeben; (ist|sind) (in ordnung|ok|richtig); nous confirmons; nous approuvons; confirmé(e|es|s)?; approuvé(e|es|s)?; validé(e|es|s)?; confermiamo; approvat(o|a|i|e); confermat(o|a|i|e); aprovamos; aprovad(o|a|os|as); confirmad(o|a|os|as); подтверждаем; утвержда(ем|ю); утвержден*; согласован*; onaylıyoruz; onaylandı; نؤكد; نوافق"
    "; 确认; 確認; 同意; 批准; 没问题; 沒問題; 没有问题; 可以生产; 可以投产; 可以开始; 承認(します|しました|いたします); 확인합니다; 승인합니다"
)
_SAYS_NO = Phrases(
    "(not|n't|never|cannot|before|until|once|when|if|unless|waiting|wait|reject*|refuse*|wrong|different|instead|change*|please confirm|pls confirm|kindly confirm|to confirm|will confirm|let me confirm|shall confirm|confirm (asap|soon|tomorrow|later|whether|if|when|by)|your confirmation|need confirmation|to be (confirmed|approved))"
    "; (no|nicht|pas|não|non|не) (confirm*|aprob*|bestätig*|approuv*|aprov*|conferm*|approv*|подтвер*|утвер*); (por favor|favor de|bitte|merci de|veuillez|per favore|прошу|пожалуйста|lütfen) … (confirm*|bestätig*|conferm*|подтверд*|onayla*)"
    "; 不(能|可以|确认|同意|批准|行|对); 未(确认|批准); 没(有)?(确认|同意|批准); 请(您|你|尽快|帮忙|再)?(确认|批准); 等(待|我|我们|客户)?…确认; 待确认; 再确认; 确认(一下|后|之后|吗|是否|好吗); 是否; 有问题; 不是"
)
_CHANGES = Phrases(
    "(change|amend|modify|revise|adjust|alter|increase|reduce|decrease|switch) (the |our |this |that |my |your )?(… )?(quantit(y|ies)|qty|order|orders|po|p/o|pcs|pieces|colou?rs?|packing|packaging|cartons?|marks?|logo|size|sizes|model|item|items|material|label|labels|sticker|artwork|print*|design|delivery (date|time)|shipment date|destination|port|specification*|spec|specs)"
    "; (order|po|quantity|qty) (amendment|change|revision); (amendment|change|revision|modification)s? (to|of|in|on|for) (the |our |this |that )?(order|po|quantity|qty|colou?r|packing|mark|artwork|label); (revised|amended|updated) (order|po|p/o|quantity|qty|artwork|label|packing)"
    "; (cambiar|modificar|aumentar|reducir) … (cantidad*|pedido*|color*|embalaje|empaque|marca*|etiqueta*|modelo); (änder*|erhöhen|reduzieren|anpassen) … (menge|bestellung|farbe|verpackung|markierung|etikett*|modell); (menge|bestellung|farbe|verpackung|markierung) … (änder*|erhöhen|reduzieren|anpassen); (changer|modifier|augmenter|réduire) … (quantité*|commande*|couleur*|emballage*|marquage*|étiquette*|modèle); (alterar|mudar|modificar|aumentar|reduzir) … (quantidade*|pedido*|cor|cores|embalagem|etiqueta*|modelo); (изменить|поменять|увеличить|уменьшить) … (количество|заказ*|цвет|упаковк*|маркировк*|этикетк*); (modificare|cambiare|aumentare|ridurre) … (quantità|ordine|colore|imballo|etichett*|modello); (miktar*|sipariş*|renk*|ambalaj*) … (değiştir*|artır*|azalt*)"
    "; 修改(一下)?…(订单|数量|颜色|包装|唛头|款|尺寸|标|图|交期|规格|型号); (订单|数量|颜色|包装|唛头|款式|尺寸|标签|图稿|交期|规格|型号)…(改为|改成|修改|更改|变更|调整|增加到|减少到|改一下|要改); (更改|变更|调整|增加|减少)(一下)?(订单|数量|颜色|包装|唛头|款式|尺寸|标签|图稿|交期|规格|型号)"
)
_KEEPS = Phrases(
    "(no|not|n't|never|without|any|nothing) (\\w+ )?(chang*|amend*|modif*|revis*|adjust*); unchanged; (will|would|do|does|did) (not|n't) (change|amend|modify); (bank|beneficiary|account|address|e-?mail|phone|contact) (\\w+ )?(chang*|updat*); (chang*|updat*) … (bank|beneficiary|account|address|e-?mail|phone|mind)"
    "; (sin|ohne|sans|sem|без|senza) (\\w+ )?(cambio*|änderung*|changement*|modification*|alteraç*|изменен*|modific*); (不|无|没有|無|勿|别)(需|用|要|做|再)?(修改|更改|变更|改动|改)"
)
_PARTS = {
    "packing": Phrases(
        "pack(ing|ag*|ed)?; carton*; (inner|outer|gift|colou?r) box*; polybag*; embalaje*; empaque*; verpackung*; emballage*; imball*; embalag*; упаковк*; ambalaj*; 包装; 包裝; 彩盒; 外箱; 纸箱; 梱包; 포장"
    ),
    "mark": Phrases("(shipping|carton|side|main|case)? ?marks?(?!et); marking*; marca* de (embarque|expedición); markierung*; marquage*; marcatur*; маркировк*; 唛头; 唛頭; 箱唛; 麦头; 荷印; 쉬핑마크"),
    "colour": Phrases("colou?rs?; lab ?dip*; pantone; swatch*; shade*; color(es)?; farb(e|en|ton)*; couleur*; colore; colori; cor(es)?(?!\\w); цвет*; renk*; 颜色; 顏色; 色号; 色样; 色卡; 色板; 色; 색상"),
    "pp_sample": Phrases(
        "(pp|pre-?production|approval|sealed|golden|counter) ?samples?; samples?; approved for production; (start|begin|proceed with|go ahead with) (the )?(mass |bulk )?production; muestra*; muster; échantillon*; campion*; amostra*; образ(ец|ца|цы); numune*; 产前样; 產前樣; 大货样; 确认样; 封样; 样品; 樣品; 可以生产; 可以投产; サンプル; 샘플"
    ),
}  # fmt: skip
_SHIPPED = {
    "booking": Phrases(
        "booking (confirmation|confirmed|no|number|released|note)*; shipping order; s/o (released|no|number|attached)*; space (is |has been )?(confirmed|booked|released); 订舱(确认|成功|号); 放舱; 已订舱; 配舱"
    ),
    "on_board": Phrases(
        "shipped on board; (vessel|ship|cargo|container|goods|shipment) … (sailed|departed|on board|loaded|left the port); atd(?!\\w); (has|have) (sailed|departed); 已开船; 已装船; 开船了; 船已开; 已离港"
    ),
}  # fmt: skip
_ORDER = re.compile(r"(?<![A-Za-z0-9])ORD-(\d{4})-(\d{4,6})(?!\d)", re.IGNORECASE)
_BL = re.compile(
    r"(?i)(?:\bB/?L|bill of lading|提单)\s*(?:no|number|nr|号|編号|编号)?\s*[.:：#]*\s*([A-Z]{3,4}[A-Z0-9]{6,14})\b"
)
_BOOKING = re.compile(
    r"(?i)(?:\bbooking|\bS/O|订舱)\s*(?:no|number|nr|ref|reference|号)?\s*[.:：#]*\s*((?=[A-Z0-9]*\d)[A-Z0-9]{6,16})\b"
)
_AMOUNT = re.compile(
    r"(?<![\w.])(?:(USD|EUR|GBP|CNY|RMB|US\$|\$|€|£)\s?(\d[\d,]*(?:\.\d{1,2})?)|(\d[\d,]*(?:\.\d{1,2})?)\s?(USD|EUR|GBP|CNY|RMB|US\$|€))(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a mail seems to confirm, and the sentence that says so; `parts` () where it names none."""

    parts: tuple[str, ...]
    words: str


def confirmed_in(text: str) -> Confirmed | None:
    """Return what the customer seems to confirm, None for nothing; a sentence that asks, waits or refuses confirms nothing."""
    parts: set[str] = set()
    words = ""
    for sentence in _sentences(text[:_READ]):
        said = Said(sentence)
        if sentence.rstrip()[-1:] in "?？؟" or not _SAYS_YES.found_in(said) or _SAYS_NO.found_in(said):
            continue
        words = words or sentence
        parts |= {part for part, phrases in _PARTS.items() if phrases.found_in(said)}
    return Confirmed(tuple(part for part in CONFIRMATIONS if part in parts), words[:160]) if words else None


@dataclass(frozen=True, slots=True)
class AskedChange:
    """What a mail asks to be changed: the sentence, and the one confirmation that it touches, "" for none or several."""

    words: str
    touches: str


def change_in(text: str) -> AskedChange | None:
    """Return what the customer asks to be changed, None for nothing; that nothing changes is no change."""
    for sentence in _sentences(text[:_READ]):
        said = Said(sentence)
        if _CHANGES.found_in(said) and not _KEEPS.found_in(said):
            parts = [part for part, phrases in _PARTS.items() if phrases.found_in(said)]
            return AskedChange(sentence.strip()[:160], parts[0] if len(parts) == 1 else "")
    return None


def _sentences(text: str) -> Iterator[str]:
    yield from (text[start:end] for start, end in pieces_of(text, _ENDS))


def shipped_in(text: str) -> tuple[str, ...]:
    """Return which steps of the shipment a forwarder's mail seems to tell of."""
    said = Said(text[:_READ])
    return tuple(step for step, phrases in _SHIPPED.items() if phrases.found_in(said))


def order_numbers_in(text: str) -> frozenset[str]:
    """Return the order numbers of ours that `text` names: "ORD-2026-0012"."""
    return frozenset(found[0].upper() for found in _ORDER.finditer(text[:_READ]))


def bl_number_in(text: str) -> str:
    """Return the number of the bill of lading that `text` names, "" for none."""
    found = _BL.search(text[:_READ])
    return found[1].upper() if found else ""


def booking_number_in(text: str) -> str:
    """Return the booking number that `text` names, "" for none."""
    found = _BOOKING.search(text[:_READ])
    return found[1].upper() if found else ""


def amount_in(text: str) -> str:
    """Return the one amount that `text` names, such as "USD 3,750.00"; "" where it names none or several."""
    found = {f"{one[1] or one[4]} {one[2] or one[3]}" for one in _AMOUNT.finditer(text[:_READ])}
    return found.pop() if len(found) == 1 else ""
