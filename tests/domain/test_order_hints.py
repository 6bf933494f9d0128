"""What a mail says of an order: confirmations in many languages, the shipment's steps, numbers; a question confirms nothing."""

from __future__ import annotations

import pytest

from mailcrm.domain.orders.hints import (
    amount_in,
    bl_number_in,
    booking_number_in,
    change_in,
    confirmed_in,
    order_numbers_in,
    shipped_in,
)

ALL = ("packing", "mark", "colour", "pp_sample")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We confirm packing, shipping marks and colour as per your mail.", ("packing", "mark", "colour")),
        ("The PP sample is approved for production.", ("pp_sample",)),
        ("Approved for production. Best regards", ("pp_sample",)),
        ("Packing and colour are ok.\nThe marks we will send tomorrow.", ("packing", "colour")),
        ("Hereby we approve the carton marks.", ("packing", "mark")),
        ("All three points are confirmed.", ()),
        ("包装和唛头确认，颜色没问题。", ("packing", "mark", "colour")),
        ("产前样确认，可以生产。", ("pp_sample",)),
        ("Confirmamos el embalaje y los colores.", ("packing", "colour")),
        ("Wir bestätigen die Verpackung und die Farbe.", ("packing", "colour")),
        ("Nous confirmons l'emballage.", ("packing",)),
        ("Confermiamo il campione.", ("pp_sample",)),
        ("Подтверждаем упаковку и цвет.", ("packing", "colour")),
        ("You can start mass production.", ("pp_sample",)),
    ],
)
def test_a_confirmation_names_its_parts(text: str, parts: tuple[str, ...]) -> None:
    found = confirmed_in(text)
    assert found is not None
    assert found.parts == parts
    assert found.words


@pytest.mark.parametrize(
    "text",
    [
        "Please confirm the packing.",
        "Is the colour confirmed?",
        "We can't confirm the packing yet.",
        "We will confirm the marks tomorrow.",
        "Once the colour is approved we send the balance.",
        "The sample is not approved.",
        "The colour is wrong.",
        "请确认包装。",
        "颜色还没有确认。",
        "样品不确认",
        "We confirm receipt of your mail.",
        "Thanks, well received.",
        "",
    ],
)
def test_who_asks_waits_or_refuses_confirms_nothing(text: str) -> None:
    assert confirmed_in(text) is None


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Please find the booking confirmation, booking no. NGB1234567", ("booking",)),
        ("S/O released, cut-off Friday", ("booking",)),
        ("订舱确认见附件", ("booking",)),
        ("The vessel has sailed yesterday, ATD 24 Nov", ("on_board",)),
        ("货已装船，提单草稿见附件", ("on_board",)),
        ("Our rates for December", ()),
    ],
)
def test_a_forwarder_tells_how_far_the_goods_are(text: str, steps: tuple[str, ...]) -> None:
    assert shipped_in(text) == steps


def test_numbers_and_amounts_are_read() -> None:
    assert order_numbers_in("Re: ord-2026-0012, QUO-2026-0001, XORD-2026-0013") == {"ORD-2026-0012"}
    assert bl_number_in("B/L No.: COSU6123456780, please check") == "COSU6123456780"
    assert bl_number_in("提单号：MEDUAB123456") == "MEDUAB123456"
    assert bl_number_in("the B/L is with the bank") == ""
    assert booking_number_in("Booking no. NGB1234567 for one 40HQ") == "NGB1234567"
    assert booking_number_in("booking confirmation attached") == ""
    assert amount_in("We have transferred USD 3,750.00 today") == "USD 3,750.00"
    assert amount_in("3750 EUR paid") == "EUR 3750"
    assert amount_in("USD 10 and USD 20") == ""


@pytest.mark.parametrize(
    ("text", "touches"),
    [
        ("Please change the quantity to 1,200 pcs.", ""),
        ("Hi Li,\nthanks. Could you amend our order: 500 red, 700 blue?", ""),
        ("We need to increase qty by 20%.", ""),
        ("Please find attached our revised PO.", ""),
        ("Pls modify the colour to RAL 9005.", "colour"),
        ("请把数量改为1200个。", ""),
        ("麻烦修改一下唛头。", "mark"),
        ("Necesitamos modificar la cantidad del pedido.", ""),
        ("Wir möchten die Menge auf 1.200 Stück erhöhen.", ""),
    ],
)
def test_a_change_that_is_asked_for_is_heard(text: str, touches: str) -> None:
    found = change_in(text)
    assert found is not None
    assert found.touches == touches


@pytest.mark.parametrize(
    "text",
    [
        "No changes to the order, please go ahead.",
        "The quantity is unchanged.",
        "Our bank account has changed.",
        "Please update our delivery address.",
        "We confirm packing and colour.",
        "订单不用修改，请安排生产。",
        "When will the order be ready?",
        "Could you update us on the order?",
        "The port fees have changed since our last order.",
    ],
)
def test_what_stays_as_it_is_is_no_change(text: str) -> None:
    assert change_in(text) is None
