"""The table of turns made anew from the ledger: it is a cache, and this shows it.

Room: core. One transaction: nobody ever sees a worklist without its turns.
"""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import Session, select

from mailcrm.core.world import World
from mailcrm.domain.clock.account import Turn
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import RebuildReport
from mailcrm.records import Thread, TurnRecord
from mailcrm.rules.turns import recompute_turns
from mailcrm.store.turns import turn_of

__all__ = ["rebuild"]


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


def _turns(session: Session) -> frozenset[Turn]:
    return frozenset(turn_of(record) for record in session.exec(select(TurnRecord)))
