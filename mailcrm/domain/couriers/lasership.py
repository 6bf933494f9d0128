"""LaserShip, United States, which goes by the name of OnTrac since 2023; its numbers stayed."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="lasership",
    title="LaserShip",
    url="https://www.ontrac.com/tracking/?number={number}",
    track17=100052,
    forms=(
        Form("LX", r"L[AIEHNX][1-3]\d{7}", valid=("LX12718281",), invalid=("XA12718281",)),
        Form("1LS7", r"1LS7[12]\d{10}", valid=("1LS712718281828",), invalid=("1LS732718281828",)),
        Form(
            "1LS7, parts",
            r"1LS7[12]\d{2}01[1-4]\d{6}-1",
            valid=("1LS7127013271828-1",),
            invalid=("1LS7127013271828-2",),
        ),
        Form("1LSCX", r"1LSCX[A-Z0-9]{10}", valid=("1LSCXVE2718281Q",), invalid=("1LSCZVE2718281Q",)),
    ),
    days={"north america": 6},
    domains=("lasership.com",),
)
