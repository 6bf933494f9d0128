"""What stands beside the worklist for the row of a sample, a quote or an order.

Room: tui. In: the row, and the page it is about. Out: paragraphs for the pane.
"""

from __future__ import annotations

from datetime import datetime

from mailcrm.domain.words import _
from mailcrm.queries.rows import PageRow, WorklistRow
from mailcrm.tui.deallines import OPEN_SIGN, state_words
from mailcrm.tui.deals import Noun
from mailcrm.tui.times import countdown, moment
from mailcrm.tui.widgets.pager import Paragraph
from mailcrm.tui.worklines import reason_words, who_words

__all__ = ["page_part"]

LAST_STEPS = 5


def page_part(row: WorklistRow, noun: Noun, page: PageRow, zone: str, now: datetime) -> list[Paragraph]:
    """Return what a sample's, a quote's or an order's row is about: why it is here, what is next, what is missing, what was last done."""
    card = page.card
    told = [
        Paragraph(((reason_words(row), "muted"),), wraps=True),
        Paragraph(),
        Paragraph(((card.number, "heading"), (f"  {card.title}", "strong"))),
        Paragraph(((who_words(row), ""),)),
        Paragraph(((str(card.next_step), "strong"),), right=countdown(card.due, now) if card.due else ""),
    ]
    missing = [fact for section in page.sections for fact in section.facts if fact.open_]
    if missing:
        told += [Paragraph(), Paragraph(((_("Missing"), "heading"),))]
        told += [
            Paragraph(((OPEN_SIGN, "warn"), (str(fact.label), ""), (f"  {fact.value}", "warn"))) for fact in missing
        ]
    told += [Paragraph(), Paragraph(((_("Last steps"), "heading"),))]
    for step in page.history[-LAST_STEPS:]:
        what = str(state_words(noun.name, step.to))
        told.append(Paragraph(((what, ""), (f"  {step.actor}", "muted")), right=moment(step.at, zone, now)))
    return told
