"""Whose rule it is, extensions, outages, migrations and zones: cases of the reply clock by number, on a real mailbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from e2e.desk import Desk, complaint, letter, moment, received_stamp

pytestmark = pytest.mark.server

# A week without holidays; Monday is the 2nd.
MON, TUE, WED, THU, FRI, SAT, SUN = (f"2026-03-{day:02d}" for day in range(2, 9))


def inquiry(desk: Desk, at: str = f"{MON}T10:00", sender: str = "anna@hamburg.example") -> None:
    """Have a customer's question arrive."""
    desk.arrives(letter(sender, desk.rep.user, "Please quote 500 valves.", date=moment(at)), at)


def told(desk: Desk, thread: str, event: str, now: str) -> list[str]:
    """Return what `explain` says of these events."""
    return [line["effect"] for line in desk.read("explain", thread, now=now) if line["event"] == event]


def held(desk: Desk, thread: str, until: str, now: str, *more: str, code: int = 0) -> str:
    """Send a holding reply; return what was said."""
    words = ("reply", thread, "--hold", until, "--reason", "factory", "--send", *more)
    answer = desk(*words, now=now, code=code)
    return complaint(answer, code) if code else answer.out


def test_case_11_two_extensions_are_the_rep_s_and_the_third_a_manager_s(desk: Desk) -> None:
    inquiry(desk, sender=desk.customer("anna@hamburg.example").user)
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{MON}T10:05")["id"]
    held(desk, thread, "Thu 17:00", f"{MON}T16:00")
    held(desk, thread, "Fri 12:00", f"{THU}T15:00")
    (row,) = desk.work(now=f"{THU}T15:05")
    assert (row["state"], row["due"]) == ("promised", f"{FRI}T12:00:00+08:00")
    assert told(desk, thread, "PromiseExtended", f"{THU}T15:05")[0].startswith("Extension 1 of at most 2")
    held(desk, thread, "Fri 16:00", f"{FRI}T10:00")
    refused = held(desk, thread, "Fri 18:00", f"{FRI}T14:00", code=4)
    assert "moved 2 times" in refused
    assert "--manager-agreed" in refused
    assert len(desk.sent()) == 3
    held(desk, thread, "Fri 18:00", f"{FRI}T14:00", "--manager-agreed", "Chen")
    (row,) = desk.work(now=f"{FRI}T14:05")
    assert (row["state"], row["due"]) == ("promise_at_risk", f"{FRI}T18:00:00+08:00")
    assert "agreed by Chen" in told(desk, thread, "PromiseExtended", f"{FRI}T14:05")[-1]
    desk("team", "add", "chen", "--address", "chen@ningbo.example", "--manager")
    assert "let a manager send it: chen" in held(
        desk, thread, "Sat 12:00", f"{FRI}T15:00", "--manager-agreed", "chen", code=4
    )


def test_case_23_after_an_outage_it_is_overdue_at_once_and_says_so_once(desk: Desk) -> None:
    desk.sync(now=f"{MON}T09:00")
    inquiry(desk)
    good, desk.env["MAIL_PASSWORD"] = desk.env["MAIL_PASSWORD"], "changed"
    desk("sync", now=f"{MON}T18:00", code=3)
    desk.env["MAIL_PASSWORD"] = good
    desk.sync(now=f"{TUE}T12:00")
    (row,) = desk.work(now=f"{TUE}T12:00")
    assert (row["state"], row["due"]) == ("overdue", f"{TUE}T10:00:00+08:00")
    assert (row["seen_late_seconds"], row["overdue_seconds"]) == (26 * 3600, 2 * 3600)
    assert "seen_late" in row["flags"]
    assert "+26 h" in row["why"]
    story = ["TurnOpened", "DeadlineNeared", "DeadlinePassed", "SeenLate"]
    assert desk.story(row["thread_id"], now=f"{TUE}T12:00") == story
    desk.sync(now=f"{TUE}T12:05")
    assert desk.story(row["thread_id"], now=f"{TUE}T12:05") == story


def migrated(desk: Desk, count: int, at: str) -> None:
    """Have old mails of many customers appear with this INTERNALDATE, stamped when they were delivered long ago."""
    for number in range(count):
        once = moment("2025-06-01T10:00") + timedelta(hours=number)
        raw = letter(
            f"buyer{number % 97}@old{number % 50}.example",
            desk.rep.user,
            f"Please quote {number} valves.",
            message_id=f"old-{number}@old.example",
            date=once,
            headers={"Received": received_stamp(once)},
        )
        desk.arrives(raw, at)


def test_case_24_a_migration_opens_nothing_and_says_so(desk: Desk) -> None:
    inquiry(desk)
    desk.sync(now=f"{MON}T10:05")
    migrated(desk, 300, f"{TUE}T03:00")
    inquiry(desk, f"{TUE}T08:00", "new@bremen.example")
    answer = desk("sync", now=f"{TUE}T09:00")
    assert "300 of them are old mail that appeared here only now" in answer.out
    rows = desk.work(now=f"{TUE}T09:00")
    assert sorted(row["due"] for row in rows) == [f"{TUE}T10:00:00+08:00", f"{WED}T08:00:00+08:00"]
    assert all(row["seen_late_seconds"] == 0 for row in rows if row["company"] == "Hamburg")
    assert desk.read("outbox") == []
    (old,) = desk.read("search", "valves from:buyer5@old5.example", "--limit", "1", now=f"{TUE}T09:00")
    (line,) = desk.read("explain", old["thread_id"], now=f"{TUE}T09:00")
    assert (line["event"], "72 hours" in line["rule"]) == ("OldMail", True)


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026-03-07T23:30-05:00", "2026-03-09T05:30:00+01:00"),  # New York's clocks go forward on the 8th
        ("2026-03-28T14:00-04:00", "2026-03-29T20:00:00+02:00"),  # Berlin's on the 29th
        ("2026-10-24T20:00-04:00", "2026-10-26T01:00:00+01:00"),  # and back on October 25th
    ],
)
def test_case_29_one_instant_in_three_zones_across_a_change_of_clocks(bare: Desk, written: str, due: str) -> None:
    bare(
        *("account", "add", "berlin", "--imap", bare.dovecot.imap_url, "--smtp", bare.postfix.smtp_url),
        *("--user", bare.rep.user, "--own-address", bare.rep.user, "--password-env", "MAIL_PASSWORD"),
        *("--zone", "Europe/Berlin", "--go-live", "2026-01-01"),
    )
    header = datetime.fromisoformat(written)
    raw = letter("bob@newyork.example", bare.rep.user, "Please quote 500 valves.", date=header)
    bare.arrives(raw, header.astimezone(UTC).isoformat())
    bare.sync(now=(header + timedelta(minutes=5)).isoformat())
    (row,) = bare.work(now=(header + timedelta(hours=1)).isoformat())
    assert row["due"] == due
    assert datetime.fromisoformat(row["due"]) - header == timedelta(hours=24)
    at_due = header + timedelta(hours=24)
    assert [bare.work(now=at.isoformat())[0]["state"] for at in (at_due - timedelta(seconds=1), at_due)] == [
        "at_risk",
        "overdue",
    ]


def test_a_customer_is_answered_sooner_by_agreement_and_the_story_says_who_agreed(desk: Desk) -> None:
    inquiry(desk)
    desk.sync(now=f"{MON}T10:05")
    (firm,) = desk.read("company", "list", now=f"{MON}T10:05")
    assert desk.read("company", "edit", firm["id"], "--reply-within", "6h", now=f"{MON}T11:00")["reply_within"] == "6h"
    (row,) = desk.work(now=f"{MON}T11:05")
    assert row["due"] == f"{MON}T16:00:00+08:00"
    (moved,) = told(desk, row["thread_id"], "DueMoved", f"{MON}T11:05")
    assert moved.startswith("Due Mon 2 March 16:00 instead of Tue 3 March 10:00, by ")
    assert moved.endswith(": agreed with this customer: 6 h.")
    refused = complaint(desk("company", "edit", firm["id"], "--reply-within", "3d", now=f"{MON}T11:10", code=4), 4)
    assert "longer than the rule (24 h)" in refused
    desk("company", "edit", firm["id"], "--reply-within", "", now=f"{MON}T11:15")
    assert desk.work(now=f"{MON}T11:20")[0]["due"] == f"{TUE}T10:00:00+08:00"


def test_case_19_the_office_s_own_calendar_file_counts(desk: Desk) -> None:
    inquiry(desk, f"{FRI}T18:00")
    desk.env["MAILCRM__CLOCK__COUNT"] = "workdays24"
    desk.sync(now=f"{FRI}T18:05")
    assert desk.work(now=f"{FRI}T18:05")[0]["due"] == "2026-03-09T18:00:00+08:00"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ningbo//", "BEGIN:VEVENT", "UID:1@ningbo.example"]
    lines += ["DTSTART;VALUE=DATE:20260308", "SUMMARY:补班", "END:VEVENT", "END:VCALENDAR", ""]
    desk.env["MAILCRM__OFFICE__CALENDARS"] = "company.ics"
    assert "company.ics" in complaint(desk("worklist", now=f"{FRI}T18:10", code=1), 1)
    (desk.home / "company.ics").write_text("\r\n".join(lines), "utf-8")
    (row,) = desk.work(now=f"{FRI}T18:15")
    assert row["due"] == f"{SUN}T18:00:00+08:00"
    assert "days or hours were changed" in told(desk, row["thread_id"], "DueMoved", f"{FRI}T18:20")[0]
    (desk.home / "company.ics").write_bytes(b"\xff\x00 nonsense")
    assert "no iCalendar file" in complaint(desk("worklist", now=f"{FRI}T18:25", code=1), 1)
