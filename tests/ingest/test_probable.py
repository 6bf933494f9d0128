"""Threads that probably belong together are shown, and joined only by a person; and what was forgotten before mailcrm."""

from __future__ import annotations

from datetime import timedelta

from ingest.mailroom import GO_LIVE, NOW, REP, Mailroom, letter

from mailcrm.records import Message

DAY = timedelta(days=1)


def near(room: Mailroom) -> dict[str, set[str]]:
    """Return by subject what each thread probably belongs to."""
    return {row.subject: {other.subject for other in row.probable} for row in room.core.ask("threads")}


def test_a_reply_without_headers_is_shown_with_its_thread_until_a_person_joins_them(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "Valves", message_id="1@a"), at=NOW - 3 * DAY)
    room.arrives(letter("mia@acme.example", "AW: Valves", message_id="2@a"), at=NOW - 2 * DAY)
    room.arrives(letter("kim@beta.example", "Re: Valves", message_id="3@b"), at=NOW - 1 * DAY)
    room.sync()
    assert near(room) == {"Valves": {"AW: Valves"}, "AW: Valves": {"Valves"}, "Re: Valves": set()}
    whole = room.core.ask("thread", id="1@a")
    merged = room.core.do("merge", thread=whole.id, other=whole.probable[0].thread_id)
    assert near(room) == {"Valves": set(), "Re: Valves": set()}
    room.core.do("undo", id=merged.action)
    assert near(room)["Valves"] == {"AW: Valves"}


def test_our_answer_without_headers_is_shown_with_the_customers_thread(room: Mailroom) -> None:
    room.arrives(letter("jan@gmail.com", "Valves", message_id="1@a"), at=NOW - 3 * DAY)
    room.arrives(
        letter(REP, "Re: Valves", "1.20", to="Jan@gmail.com", message_id="2@us"), at=NOW - 2 * DAY, folder=b"Sent"
    )
    room.arrives(
        letter(REP, "Re: Valves", "1.30", to="kim@gmail.com", message_id="3@us"), at=NOW - 1 * DAY, folder=b"Sent"
    )
    room.sync()
    rows = {row.messages[0].message_id: row for row in room.core.ask("threads")}
    assert [other.thread_id for other in rows["1@a"].probable] == [rows["2@us"].id]
    assert rows["3@us"].probable == ()


def test_a_reply_within_a_thread_that_began_otherwise_looks_for_no_other(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "Valves", message_id="1@a"), at=NOW - 3 * DAY)
    room.arrives(letter("jan@acme.example", "Pumps", message_id="2@a"), at=NOW - 2 * DAY)
    room.arrives(letter("jan@acme.example", "Re: Valves", message_id="3@a", in_reply_to="2@a"), at=NOW - 1 * DAY)
    room.sync()
    assert [row.probable for row in room.core.ask("threads")] == [(), ()]


def test_what_a_person_took_apart_is_not_suggested_again(room: Mailroom) -> None:
    room.arrives(letter("jan@acme.example", "Valves", message_id="1@a"), at=NOW - 3 * DAY)
    room.arrives(letter("jan@acme.example", "Re: Valves", message_id="2@a", in_reply_to="1@a"), at=NOW - 2 * DAY)
    room.sync()
    second = next(row.id for row in room.all(Message) if row.message_id == "2@a")
    room.core.do("split", message=f"m{second}")
    assert near(room) == {"Valves": set(), "Re: Valves": set()}


def test_forgotten_before_mailcrm_is_what_customers_wrote_last_in_the_14_days_before(room: Mailroom) -> None:
    sent = [
        ("jan@acme.example", "Forgotten", "", GO_LIVE - 2 * DAY),
        ("mia@beta.example", "Older", "", GO_LIVE - 15 * DAY),
        ("kim@gamma.example", "Answered", "", GO_LIVE - 3 * DAY),
        ("lee@delta.example", "Went on", "", GO_LIVE - 3 * DAY),
        ("lee@delta.example", "Re: Went on", "Went on", GO_LIVE + DAY),
        ("ed@epsilon.example", "Live", "", GO_LIVE + DAY),
        ("news@zeta.example", "Bulk", "", GO_LIVE - DAY),
    ]
    for sender, subject, parent, at in sent:
        headers = ["List-Id: <n.zeta.example>"] if subject == "Bulk" else []
        room.arrives(
            letter(sender, subject, message_id=f"{subject}@x".replace(" ", ""), date=at, headers=headers,
                   in_reply_to=f"{parent}@x".replace(" ", "") if parent else ""), at=at
        )  # fmt: skip
    answer = letter(REP, "Re: Answered", "Yes.", to="kim@gamma.example", in_reply_to="Answered@x", date=GO_LIVE - DAY)
    room.arrives(answer, at=GO_LIVE - DAY, folder=b"Sent")
    room.sync()
    (row,) = room.core.ask("forgotten")
    assert (row.subject, row.state, row.due) == ("Forgotten", "idle", None)
