"""When a mail arrived: the instant that every clock counts from.

Room: domain. In: what the server, the headers and our own fetch say. Out: `Arrival`. The rule is "Facts about a message"
of the reply clock; INTERNALDATE is RFC 3501 section 2.3.3, Received RFC 5321 section 4.4. All instants are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailcrm.domain.message import ParsedMail, Side

__all__ = ["Arrival", "arrived_at", "dated_in_future", "filed_at", "seen_late"]

# Older than this on arrival, a mail was not delivered but brought: a migration, a drag between accounts.
_OLD_MAIL = timedelta(hours=72)
# Clocks of senders go wrong by minutes, and by an hour around a change to summer time; that is no news to anybody.
_FUTURE_TOLERANCE = timedelta(hours=1)
# The service asks every minute; a mail that lay there for an hour unseen was missed by something that was down.
_UNWATCHED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Arrival:
    """`at`: when it arrived. `old_mail`: it appeared long after that, so it is history. `date_in_future`: so says `Date:`."""

    at: datetime
    old_mail: bool = False
    date_in_future: bool = False


def arrived_at(
    internaldate: datetime | None, received_at: datetime | None, date_header: datetime | None, fetched_at: datetime
) -> Arrival:
    """Return the arrival by INTERNALDATE, the topmost Received stamp, and (both missing) the `Date:` header.

    A stamp at most 72 h earlier than INTERNALDATE is the true arrival of a mail that was moved or copied; one that is
    earlier still makes it old mail; a later one is ignored. Nothing arrives later than it was fetched.
    """
    old_mail = False
    if internaldate is None:
        claimed = received_at or date_header or fetched_at
    elif received_at is None or received_at > internaldate:
        claimed = internaldate
    else:
        claimed = received_at
        old_mail = internaldate - received_at > _OLD_MAIL
    at = min(claimed, fetched_at)
    return Arrival(at, old_mail, date_header is not None and dated_in_future(date_header, at))


def filed_at(mail: ParsedMail, side: Side, file_time: datetime | None) -> datetime | None:
    """Return the arrival of a mail from a file: the topmost Received (not of our own mail), else `Date:`, else the file's."""
    return (None if side is Side.OURS else mail.received_at) or mail.date or file_time


def seen_late(
    arrived: datetime, internaldate: datetime | None, last_look: datetime | None, fetched_at: datetime
) -> int:
    """Return how many seconds after its arrival a mail was seen, where nobody had asked the server for an hour; else 0.

    `last_look` is when the account was last read well before this; None: never, so that nobody could have seen the mail. A mail
    that was dragged in from a folder that isn't read has lain on the server, but was not missed by an outage.
    """
    if internaldate is None or last_look is None or fetched_at - max(internaldate, last_look) < _UNWATCHED:
        return 0
    return int((fetched_at - arrived).total_seconds())


def dated_in_future(date_header: datetime, arrived: datetime) -> bool:
    """Whether a `Date:` header lies more than an hour after the arrival."""
    return date_header - arrived > _FUTURE_TOLERANCE
