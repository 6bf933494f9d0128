"""`notices`: what people were told of deadlines.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["list_", "read", "register"]


def list_(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help=_("those that were read too"))] = False,
) -> None:
    """List what you were told of deadlines."""
    from mailcrm.cli.plain.notices import show_notices

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("notices", every=every), show_notices)


def read(
    ctx: typer.Context,
    notice: Annotated[
        str | None, typer.Argument(metavar="ID", help=_("a notice's id, such as n5; without one: all of them"))
    ] = None,
) -> None:
    """Mark notices as read."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("read_notices", id=notice))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("what you were told of deadlines"))
    group.command("list", cls=Command, help=_("list what you were told and have not read, the newest first"))(list_)
    group.command("read", cls=Command, help=_("mark a notice, or all of them, as read"))(read)
    app.add_typer(group, name="notices", rich_help_panel=_("Work"))
