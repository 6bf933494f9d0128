"""`costsheet`: the figures behind a price (核价单).

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["list_", "new", "register", "show"]


def new(  # noqa: PLR0913, PLR0917  (each is an option)
    ctx: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help=_("what is calculated, such as “Oak chair, oiled”"))],
    cost: Annotated[
        str,
        typer.Option(metavar="AMOUNT", help=_("of one piece: a trading company's with VAT, a factory's without it")),
    ],
    charges: Annotated[
        str, typer.Option(metavar="AMOUNT", help=_("domestic charges of one piece; default: none"))
    ] = "",
    sku: Annotated[str, typer.Option(metavar="SKU", help=_("the item's number"))] = "",
    hs: Annotated[str, typer.Option(metavar="CODE", help=_("the HS code, whose refund rate is looked up"))] = "",
    export_on: Annotated[
        str,
        typer.Option(
            "--export", metavar="DATE", help=_("the day of export, which the refund rate is of; default: today")
        ),
    ] = "",
    refund: Annotated[
        str, typer.Option(metavar="SHARE", help=_("the refund rate, where it isn't to be looked up: 9%"))
    ] = "",
    kind: Annotated[
        str, typer.Option(metavar="KIND", help=_("trading or factory; default: [trade] enterprise_kind"))
    ] = "",
    vat: Annotated[str, typer.Option(metavar="SHARE", help=_("default: [trade] vat"))] = "",
    profit: Annotated[str, typer.Option(metavar="SHARE", help=_("of the price; default: [trade] profit"))] = "",
    bank: Annotated[
        str, typer.Option(metavar="SHARE", help=_("bank charges, of the price; default: [trade] bank"))
    ] = "",
    commission: Annotated[
        str, typer.Option(metavar="SHARE", help=_("of the price, such as 5% for C5; default: none"))
    ] = "",
    currency: Annotated[str, typer.Option(metavar="CODE", help=_("of the price; default: [trade] currency"))] = "",
    rate: Annotated[
        str,
        typer.Option(
            metavar="RATE",
            help=_("so much of the cost's currency is one of the price's; default: what `rate set` wrote"),
        ),
    ] = "",
    official: Annotated[
        bool, typer.Option("--official", help=_("a manager's: a quote on it needs no approval for its costs"))
    ] = False,
    note: Annotated[str, typer.Option(metavar="TEXT", help=_("what is to be known of it"))] = "",
) -> None:
    """Calculate the FOB price of a piece; the working is shown line by line."""
    from mailcrm.cli.plain.trade import show_working

    session = session_of(ctx)
    given = {
        "charges": charges,
        "sku": sku,
        "hs": hs,
        "export_on": export_on,
        "refund": refund,
        "kind": kind,
        "vat": vat,
    }
    given |= {
        "profit": profit,
        "bank": bank,
        "commission": commission,
        "currency": currency,
        "rate": rate,
        "note": note,
    }
    with session.core() as core:
        outcome = core.do("new_cost_sheet", item=item, cost=cost, official=official, **given)
        session.report(core, outcome)
        if not session.options.json:
            show_working(session.out, outcome.row, core)


def list_(
    ctx: typer.Context,
    sku: Annotated[str, typer.Option(metavar="SKU", help=_("of this item only"))] = "",
) -> None:
    """List the cost sheets, the youngest first."""
    from mailcrm.cli.plain.trade import show_sheets

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("cost_sheets", sku=sku), show_sheets)


def show(
    ctx: typer.Context,
    sheet: Annotated[str, typer.Argument(metavar="ID", help=_("a cost sheet's id, such as g2"))],
    price: Annotated[
        str, typer.Option(metavar="AMOUNT", help=_("another FOB price: what it would leave, and cost a dollar"))
    ] = "",
) -> None:
    """Print a cost sheet with its working."""
    from mailcrm.cli.plain.trade import show_sheet

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("cost_sheet", id=sheet, price=price), show_sheet)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("what a piece costs, and its FOB price"))
    group.command("new", cls=Command, help=_("calculate the FOB price of a piece from its cost"))(new)
    group.command("list", cls=Command, help=_("list cost sheets"))(list_)
    group.command(
        "show", cls=Command, help=_("print a cost sheet with its working, and what another price would leave")
    )(show)
    app.add_typer(group, name="costsheet", rich_help_panel=_("Prices"))
