"""Landmark Global, a daughter of the Belgian post."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="landmark",
    title="Landmark Global",
    url="https://track.landmarkglobal.com/?search={number}",
    track17=100021,
    forms=(Form("LTN", r"LTN\d{8}N1", valid=("LTN27182818N1",), invalid=("LSN27182818N2",)),),
    days={"europe": 9, "north america": 9},
    domains=("landmarkglobal.com",),
)
