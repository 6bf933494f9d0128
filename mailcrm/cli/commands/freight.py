"""`freight`: what the carriage of a piece costs.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["piece", "register"]


def piece(
    ctx: typer.Context,
    *,
    carton: Annotated[str, typer.Option(metavar="SIZE", help=_("a carton's size or volume: 60x40x25cm, 0.06"))],
    pieces: Annotated[int, typer.Option(metavar="NUMBER", min=1, help=_("how many pieces a carton holds"))],
    container: Annotated[str, typer.Option(metavar="CODE", help=_("a full container, such as 20GP, 40GP, 40HQ"))] = "",
    rate: Annotated[str, typer.Option(metavar="AMOUNT", help=_('what the container costs, such as "USD 2800"'))] = "",
    lcl: Annotated[str, typer.Option(metavar="AMOUNT", help=_("groupage: what an m³ or ton costs, whichever is more"))] = "",
    weight: Annotated[str, typer.Option(metavar="KG", help=_("a carton's gross weight, such as 14.5"))] = "",
    quantity: Annotated[int, typer.Option(metavar="NUMBER", min=0, help=_("how many pieces are shipped (default: a full container)"))] = 0,
) -> None:  # fmt: skip
    """Print the freight of a piece, with its working."""
    from mailcrm.cli.plain.freight import show_freight

    if bool(lcl) == bool(container or rate) or bool(container) != bool(rate):
        raise UsageError(
            say("Either a container is paid, or groupage."),
            say('Write `--container 40HQ --rate "USD 2800"`, or `--lcl "USD 60" --quantity 500`.'),
        )
    session = session_of(ctx)
    with session.core() as core:
        row = core.ask(
            "freight_piece",
            carton=carton,
            pieces=pieces,
            container=container,
            rate=rate or lcl,
            weight=weight,
            quantity=quantity,
        )
        session.show(core, row, show_freight)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("what the carriage of our goods costs"))
    group.command("piece", cls=Command, help=_("the freight of a piece, from its carton and the rate of a container or of groupage"))(piece)  # fmt: skip
    app.add_typer(group, name="freight", rich_help_panel=_("Prices"))
