"""Payment terms: what people write, what is printed, what needs an approval; the dates of a letter of credit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.lc import CreditDates, lint_credit
from mailcrm.domain.trade.money import Money
from mailcrm.domain.trade.payment import BALANCES, Payment, PaymentRules, needs_approval
from mailcrm.domain.trade.payment_reading import parse_payment

THIRTY = Decimal("0.3")
ADVANCE = Payment(Decimal(1))
BY_COPY = Payment(THIRTY, "copy_of_bl")
RULES = PaymentRules(THIRTY, 30)


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("T/T in advance", ADVANCE),
        ("100% TT in advance", ADVANCE),
        ("100%预付", ADVANCE),
        ("全款预付", ADVANCE),
        ("前T/T", ADVANCE),
        ("款到发货", ADVANCE),
        ("30% T/T deposit, 70% against copy of B/L", BY_COPY),
        ("30/70", BY_COPY),
        ("T/T 30/70", BY_COPY),
        ("30% down payment & 70% against BL copy", BY_COPY),
        ("30% advance 70% against copy of bill of lading", BY_COPY),
        ("Payment: 30% T/T deposit, the balance after B/L copy", BY_COPY),
        ("30%定金，余款见提单复印件", BY_COPY),
        ("３０％定金，７０％见提单副本付清", BY_COPY),
        ("30%前T/T，70%后T/T见提单复印件", BY_COPY),
        ("deposit 30%, balance 70% before delivery", Payment(THIRTY, "before_shipment")),
        ("30% deposit and balance before shipment", Payment(THIRTY, "before_shipment")),
        ("50%预付，50%出货前", Payment(Decimal("0.5"), "before_shipment")),
        ("T/T against copy of documents", Payment(Decimal(0), "copy_of_bl")),
        ("L/C at sight", Payment(Decimal(0), "lc")),
        ("LC", Payment(Decimal(0), "lc")),
        ("100% irrevocable L/C at sight", Payment(Decimal(0), "lc")),
        ("即期信用证", Payment(Decimal(0), "lc")),
        ("L/C 60 days sight", Payment(Decimal(0), "lc", 60)),
        ("usance L/C, 90 days after B/L date", Payment(Decimal(0), "lc", 90)),
        ("90天远期信用证", Payment(Decimal(0), "lc", 90)),
        ("30% T/T deposit, 70% L/C at sight", Payment(THIRTY, "lc")),
        ("70% L/C at sight, 30% T/T in advance", Payment(THIRTY, "lc")),
        ("L/C 70% and T/T 30% in advance", Payment(THIRTY, "lc")),
        ("D/P", Payment(Decimal(0), "dp")),
        ("D/P 30 days", Payment(Decimal(0), "dp", 30)),
        ("付款交单", Payment(Decimal(0), "dp")),
        ("D/A 60 days", Payment(Decimal(0), "da", 60)),
        ("60天承兑交单", Payment(Decimal(0), "da", 60)),
        ("O/A 60 days", Payment(Decimal(0), "oa", 60)),
        ("open account, 45 days", Payment(Decimal(0), "oa", 45)),
        ("net 30", Payment(Decimal(0), "oa", 30)),
        ("月结30天", Payment(Decimal(0), "oa", 30)),
    ],
)
def test_what_people_write_is_read(written: str, terms: Payment) -> None:
    assert parse_payment(written) == terms


@pytest.mark.parametrize(
    "open_",
    [
        "",
        "as agreed",
        "T/T",
        "100% T/T",
        "deposit",
        "30% deposit",
        "30%定金",
        "70% against copy of B/L",
        "deposit, balance against copy of B/L",
        "30% T/T, 60% L/C",
        "80% deposit, 30% before shipment",
        "30% deposit, 30% before shipment, 40% O/A 30 days",
        "30% deposit, 30% deposit, 40% L/C",
        "L/C or D/P",
        "D/A",
        "O/A",
        "usance L/C",
        "40/70",
    ],
)
def test_what_leaves_something_open_is_refused_with_a_mend(open_: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_payment(open_)
    assert str(refused.value.hint)


@pytest.mark.parametrize(
    ("terms", "english", "chinese"),
    [
        (ADVANCE, "100% T/T in advance", "100%电汇预付"),
        (BY_COPY, "30% T/T deposit, 70% T/T against copy of B/L", "30%电汇定金，70%见提单复印件电汇"),
        (Payment(Decimal(0), "lc"), "Irrevocable L/C at sight", "不可撤销即期信用证"),
        (
            Payment(THIRTY, "lc", 30),
            "30% T/T deposit, 70% by irrevocable L/C at 30 days",
            "30%电汇定金，70%不可撤销30天远期信用证",
        ),
        (Payment(Decimal(0), "oa", 60), "O/A 60 days", "60天赊销（O/A）"),
    ],
)
def test_the_printed_forms(terms: Payment, english: str, chinese: str) -> None:
    assert str(terms) == terms.printed("en") == terms.printed("de") == english
    assert terms.printed("zh") == chinese


def payments() -> st.SearchStrategy[Payment]:
    part = st.integers(0, 99).map(lambda percent: Decimal(percent) / 100)
    plain = st.builds(Payment, part, st.sampled_from(["before_shipment", "copy_of_bl", "lc", "dp"]))
    timed = st.builds(Payment, part, st.sampled_from(["lc", "dp", "da", "oa"]), st.integers(1, 180))
    return st.one_of(st.just(ADVANCE), plain, timed)


@given(payments(), st.sampled_from(["en", "zh"]))
def test_what_is_printed_is_read_as_the_same(terms: Payment, language: str) -> None:
    assert parse_payment(terms.printed(language)) == terms
    assert Payment.from_json(terms.to_json()) == terms


@given(payments(), st.integers(1, 10**8))
def test_deposit_and_balance_are_the_whole(terms: Payment, cents: int) -> None:
    whole = Money(Decimal(cents) / 100, "USD")
    deposit, balance = terms.split(whole)
    assert deposit + balance == whole
    assert deposit.amount >= whole.amount * terms.deposit


@pytest.mark.parametrize(
    ("deposit", "balance", "days"),
    [
        ("1", "lc", 0),
        ("0.3", "", 0),
        ("0.3", "barter", 0),
        ("1.1", "", 0),
        ("0", "da", 0),
        ("0", "copy_of_bl", 30),
        ("0", "lc", 9999),
    ],
)
def test_terms_that_contradict_themselves_are_refused(deposit: str, balance: str, days: int) -> None:
    with pytest.raises(UsageError):
        Payment(Decimal(deposit), balance, days)


@pytest.mark.parametrize(
    ("written", "needs"),
    [
        ("T/T in advance", False),
        ("30/70", False),
        ("30% deposit, 70% before shipment", False),
        ("L/C at sight", False),
        ("L/C 30 days", False),
        ("10% T/T deposit, 90% L/C at sight", False),
        ("L/C 31 days", True),
        ("29% deposit, 71% against copy of B/L", True),
        ("T/T against copy of B/L", True),
        ("20% deposit, balance before shipment", True),
        ("D/P at sight", True),
        ("30% deposit, 70% D/P", True),
        ("D/A 30 days", True),
        ("O/A 30 days", True),
    ],
)
def test_what_needs_an_approval(written: str, needs: bool) -> None:
    assert bool(needs_approval(parse_payment(written), RULES)) is needs


def test_the_limits_are_those_of_the_rules() -> None:
    assert needs_approval(parse_payment("L/C 60 days"), PaymentRules(THIRTY, 60)) == ()
    assert needs_approval(parse_payment("40/60"), PaymentRules(Decimal("0.5"), 30))


def test_every_balance_can_be_printed_in_both_languages() -> None:
    for balance in BALANCES[1:]:
        for language in ("en", "zh"):
            assert Payment(THIRTY, balance, 30 if balance in ("da", "oa") else 0).printed(language)


# -- letters of credit --------------------------------------------------------------------------------------------------

LATEST, EXPIRY = date(2026, 12, 20), date(2027, 1, 10)


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (CreditDates(LATEST, EXPIRY), ()),
        (CreditDates(LATEST, EXPIRY, 15, date(2026, 12, 18)), ()),
        (CreditDates(None, EXPIRY), ("latest shipment",)),
        (CreditDates(LATEST, None), ("expiry",)),
        (CreditDates(LATEST, EXPIRY, 22), ("22", "21 days only")),
        (CreditDates(LATEST, EXPIRY, 0), ("not 0",)),
        (CreditDates(LATEST, date(2026, 12, 30)), ("10 days only",)),
        (CreditDates(LATEST, date(2026, 12, 1)), ("before the latest shipment",)),
        (CreditDates(LATEST, EXPIRY, 21, date(2026, 12, 21)), ("later than the credit allows",)),
        (CreditDates(LATEST, EXPIRY, 21, date(2027, 1, 11)), ("later than", "after the credit's expiry")),
    ],
)
def test_the_dates_of_a_credit_fit_together(dates: CreditDates, words: tuple[str, ...]) -> None:
    found = lint_credit(dates)
    assert len(found) == len(words)
    for finding, word in zip(found, words, strict=True):
        assert word in str(finding)


@pytest.mark.parametrize(
    ("dates", "by"),
    [
        (CreditDates(LATEST, EXPIRY), EXPIRY),
        (CreditDates(LATEST, EXPIRY, 15), date(2027, 1, 4)),
        (CreditDates(LATEST, EXPIRY, 15, date(2026, 12, 1)), date(2026, 12, 16)),
        (CreditDates(LATEST, EXPIRY, 21, date(2026, 12, 20)), EXPIRY),
        (CreditDates(None, EXPIRY), EXPIRY),
        (CreditDates(), None),
    ],
)
def test_documents_are_presented_in_time_and_before_the_expiry(dates: CreditDates, by: date | None) -> None:
    assert dates.present_by == by
