"""Purolator, Canada."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="purolator",
    title="Purolator",
    url="https://www.purolator.com/en/shipping/tracker?searchValue={number}",
    track17=100042,
    forms=(
        Form("Twelve digits", r"(?P<serial>[0-5]\d{10})(?P<check>\d)", "luhn", ("327182818283",), ("327182818284",)),
        Form("Three letters", r"[A-Z]{3}\d{9}", valid=("KYV027182818",), invalid=("KY027182818",)),
    ),
    days={"north america": 6},
    domains=("purolator.com",),
)
