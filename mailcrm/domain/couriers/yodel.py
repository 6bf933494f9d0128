"""Yodel, United Kingdom."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="yodel",
    title="Yodel",
    url="https://www.yodel.co.uk/tracking/{number}",
    track17=100017,
    forms=(
        Form("JD", r"JJ?D\d{16}", valid=("JJD0002718281828459", "JD0002718281828459"), invalid=("JD000271828182845",)),
    ),
    days={"europe": 8},
    domains=("yodel.co.uk",),
)
