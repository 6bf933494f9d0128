"""`pricelist`: what our items cost, from which day on.

Room: cli.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _, say

__all__ = ["diff", "import_", "list_", "register", "show"]


def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("a table: .xlsx, .xls or .csv"))],
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help=_("apply the list; without it only what would change is shown"))
    ] = False,
    version: Annotated[
        str,
        typer.Option(metavar="NAME", help=_("what the list is called (default: as in the file, else the next number)")),
    ] = "",
    valid_from: Annotated[
        str,
        typer.Option(metavar="DAY", help=_("the first day, such as 2026-12-01 (default: as in the file, else today)")),
    ] = "",
    valid_until: Annotated[
        str, typer.Option(metavar="DAY", help=_("the last day (default: as in the file, else until the next list)"))
    ] = "",
    currency: Annotated[
        str, typer.Option(metavar="CODE", help=_("the currency of the prices, where the file doesn't say it"))
    ] = "",
) -> None:
    """Show what a list changes, and apply it."""
    from mailcrm.cli.plain.prices import show_preview

    session = session_of(ctx)
    said = {"version": version, "valid_from": valid_from, "valid_until": valid_until, "currency": currency}
    with session.core() as core:
        preview, new = core.ask("pricelist_preview", file=file, **said)
        if not apply or preview.known:
            session.show(core, preview, show_preview)
            if not preview.known:
                session.out.said(say("Nothing was written. With --apply the list is applied."))
            return
        outcome = core.do("apply_pricelist", new=new)
        session.show(core, replace(preview, applied=True, id=outcome.row.id), show_preview)
        session.out.said(outcome.said)


def list_(ctx: typer.Context) -> None:
    """List the lists."""
    from mailcrm.cli.plain.prices import show_lists

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("pricelists"), show_lists)


def show(
    ctx: typer.Context,
    version: Annotated[str, typer.Argument(metavar="VERSION", help=_("such as v7 (default: valid today)"))] = "",
) -> None:
    """Print a list with its prices."""
    from mailcrm.cli.plain.prices import show_list

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("pricelist", version=version), show_list)


def diff(
    ctx: typer.Context,
    before: Annotated[
        str, typer.Argument(metavar="VERSION", help=_("the earlier list (default: whose place the later one takes)"))
    ] = "",
    after: Annotated[
        str, typer.Argument(metavar="VERSION", help=_("the later list (default: which becomes valid last)"))
    ] = "",
) -> None:
    """Print what changes from one list to another."""
    from mailcrm.cli.plain.prices import show_diff

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("pricelist_diff", before=before, after=after), show_diff)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("our prices and their floors, list by list"))
    group.command("list", cls=Command, help=_("list the price lists, and which one is valid"))(list_)
    group.command("show", cls=Command, help=_("print a price list: the one that is valid today, or another version"))(
        show
    )
    group.command("diff", cls=Command, help=_("what changes from one price list to another, in percent"))(diff)
    group.command("import", cls=Command, help=_("read a price list from a table, show what it changes, and apply it"))(
        import_
    )
    app.add_typer(group, name="pricelist", rich_help_panel=_("Prices"))
