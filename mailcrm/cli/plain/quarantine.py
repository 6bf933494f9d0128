"""Unreadable mail for people, and what reading again came to.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns
from mailcrm.cli.plain.threads import written
from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import QuarantineRow, RereadReport

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_quarantine", "show_reread", "show_unreadable"]


def show_quarantine(out: Output, rows: Sequence[QuarantineRow], _core: Core) -> None:
    """Print mails, one a line, with the reason."""
    if not rows:
        out.line(_("Every mail could be read."))
        return
    cells = [(row.id, written(row.arrived_at, row.zone), str(row.size), _state(row), str(row.error)) for row in rows]
    columns(out, (_("id"), _("arrived"), _("octets"), _("state"), _("why")), cells)


def _state(row: QuarantineRow) -> str:
    return _("ignored") if row.state == "ignored" else _("open")


def show_unreadable(out: Output, row: QuarantineRow, core: Core) -> None:
    """Print one mail as it came."""
    show_quarantine(out, [row], core)
    out.line()
    out.block(row.raw or "")


def show_reread(out: Output, report: RereadReport, _core: Core) -> None:
    """Print how many mails were read again."""
    if out.options.quiet:
        return
    out.line(plural("{count} mail was read again.", "{count} mails were read again.", report.messages))
    out.line(
        plural(
            "{count} mail that was unreadable can be read now; {kept} stay in quarantine.",
            "{count} mails that were unreadable can be read now; {kept} stay in quarantine.",
            report.recovered,
            kept=report.still_unreadable,
        )
    )
