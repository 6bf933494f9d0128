"""Companies and contacts for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.cli.plain.threads import written
from mailcrm.domain.words import Sentence, _
from mailcrm.queries.rows import CompanyRow, ContactRow
from mailcrm.tui.terms import ROLES, term

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_companies", "show_company", "show_contact", "show_contacts"]


def show_companies(out: Output, rows: Sequence[CompanyRow], _core: Core) -> None:
    """Print companies, one a line."""
    if not rows:
        out.line(_("No company is known yet."))
        return
    cells = [
        (
            row.id,
            row.name,
            str(term(ROLES, row.role).title),
            row.country or "",
            str(row.open_turns),
            ", ".join(row.domains),
        )
        for row in rows
    ]
    columns(out, (_("id"), _("name"), _("role"), _("country"), _("open"), _("domains")), cells)


def show_company(out: Output, row: CompanyRow, _core: Core) -> None:
    """Print a company."""
    out.line(f"{row.id}  {row.name}", "heading")
    pairs(
        out,
        [
            (_("role"), str(term(ROLES, row.role).title)),
            (_("why"), _why(row.role_reason)),
            (_("country"), row.country or ""),
            (_("why"), _why(row.country_reason)),
            (_("grade"), row.grade or ""),
            (_("tags"), ", ".join(row.tags)),
            (_("answered within"), row.reply_within or ""),
            (_("domains"), ", ".join(row.domains)),
            (_("contacts"), ", ".join(row.contacts)),
            (_("open"), str(row.open_turns)),
        ],
    )


def _why(reason: Sentence | None) -> str:
    return str(reason) if reason is not None else ""


def show_contacts(out: Output, rows: Sequence[ContactRow], _core: Core) -> None:
    """Print contacts, one a line."""
    if not rows:
        out.line(_("No contact is known yet."))
        return
    cells = [
        (
            row.id,
            row.name,
            row.address,
            str(term(ROLES, row.role).title),
            row.country or "",
            row.language,
            row.company or "",
        )
        for row in rows
    ]
    heads = (_("id"), _("name"), _("address"), _("role"), _("country"), _("language"), _("company"))
    columns(out, heads, cells)


def show_contact(out: Output, row: ContactRow, core: Core) -> None:
    """Print a contact."""
    out.line(f"{row.id}  {row.name or row.address}", "heading")
    pairs(
        out,
        [
            (_("address"), row.address),
            (_("company"), " ".join(word for word in (row.company, row.company_id) if word)),
            (_("role"), str(term(ROLES, row.role).title)),
            (_("why"), _why(row.role_reason)),
            (_("country"), row.country or ""),
            (_("why"), _why(row.country_reason)),
            (_("addressed as"), row.honorific or ""),
            (_("language"), row.language),
            (_("tags"), ", ".join(row.tags)),
            (_("away until"), written(row.away_until, core.zone())),
            (_("wrote last"), written(row.last_wrote_at, core.zone())),
            (_("writes"), _rhythm(row)),
        ],
    )


def _rhythm(row: ContactRow) -> str:
    if row.usual_pause_days is None:
        return ""
    if row.silent:
        return _("every {days} days or so; unusually silent now", days=row.usual_pause_days)
    return _("every {days} days or so", days=row.usual_pause_days)
