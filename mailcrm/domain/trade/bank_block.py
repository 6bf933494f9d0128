"""Our bank details: checked, and as the one block that stands on every document.

Room: domain. In: what a person types of an account. Out: `BankDetails`, and the block, whose bytes are compared: labels are English in
every language, since the bank abroad reads it too, and a second wording would be a second thing to compare.

    –  ──propose──► proposed ──register (another person)──► registered ──withdraw──► withdrawn
                       └──────────────────withdraw─────────────────────────────────────▲

An account is never edited: another one is proposed, and takes the place of the old one of its company and currency when it is registered.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mailcrm.domain.bank import iban_valid
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.steps import Machine
from mailcrm.domain.text import printable_line
from mailcrm.domain.trade.currencies import checked_currency
from mailcrm.domain.words import say

__all__ = [
    "MACHINE",
    "PROPOSED",
    "REGISTERED",
    "WITHDRAWN",
    "BankDetails",
    "bank_block",
    "check_register",
    "checked_details",
]

PROPOSED, REGISTERED, WITHDRAWN = "proposed", "registered", "withdrawn"

MACHINE = Machine(
    say("a bank account"),
    {"": frozenset({PROPOSED}), PROPOSED: frozenset({REGISTERED, WITHDRAWN}), REGISTERED: frozenset({WITHDRAWN})},
)

_SWIFT = lazy_pattern(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_NUMBER = lazy_pattern(r"[A-Z0-9](?:[ -]?[A-Z0-9]){5,33}")
_IBAN_LIKE = lazy_pattern(r"[A-Z]{2}\d{2}[A-Z0-9]{10,}")
_LONGEST = 140


@dataclass(frozen=True, slots=True)
class BankDetails:
    """An account of ours. `intermediary`: the correspondent bank, "" for none; `account` is written as the bank writes it."""

    beneficiary: str
    account: str
    bank: str
    swift: str
    currency: str
    bank_address: str = ""
    intermediary: str = ""


def bank_block(details: BankDetails) -> str:
    r"""Return the block: a label and a value on each line, joined by "\n"; what is empty has no line."""
    rows = (
        ("Beneficiary", details.beneficiary),
        ("Account no.", details.account),
        ("Bank", details.bank),
        ("Bank address", details.bank_address),
        ("SWIFT/BIC", details.swift),
        ("Intermediary bank", details.intermediary),
        ("Currency", details.currency),
    )
    return "\n".join(f"{label}: {value}" for label, value in rows if value)


def checked_details(
    *,
    beneficiary: str,
    account: str,
    bank: str,
    swift: str,
    currency: str,
    bank_address: str = "",
    intermediary: str = "",
) -> BankDetails:
    """Return the details in their one spelling; UsageError names what can't be right."""
    number, code = _line(account).upper(), _line(swift).upper().replace(" ", "")
    if not _NUMBER.fullmatch(number):
        raise UsageError(
            say("{account} is no account number.", account=account),
            say("Write it as the bank does: digits and capitals."),
        )
    bare = re.sub("[ -]", "", number)
    if _IBAN_LIKE.fullmatch(bare) and not iban_valid(bare):
        raise UsageError(
            say("{account} looks like an IBAN, and its check digits are wrong.", account=account),
            say("Compare it with the bank's paper, digit by digit."),
        )
    if not _SWIFT.fullmatch(code):
        raise UsageError(
            say("{swift} is no SWIFT code.", swift=swift),
            say("It has 8 or 11 letters and digits, such as BKCHCNBJ92A."),
        )
    if not _line(beneficiary):
        raise UsageError(say("The beneficiary is missing."), say("Write our name as the bank knows it."))
    if not _line(bank):
        raise UsageError(say("The name of the bank is missing."), say("Write it as the bank does, with the branch."))
    return BankDetails(
        beneficiary=_line(beneficiary),
        account=number,
        bank=_line(bank),
        swift=code,
        currency=checked_currency(currency),
        bank_address=_line(bank_address),
        intermediary=_line(intermediary),
    )


def check_register(proposed_by: str, actor: str, colleagues: frozenset[str], *, alone: bool) -> None:
    """RefusedByRule unless a second person registers what one proposed. `alone`: there is no second one, and the word was said."""
    if colleagues and actor not in colleagues:
        raise RefusedByRule(
            say("{name} is not one of us.", name=actor), say("A colleague does it; `mailcrm team list` shows who is.")
        )
    if actor != proposed_by:
        return
    if len(colleagues) > 1:
        raise RefusedByRule(
            say(
                "You proposed this account yourself: another person registers it, who compares it with the bank's paper."
            ),
            say("Ask a colleague: {names}.", names=", ".join(sorted(colleagues - {actor}))),
        )
    if not alone:
        raise RefusedByRule(
            say("You proposed this account yourself, and nobody else is here to look at it."),
            say("Compare it with the bank's paper once more, then say `--alone`: it is noted."),
        )


def _line(text: str) -> str:
    shown = " ".join(printable_line(unicodedata.normalize("NFKC", text)).split())
    if len(shown) > _LONGEST:
        raise UsageError(
            say("{text}… is too long.", text=shown[:20]), say("Use at most {most} letters.", most=_LONGEST)
        )
    return shown
