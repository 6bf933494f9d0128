"""Who stands on the made-up documents: a house and its buyer.

Room: domain. Out: parties that don't exist.
"""

from __future__ import annotations

from mailcrm.domain.documents.parties import Letterhead, Party

__all__ = ["ZONE", "buyer", "letterhead"]

ZONE = "Asia/Shanghai"


def letterhead() -> Letterhead:
    """Return the letterhead of a company that doesn't exist."""
    return Letterhead(
        name_en="Brightport Export Co., Ltd.",
        name_zh="宁波明港进出口有限公司",
        address_en="Room 1208, 88 Jiangdong North Road, Ningbo 315040, China",
        address_zh="浙江省宁波市江东北路 88 号 1208 室，邮编 315040",
        phone="+86 574 5555 0100",
        mail="sales@brightport.example",
        web="www.brightport.example",
        tax_id="91330200EXAMPLE00X",
    )


def buyer(chinese: bool) -> Party:
    """Return a customer, in Chinese or English."""
    if chinese:
        return Party(
            "上海宏远贸易有限公司",
            "上海市浦东新区世纪大道 1000 号",
            "王芳 女士",
            "+86 21 5555 0188",
            "wang@hongyuan.example",
            "91310000EXAMPLE01Y",
        )
    return Party(
        "Nordlicht Gartentechnik GmbH",
        "Hafenstraße 12, 20457 Hamburg, Germany",
        "Ms Anna Berg",
        "+49 40 5555 0123",
        "berg@nordlicht.example",
        "DE000000000",
    )
