"""What follows from a courier's notice for our parcels that are on their way.

Room: domain. In: a `CourierNotice` and the parcels whose waybills are open. Out: a `Consequence`.

    number is none of ours  ──► nothing, told in the log only
    delivered  ──┐  verified ──► of itself
    exception  ──┤
    other news ──┘  else     ──► a suggestion, marked as unverified, with the reason

Anybody can write a mail that looks like a courier's. Verified is one from a domain that the courier alone can have, whose
signature (DKIM, aligned) our own server found right, about a number whose check digit is right, in the hands of that courier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mailcrm.domain.couriers.registry import courier_named
from mailcrm.domain.message import CourierNotice
from mailcrm.domain.words import Sentence, say

__all__ = ["Consequence", "OpenParcel", "Step", "follows"]


class Step(StrEnum):
    """What a notice moves. `NEWS`: the parcel is on its way, so that nobody need ask after it; `NOTHING`: it isn't ours."""

    DELIVERED = "delivered"
    EXCEPTION = "exception"
    NEWS = "news"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class OpenParcel:
    """A parcel that left and hasn't arrived. `key` is whatever its owner knows it by; `number` as records keep it."""

    key: int
    courier: str
    number: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows for `parcels` (several samples may travel in one). `automatic`: of itself, else it is only suggested.

    `customs`: the exception is one of customs. `reason` says why, to a person.
    """

    step: Step
    reason: Sentence
    parcels: tuple[OpenParcel, ...] = ()
    automatic: bool = False
    customs: bool = False


_STEPS = {
    "delivered": Step.DELIVERED,
    "exception": Step.EXCEPTION,
    "in_transit": Step.NEWS,
    "shipped": Step.NEWS,
}


def follows(notice: CourierNotice, open_parcels: Iterable[OpenParcel]) -> Consequence:
    """Return what follows from `notice`. After a step its parcels are open no more: the same notice again moves nothing."""
    parcels = tuple(one for one in open_parcels if notice.tracking_number and one.number == notice.tracking_number)
    title = courier_named(notice.carrier).title
    if not parcels:
        return Consequence(
            Step.NOTHING, say("{courier}: {number} is no parcel of ours.", courier=title, number=notice.tracking_number)
        )
    step = _STEPS.get(notice.status, Step.NOTHING)
    if step is Step.NOTHING:
        return Consequence(
            step, say("{courier} tells no state of {number}.", courier=title, number=notice.tracking_number)
        )
    doubt = _doubt(notice, parcels, title)
    reason = doubt or say("{courier} says so, in a mail that bears the courier's own signature.", courier=title)
    return Consequence(step, reason, parcels, automatic=doubt is None, customs=notice.customs)


def _doubt(notice: CourierNotice, parcels: tuple[OpenParcel, ...], title: str) -> Sentence | None:
    """Return why a notice moves nothing by itself, None where it does."""
    if not notice.own_domain:
        return say(
            "Unverified: the mail names {courier}, but comes from a domain that anybody can have.", courier=title
        )
    if not notice.trusted:
        return say("Unverified: our server found no signature of {courier} on this mail.", courier=title)
    others = [one.courier for one in parcels if one.courier != notice.carrier]
    if others:
        other = courier_named(others[0]).title
        return say("Unverified: the mail is from {courier}, the parcel went with {other}.", courier=title, other=other)
    if not notice.number_valid:
        return say("Unverified: {courier} numbers of this form have no check digit.", courier=title)
    return None
