"""`sample new` and `sample edit`: the sheet of a sample, field by field.

Room: cli. `commands.samples` puts them into their group.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["edit", "new"]

_Text = str | None
_Item = Annotated[_Text, typer.Option(metavar="TEXT", help=_("what it is"))]
_Material = Annotated[_Text, typer.Option(metavar="TEXT", help=_("of what material"))]
_Colour = Annotated[_Text, typer.Option(metavar="TEXT", help=_("its colour, such as Pantone 185 C or RAL 9005"))]
_Size = Annotated[_Text, typer.Option(metavar="TEXT", help=_("its size; - where it has none"))]
_Quantity = Annotated[_Text, typer.Option(metavar="N", help=_("how many"))]
_Kind = Annotated[
    _Text, typer.Option(metavar="KIND", help=_("sales, counter, pre-production, lab-dip, stock (needs no signature) …"))
]
_Direction = Annotated[_Text, typer.Option(metavar="WHOSE", help=_("ours (to the customer) or theirs (comes to us)"))]
_Purpose = Annotated[_Text, typer.Option(metavar="TEXT", help=_("what it is for"))]
_NeededBy = Annotated[_Text, typer.Option("--needed-by", metavar="DAY", help=_("when it must leave at the latest"))]
_SamplePaidBy = Annotated[
    _Text, typer.Option("--sample-paid-by", metavar="WHO", help=_("who pays the sample: us, customer, shared"))
]
_FreightPaidBy = Annotated[
    _Text, typer.Option("--freight-paid-by", metavar="WHO", help=_("who pays the freight: us, customer, shared"))
]
_CollectAccount = Annotated[
    _Text, typer.Option("--collect-account", metavar="NUMBER", help=_("the customer's account with the courier"))
]
_Cost = Annotated[_Text, typer.Option(metavar="MONEY", help=_("what it costs us, such as CNY 80"))]
_TrueValue = Annotated[
    _Text, typer.Option("--true-value", metavar="MONEY", help=_("its true value a piece, for customs, such as USD 12"))
]
_Hs = Annotated[_Text, typer.Option("--hs", metavar="CODE", help=_("its HS code"))]
_Consignee = Annotated[_Text, typer.Option(metavar="TEXT", help=_("name and address of whoever receives it"))]
_TaxId = Annotated[_Text, typer.Option("--tax-id", metavar="TEXT", help=_("the consignee's tax id"))]
_Phone = Annotated[_Text, typer.Option("--phone", metavar="NUMBER", help=_("the consignee's phone"))]
_KeptAt = Annotated[_Text, typer.Option("--kept-at", metavar="PLACE", help=_("where the duplicate lies that we keep"))]
_Order = Annotated[_Text, typer.Option("--order", metavar="NUMBER", help=_("the order that it is a sample of"))]
_StopsOn = Annotated[
    _Text, typer.Option("--stops-on", metavar="DAY", help=_("when production or loading stops without approval"))
]


def new(  # noqa: PLR0913  (a field of the sheet each)
    ctx: typer.Context,
    thread: Annotated[
        str, typer.Argument(metavar="[THREAD]", help=_("the thread that asks for it, or a mail of it"))
    ] = "",
    *,
    contact: Annotated[
        str, typer.Option(metavar="CONTACT", help=_("whom it is for, where no mail tells: an id or an address"))
    ] = "",
    item: _Item = None,
    material: _Material = None,
    colour: _Colour = None,
    size: _Size = None,
    quantity: _Quantity = None,
    kind: _Kind = None,
    direction: _Direction = None,
    purpose: _Purpose = None,
    needed_by: _NeededBy = None,
    sample_paid_by: _SamplePaidBy = None,
    freight_paid_by: _FreightPaidBy = None,
    collect_account: _CollectAccount = None,
    cost: _Cost = None,
    true_value: _TrueValue = None,
    hs: _Hs = None,
    consignee: _Consignee = None,
    tax_id: _TaxId = None,
    phone: _Phone = None,
    kept_at: _KeptAt = None,
    order: _Order = None,
    stops_on: _StopsOn = None,
) -> None:
    """Note that a sample is asked for."""
    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do(
            "new_sample",
            thread=thread,
            contact=contact,
            item=item,
            material=material,
            colour=colour,
            size=size,
            quantity=quantity,
            kind=kind,
            direction=direction,
            purpose=purpose,
            needed_by=needed_by,
            sample_paid_by=sample_paid_by,
            freight_paid_by=freight_paid_by,
            collect_account=collect_account,
            cost=cost,
            true_value=true_value,
            hs=hs,
            consignee=consignee,
            consignee_tax_id=tax_id,
            consignee_phone=phone,
            kept_at=kept_at,
            order=order,
            stops_on=stops_on,
        )
        session.report(core, outcome)


def edit(  # noqa: PLR0913  (a field of the sheet each)
    ctx: typer.Context,
    sample: Annotated[str, typer.Argument(metavar="ID", help=_("a sample's id, such as s3, or its number"))],
    *,
    contact: Annotated[str, typer.Option(metavar="CONTACT", help=_("somebody else is asked about it"))] = "",
    item: _Item = None,
    material: _Material = None,
    colour: _Colour = None,
    size: _Size = None,
    quantity: _Quantity = None,
    kind: _Kind = None,
    direction: _Direction = None,
    purpose: _Purpose = None,
    needed_by: _NeededBy = None,
    sample_paid_by: _SamplePaidBy = None,
    freight_paid_by: _FreightPaidBy = None,
    collect_account: _CollectAccount = None,
    cost: _Cost = None,
    true_value: _TrueValue = None,
    hs: _Hs = None,
    consignee: _Consignee = None,
    tax_id: _TaxId = None,
    phone: _Phone = None,
    kept_at: _KeptAt = None,
    order: _Order = None,
    stops_on: _StopsOn = None,
) -> None:
    """Fill in or change the sheet of a sample."""
    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do(
            "edit_sample",
            id=sample,
            contact=contact,
            item=item,
            material=material,
            colour=colour,
            size=size,
            quantity=quantity,
            kind=kind,
            direction=direction,
            purpose=purpose,
            needed_by=needed_by,
            sample_paid_by=sample_paid_by,
            freight_paid_by=freight_paid_by,
            collect_account=collect_account,
            cost=cost,
            true_value=true_value,
            hs=hs,
            consignee=consignee,
            consignee_tax_id=tax_id,
            consignee_phone=phone,
            kept_at=kept_at,
            order=order,
            stops_on=stops_on,
        )
        session.report(core, outcome)
