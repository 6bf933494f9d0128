"""`template`: mail templates.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.commands.reply import variables_of
from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _, say

__all__ = ["check", "list_", "preview", "register", "show"]

_Name = Annotated[str, typer.Argument(metavar="NAME", help=_("a template's name, such as plain_reply"))]
_Language = Annotated[str | None, typer.Option("--language", metavar="CODE", help=_("en, zh, es, de, fr, pt, ru"))]


def list_(ctx: typer.Context, language: _Language = None) -> None:
    """List the templates."""
    from mailcrm.cli.plain.templates import show_templates

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("templates", language=language), show_templates)


def show(ctx: typer.Context, name: _Name, language: _Language = None) -> None:
    """Print a template as it is written."""
    session = session_of(ctx)
    with session.core() as core:
        source = core.ask("template_show", name=name, language=language)
    if session.options.json:
        session.out.document({"name": name, "language": language, "source": source})
    else:
        session.out.block(source)


def preview(
    ctx: typer.Context,
    name: _Name,
    thread: Annotated[str, typer.Option(metavar="THREAD", help=_("the thread that is answered"))],
    language: _Language = None,
    var: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help=_("what the template asks for; may be repeated"))
    ] = None,
    hold: Annotated[
        str | None, typer.Option(metavar="ESTIMATE", help=_("the estimate of a holding reply; such as Thu 17:00"))
    ] = None,
) -> None:
    """Print the mail that a template would make; 1 where variables are missing."""
    from mailcrm.cli.plain.templates import show_preview

    session = session_of(ctx)
    with session.core() as core:
        found = core.ask(
            "preview", thread=thread, template=name, variables=variables_of(var or []), language=language, hold=hold
        )
        session.show(core, found, show_preview)
    for variable, question in found.missing.items():
        session.out.error(
            say("{question}", question=question), say("Say it with `--var {variable}=…`.", variable=variable)
        )
    if found.missing:
        raise typer.Exit(1)


def check(ctx: typer.Context) -> None:
    """Render every template with sample data; 1 where one is broken."""
    from mailcrm.cli.plain.templates import show_problems

    session = session_of(ctx)
    with session.core() as core:
        problems = core.ask("template_check")
        session.show(core, problems, show_problems)
    if problems:
        raise typer.Exit(1)
    session.out.said(say("Every template is sound."))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("mail templates, yours before the shipped ones"))
    group.command("list", cls=Command, help=_("list the templates"))(list_)
    group.command("show", cls=Command, help=_("print a template as it is written"))(show)
    group.command("preview", cls=Command, help=_("print the mail that a template would make of a thread"))(preview)
    group.command("check", cls=Command, help=_("try every template and name each variable that isn't there"))(check)
    app.add_typer(group, name="template", rich_help_panel=_("Customers"))
