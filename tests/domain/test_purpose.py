"""What a mail is for, as far as it decides about the clock: in doubt a mail is an ordinary one."""

import pytest

from mailcrm.domain.demand import asks
from mailcrm.domain.purpose import purpose


@pytest.mark.parametrize(
    "text",
    [
        "Dear Manager, we are a leading manufacturer of colour boxes with 15 years of experience. Profile attached.",
        "We are one of the biggest suppliers of LED chips in Shenzhen. See attached our catalogue.",
        "Our team specializes in SEO and can bring your site to the first page of Google.",
        "Dear beneficiary, your address was drawn in our lottery. Contact the claims agent.",
        "您好，我们是专业的纸箱生产商，价格优惠，欢迎联系。",
        "Somos un fabricante de cajas de cartón con 20 años de experiencia.",
    ],
)
def test_a_stranger_who_only_offers_is_a_cold_sale(text: str) -> None:
    assert purpose(text, asks=asks(text)) == "cold_sale"


@pytest.mark.parametrize(
    "text",
    [
        "We are a manufacturer of pumps in Pune and we need 500 check valves. What is your price?",
        "We are an importer of garden tools. Please send us your catalogue and MOQ.",
        "We are one of the largest suppliers in Chile and would like to buy hose reels from you.",
        "我们是一家水泵生产商，现需要采购铜阀 500 件，请报价。",
        "Could you send the drawing again?",
        "Please ship to our factory instead.",
    ],
)
def test_whoever_wants_something_of_ours_is_none(text: str) -> None:
    assert purpose(text, asks=asks(text)) == "other"


@pytest.mark.parametrize("text", ["Thanks Lin, received.", "收到，谢谢！", "Muchas gracias, saludos."])
def test_thanks(text: str) -> None:
    assert purpose(text, asks=asks(text)) == "thanks"
