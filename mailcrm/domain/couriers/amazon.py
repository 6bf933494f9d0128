"""Amazon Logistics, for numbers that a buyer's forwarder gives; its mails are a shop's, so no domain makes them notices."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="amazon",
    title="Amazon Logistics",
    aliases=("AMZL",),
    url="https://track.amazon.com/tracking/{number}",
    forms=(
        Form("Logistics", r"TB[ACM]\d{12}", valid=("TBA271828182845",), invalid=("TBA27182818284A",)),
        Form("International", r"[AFC]\d{10}", valid=("C2718281828",), invalid=("D2718281828",)),
    ),
    days={"north america": 8, "europe": 8},
)
