"""`document`: what quotations, invoices and sheets look like.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _, say

__all__ = ["check", "preview", "register"]


def preview(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=_("quotation, proforma, customs_invoice, sample_sheet or work_order"))
    ],
    to: Annotated[str, typer.Option(metavar="FILE", help=_("a new file, .pdf, or .png for a picture of each page"))],
    language: Annotated[str, typer.Option("--language", metavar="CODE", help=_("en or zh"))] = "en",
) -> None:
    """Write a document with made-up content, our letterhead and our registered bank account."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("press_example", kind=kind, language=language, to=to))


def check(ctx: typer.Context) -> None:
    """Make every document once; 1 where a template is broken or a font is missing."""
    from mailcrm.cli.plain.templates import show_problems

    session = session_of(ctx)
    with session.core() as core:
        problems = core.ask("document_check")
        session.show(core, problems, show_problems)
    if problems:
        raise typer.Exit(1)
    session.out.said(say("Every document is sound."))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        cls=CommandList, rich_markup_mode=None, help=_("quotations, invoices and sheets, as they will look")
    )
    group.command("preview", cls=Command, help=_("write one with made-up content, to look at"))(preview)
    group.command("check", cls=Command, help=_("make every one once, and name what is wrong"))(check)
    app.add_typer(group, name="document", rich_help_panel=_("Customers"))
