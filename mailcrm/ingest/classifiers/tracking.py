"""Tracking numbers and their check digits.

Room: ingest. In: a candidate number. Out: whether its check digit is right. Rules: UPU S10; UPS 1Z; FedEx Express (12 digits)
and Ground (15); USPS (20, 22 and 26 digits, mod 10); DHL Express (10 digits, mod 7) and DHL Paket (20 digits, SSCC). Others carry no public check digit.
"""

from __future__ import annotations

import re

__all__ = ["FORMS", "number_valid"]

FORMS: dict[str, tuple[str, ...]] = {
    "dhl": (r"JJ?D\d{16,20}", r"[A-Z]{2}\d{9}(?:DE|US)", r"(?:3S|JVGL)[A-Z0-9]{8,18}", r"\d{20}", r"\d{10,12}"),
    "fedex": (r"\d{4} \d{4} \d{4}", r"\d{20,22}", r"\d{15}", r"\d{12}"),
    "ups": (r"1Z[A-Z0-9]{16}", r"T\d{10}", r"\d{9}", r"\d{26}"),
    "usps": (r"9\d{3}(?: ?\d{4}){4} ?\d{2}(?:\d{4})?", r"9\d{19,25}", r"420\d{5}9\d{21}", r"[A-Z]{2}\d{9}US"),
    "tnt": (r"G[DE]\d{9}WW", r"\d{9}"),
    "sf": (r"SF ?\d{12,13}", r"\d{12}"),
    "ems": (r"[A-Z]{2}\d{9}[A-Z]{2}", r"\d{13}"),
    "dpd": (r"\d{14}[A-Z0-9]?", r"\d{4} \d{4} \d{4} \d{2}"),
    "gls": (r"\d{11,12}", r"[A-Z0-9]{8}"),
    "royal mail": (r"[A-Z]{2}\d{9}GB",),
    "aramex": (r"\d{10,12}",),
}
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_FEDEX_WEIGHTS = (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)


def number_valid(carrier: str, number: str) -> bool:
    """Return whether `number` (no spaces, upper case) has a right check digit; False where its form has none."""
    if re.fullmatch(r"[A-Z]{2}\d{9}[A-Z]{2}", number):
        return _s10(number)
    rules = {
        "ups": (r"1Z[A-Z0-9]{15}\d", _ups),
        "dhl": (r"\d{10}|00\d{18}", _dhl),
        "fedex": (r"\d{12}|\d{15}|\d{20}|\d{22}", _fedex),
        "usps": (r"9\d{19}|9\d{21}|9\d{25}", _mod10),
    }
    if carrier not in rules:
        return False
    form, check = rules[carrier]
    return bool(re.fullmatch(form, number)) and check(number)


def _s10(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[2:10], _S10_WEIGHTS, strict=True))
    return {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11) == int(number[10])


def _ups(number: str) -> bool:
    values = [int(char) if char.isdigit() else (ord(char) - 63) % 10 for char in number[2:17]]
    total = sum(values[0::2]) + 2 * sum(values[1::2])
    return -total % 10 == int(number[17])


def _dhl(number: str) -> bool:
    if number.startswith("00"):
        return _mod10(number)  # GS1: the serial code of a shipping unit
    return int(number[:-1]) % 7 == int(number[-1])


def _fedex(number: str) -> bool:
    if len(number) != len(_FEDEX_WEIGHTS) + 1:
        return _mod10(number)
    total = sum(int(digit) * weight for digit, weight in zip(number[:-1], _FEDEX_WEIGHTS, strict=True))
    return total % 11 % 10 == int(number[-1])


def _mod10(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number[:-1])]
    return -(3 * sum(digits[0::2]) + sum(digits[1::2])) % 10 == int(number[-1])
