"""Mail that no parser survived, as people see it.

Room: queries.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.words import Sentence
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import QuarantineRow
from mailcrm.records import MailAccount, QuarantinedMail, RawMail
from mailcrm.store.finding import number
from mailcrm.store.raws import read_raw

__all__ = ["quarantine", "quarantine_item"]

_SHOWN = 64_000


def quarantine(session: Session, outlook: Outlook) -> tuple[QuarantineRow, ...]:
    """Return the mails in quarantine, the newest first; ignored ones too."""
    rows = session.exec(select(QuarantinedMail).order_by(col(QuarantinedMail.arrived_at).desc()))
    return tuple(_row(session, outlook, row) for row in rows)


def quarantine_item(session: Session, outlook: Outlook, *, id: str) -> QuarantineRow:  # noqa: A002  (as on the command line)
    """Return one mail with its first 64,000 octets as text."""
    row = session.get_one(QuarantinedMail, number(id, "h", "quarantined mail"))
    return _row(session, outlook, row, read_raw(session, row.raw_id)[:_SHOWN].decode("utf-8", "replace"))


def _row(session: Session, outlook: Outlook, row: QuarantinedMail, raw: str | None = None) -> QuarantineRow:
    account = session.get(MailAccount, row.account_id) if row.account_id else None
    return QuarantineRow(
        id=f"h{row.id}",
        arrived_at=row.arrived_at,
        account=account.name if account else None,
        size=session.exec(select(RawMail.size).where(col(RawMail.id) == row.raw_id)).one(),
        error=Sentence.from_json(row.error),
        parser_version=row.parser_version,
        state=row.state,
        zone=account.zone if account else outlook.zone,
        raw=raw,
    )
