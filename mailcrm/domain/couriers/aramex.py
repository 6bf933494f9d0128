"""Aramex: strong in the Gulf and South Asia; no public check digit."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="aramex",
    title="Aramex",
    aliases=("安迈世",),
    url="https://www.aramex.com/us/en/track/results?mode=0&ShipmentNumber={number}",
    track17=100006,
    forms=(Form("Shipment", r"\d{10,12}", valid=("27182818284",), invalid=("271828182",)),),
    days={"middle east": 5, "asia": 5, "africa": 7, "europe": 7, "oceania": 7, "north america": 7},
    names=("aramex",),
    says={"exception": r"customs (?:documents|clearance) (?:required|pending)", "delivered": r"تم التسليم|تم تسليم"},
)
