"""The worklist for people: the head line's counts, then the rows under their bands.

Room: cli.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns
from mailcrm.domain.quotes.states import QUOTE_STATE_WORDS, QuoteState
from mailcrm.domain.samples.states import STATE_WORDS, SampleState
from mailcrm.domain.words import _, say
from mailcrm.queries.rows import Worklist, WorklistRow
from mailcrm.tui.terms import BANDS, DELIVERY, FLAGS, STATES, term
from mailcrm.tui.times import countdown

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_worklist"]

_PROPOSAL = "j"  # what is proposed is answered by its own id, `mailcrm decide j5 yes`
_COUNTS = {
    "needs_you": say("needs you"),
    "broken": say("broken promises"),
    "chased": say("chased"),
    "complaints": say("complaints"),
    "looks_finished": say("looks finished"),
    "unknown": say("unknown"),
    "others": say("others"),
    "handled_silently": say("handled silently"),
}


def show_worklist(out: Output, found: Worklist, core: Core) -> None:
    """Print a view of the worklist."""
    counts = [f"{found.counts[name]} {title}" for name, title in _COUNTS.items() if found.counts.get(name)]
    out.line(" · ".join(counts) or _("Nobody waits for you."), "heading")
    for band, rows in groupby(found.rows, lambda row: row.band):
        out.line()
        out.line(str(term(BANDS, band).title), "heading")
        columns(out, (_("id"), _("due"), _("state"), _("from"), _("subject")), [_cells(row, core) for row in rows])


def _state(row: WorklistRow) -> str:
    """Return where it stands, with what of ours is on its way."""
    if row.kind == "sample":
        return str(STATE_WORDS[SampleState(row.state)])
    if row.kind in ("quote", "approval"):
        return str(QUOTE_STATE_WORDS[QuoteState(row.state)])
    table = DELIVERY if row.kind == "outbox" else STATES
    told = [flag for flag in row.flags if flag in ("scheduled", "scheduled_late", "in_doubt")]
    return "; ".join([str(term(table, row.state).title), *(str(term(FLAGS, flag).title) for flag in told)])


def _cells(row: WorklistRow, core: Core) -> tuple[str, ...]:
    who = row.contact or row.company or ""
    firm = ", ".join(word for word in (row.company if row.contact else None, row.country) if word)
    about = " — ".join(word for word in (row.subject, row.gist) if word)
    return (
        row.id if row.id.startswith(_PROPOSAL) else row.ref,
        countdown(row.due, core.now()) if row.due else "",
        _state(row),
        f"{who} ({firm})" if firm else who,
        about,
    )
