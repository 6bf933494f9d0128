"""OnTrac, United States: C or D and fourteen digits, the letter counting in the check digit as UPS counts letters."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="ontrac",
    title="OnTrac",
    url="https://www.ontrac.com/tracking/?number={number}",
    track17=100049,
    forms=(
        Form("C", r"(?P<serial>C\d{13})(?P<check>\d)", "ups", ("C11271828182840",), ("C11271828182844",)),
        Form("D", r"(?P<serial>D\d{13})(?P<check>\d)", "ups", ("D10271828182840",), ("D10271828182844",)),
    ),
    days={"north america": 6},
    domains=("ontrac.com",),
)
