"""Outgoing mail between record and value: `domain.outbox.Dispatch` and `domain.sending_queue.Queue`, column by column.

Room: store.
"""

from __future__ import annotations

from sqlalchemy.orm import defer

from mailcrm.domain.outbox import Dispatch, Status
from mailcrm.domain.sending_queue import Queue
from mailcrm.records import MailAccount, Outgoing

__all__ = ["WITHOUT_BYTES", "dispatch_of", "queue_of", "write_dispatch", "write_queue"]

WITHOUT_BYTES = defer(getattr(Outgoing, "raw"))  # noqa: B009  (an attribute to SQLAlchemy, bytes to mypy)
"""The option of a select that lists mails: the mails themselves may weigh megabytes each."""

_SAME = (
    "held_until",
    "next_attempt",
    "attempts",
    "failures",
    "failing_since",
    "sending_at",
    "sent_at",
    "looked_for",
)


def dispatch_of(record: Outgoing) -> Dispatch:
    """Return where a mail is on its way."""
    same = {name: getattr(record, name) for name in _SAME}
    return Dispatch(key=record.message_id, state=Status(record.state), **same)


def write_dispatch(record: Outgoing, dispatch: Dispatch) -> None:
    """Make `record` say what `dispatch` says."""
    for name in _SAME:
        setattr(record, name, getattr(dispatch, name))
    record.state = dispatch.state.value


def queue_of(record: MailAccount) -> Queue:
    """Return an account's line to its outgoing server."""
    return Queue(record.name, record.send_failures, record.send_next_try)


def write_queue(record: MailAccount, queue: Queue) -> None:
    """Make `record` say what `queue` says."""
    record.send_failures, record.send_next_try = queue.failures, queue.rests_until
