"""`answered`, `waive`, `decide`, `wait`, `snooze`, `done`, `classify`, `undo`: what only a person can tell.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["answered", "classify", "decide", "done", "register", "snooze", "undo", "wait", "waive"]

_Thread = Annotated[str, typer.Argument(metavar="THREAD", help=_("a thread's id, such as t12"))]


def answered(
    ctx: typer.Context,
    thread: _Thread,
    channel: Annotated[
        str, typer.Option(metavar="CHANNEL", help=_("phone, whatsapp, wechat, platform, fax, visit, other"))
    ],
    text: Annotated[str, typer.Option(metavar="TEXT", help=_("what was said, in a line"))],
    at: Annotated[str | None, typer.Option(metavar="TIME", help=_("when; default: now"))] = None,
) -> None:
    """Tell that the customer was answered elsewhere."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("answered", thread=thread, channel=channel, at=at, text=text))


def waive(
    ctx: typer.Context,
    thread: _Thread,
    reason: Annotated[str, typer.Option(metavar="REASON", help=_("why, in a few words"))],
) -> None:
    """Tell that no reply is needed."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("waive", thread=thread, reason=reason))


def decide(
    ctx: typer.Context,
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help=_("a row of the worklist, such as r12 or w12, or a thread"))
    ],
    answer: Annotated[str, typer.Argument(metavar="yes|no", help=_("to the question that the row asks"))],
    until: Annotated[str, typer.Option(metavar="TIME", help=_("another time than the one read from the text"))] = "",
) -> None:
    """Answer what a row of the worklist asks."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("decide", item=item, answer=answer, until=until))


def wait(
    ctx: typer.Context,
    thread: _Thread,
    days: Annotated[
        int | None,
        typer.Option(metavar="N", help=_("working days of the customer until we ask again; 0: wait no more")),
    ] = None,
    until: Annotated[
        str, typer.Option(metavar="TIME", help=_("park it: leave it alone until then, such as +30d"))
    ] = "",
) -> None:
    """Wait for their answer, change for how long, or park it."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("wait", thread=thread, days=days, until=until))


def snooze(
    ctx: typer.Context,
    thread: _Thread,
    until: Annotated[str, typer.Argument(metavar="UNTIL", help=_("such as tomorrow 09:00, +2wd, Thu or an ISO time"))],
) -> None:
    """Keep a thread off the lists for a while."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("snooze", thread=thread, until=until))


def done(ctx: typer.Context, thread: _Thread) -> None:
    """Put a thread away; 4 while a customer waits in it."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("done", thread=thread))


def classify(
    ctx: typer.Context,
    message: Annotated[str, typer.Argument(metavar="MESSAGE", help=_("a mail's id, such as m340, or its Message-ID"))],
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=_("what it is: human, auto_reply, bulk, courier, receipt, spam, …"))
    ] = "",
    purpose: Annotated[
        str, typer.Option(metavar="P", help=_("what it is for: inquiry, order, complaint, chaser, thanks, …"))
    ] = "",
) -> None:
    """Correct what mailcrm took a mail for."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("classify", message=message, kind=kind, purpose=purpose))


def undo(
    ctx: typer.Context,
    action: Annotated[
        str | None, typer.Argument(metavar="ID", help=_("an action's id, such as l9; default: the latest"))
    ] = None,
) -> None:
    """Take an action back."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("undo", id=action))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = _("Work")
    app.command(cls=Command, rich_help_panel=panel, help=_("the customer was answered by phone, chat or face to face"))(
        answered
    )
    app.command(cls=Command, rich_help_panel=panel, help=_("no reply is needed"))(waive)
    app.command(cls=Command, rich_help_panel=panel, help=_("answer what a row of the worklist asks: yes or no"))(decide)
    app.command(cls=Command, rich_help_panel=panel, help=_("put a thread away in which nobody waits for us"))(done)
    app.command(cls=Command, rich_help_panel=panel, help=_("wait for their answer, and be told when to ask again"))(
        wait
    )
    app.command(
        cls=Command, rich_help_panel=panel, help=_("keep a thread off the lists; back before its deadline is at risk")
    )(snooze)
    app.command(cls=Command, rich_help_panel=panel, help=_("correct what mailcrm took a mail for"))(classify)
    app.command(cls=Command, rich_help_panel=panel, help=_("take back what was done last"))(undo)
