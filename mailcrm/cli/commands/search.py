"""`search`: find mail.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["register", "search"]


def search(
    ctx: typer.Context,
    query: Annotated[
        list[str],
        typer.Argument(metavar="QUERY", help=_('words, "phrases", Chinese of any length, from: to: before: …')),
    ],
    limit: Annotated[int, typer.Option(metavar="N", min=1, help=_("at most this many (default 50)"))] = 50,
) -> None:
    """Print the hits, the newest first."""
    from mailcrm.cli.plain.threads import show_hits

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("search", query=" ".join(query), limit=limit), show_hits)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(cls=Command, rich_help_panel=_("Work"), help=_("find mail, the newest first"))(search)
