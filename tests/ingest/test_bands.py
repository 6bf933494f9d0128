"""Worklist bands by what the customer wrote: a complaint first, a chased turn before one that is only late."""

from __future__ import annotations

from datetime import timedelta

from ingest.mailroom import NOW, Mailroom, letter

from mailcrm.queries.rows import Worklist, WorklistRow


def rows(room: Mailroom) -> list[WorklistRow]:
    found = room.core.ask("worklist", view="all")
    assert isinstance(found, Worklist)
    return list(found.rows)


def test_a_complaint_stands_first_then_who_asks_again(room: Mailroom) -> None:
    hour = timedelta(hours=1)
    room.arrives(letter("jan@acme.example", "Valves", date=NOW - 30 * hour), NOW - 30 * hour)
    room.arrives(
        letter("li@pump.example", "Offer", message_id="a1@pump.example", date=NOW - 20 * hour), NOW - 20 * hour
    )
    room.arrives(
        letter(
            "li@pump.example", "Re: Offer", "Any update on this?", references=["a1@pump.example"], date=NOW - 2 * hour
        )
    )
    room.arrives(
        letter("ana@shop.example", "Order 12", "The goods arrived broken, 40 pcs are defective.", date=NOW - hour),
        NOW - hour,
    )
    room.sync()
    first, second, third = rows(room)
    assert (first.band, first.purpose, first.flags) == ("complaint", "complaint", ("new_sender",))
    assert (second.band, second.purpose, second.count) == ("chased", "chaser", 2)
    assert "chased" in second.flags
    assert third.band == "overdue"


def test_who_asks_a_first_time_is_not_chased(room: Mailroom) -> None:
    room.arrives(letter("li@pump.example", "Offer", "Still waiting for your quotation."))
    room.sync()
    assert [(row.band, "chased" in row.flags) for row in rows(room)] == [("later", False)]
