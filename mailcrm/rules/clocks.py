"""Turns and waits together: both replay the same ledgers, which are read once for both.

Room: rules. In: thread ids, the policies. Out: the rows of `turn` and `wait`, and the letters of
threads without a turn.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session

from mailcrm.domain.parties import Ours
from mailcrm.domain.policies import Policies
from mailcrm.rules.turns import Occasion, recompute_turns
from mailcrm.rules.waiting import recompute_waits
from mailcrm.store.letters import settle_letters

__all__ = ["recompute_clocks"]

_AT_ONCE = 1_000


def recompute_clocks(
    session: Session,
    thread_ids: Collection[int],
    ours: Ours,
    policies: Policies,
    occasion: Occasion,
) -> None:
    """Make turns and waits what the ledgers of these threads come to, some at a time: ledgers take memory."""
    ids = sorted(thread_ids)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        ledgers = recompute_turns(session, some, ours, policies.clock, occasion)
        recompute_waits(session, some, ours, policies.waiting, ledgers)
        settle_letters(session, ledgers)
