r"""The outbox's state machine: what may happen to a mail on its way out, and when.

Room: domain. In: a `Dispatch`, what happened, the moment. Out: the next `Dispatch`; RefusedByRule where that can't happen to
a mail in this state. Nothing here knows a server or a database: the records carry the columns, the stages do the work.

    draft ─► held (undo window, send later) ─► queued ─► sending ─► sent ─► bounced
                                                 ▲          │├─────► deferred ─► (due again)
                                                 └──────────┘├─────► failed
                                                             └─────► in_doubt ─► sent (found, or a person says so)
                                                                              └► queued (a person has it sent again)
    cancelled from draft, held, queued, deferred and failed

`sending` means that DATA may have begun; the caller commits it before. An explicit answer of the server is certain. Without
one the mail is in doubt, and from in doubt no way leads to an attempt but a person's word: a mail is accepted at most once
plus as often as a person had it sent again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import say

__all__ = [
    "CANCELLABLE",
    "REFERENCE_HEADER",
    "RETRYABLE",
    "WAITING",
    "Dispatch",
    "Status",
    "accepted",
    "begin",
    "bounced",
    "cancel",
    "deferred",
    "due",
    "found",
    "hold",
    "is_looked_for",
    "leaves_at",
    "look_due",
    "looked",
    "lost",
    "orphaned",
    "pause",
    "put_back",
    "put_off",
    "queue",
    "refused",
    "resend",
    "retry",
    "stuck",
]

# Carries what a mail is known by even where a server gives it another Message-ID.
REFERENCE_HEADER = "X-Mailcrm-Reference"

_BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
_LONG_BACK_OFF = timedelta(hours=4)
_SPREAD = 0.2
_GIVE_UP = timedelta(hours=48)
_TELL = timedelta(hours=2)
_LOOKS = (timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30))


class Status(StrEnum):
    """Where an outgoing mail is (safety.md, "The outbox")."""

    DRAFT = "draft"
    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    BOUNCED = "bounced"
    CANCELLED = "cancelled"


WAITING = frozenset({Status.HELD, Status.QUEUED, Status.DEFERRED})
CANCELLABLE = WAITING | {Status.DRAFT, Status.FAILED}
RETRYABLE = frozenset({Status.DEFERRED, Status.FAILED})


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One mail on its way.

    `key` spreads the back-off (the Message-ID). `held_until`: when it is meant to leave. `attempts` counts all of them,
    `failures` those since a person last had a say; `failing_since` is the first of these. `sending_at`: when DATA was about
    to begin. `next_attempt` is the next try of a deferred mail and the next look for one in doubt; `looked_for` counts the looks.
    """

    key: str = ""
    state: Status = Status.DRAFT
    held_until: datetime | None = None
    next_attempt: datetime | None = None
    attempts: int = 0
    failures: int = 0
    failing_since: datetime | None = None
    sending_at: datetime | None = None
    sent_at: datetime | None = None
    looked_for: int = 0


def _only(dispatch: Dispatch, allowed: Iterable[Status]) -> None:
    if dispatch.state not in allowed:
        raise RefusedByRule(
            say("That can't be done with a mail that is {state}.", state=dispatch.state.value),
            say("`mailcrm outbox list` shows where each mail is."),
        )


# -- before it leaves -------------------------------------------------------------------------------------------------


def hold(dispatch: Dispatch, until: datetime) -> Dispatch:
    """Let a draft leave at `until`; now or earlier means at the next tick."""
    _only(dispatch, {Status.DRAFT})
    return replace(dispatch, state=Status.HELD, held_until=until)


def queue(dispatch: Dispatch, now: datetime) -> Dispatch:
    """Let a draft leave at once."""
    _only(dispatch, {Status.DRAFT})
    return replace(dispatch, state=Status.QUEUED, held_until=now)


def due(dispatch: Dispatch, now: datetime) -> bool:
    """Whether the mail is to be handed over now."""
    at = leaves_at(dispatch, now)
    return at is not None and at <= now


def leaves_at(dispatch: Dispatch, now: datetime) -> datetime | None:
    """Return when the mail is next handed over, as far as it is known; None where only a person can make it leave."""
    if dispatch.state is Status.DEFERRED:
        return dispatch.next_attempt
    if dispatch.state is Status.HELD:
        return dispatch.held_until
    return now if dispatch.state is Status.QUEUED else None


def stuck(dispatch: Dispatch, now: datetime) -> bool:
    """Whether the rep has to know that the mail still waits: two hours after it was meant to leave."""
    meant = dispatch.held_until or dispatch.failing_since
    return dispatch.state in WAITING and meant is not None and now - meant >= _TELL


# -- handing it over --------------------------------------------------------------------------------------------------


def begin(dispatch: Dispatch, now: datetime) -> Dispatch:
    """Note that DATA comes next; RefusedByRule where the mail was taken back while the server was being called."""
    _only(dispatch, WAITING)
    return replace(dispatch, state=Status.SENDING, sending_at=now, attempts=dispatch.attempts + 1, next_attempt=None)


def accepted(dispatch: Dispatch, now: datetime) -> Dispatch:
    """Return the mail after an explicit 250."""
    _only(dispatch, {Status.SENDING})
    return replace(dispatch, state=Status.SENT, sent_at=now)


def refused(dispatch: Dispatch) -> Dispatch:
    """Return the mail after an explicit 5xx: only a person has it tried again."""
    tried = _tried(dispatch)
    return replace(tried, state=Status.FAILED, next_attempt=None)


def deferred(dispatch: Dispatch, now: datetime) -> Dispatch:
    """Return the mail after an explicit 4xx, or when the server could not be reached or let nobody in.

    48 hours after the first failure it is given up.
    """
    tried = _tried(dispatch)
    since = tried.failing_since or now
    tried = replace(tried, failures=tried.failures + 1, failing_since=since)
    if now - since >= _GIVE_UP:
        return replace(tried, state=Status.FAILED, next_attempt=None)
    return replace(tried, state=Status.DEFERRED, next_attempt=now + pause(tried.key, tried.failures))


def put_off(dispatch: Dispatch, until: datetime) -> Dispatch:
    """Let a mail that is due wait until then: it was not tried, and nothing failed."""
    _only(dispatch, {Status.QUEUED, Status.DEFERRED})
    return replace(dispatch, state=Status.DEFERRED, next_attempt=until)


def lost(dispatch: Dispatch, now: datetime) -> Dispatch:
    """Return the mail after silence where the answer to DATA was due: nobody knows whether it was accepted."""
    return _doubt(_tried(dispatch), now)


def orphaned(dispatch: Dispatch, now: datetime) -> Dispatch:
    """Return a mail whose sender died in `sending`."""
    _only(dispatch, {Status.SENDING})
    return _doubt(dispatch, now)


def _doubt(dispatch: Dispatch, now: datetime) -> Dispatch:
    """Have it looked for from DATA on, however long the silence was waited for."""
    started = now if dispatch.state in WAITING else dispatch.sending_at or now
    return replace(dispatch, state=Status.IN_DOUBT, sending_at=started, next_attempt=started + _LOOKS[0], looked_for=0)


def _tried(dispatch: Dispatch) -> Dispatch:
    """Count an attempt that ended before DATA; one that came to DATA was counted when it did."""
    _only(dispatch, WAITING | {Status.SENDING})
    return dispatch if dispatch.state is Status.SENDING else replace(dispatch, attempts=dispatch.attempts + 1)


def pause(key: str, failures: int) -> timedelta:
    """Return the pause before the next attempt, spread by ± 20 % so that many mails don't come back at once."""
    pause = _BACK_OFF[failures - 1] if failures <= len(_BACK_OFF) else _LONG_BACK_OFF
    seed = hashlib.sha256(f"{key} {failures}".encode()).digest()[0] / 255
    return pause * (1 - _SPREAD + 2 * _SPREAD * seed)


# -- doubt ------------------------------------------------------------------------------------------------------------


def is_looked_for(dispatch: Dispatch, now: datetime) -> bool:
    """Whether a mail in doubt may still be found by itself: for 30 minutes after DATA."""
    started = dispatch.sending_at
    return dispatch.state is Status.IN_DOUBT and started is not None and now < started + _LOOKS[-1]


def look_due(dispatch: Dispatch, now: datetime) -> bool:
    """Whether a mail in doubt is to be looked for now."""
    return dispatch.state is Status.IN_DOUBT and dispatch.next_attempt is not None and dispatch.next_attempt <= now


def looked(dispatch: Dispatch, now: datetime) -> Dispatch:
    """Note a look that found nothing; after the last one a person has to decide. A late look stands for those it missed."""
    _only(dispatch, {Status.IN_DOUBT})
    started = dispatch.sending_at or now
    looks = max(dispatch.looked_for + 1, sum(started + look <= now for look in _LOOKS))
    following = started + _LOOKS[looks] if looks < len(_LOOKS) else None
    return replace(dispatch, looked_for=looks, next_attempt=following)


def found(dispatch: Dispatch) -> Dispatch:
    """Return a mail in doubt that lies in Sent, came back as a copy, or was sent as a person says: it left when DATA began."""
    _only(dispatch, {Status.IN_DOUBT})
    return replace(dispatch, state=Status.SENT, sent_at=dispatch.sending_at, next_attempt=None)


# -- afterwards -------------------------------------------------------------------------------------------------------


def bounced(dispatch: Dispatch, *, everybody_failed: bool) -> Dispatch:
    """Say of a mail that left whether every recipient's copy came back; another reading of the reports may take it back."""
    _only(dispatch, {Status.SENT, Status.BOUNCED})
    return replace(dispatch, state=Status.BOUNCED if everybody_failed else Status.SENT)


# -- what a person says -----------------------------------------------------------------------------------------------


def cancel(dispatch: Dispatch) -> Dispatch:
    """Take back a mail that has certainly not left."""
    _only(dispatch, CANCELLABLE)
    return replace(dispatch, state=Status.CANCELLED)


def put_back(dispatch: Dispatch, state: Status) -> Dispatch:
    """Undo `cancel`: the mail is again in the `state` it was taken back from."""
    _only(dispatch, {Status.CANCELLED})
    back = replace(dispatch, state=state)
    _only(back, CANCELLABLE)
    return back


def retry(dispatch: Dispatch, now: datetime) -> Dispatch:
    """Try a mail again that was explicitly not accepted."""
    _only(dispatch, RETRYABLE)
    return _anew(dispatch, now)


def resend(dispatch: Dispatch, now: datetime) -> Dispatch:
    """Send a mail in doubt again, with the same bytes and the same Message-ID."""
    _only(dispatch, {Status.IN_DOUBT})
    return _anew(dispatch, now)


def _anew(dispatch: Dispatch, now: datetime) -> Dispatch:
    fresh = replace(dispatch, next_attempt=None, failures=0, failing_since=None)
    return replace(fresh, state=Status.QUEUED, held_until=now)
