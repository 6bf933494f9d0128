"""Bank details in a text.

Room: domain. In: the text of a mail. Out: the accounts that it names: IBANs by their check digits (ISO 13616, mod 97), and
account numbers behind their own word beside a SWIFT code or a bank. Linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailcrm.domain.newest import Newest
from mailcrm.domain.patterns import lazy_pattern

__all__ = ["accounts_in", "iban_valid"]

_READ, _FOUND_CAP = 100_000, 20
# Class after class, not "{2}": so a search passes at once whatever isn't a capital letter.
_IBAN = lazy_pattern(r"[A-Z][A-Z][0-9][0-9](?:[ \-]?[A-Z0-9]){11,30}(?![A-Za-z0-9])")
# A first look: what capitals and digits a text holds in a row, and nothing else, if blanks and dashes are left out.
_ROWS = bytes(0x58 if chr(octet) in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" else 0x2E for octet in range(256))
_SHORTEST_ROW = b"X" * 15
_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28, "CH": 21,
    "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27,
    "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24,
    "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29,
    "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VA": 22,
    "VG": 24, "XK": 20,
}  # fmt: skip
_ACCOUNT = lazy_pattern(
    r"(?i)(?:\b(?:bank )?(?:account|acc(?:oun)?t|a/c)\.?(?: (?:no|number|nr|num))?\b|\b(?:kontonummer|konto-?nr|n[úu]mero de cuenta|cuenta(?: n[°ºo.]{1,2})?|num[ée]ro de compte|conto corrente|hesap no|номер сч[её]та|сч[её]т №?)"
    r"|(?:银行)?(?:账号|帐号|账户|帐户|賬號|口座番号))[\s.:：#№]{0,6}((?:\d[ -]?){6,24}\d)(?!\d)"
)
# One of these is in every label of an account; looking for them costs a tenth of the pattern.
_LABELS = ("account", "acct", "a/c", "konto", "cuenta", "compte", "corrente", "hesap", "сч", "账", "帐", "賬", "口座")
# The same as a newest part knows them: by the starts of words, by letters that aren't Latin, and a/c by its two.
_BY_START = {
    "acco": "account", "acct": "acct", "kont": "konto", "cuen": "cuenta", "comp": "compte", "corr": "corrente", "hesa": "hesap",
    "счет": "счет", "账": "账", "帐": "帐", "賬": "賬", "口": "口座",
}  # fmt: skip
_STARTS, _A_C = frozenset(_BY_START), frozenset("ac")
_LONGEST_LABEL = 8
_NUMBER, _BEFORE_NUMBER, _LONGEST_NUMBER = lazy_pattern(r"\d(?:[ -]?\d){6}"), 40, 52
_BANK = (
    "swift",
    "bic",
    "iban",
    "beneficiary",
    "bank",
    "banco",
    "banque",
    "banca",
    "sort code",
    "routing",
    "банк",
    "银行",
    "銀行",
    "开户行",
)


def iban_valid(text: str) -> bool:
    """Whether `text` is an IBAN: a known country, its length, and a remainder of 1."""
    number = re.sub(r"[ -]", "", text)
    if len(number) != _LENGTHS.get(number[:2], 0) or not number.isalnum() or not number.isascii():
        return False
    digits = "".join(str(int(char, 36)) for char in number[4:] + number[:4])
    return int(digits) % 97 == 1


def accounts_in(text: str, newest: Newest | None = None) -> tuple[str, ...]:
    """Return the accounts that `text` names, without blanks, in order.

    `newest`: what `text` begins with, if it was looked through already: then labels needn't be looked for there letter by letter.
    """
    text = text[:_READ]
    found: dict[str, None] = {}
    for match in _IBAN.finditer(text) if _may_hold_iban(text) else ():
        iban = _leading_iban(match[0])
        if iban and not text[match.start() - 1 : match.start()].isalnum():
            found[iban] = None
    if _may_hold_account(text, newest):
        found.update(dict.fromkeys(_numbers(text)))
    return tuple(found)[:_FOUND_CAP]


def _may_hold_account(text: str, newest: Newest | None) -> bool:
    """Whether the text speaks of an account and of a bank."""
    known = len(newest.text) - newest.start if newest is not None else 0
    rest = text[max(0, known - _LONGEST_LABEL) :].lower()
    if not any(map(rest.__contains__, _LABELS)) and (newest is None or not _speaks_of_account(newest)):
        return False
    return any(map(text.lower().__contains__, _BANK))


def _speaks_of_account(newest: Newest) -> bool:
    said = newest.said
    there = _STARTS & said.words
    return any(_BY_START[start] in said.folded for start in there) or said.words >= _A_C


def _numbers(text: str) -> Iterator[str]:
    """Yield the numbers right behind the label of an account: "on account of" is none."""
    for number in _NUMBER.finditer(text):
        place = number.start()
        start = max(0, place - _BEFORE_NUMBER)
        if any(map(text[start:place].lower().__contains__, _LABELS)):
            labelled = _ACCOUNT.finditer(text, start, place + _LONGEST_NUMBER)
            yield from (re.sub(r"[ -]", "", one[1]) for one in labelled if one.start(1) == place)


def _may_hold_iban(text: str) -> bool:
    return _SHORTEST_ROW in text.encode("utf-8", "replace").translate(_ROWS, b" -")


def _leading_iban(text: str) -> str:
    """Return the IBAN that `text` begins with: a word in capitals behind it may look like more of it."""
    number = re.sub(r"[ -]", "", text)
    number = number[: _LENGTHS.get(number[:2], 0)]
    return number if iban_valid(number) else ""
