"""How the work lies on our people, for people.

Room: cli.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns
from mailcrm.domain.words import _
from mailcrm.queries.rows import LoadRow, TeamLoad
from mailcrm.tui.teamlines import COUNTS, in_time_words, name_words, now_words, worst_words

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_load"]


def show_load(out: Output, load: TeamLoad, core: Core) -> None:
    """Print a line for each of us, the worst first."""
    heads = (_("user"), *(str(count.word) for count in COUNTS.values()), _("in time"), _("waits longest"), _("now"))
    looks = ["bad" if row.counts["overdue"] + row.counts["broken"] else "" for row in load.rows]
    columns(out, heads, [_cells(row, core.zone(), core.now()) for row in load.rows], looks)
    if out.options.quiet:
        return
    out.line(
        _(
            "In time, and by a holding reply: of the mail that came from {start} to {end}.",
            start=load.from_,
            end=load.to,
        )
    )
    if not any(row.colleague for row in load.rows):
        out.line(_("No colleague is written down: `mailcrm team add NAME` adds one."))


def _cells(row: LoadRow, zone: str, now: datetime) -> tuple[str, ...]:
    counts = (str(row.counts[name]) for name in COUNTS)
    return (name_words(row), *counts, in_time_words(row), worst_words(row.worst, zone, now), now_words(row, zone, now))
