"""Currencies: the codes of ISO 4217, and what people write instead of them.

Room: domain. In: a code, a sign or a word. Out: the code, or a UsageError with the mend. A bare ¥ is refused: it is China's
and Japan's sign alike, and the difference is a factor of twenty.
"""

from __future__ import annotations

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import say

__all__ = ["ALIASES", "CURRENCIES", "checked_currency", "has_decimals"]

_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY "
    "COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS "
    "INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP "
    "MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR "
    "SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND "
    "VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"

CURRENCIES = frozenset(_CODES.split())
_WHOLE_ONLY = frozenset(_WITHOUT_DECIMALS.split())

ALIASES = {
    "RMB": "CNY", "CNH": "CNY", "元": "CNY", "人民币": "CNY",
    "US$": "USD", "$": "USD", "美元": "USD", "美金": "USD",
    "€": "EUR", "EURO": "EUR", "欧元": "EUR",
    "£": "GBP", "英镑": "GBP",
    "HK$": "HKD", "港币": "HKD", "A$": "AUD", "C$": "CAD", "日元": "JPY", "韩元": "KRW",
}  # fmt: skip


def checked_currency(given: str) -> str:
    """Return the ISO 4217 code that `given` means; UsageError where it means none, or two."""
    word = given.strip().upper()
    code = ALIASES.get(word, word)
    if code in CURRENCIES:
        return code
    if word in ("¥", "￥"):
        raise UsageError(
            say("{sign} may be Chinese yuan or Japanese yen.", sign=word), say("Write CNY or JPY instead.")
        )
    raise UsageError(
        say("{given} is no currency.", given=given.strip() or "—"),
        say("Write its three letters, such as USD, EUR or CNY."),
    )


def has_decimals(currency: str) -> bool:
    """Tell whether amounts of `currency` are written with decimals; those of JPY and KRW aren't."""
    return currency not in _WHOLE_ONLY
