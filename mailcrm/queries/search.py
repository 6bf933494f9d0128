"""Search: words, "phrases", Chinese of any length, and filters, newest first.

Room: queries. In: what a person typed (domain.search_query). Out: the newest mails that fit every part of it.
"""

from __future__ import annotations

from operator import itemgetter

from sqlalchemy import select
from sqlmodel import Session

from mailcrm.domain.snippet import Snippets
from mailcrm.queries.finding import newest, read
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import Person, SearchRow
from mailcrm.records import Message, MessageText
from mailcrm.store.bulk import among, rows, table_of
from mailcrm.store.packs import beginning

__all__ = ["search"]

_mail, _text = table_of(Message).c, table_of(MessageText).c
# What is shown of mails, newest first; not whole records, which cost ten times as much.
_SHOWN = (
    select(
        _mail.id,
        _mail.thread_id,
        _mail.message_id,
        _mail.subject,
        _mail.from_name,
        _mail.from_address,
        _mail.arrived_at,
        _mail.gist,
        _text.packed,
    )
    .join_from(table_of(Message), table_of(MessageText), _text.message_id == _mail.id, isouter=True)
    .where(among(_mail.sort_key))
    .order_by(_mail.sort_key.desc())
)

_AT_ONCE = 500
_LOOKED_AT = 100_000  # octets of a text in which the place to be shown is looked for


def search(session: Session, outlook: Outlook, *, query: str, limit: int = 50) -> tuple[SearchRow, ...]:
    """Return the newest `limit` mails that fit every part of `query`."""
    asked = read(query, outlook)
    shown, keys = Snippets(asked.terms), newest(session, outlook, asked, limit, by=itemgetter(0))
    return tuple(
        SearchRow(
            id=f"m{mail.id}",
            thread_id=f"t{mail.thread_id}",
            message_id=mail.message_id,
            subject=mail.subject,
            from_=Person(mail.from_name, mail.from_address),
            arrived_at=mail.arrived_at,
            snippet=shown.of(beginning(mail.packed, _LOOKED_AT) if mail.packed else "") or mail.gist,
        )
        for start in range(0, len(keys), _AT_ONCE)
        for mail in rows(session, _SHOWN, keys[start : start + _AT_ONCE])
    )
