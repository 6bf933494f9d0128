"""Royal Mail of the United Kingdom: S10."""

from mailcrm.domain.couriers.courier import Courier, Form

COURIER = Courier(
    name="royal mail",
    title="Royal Mail",
    aliases=("Parcelforce", "英国皇家邮政"),
    url="https://www.royalmail.com/track-your-item#/tracking-results/{number}",
    track17=11031,
    forms=(Form("S10", r"[A-Z]{2}(?P<serial>\d{8})(?P<check>\d)GB", "s10", ("RN271828189GB",), ("RN271828183GB",)),),
    days={"europe": 8},
    names=("royalmail",),
    says={"exception": r"sorry we missed you|fee to pay", "delivered": r"we(?:'|’)ve delivered your"},
)
