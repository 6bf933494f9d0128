"""Mails of ours that are about a sample, a quote or an order ("s3:feedback"), by the mail that this hangs on.

Room: store.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from mailcrm.records import OrderRecord, Outgoing, QuoteRecord, SampleRecord

__all__ = ["unsent_about"]

_Noun = type[SampleRecord] | type[QuoteRecord] | type[OrderRecord]
_NOUNS: Mapping[str, _Noun] = {"s": SampleRecord, "q": QuoteRecord, "d": OrderRecord}
_ABOUT = re.compile(r"([sqd])(\d{1,18}):.*")


def unsent_about(session: Session, thread_id: int, mails: Collection[int | None]) -> list[int]:
    """Return the mails of a thread that have not become one yet and are about what hangs on one of `mails`."""
    waiting = select(Outgoing.id, Outgoing.about).where(
        col(Outgoing.thread_id) == thread_id, col(Outgoing.stored_message_id).is_(None), col(Outgoing.about) != ""
    )
    return [row for row, about in session.exec(waiting).all() if row is not None and _mail_of(session, about) in mails]


def _mail_of(session: Session, about: str) -> int:
    """Return the mail that a sample, quote or order hangs on; 0 where it hangs on none."""
    found = _ABOUT.fullmatch(about)
    if found is None:
        return 0
    noun = _NOUNS[found[1]]
    return session.exec(select(noun.message_id).where(col(noun.id) == int(found[2]))).first() or 0
