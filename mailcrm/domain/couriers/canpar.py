"""Canpar Express, Canada."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="canpar",
    title="Canpar Express",
    aliases=("Canpar",),
    url="https://www.canpar.com/en/track/tracking.jsp?reference={number}&locale=en",
    track17=100146,
    forms=(
        Form("Parcel", r"[CDKLSUXZ]\d{21}", valid=("D271828182845904523536",), invalid=("M271828182845904523536",)),
    ),
    days={"north america": 6},
    domains=("canpar.com", "canpar.ca"),
)
