"""What stands around the text of a mail: the head line, and what is added to it by itself.

Room: tui. In: what is known of the mail. Out: content and paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.queries.rows import Preview
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.pager import Paragraph

__all__ = ["added", "head_line"]


def head_line(width: int, *, subject: str, template: str, holds: bool, kept: bool) -> Content:
    """Return what is written here, and at the right whether it is kept."""
    title = _("Holding reply") if holds else _("Reply")
    mark = safe.line("  ", (_("✓ draft kept"), "$text-success")) if kept else safe.line("")
    told: list[object] = [(title, "$text-primary bold"), (f"  {subject}", "bold"), (f"  {template}", "$text-accent")]
    left = safe.line(*told, width=max(width - mark.cell_length, 1))
    return Content.assemble(left, " " * (width - left.cell_length - mark.cell_length), mark)


def added(preview: Preview, *, low: bool) -> Sequence[Paragraph]:
    """Return signature and quoted mail; in a low window only what the customer wrote, since a few lines of it are seen."""
    if low and preview.quoted:
        quoted = [line for line in preview.quoted.splitlines() if line.startswith(">")]
        return [Paragraph(((line, "muted"),), 1) for line in quoted]
    told: list[Paragraph] = []
    if preview.signature:
        told.extend([Paragraph(((preview.signature, "muted"),), 1, wraps=True), Paragraph()])
    if preview.quoted:
        told.append(Paragraph(((preview.quoted, "muted"),), 1, wraps=True))
    return told
