"""Who is told what of deadlines: the engine's tick on both databases. The office is in UTC here, 9 to 12 and 13:30 to 18."""

from __future__ import annotations

import getpass
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from ingest.crowd import crowd
from ingest.mailroom import REP, Mailroom, letter
from sqlalchemy import Connection, event
from sqlmodel import select

from mailcrm.adapters.notify.fake import FakeDesktop
from mailcrm.adapters.secrets.store import SecretStore
from mailcrm.bootstrap.world import assemble
from mailcrm.core.facade import Core
from mailcrm.core.rebuilding import follow_policy
from mailcrm.domain.clock.policy import Policy
from mailcrm.queries.rows import DigestRow, ExplainRow
from mailcrm.records import DigestRecord, NoticeRecord, Outgoing, Thread, TurnRecord

ME = getpass.getuser()  # who has the mail account where nobody is written down
JAN = "jan@acme.example"
MON, TUE, WED, THU, FRI = (datetime(2026, 3, day, tzinfo=UTC) for day in range(2, 7))
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass
class Office:
    """A room whose engine ticks when a test says so."""

    room: Mailroom
    desktop: FakeDesktop = field(default_factory=FakeDesktop)

    def __post_init__(self) -> None:
        self.core = self.engine()

    def engine(self) -> Core:
        """Return an engine as another process would have it: nothing in common but the home."""
        home = self.room.world.home
        world = replace(assemble(home, None, SecretStore(home)), clock=self.room.clock, desktop=self.desktop)
        self.world = replace(world, open_source=self.room.world.open_source)
        return Core(self.world)

    def asks(self, at: datetime, sender: str = JAN, body: str = "Could you quote 500 pieces?", **more: str) -> str:
        """Have a customer's mail arrive at `at` and be fetched then; return its thread."""
        self.room.clock.at = at
        self.room.arrives(letter(sender, f"Valves {at:%d.%m. %H:%M}", body, date=at, **more), at)
        self.core.do("sync")
        return f"t{max(thread.id for thread in self.room.all(Thread))}"

    def tick(self, at: datetime) -> dict[str, list[tuple[str, str]]]:
        """Let the engine look at `at`; return who was told of which threads, and the level."""
        self.room.clock.at = at
        told = self.core.tick_notices()
        return {row.person: [(line.thread_id, line.level) for line in row.lines] for row in told}

    def digests(self) -> tuple[DigestRow, ...]:
        """Return what whoever asks has not read."""
        rows: tuple[DigestRow, ...] = self.core.ask("notices")
        return rows

    def mails(self) -> list[Outgoing]:
        """Return what lies in the outbox."""
        return self.room.all(Outgoing)


@pytest.fixture
def office(room: Mailroom) -> Iterator[Office]:
    made = Office(room)
    yield made
    made.core.close()


def test_a_deadline_is_told_once_and_never_by_sync(office: Office) -> None:
    thread = office.asks(MON + 14 * HOUR)
    office.room.clock.at = TUE + 15 * HOUR
    office.core.do("sync")
    assert office.digests() == ()
    assert office.tick(TUE + 15 * HOUR) == {ME: [(thread, "due")]}
    assert office.tick(TUE + 15 * HOUR) == {}
    assert office.tick(TUE + 16 * HOUR) == {}
    (digest,) = office.digests()
    assert str(digest.title) == "Deadlines: late 1, due soon 0"
    assert [str(line.said) for line in digest.lines] == [
        "Acme: unanswered, was due Tue 3 March 22:00 – Valves 02.03. 14:00"
    ]
    assert office.desktop.shown == [(str(digest.title), str(digest.lines[0].said))]
    assert digest.ways == ("mail", "desktop")


def test_case_31_neither_a_restart_nor_a_rebuild_tells_again(office: Office) -> None:
    thread = office.asks(MON + 10 * HOUR)
    assert office.tick(TUE + 14 * HOUR + 5 * MINUTE) == {ME: [(thread, "four")]}
    office.core.close()
    office.core = office.engine()
    assert office.tick(TUE + 15 * HOUR) == {}
    office.core.do("rebuild")
    assert office.tick(TUE + 15 * HOUR + MINUTE) == {}
    assert office.tick(WED + 10 * HOUR) == {ME: [(thread, "day")]}


def test_case_23_and_38_whatever_has_passed_is_one_notice_each(office: Office) -> None:
    office.core.do("add_person", name="li", address="li@ningbo.example")
    office.core.do("add_person", name="chen", address="chen@ningbo.example", manager=True)
    office.room.clock.at = FRI + 19 * HOUR
    thread = office.asks(FRI + 19 * HOUR)
    office.core.do("assign", thread=thread, to="li")
    monday = FRI + 3 * 24 * HOUR + 9 * HOUR
    assert office.tick(monday) == {"li": [(thread, "four")], "chen": [(thread, "day")]}
    assert {mail.to[0][1] for mail in office.mails()} == {"li@ningbo.example", "chen@ningbo.example"}
    (escalated,) = (row for row in office.room.all(DigestRecord) if row.person == "chen")
    shown = office.core.ask("notice", id=f"n{escalated.id}").lines[0].more
    assert str(shown) == "li has not answered for a day: reassign it, answer it, or say that no reply is needed."


def test_case_36_thanks_are_told_to_nobody(office: Office) -> None:
    office.asks(MON + 10 * HOUR, body="Thanks, have a nice weekend!")
    assert office.room.all(TurnRecord)[0].looks_finished
    for hours in range(0, 240, 3):
        assert office.tick(MON + hours * HOUR) == {}


def test_the_mail_is_ours_to_ourselves_and_no_work_for_anybody(office: Office) -> None:
    office.asks(MON + 10 * HOUR)
    office.tick(TUE + 11 * HOUR)
    (mail,) = office.mails()
    assert (mail.state, mail.thread_id, mail.automatic, mail.copy_state) == ("queued", None, True, "left")
    raw = message_from_bytes(mail.raw or b"")
    assert (raw["From"], raw["To"], raw["Auto-Submitted"]) == (f"mailcrm <{REP}>", REP, "auto-generated")
    assert raw["Subject"] == "mailcrm: Deadlines: late 1, due soon 0"
    body = raw.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "Acme: unanswered, was due Tue 3 March 18:00" in body.decode()
    before = [row.id for row in office.core.ask("worklist", view="all").rows]
    office.room.arrives(mail.raw or b"", TUE + 11 * HOUR)
    office.core.do("sync")
    assert [row.id for row in office.core.ask("worklist", view="all").rows] == before
    assert len(office.room.all(TurnRecord)) == 1
    assert [row.subject for row in office.core.ask("threads")] == ["Valves 02.03. 10:00"]
    with office.room.store.begin() as session:
        session.get_one(Outgoing, mail.id).state = "failed"
    assert [row.id for row in office.core.ask("worklist", view="all").rows] == before
    assert office.tick(TUE + 12 * HOUR - MINUTE) == {}


def test_a_broken_template_an_odd_address_and_an_endless_subject_keep_nobody_from_being_told(office: Office) -> None:
    own = office.room.world.home / "templates" / "en"
    own.mkdir(parents=True, exist_ok=True)
    (own / "notice.txt.j2").write_text("---\ntitle: Mine\n---\n{{ nobody_is_asked }}\n", encoding="utf-8")
    office.core.do("add_person", name="chen", address="no address@@", manager=True)
    office.room.clock.at = MON + 10 * HOUR
    office.room.arrives(letter(JAN, "Valves " * 20_000, date=MON + 10 * HOUR), MON + 10 * HOUR)
    office.core.do("sync")
    assert set(office.tick(TUE + 14 * HOUR)) == {ME, "chen"}
    (mail,) = office.mails()
    assert (mail.to, mail.subject) == ([["", REP]], "mailcrm: Deadlines: late 1, due soon 0")
    assert len(mail.raw or b"") < 2_000


def test_mail_and_desktop_can_be_switched_off(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILCRM__NOTICES__MAIL", "false")
    monkeypatch.setenv("MAILCRM__NOTICES__DESKTOP", "false")
    office.core.close()
    office.core = office.engine()
    thread = office.asks(MON + 10 * HOUR)
    assert office.tick(TUE + 11 * HOUR) == {ME: [(thread, "due")]}
    assert (office.mails(), office.desktop.shown, office.digests()[0].ways) == ([], [], ())


def test_case_4_an_alarm_is_withdrawn_when_the_answer_turns_out_to_be_in_time(office: Office) -> None:
    asked = "q1@acme.example"
    thread = office.asks(MON + 10 * HOUR, message_id=asked)
    office.tick(TUE + 10 * HOUR)
    answer = letter(
        REP, "Re: Valves", "EXW 12.50.", to=JAN, references=[asked], in_reply_to=asked, date=MON + 16 * HOUR
    )
    office.room.arrives(answer, MON + 16 * HOUR, b"Sent")
    office.room.clock.at = TUE + 12 * HOUR
    office.core.do("sync")
    (digest,) = office.digests()
    assert [line.state for line in digest.lines] == ["withdrawn"]
    story: tuple[ExplainRow, ...] = office.core.ask("explain", id=thread)
    assert [(row.event, row.at) for row in story] == [
        ("TurnOpened", MON + 10 * HOUR),
        ("TurnClosed", MON + 16 * HOUR),
        ("NoticeGiven", TUE + 10 * HOUR),
        ("NoticeWithdrawn", TUE + 12 * HOUR),
    ]
    assert office.tick(WED + 12 * HOUR - MINUTE) == {}


def test_an_answer_in_doubt_keeps_a_turn_silent_for_half_an_hour(office: Office) -> None:
    thread = office.asks(MON + 10 * HOUR)
    with office.room.store.begin() as session:
        account = session.exec(select(Thread.account_id)).one() or 0
        session.add(
            Outgoing(
                account_id=account,
                thread_id=int(thread[1:]),
                state="in_doubt",
                actor="li",
                created_at=TUE + 9 * HOUR,
                sending_at=TUE + 9 * HOUR + 50 * MINUTE,
            )
        )
    assert office.tick(TUE + 10 * HOUR) == {}
    assert office.tick(TUE + 10 * HOUR + 19 * MINUTE) == {}
    assert office.tick(TUE + 10 * HOUR + 20 * MINUTE) == {ME: [(thread, "due")]}


def test_before_you_leave_lists_everything_that_is_left_behind(office: Office) -> None:
    overdue, soon, later = (office.asks(at) for at in (MON + 10 * HOUR, MON + 18 * HOUR, TUE + 15 * HOUR))
    office.tick(TUE + 10 * HOUR)
    tomorrow = office.asks(TUE + 9 * HOUR + 30 * MINUTE)
    told = office.tick(TUE + 17 * HOUR)
    # Both of tomorrow have their last warning before it opens. `overdue` was told before, and is left behind all the same.
    assert told == {ME: [(overdue, "four"), (soon, "hour"), (tomorrow, "hour")]}
    assert later not in dict(told[ME])
    assert str(office.digests()[0].title) == "Before you leave: late 1, due before you are back 2"


def test_before_the_holidays_the_list_reaches_over_them_and_says_so(office: Office) -> None:
    # 2026-10-01 to 07 is a holiday in China; Thursday the 8th is the first working day after it.
    eve = datetime(2026, 9, 30, tzinfo=UTC)
    thread = office.asks(eve + 16 * HOUR)
    assert office.tick(eve + 17 * HOUR) == {ME: [(thread, "hour")]}
    (digest,) = office.digests()
    assert [str(sentence) for sentence in digest.bridge] == [
        "7 rest days are ahead: this list reaches to the first hour of Thu 8 October 09:00.",
        "Nobody is on duty until then, and the clock runs on. `mailcrm duty add` names who is told.",
    ]
    assert b"7 rest days are ahead" in (office.mails()[0].raw or b"")


def test_a_duty_that_is_written_down_later_is_heeded(office: Office) -> None:
    office.core.do("add_person", name="wang", address="wang@ningbo.example")
    thread = office.asks(FRI + 18 * HOUR + 30 * MINUTE)
    assert office.tick(FRI + 18 * HOUR + 31 * MINUTE) == {}
    office.core.do("add_presence", person="wang", since="2026-03-07T10:00", until="2026-03-07T20:00", duty=True)
    saturday = FRI + 24 * HOUR
    assert (
        office.tick(saturday + 12 * HOUR) == {}
    )  # 20:00 in the account's zone ... the duty is from 10:00 in the office's
    assert office.tick(saturday + 15 * HOUR) == {"wang": [(thread, "warn")]}


@pytest.mark.parametrize(
    "change",
    [
        lambda policy: replace(policy, warn=8 * HOUR),
        lambda policy: replace(policy, office=replace(policy.office, hours=((time(6), time(11)),))),
    ],
    ids=["warned sooner", "other hours"],
)
def test_settings_that_change_are_heeded_where_no_deadline_moves(
    office: Office, change: Callable[[Policy], Policy]
) -> None:
    office.asks(MON + 15 * HOUR)  # due Tuesday 15:00: at risk, by the settings so far, at 11:00
    office.room.clock.at = MON + 16 * HOUR
    policies = office.world.policies
    world = replace(office.world, policies=replace(policies, clock=change(policies.clock)))
    follow_policy(world)
    office.core = Core(world)
    assert office.tick(MON + 16 * HOUR) == {}
    assert office.tick(TUE + 10 * HOUR) != {}


def test_reading_marks_what_was_read(office: Office) -> None:
    office.asks(MON + 10 * HOUR)
    office.tick(TUE + 10 * HOUR)
    office.tick(TUE + 14 * HOUR)
    first, second = office.digests()
    assert office.core.ask("health").notices == 2
    office.core.do("read_notices", id=second.id)
    assert [row.id for row in office.digests()] == [first.id]
    office.core.do("read_notices")
    assert office.digests() == ()
    assert len(office.core.ask("notices", every=True)) == 2
    assert office.core.ask("health").notices == 0


def test_a_colleague_reads_what_is_told_to_him_alone(office: Office) -> None:
    me = office.room.world.actor
    office.core.do("add_person", name=me.lower(), address="me@ningbo.example")
    office.core.do("add_person", name="chen", manager=True)
    thread = office.asks(MON + 10 * HOUR)
    office.core.do("assign", thread=thread, to=me.lower())
    office.tick(TUE + 14 * HOUR)
    assert [row.person for row in office.digests()] == [me.lower()]
    assert len(office.desktop.shown) == 1


def fired_once(office: Office) -> None:
    rows = office.room.all(NoticeRecord)
    counted = Counter((row.opened_by, row.deadline, row.level, row.role) for row in rows)
    assert set(counted.values()) <= {1}
    lines = Counter(
        (digest.person, line["turn"], line["deadline"], line["level"])
        for digest in office.room.all(DigestRecord)
        for line in digest.lines
        if line["level"] != "leave"
    )
    assert set(lines.values()) <= {1}


def test_two_engines_at_once_tell_each_deadline_once(office: Office) -> None:
    many = 300
    crowd(office.room.store, many, lambda n: TUE + 9 * HOUR + n * MINUTE, lambda _n: TUE)
    other = office.engine()
    ready = threading.Barrier(2)
    failures: list[BaseException] = []
    moments = [TUE + 9 * HOUR + step * 20 * MINUTE for step in range(0, 90, 3)]
    told: list[tuple[datetime, DigestRow]] = []

    def work(core: Core) -> None:
        try:
            for at in moments:
                ready.wait(20)
                office.room.clock.at = at
                ready.wait(20)
                told.extend((at, row) for row in core.tick_notices())
        except BaseException as error:  # noqa: BLE001  (told by the main thread)
            failures.append(error)
            ready.abort()

    threads = [threading.Thread(target=work, args=(core,)) for core in (office.core, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert failures == []
    assert told
    assert max(Counter((at, row.person) for at, row in told).values()) == 1
    fired_once(office)
    told_of = {
        row.opened_by for row in office.room.all(NoticeRecord) if row.level in ("due", "four", "day") and row.people
    }
    assert len(told_of) == many


@contextmanager
def statements(office: Office) -> Iterator[list[tuple[str, Any]]]:
    """Gather the statements that reach the database meanwhile, with their values."""
    seen: list[tuple[str, Any]] = []

    def before(_connection: Connection, _cursor: object, statement: str, values: object, *_more: object) -> None:
        seen.append((statement, values))

    engine = office.world.store.engine
    event.listen(engine, "before_cursor_execute", before)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", before)


def test_a_tick_with_nothing_due_asks_two_indexes_and_reads_no_row(office: Office) -> None:
    crowd(office.room.store, 3_000, lambda n: WED + n * MINUTE, lambda n: TUE + 10 * HOUR + n * MINUTE)
    office.room.clock.at = TUE + 10 * HOUR
    with statements(office) as seen:
        assert office.core.tick_notices() == ()
    turns, orders = (one for one in seen if not one[0].startswith("BEGIN"))
    assert "turn.notice_at <=" in turns[0]
    assert "sales_order.attention <=" in orders[0]
    if office.room.store.is_sqlite:
        with office.room.store.engine.connect() as connection:
            plans = [
                connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one[0]}", one[1]).all() for one in (turns, orders)
            ]
        assert [row[3] for plan in plans for row in plan] == [
            "SEARCH turn USING COVERING INDEX ix_turn_notice_at (notice_at<?)",
            "SEARCH sales_order USING INDEX ix_sales_order_attention (attention<?)",
        ]


def test_sleep_and_a_clock_that_jumps_to_and_fro(office: Office) -> None:
    many = 200
    crowd(office.room.store, many, lambda n: TUE + 6 * HOUR + n * 7 * MINUTE, lambda _n: TUE)
    office.core.do("add_person", name="chen", manager=True)
    now = MON + 20 * HOUR
    for jump in (8 * HOUR, -2 * HOUR, 5 * HOUR, 3 * 24 * HOUR, -30 * HOUR, 8 * HOUR, 24 * HOUR, 72 * HOUR):
        for _tick in range(12):
            now += 30 * MINUTE
            office.tick(now)
        now += jump
        office.core.close()
        office.core = office.engine()
    for _tick in range(60):
        now += 3 * HOUR
        office.tick(now)
    fired_once(office)
    rows = office.room.all(NoticeRecord)
    assert {row.opened_by for row in rows if (row.level, row.role) == ("day", "manager")} == set(range(1, many + 1))
    assert {row.opened_by for row in rows if (row.level, row.role) == ("four", "owner")} == set(range(1, many + 1))
    assert all(turn.notice_at is None for turn in office.room.all(TurnRecord))


def test_every_open_turn_is_looked_at_in_time(office: Office) -> None:
    office.asks(MON + 10 * HOUR)
    (turn,) = office.room.all(TurnRecord)
    assert turn.notice_at == MON + 17 * HOUR  # it is due before the office is back at work
    office.core.do("waive", thread=f"t{turn.thread_id}", reason="spoken to")
    assert office.room.all(TurnRecord)[0].notice_at is None
