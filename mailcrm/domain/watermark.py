"""How far a folder was read: whether there can be news in it only above what is stored.

Room: domain. In: what is stored of a folder, and what the server tells of it. Out: the uid above which new mail lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailcrm.domain.mailboxes import Mailbox, role

__all__ = ["Watermark"]


@dataclass(frozen=True, slots=True)
class Watermark:
    """What is stored of a folder: the columns of `records.Mailbox`, in this order."""

    name: str
    special_use: str
    uidvalidity: int | None
    low_uid: int | None
    high_uid: int | None
    skipped: Sequence[int]

    def top(self, folder: Mailbox, uidvalidity: int | None) -> int | None:
        """Return the uid up to which everything was stored; None where the whole folder has to be looked at.

        That is one of another name or use than before, without numbers that hold, not yet read to its first uid, or with mails
        in it that the server would not hand over. `uidvalidity` is the server's, None or 0 where it tells none.
        """
        as_before = (self.name, self.special_use) == (folder.name, role(folder))
        same_numbers = uidvalidity == self.uidvalidity and bool(uidvalidity)
        return self.high_uid if as_before and same_numbers and self.low_uid == 1 and not self.skipped else None
