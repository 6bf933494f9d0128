"""`paper`: files that are kept with a sample, a quote or an order.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.files import Into, add_commands, hand_over
from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["list_", "open_", "register", "save"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("a kept file's id, such as kf4"))]

_PAGES = {"s": "sample_page", "q": "quote_page", "d": "order_page", "o": "order_page"}


def list_(
    ctx: typer.Context,
    about: Annotated[str, typer.Argument(metavar="ID", help=_("a sample, quote or order: s3, QUO-2026-0007 …"))],
) -> None:
    """List the files that are kept with a sample, a quote or an order."""
    from mailcrm.cli.plain.papers import show_papers

    page = _PAGES.get(about[:1].lower())
    if page is None:
        raise UsageError(say("{id} is no sample, quote or order.", id=about), say("Their ids look like s3, q2 and d4."))
    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask(page, id=about).papers, show_papers)


def save(
    ctx: typer.Context,
    paper: _Id,
    to: Into,
) -> None:
    """Write a kept file into a directory."""
    hand_over(ctx, "save_paper", id=paper, to=to)


def open_(
    ctx: typer.Context,
    paper: _Id,
) -> None:
    """Show a kept file, where it is nothing but something to look at."""
    hand_over(ctx, "open_paper", id=paper)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("files kept with samples, quotes and orders"))
    group.command("list", cls=Command, help=_("list the kept files of a sample, quote or order"))(list_)
    add_commands(group, save, open_)
    app.add_typer(group, name="paper", rich_help_panel=_("Customers"))
