"""`team`, `absence`, `duty`, `assign`: our own people, and who works on what.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = [
    "absence_add", "absence_list", "add", "assign", "duty_add", "duty_list", "list_", "load", "register", "remove", "take_back",
]  # fmt: skip

_Name = Annotated[str, typer.Argument(metavar="USER", help=_("a colleague's name, one word, such as li"))]
_From = Annotated[str, typer.Option("--from", metavar="TIME", help=_("a date, or a time such as 2026-12-24T13:00"))]
_To = Annotated[str, typer.Option("--to", metavar="TIME", help=_("the last day, or a time"))]


def assign(
    ctx: typer.Context,
    thread: Annotated[str, typer.Argument(metavar="THREAD", help=_("a thread's id, such as t12"))],
    user: Annotated[str, typer.Argument(metavar="USER", help=_("a colleague's name; '': as the mail account has it"))],
) -> None:
    """Give a thread to a colleague."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("assign", thread=thread, to=user))


def add(
    ctx: typer.Context,
    name: _Name,
    address: Annotated[str | None, typer.Option(metavar="A", help=_("where notices go"))] = None,
    display_name: Annotated[str | None, typer.Option(metavar="NAME", help=_("as people call the colleague"))] = None,
    manager: Annotated[
        bool | None, typer.Option("--manager/--no-manager", help=_("approves, and is told of what stays undone"))
    ] = None,
    deputy: Annotated[str | None, typer.Option(metavar="USER", help=_("who stands in"))] = None,
) -> None:
    """Add a colleague, or change one."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(
            core,
            core.do(
                "add_person", name=name, address=address, display_name=display_name, manager=manager, deputy=deputy
            ),
        )


def remove(ctx: typer.Context, name: _Name) -> None:
    """Remove a colleague who owns nothing any more."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("remove_person", name=name))


def list_(ctx: typer.Context) -> None:
    """List our people."""
    from mailcrm.cli.plain.team import show_colleagues

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("colleagues"), show_colleagues)


def load(ctx: typer.Context) -> None:
    """Tell how the work lies on our people."""
    from mailcrm.cli.plain.load import show_load

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("team_load"), show_load)


def absence_add(
    ctx: typer.Context,
    name: _Name,
    since: _From,
    until: _To,
    deputy: Annotated[str, typer.Option(metavar="USER", help=_("who stands in; default: the colleague's deputy"))] = "",
) -> None:
    """Note that a colleague is away."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("add_presence", person=name, since=since, until=until, deputy=deputy))


def duty_add(ctx: typer.Context, name: _Name, since: _From, until: _To) -> None:
    """Note that a colleague is on duty."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("add_presence", person=name, since=since, until=until, duty=True))


def absence_list(ctx: typer.Context) -> None:
    """List absences that aren't over."""
    _spans(ctx, "away")


def duty_list(ctx: typer.Context) -> None:
    """List duties that aren't over."""
    _spans(ctx, "duty")


def _spans(ctx: typer.Context, kind: str) -> None:
    from mailcrm.cli.plain.team import show_presences

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("presences", kind=kind), show_presences)


def take_back(
    ctx: typer.Context, entry: Annotated[str, typer.Argument(metavar="ID", help=_("an entry's id, such as z3"))]
) -> None:
    """Take an absence or a duty back."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("remove_presence", id=entry))


def register(app: typer.Typer) -> None:
    """Add the groups."""
    panel = _("Team")
    app.command(cls=Command, rich_help_panel=panel, help=_("give a thread to a colleague"))(assign)
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("our own people"))
    group.command("add", cls=Command, help=_("add a colleague, or change one"))(add)
    group.command("list", cls=Command, help=_("list our people"))(list_)
    group.command("load", cls=Command, help=_("who has how much open, late and promised, the worst first"))(load)
    group.command("remove", cls=Command, help=_("remove a colleague who owns nothing any more"))(remove)
    app.add_typer(group, name="team", rich_help_panel=panel)
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("who is away, and who stands in"))
    group.command("add", cls=Command, help=_("note that a colleague is away"))(absence_add)
    group.command("list", cls=Command, help=_("list absences that aren't over"))(absence_list)
    group.command("remove", cls=Command, help=_("take an absence back"))(take_back)
    app.add_typer(group, name="absence", rich_help_panel=panel)
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("who is on duty on rest days"))
    group.command("add", cls=Command, help=_("note that a colleague is on duty"))(duty_add)
    group.command("list", cls=Command, help=_("list duties that aren't over"))(duty_list)
    group.command("remove", cls=Command, help=_("take a duty back"))(take_back)
    app.add_typer(group, name="duty", rich_help_panel=panel)
