"""`sample`: what customers ask to see before they order, from the request to what they say of it.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.commands import sample_sheet, sample_steps, sample_tracking
from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["ledger", "list_", "passport", "print_", "register", "show"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("a sample's id, such as s3, or its number"))]


def list_(
    ctx: typer.Context,
    all_: Annotated[bool, typer.Option("--all", help=_("those too that have come to their end"))] = False,
    state: Annotated[str, typer.Option(metavar="STATE", help=_("only those in this state"))] = "",
) -> None:
    """List samples."""
    from mailcrm.cli.plain.samples import show_samples

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("samples", over=all_, state=state), show_samples)


def show(ctx: typer.Context, sample: _Id) -> None:
    """Print a sample and its history."""
    from mailcrm.cli.plain.samples import show_sample

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("sample", id=sample), show_sample)


def passport(ctx: typer.Context, sample: _Id) -> None:
    """Print everything of one sample on a page: sheet, signature, check, photos, parcels, what they say."""
    from mailcrm.cli.plain.samples import show_page

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("sample_page", id=sample), show_page)


def print_(
    ctx: typer.Context,
    sample: _Id,
    to: Annotated[str, typer.Option(metavar="FILE", help=_("a new file, ending in .pdf"))],
    document: Annotated[
        str,
        typer.Argument(metavar="[DOCUMENT]", help=_("sheet (for the factory, to be signed) or customs (the proforma)")),
    ] = "sheet",
    language: Annotated[str, typer.Option("--language", metavar="CODE", help=_("zh or en"))] = "zh",
) -> None:
    """Print the sheet of a sample, or the proforma that customs ask for."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("print_sample", id=sample, to=to, document=document, language=language))


def ledger(ctx: typer.Context) -> None:
    """Print what samples and their freight cost, by customer, against the orders that they won."""
    from mailcrm.cli.plain.samples import show_ledger

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("sample_ledger"), show_ledger)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        cls=CommandList, rich_markup_mode=None, help=_("samples, from the request to what they say of it")
    )
    group.command("list", cls=Command, help=_("list samples"))(list_)
    group.command("show", cls=Command, help=_("a sample and its history"))(show)
    group.command("new", cls=Command, help=_("a sample is asked for"))(sample_sheet.with_sheet(sample_sheet.new))
    group.command("edit", cls=Command, help=_("fill in or change its sheet"))(
        sample_sheet.with_sheet(sample_sheet.edit)
    )
    group.command("advance", cls=Command, help=_("it has come to its next state"))(sample_steps.advance)
    group.command("sign", cls=Command, help=_("sign its sheet as it stands"))(sample_steps.sign)
    group.command("reject", cls=Command, help=_("send its sheet back instead of signing it"))(sample_steps.reject)
    group.command("check", cls=Command, help=_("tick its checklist"))(sample_steps.check)
    group.command("photo", cls=Command, help=_("keep photos of it"))(sample_steps.photo)
    group.command("ship", cls=Command, help=_("it left: how, when, with which waybill"))(sample_steps.ship)
    group.command("delivered", cls=Command, help=_("it has arrived"))(sample_steps.delivered)
    group.command("feedback", cls=Command, help=_("what the customer says of it"))(sample_steps.feedback)
    group.command("cancel", cls=Command, help=_("give it up before it is shipped"))(sample_steps.cancel)
    group.command("statuses", cls=Command, help=_("what became of many parcels at once"))(sample_steps.statuses)
    group.command("track", cls=Command, help=_("ask the tracking service where parcels are"))(sample_tracking.track)
    group.command("passport", cls=Command, help=_("everything of one sample on a page"))(passport)
    group.command("print", cls=Command, help=_("its sheet, or the proforma for customs, as PDF"))(print_)
    group.command("ledger", cls=Command, help=_("what samples cost, by customer, against the orders won"))(ledger)
    app.add_typer(group, name="sample", rich_help_panel=_("Trade"))
