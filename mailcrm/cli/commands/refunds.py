"""`refund`: how much VAT is refunded, by HS code and day of export.

Room: cli.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["import_", "list_", "register", "set_"]

_LARGEST = 20 * 1024 * 1024


def set_(
    ctx: typer.Context,
    hs: Annotated[str, typer.Argument(metavar="CODE", help=_("an HS code or a heading of it, 4 to 13 digits"))],
    rate: Annotated[str, typer.Argument(metavar="SHARE", help=_("the refund rate, such as 9%"))],
    since: Annotated[str, typer.Option("--from", metavar="DATE", help=_("the first day of export that it holds for"))],
    until: Annotated[
        str, typer.Option("--to", metavar="DATE", help=_("the last one; default: until it is changed"))
    ] = "",
    source: Annotated[str, typer.Option(metavar="TEXT", help=_("where it was read"))] = "",
) -> None:
    """Write down a refund rate; the one before it ends the day before."""
    from mailcrm.cli.plain.trade import show_refunds

    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do("set_refund", hs=hs, rate=rate, since=since, until=until, source=source)
        session.report(core, outcome)
        if not session.options.json:
            show_refunds(session.out, outcome.row, core)


def list_(
    ctx: typer.Context,
    hs: Annotated[str, typer.Argument(metavar="CODE", help=_("what may hold for this code"))] = "",
) -> None:
    """List refund rates."""
    from mailcrm.cli.plain.trade import show_refunds

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("refund_rates", hs=hs), show_refunds)


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=_("a .csv file with the columns hs, rate, from, and perhaps to, source")),
    ],
    apply: Annotated[
        bool, typer.Option("--apply", help=_("write it; without it, only what would change is shown"))
    ] = False,
) -> None:
    """Take over a table of refund rates."""
    from mailcrm.cli.plain.trade import show_import

    content = _read(file)
    session = session_of(ctx)
    with session.core() as core:
        changes = core.ask("refund_preview", content=content)
        if not apply or not session.options.json:
            session.show(core, changes, show_import)
        if apply:
            session.report(core, replace(core.do("import_refunds", content=content), row=changes))


def _read(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(
            say("{file} can't be read: {reason}.", file=file, reason=error.strerror or error), say("Name a .csv file.")
        ) from error
    if len(content) > _LARGEST:
        raise UsageError(say("{file} is too large for a table of rates.", file=file), say("Name a .csv file."))
    return content


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        cls=CommandList, rich_markup_mode=None, help=_("refund rates of VAT, by HS code and day of export")
    )
    group.command("set", cls=Command, help=_("write down a refund rate and the day from which it holds"))(set_)
    group.command("list", cls=Command, help=_("list refund rates"))(list_)
    group.command("import", cls=Command, help=_("take over a table of refund rates from a .csv file"))(import_)
    app.add_typer(group, name="refund", rich_help_panel=_("Prices"))
