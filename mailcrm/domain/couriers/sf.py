"""SF Express (顺丰): twelve digits at home, SF and thirteen today; no public check digit."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="sf",
    title="SF Express",
    aliases=("SF", "SF International", "顺丰", "顺丰速运", "顺丰国际"),
    url="https://www.sf-express.com/chn/sc/waybill/waybill-detail/{number}",
    everyday=True,
    track17=100012,
    forms=(
        Form("SF", r"SF\d{12,13}", valid=("SF2718281828459",), invalid=("SF27182818",)),
        Form("Twelve digits", r"\d{12}", valid=("271828182845",)),
    ),
    days={"china": 2, "asia": 4, "north america": 7, "europe": 7, "oceania": 7},
    names=("sf-express", "sf-international"),
    written=(r"SF ?\d{12,13}",),
    loose=r"\d{12}",
    says={
        "exception": r"暂存|转寄|待二次派送|收派异常",
        "in_transit": r"派件中|正在派送|快件(?:到达|离开|已到)|交给.{1,12}派送",
        "delivered": r"已签收|派送成功|代签收",
        "shipped": r"已揽收|已收取快件|已取件",
    },
)  # fmt: skip
