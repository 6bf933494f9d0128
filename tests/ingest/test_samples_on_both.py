"""A sample's whole way, and every question about samples, on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from ingest.mailroom import NOW, Mailroom, letter

AWB = "2718281823"
SHEET = {"item": "Valve V2", "quantity": "2", "kind": "stock", "sample_paid_by": "us", "freight_paid_by": "us"}


def test_a_sample_goes_its_whole_way(room: Mailroom, tmp_path: Path) -> None:
    core = room.core
    room.arrives(
        letter("jan@acme.example", "Valves", "Could you send a sample of valve V2?", message_id="a@acme.example")
    )
    room.sync()
    (proposal,) = [row for row in core.ask("worklist", view="samples").rows if row.id.startswith("j")]
    core.do("decide", item=proposal.id, answer="yes")
    core.do("edit_sample", id="s1", **SHEET, cost="CNY 80")
    for state in ("spec_draft", "made"):
        core.do("advance_sample", id="s1", state=state)
    core.do("check_sample", id="s1", ok=["all"])
    photo = tmp_path / "front.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(32))
    core.do("photo_sample", id="s1", files=str(photo))
    core.do("ship_sample", id="s1", awb=AWB)
    room.clock.at = NOW + timedelta(days=3)
    done = core.do("sample_statuses", text=f"{AWB},delivered")
    assert core.ask("sample", id="SMP-2026-0001").state == "delivered"
    core.do("undo", id=done.action)
    assert [row.awb for row in core.ask("sample_parcels")] == [AWB]
    core.do("delivered_sample", id="s1")
    assert [row.state for row in core.ask("outbox") if row.state == "draft"] == ["draft"]
    room.clock.at += timedelta(minutes=5)
    answer = letter("jan@acme.example", "Re: Valves", "It fits.", in_reply_to="a@acme.example", date=room.clock.at)
    room.arrives(answer, room.clock.at)
    room.clock.at += timedelta(minutes=5)
    room.sync()
    core.tick_steps()
    assert [row.state for row in core.ask("samples")] == ["feedback_in"]
    assert [row.subject for row in core.ask("search", query="is:sample fits")] == ["Re: Valves"]
    assert [row.id for row in core.ask("worklist", view="samples").rows] == ["s1"]
    assert [str(row.stage) for row in core.ask("sample_board")] == ["Answered"]
    assert core.ask("sample_page", id="s1").papers[0].kind == "photo"
    core.do("sample_feedback", id="s1", verdict="ok")
    core.do("advance_sample", id="s1", state="won")
    assert core.ask("samples") == ()
    assert [row.state for row in core.ask("samples", over=True)] == ["won"]
    assert [row.won for row in core.ask("sample_ledger")] == [1]
