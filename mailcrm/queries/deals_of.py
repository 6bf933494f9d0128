"""What is open of a customer's samples, quotes and orders, as cards.

Room: queries. In: the numbers of the customer's contacts. Out: cards, samples before quotes before orders.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from mailcrm.queries.order_board import order_board
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.quote_board import quote_board
from mailcrm.queries.rows import BoardRow
from mailcrm.queries.sample_board import sample_board
from mailcrm.records import OrderRecord, QuoteRecord, SampleRecord

__all__ = ["deals_of"]

_BOARDS = (("s", SampleRecord, sample_board), ("q", QuoteRecord, quote_board), ("d", OrderRecord, order_board))


def deals_of(session: Session, outlook: Outlook, people: Sequence[int | None]) -> tuple[BoardRow, ...]:
    """Return the cards of these contacts that are not over; a board is only asked where they have something on it."""
    found: list[BoardRow] = []
    for letter, record, board in _BOARDS:
        theirs = select(col(record.id)).where(col(record.contact_id).in_(people))
        ids = {f"{letter}{number}" for number in session.exec(theirs)}
        found.extend(card for card in (board(session, outlook) if ids else ()) if card.id in ids)
    return tuple(found)
