"""What mails make of orders: slips, confirmations, bookings and B/L are proposed, and mails of ours that are a step make it when they left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from ingest.mailroom import Mailroom, letter
from ingest.ordering import JAN, confirmed, do, in_production, made, order, paid, signed, valves_asked, worklist
from sqlmodel import col, select

from mailcrm.domain.errors import RefusedByRule
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import Company, Message, Outgoing, ProposalRecord

FORWARDER = "Ops <ops@bluewave.example>"


@pytest.fixture
def room(new_room: Callable[[], Mailroom]) -> Mailroom:
    """A room with an order of Jan's, d1."""
    room = valves_asked(new_room())
    made(room)
    return room


def wrote(
    room: Mailroom, text: str, subject: str = "Re: Valves", sender: str = JAN, answers: str = "first@mail.example"
) -> str:
    """Let a mail of the other side arrive; return its id."""
    room.clock.at += timedelta(minutes=1)
    at = room.clock.at
    room.arrives(letter(sender, subject, text, date=at, references=[answers] if answers else []), at=at)
    room.sync()
    with room.store.read() as session:
        return f"m{session.exec(select(Message.id).order_by(col(Message.id).desc())).first()}"


def proposed(room: Mailroom) -> list[WorklistRow]:
    return [row for row in worklist(room).values() if row.id.startswith("j")]


def verbs(room: Mailroom) -> list[str]:
    with room.store.read() as session:
        return list(session.exec(select(ProposalRecord.verb).where(col(ProposalRecord.answer) == "")))


def role(room: Mailroom, name: str, as_what: str) -> None:
    """Let the company of that name have a role."""
    with room.store.read() as session:
        (found,) = [row.id for row in session.exec(select(Company)) if row.name.lower().startswith(name)]
    room.core.do("edit_company", id=f"o{found}", role=as_what)


def test_a_payment_slip_is_proposed_as_seen_never_as_credited(room: Mailroom) -> None:
    mail = wrote(room, "We have transferred USD 382.50 today, please find the bank slip attached.", "Payment slip")
    (row,) = proposed(room)
    assert (row.ref, row.kind) == ("d1", "question")
    assert "counts when the bank shows it" in str(row.why)
    assert verbs(room) == ["money_seen"]
    assert order(room).state == "new"
    room.core.do("decide", item=row.id, answer="yes")
    told = order(room)
    assert told.deposit is not None
    assert (told.state, told.deposit.state, told.deposit.received["amount"]) == ("deposit_seen", "seen", "0.00")
    assert told.history[-1].evidence[0].ref == mail
    assert told.content["deposit"]["slips"][0]["amount"] == {"amount": "382.50", "currency": "USD"}


def test_after_the_deposit_a_slip_is_the_balance_s(room: Mailroom) -> None:
    paid(room, "deposit")
    wrote(room, "We have paid the balance USD 892.50 today, bank slip attached.")
    (row,) = proposed(room)
    room.core.do("decide", item=row.id, answer="yes")
    told = order(room).balance
    assert told is not None
    assert told.state == "seen"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We confirm packing and shipping marks. Regards, Jan", ["packing", "mark"]),
        ("The PP sample is approved for production.", ["pp_sample"]),
        ("包装、唛头和颜色都确认。", ["packing", "mark", "colour"]),
    ],
)
def test_words_of_confirmation_are_proposed_with_the_mail_as_evidence(
    room: Mailroom, text: str, parts: list[str]
) -> None:
    mail = wrote(room, text)
    (row,) = proposed(room)
    room.core.do("decide", item=row.id, answer="yes")
    told = {one.name: one for one in order(room).milestones}
    assert [name for name, one in told.items() if one.state == "done"] == parts
    assert {one.evidence[0].ref for one in told.values() if one.state == "done"} == {mail}


def test_a_change_that_they_ask_for_is_proposed_once_something_is_agreed(room: Mailroom) -> None:
    wrote(room, "Please change the quantity to 600 pcs.")
    assert proposed(room) == []
    room.clock.at += timedelta(days=1)
    paid(room, "deposit")
    mail = wrote(room, "Thanks. Please change the colour to RAL 9005.")
    (row,) = proposed(room)
    assert (row.ref, "“Please change the colour to RAL 9005.”" in str(row.why)) == ("d1", True)
    room.core.do("decide", item=row.id, answer="yes")
    (change,) = order(room).changes
    assert (change.what, change.touches, change.evidence) == ("Please change the colour to RAL 9005.", "colour", mail)
    signed(room)
    confirmed(room)
    do(room, "advance_order", id="d1", to="production", text="first shift")
    late = wrote(room, "我们想修改一下包装。")
    (row,) = proposed(room)
    assert "production has begun" in str(row.why)
    with pytest.raises(RefusedByRule, match="--bears"):
        room.core.do("decide", item=row.id, answer="yes")
    agreed = {"cost": "0", "cause": "new box", "bears": "us", "decision": "accepted", "by": "mei"}
    room.core.do("change_order", id="d1", what="another box", mail=late, **agreed)
    assert proposed(room) == []


@pytest.mark.parametrize("text", ["Please confirm the packing.", "We can't confirm the colour yet.", "Thanks, noted."])
def test_what_confirms_nothing_proposes_nothing(room: Mailroom, text: str) -> None:
    wrote(room, text)
    assert proposed(room) == []


def test_a_bare_yes_confirms_what_our_last_mail_asked(room: Mailroom) -> None:
    asked = {"packing": "12 pcs", "marks": "ACME", "colour": "RAL 5010", "order": "PO 8812"}
    done = room.core.do("reply", thread="t1", template="confirm_packing_marks_colour", variables=asked, mode="send", about="d1:packing")  # fmt: skip
    with room.store.begin() as session:
        row = session.get_one(Outgoing, int(done.row.id[1:]))
        row.state = "sent"
        session.add(row)
    wrote(room, "All confirmed. Jan")
    (row_,) = proposed(room)
    assert "packing, shipping mark, colour" in str(row_.why)


def test_no_means_no_and_the_same_mail_never_asks_again(room: Mailroom) -> None:
    wrote(room, "We confirm the packing.")
    (row,) = proposed(room)
    room.core.do("decide", item=row.id, answer="no")
    room.sync(full=True)
    wrote(room, "Any news?")
    assert proposed(room) == []
    assert order(room).state == "new"


def test_what_was_done_by_hand_is_not_proposed_any_more(room: Mailroom) -> None:
    mail = wrote(room, "We confirm the packing.")
    do(room, "confirm_order", id="d1", parts="packing", mail=mail)
    assert proposed(room) == []


def test_a_colleague_of_the_buyer_on_another_thread_is_heard_by_the_customer_s_number(room: Mailroom) -> None:
    wrote(room, "PO 8812: we confirm the colour.", "Colour", "Piet <piet@acme.example>", answers="")
    assert verbs(room) == ["confirm_order"]


def test_a_stranger_s_confirmation_is_nobody_s(room: Mailroom) -> None:
    wrote(room, "We confirm the colour of PO 8812, ORD-2026-0001.", "Colour", "Eve <eve@elsewhere.example>", answers="")
    assert proposed(room) == []


def test_of_several_open_orders_the_named_one_is_meant(room: Mailroom) -> None:
    made(room, po="PO 9001")
    wrote(room, "PO 9001: packing is confirmed.", "Packing", answers="")
    (row,) = proposed(room)
    assert row.ref == "d2"
    wrote(room, "For ORD-2026-0001 we confirm the colour.", "Colour", answers="")
    assert {one.ref for one in proposed(room)} == {"d1", "d2"}


def test_a_forwarder_s_booking_that_quotes_the_number_is_proposed(room: Mailroom) -> None:
    wrote(room, "Rates of December attached.", "Rates", FORWARDER, answers="")
    role(room, "bluewave", "forwarder")
    in_production(room)
    wrote(room, "ORD-2026-0001: booking confirmation, booking no. NGB1234567.", "Booking", FORWARDER, answers="")
    assert sorted(verbs(room)) == ["advance_order", "edit_order"]
    for row in proposed(room):
        room.core.do("decide", item=row.id, answer="yes")
    told = order(room)
    assert told.content["shipment"]["booking"] == "NGB1234567"
    assert {one.name: one.state for one in told.milestones}["booking"] == "done"


def test_a_b_l_is_found_by_the_booking_number_and_on_board_waits_for_what_is_missing(room: Mailroom) -> None:
    wrote(room, "Rates of December attached.", "Rates", FORWARDER, answers="")
    role(room, "bluewave", "forwarder")
    do(room, "edit_order", id="d1", booking="NGB1234567")
    wrote(room, "Booking NGB1234567: vessel has sailed. B/L No.: COSU6123456780.", "B/L", FORWARDER, answers="")
    assert verbs(room) == ["edit_order"]
    (row,) = proposed(room)
    room.core.do("decide", item=row.id, answer="yes")
    assert order(room).content["shipment"]["bl_number"] == "COSU6123456780"


def test_a_forwarder_confirms_nothing_in_the_customer_s_place(room: Mailroom) -> None:
    wrote(room, "Rates of December attached.", "Rates", FORWARDER, answers="")
    role(room, "bluewave", "forwarder")
    wrote(room, "ORD-2026-0001: we confirm packing and colour.", "Packing", FORWARDER, answers="")
    assert proposed(room) == []


def test_a_mail_that_tells_of_a_step_stands_ready_once_all_is_known(room: Mailroom) -> None:
    signed(room)
    paid(room, "deposit")
    drafts = [row for row in room.core.ask("outbox") if row.state == "draft"]
    assert [row.about for row in _outgoing(room)] == ["d1:deposit_credited:told"]
    assert len(drafts) == 1
    draft = room.core.ask("draft", id=drafts[0].id)
    assert "USD 382.50" in draft.body
    assert "PO 8812" in draft.body
    room.sync()
    assert len(_outgoing(room)) == 1


def test_a_shipping_advice_waits_until_vessel_container_and_b_l_are_known(room: Mailroom) -> None:
    in_production(room)
    for step in ("produced", "inspection", "booking", "customs", "on_board"):
        do(room, "advance_order", id="d1", to=step)
    assert "d1:on_board:told" not in [row.about for row in _outgoing(room)]
    do(room, "edit_order", id="d1", vessel="EVER GOOD 012W", container="TCLU1234567", bl_number="COSU6123456780", etd="2026-03-04", eta="2026-04-08")  # fmt: skip
    assert "d1:on_board:told" in [row.about for row in _outgoing(room)]


def test_a_mail_of_ours_that_is_a_step_makes_it_when_it_has_left(room: Mailroom) -> None:
    do(room, "advance_order", id="d1", to="legal_review")
    sent_as(room, "d1:pi_sent")
    told = order(room)
    assert (told.state, told.history[-1].actor) == ("pi_sent", "mailcrm")
    assert [shown.kind for shown in told.history[-1].evidence] == ["message", "outgoing"]
    assert str(told.history[-1].reason) == "Our mail with it has left."


def test_a_mail_of_ours_opens_no_gate(room: Mailroom) -> None:
    sent_as(room, "d1:documents")
    assert order(room).state == "new"
    with pytest.raises(RefusedByRule):
        do(room, "release_order", id="d1", how="originals", approved_by="mei")


def _outgoing(room: Mailroom) -> list[Outgoing]:
    with room.store.read() as session:
        return list(session.exec(select(Outgoing).where(col(Outgoing.about) != "").order_by(col(Outgoing.id))))


def sent_as(room: Mailroom, about: str) -> None:
    """Let a mail of ours leave that says what it is about."""
    from mailcrm.rules.sequences import left

    room.core.do("reply", thread="t1", body="Here it is.", mode="send", about=about)
    with room.store.begin() as session:
        row = session.exec(select(Outgoing).where(col(Outgoing.about) == about)).one()
        row.stored_message_id = 1
        left(session, row, room.world.moment(session))
