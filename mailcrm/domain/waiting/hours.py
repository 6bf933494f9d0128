"""When an unattended nudge may leave: while the customer works, and not in the weeks in which nobody likes to be asked.

Room: domain. In: the instant, the customer's working days, the clocks that he may have. Out: yes or no. In doubt it is no: the
nudge then waits on the worklist for a person.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from mailcrm.domain.clock.office import Office

__all__ = ["CLOSES", "OPENS", "in_quiet_season", "may_leave"]

OPENS, CLOSES = 9, 17
_AUGUST_HOLIDAYS = frozenset({"IT", "FR", "ES"})
_CHRISTMAS, _EPIPHANY = (12, 24), (1, 6)
_AUGUST = 8


def may_leave(now: datetime, calendar: Office, offsets: Collection[int]) -> bool:
    """Whether it is a working day between 9 and 17 by every clock (minutes east of UTC) that the customer may have."""
    there = [
        now.replace(tzinfo=None) + timedelta(minutes=offset) - (now.utcoffset() or timedelta()) for offset in offsets
    ]
    return bool(there) and all(
        OPENS <= local.hour < CLOSES and calendar.is_working_day(local.date()) for local in there
    )


def in_quiet_season(day: date, country: str) -> bool:
    """Whether `day` lies in the weeks of a country's common holidays: Christmas to Epiphany, August in the south."""
    here = (day.month, day.day)
    return here >= _CHRISTMAS or here <= _EPIPHANY or (country in _AUGUST_HOLIDAYS and day.month == _AUGUST)
