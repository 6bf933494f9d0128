"""When a mail that is sent later leaves: a time as a person says it, or the customer's morning.

Room: domain. In: what was typed, the moment, our office, the customer's calendar by her own clock. Out: an aware UTC instant in
the future.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from mailcrm.domain.clock.estimate import instant_of
from mailcrm.domain.clock.office import Office
from mailcrm.domain.errors import ComposeError, RefusedByRule
from mailcrm.domain.words import say

__all__ = ["MORNING", "next_morning", "sending_time"]

MORNING = frozenset({"morning", "早上", "客户早上"})
_NINE = time(9)


def next_morning(now: datetime, there: Office) -> datetime:
    """Return the next 09:00 on a working day by the customer's clock."""
    today = now.astimezone(there.tz).date()
    nine = datetime.combine(today, _NINE, there.tz)
    if nine <= now or not there.is_working_day(today):
        nine = datetime.combine(there.working_day_after(today), _NINE, there.tz)
    return nine.astimezone(UTC)


def sending_time(text: str, now: datetime, office: Office, there: Office | None) -> datetime:
    """Return when to send: "morning" by the customer's clock, else as an estimate is written, by ours.

    RefusedByRule for an empty or past time; ComposeError where the customer's clock is not known.
    """
    words = text.strip().lower()
    if words in MORNING:
        if there is None:
            raise ComposeError(
                say("Nobody knows yet what time it is at the customer's."),
                say("Say where the company is with `mailcrm company edit ID --country DE`, or give a time with --at."),
            )
        return next_morning(now, there)
    instant = instant_of(text, now, office) if words else now
    if instant <= now:
        raise RefusedByRule(
            say("The mail must leave at a time to come."), say('Write "morning", "tomorrow 09:00" or "+3h".')
        )
    return instant
