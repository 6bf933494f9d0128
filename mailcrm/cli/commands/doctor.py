"""`doctor`: whether all is well.

Room: cli.
"""

from __future__ import annotations

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["doctor", "register"]


def doctor(ctx: typer.Context) -> None:
    """Print every check with its mend; 1 where one failed."""
    from mailcrm.cli.plain.desk import show_checks

    session = session_of(ctx)
    with session.core() as core:
        rows = core.ask("doctor")
        session.show(core, rows, show_checks)
    if not all(row.ok for row in rows):
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        cls=Command,
        rich_help_panel=_("Start"),
        help=_("check accounts, database, disk, permissions and templates, and say how to mend what is wrong"),
    )(doctor)
