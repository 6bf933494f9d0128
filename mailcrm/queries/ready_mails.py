"""Mails about a sample, a quote, an order or an inquiry that are written and wait for a person.

Room: queries. In: its id. Out: drafts, the newest first.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.outbox import Status
from mailcrm.queries.rows import ReadyMailRow
from mailcrm.records import Outgoing
from mailcrm.store.dispatches import WITHOUT_BYTES

__all__ = ["ready_mails"]


def ready_mails(session: Session, about: str) -> tuple[ReadyMailRow, ...]:
    """Return the drafts that are about "s3"."""
    drafts = (
        select(Outgoing)
        .options(WITHOUT_BYTES)
        .where(
            col(Outgoing.about).startswith(f"{about}:", autoescape=True),
            col(Outgoing.state) == Status.DRAFT.value,
            col(Outgoing.thread_id).is_not(None),
        )
        .order_by(col(Outgoing.id).desc())
    )
    return tuple(
        ReadyMailRow(f"x{row.id}", f"t{row.thread_id}", ", ".join(address for _name, address in row.to), row.subject)
        for row in session.exec(drafts)
    )
