"""What was looked at, line by line: well or not, in words, each with its mend.

Room: tui. In: `DoctorRow`s of `account test`, `doctor`, or of a mailbox that isn't kept yet. Out: paragraphs of a `Pager`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mailcrm.queries.rows import DoctorRow
from mailcrm.tui.widgets.pager import Paragraph

__all__ = ["MAILBOX", "check_lines", "reached"]

# Checks that are about what is in the mailbox; every other one is about reaching a server.
MAILBOX = frozenset({"folders", "sent", "sent_kept", "idle"})


def check_lines(rows: Iterable[DoctorRow]) -> list[Paragraph]:
    """Return a line for each check, and below what failed its mend."""
    told: list[Paragraph] = []
    for row in rows:
        sign, look = ("✓ ", "good") if row.ok else ("✗ ", "bad")
        told.append(Paragraph(((f"{sign}{row.detail}", look if not row.ok else ""),), wraps=True))
        if row.fix is not None and not row.ok:
            told.append(Paragraph(((f"› {row.fix}", "strong"),), 2, wraps=True))
    return told


def reached(rows: Sequence[DoctorRow]) -> bool:
    """Whether both servers let mailcrm in; what is amiss in the mailbox itself can be mended later."""
    return bool(rows) and all(row.ok or row.check in MAILBOX for row in rows)
