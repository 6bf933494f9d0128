"""Why an open turn stands on the worklist: one sentence, the most telling of what is known.

Room: queries.
"""

from __future__ import annotations

from datetime import datetime

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.leaving import Leaving
from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.clock.states import State, deadline
from mailcrm.domain.words import Sentence, active_language, say

__all__ = ["PROMISES", "why"]

PROMISES = frozenset({State.PROMISED, State.PROMISE_UNCONFIRMED, State.PROMISE_AT_RISK, State.PROMISE_BROKEN})
_ON_ITS_WAY = {
    True: say("Our mail leaves {leaves}, in time: due {due}."),
    False: say("Our mail leaves {leaves}, too late: due {due}."),
}


def why(turn: Turn, now_state: State, zone: str, ours: Leaving) -> Sentence:
    """Return the reason of a turn's row; instants are written for `zone`."""
    spoken = {
        name: stamp(at, zone, active_language())
        for name, at in {
            "leaves": ours.leaves_at,
            "due": deadline(turn) if ours.leaves_at else turn.due,
            "until": deadline(turn),
            "anchor": turn.anchor,
            "routed": turn.routed_at,
        }.items()
        if isinstance(at, datetime)
    }
    told = _reason(turn, now_state, ours)
    return Sentence(told.msgid, {**spoken, **told.values})


def _reason(turn: Turn, now_state: State, ours: Leaving) -> Sentence:
    if ours.leaves_at is not None:
        return _ON_ITS_WAY[bool(ours.in_time)]
    if now_state is State.PROMISE_UNCONFIRMED and not turn.bounced:
        return say(
            "We wrote “{sentence}”. A promise for {until} (yes), or was it the answer (no)?", sentence=turn.supposed
        )
    if turn.bounced:
        return say("Our reply was not delivered; the customer still waits, due {due}.")
    if now_state in PROMISES:
        return say("We promised an answer for {until}; the mail is from {anchor}.")
    return _of_its_arrival(turn)


def _of_its_arrival(turn: Turn) -> Sentence:
    if turn.looks_finished:
        return say("Asks nothing: no reply needed? Else due {due}.")
    if turn.seen_late:
        return say(
            "Seen late +{hours} h: the mail server could not be asked. Unanswered since {anchor}, due {due}.",
            hours=f"{turn.seen_late / 3600:.0f}",
        )
    if turn.routed_at is not None:
        return say("Passed on to us {routed}, written {anchor}, due {due}.")
    return say("Unanswered since {anchor}, due {due}.")
