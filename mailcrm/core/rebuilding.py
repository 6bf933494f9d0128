"""The table of turns made anew from the ledger: it is a cache, and this shows it; and open turns after a change of the rule.

Room: core. One transaction: nobody ever sees a worklist without its turns.
"""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mailcrm.core.world import World
from mailcrm.domain.clock.account import Turn
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import RebuildReport
from mailcrm.records import Judgement, Thread, TurnRecord
from mailcrm.rules.turns import recompute_turns
from mailcrm.store.turns import turn_of

__all__ = ["follow_policy", "rebuild"]


def rebuild(world: World) -> tuple[Sentence, RebuildReport]:
    """Drop every turn and make all of them again; tell how many there are and how many say something else than before."""
    with world.store.begin() as session:
        before = _turns(session)
        session.execute(delete(TurnRecord))
        session.expire_all()
        threads = [thread_id or 0 for thread_id in session.exec(select(Thread.id))]
        recompute_turns(session, threads, world.ours(session), world.policy)
        after = _turns(session)
    report = RebuildReport(len(after), len(before ^ after))
    return say(
        "Turns made anew: {count}; {changed} differ from before.", count=report.turns, changed=report.changed
    ), report


def follow_policy(world: World) -> None:
    """Let open turns follow a rule that was changed since they were made; ended ones stay as they were judged."""
    stale = (
        col(TurnRecord.end) == "",
        col(TurnRecord.policy_version) != world.policy.version,
        col(TurnRecord.opened_by).not_in(select(Judgement.opened_by)),  # ended before, and reopened by a bounce
    )
    with world.store.read() as session:
        threads = set(session.exec(select(TurnRecord.thread_id).where(*stale)))
    if threads:
        with world.store.begin() as session:
            recompute_turns(session, threads, world.ours(session), world.policy)


def _turns(session: Session) -> frozenset[Turn]:
    return frozenset(turn_of(record) for record in session.exec(select(TurnRecord)))
