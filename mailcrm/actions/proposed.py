"""Answering a proposal: with yes it is done as the command that it names, with no it isn't, and the same mail never asks again.

Room: actions (a helper of `decide`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import say
from mailcrm.records import Message, ProposalRecord
from mailcrm.store.proposals import CLOSED

__all__ = ["decide_proposal", "take_back_proposal"]


def decide_proposal(session: Session, situation: Situation, proposal_id: int, *, yes: bool) -> Done:
    """Do what was proposed, or note that it is not wanted; RefusedByRule where it was answered before."""
    from mailcrm.actions import registry

    row = session.get_one(ProposalRecord, proposal_id)
    thread_id = session.get_one(Message, row.message_id).thread_id
    if row.answer == CLOSED:
        raise RefusedByRule(
            say("This is suggested no more: it is no customer's mail now."),
            say("`mailcrm explain {id}` tells why; once that is taken back, it is asked again.", id=f"t{thread_id}"),
        )
    if row.answer:
        raise RefusedByRule(say("This was answered already."), say("`mailcrm undo` takes back what was done last."))
    row.answer, row.answered_by, row.answered_at = "yes" if yes else "no", situation.actor, situation.now
    session.add(row)
    before: dict[str, object] = {"proposal": row.id}
    if not yes:
        return Done(say("Not wanted: noted."), thread_id, before=before)
    done = registry()[row.verb](**row.arguments).handle(session, situation)
    if done.before is not None:  # else it was so already
        before |= {"verb": row.verb, "before": dict(done.before)}
    return replace(done, before=before, topic=done.topic or "turns", logged=True)


def take_back_proposal(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
    """Take back what was done with yes, and let the proposal be asked again."""
    from mailcrm.actions import registry

    touched: frozenset[int] = frozenset()
    if "verb" in before:
        touched = registry()[before["verb"]].undo(session, before["before"], situation)
    row = session.get_one(ProposalRecord, before["proposal"])
    row.answer, row.answered_by, row.answered_at = "", "", None
    session.add(row)
    return touched
