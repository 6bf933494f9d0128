"""The arithmetic of check digits, by name.

Room: domain. In: a number's serial (what the digit is made of) and its check character. Out: whether they fit. `RULES` is what
a courier's file names its rule by; the letters of a number count as each rule's source says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

__all__ = ["RULES"]

Rule = Callable[[str, str], bool]

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_S10_EXCEPTIONS = {10: 0, 11: 5}
_FEDEX_WEIGHTS = (1, 3, 7)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_UPS_LETTERS = 63  # A is 2, B is 3 … in the last digit of their place in ASCII less this
_NINE = 9


def _mod7(serial: str, check: str) -> bool:
    """DHL Express: the whole serial's remainder by 7."""
    return int(serial) % 7 == int(check)


def _weighed(serial: str, check: str, even: int, odd: int) -> bool:
    """Modulo 10 over two weights by turns; `even` weighs the last digit of the serial. GS1 (SSCC) is 3 and 1."""
    digits = [int(digit) for digit in reversed(serial)]
    return -(even * sum(digits[0::2]) + odd * sum(digits[1::2])) % 10 == int(check)


def _behind(prefix: str, serial: str, check: str) -> bool:
    """GS1 over a serial that is printed without the application identifier it was made with (USPS)."""
    return _weighed(prefix + serial, check, 3, 1)


def _luhn(serial: str, check: str) -> bool:
    """ISO/IEC 7812-1: every second digit is doubled, its own two digits added up."""
    doubled = [int(digit) * 2 for digit in serial[-1::-2]]
    total = sum(two - _NINE if two > _NINE else two for two in doubled) + sum(int(digit) for digit in serial[-2::-2])
    return -total % 10 == int(check)


def _s10(serial: str, check: str) -> bool:
    """UPU S10: eight weights, modulo 11; what would be 10 and 11 is written 0 and 5."""
    left = 11 - sum(int(digit) * weight for digit, weight in zip(serial, _S10_WEIGHTS, strict=True)) % 11
    return _S10_EXCEPTIONS.get(left, left) == int(check)


def _fedex(serial: str, check: str) -> bool:
    """FedEx Express: the weights 1, 3, 7 by turns from the last digit, modulo 11, of which the last digit."""
    total = sum(int(digit) * _FEDEX_WEIGHTS[place % 3] for place, digit in enumerate(reversed(serial)))
    return total % 11 % 10 == int(check)


def _ups(serial: str, check: str) -> bool:
    """UPS 1Z: every second character counts twice from the second on, letters by their place in the alphabet, modulo 10."""
    values = [int(char) if char.isdigit() else (ord(char) - _UPS_LETTERS) % 10 for char in serial]
    return -(sum(values[0::2]) + 2 * sum(values[1::2])) % 10 == int(check)


def _mod37_36(serial: str, check: str) -> bool:
    """ISO/IEC 7064, MOD 37,36 (DPD): digits and letters, the check character too."""
    product = 36
    for char in serial:
        total = (product + _ALPHABET.index(char)) % 36 or 36
        product = total * 2 % 37
    return (product + _ALPHABET.index(check)) % 36 == 1


RULES: Mapping[str, Rule] = {
    "mod7": _mod7,
    "gs1": partial(_weighed, even=3, odd=1),
    "gs1 behind 91": partial(_behind, "91"),
    "gs1 behind 92": partial(_behind, "92"),
    "identcode": partial(_weighed, even=4, odd=9),
    "luhn": _luhn,
    "s10": _s10,
    "fedex": _fedex,
    "ups": _ups,
    "mod37,36": _mod37_36,
}
