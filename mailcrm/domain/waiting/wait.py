"""What we wait for, and its state at an instant.

Room: domain. Values only; `replay` makes them. All instants are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

__all__ = ["Wait", "WaitState", "state"]


class WaitState(StrEnum):
    """The states as every JSON document spells them.

    `none`: nobody waits. `waiting`, `nudged`: the next step lies ahead, without and with a nudge so far. `nudge_due`: a
    person, or an automatic step, is to act. `failed`: the address that we wait on doesn't exist.
    """

    NONE = "none"
    WAITING = "waiting"
    NUDGE_DUE = "nudge_due"
    NUDGED = "nudged"
    ANSWERED = "answered"
    PARKED = "parked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Wait:
    """We wait for an answer on a thread.

    `started_by`: the key of the mail or decision that started it, `since` when; `mail` the mail that is waited on, "" where
    the thread has none. `recipients` and `parties` are whom we wait for. `nudges` are the keys of those that were sent.
    `due` is when the next step is due, `number` the nudge that it then takes, None where only a person can say what next. `asked`: `mail` is ours, and nobody of them has
    written since; where a person waits after their answer, it isn't.
    `parked_until`: out of sight until then. `away_until`: when they are back, as their note says. `elsewhere`: a mail of
    theirs on another thread, about which nobody has said yet whether it answers. `end`: "", "answered" or "stopped".
    """

    started_by: str
    since: datetime
    mail: str
    recipients: tuple[str, ...]
    parties: tuple[str, ...]
    due: datetime
    number: int | None
    asked: bool = True
    nudges: tuple[str, ...] = ()
    parked_until: datetime | None = None
    away_until: date | None = None
    elsewhere: str = ""
    failed: bool = False
    end: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""

    @property
    def nudge_wanted(self) -> bool:
        """Whether the next step is a nudge that nobody need look at, and nothing stands against it but the time."""
        stands_against = self.end or self.failed or self.elsewhere or self.parked_until
        return self.number is not None and self.asked and not stands_against


def state(wait: Wait | None, now: datetime) -> WaitState:
    """Return the state at `now`."""
    if wait is None or wait.end == "stopped":
        return WaitState.NONE
    if wait.end:
        return WaitState.ANSWERED
    if wait.failed:
        return WaitState.FAILED
    if now >= wait.due:
        return WaitState.NUDGE_DUE
    if wait.parked_until is not None:
        return WaitState.PARKED
    return WaitState.NUDGED if wait.nudges else WaitState.WAITING
