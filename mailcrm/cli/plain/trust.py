"""Where mails came from and where their links lead, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.cli.plain.threads import show_warning, written
from mailcrm.domain.words import _
from mailcrm.queries.rows import LinkRow, Person, TrustRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_links", "show_trust"]


def show_trust(out: Output, rows: Sequence[TrustRow], core: Core) -> None:
    """Print the route of each mail, what servers said of its sender, and what to beware of."""
    if not rows:
        out.line(_("No mail of theirs is in this thread."))
    for row in rows:
        _show(out, row, core.zone())


def _show(out: Output, row: TrustRow, zone: str) -> None:
    out.line(f"{row.id}  {row.from_.name} <{row.from_.address}>".replace("  <", " <"), "heading")
    pairs(
        out,
        [
            (_("to"), _people(row.to)),
            (_("Cc"), _people(row.cc)),
            (_("answers go to"), _people(row.reply_to)),
            (_("subject"), row.subject),
            (_("their clock"), written(row.date, zone)),
            (_("arrived"), written(row.arrived_at, zone)),
            (_("Message-ID"), row.message_id),
            (_("handed over by"), " ".join(word for word in (row.sender_host, row.sender_ip) if word)),
            *_verdicts(row),
            (_("defects"), ", ".join(row.defects)),
        ],
    )
    for warning in row.warnings:
        show_warning(out, warning)
    if row.hops:
        cells = [(written(hop.at, zone), f"{hop.delay:+.0f} s", hop.by, hop.from_ or hop.raw) for hop in row.hops]
        columns(out, (_("at"), _("delay"), _("taken by"), _("from")), cells)
    out.line()


def _people(people: Sequence[Person]) -> str:
    return ", ".join(f"{one.name} <{one.address}>" if one.name else one.address for one in people)


def show_links(out: Output, rows: Sequence[LinkRow], _core: Core) -> None:
    """Print the links of mails, one a line: the host first, for that is what counts."""
    if not rows:
        out.line(_("No link is in this thread."))
        return
    cells = [(row.host, "!" if row.misleads or row.foreign else "", row.shown, row.url) for row in rows]
    columns(out, (_("host"), "", _("words"), _("link")), cells)


def _verdicts(row: TrustRow) -> list[tuple[str, str]]:
    """Tell the verdicts, and that they prove nothing where none of our own servers wrote them."""
    found = row.authentication
    if found is None:
        return []
    told = [("SPF", found.spf), ("DKIM", found.dkim), ("DMARC", found.dmarc)]
    if not found.trusted and any(verdict for _name, verdict in told):
        return [*told, (_("believed"), _("no: any server on the way may have written this"))]
    return told
