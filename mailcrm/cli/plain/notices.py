"""Notices of deadlines, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.threads import written
from mailcrm.domain.notices.wording import OUTCOMES
from mailcrm.domain.words import _
from mailcrm.queries.rows import DigestRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_notices"]


def show_notices(out: Output, rows: Sequence[DigestRow], core: Core) -> None:
    """Print digests with their lines."""
    if not rows:
        out.line(_("There is nothing that you were told and have not read."))
        return
    for row in rows:
        to = _("to {person}", person=row.person) if row.person else ""
        out.line("  ".join(filter(None, [row.id, written(row.at, core.zone()), str(row.title), to])), "heading")
        for sentence in row.bridge:
            out.line(f"  {sentence}")
        for line in row.lines:
            state = OUTCOMES.get(line.state)
            out.line("  ".join(filter(None, ["", line.thread_id, str(line.said), f"({state})" if state else ""])))
            if line.more and not state:
                out.line(f"    {line.more}")
