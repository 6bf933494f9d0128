"""A purpose is what the other side wants: it is read where a person of theirs may want something, nowhere else."""

from __future__ import annotations

import pytest

from mailcrm.adapters.mime import Mime
from mailcrm.domain.parties import Ours
from mailcrm.ingest.reading import read_mail

OURS = Ours(addresses=frozenset({"rep@seller.example"}), domains=frozenset({"seller.example"}))
TEXT = "Three cartons arrived damaged, the pumps leak.\n"


def letter(sender: str, to: str, extra: str = "", text: str = TEXT) -> bytes:
    return (
        f"From: {sender}\nTo: {to}\nSubject: PO 4471\n{extra}Content-Type: text/plain; charset=utf-8\n\n{text}".encode()
    )


@pytest.mark.parametrize(
    ("sender", "to", "extra", "purpose"),
    [
        ("anna@buyer.example", "rep@seller.example", "", "complaint"),
        ("rep@seller.example", "anna@buyer.example", "", "other"),
        ("boss@seller.example", "rep@seller.example", "", "complaint"),  # a colleague passes a customer's words on
        ("news@list.example", "rep@seller.example", "List-Unsubscribe: <mailto:x@list.example>\n", "complaint"),
    ],
)
def test_a_purpose_is_read_where_somebody_of_theirs_may_want_something(
    sender: str, to: str, extra: str, purpose: str
) -> None:
    assert read_mail(Mime(), letter(sender, to, extra), ours=OURS).purpose == purpose


def test_a_courier_wants_nothing() -> None:
    text = "Waybill 1234567891 was delivered. The parcel arrived damaged.\n"
    got = read_mail(Mime(), letter("DHL Express <noreply@dhl.com>", "rep@seller.example", text=text))
    assert (got.kind.value, got.purpose) == ("courier", "other")


def test_whoever_does_not_say_who_we_are_hears_what_is_said() -> None:
    assert read_mail(Mime(), letter("rep@seller.example", "anna@buyer.example")).purpose == "complaint"


def test_our_own_mail_that_only_thanks_asks_for_nothing() -> None:
    mail = letter("rep@seller.example", "anna@buyer.example", text="Thank you very much!\n")
    assert not read_mail(Mime(), mail, ours=OURS).asks
