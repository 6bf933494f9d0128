"""The Sent copy: what mailcrm sent lies in the Sent folder exactly once.

Room: outbox. Sent is searched by Message-ID and reference before anything is appended; a failure here never sends a mail again, it is
tried at the next tick.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.outbox import Status
from mailcrm.ports import MailSource
from mailcrm.records import Outgoing
from mailcrm.store.engine import Store

__all__ = ["file_copy", "missing_copies"]

_LEFT = (Status.SENT.value, Status.BOUNCED.value)


def missing_copies(session: Session) -> list[tuple[int, int]]:
    """Return (id, account id) of sent mails whose Sent copy is not accounted for yet."""
    rows = session.exec(
        select(Outgoing.id, Outgoing.account_id)
        .where(col(Outgoing.state).in_(_LEFT), col(Outgoing.copy_state) == "")
        .order_by(col(Outgoing.id))
    )
    return [(row_id, account_id) for row_id, account_id in rows if row_id is not None]


def file_copy(store: Store, row_id: int, source: MailSource, sent: bytes, *, server_files_it: bool) -> str:
    """Put the copy into folder `sent` where it isn't; return what became of it: "found", "appended" or "left"."""
    with store.read() as session:
        row = session.get_one(Outgoing, row_id)
    outcome = "found"
    if not source.has_message(sent, row.message_id, row.reference):
        outcome = "left" if server_files_it else "appended"
        if not server_files_it and row.raw is not None:
            source.append(sent, row.raw, row.sent_at or row.created_at)
    with store.begin() as session:
        row = session.get_one(Outgoing, row_id)
        row.copy_state = outcome
        session.add(row)
    return outcome
