"""Inquiries in a real database: of a mail, of a call, changed, lost, taken up again, each taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from ingest.mailroom import NOW, Mailroom, letter

from mailcrm.domain.errors import NotFound, RefusedByRule, UsageError
from mailcrm.queries.rows import InquiryRow
from mailcrm.records import InquiryRecord, Step
from mailcrm.store.inquiries import newest_inquiry

JAN = "Jan Smit <jan@acme-valves.example>"


@pytest.fixture
def desk(room: Mailroom) -> Mailroom:
    """A room with one mail that asks."""
    room.arrives(letter(JAN, "Price for 500 valves?"))
    room.sync()
    return room


def inquiry(room: Mailroom, given: str) -> InquiryRow:
    row: InquiryRow = room.core.ask("inquiry", id=given)
    return row


def states(room: Mailroom, given: str) -> list[tuple[str, str]]:
    return [(step.from_, step.to) for step in inquiry(room, given).history]


def test_an_inquiry_of_a_mail_knows_whose_it_is(desk: Mailroom) -> None:
    done = desk.core.do(
        "new_inquiry",
        thread="t1",
        items=("Ball valve DN50; quantity=500 pcs; target=USD 2.40",),
        values={"incoterm": "FOB Ningbo"},
        answers={"region": "EU"},
        asked=("use",),
        on="2026-03-03",
    )
    row = done.row
    assert (row.id, row.state, row.channel, row.thread_id, row.message_id) == ("i1", "open", "mail", "t1", "m1")
    thread = desk.core.ask("thread", id="t1")
    assert (row.contact, row.company_id) == ("Jan Smit", thread.company_id)
    assert {one.topic: (one.state, one.text, one.on) for one in row.checklist if one.state != "open"} == {
        "region": ("answered", "EU", date(2026, 3, 3)),
        "use": ("asked", "", date(2026, 3, 3)),
    }
    assert row.ask == {"missing": "end_customer, yearly_volume, specification, quality"}
    assert "who the end customer is" in str(row.open)
    assert [(step.to, step.evidence[0].ref) for step in row.history] == [("open", "m1")]
    desk.core.do("undo", id=done.action)
    with pytest.raises(NotFound):
        inquiry(desk, "i1")
    assert desk.all(InquiryRecord) == desk.all(Step) == []


def test_what_is_noted_without_a_day_is_of_the_offices_today(
    new_room: Callable[[], Mailroom], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILCRM__OFFICE__ZONE", "Asia/Shanghai")
    room = new_room()
    room.arrives(letter(JAN, "Price for 500 valves?"))
    room.sync()
    room.clock.at = datetime(2026, 3, 4, 16, 30, tzinfo=UTC)
    row = room.core.do("new_inquiry", thread="t1", asked=("use",)).row
    assert next(one.on for one in row.checklist if one.topic == "use") == date(2026, 3, 5)


def test_the_mail_that_asks_is_the_newest_of_theirs(desk: Mailroom) -> None:
    first = letter(JAN, "Price for 500 valves?")
    again = letter(
        JAN, "Re: Price for 500 valves?", "And 50 pumps?", in_reply_to=_id_of(first), date=NOW - timedelta(minutes=9)
    )
    desk.arrives(again, NOW - timedelta(minutes=9))
    desk.sync()
    assert desk.core.do("new_inquiry", thread="t1").row.message_id == "m2"
    assert desk.core.do("new_inquiry", thread="m1").row.message_id == "m1"
    assert [row.id for row in desk.core.ask("inquiries", thread="t1")] == ["i2", "i1"]
    with desk.store.read() as session:
        newest = newest_inquiry(session, 1)
    assert newest is not None
    assert newest.id == 2


def _id_of(raw: bytes) -> str:
    return raw.decode().split("Message-ID: <")[1].split(">")[0]


def test_an_inquiry_may_come_by_any_way(desk: Mailroom) -> None:
    row = desk.core.do("new_inquiry", contact="jan@acme-valves.example", channel="fair", items=("Valves",)).row
    assert (row.channel, row.thread_id, row.message_id, row.contact_id) == ("fair", None, None, "c1")
    logged = desk.core.do("log", contact="c1", channel="phone", text="Wants a price for pumps", inbound=True).row
    called = desk.core.do("new_inquiry", thread=logged.id).row
    assert (called.channel, called.thread_id) == ("phone", logged.id)


@pytest.mark.parametrize("wrong", [{}, {"thread": "t9"}, {"contact": "c9"}, {"thread": "t1", "channel": "pigeon"}])
def test_nobody_s_inquiry_is_not_noted(desk: Mailroom, wrong: dict[str, str]) -> None:
    with pytest.raises((RefusedByRule, NotFound, UsageError)):
        desk.core.do("new_inquiry", **wrong)
    assert desk.all(InquiryRecord) == []


def test_what_is_found_out_is_noted_and_taken_back(desk: Mailroom) -> None:
    desk.core.do("new_inquiry", thread="t1", items=("A", "B"))
    before = inquiry(desk, "i1")
    done = desk.core.do(
        "edit_inquiry",
        id="i1",
        without=(1,),
        items=("C",),
        answers={"use": "drinking water"},
        refused=("end_customer",),
        values={"feasibility_asked": "Mr Chen", "feasibility_due": "2026-03-06"},
    )
    assert [item.text for item in done.row.items] == ["B", "C"]
    assert done.row.feasibility.asked_of == "Mr Chen"
    (record,) = desk.all(InquiryRecord)
    assert record.feasibility_due == date(2026, 3, 6)
    desk.core.do("edit_inquiry", id="i1", values={"feasibility": "yes, in 30 days"})
    assert desk.all(InquiryRecord)[0].feasibility_due is None
    desk.core.do("undo")
    desk.core.do("undo", id=done.action)
    assert inquiry(desk, "i1") == before


def tasks(room: Mailroom) -> list[tuple[str, str | None]]:
    return [(str(row.title), row.due.isoformat() if row.due else None) for row in room.core.ask("tasks")]


def test_as_long_as_nobody_said_whether_we_can_make_it_there_is_a_task(desk: Mailroom) -> None:
    values = {"feasibility_asked": "Mr Chen", "feasibility_due": "2026-03-06"}
    made = desk.core.do("new_inquiry", thread="t1", values=values)
    asked = "Can we make it? Mr Chen was asked, for inquiry i1."
    assert tasks(desk) == [(asked, "2026-03-06T18:00:00+00:00")]  # the end of the office day
    desk.core.do("edit_inquiry", id="i1", values={"feasibility_due": "2026-03-09"})
    assert tasks(desk) == [(asked, "2026-03-09T18:00:00+00:00")]
    desk.core.do("task_done", id="k1")
    desk.core.do("edit_inquiry", id="i1", values={"note": "asked again"})
    assert tasks(desk) == []  # what somebody did stays done
    desk.core.do("edit_inquiry", id="i1", values={"feasibility_due": "2026-03-10"})
    assert [due for _title, due in tasks(desk)] == ["2026-03-10T18:00:00+00:00"]
    said = desk.core.do("edit_inquiry", id="i1", values={"feasibility": "yes"})
    assert tasks(desk) == []
    desk.core.do("undo", id=said.action)
    assert [title for title, _due in tasks(desk)] == [asked]
    desk.core.do("undo", id=made.action)
    assert tasks(desk) == []


def test_the_task_is_on_the_worklist_and_outlives_the_mails_of_its_thread(desk: Mailroom) -> None:
    desk.core.do("new_inquiry", thread="t1", values={"feasibility_asked": "Mr Chen", "feasibility_due": "2026-03-04"})
    desk.arrives(
        letter(JAN, "Re: Price for 500 valves?", "Any news?", in_reply_to=_id_of(letter(JAN, "Price for 500 valves?")))
    )
    desk.sync()
    rows = desk.core.ask("worklist", view="all", owner="all").rows
    assert [(row.kind, row.contact, "Mr Chen" in row.gist) for row in rows if row.kind == "task"] == [
        ("task", "Jan Smit", True)
    ]


def test_a_lost_inquiry_asks_nobody_any_more(desk: Mailroom) -> None:
    desk.core.do("new_inquiry", thread="t1", values={"feasibility_asked": "Mr Chen"})
    assert len(tasks(desk)) == 1
    desk.core.do("edit_inquiry", id="i1", values={"lost_reason": "too dear"})
    assert tasks(desk) == []


def test_a_lost_inquiry_leaves_the_list_and_may_come_back(desk: Mailroom) -> None:
    desk.core.do("new_inquiry", thread="t1")
    lost = desk.core.do("edit_inquiry", id="i1", values={"lost_reason": "too dear"})
    assert lost.row.state == "lost"
    assert desk.core.ask("inquiries") == ()
    assert [row.lost_reason for row in desk.core.ask("inquiries", lost=True)] == ["too dear"]
    desk.core.do("undo", id=lost.action)
    assert (inquiry(desk, "i1").state, states(desk, "i1")) == (
        "open",
        [("", "open"), ("open", "lost"), ("lost", "open")],
    )
    assert all(step.actor and step.evidence for step in inquiry(desk, "i1").history)


def test_its_thread_is_that_of_its_mail_also_when_threads_are_made_one(desk: Mailroom) -> None:
    desk.arrives(letter(JAN, "Something else", "Any news?"))
    desk.sync()
    desk.core.do("new_inquiry", thread="m2")
    desk.core.do("merge", thread="t1", other="t2")
    assert inquiry(desk, "i1").thread_id == "t1"


def test_two_companies_that_become_one_keep_their_inquiries(desk: Mailroom) -> None:
    desk.arrives(letter("Ana <ana@acme-group.example>", "Pumps", "Price for pumps?"))
    desk.sync()
    desk.core.do("new_inquiry", thread="t2")
    mine, other = inquiry(desk, "i1").company_id, desk.core.ask("thread", id="t1").company_id
    desk.core.do("merge_company", company=other, other=mine)
    assert inquiry(desk, "i1").company_id == other


def test_a_mail_that_asks_is_found_in_the_template_s_words(desk: Mailroom) -> None:
    row = desk.core.do("new_inquiry", thread="t1", asked=("use",)).row
    shown = desk.core.ask("preview", thread="t1", template="inquiry_ask", variables=row.ask)
    assert "1. Who is the end customer" in shown.body
    assert "Which quality do you require" in shown.body
    assert "What will the product be used for" not in shown.body
