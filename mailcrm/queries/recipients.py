"""Whom a mail may go to, while a name or an address is typed.

Room: queries. The people of the customer's company come first, then who is called so, then whose address begins so, then anybody in
whose name or address it stands: each step only while there is room. Nobody is offered who is one of us.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from mailcrm.domain.message import Address
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import RecipientRow
from mailcrm.records import Company, Contact, Thread
from mailcrm.store.finding import thread_id_of

__all__ = ["recipients"]

MOST = 10
_END = "\U0010ffff"
_FEW = 200  # people of one company


def recipients(session: Session, outlook: Outlook, *, text: str, thread: str | None = None) -> tuple[RecipientRow, ...]:
    """Return at most ten people whose name or address has `text` in it; without a text those of the thread's company."""
    typed = text.strip()
    found: dict[str, RecipientRow] = {}
    for condition in _steps(session, typed, thread):
        chosen = select(Contact.name, Contact.address, Company.name).join(Company, isouter=True).where(condition)
        rows = session.exec(chosen.order_by(col(Contact.address)).limit(_FEW if not found else MOST)).all()
        _take(found, rows, typed, outlook)
        if len(found) >= MOST:
            break
    return tuple(found.values())[:MOST]


def _steps(session: Session, typed: str, thread: str | None) -> Iterable[ColumnElement[bool]]:
    """Yield where to look, the nearest first: two steps into an index, and a look through all where those gave too few."""
    company = session.get_one(Thread, thread_id_of(session, thread)).company_id if thread else None
    if company is not None:
        yield col(Contact.company_id) == company
    if typed:
        begin = typed.lower()
        yield (col(Contact.address) >= begin) & (col(Contact.address) < begin + _END)
        yield or_(
            col(Contact.name).icontains(typed, autoescape=True), col(Contact.address).contains(begin, autoescape=True)
        )


def _take(
    found: dict[str, RecipientRow], rows: Sequence[tuple[str, str, str | None]], typed: str, outlook: Outlook
) -> None:
    wanted = typed.casefold()
    fitting = [row for row in rows if wanted in row[0].casefold() or wanted in row[1]]
    for name, address, company in sorted(fitting, key=lambda row: not _begins(row[0].casefold(), wanted)):
        if not outlook.ours.owns(Address(name, address)):
            found.setdefault(address, RecipientRow(name, address, company))


def _begins(name: str, wanted: str) -> bool:
    return any(part.startswith(wanted) for part in (name, *name.split()))
