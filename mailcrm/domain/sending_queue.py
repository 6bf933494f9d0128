"""An account's line to its outgoing server: when it rests, and how many mails may leave in a minute.

Room: domain. In: a `Queue`, what happened, the moment. Out: the next `Queue`. A server that can't be reached or lets nobody in
stops the whole line of its account, not the others; each mail of it is tried again by its own back-off besides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailcrm.domain.outbox import pause

__all__ = ["Queue", "free_slots", "queue_failed", "rests"]

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Queue:
    """How often in a row the line failed, and until when it is left alone; `key` spreads the back-off (the account)."""

    key: str = ""
    failures: int = 0
    rests_until: datetime | None = None


def rests(queue: Queue, now: datetime) -> bool:
    """Whether the server is still to be left alone."""
    return queue.rests_until is not None and queue.rests_until > now


def queue_failed(queue: Queue, now: datetime) -> Queue:
    """Return the line after its server could not be reached or let nobody in."""
    failures = queue.failures + 1
    return replace(queue, failures=failures, rests_until=now + pause(queue.key, failures))


def free_slots(sendings: Iterable[datetime], rate_per_minute: int, now: datetime) -> int | None:
    """Return how many mails may leave now, given when others left; None where there is no limit.

    What lies ahead of `now` is of a clock that was set back since, and holds nobody up.
    """
    if not rate_per_minute:
        return None
    return max(0, rate_per_minute - sum(now - _MINUTE < at <= now for at in sendings))
