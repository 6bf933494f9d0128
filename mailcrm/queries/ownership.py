"""Whose work a thread is.

Room: queries. The owner that a person gave it, else whoever has the mail account, else who asks: nothing belongs to nobody.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.queries.outlook import Outlook
from mailcrm.records import MailAccount, Thread

__all__ = ["Owners"]


class Owners:
    """The owners of all threads, read once for a list."""

    def __init__(self, session: Session, outlook: Outlook) -> None:
        given = session.exec(select(Thread.id, Thread.owner).where(col(Thread.owner) > ""))
        kept = session.exec(select(MailAccount.id, MailAccount.owner).where(col(MailAccount.owner) != ""))
        self._threads: dict[int | None, str] = dict(given.all())
        self._accounts: dict[int | None, str] = dict(kept.all())
        self._actor = outlook.actor

    def of(self, thread_id: int | None, account_id: int | None) -> str:
        """Return the owner of a thread whose mail lies in that account."""
        return self._threads.get(thread_id) or self._accounts.get(account_id) or self._actor
