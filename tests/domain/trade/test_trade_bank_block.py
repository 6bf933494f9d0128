"""Our bank details: what is accepted, the block to the byte, and who may register what."""

from __future__ import annotations

import pytest

from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.trade.bank_block import BankDetails, bank_block, check_register, checked_details

OURS = {
    "beneficiary": "Brightport Export Co., Ltd.",
    "account": "3901 0001 1920 0012 345",
    "bank": "Example Bank of Ningbo",
    "swift": "EXBKCNBN",
    "currency": "USD",
}


def test_the_block_to_the_byte() -> None:
    details = BankDetails(
        "Brightport Export Co., Ltd.",
        "3901 0001",
        "Example Bank",
        "EXBKCNBN",
        "USD",
        "1 Example Street",
        "Middle Bank, MIDDUS33",
    )
    assert bank_block(details) == (
        "Beneficiary: Brightport Export Co., Ltd.\nAccount no.: 3901 0001\nBank: Example Bank\nBank address: 1 Example Street\n"
        "SWIFT/BIC: EXBKCNBN\nIntermediary bank: Middle Bank, MIDDUS33\nCurrency: USD"
    )


def test_what_is_empty_has_no_line() -> None:
    assert [row.partition(":")[0] for row in bank_block(checked_details(**OURS)).split("\n")] == [
        "Beneficiary", "Account no.", "Bank", "SWIFT/BIC", "Currency",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("account", "  3901 0001 1920 0012 345 ", "3901 0001 1920 0012 345"),
        ("account", "de89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        ("account", "３９０１０００１", "39010001"),
        ("swift", "exbk cn bn 123", "EXBKCNBN123"),
        ("currency", "us$", "USD"),
        ("bank", "Example\n Bank\t of Ningbo", "Example Bank of Ningbo"),
        ("beneficiary", "Brightport\u202e Ltd", "Brightport‹RLO› Ltd"),
    ],
)
def test_one_spelling(field: str, typed: str, kept: str) -> None:
    assert getattr(checked_details(**{**OURS, field: typed}), field) == kept


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("account", "12", "no account number"),
        ("account", "3901;0001", "no account number"),
        ("account", "DE89 3704 0044 0532 0130 01", "check digits"),
        ("swift", "EXBKCN", "no SWIFT code"),
        ("swift", "EXBKCNBN12", "no SWIFT code"),
        ("currency", "¥", "may be"),
        ("beneficiary", "  ", "beneficiary is missing"),
        ("bank", "", "bank is missing"),
        ("bank", "x" * 200, "too long"),
    ],
)
def test_what_can_not_be_right(field: str, typed: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        checked_details(**{**OURS, field: typed})


TWO, ONE, NOBODY = frozenset({"anna", "bo"}), frozenset({"anna"}), frozenset[str]()


@pytest.mark.parametrize(
    ("proposed_by", "actor", "colleagues", "alone", "refused"),
    [
        ("anna", "bo", TWO, False, ""),
        ("anna", "anna", TWO, False, "another person"),
        ("anna", "anna", TWO, True, "another person"),
        ("anna", "eve", TWO, False, "not one of us"),
        ("anna", "eve", TWO, True, "not one of us"),
        ("anna", "anna", ONE, False, "nobody else"),
        ("anna", "anna", ONE, True, ""),
        ("anna", "eve", ONE, True, "not one of us"),
        ("anna", "anna", NOBODY, False, "nobody else"),
        ("anna", "anna", NOBODY, True, ""),
        ("bo", "anna", ONE, False, ""),
    ],
)
def test_two_persons(proposed_by: str, actor: str, colleagues: frozenset[str], alone: bool, refused: str) -> None:
    if not refused:
        check_register(proposed_by, actor, colleagues, alone=alone)
        return
    with pytest.raises(RefusedByRule, match=refused) as caught:
        check_register(proposed_by, actor, colleagues, alone=alone)
    assert caught.value.hint is not None
