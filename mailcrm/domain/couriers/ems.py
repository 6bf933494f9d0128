"""EMS and every post that writes its numbers by the S10 standard of the Universal Postal Union."""

from mailcrm.domain.couriers.courier import Courier, Form
from mailcrm.domain.couriers.days import REGIONS

_COUNTRY = f"(?:{'|'.join(' '.join(REGIONS.values()).split())})"

COURIER = Courier(
    name="ems",
    title="EMS",
    aliases=("China Post", "ePacket", "S10", "中国邮政", "邮政", "e邮宝"),
    url="https://t.17track.net/en#nums={number}",
    everyday=True,
    forms=(
        Form("S10", r"[A-Z]{2}(?P<serial>\d{8})(?P<check>\d)" + _COUNTRY, "s10", ("EE271828189CN", "RN271828189FI"), ("EE271828183CN", "EE271828189ZZ")),
        Form("At home in China", r"\d{13}", valid=("1127182818284",), invalid=("112718281828",)),
    ),
    days={"china": 3, "asia": 7, "north america": 9, "europe": 10, "oceania": 9, "middle east": 10, "latin america": 15, "africa": 15},
    other_days=10,
    domains=("ems.com", "ems.com.cn", "ems.post", "ems.??", "11183.com.cn", "chinapost.com.cn", "speedpost.com"),
    written=(r"[A-Z]{2}\d{9}[A-Z]{2}",),
    loose=r"\d{13}",
    says={
        "exception": r"海关(?:留存|查验|扣留)|投递(?:不成功|失败)|退件|未妥投",
        "in_transit": r"安排投递|离开处理中心|到达.{0,12}(?:处理中心|投递局)|海关放行|出口直封|航空公司(?:启运|接收)",
        "delivered": r"(?:已妥投|投递并签收|收件人已取走)",
        "shipped": r"收寄|已收件|揽投",
    },
)  # fmt: skip
