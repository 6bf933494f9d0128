"""Leave to move a promise once more than the rule allows: that is a manager's to give.

Room: actions.
"""

from __future__ import annotations

from sqlmodel import Session

from mailcrm.actions.command import Situation
from mailcrm.actions.deciding import open_turns
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import say
from mailcrm.store.team import load_team

__all__ = ["leave_to_extend"]


def leave_to_extend(session: Session, thread_id: int, situation: Situation, manager_agreed: str) -> str:
    """Return who gives leave to a new estimate on the thread, "" where none is needed; RefusedByRule without it.

    A manager gives it by sending the mail. Where nobody is written down as a manager, one rep works alone: then the name of
    whoever agreed (`manager_agreed`) is enough, and stays in the ledger.
    """
    most = situation.policies.clock.promise_extensions
    promised = [turn for turn in open_turns(session, thread_id) if turn.promised_until and not turn.supposed_by]
    if not any(turn.extensions >= most for turn in promised):
        return ""
    team = load_team(session)
    if situation.actor in team.managers():
        return situation.actor
    if not team.managers() and manager_agreed.strip():
        return manager_agreed.strip()
    hint = say("Answer in full; or agree it with your manager, and send it again with `--manager-agreed NAME`.")
    if team.managers():
        hint = say("Answer in full, or let a manager send it: {names}.", names=", ".join(team.managers()))
    raise RefusedByRule(
        say("This promise was moved {most} times already; to move it again is for a manager to say.", most=most), hint
    )
