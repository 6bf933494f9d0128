"""`rate`: what the bank buys foreign money for.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["list_", "register", "set_"]


def set_(
    ctx: typer.Context,
    currency: Annotated[str, typer.Argument(metavar="CODE", help=_("the foreign currency, such as USD"))],
    rate: Annotated[str, typer.Argument(metavar="RATE", help=_("what the bank pays for it, such as 7.0912"))],
    source: Annotated[str, typer.Option(metavar="BANK", help=_("whose rate it is, such as “Bank of China”"))],
    on: Annotated[str, typer.Option(metavar="DATE", help=_("the day of the rate; default: today"))] = "",
    per: Annotated[int, typer.Option(metavar="UNITS", help=_("100 where the rate is of a hundred"))] = 1,
    base: Annotated[
        str, typer.Option(metavar="CODE", help=_("what it is paid in; default: [trade] own_currency"))
    ] = "",
) -> None:
    """Write down a rate; cost sheets calculate with it while it is at most three working days old."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(
            core, core.do("set_rate", currency=currency, rate=rate, source=source, on=on, per=per, base=base)
        )


def list_(
    ctx: typer.Context,
    currency: Annotated[str, typer.Argument(metavar="CODE", help=_("of this currency only"))] = "",
    past: Annotated[bool, typer.Option("--past", help=_("those of earlier days, too"))] = False,
) -> None:
    """List the rates that count today."""
    from mailcrm.cli.plain.trade import show_rates

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("exchange_rates", currency=currency, past=past), show_rates)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        cls=CommandList, rich_markup_mode=None, help=_("exchange rates, with whose they are and of when")
    )
    group.command("set", cls=Command, help=_("write down what the bank pays for a currency"))(set_)
    group.command("list", cls=Command, help=_("list the rates that count today, and how old they are"))(list_)
    app.add_typer(group, name="rate", rich_help_panel=_("Prices"))
