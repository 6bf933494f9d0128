"""`worklist`: what to do, in order.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["register", "worklist"]

_View = Literal["now", "today", "waiting", "samples", "quotes", "unknown", "before-you-leave", "all"]


def worklist(
    ctx: typer.Context,
    view: Annotated[
        _View,
        typer.Option(
            metavar="VIEW", help=_("now (default), today, waiting, samples, quotes, unknown, before-you-leave, all")
        ),
    ] = "now",
    owner: Annotated[str, typer.Option(metavar="USER", help=_("whose work: a user, all, or nobody"))] = "me",
) -> None:
    """Print what to do."""
    from mailcrm.cli.plain.worklist import show_worklist

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("worklist", view=view, owner=owner), show_worklist)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(cls=Command, rich_help_panel=_("Work"), help=_("what to do, the most urgent first"))(worklist)
