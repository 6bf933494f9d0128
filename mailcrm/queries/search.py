"""Search: words, "phrases", Chinese of any length, and filters, newest first.

Room: queries. In: what a person typed (domain.search_query). Out: the newest mails that fit every part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from mailcrm.domain.snippet import Snippets
from mailcrm.queries.finding import newest, read
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import Person, SearchRow
from mailcrm.records import Message, MessageText
from mailcrm.store.packs import beginning

__all__ = ["search"]

_AT_ONCE = 500
_LOOKED_AT = 100_000  # octets of a text in which the place to be shown is looked for


def search(session: Session, outlook: Outlook, *, query: str, limit: int = 50) -> tuple[SearchRow, ...]:
    """Return the newest `limit` mails that fit every part of `query`."""
    asked = read(query, outlook)
    shown, keys = Snippets(asked.terms), newest(session, outlook, asked, limit, by=itemgetter(0))
    return tuple(
        SearchRow(
            thread_id=f"t{mail.thread_id}",
            message_id=mail.message_id,
            subject=mail.subject,
            from_=Person(mail.from_name, mail.from_address),
            arrived_at=mail.arrived_at,
            snippet=shown.of(beginning(mail.packed, _LOOKED_AT) if mail.packed else "") or mail.gist,
        )
        for start in range(0, len(keys), _AT_ONCE)
        for mail in _mails(session, keys[start : start + _AT_ONCE])
    )


def _mails(session: Session, keys: Sequence[int]) -> Sequence[Any]:
    """Return what is shown of these mails, newest first; not whole records, which cost ten times as much."""
    shown: tuple[Any, ...] = (
        Message.thread_id,
        Message.message_id,
        Message.subject,
        Message.from_name,
        Message.from_address,
        Message.arrived_at,
        Message.gist,
        MessageText.packed,
    )
    chosen = select_columns(*shown).join(MessageText, col(MessageText.message_id) == col(Message.id), isouter=True)
    here = chosen.where(col(Message.sort_key).in_(keys)).order_by(col(Message.sort_key).desc())
    return session.connection().execute(here).all()
