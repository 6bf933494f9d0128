"""What the worklist's lines are: rows under the headings of their bands, and groups that are folded; and what a row tells by itself.

Room: tui. In: rows of the worklist. Out: lines for the list, paragraphs for the pane beside it until the mail can be read.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import groupby

from mailcrm.queries.rows import WorklistRow
from mailcrm.tui.times import day_and_time
from mailcrm.tui.widgets.pager import Paragraph
from mailcrm.tui.worklines import reason_words, who_words

__all__ = ["GROUP", "WorkItem", "at_first", "folded_items", "work_items"]

GROUP = "group:"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A line of the list: a row, or (`row` None) the heading of `band` with the number of its rows.

    The heading of a folded group has a key: the cursor stops there, and `unfolded` tells whether its rows follow.
    """

    key: str
    band: str
    count: int = 0
    row: WorklistRow | None = None
    unfolded: bool = False


def work_items(rows: Sequence[WorklistRow], height: int) -> list[WorkItem]:
    """Return `rows` with a heading before each band, and an empty line before it where all fits into `height`."""
    items: list[WorkItem] = []
    bands = len({row.band for row in rows})
    airy = len(rows) + 2 * bands - 1 <= height
    for band, group in groupby(rows, key=lambda row: row.band):
        members = list(group)
        if items and airy:
            items.append(WorkItem("", ""))
        items.append(WorkItem("", band, len(members)))
        items.extend(WorkItem(row.id, band, row=row) for row in members)
    return items


def folded_items(rows: Sequence[WorklistRow], unfolded: Container[str]) -> list[WorkItem]:
    """Return a heading for each folded band of `rows`, with its rows where it is unfolded."""
    items: list[WorkItem] = []
    for band, group in groupby(rows, key=lambda row: row.band):
        members = list(group)
        items.append(WorkItem(f"{GROUP}{band}", band, len(members), unfolded=band in unfolded))
        if band in unfolded:
            items.extend(WorkItem(row.id, band, row=row) for row in members)
    return items


def at_first(row: WorklistRow, zone: str) -> list[Paragraph]:
    """Return what the row itself tells of its mail, until the mail can be read."""
    at = day_and_time(row.arrived_at, zone) if row.arrived_at else ""
    return [
        Paragraph(((reason_words(row), "muted"),), wraps=True),
        Paragraph(),
        Paragraph(((row.subject, "strong"),), wraps=True),
        Paragraph(),
        Paragraph(((who_words(row), "heading"),), right=at),
        Paragraph(),
        Paragraph(((row.gist, ""),), wraps=True),
    ]
