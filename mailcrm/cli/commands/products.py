"""`product`: what we sell.

Room: cli.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

from mailcrm.cli.fields import fields_of
from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["edit", "import_", "list_", "new", "register", "show"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("a product's id, such as p7, or its item number"))]
_Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help=_(
            "name_en, name_zh, specification, material, hs, refund_rate, unit, pcs_per_carton, carton (60x40x30), cbm, net_weight, gross_weight, moq, lead_time; may be repeated"
        ),
    ),
]
_Certificate = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help=_('a certificate, with its last day: "CE 2027-05-01"; may be repeated')),
]
_Answer = Annotated[
    list[str] | None,
    typer.Option(metavar="QUESTION=ANSWER", help=_("what we say to a usual question; may be repeated")),
]


def list_(
    ctx: typer.Context,
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help=_("only those in whose number, names or specification they stand"))
    ] = "",
) -> None:
    """List products."""
    from mailcrm.cli.plain.products import show_products

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("products", words=words), show_products)


def show(ctx: typer.Context, product: _Id) -> None:
    """Print a product."""
    from mailcrm.cli.plain.products import show_product

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("product", id=product), show_product)


def new(
    ctx: typer.Context,
    sku: Annotated[str, typer.Argument(metavar="SKU", help=_("the item number"))],
    set_: _Set = None,
    certificate: _Certificate = None,
    answer: _Answer = None,
) -> None:
    """Write down a product."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("new_product", sku=sku, **_noted(set_, certificate, answer)))


def edit(
    ctx: typer.Context,
    product: _Id,
    *,
    set_: _Set = None,
    certificate: _Certificate = None,
    answer: _Answer = None,
    photo: Annotated[str, typer.Option(metavar="FILE", help=_("a picture of it, which is kept"))] = "",
) -> None:
    """Change what is known of a product."""
    if not (set_ or certificate or answer or photo):
        raise UsageError(
            say("Nothing to change."), say("Say what: `--set moq=500`, `--certificate …`, `--answer …` or `--photo …`.")
        )
    session = session_of(ctx)
    with session.core() as core:
        noted = _noted(set_, certificate, answer)
        session.report(core, core.do("edit_product", id=product, photo=photo, **noted))


def _noted(set_: list[str] | None, certificate: list[str] | None, answer: list[str] | None) -> dict[str, Any]:
    return {"values": fields_of(set_), "certificates": tuple(certificate or ()), "answers": fields_of(answer)}


def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("a table: .xlsx, .xls or .csv"))],
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help=_("write them; without it only what would change is shown"))
    ] = False,
) -> None:
    """Show what a table says of products, and write it."""
    from mailcrm.cli.plain.products import show_preview

    session = session_of(ctx)
    with session.core() as core:
        preview, read = core.ask("product_preview", file=file)
        if not apply:
            session.show(core, preview, show_preview)
            session.out.said(say("Nothing was written. With --apply it is."))
            return
        outcome = core.do("apply_products", new=read)
        session.show(core, replace(preview, applied=True), show_preview)
        session.out.said(say("`mailcrm undo {action}` takes it back.", action=outcome.action))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("what we sell"))
    group.command("list", cls=Command, help=_("list products"))(list_)
    group.command("show", cls=Command, help=_("print a product with its carton, certificates and usual answers"))(show)
    group.command("new", cls=Command, help=_("write down a product"))(new)
    group.command("edit", cls=Command, help=_("change what is known of a product, or give it a photo"))(edit)
    group.command("import", cls=Command, help=_("write down the products of a table, or change those that are known"))(
        import_
    )
    app.add_typer(group, name="product", rich_help_panel=_("Prices"))
