"""What makes a reader careful, seen in the mail alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.adapters.mime import Mime
from mailcrm.domain.bank import accounts_in, iban_valid
from mailcrm.domain.lookalike import WELL_KNOWN, imitated, skeleton, unicode_domain
from mailcrm.domain.newest import Newest
from mailcrm.ingest.reading import read_mail


def signs(head: str = "", body: str = "Hello") -> list[tuple[str, str]]:
    if "From:" not in head:
        head += "From: Ana <ana@buyer.example>\n"
    raw = f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}"
    return list(read_mail(Mime(), raw.encode()).warnings)


def codes(head: str = "", body: str = "Hello") -> list[str]:
    return [code for code, _ in signs(head, body)]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("Subject: invoice\u202efdp.exe\n", "bidi"), ("From: A\u2066na <ana@buyer.example>\n", "bidi"),
        ("Subject: pay\u200bpal\n", "zero_width"), ("From: An\u200da <ana@buyer.example>\n", "zero_width"),
        ('From: "boss@seller.example" <x@evil.example>\n', "display_name_spoof"),
        ('From: "Lin (lin@seller.example) via list" <list@evil.example>\n', "display_name_spoof"),
        ("Reply-To: ana@evil.example\n", "reply_to_mismatch"),
        ("From: <ana@gmai1.com>\n", "lookalike_domain"), ("From: <ana@dhl.com.parcel.example>\n", "lookalike_domain"),
        ("From: <ana@xn--ml-6kcd.example>\nReply-To: <a@outlo0k.com>\n", "lookalike_domain"),
    ],
)  # fmt: skip
def test_a_sign_is_seen(head: str, code: str) -> None:
    assert code in codes(head)


@pytest.mark.parametrize(
    "head",
    [
        "Subject: \u0645\u0631\u062d\u0628\u0627\n", "Subject: family \U0001f468\u200d\U0001f469\n", "Subject: Preis für 500 Stück\n",
        'From: "ana@buyer.example" <ana@buyer.example>\n', 'From: "ana@buyer.example" <ana@mail.buyer.example>\n',
        "Reply-To: ana@mail.buyer.example\n", "Reply-To: Ana <ana@buyer.example>\n", "From: <ana@gmail.com>\n", "From: <ana@mail.com>\n",
        "From: <x@ymail.com>\n", "From: nobody\n", "From: <a@dhl-valves.example>\n",
    ],
)  # fmt: skip
def test_ordinary_mail_shows_none(head: str) -> None:
    assert signs(head) == []


def test_what_was_seen_is_told() -> None:
    assert signs("Reply-To: <pay@evil.example>\n") == [("reply_to_mismatch", "ana@buyer.example / pay@evil.example")]
    assert signs(body="IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFF") == [("bank_details", "DE89370400440532013000")]


def test_a_quoted_account_is_no_news() -> None:
    assert signs(body="Thanks.\n\nOn Monday, Lin <lin@seller.example> wrote:\n> IBAN DE89 3704 0044 0532 0130 00") == []


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("Please pay to GB82 WEST 1234 5698 7654 32.", ("GB82WEST12345698765432",)),
        ("IBAN: NL91ABNA0417164300 SWIFT ABNANL2A", ("NL91ABNA0417164300",)),
        ("FR1420041010050500013M02606 PLEASE NOTE", ("FR1420041010050500013M02606",)),
        ("Bank of China, account no. 6222 0212 3456 7890", ("6222021234567890",)),
        ("开户行：中国银行 账号：4512 3456 7890", ("451234567890",)),
        ("Beneficiary bank: X\nA/C 123-456789-001", ("123456789001",)),
        ("Our bank: account 12345678, acct. 87654321; account: 1234567", ("12345678", "87654321", "1234567")),
        ("банк, номер счёта: 4070 2810 9000", ("407028109000",)), ("SWIFT X, número de cuenta 12-345-678", ("12345678",)),
        ("bank account " + "1" * 26, ()),  # longer than any
        ("bank: 1234567 of this account", ()), ("bank, on account of order 1234567", ()),  # the label isn't right before it
        ("DE89 3704 0044 0532 0130 01", ()),  # a digit is wrong
        ("My account number 12345678 at your shop", ()),  # no bank is spoken of
        ("Order AB12 3456 7890 1234 5678", ()), ("bank holiday on 12 May, 500 pcs", ()), ("", ()),
    ],
)  # fmt: skip
def test_accounts_in_a_text(text: str, accounts: tuple[str, ...]) -> None:
    assert accounts_in(text) == accounts
    assert accounts_in(text, Newest(text, "Payment")) == accounts


@pytest.mark.parametrize("label", ["Account", "acct", "A/C", "Kontonummer", "cuenta", "numéro de compte", "conto corrente", "hesap no", "номер счета", "счёт №", "账号", "帐户", "賬號", "口座番号"])  # fmt: skip
@pytest.mark.parametrize("above", ["", "Dear Lin,\n" * 500])
def test_a_label_is_known_wherever_it_stands(label: str, above: str) -> None:
    text = f"{above}{label}: 12345678, swift"
    assert accounts_in(text) == accounts_in(text, Newest(text)) == ("12345678",)
    assert accounts_in(f"Hello\n{text}", Newest("Hello")) == ("12345678",)


@given(st.integers(0, 10**18 - 1))
def test_an_iban_is_known_by_its_check_digits(account: int) -> None:
    body = f"{account:018d}"
    check = 98 - int(f"{body}131400") % 97
    assert iban_valid(f"DE{check:02d}{body}")
    assert not iban_valid(f"DE{(check + 1) % 100:02d}{body}")


@pytest.mark.parametrize(
    ("domain", "known"),
    [
        ("gmai1.com", "gmail.com"), ("grnail.com", "gmail.com"), ("gmaıl.com", "gmail.com"), ("g\u043e\u043egle.com", "google.com"),
        ("xn--ggle-55da.com", "google.com"), ("outlok.com", "outlook.com"), ("outlokk.com", "outlook.com"), ("hotmial.com", "hotmail.com"),
        ("mail.fedex.com.track.example", ""), ("fedex.com.track.example", "fedex.com"), ("paypaI.com".lower(), "paypal.com"),
        ("vvise.com", "wise.com"), ("dh1.com", "dhl.com"), ("gmail.com", ""), ("mail.gmail.com", ""), ("acme.example", ""),
        ("dhl.cn", ""), ("mail.com", ""), ("", ""), ("xn--.com", ""), ("xn--" + "a" * 300 + ".com", ""),
    ],
)  # fmt: skip
def test_imitated_domains(domain: str, known: str) -> None:
    assert imitated(domain) == known


def test_no_well_known_domain_imitates_another() -> None:
    assert [domain for domain in WELL_KNOWN if imitated(domain)] == []
    assert len({skeleton(domain) for domain in WELL_KNOWN}) == len(WELL_KNOWN)


@given(st.text(max_size=80))
def test_any_domain_is_survived(domain: str) -> None:
    imitated(domain.lower())
    unicode_domain(f"xn--{domain}")
    accounts_in(domain)
