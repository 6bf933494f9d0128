"""What a courier's mail may do by itself (samples-and-quotes.md: SHIPPED → DELIVERED), from the mail's bytes to the step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.adapters.mime import Mime
from mailcrm.domain.couriers.arrival import Consequence, OpenParcel, Step, follows
from mailcrm.domain.message import CourierNotice
from mailcrm.ingest.reading import read_mail

AWB = "2718281823"
OURS = OpenParcel(1, "dhl", AWB)
NOTICE = CourierNotice("dhl", AWB, number_valid=True, status="delivered", trusted=True, own_domain=True)
SERVER = "mx.seller.example"


def after(notice: CourierNotice, *parcels: OpenParcel) -> Consequence:
    return follows(notice, parcels or (OURS,))


def test_a_verified_delivery_of_an_open_parcel_moves_it_by_itself() -> None:
    got = after(NOTICE)
    assert (got.step, got.automatic, got.parcels) == (Step.DELIVERED, True, (OURS,))
    assert str(got.reason) == "DHL says so, in a mail that bears the courier's own signature."


@pytest.mark.parametrize(
    ("doubtful", "reason"),
    [
        (replace(NOTICE, trusted=False, own_domain=False), "comes from a domain that anybody can have"),
        (replace(NOTICE, own_domain=False), "comes from a domain that anybody can have"),
        (replace(NOTICE, trusted=False), "our server found no signature of DHL"),
        (replace(NOTICE, number_valid=False), "have no check digit"),
        (replace(NOTICE, carrier="fedex"), "the mail is from FedEx, the parcel went with DHL"),
    ],
)
@pytest.mark.parametrize(("status", "step"), [("delivered", Step.DELIVERED), ("exception", Step.EXCEPTION)])
def test_any_doubt_makes_it_a_suggestion(doubtful: CourierNotice, reason: str, status: str, step: Step) -> None:
    got = after(replace(doubtful, status=status))
    assert (got.step, got.automatic, got.parcels) == (step, False, (OURS,))
    assert str(got.reason).startswith("Unverified: ")
    assert reason in str(got.reason)


@pytest.mark.parametrize("number", ["2718281830", "", "SF2718281828459"])
def test_a_number_that_is_none_of_ours_moves_nothing(number: str) -> None:
    got = after(replace(NOTICE, tracking_number=number))
    assert (got.step, got.automatic, got.parcels) == (Step.NOTHING, False, ())
    assert str(got.reason) == f"DHL: {number} is no parcel of ours."


def test_the_same_notice_again_moves_nothing() -> None:
    first = after(NOTICE)
    still_open = [parcel for parcel in (OURS,) if parcel not in first.parcels]
    assert follows(NOTICE, still_open).step is Step.NOTHING


def test_all_samples_of_one_parcel_arrive() -> None:
    other, elsewhere = OpenParcel(2, "dhl", AWB), OpenParcel(3, "dhl", "27182818283")
    assert after(NOTICE, OURS, other, elsewhere).parcels == (OURS, other)


def test_customs_are_an_exception_that_says_so() -> None:
    got = after(replace(NOTICE, status="exception", customs=True))
    assert (got.step, got.automatic, got.customs) == (Step.EXCEPTION, True, True)


@pytest.mark.parametrize(("status", "step"), [("in_transit", Step.NEWS), ("shipped", Step.NEWS), ("", Step.NOTHING)])
def test_other_states_are_news_or_nothing(status: str, step: Step) -> None:
    assert after(replace(NOTICE, status=status)).step is step


def mail(
    sender: str = "noreply@dhl.com",
    stamp: str | None = f"{SERVER}; dkim=pass header.d=dhl.com",
    subject: str = f"Delivered: waybill {AWB}",
) -> bytes:
    stamped = f"Authentication-Results: {stamp}\n" if stamp else ""
    return f"{stamped}From: DHL Express <{sender}>\nTo: lin@seller.example\nSubject: {subject}\n\nYour shipment.\n".encode()


@pytest.mark.parametrize(
    ("raw", "step", "automatic"),
    [
        (mail(), Step.DELIVERED, True),
        (mail(stamp=f"{SERVER}; dkim=pass header.d=mail.dhl.com header.s=k1"), Step.DELIVERED, True),
        (mail(stamp=None), Step.DELIVERED, False),
        (mail(stamp=f"{SERVER}; dkim=fail header.d=dhl.com; spf=pass"), Step.DELIVERED, False),
        (mail(stamp=f"{SERVER}; dkim=none; dmarc=pass header.from=dhl.com; spf=pass"), Step.DELIVERED, False),
        (mail(stamp=f"{SERVER}; dkim=pass header.d=mass-mailer.example"), Step.DELIVERED, False),
        (mail(stamp=f"{SERVER}; dkim=pass header.d=dhl.com.evil.example"), Step.DELIVERED, False),
        (mail(stamp="mx.elsewhere.example; dkim=pass header.d=dhl.com"), Step.DELIVERED, False),
        (mail(sender="noreply@dhl.top", stamp=f"{SERVER}; dkim=pass header.d=dhl.top"), Step.DELIVERED, False),
        (mail(sender="noreply@dhl.abc.com", stamp=f"{SERVER}; dkim=pass header.d=abc.com"), Step.DELIVERED, False),
        (mail(subject="Delivered: waybill 2718281830"), Step.NOTHING, False),
        (mail(subject=f"Held by customs: waybill {AWB}"), Step.EXCEPTION, True),
        (mail(subject=f"Out for delivery: waybill {AWB}"), Step.NEWS, True),
        (mail(subject=f"Not delivered: waybill {AWB}"), Step.EXCEPTION, True),
    ],
)
def test_from_a_mail_s_bytes_to_the_step(raw: bytes, step: Step, automatic: bool) -> None:
    notice = read_mail(Mime(), raw, frozenset({SERVER})).courier
    assert notice is not None
    got = follows(notice, [OURS])
    assert (got.step, got.automatic) == (step, automatic)


@given(
    st.builds(
        CourierNotice,
        st.sampled_from(["dhl", "fedex", "sf"]),
        st.sampled_from([AWB, "", "2718281830"]),
        st.booleans(),
        st.sampled_from(["delivered", "exception", "in_transit", "shipped", ""]),
        st.booleans(),
        st.booleans(),
    )
)
def test_nothing_moves_by_itself_without_every_proof(notice: CourierNotice) -> None:
    got = follows(notice, [OURS])
    proofs = (
        notice.trusted,
        notice.own_domain,
        notice.number_valid,
        notice.carrier == "dhl",
        notice.tracking_number == AWB,
    )
    assert not got.automatic or all(proofs)
    assert all(parcel.number == notice.tracking_number for parcel in got.parcels)
