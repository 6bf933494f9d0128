"""Accounts and checks for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns
from mailcrm.cli.plain.threads import written
from mailcrm.domain.words import _
from mailcrm.queries.rows import AccountRow, DoctorRow, ProviderRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_accounts", "show_checks", "show_providers"]


def show_accounts(out: Output, rows: Sequence[AccountRow], _core: Core) -> None:
    """Print accounts, one a line, with what troubles them below."""
    if not rows:
        out.line(_("There is no account yet; `mailcrm account add` makes one."))
        return
    cells = [
        (
            row.name,
            row.user,
            written(row.last_good_poll, row.zone) or _("never"),
            row.zone,
            f"{row.imap}  {row.smtp}",
        )
        for row in rows
    ]
    columns(out, (_("name"), _("user"), _("last read"), _("zone"), _("servers")), cells)
    for row in rows:
        if row.trouble is not None:
            out.line(_("{name}: {trouble}", name=row.name, trouble=row.trouble), "bad")
        if row.next_try is not None:
            out.line(_("{name} is tried again at {at}.", name=row.name, at=written(row.next_try, row.zone)))


def show_checks(out: Output, rows: Sequence[DoctorRow], _core: Core) -> None:
    """Print checks, one a line; the mend stands below the one that failed."""
    for row in rows:
        sign, look = ("✓", "good") if row.ok else ("✗", "bad")
        out.line(f"{sign} {row.check}: {row.detail}", look)
        if not row.ok and row.fix is not None:
            out.line(f"  {row.fix}")


def show_providers(out: Output, rows: Sequence[ProviderRow], _core: Core) -> None:
    """Print each provider with its servers, and below what it wants and where to click for it."""
    for row in rows:
        out.line(
            _("{name}: {domains}", name=row.name, domains=", ".join(row.domains)) if row.domains else str(row.name)
        )
        out.line(f"  {row.imap}  {row.smtp}")
        if row.guessed:
            guessed = _("These servers are a guess: most providers call theirs so.")
            out.line(f"  {guessed}")
        if row.hint is not None:
            out.line(f"  {row.hint}")
