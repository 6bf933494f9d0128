"""Amounts in words, as on invoices (English) and on Chinese bills (大写)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.in_words import in_chinese, in_english

ENGLISH = [
    ("0", "USD", "SAY US DOLLARS ZERO ONLY"),
    ("1", "USD", "SAY US DOLLARS ONE ONLY"),
    ("12.50", "USD", "SAY US DOLLARS TWELVE AND CENTS FIFTY ONLY"),
    ("0.05", "EUR", "SAY EUROS ZERO AND CENTS FIVE ONLY"),
    ("1205.10", "USD", "SAY US DOLLARS ONE THOUSAND TWO HUNDRED AND FIVE AND CENTS TEN ONLY"),
    ("1005", "GBP", "SAY POUNDS STERLING ONE THOUSAND AND FIVE ONLY"),
    ("21", "CNY", "SAY RENMINBI YUAN TWENTY-ONE ONLY"),
    ("100000", "USD", "SAY US DOLLARS ONE HUNDRED THOUSAND ONLY"),
    ("1000001", "USD", "SAY US DOLLARS ONE MILLION AND ONE ONLY"),
    ("18450.40", "USD", "SAY US DOLLARS EIGHTEEN THOUSAND FOUR HUNDRED AND FIFTY AND CENTS FORTY ONLY"),
    ("987654", "JPY", "SAY JAPANESE YEN NINE HUNDRED AND EIGHTY-SEVEN THOUSAND SIX HUNDRED AND FIFTY-FOUR ONLY"),
    ("1.005", "KWD", "SAY KUWAITI DINARS ONE AND FILS FIVE ONLY"),
    ("7.25", "SEK", "SAY SEK SEVEN AND 25/100 ONLY"),
    ("2000000000", "USD", "SAY US DOLLARS TWO BILLION ONLY"),
]  # fmt: skip
# The first eight are the examples of the banks' rule for filling in bills (正确填写票据和结算凭证的基本规定), or built like them.
CHINESE = [
    ("1409.50", "CNY", "人民币壹仟肆佰零玖元伍角整"),
    ("6007.14", "CNY", "人民币陆仟零柒元壹角肆分"),
    ("1680.32", "CNY", "人民币壹仟陆佰捌拾元叁角贰分"),
    ("107000.53", "CNY", "人民币壹拾万零柒仟元伍角叁分"),
    ("16409.02", "CNY", "人民币壹万陆仟肆佰零玖元零贰分"),
    ("325.04", "CNY", "人民币叁佰贰拾伍元零肆分"),
    ("0.50", "CNY", "人民币伍角整"),
    ("0.05", "CNY", "人民币伍分"),
    ("0", "USD", "美元零元整"),
    ("10", "USD", "美元壹拾元整"),
    ("12.50", "USD", "美元壹拾贰元伍角整"),
    ("18450.40", "USD", "美元壹万捌仟肆佰伍拾元肆角整"),
    ("100000000", "EUR", "欧元壹亿元整"),
    ("100000001", "EUR", "欧元壹亿零壹元整"),
    ("100010000", "USD", "美元壹亿零壹万元整"),
    ("20300400", "USD", "美元贰仟零叁拾万零肆佰元整"),
    ("987654", "JPY", "日元玖拾捌万柒仟陆佰伍拾肆元整"),
    ("1.005", "KWD", "科威特第纳尔壹元零伍厘"),
    ("7.25", "SEK", "SEK柒元贰角伍分"),
]


@pytest.mark.parametrize(("amount", "currency", "words"), ENGLISH)
def test_in_english(amount: str, currency: str, words: str) -> None:
    assert in_english(Decimal(amount), currency) == words


@pytest.mark.parametrize(("amount", "currency", "words"), CHINESE)
def test_in_chinese(amount: str, currency: str, words: str) -> None:
    assert in_chinese(Decimal(amount), currency) == words


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("-1", "USD"), ("0.001", "USD"), ("0.5", "JPY"), ("NaN", "USD"), ("1E+15", "USD"), ("Infinity", "CNY")],
)
def test_what_is_no_amount_is_refused(amount: str, currency: str) -> None:
    for words in (in_english, in_chinese):
        with pytest.raises(UsageError, match="no amount"):
            words(Decimal(amount), currency)


def read(words: str) -> Decimal:
    """Read capital numerals back: an independent way round."""
    total, section, digit = Decimal(0), Decimal(0), 0
    units = {"拾": 10, "佰": 100, "仟": 1000}
    for char in words.removeprefix("人民币").removesuffix("整"):
        if char in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(char)
        elif char in units:
            section, digit = section + digit * units[char], 0
        elif char in "角分":
            total, digit = total + digit * Decimal({"角": "0.1", "分": "0.01"}[char]), 0
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10**8, Decimal(0), 0
        elif char == "万":
            total, section, digit = total + (section + digit) * 10**4, Decimal(0), 0
        else:
            total, section, digit = total + section + digit, Decimal(0), 0
    return total


@given(st.decimals(min_value=0, max_value=99_999_999_999, places=2))
def test_capitals_say_the_amount_and_never_two_zeros(amount: Decimal) -> None:
    words = in_chinese(amount, "CNY")
    assert read(words) == amount
    assert "零零" not in words
    assert words.startswith("人民币零") <= (amount < 1)
