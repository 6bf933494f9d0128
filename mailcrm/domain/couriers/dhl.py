"""DHL: Express from anywhere, Paket and Deutsche Post in Germany, eCommerce and Parcel elsewhere."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="dhl",
    title="DHL",
    aliases=("DHL Express", "DHL Paket", "敦豪", "中外运敦豪"),
    url="https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}",
    everyday=True,
    track17=100001,
    forms=(
        Form("Express", r"(?P<serial>\d{9,10})(?P<check>\d)", "mod7", ("2718281823", "27182818283"), ("2718281824",)),
        Form("Express piece", r"J[A-Z]{2,3}\d{9,10}", valid=("JJD0027182818",), invalid=("XJD0027182818",)),
        Form("Parcel", r"JJ?D\d{16,20}|3S[A-Z0-9]{8,18}|JVGL[A-Z0-9]{8,18}", valid=("JD014600002718281828", "3SQWER27182818")),
        Form("Paket", r"(?P<serial>00\d{17})(?P<check>\d)", "gs1", ("00340434161094022719",), ("00340434161094022713",)),
        Form("Identcode", r"(?P<serial>\d{11})(?P<check>\d)", "identcode", ("271828182841",), ("271828182844",)),
        Form("Deutsche Post", r"[A-Z]{2}(?P<serial>\d{8})(?P<check>\d)(?:DE|US)", "s10", ("RC271828189DE",), ("RC271828183DE",)),
        Form("eCommerce", r"(?:GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)(?=[A-Z]*\d)(?!\d{9}[A-Z]{2}$)[A-Z0-9]{10,39}", valid=("GM27182818284590452",), invalid=("GSX27182818284590452",)),
        Form("eCommerce (14)", r"\d{14}", valid=("60127182818284",), invalid=("6012718X818284",)),
    ),
    days={"asia": 3, "north america": 4, "europe": 4, "oceania": 5, "middle east": 5, "latin america": 6, "africa": 6},
    names=("dhl", "dhl-news", "dhlexpress", "dpdhl", "deutschepost"),
    written=(r"JJ?D\d{16,20}", r"[A-Z]{2}\d{9}(?:DE|US)", r"(?:3S|JVGL)[A-Z0-9]{8,18}", r"\d{20}"),
    loose=r"\d{10,12}",
    says={
        "exception": r"shipment (?:is )?(?:on hold|requires your action)|duties and taxes (?:are )?(?:due|payable|to be paid)",
        "in_transit": r"on demand delivery|with delivery courier|processed at|arrived at (?:sort|delivery) facility|in der (?:filiale|packstation)",
        "shipped": r"waybill (?:has been )?created|shipment information received|elektronisch angekündigt",
    },
)  # fmt: skip
