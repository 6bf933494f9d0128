"""`parse`: what mailcrm sees in a mail.

Room: cli. Needs no home.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.documents import document
from mailcrm.cli.helptext import Command
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["parse", "register"]


def parse(
    ctx: typer.Context,
    file: Annotated[list[str], typer.Argument(metavar="FILE", help=_("mails, as they came over the wire"))],
) -> None:
    """Print one compact JSON line a file; 1 where a file couldn't be read."""
    from mailcrm.bootstrap import read_files

    session = session_of(ctx)
    unread = False
    for read in read_files(file):
        unread = unread or "error" in read
        session.out.document(document(read, "UTC"), compact=True)
    if unread:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        cls=Command,
        rich_help_panel=_("Mail"),
        help=_("print what mailcrm sees in a mail, one JSON line a file; needs no home"),
    )(parse)
