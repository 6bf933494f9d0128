"""TNT, a part of FedEx since 2016 whose consignment notes still go round."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="tnt",
    title="TNT",
    aliases=("TNT Express", "天地快运"),
    url="https://www.tnt.com/express/en_gc/site/shipping-tools/tracking.html?searchType=con&cons={number}",
    everyday=True,
    track17=100004,
    forms=(
        Form("Consignment", r"\d{9}", valid=("271828182",), invalid=("27182818A",)),
        Form("Consignment, worldwide", r"G[DE](?P<serial>\d{8})(?P<check>\d)WW", "s10", ("GE271828189WW",), ("GE271828183WW",)),
    ),
    days={"asia": 4, "north america": 5, "europe": 5, "oceania": 6, "middle east": 6, "latin america": 7, "africa": 7},
    names=("tnt",),
    written=(r"G[DE]\d{9}WW",),
    loose=r"\d{9}",
    says={"shipped": r"consignment (?:has been )?(?:booked|collected)", "in_transit": r"at (?:destination|tnt) depot"},
)  # fmt: skip
