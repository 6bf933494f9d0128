"""`threads`, `show`, `explain`: conversations and the clock on them.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["explain", "register", "show", "threads"]

_Thread = Annotated[str, typer.Argument(metavar="THREAD", help=_("a thread's id, such as t12, or a Message-ID in it"))]


def threads(
    ctx: typer.Context,
    query: Annotated[str, typer.Option(metavar="QUERY", help=_("only those with a mail that this search finds"))] = "",
    limit: Annotated[int, typer.Option(metavar="N", min=1, help=_("at most this many (default 100)"))] = 100,
    forgotten: Annotated[
        bool,
        typer.Option("--forgotten", help=_("those that customers wrote last in the 14 days before mailcrm took over")),
    ] = False,
) -> None:
    """List threads."""
    from mailcrm.cli.plain.threads import show_threads

    session = session_of(ctx)
    with session.core() as core:
        rows = core.ask("forgotten")[:limit] if forgotten else core.ask("threads", query=query, limit=limit)
        session.show(core, rows, show_threads)


def show(
    ctx: typer.Context,
    thread: _Thread,
    fetch: Annotated[
        bool, typer.Option("--fetch", help=_("fetch the rest of mails that were too large to be fetched whole"))
    ] = False,
    trust: Annotated[
        bool, typer.Option("--trust", help=_("instead of the texts: which way their mails came, and what to beware of"))
    ] = False,
    links: Annotated[
        bool, typer.Option("--links", help=_("instead of the texts: where the links in their mails really lead"))
    ] = False,
) -> None:
    """Print a thread with its mails."""
    from mailcrm.cli.plain.threads import show_thread
    from mailcrm.cli.plain.trust import show_links, show_trust

    session = session_of(ctx)
    with session.core() as core:
        row = core.ask("thread", id=thread)
        for message in row.messages if fetch else ():
            if not message.whole:
                row = core.do("fetch_whole", message=message.id).row
        theirs = [message.id for message in row.messages if message.side == "theirs"]
        if links:
            session.show(core, [link for one in theirs for link in core.ask("links", message=one)], show_links)
        elif trust:
            session.show(core, [core.ask("trust", message=one) for one in theirs], show_trust)
        else:
            session.show(core, row, show_thread)


def explain(ctx: typer.Context, thread: _Thread) -> None:
    """Print the ledger behind a deadline."""
    from mailcrm.cli.plain.threads import show_story

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("explain", id=thread), show_story)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = _("Work")
    app.command(cls=Command, rich_help_panel=panel, help=_("list conversations, the newest first"))(threads)
    app.command(cls=Command, rich_help_panel=panel, help=_("print a conversation with its mails"))(show)
    app.command(cls=Command, rich_help_panel=panel, help=_("why a deadline is what it is, line by line"))(explain)
