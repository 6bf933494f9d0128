"""Our own people, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns
from mailcrm.cli.plain.threads import written
from mailcrm.domain.words import _
from mailcrm.queries.rows import ColleagueRow, PresenceRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_colleagues", "show_presences"]


def show_colleagues(out: Output, rows: Sequence[ColleagueRow], _core: Core) -> None:
    """Print our people, one a line."""
    if not rows:
        out.line(_("Nobody is written down: one rep works alone here."))
        return
    cells = [
        (
            row.name,
            row.display_name,
            row.address,
            _("manager") if row.manager else "",
            row.deputy,
            _("away, {name} stands in").format(name=row.stands_in) if row.away else "",
        )
        for row in rows
    ]
    columns(out, (_("user"), _("name"), _("address"), _("role"), _("deputy"), _("now")), cells)


def show_presences(out: Output, rows: Sequence[PresenceRow], core: Core) -> None:
    """Print absences or duties, one a line."""
    if not rows:
        out.line(_("Nothing is noted."))
        return
    cells = [
        (row.id, row.person, written(row.since, core.zone()), written(row.until, core.zone()), row.deputy)
        for row in rows
    ]
    columns(out, (_("id"), _("user"), _("from"), _("to"), _("deputy")), cells)
