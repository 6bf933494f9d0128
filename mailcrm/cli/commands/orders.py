"""`order`: what was agreed, until the customer has the goods and we have the money.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from mailcrm.cli.commands import order_papers
from mailcrm.cli.commands.order_papers import Id as _Id
from mailcrm.cli.commands.order_papers import Mail as _Mail
from mailcrm.cli.commands.order_papers import told as _told
from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.option_tables import given, text_options, with_options
from mailcrm.cli.order_fields import AT_FIRST, given_fields, with_fields
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["register"]

_Part = Annotated[str, typer.Argument(metavar="PART", help=_("deposit or balance; default: what is open"))]
_Amount = Annotated[str, typer.Option(metavar="AMOUNT", help=_('such as "USD 3,750.00"'))]


def _with_shown(command: Callable[..., None]) -> Callable[..., None]:
    """Return `command`, its `**shown` made the options that say when something was, and what shows it."""
    table = {
        "on": ("DAY", _("on which day, such as 2026-11-26; default: today")),
        "mail": ("MESSAGE", _("the mail that shows it, such as m34")),
        "file": ("FILE", _("the file that shows it, or a kept one such as kf3")),
    }
    return with_options(command, text_options(table))


def list_(
    ctx: typer.Context,
    *,
    over: Annotated[bool, typer.Option("--over", help=_("show closed and cancelled ones, too"))] = False,
    stage: Annotated[str, typer.Option(metavar="STAGE", help=_("contract, deposit, confirming, production, shipping, …"))] = "",
    thread: Annotated[str, typer.Option(metavar="THREAD", help=_("those on this thread"))] = "",
) -> None:  # fmt: skip
    """List orders."""
    from mailcrm.cli.plain.orders import show_orders

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("orders", over=over, stage=stage, thread=thread), show_orders)


def show(ctx: typer.Context, order: _Id) -> None:
    """Print an order with its milestones, gates, money and history."""
    from mailcrm.cli.plain.orders import show_order

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("order", id=order), show_order)


def new(
    ctx: typer.Context,
    about: Annotated[str, typer.Argument(metavar="QUOTE|THREAD|CONTACT|COMPANY", help=_("what it is made from, such as q2, t12, c7, o5"))],
    *,
    currency: Annotated[str, typer.Option(metavar="CODE", help=_("of its prices, where no quote says it"))] = "",
    mail: _Mail = "",
    **fields: Any,  # noqa: ANN401  (an option each: `with_fields`)
) -> None:  # fmt: skip
    """Make an order."""
    session = session_of(ctx)
    with session.core() as core:
        more = {"currency": currency} if currency else {}
        _told(session, core, core.do("new_order", about=about, mail=mail, **more, **given_fields(fields)))


def edit(ctx: typer.Context, order: _Id, **fields: Any) -> None:  # noqa: ANN401  (likewise)
    """Change what an order says and when its milestones are due."""
    session = session_of(ctx)
    with session.core() as core:
        _told(session, core, core.do("edit_order", id=order, **given_fields(fields)))


def advance(
    ctx: typer.Context,
    order: _Id,
    milestone: Annotated[str, typer.Argument(metavar="MILESTONE", help=_("legal_review, pi_sent, pi_signed, production, produced, inspection, booking, customs, on_board, …"))],
    *,
    text: Annotated[str, typer.Option(metavar="TEXT", help=_("what shows it, in words"))] = "",
    skip: Annotated[str, typer.Option(metavar="REASON", help=_("why what is missing before it is passed by; it is written down. A gate only by a manager"))] = "",
    **shown: Any,  # noqa: ANN401  (likewise: `_with_shown`)
) -> None:  # fmt: skip
    """Note that a milestone is reached."""
    session = session_of(ctx)
    with session.core() as core:
        done = core.do("advance_order", id=order, to=milestone, text=text, skip=skip, **given(shown))
        _told(session, core, done)


def slip(
    ctx: typer.Context,
    order: _Id,
    part: _Part = "",
    *,
    amount: _Amount = "",
    **shown: Any,  # noqa: ANN401  (likewise)
) -> None:
    """Note that a payment slip was seen."""
    session = session_of(ctx)
    with session.core() as core:
        _told(session, core, core.do("money_seen", id=order, part=part, amount=amount, **given(shown)))


def credited(
    ctx: typer.Context,
    order: _Id,
    part: _Part = "",
    *,
    reference: Annotated[str, typer.Option(metavar="TEXT", help=_("the bank's reference"))] = "",
    amount: Annotated[str, typer.Option(metavar="AMOUNT", help=_("what the bank credited; default: all that is open"))] = "",
    **shown: Any,  # noqa: ANN401  (likewise)
) -> None:  # fmt: skip
    """Note what the bank has credited."""
    session = session_of(ctx)
    with session.core() as core:
        said = {"reference": reference, "amount": amount}
        _told(session, core, core.do("money_credited", id=order, part=part, **said, **given(shown)))


def confirm(
    ctx: typer.Context,
    order: _Id,
    parts: Annotated[str, typer.Argument(metavar="PARTS", help=_("packing, mark, colour, pp_sample, several parted by commas, or all"))],
    *,
    value: Annotated[str, typer.Option(metavar="TEXT", help=_("what exactly, for the work order"))] = "",
    **shown: Any,  # noqa: ANN401  (likewise)
) -> None:  # fmt: skip
    """Note what the customer confirmed."""
    session = session_of(ctx)
    with session.core() as core:
        _told(session, core, core.do("confirm_order", id=order, parts=parts, value=value, **given(shown)))


def change(  # noqa: PLR0913  (an option each)
    ctx: typer.Context,
    order: _Id,
    what: Annotated[str, typer.Argument(metavar="TEXT", help=_("what is to be changed"))],
    *,
    touches: Annotated[str, typer.Option(metavar="PART", help=_("packing, mark, colour, pp_sample or other"))] = "other",
    cost: Annotated[str, typer.Option(metavar="AMOUNT", help=_("what it costs; 0 for nothing"))] = "",
    cause: Annotated[str, typer.Option(metavar="TEXT", help=_("why it is changed"))] = "",
    bears: Annotated[str, typer.Option(metavar="WHO", help=_("customer, us, factory or shared"))] = "",
    decision: Annotated[str, typer.Option(metavar="DECISION", help=_("accepted or refused"))] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help=_("who decided; a colleague, where --mail shows it"))] = "",
    **shown: Any,  # noqa: ANN401  (likewise)
) -> None:  # fmt: skip
    """Note a change that the customer asks for."""
    session = session_of(ctx)
    with session.core() as core:
        said = {"touches": touches, "cost": cost, "cause": cause, "bears": bears, "decision": decision, "by": by}
        _told(session, core, core.do("change_order", id=order, what=what, **said, **given(shown)))


def progress(
    ctx: typer.Context,
    order: _Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("how far the production is"))],
    *,
    ready_on: Annotated[str, typer.Option(metavar="DAY", help=_("when the goods will be ready"))] = "",
    **shown: Any,  # noqa: ANN401  (likewise)
) -> None:
    """Note how far the production is."""
    session = session_of(ctx)
    with session.core() as core:
        _told(session, core, core.do("progress_order", id=order, text=text, ready_on=ready_on, **given(shown)))


def release(
    ctx: typer.Context,
    order: _Id,
    how: Annotated[str, typer.Argument(metavar="HOW", help=_("originals, telex, or bank where the documents go through one"))],
    *,
    approved_by: Annotated[str, typer.Option(metavar="NAME", help=_("the manager who approved it, where --mail shows it; default: you"))] = "",
    courier: Annotated[str, typer.Option(metavar="NAME", help=_("the courier of the originals"))] = "",
    waybill: Annotated[str, typer.Option(metavar="NUMBER", help=_("its waybill"))] = "",
    skip: Annotated[str, typer.Option(metavar="REASON", help=_("why what is missing before it is passed by; it is written down. A gate only by a manager"))] = "",
    **shown: Any,  # noqa: ANN401  (likewise)
) -> None:  # fmt: skip
    """Release the goods once the balance is credited."""
    session = session_of(ctx)
    with session.core() as core:
        said = {"approved_by": approved_by, "courier": courier, "waybill": waybill, "skip": skip}
        _told(session, core, core.do("release_order", id=order, how=how, **said, **given(shown)))


def cancel(
    ctx: typer.Context,
    order: _Id,
    reason: Annotated[str, typer.Option(metavar="REASON", help=_("why, in a few words"))],
    mail: _Mail = "",
) -> None:
    """Cancel an order."""
    session = session_of(ctx)
    with session.core() as core:
        _told(session, core, core.do("cancel_order", id=order, reason=reason, mail=mail))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("what was ordered, until it is paid and there"))
    for name, command, told in (
        ("list", list_, _("list orders by what is due")),
        ("show", show, _("print one with its milestones, gates, money and history")),
        ("new", with_fields(new, AT_FIRST), _("make one from an accepted quote, or by hand")),
        ("edit", with_fields(edit), _("change what it says and when its milestones are due")),
        ("advance", _with_shown(advance), _("a milestone is reached")),
        ("slip", _with_shown(slip), _("a payment slip was seen; it opens no gate")),
        ("credited", _with_shown(credited), _("the bank has credited money")),
        ("confirm", _with_shown(confirm), _("the customer confirmed packing, mark, colour or sample")),
        ("change", _with_shown(change), _("the customer asks for a change")),
        ("progress", _with_shown(progress), _("how far the production is")),
        ("release", _with_shown(release), _("originals or telex leave us, once the balance is credited")),
        ("proforma", order_papers.proforma, _("make the proforma invoice as a PDF, and keep it for the mail")),
        ("worksheet", order_papers.worksheet, _("print the Chinese work order for the factory")),
        ("worksheet-send", order_papers.worksheet_send, _("the work order went to the departments")),
        ("acknowledge", order_papers.acknowledge, _("a department has read the work order")),
        ("write", order_papers.write, _("write the mail of a milestone, filled with what is known")),
        ("cancel", cancel, _("it isn't made any more")),
    ):
        group.command(name, cls=Command, help=told)(command)
    app.add_typer(group, name="order", rich_help_panel=_("Customers"))
