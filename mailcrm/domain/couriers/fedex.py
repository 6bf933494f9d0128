"""FedEx: Express, Ground and its bar codes, SmartPost (whose last mile is the post's)."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="fedex",
    title="FedEx",
    aliases=("Federal Express", "FedEx Express", "FedEx Ground", "联邦快递", "联邦"),
    url="https://www.fedex.com/fedextrack/?trknbr={number}",
    everyday=True,
    track17=100003,
    forms=(
        Form("Express", r"(?P<serial>\d{11})(?P<check>\d)", "fedex", ("771271828185",), ("771271828183",)),
        Form("Express bar code", r"[0-8]\d{19}(?P<serial>\d{13})(?P<check>\d)", "fedex", ("1001271828182845904500771271828185",), ("1001271828182845904500771271828183",)),
        Form("Express bar code (32)", r"3\d{15}(?P<serial>\d{11})(?P<check>\d)\d{4}", "fedex", ("32718281828459047712718281852014",), ("32718281828459047712718281832014",)),
        Form("Ground", r"(?P<serial>\d{14})(?P<check>\d)", "gs1", ("271828182845907",), ("271828182845903",)),
        Form("Ground carton", r"\d{2}(?P<serial>\d{15})(?P<check>\d)", "gs1", ("002718281828459041",), ("002718281828459044",)),
        Form("Ground bar code", r"96\d{5}(?P<serial>\d{14})(?P<check>\d)", "gs1", ("9611020271828182845907",), ("9611020271828182845903",)),
        Form("Ground bar code (34)", r"96\d{18}(?P<serial>\d{13})(?P<check>\d)", "fedex", ("9622001902718281828400771271828185",), ("9622001902718281828400771271828183",)),
        Form("SmartPost", r"(?P<serial>\d{19})(?P<check>\d)", "gs1 behind 92", ("61290271828182845904",), ("61290271828182845905",)),
        Form("SmartPost, whole", r"(?P<serial>92\d{19}|\d{19})(?P<check>\d)", "gs1", ("9261290271828182845904",), ("9261290271828182845903",)),
    ),
    days={"asia": 3, "north america": 4, "europe": 5, "oceania": 5, "middle east": 5, "latin america": 6, "africa": 7},
    names=("fedex",),
    written=(r"\d{4} \d{4} \d{4}", r"\d{20,22}", r"\d{15}"),
    loose=r"\d{12}",
    says={
        "exception": r"shipment exception|delivery exception|clearance (?:delay|instructions)",
        "in_transit": r"on fedex vehicle|at (?:local|destination) fedex facility|arrived at fedex",
        "shipped": r"shipment information sent to fedex|picked up by fedex|we have your package",
    },
)  # fmt: skip
