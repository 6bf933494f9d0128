"""The customer of a thread in one answer: who, where, what is open, what was last said. On both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from ingest.mailroom import NOW, REP, Mailroom, letter

from mailcrm.domain.errors import NotFound
from mailcrm.queries.rows import CustomerRow

HOUR = timedelta(hours=1)
JAN = "Jan Novák <jan@acme.example>"
EVA = "Eva <eva@acme.example>"
KIM = "Kim <kim@gmail.com>"


def arrives(room: Mailroom, sender: str, subject: str, ago: float, **more: str) -> None:
    at = NOW - ago * HOUR
    room.arrives(letter(sender, subject, date=at, **more), at)


def sent(room: Mailroom, to: str, subject: str, body: str, ago: float) -> None:
    at = NOW - ago * HOUR
    room.arrives(letter(REP, subject, body, to=to, date=at), at, b"Sent")


@pytest.fixture
def room(room: Mailroom) -> Mailroom:
    """Two people of a company with three threads, and somebody with a free-mail address."""
    arrives(room, JAN, "Valves", 5)
    arrives(room, EVA, "Flanges", 3)
    sent(room, "jan@acme.example", "Catalogue", "Which size do you need?", 2)
    arrives(room, KIM, "Bolts", 1)
    room.sync()
    return room


def thread(room: Mailroom, subject: str) -> str:
    return str(next(row.id for row in room.core.ask("threads") if row.subject == subject))


def of(room: Mailroom, subject: str) -> CustomerRow:
    row: CustomerRow = room.core.ask("customer", thread=thread(room, subject))
    return row


def test_a_company_with_all_its_threads(room: Mailroom) -> None:
    row = of(room, "Valves")
    assert (row.name, row.domains, row.role) == ("Acme", ("acme.example",), "prospect")
    assert [one.name for one in row.people] == ["Jan Novák", "Eva"]
    assert [(one.subject, one.state) for one in row.open] == [("Valves", "running"), ("Flanges", "running")]
    assert [(one.subject, one.question) for one in row.waits] == [("Catalogue", "Which size do you need?")]
    assert [(mail.subject, mail.side) for mail in row.mails] == [
        ("Catalogue", "ours"),
        ("Flanges", "theirs"),
        ("Valves", "theirs"),
    ]
    assert (row.totals.threads, row.totals.mails, row.totals.theirs) == (3, 3, 2)
    assert row.totals.first_at == NOW - 5 * HOUR
    assert row.last_wrote_at == NOW - 3 * HOUR


def test_whom_the_thread_is_with_comes_first(room: Mailroom) -> None:
    assert [one.name for one in of(room, "Flanges").people] == ["Eva", "Jan Novák"]
    company = of(room, "Flanges").id
    by_company = room.core.ask("customer", company=company)
    assert (by_company.contact_id, [one.name for one in by_company.people]) == (None, ["Eva", "Jan Novák"])
    assert room.core.ask("customer", contact="jan@acme.example").people[0].name == "Jan Novák"
    card = room.core.ask("contact_card", id=by_company.people[1].id)
    assert (card.name, card.customer.name) == ("Jan Novák", "Acme")


def test_somebody_without_a_company_is_a_customer_too(room: Mailroom) -> None:
    row = of(room, "Bolts")
    assert (row.id, row.name, row.domains, row.grade) == (row.people[0].id, "Kim", (), None)
    assert [one.subject for one in row.open] == ["Bolts"]
    room.core.do("tag", id=row.id, add=("vip",))
    room.core.do("edit_contact", id=row.id, role="agent", country="US", zone="Boston", honorific="Ms")
    again = of(room, "Bolts")
    assert (again.tags, again.role, again.country, again.time_zone) == (("vip",), "agent", "US", "America/New_York")
    assert again.people[0].honorific == "Ms"


def test_promises_notes_calls_and_tasks(room: Mailroom) -> None:
    row = of(room, "Valves")
    room.core.do("reply", thread=thread(room, "Valves"), mode="queue", hold="2026-03-06T17:00+08:00")
    room.core.do("note", about=thread(room, "Flanges"), text="Likes tea.")
    room.core.do("answered", thread=thread(room, "Flanges"), channel="phone", text="Friday.")
    room.core.do("task_add", text="Ring", about=thread(room, "Catalogue"))
    room.core.do("task_add", text="Write", about=row.people[0].id)
    room.core.do("task_add", text="Not theirs", about=thread(room, "Bolts"))
    row = of(room, "Catalogue")
    assert [one.subject for one in row.open] == ["Valves"]
    assert [(note.channel, note.text) for note in row.notes] == [("phone", "Friday."), ("", "Likes tea.")]
    assert {str(task.title) for task in row.tasks} == {"Ring", "Write"}
    assert (row.totals.met, row.totals.late) == (1, 0)


def test_only_the_last_ten_mails(room: Mailroom) -> None:
    for number in range(12):
        arrives(room, EVA, f"Again {number}", 0.5 - number / 100)
    room.sync()
    assert [mail.subject for mail in of(room, "Valves").mails] == [f"Again {number}" for number in range(11, 1, -1)]
    assert of(room, "Bolts").totals.mails == 1


def test_a_rhythm_and_its_break(room: Mailroom) -> None:
    assert of(room, "Valves").usual_pause_days is None
    for day in range(10):
        arrives(room, JAN if day % 2 else EVA, f"Old {day}", 24 * (70 + 2 * day))
    room.sync()
    row = of(room, "Valves")
    assert (row.usual_pause_days, row.silent) == (2, False)
    room.clock.at = NOW + 60 * 24 * HOUR
    assert of(room, "Valves").silent


@pytest.mark.parametrize(
    ("now", "closed_by", "opens"),
    [
        ("2026-03-04T10:00Z", "", None),
        ("2026-03-04T06:00Z", "hours", "2026-03-04T08:00Z"),
        ("2026-03-06T18:00Z", "hours", "2026-03-09T08:00Z"),
        ("2026-03-07T10:00Z", "weekend", "2026-03-09T08:00Z"),
        ("2026-04-03T10:00Z", "holiday", "2026-04-07T07:00Z"),
    ],
)
def test_whether_it_is_open_there(room: Mailroom, now: str, closed_by: str, opens: str | None) -> None:
    room.core.do("edit_company", id=of(room, "Valves").id, country="DE")
    room.clock.at = datetime.fromisoformat(now)
    there = of(room, "Valves").there
    assert there is not None
    assert (there.time_zone, there.open, there.closed_by) == ("Europe/Berlin", not closed_by, closed_by)
    assert there.opens_at == (datetime.fromisoformat(opens) if opens else None)
    assert datetime.fromisoformat(there.local_time) == room.clock.at


def test_holidays_of_the_next_two_weeks_by_name(room: Mailroom) -> None:
    room.core.do("edit_company", id=of(room, "Valves").id, country="DE")
    room.clock.at = datetime(2026, 3, 25, 9, tzinfo=UTC)
    there = of(room, "Valves").there
    assert there is not None
    assert [(one.day, one.name) for one in there.holidays] == [
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 6), "Easter Monday"),
    ]


def test_a_working_week_that_is_not_ours(room: Mailroom) -> None:
    room.core.do("edit_company", id=of(room, "Valves").id, country="SA")
    room.clock.at = datetime(2026, 3, 8, 8, tzinfo=UTC)  # a Sunday
    there = of(room, "Valves").there
    assert there is not None
    assert there.open


def test_one_place_for_the_company_another_for_one_of_its_people(room: Mailroom) -> None:
    row = of(room, "Valves")
    assert row.there is None
    room.core.do("edit_company", id=row.id, country="US", zone="Boston")
    room.core.do("edit_contact", id=row.people[1].id, zone="Seattle")
    zones = [one.there.time_zone if one.there else None for one in of(room, "Valves").people]
    assert zones == ["America/New_York", "America/Los_Angeles"]


def test_what_a_person_says_of_the_company_comes_before_what_a_mail_tells_of_the_writer(room: Mailroom) -> None:
    arrives(
        room,
        "Bo <bo@acme.example>",
        "Pumps",
        0.5,
        body="How many?\n\n-- \nBo Berg\nKungsgatan 4, 111 43 Stockholm, Sweden",
    )
    room.sync()
    row = of(room, "Pumps")
    assert row.there is not None
    assert row.there.time_zone == "Europe/Stockholm"
    room.core.do("edit_company", id=row.id, country="DE")
    assert of(room, "Pumps").there.time_zone == "Europe/Berlin"  # type: ignore[union-attr]
    room.core.do("edit_contact", id=row.people[0].id, country="SE")
    assert of(room, "Pumps").there.time_zone == "Europe/Stockholm"  # type: ignore[union-attr]


def test_a_thread_among_ourselves_has_no_customer(room: Mailroom) -> None:
    sent(room, "zhang@ningbo.example", "Lunch", "At noon?", 1)
    room.sync()
    with pytest.raises(NotFound, match="Nobody but us"):
        of(room, "Lunch")


@pytest.mark.parametrize("asked", [{"company": "o99"}, {"contact": "c99"}, {"contact": "no@where.example"}])
def test_an_id_that_is_none(room: Mailroom, asked: dict[str, str]) -> None:
    with pytest.raises(NotFound, match=next(iter(asked.values()))):
        room.core.ask("customer", **asked)
