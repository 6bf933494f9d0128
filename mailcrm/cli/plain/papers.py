"""Kept files for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.plain.table import columns
from mailcrm.domain.words import _

if TYPE_CHECKING:
    from mailcrm.cli.output import Output
    from mailcrm.core.facade import Core
    from mailcrm.queries.rows import PaperRow

__all__ = ["show_papers"]


def show_papers(out: Output, rows: Sequence[PaperRow], _core: Core) -> None:
    """Print kept files, one a line."""
    if not rows:
        out.line(_("No file is kept with it."))
        return
    cells = [
        (row.id, row.kind, str(row.size), row.valid_until.isoformat() if row.valid_until else "", row.filename)
        for row in rows
    ]
    columns(out, (_("id"), _("kind"), _("bytes"), _("valid until"), _("name")), cells)
