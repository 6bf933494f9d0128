"""USPS: the bar codes of packages (IMpb), with or without the ZIP code before them, and S10 for what comes from abroad."""

from mailcrm.domain.couriers.courier import Courier, Form

_ZIP = r"(?:420\d{5}(?:\d{4})?)?"
# Whose permit it was mailed under: nine digits that begin with 9, or six that don't.
_BY_NINE, _BY_SIX = r"\d{3}9\d{8}", r"\d{3}[0-8]\d{5}"

COURIER = Courier(
    name="usps",
    title="USPS",
    aliases=("United States Postal Service", "美国邮政"),
    url="https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    everyday=True,
    track17=21051,
    forms=(
        Form("Label bought online", rf"{_ZIP}(?P<serial>94(?:{_BY_NINE}(?:\d{{7}}|\d{{11}}|\d{{15}})|{_BY_SIX}(?:\d{{10}}|\d{{14}})))(?P<check>\d)", "gs1", ("9400108998727182818282", "420902109400108998727182818282"), ("9400108998727182818284",)),
        Form("Commercial mailer", rf"{_ZIP}(?P<serial>(?:9[25]{_BY_NINE}(?:\d{{7}}|\d{{11}})|9[35]{_BY_SIX}(?:\d{{10}}|\d{{14}})))(?P<check>\d)", "gs1", ("92748931527182818284590456", "9361289872718281828457"), ("92748931527182818284590453",)),
        Form("Confirmation", r"(?P<serial>\d{19})(?P<check>\d)", "gs1", ("03102718281828459045",), ("03102718281828459043",)),
        Form("Confirmation, 91 left out", rf"{_ZIP}(?P<serial>\d{{19}})(?P<check>\d)", "gs1 behind 91", ("71969010271828182842",), ("71969010271828182844",)),
        Form("Confirmation, whole", rf"{_ZIP}(?P<serial>91\d{{19}})(?P<check>\d)", "gs1"),
        Form("From abroad", r"[A-Z]{2}(?P<serial>\d{8})(?P<check>\d)US", "s10", ("LZ271828189US",), ("LZ271828183US",)),
    ),
    days={"north america": 8},
    domains=("usps.com", "usps.gov"),
    written=(r"9\d{3}(?: ?\d{4}){4} ?\d{2}(?:\d{4})?", r"9\d{19,25}", r"420\d{5}9\d{21}", r"[A-Z]{2}\d{9}US"),
    says={
        "exception": r"alert: |insufficient address|no access to delivery location|held at post office",
        "in_transit": r"available for pickup|arrived at (?:usps|post office|hub|unit)|departed usps|expected delivery",
        "delivered": r"item delivered|delivered, (?:front|in/at|left|po box)",
        "shipped": r"usps in possession|shipping label created|accepted at usps",
    },
)  # fmt: skip
