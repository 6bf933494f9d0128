"""GOFO Express, the last mile of Chinese platforms in the United States."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="gofo",
    title="GOFO Express",
    aliases=("GOFO",),
    url="https://www.gofoexpress.com/tracking.html?searchID={number}",
    forms=(Form("GFUS", r"GFUS\d{14}", valid=("GFUS27182818284590",), invalid=("GFUS2718281828459",)),),
    days={"north america": 9},
    domains=("gofoexpress.com", "gofo.com"),
)
