"""Couriers' notices: carrier, number, whether its check digit is right, and what happened; nobody else's mail is one."""

from __future__ import annotations

import pytest
from ingest.courier_notices import NOTICES, OTHERS, CourierMail, letter

from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import CourierNotice, Kind
from mailcrm.ingest.reading import read_mail


@pytest.mark.parametrize("mail", NOTICES, ids=[f"{mail.carrier}: {mail.subject}" for mail in NOTICES])
def test_a_notice_tells_carrier_number_and_state(mail: CourierMail) -> None:
    got = read_mail(Mime(), letter(mail.sender, mail.subject, mail.text).encode())
    assert got.kind is Kind.COURIER
    assert got.courier == CourierNotice(
        mail.carrier, mail.number, mail.digit == "right", mail.status, own_domain=True, customs=mail.customs
    )


@pytest.mark.parametrize(("sender", "subject", "text", "kind"), OTHERS, ids=[f"{one[0]}: {one[1]}" for one in OTHERS])
def test_a_foreign_domain_is_no_courier(sender: str, subject: str, text: str, kind: str) -> None:
    got = read_mail(Mime(), letter(sender, subject, text).encode())
    assert got.kind is not Kind.COURIER
    assert got.courier is None
    assert not kind or got.kind.value == kind


@pytest.mark.parametrize(
    ("domain", "trusted"),
    [
        ("dhl.com", True), ("express.dhl.com", True), ("dhl.de", True), ("dhl.top", False), ("dhl.tk", False),
        ("dhl.co", False), ("dhl.abc.com", False), ("dhl.x.co", False), ("dhl.us.com", False),
    ],
)  # fmt: skip
def test_only_a_domain_that_nobody_else_can_have_is_trusted(domain: str, trusted: bool) -> None:
    stamp = f"Authentication-Results: mx.seller.example; dkim=pass header.d={domain}\n"
    mail = letter(
        f"DHL Express <noreply@{domain}>", "Your DHL shipment 1234567891 is held", "Pay the fee to release it."
    )
    got = read_mail(Mime(), (stamp + mail).encode(), frozenset({"mx.seller.example"}))
    assert got.kind is Kind.COURIER
    assert got.courier is not None
    assert got.courier.trusted is trusted
