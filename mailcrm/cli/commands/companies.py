"""`company`: who the firms are that write to us.

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

__all__ = ["edit", "list_", "merge", "register", "show", "tag"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("a company's id, such as o5"))]


def list_(ctx: typer.Context) -> None:
    """List companies."""
    from mailcrm.cli.plain.people import show_companies

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("companies"), show_companies)


def show(ctx: typer.Context, company: _Id) -> None:
    """Print a company and what is going on with it."""
    from mailcrm.cli.plain.customer import show_customer

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("customer", company=company), show_customer)


def edit(
    ctx: typer.Context,
    company: _Id,
    role: Annotated[
        str | None,
        typer.Option(metavar="ROLE", help=_("customer, prospect, agent, supplier, forwarder, bank, …")),
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=_("the company's name"))] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help=_("the country's two letters, such as DE, or its name"))
    ] = None,
    domain: Annotated[
        str | None, typer.Option(metavar="DOMAIN", help=_("one more domain that the company writes from"))
    ] = None,
    reply_within: Annotated[
        str | None,
        typer.Option(metavar="TIME", help=_('answer it sooner than the rule says, such as 6h; "": as the rule says')),
    ] = None,
    zone: Annotated[
        str | None, typer.Option(metavar="PLACE", help=_("the town or time zone it is in, such as Berlin or UTC+5"))
    ] = None,
) -> None:
    """Change what is known of a company."""
    changes = {
        "role": role,
        "name": name,
        "country": country,
        "domain": domain,
        "reply_within": reply_within,
        "zone": zone,
    }
    given = {key: value for key, value in changes.items() if value is not None}
    if not given:
        raise UsageError(
            say("Nothing to change."),
            say(
                "Say what: `--role customer`, `--name …`, `--country …`, `--domain …`, `--zone …` or `--reply-within 6h`."
            ),
        )
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("edit_company", id=company, **given))


def grade(
    ctx: typer.Context,
    company: _Id,
    letter: Annotated[str, typer.Argument(metavar="GRADE", help=_('A, B, C, D or E; "": none'))],
) -> None:
    """Grade a customer; [overrides.grade] may give a grade less time."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("edit_company", id=company, grade=letter))


def merge(
    ctx: typer.Context,
    company: _Id,
    other: Annotated[str, typer.Argument(metavar="OTHER", help=_("the company that is the same one"))],
) -> None:
    """Make two companies one."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("merge_company", company=company, other=other))


def tag(
    ctx: typer.Context,
    company: _Id,
    tags: Annotated[list[str], typer.Argument(metavar="TAG", help=_("+importer adds a tag, -importer takes it away"))],
) -> None:
    """Tag a company; `tag:` in a search finds its mail."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("tag", id=company, **changes(tags)))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("the firms that write to us"))
    group.command("list", cls=Command, help=_("list companies"))(list_)
    group.command("show", cls=Command, help=_("print a company with its people, what is open, notes and last mails"))(
        show
    )
    group.command(
        "edit",
        cls=Command,
        help=_(
            "set its role, which decides whether the reply clock runs; its name, country, zone, domains, time to answer"
        ),
    )(edit)
    group.command("grade", cls=Command, help=_("grade a customer A to E; a grade may be given less time to answer"))(
        grade
    )
    group.command("merge", cls=Command, help=_("make two companies one, with their domains and people"))(merge)
    group.command("tag", cls=TagCommand, help=_("give a company words to sort it by, or take them away"))(tag)
    app.add_typer(group, name="company", rich_help_panel=_("Customers"))
