"""What the demo's rep does about samples, quotes and an order, told as plain values that are replayed as commands.

Room: adapters. In: nothing. Out: `DEEDS` in the order of their time, the price list of the house and its bank account. A value such as
"{nozzle}" stands for the id that an earlier deed of that name gave, "{photo}" for a file that the demo lays down, "{iso:+9d}" for a day
(moments.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from mailcrm.adapters.demo.moments import age

__all__ = ["ACCOUNT", "DEEDS", "ENTITY", "PRICES", "Deed"]

ENTITY = {
    "name_en": "Brightport Export Co., Ltd.",
    "address_en": "No. 88 Lantian Road, Ningbo, China",
    "phone": "+86 574 5555 0188",
}
ACCOUNT = {
    "beneficiary": "Brightport Export Co., Ltd.",
    "account": "8001 2345 6789",
    "bank": "Bank of Harbour, Ningbo Branch",
    "swift": "BKCHCNBJ92A",
    "currency": "USD",
}
PRICES = """\
sku,description,unit,qty_break,fob_usd,floor_usd
BV-15,Brass ball valve DN15 CW617N,pcs,1,1.62,1.48
BV-20,Brass ball valve DN20 CW617N,pcs,1,2.38,2.20
BV-20,Brass ball valve DN20 CW617N,pcs,5000,2.30,2.12
SV-24,Solenoid valve 1 inch 24 VAC,pcs,1,4.10,3.75
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """A command `at` from now; `name`: what its id is called in later ones."""

    verb: str
    at: timedelta
    arguments: Mapping[str, object] = field(default_factory=dict)
    name: str = ""


def _deed(at: str, verb: str, name: str = "", **arguments: object) -> Deed:
    return Deed(verb, age(at), arguments, name)


_TERMS = {"currency": "USD", "payment": "30% T/T deposit, 70% against copy of B/L", "valid_until": "+30d"}

DEEDS = (
    # Nozzles from the shelf for Omaha: sent, signed for, and now she is asked how they did.
    _deed(
        "-97h",
        "new_sample",
        "nozzle",
        thread="CAF3-dw-1180@greenfield-supply.example",
        item="Hose nozzles HN-7 and HN-9",
        kind="stock",
        quantity="3 pcs each",
        purpose="test before the season",
        sample_paid_by="us",
        freight_paid_by="customer",
        collect_account="DHL 960123456",
    ),
    _deed("-96h", "advance_sample", id="{nozzle}", state="spec_draft"),
    _deed("-90h", "advance_sample", id="{nozzle}", state="made"),
    _deed("-89h", "check_sample", id="{nozzle}", ok=("all",)),
    _deed("-89h", "photo_sample", id="{nozzle}", files="{photo}"),
    _deed("-73h", "ship_sample", id="{nozzle}", mode="courier", carrier="dhl", awb="4372819651"),
    _deed("-18h", "delivered_sample", id="{nozzle}", signed_by="D. Whitfield"),
    # A hose reel that is to be made: the manager signs first.
    _deed(
        "-50h",
        "new_sample",
        "reel",
        thread="mf-302@nile-garden.example",
        item="Hose reel 50 m with wall bracket",
        kind="sales",
        material="PVC hose, powder-coated steel",
        colour="RAL 6018",
        size="50 m",
        quantity="1 pc",
        purpose="seen before an order of 800",
        needed_by="{iso:+9d}",
        sample_paid_by="us",
        freight_paid_by="customer",
        collect_account="to be named",
    ),
    _deed("-49h", "advance_sample", id="{reel}", state="spec_draft"),
    _deed("-25h", "advance_sample", id="{reel}", state="pending_sign"),
    # A colour that was only just asked for.
    _deed(
        "-19h",
        "new_sample",
        "colour",
        thread="5c1f09.2297@jardivert.example",
        item="Garden hose 25 m, anthracite",
        kind="lab_dip",
        colour="RAL 7016",
        quantity="1 m",
    ),
    # The buyer in Hamburg haggles: below the floor, so a manager looks at it.
    _deed(
        "-28h",
        "new_inquiry",
        "hamburg",
        thread="2611-0417@nordwind-armaturen.example",
        values={"feasibility": "yes, made since 2019"},
        answers={
            "end_customer": "plumbing wholesalers",
            "yearly_volume": "70,000 pcs",
            "region": "Germany",
            "use": "drinking water",
            "specification": "CW617N, PN25, full bore",
            "quality": "EN 13828",
        },
    ),
    _deed(
        "-26h",
        "new_quote",
        "valves",
        thread="2611-0466@nordwind-armaturen.example",
        inquiry="{hamburg}",
        lines="BV-20,6000,2.10,moq=500",
        incoterm="FOB Ningbo",
        lead_time="35 days after deposit",
        **_TERMS,
    ),
    _deed("-25h", "check_quote", id="{valves}"),
    _deed(
        "-22h",
        "new_quote",
        "solenoids",
        thread="nd-7731@cape-irrigation.example",
        lines="SV-24,5000,4.60,moq=500",
        incoterm="CIF Durban",
        lead_time="30 days after deposit",
        **_TERMS,
    ),
    # The garden tools for Concepción: a slip was seen, the money not yet.
    _deed(
        "-59h",
        "new_order",
        "tools",
        about="dmunoz@ferreteria-losandes.example",
        pi="BP-PI-0617",
        lines="GT-12; Garden tool set, 12 pieces; 2400 sets; 8.95",
        terms="30% T/T deposit, 70% against copy of B/L",
        incoterm="FOB Ningbo",
        latest_shipment="{iso:+45d}",
    ),
    _deed("-58h", "advance_order", id="{tools}", to="legal_review"),
    _deed("-58h", "advance_order", id="{tools}", to="pi_sent"),
    _deed("-5h", "money_seen", id="{tools}", part="deposit", mail="20617-dm@ferreteria-losandes.example"),
)
