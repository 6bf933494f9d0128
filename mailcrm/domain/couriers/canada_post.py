"""Canada Post: sixteen digits; what comes from abroad has S10 numbers."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="canada post",
    title="Canada Post",
    aliases=("Postes Canada", "加拿大邮政"),
    url="https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor={number}",
    forms=(
        Form("Parcel", r"(?P<serial>\d{15})(?P<check>\d)", "gs1", ("4002718281828454",), ("4002718281828453",)),
        Form("S10", r"[A-Z]{2}(?P<serial>\d{8})(?P<check>\d)CA", "s10", ("RN271828189CA",), ("RN271828183CA",)),
    ),
    days={"north america": 9},
    domains=("canadapost.ca", "postescanada.ca", "canadapost-postescanada.ca"),
)
