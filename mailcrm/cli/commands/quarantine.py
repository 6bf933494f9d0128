"""`quarantine`: mail that could not be read; `reparse`: reading stored mail again; `rebuild`: turns and search index made anew.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _, say

__all__ = ["ignore", "list_", "rebuild", "register", "reparse", "retry", "show"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("an unreadable mail's id, such as q2"))]


def list_(ctx: typer.Context) -> None:
    """List mail that could not be read."""
    from mailcrm.cli.plain.quarantine import show_quarantine

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("quarantine"), show_quarantine)


def show(ctx: typer.Context, item: _Id) -> None:
    """Print a mail as it came."""
    from mailcrm.cli.plain.quarantine import show_unreadable

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("quarantine_item", id=item), show_unreadable)


def retry(
    ctx: typer.Context,
    item: Annotated[
        str | None, typer.Argument(metavar="ID", help=_("an unreadable mail's id, such as q2; default: all of them"))
    ] = None,
) -> None:
    """Try to read it once more."""
    from mailcrm.cli.plain.quarantine import show_reread

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.do("quarantine_retry", id=item).row, show_reread)


def ignore(ctx: typer.Context, item: _Id) -> None:
    """Show it no more."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("quarantine_ignore", id=item))


def reparse(
    ctx: typer.Context,
    every: Annotated[
        bool, typer.Option("--all", help=_("every mail, not only those that another release has read"))
    ] = False,
) -> None:
    """Read stored mail again; cut off and called again, it goes on where it was."""
    from mailcrm.cli.plain.quarantine import show_reread

    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do(
            "reparse",
            every=every,
            progress=lambda _what, done, total: session.out.progress(_("read again"), done, total),
        )
        session.show(core, outcome.row, show_reread)
    for mail, error in outcome.row.errors:
        session.out.error(say("{id} could not be read again and stays as it was: {error}", id=mail, error=error))
    if outcome.row.errors:
        raise typer.Exit(1)


def rebuild(ctx: typer.Context) -> None:
    """Drop all turns and make them again from mails and decisions, and the search index."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("rebuild"))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = _("Mail")
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("mail that could not be read"))
    group.command("list", cls=Command, help=_("list mail that could not be read, and why"))(list_)
    group.command("show", cls=Command, help=_("print such a mail as it came"))(show)
    group.command("retry", cls=Command, help=_("try to read it once more"))(retry)
    group.command("ignore", cls=Command, help=_("show it no more; it stays stored"))(ignore)
    app.add_typer(group, name="quarantine", rich_help_panel=panel)
    app.command(
        cls=Command,
        rich_help_panel=panel,
        help=_("read stored mail again with this release's parser; what people decided stays"),
    )(reparse)
    app.command(
        cls=Command,
        rich_help_panel=panel,
        help=_("make all turns again from mails and decisions, and the search index; says whether a turn differs"),
    )(rebuild)
