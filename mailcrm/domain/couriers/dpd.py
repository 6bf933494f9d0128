"""DPD and its sisters in Europe: parcel numbers with a check character of MOD 37,36."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="dpd",
    title="DPD",
    aliases=("DPD Group", "Geopost", "DPDgroup"),
    url="https://www.dpdgroup.com/nl/mydpd/my-parcels/track?lang=en&parcelNumber={number}",
    everyday=True,
    track17=100007,
    forms=(
        Form("Parcel", r"\d{14}", valid=("09982718281828",), invalid=("0998271828182",)),
        Form("Parcel with its check character", r"(?P<serial>\d{14})(?P<check>[0-9A-Z])", "mod37,36", ("099827182818287",), ("099827182818283",)),
        Form("Label", r"(?P<serial>\d{27})(?P<check>[0-9A-Z])", "mod37,36", ("008182709982718281828459276U",), ("0081827099827182818284592763",)),
    ),
    days={"europe": 7},
    names=("dpd", "dpdgroup", "dpdlocal"),
    written=(r"\d{14}[A-Z0-9]?", r"\d{4} \d{4} \d{4} \d{2}"),
    says={"in_transit": r"your parcel is (?:on its way|due)|predict", "exception": r"sorry we missed you"},
)  # fmt: skip
