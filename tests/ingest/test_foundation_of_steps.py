"""History, kept files, numbers and proposals: what samples, quotes and orders stand on. On both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ingest.mailroom import NOW, Mailroom, letter
from sqlmodel import col, select

from mailcrm.domain.errors import NotFound, RefusedByRule
from mailcrm.domain.proposals import Proposal
from mailcrm.domain.steps import Evidence, Machine, Move
from mailcrm.domain.words import say
from mailcrm.records import Message, Paper, ProposalRecord, RawMail, Step, Task
from mailcrm.store.numbers import next_number
from mailcrm.store.papers import NewPaper, keep_paper, paper_named, papers_of, read_paper
from mailcrm.store.proposals import drop_proposals, propose
from mailcrm.store.raws import drop_unused
from mailcrm.store.steps import histories, history, record_step

LAMP = Machine(say("A lamp"), {"off": frozenset({"on"}), "on": frozenset({"off", "broken"})})


def test_a_step_that_there_is_passes_and_any_other_names_what_may_follow() -> None:
    LAMP.check("off", "on")
    with pytest.raises(RefusedByRule, match="A lamp that is on can't become on") as refused:
        LAMP.check("on", "on")
    assert str(refused.value.hint) == "From on it may become: broken, off."
    with pytest.raises(RefusedByRule, match="broken"):
        LAMP.check("broken", "off")


def test_history_is_told_in_the_order_in_which_it_happened_each_noun_its_own(room: Mailroom) -> None:
    sent = Move("made", "shipped", NOW, "wei", (Evidence("paper", "kf1"), Evidence("message", "m2")))
    came = Move(
        "shipped", "delivered", NOW + timedelta(days=3), "mailcrm", (), say("DHL says so: {number}.", number="1")
    )
    with room.world.store.begin() as session:
        record_step(session, "sample", 7, sent)
        record_step(session, "quote", 7, replaced := Move("draft", "ready", NOW, "wei"))
        record_step(session, "sample", 7, came)
    with room.world.store.read() as session:
        assert history(session, "sample", 7) == (sent, came)
        assert histories(session, "quote", [7, 8]) == {7: (replaced,)}
        assert session.exec(select(Step.at)).first() == NOW


def test_a_kept_file_is_kept_once_and_given_back_octet_by_octet(room: Mailroom) -> None:
    photo = NewPaper("photo", "../..\\front view.JPG", b"\xff\xd8" + bytes(range(256)) * 40)
    with room.world.store.begin() as session:
        first = keep_paper(session, "sample", 1, photo, at=NOW, actor="wei")
        again = keep_paper(session, "sample", 1, photo, at=NOW, actor="li")
        other = keep_paper(session, "sample", 2, photo, at=NOW, actor="wei")
        assert (again.id, other.raw_id) == (first.id, first.raw_id)
        assert other.id != first.id
        drop_unused(session, first.raw_id)
    with room.world.store.read() as session:
        kept = paper_named(session, f"kf{first.id}")
        assert read_paper(session, kept) == photo.content
        assert (kept.filename, kept.content_type, kept.size) == ("front view.JPG", "image/jpeg", len(photo.content))
        assert [paper.id for paper in papers_of(session, "sample", [1, 2])] == [first.id, other.id]
        assert session.get(RawMail, first.raw_id) is not None
        with pytest.raises(NotFound, match="kf99"):
            paper_named(session, "kf99")


def test_an_empty_file_is_refused(room: Mailroom) -> None:
    with room.world.store.begin() as session, pytest.raises(RefusedByRule, match=r"a\.jpg has 0 octets"):
        keep_paper(session, "sample", 1, NewPaper("photo", "a.jpg", b""), at=NOW, actor="wei")


def test_numbers_run_on_within_a_year_beyond_four_digits_too(room: Mailroom) -> None:
    """Any column with the series in it will do: here the titles of tasks."""
    with room.world.store.begin() as session:
        given = [next_number(session, Task.title, "SMP", date(2026, 1, 2))]
        for title in ("SMP-2026-0009", "SMP-2026-9999", "SMP-2026-10000", "SMP-2025-12000", "QUO-2026-20000"):
            session.add(Task(title=title, created_at=NOW))
            given.append(next_number(session, Task.title, "SMP", date(2026, 1, 2)))
    assert given == [
        "SMP-2026-0001", "SMP-2026-0010", "SMP-2026-10000", "SMP-2026-10001", "SMP-2026-10001", "SMP-2026-10001",
    ]  # fmt: skip


def _proposed(room: Mailroom, verb: str = "task_add", **arguments: object) -> ProposalRecord:
    room.arrives(letter("jan@acme.example", "A lamp?", "Please look at the drawing of our lamp."))
    room.sync()
    proposal = Proposal(verb, arguments or {"text": "make the sample"}, say("They ask for a sample."))
    with room.world.store.begin() as session:
        mail = session.exec(select(Message)).one()
        assert propose(session, proposal, mail, NOW)
        assert not propose(session, proposal, mail, NOW)
    with room.world.store.read() as session:
        return session.exec(select(ProposalRecord)).one()


def _tasks(room: Mailroom) -> list[str]:
    return [str(row.title) for row in room.core.ask("tasks")]


def test_a_proposal_stands_on_the_list_with_its_reason_and_yes_does_it_once_and_is_taken_back(room: Mailroom) -> None:
    proposal = _proposed(room)
    row = next(row for row in room.core.ask("worklist").rows if row.id == f"j{proposal.id}")
    assert (row.kind, row.band, str(row.why)) == ("question", "step", "They ask for a sample.")
    done = room.core.do("decide", item=row.id, answer="yes")
    assert _tasks(room) == ["make the sample"]
    with pytest.raises(RefusedByRule, match="answered already"):
        room.core.do("decide", item=row.id, answer="yes")
    assert row.id not in {one.id for one in room.core.ask("worklist").rows}
    room.core.do("undo", id=done.action)
    assert _tasks(room) == []
    assert row.id in {one.id for one in room.core.ask("worklist").rows}


def test_no_does_nothing_and_the_same_mail_never_asks_again(room: Mailroom) -> None:
    proposal = _proposed(room)
    room.core.do("decide", item=f"j{proposal.id}", answer="no")
    assert _tasks(room) == []
    with room.world.store.begin() as session:
        mail = session.exec(select(Message)).one()
        assert not propose(session, Proposal("task_add", {"text": "x"}, say("again")), mail, NOW)
        assert session.exec(select(ProposalRecord.answer)).all() == ["no"]


def test_a_proposal_that_was_overtaken_is_gone(room: Mailroom) -> None:
    _proposed(room)
    with room.world.store.begin() as session:
        mail = session.exec(select(Message)).one()
        propose(session, Proposal("delivered_sample", {"id": "s3"}, say("DHL says so."), "sample", 3), mail, NOW)
        drop_proposals(session, "sample", 3, ["delivered_sample"], NOW)
        left = session.exec(select(ProposalRecord.verb).where(col(ProposalRecord.answer) == "")).all()
        assert left == ["task_add"]
        assert session.exec(select(Paper)).all() == []
