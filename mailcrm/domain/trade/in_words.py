"""An amount in words, as an invoice repeats it below its total: a digit can be altered, a word hardly.

Room: domain. In: a `Decimal` and an ISO 4217 code. Out: "SAY US DOLLARS TWELVE AND CENTS FIFTY ONLY", or the capital numerals of
Chinese paper money (大写): "美元壹拾贰元伍角整". Both are exact: an amount with more places than its currency has is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import say

__all__ = ["in_chinese", "in_english", "places_of"]

_SMALL = [
    "ZERO",
    "ONE",
    "TWO",
    "THREE",
    "FOUR",
    "FIVE",
    "SIX",
    "SEVEN",
    "EIGHT",
    "NINE",
    "TEN",
    "ELEVEN",
    "TWELVE",
    "THIRTEEN",
    "FOURTEEN",
    "FIFTEEN",
    "SIXTEEN",
    "SEVENTEEN",
    "EIGHTEEN",
    "NINETEEN",
]
_TENS = ["TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY"]
_GROUPS = ("", " THOUSAND", " MILLION", " BILLION", " TRILLION")
_TWENTY, _HUNDRED, _THOUSAND, _MYRIAD = 20, 100, 1_000, 10_000
_END = 10**15

# ISO 4217: what the unit and its part are called on an invoice; "": it has no part.
_ENGLISH = {
    "USD": ("US DOLLARS", "CENTS"),
    "EUR": ("EUROS", "CENTS"),
    "GBP": ("POUNDS STERLING", "PENCE"),
    "CNY": ("RENMINBI YUAN", "CENTS"),
    "HKD": ("HONG KONG DOLLARS", "CENTS"),
    "AUD": ("AUSTRALIAN DOLLARS", "CENTS"),
    "CAD": ("CANADIAN DOLLARS", "CENTS"),
    "NZD": ("NEW ZEALAND DOLLARS", "CENTS"),
    "SGD": ("SINGAPORE DOLLARS", "CENTS"),
    "CHF": ("SWISS FRANCS", "CENTIMES"),
    "AED": ("UAE DIRHAMS", "FILS"),
    "SAR": ("SAUDI RIYALS", "HALALAS"),
    "INR": ("INDIAN RUPEES", "PAISE"),
    "KWD": ("KUWAITI DINARS", "FILS"),
    "JPY": ("JAPANESE YEN", ""),
    "KRW": ("KOREAN WON", ""),
}
_CHINESE = {
    "CNY": "人民币", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "HKD": "港币", "JPY": "日元", "AUD": "澳大利亚元", "CAD": "加拿大元",
    "NZD": "新西兰元", "SGD": "新加坡元", "CHF": "瑞士法郎", "AED": "阿联酋迪拉姆", "SAR": "沙特里亚尔", "INR": "印度卢比", "KRW": "韩元",
    "KWD": "科威特第纳尔",
}  # fmt: skip
_WITHOUT_PARTS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "XPF", "PYG", "UGX"})
_IN_THOUSANDTHS = frozenset({"KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD"})
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_POWERS = ("仟", "佰", "拾", "")
_MYRIADS = ("", "万", "亿", "万亿")
_PARTS = "角分厘"


def places_of(currency: str) -> int:
    """Return how many decimals a currency has: 2 but for the few that have none or three."""
    return 0 if currency in _WITHOUT_PARTS else 3 if currency in _IN_THOUSANDTHS else 2


def in_english(amount: Decimal, currency: str) -> str:
    """Return "SAY US DOLLARS ONE THOUSAND TWO HUNDRED AND FIVE AND CENTS TEN ONLY"."""
    whole, part = _split(amount, currency)
    name, part_name = _ENGLISH.get(currency, (currency, ""))
    words = f"{name} {_cardinal(whole)}"
    if part and part_name:
        words += f" AND {part_name} {_cardinal(part)}"
    elif part:
        words += f" AND {part:0{places_of(currency)}d}/{10 ** places_of(currency)}"
    return f"SAY {words} ONLY"


def in_chinese(amount: Decimal, currency: str) -> str:
    """Return "美元壹仟贰佰零伍元壹角整": capital numerals, 零 for a gap, 整 where no 分 follows (the banks' rule for bills)."""
    whole, part = _split(amount, currency)
    places = places_of(currency)
    digits = f"{part:0{places}d}" if places else ""
    words = f"{_capitals(whole)}元" if whole or not part else ""
    gap = False
    for digit, unit in zip(digits, _PARTS, strict=False):
        if digit != "0":
            words += ("零" if gap and whole else "") + _DIGITS[int(digit)] + unit
        gap = digit == "0"
    ended = digits[1:].strip("0")
    return f"{_CHINESE.get(currency, currency)}{words}{'' if ended else '整'}"


def _split(amount: Decimal, currency: str) -> tuple[int, int]:
    """Return the whole units and the parts of one."""
    places = places_of(currency)
    scaled = amount.scaleb(places) if amount.is_finite() else amount
    if not amount.is_finite() or not 0 <= amount < _END or scaled != scaled.to_integral_value():
        raise UsageError(
            say("{amount} {currency} is no amount to be written in words.", amount=amount, currency=currency),
            say("Give an amount of at least 0 with at most {places} decimals.", places=places),
        )
    units: int = 10**places
    return divmod(int(scaled), units)


def _cardinal(number: int) -> str:
    if number == 0:
        return _SMALL[0]
    words: list[str] = []
    for power in range(len(_GROUPS) - 1, -1, -1):
        group = number // _THOUSAND**power % _THOUSAND
        if group:
            # British practice on invoices: "one thousand and five"
            lead = "AND " if words and power == 0 and group < _HUNDRED else ""
            words.append(f"{lead}{_below_thousand(group)}{_GROUPS[power]}")
    return " ".join(words)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, _HUNDRED)
    if not hundreds:
        return _below_hundred(rest)
    return f"{_SMALL[hundreds]} HUNDRED" + (f" AND {_below_hundred(rest)}" if rest else "")


def _below_hundred(number: int) -> str:
    if number < _TWENTY:
        return _SMALL[number]
    ten, one = divmod(number, 10)
    return _TENS[ten - 2] + (f"-{_SMALL[one]}" if one else "")


def _capitals(number: int) -> str:
    if number == 0:
        return "零"
    text, before = "", 1
    for group, unit in _myriads(number):
        if group:
            gap = text and (group < _THOUSAND or before % 10 == 0)
            text += ("零" if gap else "") + _four(group) + unit
        before = group
    return text


def _myriads(number: int) -> Iterator[tuple[int, str]]:
    """Yield the groups of four digits, the highest first."""
    for power in range(len(_MYRIADS) - 1, -1, -1):
        yield number // _MYRIAD**power % _MYRIAD, _MYRIADS[power]


def _four(group: int) -> str:
    text = ""
    for digit, power in zip(f"{group:04d}", _POWERS, strict=True):
        if digit != "0":
            text += _DIGITS[int(digit)] + power
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")
