"""UPS: 1Z numbers, waybills, and the older forms that its mails still give."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="ups",
    title="UPS",
    aliases=("United Parcel Service", "联合包裹"),
    url="https://www.ups.com/track?tracknum={number}",
    everyday=True,
    track17=100002,
    forms=(
        Form("1Z", r"1Z(?P<serial>[A-Z0-9]{15})(?P<check>\d)", "ups", ("1Z27A82E0367182810",), ("1Z27A82E0367182814", "2Z27A82E0367182810")),
        Form("Waybill", r"[AHJKTV](?P<serial>\d{9})(?P<check>\d)", "ups", ("K2718281820",), ("K2718281824",)),
        Form("Info notice", r"\d{9}", valid=("271828182",)),
        Form("Mail Innovations", r"(?P<serial>\d{25})(?P<check>\d)", "gs1", ("92748931527182818284590456",), ("92748931527182818284590453",)),
    ),
    days={"asia": 4, "north america": 4, "europe": 5, "oceania": 5, "middle east": 6, "latin america": 6, "africa": 7},
    names=("ups",),
    written=(r"1Z[A-Z0-9]{16}", r"T\d{10}", r"\d{9}"),
    loose=r"\d{26}",
    says={
        "exception": r"a (?:delivery )?change was requested|import(?:er)? information (?:is )?(?:needed|required)",
        "in_transit": r"out for delivery today|arriving today|follow my delivery|ups update",
        "shipped": r"ups ship notification|order processed: ready for ups|shipper created a label",
    },
)  # fmt: skip
