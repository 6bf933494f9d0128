"""Old Dominion Freight Line, United States: pallets, for samples that are no parcels."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="old dominion",
    title="Old Dominion",
    aliases=("Old Dominion Freight Line", "ODFL"),
    url="https://www.odfl.com/us/en/tools/trace-track-ltl-freight/trace.html?proNumbers={number}",
    forms=(
        Form("PRO", r"(?P<serial>(?:77[78]|072|780)\d{7})(?P<check>\d)", "luhn", ("07227182818",), ("07227182813",)),
        Form("Guaranteed", r"(?P<serial>80\d{8})(?P<check>\d)", "luhn", ("80271828180",), ("80271828184",)),
    ),
    days={"north america": 8},
    domains=("odfl.com",),
)
