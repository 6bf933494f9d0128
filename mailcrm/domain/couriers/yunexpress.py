"""YunExpress (云途): YT and sixteen digits; no public check digit."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="yunexpress",
    title="YunExpress",
    aliases=("Yun Express", "YunTrack", "云途", "云途物流"),
    url="https://www.yuntrack.com/parcelTracking?id={number}",
    everyday=True,
    track17=190008,
    forms=(Form("YT", r"YT\d{16}", valid=("YT2718281828459045",), invalid=("YT271828182845904",)),),
    days={"asia": 6, "north america": 9, "europe": 9, "oceania": 10, "middle east": 10, "latin america": 14},
    other_days=10,
    domains=("yunexpress.com", "yunexpress.cn", "yuntrack.com"),
    says={"in_transit": r"航班(?:起飞|抵达)|末端派送", "shipped": r"已入仓|已出仓"},
)
