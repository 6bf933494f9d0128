"""Orders of Jan's, who has asked for valves: made, signed, paid, confirmed, in production, on board.

room = valves_asked(new_room())
made(room)                              # d1, on thread t1
in_production(room)
"""

from __future__ import annotations

from ingest.mailroom import Mailroom, letter

from mailcrm.queries.rows import OrderRow, WorklistRow

__all__ = [
    "ALL",
    "GOODS",
    "JAN",
    "TT",
    "confirmed",
    "do",
    "in_production",
    "made",
    "on_board",
    "order",
    "paid",
    "signed",
    "valves_asked",
    "worklist",
]

JAN = "Jan de Vries <jan@acme.example>"
GOODS = "BV-50; Ball valve DN50; 500 pcs; 2.55; 球阀 DN50"
TT = "30% T/T deposit, 70% against copy of B/L"
ALL = "packing, mark, colour, pp_sample"


def valves_asked(room: Mailroom) -> Mailroom:
    """Let Jan ask for valves, by mail m1 on thread t1; return the room."""
    room.arrives(
        letter(JAN, "Valves", "Our order PO 8812 for 500 valves is attached.", message_id="first@mail.example")
    )
    room.sync()
    return room


def do(room: Mailroom, verb: str, **arguments: object) -> OrderRow:
    row = room.core.do(verb, **arguments).row
    assert isinstance(row, OrderRow)
    return row


def order(room: Mailroom, given: str = "d1") -> OrderRow:
    row = room.core.ask("order", id=given)
    assert isinstance(row, OrderRow)
    return row


def made(room: Mailroom, **more: str) -> OrderRow:
    known = {"lines": GOODS, "terms": TT, "po": "PO 8812", "latest_shipment": "2026-05-20", "mail": "m1"}
    return do(room, "new_order", about="t1", **{**known, **more})


def signed(room: Mailroom) -> None:
    for step in ("legal_review", "pi_sent", "pi_signed"):
        do(room, "advance_order", id="d1", to=step, text="on paper")


def confirmed(room: Mailroom, parts: str = ALL) -> None:
    do(room, "confirm_order", id="d1", parts=parts, mail="m1")


def paid(room: Mailroom, part: str, reference: str = "FT1") -> OrderRow:
    return do(room, "money_credited", id="d1", part=part, reference=reference)


def in_production(room: Mailroom) -> None:
    signed(room)
    paid(room, "deposit")
    confirmed(room)
    do(room, "advance_order", id="d1", to="production", text="first shift")


def on_board(room: Mailroom) -> None:
    in_production(room)
    for step in ("produced", "inspection", "booking", "customs", "on_board", "bl_copy"):
        do(room, "advance_order", id="d1", to=step, text="seen")


def worklist(room: Mailroom, view: str = "all") -> dict[str, WorklistRow]:
    return {row.id: row for row in room.core.ask("worklist", view=view).rows}
