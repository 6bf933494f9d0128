"""Spee-Dee Delivery, in the middle of the United States."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="speedee",
    title="Spee-Dee",
    aliases=("Spee-Dee Delivery",),
    url="https://www.speedeedelivery.com/track/?tracking={number}",
    forms=(Form("SP", r"SP\d{18}", valid=("SP271828182845904523",), invalid=("271828182845904523",)),),
    days={"north america": 6},
    domains=("speedeedelivery.com",),
)
