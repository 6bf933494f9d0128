"""`sample new` and `sample edit`: the sheet of a sample, field by field.

Room: cli. `commands.samples` puts them into their group.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from mailcrm.cli.option_tables import given, text_options, with_options
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["edit", "new", "with_sheet"]


def _options() -> dict[str, tuple[str, str]]:
    """Return each field of the sheet with what stands for its value, and its help."""
    return {
        "item": ("TEXT", _("what it is")),
        "material": ("TEXT", _("of what material")),
        "colour": ("TEXT", _("its colour, such as Pantone 185 C or RAL 9005")),
        "size": ("TEXT", _("its size; - where it has none")),
        "quantity": ("N", _("how many")),
        "kind": ("KIND", _("sales, counter, pre-production, lab-dip, stock (needs no signature) …")),
        "direction": ("WHOSE", _("ours (to the customer) or theirs (comes to us)")),
        "purpose": ("TEXT", _("what it is for")),
        "needed_by": ("DAY", _("when it must leave at the latest")),
        "sample_paid_by": ("WHO", _("who pays the sample: us, customer, shared")),
        "freight_paid_by": ("WHO", _("who pays the freight: us, customer, shared")),
        "collect_account": ("NUMBER", _("the customer's account with the courier")),
        "cost": ("MONEY", _("what it costs us, such as CNY 80")),
        "true_value": ("MONEY", _("its true value a piece, for customs, such as USD 12")),
        "hs": ("CODE", _("its HS code")),
        "consignee": ("TEXT", _("name and address of whoever receives it")),
        "consignee_tax_id": ("TEXT", _("the consignee's tax id")),
        "consignee_phone": ("NUMBER", _("the consignee's phone")),
        "kept_at": ("PLACE", _("where the duplicate lies that we keep")),
        "order": ("NUMBER", _("the order that it is a sample of")),
        "stops_on": ("DAY", _("when production or loading stops without approval")),
    }


_FLAGS = {"consignee_tax_id": "--tax-id", "consignee_phone": "--phone"}


def with_sheet(command: Callable[..., None]) -> Callable[..., None]:
    """Return `command`, its `**fields` made options."""
    return with_options(command, text_options(_options(), _FLAGS))


def new(
    ctx: typer.Context,
    thread: Annotated[
        str, typer.Argument(metavar="[THREAD]", help=_("the thread that asks for it, or a mail of it"))
    ] = "",
    *,
    contact: Annotated[
        str, typer.Option(metavar="CONTACT", help=_("whom it is for, where no mail tells: an id or an address"))
    ] = "",
    **fields: Any,  # noqa: ANN401  (an option each: `with_sheet`)
) -> None:
    """Note that a sample is asked for."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("new_sample", thread=thread, contact=contact, **given(fields)))


def edit(
    ctx: typer.Context,
    sample: Annotated[str, typer.Argument(metavar="ID", help=_("a sample's id, such as s3, or its number"))],
    *,
    contact: Annotated[str, typer.Option(metavar="CONTACT", help=_("somebody else is asked about it"))] = "",
    **fields: Any,  # noqa: ANN401  (likewise)
) -> None:
    """Fill in or change the sheet of a sample."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("edit_sample", id=sample, contact=contact, **given(fields)))
