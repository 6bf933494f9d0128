"""What is made from the records, made anew: turns, waits and the search index; and open turns after a change of the rule.

Room: core. One transaction each: nobody ever sees a worklist without its turns, or searches half an index.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mailcrm.core.world import World
from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import RebuildReport
from mailcrm.records import Judgement, Thread, TurnRecord, WaitParty, WaitRecord
from mailcrm.rules.clocks import recompute_clocks
from mailcrm.rules.notices import look_again
from mailcrm.rules.turns import Occasion, recompute_turns
from mailcrm.rules.waiting import recompute_waits
from mailcrm.store.bulk import rows, table_of
from mailcrm.store.indexed import rebuild_index
from mailcrm.store.turns import turn_of

__all__ = ["follow_policy", "rebuild"]


def rebuild(world: World) -> tuple[Sentence, RebuildReport]:
    """Drop every turn and make all of them again, and the search index; tell how many turns say something else than before."""
    with world.store.begin() as session:
        before = _turns(session)
        session.execute(delete(TurnRecord))
        session.execute(delete(WaitParty))
        session.execute(delete(WaitRecord))
        session.expire_all()
        threads = [thread_id or 0 for thread_id in session.exec(select(Thread.id))]
        occasion = Occasion(world.clock.now())
        recompute_clocks(session, threads, world.ours(session), world.policies, occasion)
        after = _turns(session)
    with world.store.begin() as session:
        rebuild_index(session)
    report = RebuildReport(len(after), len(before ^ after))
    return say(
        "Turns made anew: {count}; {changed} differ from before.", count=report.turns, changed=report.changed
    ), report


def follow_policy(world: World) -> None:
    """Let open turns and waits follow a rule or a calendar that was changed since; ended turns stay as they were judged."""
    with world.store.read() as session:
        threads = _of_another_rule(session, world.policies.clock) | _of_another_calendar(session, world.policies.clock)
        waits = _of_other_steps(session, world.policies.waiting.version)
    if threads or waits:
        with world.store.begin() as session:
            occasion = Occasion(world.clock.now())
            recompute_turns(session, threads, world.ours(session), world.policies.clock, occasion)
            recompute_waits(session, waits, world.ours(session), world.policies.waiting, {})
            if threads:  # when people are told follows the office's hours and the warning too, where no deadline moved
                look_again(session, world.clock.now())


def _of_other_steps(session: Session, version: str) -> set[int]:
    return set(session.exec(select(WaitRecord.thread_id).where(col(WaitRecord.version) != version)))


def _of_another_rule(session: Session, policy: Policy) -> set[int]:
    changed = col(TurnRecord.policy_version) != policy.version
    return set(session.exec(select(TurnRecord.thread_id).where(*_open_and_unjudged(), changed)))


def _of_another_calendar(session: Session, policy: Policy) -> set[int]:
    """Return the threads whose deadline was counted by days that are others today: a make-up workday was announced."""
    counted = col(TurnRecord.calendar) != ""
    columns = select(TurnRecord.thread_id, TurnRecord.anchor, TurnRecord.due, TurnRecord.calendar)
    office, by_years = policy.office, dict[tuple[int, int], str]()
    changed = set()
    for thread, anchor, due, calendar in session.exec(columns.where(*_open_and_unjudged(), counted)):
        years = anchor.astimezone(office.tz).year, due.astimezone(office.tz).year
        if years not in by_years:
            by_years[years] = office.calendar(anchor, due)
        if by_years[years] != calendar:
            changed.add(thread)
    return changed


def _open_and_unjudged() -> tuple[ColumnElement[bool], ...]:
    # One that ended before, and was reopened by a bounce, stays as it was judged.
    return col(TurnRecord.end) == "", col(TurnRecord.opened_by).not_in(select(Judgement.opened_by))


def _turns(session: Session) -> frozenset[Turn]:
    return frozenset(turn_of(row) for row in rows(session, columns(table_of(TurnRecord))))
