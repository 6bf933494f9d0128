"""What of ours is on its way to a customer who waits, and whether it will be in time.

Room: domain. In: an open turn, the outgoing mails of its thread, the moment. Out: a `Leaving`. Nothing here stops a clock: that
is for the server that accepts the mail. But a reply that may have been accepted isn't missing yet: while it is looked for, the
turn isn't red.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.states import deadline
from mailcrm.domain.outbox import WAITING, Dispatch, Status, is_looked_for, leaves_at

if TYPE_CHECKING:
    from mailcrm.domain.clock.ledger import Event, MailSent

__all__ = ["Answer", "Leaving", "answered_meanwhile", "leaving"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An outgoing mail as the clock sees it; `answers_until`: the arrival of the newest mail that its author had seen."""

    dispatch: Dispatch
    answers_until: datetime | None = None


def answered_meanwhile(written_at: datetime, dispatch: Dispatch, events: Iterable[Event]) -> MailSent | None:
    """Return the last reply by which somebody answered since a mail was written that hasn't left: its author is to be told."""
    from mailcrm.domain.clock.ledger import MailSent

    if dispatch.state is not Status.DRAFT and dispatch.state not in WAITING:
        return None
    replies = [one for one in events if isinstance(one, MailSent) and one.at > written_at and not one.automatic]
    return max((one for one in replies if one.recipients), key=lambda one: (one.at, one.key), default=None)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is on its way for a turn.

    `draft`: something was begun. `in_doubt`: nobody knows whether it left; `looked_for`: that may still come out by itself.
    `leaves_at`: when the first one is handed over as far as is known; `in_time`: before the deadline (None: nothing leaves).
    """

    draft: bool = False
    in_doubt: bool = False
    looked_for: bool = False
    leaves_at: datetime | None = None
    in_time: bool | None = None

    @property
    def flags(self) -> tuple[str, ...]:
        """Return the words of the worklist for it."""
        told = {
            "in_doubt": self.in_doubt,
            "scheduled": self.in_time is True,
            "scheduled_late": self.in_time is False,
            "draft": self.draft and self.in_time is None and not self.in_doubt,
        }
        return tuple(name for name, on in told.items() if on)


def leaving(turn: Turn, answers: Iterable[Answer], now: datetime) -> Leaving:
    """Return what of `answers` is on its way for `turn`; what its author wrote before the turn began is none for it."""
    mine = [one.dispatch for one in answers if one.answers_until is None or one.answers_until >= turn.anchor]
    moments = [at for at in (leaves_at(one, now) for one in mine) if at is not None]
    first = max(min(moments), now) if moments else None
    return Leaving(
        draft=any(one.state is Status.DRAFT for one in mine),
        in_doubt=any(one.state is Status.IN_DOUBT for one in mine),
        looked_for=any(is_looked_for(one, now) for one in mine),
        leaves_at=first,
        in_time=first < deadline(turn) if first is not None else None,
    )
