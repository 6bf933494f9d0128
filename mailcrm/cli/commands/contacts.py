"""`contact`: the people we write with.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.cli.tagging import TagCommand, changes
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["edit", "list_", "register", "show", "tag"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("a contact's id, such as c7"))]


def list_(ctx: typer.Context) -> None:
    """List contacts."""
    from mailcrm.cli.plain.people import show_contacts

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("contacts"), show_contacts)


def show(ctx: typer.Context, contact: _Id) -> None:
    """Print a contact and what is going on with her."""
    from mailcrm.cli.plain.customer import show_contact_card

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("contact_card", id=contact), show_contact_card)


def edit(  # noqa: PLR0913, PLR0917  (an option each)
    ctx: typer.Context,
    contact: _Id,
    role: Annotated[
        str | None,
        typer.Option(metavar="ROLE", help=_("customer, prospect, agent, supplier, forwarder, bank, …")),
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=_("the person's name"))] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help=_("the language to write in, such as en, es, zh"))
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help=_("the country's two letters, such as DE, or its name"))
    ] = None,
    company: Annotated[
        str | None, typer.Option(metavar="ID", help=_("the company that the person works for, such as o5"))
    ] = None,
    honorific: Annotated[
        str | None, typer.Option(metavar="HONORIFIC", help=_("how the person is addressed, such as Mr, Ms or Dr"))
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help=_("the town or time zone the person is in, such as Berlin or UTC+5")),
    ] = None,
) -> None:
    """Change what is known of a contact."""
    changes = {
        "role": role,
        "name": name,
        "language": language,
        "country": country,
        "company": company,
        "honorific": honorific,
        "zone": zone,
    }
    given = {key: value for key, value in changes.items() if value is not None}
    if not given:
        raise UsageError(
            say("Nothing to change."),
            say(
                "Say what: `--role customer`, `--name …`, `--honorific …`, `--language …`, `--country …`, `--zone …` or `--company …`."
            ),
        )
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("edit_contact", id=contact, **given))


def tag(
    ctx: typer.Context,
    contact: _Id,
    tags: Annotated[list[str], typer.Argument(metavar="TAG", help=_("+importer adds a tag, -importer takes it away"))],
) -> None:
    """Tag a contact; `tag:` in a search finds its mail."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("tag", id=contact, **changes(tags)))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("the people we write with"))
    group.command("list", cls=Command, help=_("list contacts"))(list_)
    group.command("show", cls=Command, help=_("print a contact, what is open, notes and last mails"))(show)
    group.command("edit", cls=Command, help=_("set role, name, honorific, language, country, zone or company"))(edit)
    group.command("tag", cls=TagCommand, help=_("give a person words of their own to sort by, or take them away"))(tag)
    app.add_typer(group, name="contact", rich_help_panel=_("Customers"))
