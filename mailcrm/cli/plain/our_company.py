"""Our own companies and bank accounts, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.cli.plain.threads import written
from mailcrm.domain.words import _
from mailcrm.queries.rows import BankRow, EntityRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_accounts", "show_entities", "show_entity"]

_LOOKS = {"registered": "good", "proposed": "warn", "withdrawn": "muted"}


def show_entities(out: Output, rows: Sequence[EntityRow], _core: Core) -> None:
    """Print our companies, one a line."""
    if not rows:
        out.line(_("Our own company is not written down yet."))
        return
    cells = [(row.id, row.name_en or row.name_zh, row.name_zh if row.name_en else "", row.phone) for row in rows]
    columns(out, (_("id"), _("name"), _("in Chinese"), _("phone")), cells)


def show_entity(out: Output, row: EntityRow, _core: Core) -> None:
    """Print what stands in a letterhead."""
    out.line(row.name_en or row.name_zh, "heading")
    pairs(
        out,
        [
            (_("id"), row.id),
            (_("in Chinese"), row.name_zh if row.name_en else ""),
            (_("address"), row.address_en),
            (_("address in Chinese"), row.address_zh),
            (_("phone"), row.phone),
            (_("mail"), row.mail),
            (_("web site"), row.web),
            (_("tax number"), row.tax_id),
            (_("logo"), row.logo or ""),
        ],
    )


def show_accounts(out: Output, rows: Sequence[BankRow], core: Core) -> None:
    """Print our accounts: the block as documents bear it, and what became of each."""
    if not rows:
        out.line(_("No bank account is written down yet."))
    states = {"registered": _("registered"), "proposed": _("proposed"), "withdrawn": _("withdrawn")}
    for place, row in enumerate(rows):
        if place:
            out.line()
        out.line(f"{row.id}  {row.currency}  {states[row.state]}", _LOOKS[row.state])
        out.block(row.block, "    ")
        for step in row.history:
            shown = " · ".join(
                [*(evidence.brief for evidence in step.evidence), *([str(step.reason)] if step.reason else [])]
            )
            told = f"{written(step.at, core.zone())}  {step.actor}: {states[step.to]}"
            out.line(f"    {told}{f' ({shown})' if shown else ''}", "muted")
