"""Whom a mail is meant for: us, or others with us in copy (reply-clock.md, "A turn"); and whose house a domain is."""

from __future__ import annotations

import pytest

from mailcrm.domain.message import Address, ParsedMail
from mailcrm.domain.parties import Ours, only_in_copy, registrable

OURS = Ours(
    frozenset({"lin@brightport.example"}), frozenset({"brightport.example"}), names=frozenset({"Lin Wei", "林薇"})
)
US, COLLEAGUE, FORWARDER = "lin@brightport.example", "zhang@brightport.example", "ops@seaway.example"


@pytest.mark.parametrize(
    ("to", "cc", "said", "low"),
    [
        ([FORWARDER], [US], "Please book one 40HQ for week 48.", True),
        ([FORWARDER], [US], "Please book one 40HQ. Lin Wei will send the packing list.", False),
        ([FORWARDER], [US], "@Lin: when is the cargo ready?", False),
        ([FORWARDER], [US], "LIN, please confirm the date.", False),
        ([FORWARDER], [US], "The shipping line has changed, blinding.", True),
        ([FORWARDER], [US], "请林薇确认。", False),
        ([FORWARDER], [COLLEAGUE], "Please book one 40HQ.", True),
        ([US], [FORWARDER], "Please book one 40HQ.", False),
        ([FORWARDER, COLLEAGUE], [US], "Please book one 40HQ.", False),
        ([FORWARDER], [], "Please book one 40HQ.", False),
        ([], [US], "Please book one 40HQ.", True),
    ],
)
def test_only_in_copy(to: list[str], cc: list[str], said: str, low: bool) -> None:
    mail = ParsedMail(
        0,
        from_=Address("", "jan@acme.example"),
        to=tuple(Address("", one) for one in to),
        cc=tuple(Address("", one) for one in cc),
    )
    assert only_in_copy(mail, said, OURS) is low


def test_without_a_name_nobody_is_called() -> None:
    mail = ParsedMail(0, from_=Address("", "jan@acme.example"), to=(Address("", FORWARDER),), cc=(Address("", US),))
    assert only_in_copy(mail, "Lin?", Ours(OURS.addresses, OURS.domains))


@pytest.mark.parametrize(
    ("domain", "house"),
    [
        ("mx.Acme.co.uk", "acme.co.uk"),
        ("acme.example", "acme.example"),
        ("co.uk", "co.uk"),
        ("", ""),
        ("mail.例子.公司.cn", "例子.公司.cn"),
        ("mail.xn--fsqu00a.xn--55qx5d.cn", "xn--fsqu00a.xn--55qx5d.cn"),
        ("a.xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_a_house_is_what_stands_below_a_public_suffix_encoded_or_not(domain: str, house: str) -> None:
    assert registrable(domain) == house
