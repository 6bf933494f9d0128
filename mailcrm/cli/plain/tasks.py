"""Tasks, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns
from mailcrm.cli.plain.threads import written
from mailcrm.domain.words import _
from mailcrm.queries.rows import TaskRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_task", "show_tasks"]


def show_task(out: Output, row: TaskRow, core: Core) -> None:
    """Print a task."""
    show_tasks(out, (row,), core)


def show_tasks(out: Output, rows: Sequence[TaskRow], core: Core) -> None:
    """Print tasks, one a line."""
    if not rows:
        out.line(_("Nothing is to be done."))
        return
    cells = [
        (row.id, written(row.due, core.zone()), row.owner, row.contact or "", row.thread_id or "", str(row.title))
        for row in rows
    ]
    columns(out, (_("id"), _("due"), _("user"), _("with"), _("thread"), _("task")), cells)
