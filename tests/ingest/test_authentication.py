"""Verdicts on a mail's sender (RFC 8601): whose they are, and when to believe them."""

from __future__ import annotations

import pytest

from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import Authentication
from mailcrm.ingest.reading import read_mail

OURS = frozenset(("mx.seller.example",))
BY_US = (
    "Received: from mail.buyer.example (192.0.2.1) by mx.seller.example with ESMTPS; Mon, 2 Mar 2026 09:00:00 +0000\n"
)
BY_THEM = "Received: from pc by mail.buyer.example with ESMTP; Mon, 2 Mar 2026 08:59:00 +0000\n"
PASS = (
    "Authentication-Results: {}; spf=pass (mx: (nested) spf=fail) smtp.mailfrom=buyer.example;\n"
    " dkim=pass header.d=buyer.example; dmarc=pass (p=REJECT) header.from=buyer.example\n"
)
FORGED = "Authentication-Results: mx.seller.example; spf=pass; dkim=pass header.d=buyer.example; dmarc=pass\n"


def verdict(head: str, own: frozenset[str] = OURS) -> Authentication | None:
    raw = f"{head}From: Ana <ana@buyer.example>\nSubject: x\n\nHi"
    return read_mail(Mime(), raw.encode(), own).authentication


def test_no_stamp_no_verdict() -> None:
    assert verdict(BY_US) is None


@pytest.mark.parametrize(
    "head", [PASS.format("mx.seller.example") + BY_US, BY_US + PASS.format("mx.seller.example 1") + BY_THEM]
)
def test_our_own_servers_stamp_is_trusted(head: str) -> None:
    assert verdict(head) == Authentication(
        trusted=True, spf="pass", dkim="pass", dmarc="pass", dkim_domain="buyer.example", server="mx.seller.example"
    )


def test_without_a_home_nothing_is_trusted() -> None:
    got = verdict(PASS.format("mx.seller.example") + BY_US, frozenset())
    assert got == Authentication(
        spf="pass", dkim="pass", dmarc="pass", dkim_domain="buyer.example", server="mx.seller.example"
    )


@pytest.mark.parametrize(
    "head",
    [
        BY_US + BY_THEM + FORGED,  # below a foreign server: it came with the mail
        BY_THEM + FORGED + BY_US,
        PASS.format("mx.seller.example.evil.example") + BY_US,
        PASS.format("mail.buyer.example") + BY_US,
        BY_US
        + "Received: by 192.0.2.9; Mon, 2 Mar 2026 08:58:00 +0000\n"
        + FORGED,  # a hop inside, after the mail has arrived
    ],
)
def test_a_foreign_stamp_is_shown_and_not_trusted(head: str) -> None:
    got = verdict(head)
    assert got is not None
    assert (got.trusted, got.dkim) == (False, "pass")


def test_hops_inside_our_server_have_no_name() -> None:
    got = verdict(
        "Received: by 10.1.2.3 with SMTP id x; Mon, 2 Mar 2026 09:00:01 +0000\n"
        + BY_US
        + PASS.format("mx.seller.example")
    )
    assert got is not None
    assert got.trusted


def test_our_stamp_counts_before_theirs() -> None:
    ours = "Authentication-Results: mx.seller.example; spf=fail; dkim=none; dmarc=fail\n"
    got = verdict(PASS.format("mail.buyer.example") + ours + BY_US)
    assert got == Authentication(trusted=True, spf="fail", dkim="none", dmarc="fail", server="mx.seller.example")


def test_of_several_signatures_the_senders_own_counts() -> None:
    head = "Authentication-Results: mx.seller.example; dkim=fail header.d=x.example; dkim=pass header.i=@mail.buyer.example; dkim=pass header.d=list.example\n"
    assert verdict(head) == Authentication(
        trusted=True, dkim="pass", dkim_domain="mail.buyer.example", server="mx.seller.example"
    )
    head = (
        "Authentication-Results: mx.seller.example; dkim=fail header.d=buyer.example; dkim=pass header.d=list.example\n"
    )
    assert verdict(head) == Authentication(trusted=True, dkim="pass", server="mx.seller.example")


@pytest.mark.parametrize(
    "value",
    ["", ";;;;", "mx.seller.example", "mx.seller.example; none", "(" * 9_000, "a;" * 9_000, "x; dkim=pass header.d="],
)
def test_a_broken_stamp_is_survived(value: str) -> None:
    got = verdict(f"Authentication-Results: {value}\n")
    assert got is None or got.dkim_domain == ""


def test_a_courier_is_trusted_by_its_own_signature_only() -> None:
    def trusted(signer: str, own: frozenset[str]) -> bool:
        head = f"Authentication-Results: mx.seller.example; dkim=pass header.d={signer}\n"
        raw = f"{head}From: <noreply@dhl.com>\nSubject: Shipment delivered\n\nWaybill 1234567891"
        courier = read_mail(Mime(), raw.encode(), own).courier
        assert courier is not None
        return courier.trusted

    assert trusted("dhl.com", OURS)
    assert trusted("mail.dhl.com", OURS)
    assert not trusted("evil.example", OURS)
    assert not trusted("dhl.com", frozenset())
