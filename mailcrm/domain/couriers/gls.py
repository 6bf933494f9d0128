"""GLS: parcel numbers without a public check digit, and a short track id of letters and digits."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="gls",
    title="GLS",
    aliases=("General Logistics Systems",),
    url="https://gls-group.com/track/{number}",
    everyday=True,
    track17=100005,
    forms=(
        Form("Parcel", r"\d{11,12}", valid=("27182818284", "271828182845"), invalid=("271828182",)),
        Form("Track id", r"(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{8}", valid=("ZX27Q18E",), invalid=("SHIPMENT", "20261125")),
    ),
    days={"europe": 7},
    names=("gls-group", "gls-*", "gls"),
    written=(r"\d{11,12}",),
    loose=r"[A-Z0-9]{8}",
    says={"in_transit": r"flexdelivery|gls paketshop|parcelshop", "exception": r"incidencia|zustellhindernis"},
)  # fmt: skip
