"""What in a mail speaks of samples.

Room: domain. In: the newest part of a mail. Out: the words by which it asks for samples, or says that it has received them; () for
none. They only suggest: a person says what follows.
"""

from __future__ import annotations

import re

from mailcrm.domain.phrasebook import Phrases
from mailcrm.domain.said import Said

__all__ = ["numbers_in", "received_words", "sample_words"]

_READ = 6_000
_SPOKEN_OF = Phrases(
    "sample*; swatch*; prototype*; counter-?sample*; lab ?dip*; strike-?off*; muestra*; prototipo*; muster; mustern; échantillon*; amostra*; campion*; образ(ец|цы|ца|цов); numune*; próbk*; monster(s|tje|tjes)?; 样品; 樣品; 打样; 打樣; 样板; 樣板; 样衣; 小样; 色样; 色卡; サンプル; 샘플; عين(ة|ات)"
)
_RECEIVED = Phrases(
    "(we|i|he|she|they|customer|client|boss|office) (have |has |had |already |just |now |finally |safely |also )*(received|got|have in hand) … (sample*|swatch*|prototype*|parcel|package)"
    "; (sample*|swatch*|prototype*|parcel|package) … (arrived|received|delivered|in our hands|in hand)"
    "; (hemos|he|ya) (ya )?(recibid|recibim)* … (muestra*|paquete); recibimos … (muestra*|paquete); (las |la )?muestra* … (llegaron|llegó|ha llegado|han llegado|recibid*); (wir haben|haben) … (muster|paket) … (erhalten|bekommen); (das |die )?(muster|paket) … (ist|sind) (heute |gestern |gut )?(angekommen|eingetroffen|da)"
    "; (nous avons|j'ai|avons) (bien )?re[çc]u … (échantillon*|colis); (les |l')?échantillon* … (arrivé*|bien reçu*); recebemos … (amostra*|pacote); (as |a )?amostra* … (chegaram|chegou|recebid*); (abbiamo|ho) ricevuto … (campion*|pacco); (мы )?получили … (образ*|посылк*); образ* … (получен*|пришл*|прибыл*); numune* … (aldık|ulaştı|geldi|elimize)"
    "; (样品|樣品|样板|样衣|包裹|快递|小样)(已经|已|都|我们|今天|昨天|刚|刚刚)*(收到|签收|到了|到货); (收到|签收) …(样品|樣品|样板|样衣|包裹|小样); サンプル(が|を|は)?(届|受け取|受領|到着); 샘플(을|이)? ?(받|도착)"
)
_NOT_YET = Phrases(
    "(not|n't|never|yet|nothing|still waiting|haven't|hasn't|didn't|once|when|after|until|as soon as|if) … (receiv*|arriv*|got|delivered|here); (no|aún no|todavía no|cuando|noch nicht|nicht|sobald|wenn|pas encore|dès que|quand|ainda não|quando|non ancora|non|ещё не|еще не|не) … (recib*|lleg*|erhalten|bekommen|angekommen|reçu*|arriv*|receb*|cheg*|ricevut*|получ*|приш*); (还没|没有|没|未|尚未|等|一旦|如果) …(收到|签收|到)(了|货)?; 收到(后|之后|以后|前)"
)
_NUMBER = re.compile(r"(?<![A-Za-z0-9])SMP-(\d{4})-(\d{4,6})(?!\d)", re.IGNORECASE)


def sample_words(text: str) -> tuple[str, ...]:
    """Return the words by which `text` speaks of samples."""
    found = _SPOKEN_OF.first_in(Said(text[:_READ]))
    return (text[found.start() : found.end()],) if found else ()


def received_words(text: str) -> tuple[str, ...]:
    """Return the words by which `text` says that samples, or a parcel, have arrived; a "not yet", "once" or "when" before says none."""
    heard = Said(text[:_READ])
    found = _RECEIVED.first_in(heard)
    if not found or _NOT_YET.found_in(heard):
        return ()
    return (text[found.start() : found.end()],)


def numbers_in(text: str) -> frozenset[str]:
    """Return the sample numbers that `text` names: "SMP-2026-0012"."""
    return frozenset(found[0].upper() for found in _NUMBER.finditer(text))
