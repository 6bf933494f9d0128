"""The report on replies out of real mail: what was imported live, what was answered, held, waived or left. On both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ingest.mailroom import NOW, REP, Mailroom, letter
from sqlalchemy import event

from mailcrm.domain.reports.replies import MeasuredTurn
from mailcrm.queries.rows import RepliesReport

HOUR = timedelta(hours=1)
THANKS = "Thanks, have a nice weekend!"
PROMISE = "We will check with our factory and come back to you on Friday."


def march(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


# Who wrote, when, what; our answer and when, None for silence. NOW is 4 March, 09:00.
Correspondence = tuple[str, datetime, str, tuple[datetime, str] | None]
MAILS: list[Correspondence] = [
    ("ana@valvulas.example", march(1, 2), "Please quote 500 valves.", (march(2, 8), "USD 4.20 a piece.")),
    ("jan@acme.example", march(2, 1), "Please quote 800 pumps.", (march(2, 7), "USD 11 a piece.")),
    ("rui@hidrolar.example", march(2, 2), "Could you send a sample?", (march(2, 12), PROMISE)),
    ("otto@nordwind.example", march(2, 3), "When will order 7 ship?", None),
    ("eva@kolben.example", march(2, 4), "Please quote 50 gaskets.", None),
    ("ida@plast.example", march(3, 1), THANKS, (march(3, 2), "Same to you.")),
    ("mei@harbour.example", march(4, 2), "Please quote 20 hoists.", None),
    ("old@archive.example", datetime(2026, 2, 20, tzinfo=UTC), "Please quote 7 cranes.", None),
]


def written(mails: list[Correspondence], place: Path, by: str = REP) -> None:
    """Put the mails and our answers into files."""
    place.mkdir()
    for number, (sender, at, text, answer) in enumerate(mails):
        name, subject = f"first.{sender}", f"Mail of {sender}"
        (place / f"{number}.eml").write_bytes(letter(sender, subject, text, message_id=name, date=at))
        if answer is not None:
            when, words = answer
            ours = letter(by, f"Re: {subject}", words, to=sender, references=[name], in_reply_to=name, date=when)
            (place / f"{number}a.eml").write_bytes(ours)


@pytest.fixture
def worked(room: Mailroom, tmp_path: Path) -> Mailroom:
    """A room in which these mails arrived; one was waived, one company is graded and placed."""
    written(MAILS, tmp_path / "mails")
    report = room.core.do("import_mail", paths=[str(tmp_path / "mails")], live=True).row
    assert (report.new, report.errors) == (len(MAILS) + 4, ())
    threads = {row.participants[0].address: row for row in room.core.ask("threads")}
    room.core.do("waive", thread=threads["eva@kolben.example"].id, reason="phoned")
    acme = threads["jan@acme.example"].company_id
    room.core.do("edit_company", id=acme, name="Acme Valves", grade="A", country="NL")
    return room


def report(room: Mailroom, **arguments: str) -> RepliesReport:
    found: RepliesReport = room.core.ask("report_replies", **arguments)
    return found


def by_sender(found: RepliesReport) -> dict[str, MeasuredTurn]:
    return {turn.customer: turn for turn in found.turns}


def test_the_figures_of_real_mail(worked: Mailroom) -> None:
    found = report(worked)
    assert (found.from_, found.to, found.zone) == (date(2026, 2, 5), date(2026, 3, 4), "UTC")
    total = found.total
    # Ana 30 h and Otto 54 h late, Jan 6 h in time, Rui 10 h in time by a holding reply.
    assert (total.count, total.answered, total.in_time, total.by_holding, total.late) == (4, 2, 2, 1, 2)
    assert (total.in_time_percent, total.by_holding_percent) == (50.0, 25.0)
    assert (total.median_seconds, total.p90_seconds) == (10 * 3600, 54 * 3600)
    assert (total.open_overdue, total.running, total.waived) == (1, 1, 1)
    assert (total.promises_kept, total.promises_broken, total.promises_kept_percent) == (0, 0, None)


def test_a_measured_row(worked: Mailroom) -> None:
    rows = by_sender(report(worked))
    jan = rows["Acme Valves"]
    assert (jan.rep, jan.country, jan.grade, jan.week) == (worked.world.actor, "NL", "A", "2026-W10")
    assert (jan.anchor, jan.due) == (march(2, 1), march(3, 1))
    assert (jan.first_touch_at, jan.answered_at) == (march(2, 7), march(2, 7))
    assert (jan.first_touch, jan.early_seconds, jan.via_holding, jan.external) == ("met", 18 * 3600, False, True)
    assert jan.policy_version == worked.world.policies.clock.version
    standings = {sender.split("@")[0]: str(turn.standing) for sender, turn in rows.items()}
    assert standings == {
        "Valvulas": "answered", "Acme Valves": "answered", "Hidrolar": "held", "Nordwind": "overdue", "Kolben": "waived",
        "Harbour": "running",
    }  # fmt: skip


def test_groups(worked: Mailroom) -> None:
    (rep,) = report(worked, by="rep").groups
    assert (rep.key, rep.figures) == (worked.world.actor, report(worked).total)
    assert [(group.key, group.figures.count) for group in report(worked, by="grade").groups] == [("A", 1), ("", 3)]
    assert [(group.key, group.figures.count) for group in report(worked, by="country").groups] == [("NL", 1), ("", 3)]
    weeks = [(group.key, group.figures.count) for group in report(worked, by="week").groups]
    assert weeks == [("2026-W09", 1), ("2026-W10", 3)]


def test_reps_are_colleagues_by_name(worked: Mailroom, tmp_path: Path) -> None:
    """Whoever answered is credited, from whatever address of ours; what nobody answered is its owner's."""
    worked.core.do("add_person", name="li", address="li@ningbo.example")
    worked.core.do("assign", thread=by_sender(report(worked))["Nordwind"].thread_id, to="li")
    answers = [("gus@nordlys.example", "li@ningbo.example"), ("ole@fjord.example", "info@ningbo.example")]
    for sender, colleague in answers:
        mails: list[Correspondence] = [(sender, march(2, 9), "Please quote 3 saws.", (march(2, 11), "USD 9."))]
        written(mails, tmp_path / sender, by=colleague)
        worked.core.do("import_mail", paths=[str(tmp_path / sender)], live=True)
    reps = {turn.customer: turn.rep for turn in report(worked).turns}
    assert (reps["Nordlys"], reps["Nordwind"], reps["Fjord"]) == ("li", "li", "info@ningbo.example")
    assert reps["Acme Valves"] == reps["Harbour"] == worked.world.actor


def test_the_period_is_that_of_the_anchor(worked: Mailroom) -> None:
    assert set(by_sender(report(worked, start="2026-03-01", end="2026-03-01"))) == {"Valvulas"}
    assert report(worked, end="2026-02-28").total.count == 0


def test_a_promise_counts_once_a_person_has_confirmed_it(worked: Mailroom) -> None:
    worked.clock.at = march(9, 1)
    assert by_sender(report(worked))["Hidrolar"].promise is None
    worked.clock.at = march(2, 13)
    rui = by_sender(report(worked))["Hidrolar"]
    worked.core.do("decide", item=rui.id, answer="yes")
    assert report(worked).total.promises_broken == 0
    worked.clock.at = march(9, 1)
    total = report(worked).total
    assert (total.promises_broken, total.promises_broken_percent, total.promises_kept_percent) == (1, 100.0, 0.0)


def test_a_promise_that_was_kept(worked: Mailroom) -> None:
    rui = by_sender(report(worked))["Hidrolar"]
    worked.core.do("decide", item=rui.id, answer="yes")
    worked.core.do("answered", thread=rui.thread_id, channel="phone", at=NOW.isoformat(), text="it left today")
    kept = by_sender(report(worked))["Hidrolar"]
    assert (kept.standing, kept.promise, kept.via_holding, kept.first_touch) == ("answered", "kept", True, "met")
    assert (kept.first_touch_at, kept.answered_at) == (march(2, 12), NOW)
    assert report(worked).total.promises_kept_percent == 100.0


def test_a_late_answer_changes_nothing_that_was_decided(worked: Mailroom) -> None:
    before = report(worked).total
    otto = by_sender(report(worked))["Nordwind"]
    worked.core.do("answered", thread=otto.thread_id, channel="phone", at=NOW.isoformat(), text="ships Monday")
    after = report(worked).total
    assert (after.answered, after.open_overdue) == (before.answered + 1, 0)
    assert (after.count, after.in_time_percent, after.p90_seconds) == (before.count, 50.0, 54 * 3600)


@contextmanager
def statements(room: Mailroom) -> Iterator[list[str]]:
    """Note every statement that is run."""
    seen: list[str] = []

    def note(*told: Any) -> None:  # noqa: ANN401  (SQLAlchemy's six arguments)
        seen.append(told[2])

    event.listen(room.store.engine, "before_cursor_execute", note)
    yield seen
    event.remove(room.store.engine, "before_cursor_execute", note)


def test_many_turns_take_as_many_statements_as_few(worked: Mailroom, tmp_path: Path) -> None:
    with statements(worked) as few:
        report(worked)
    more: list[Correspondence] = [
        (f"buyer@firm{n}.example", march(2, 5), "Please quote 9 lamps.", None) for n in range(30)
    ]
    written(more, tmp_path / "more")
    worked.core.do("import_mail", paths=[str(tmp_path / "more")], live=True)
    with statements(worked) as many:
        assert report(worked).total.count == 34
    assert len(many) == len(few)
    assert sum("FROM turn" in each for each in many) == 1
