"""Outgoing mail between record and value: `domain.outbox.Dispatch` and `domain.sending_queue.Queue`, column by column.

Room: store.
"""

from __future__ import annotations

from sqlalchemy.orm import defer

from mailcrm.domain.outbox import Dispatch
from mailcrm.domain.sending_queue import Queue
from mailcrm.records import MailAccount, Outgoing
from mailcrm.store.values import DISPATCH_COLUMNS, dispatch_of

__all__ = ["WITHOUT_BYTES", "dispatch_of", "queue_of", "write_dispatch", "write_queue"]

WITHOUT_BYTES = defer(getattr(Outgoing, "raw"))  # noqa: B009  (an attribute to SQLAlchemy, bytes to mypy)
"""The option of a select that lists mails: the mails themselves may weigh megabytes each."""


def write_dispatch(record: Outgoing, dispatch: Dispatch) -> None:
    """Make `record` say what `dispatch` says."""
    for name in DISPATCH_COLUMNS:
        setattr(record, name, getattr(dispatch, name))
    record.state = dispatch.state.value


def queue_of(record: MailAccount) -> Queue:
    """Return an account's line to its outgoing server."""
    return Queue(record.name, record.send_failures, record.send_next_try)


def write_queue(record: MailAccount, queue: Queue) -> None:
    """Make `record` say what `queue` says."""
    record.send_failures, record.send_next_try = queue.failures, queue.rests_until
