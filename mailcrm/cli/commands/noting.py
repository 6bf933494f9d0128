"""`log`, `note`, `answered-too`, `adopt` and `task`: what a person writes down.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["adopt", "answered_too", "log", "note", "register", "task_add", "task_done", "task_list"]

_Thread = Annotated[str, typer.Argument(metavar="THREAD", help=_("a thread's id, such as t12"))]
_About = Annotated[str, typer.Argument(metavar="THREAD|CONTACT", help=_("a thread's id, or a contact's, such as c7"))]


def log(
    ctx: typer.Context,
    contact: Annotated[str, typer.Argument(metavar="CONTACT", help=_("a contact's id, such as c7, or an address"))],
    channel: Annotated[
        str, typer.Option(metavar="CHANNEL", help=_("phone, whatsapp, wechat, platform, fax, fair, visit, other"))
    ],
    text: Annotated[str, typer.Option(metavar="TEXT", help=_("what was said, in a line"))],
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help=_("when; default: what the text says (answered 15:10), else now"))
    ] = None,
    thread: Annotated[
        str | None, typer.Option(metavar="THREAD", help=_("what was spoken about, where several threads are open"))
    ] = None,
    inbound: Annotated[
        bool, typer.Option("--inbound", help=_("they came to us, and wait for an answer: a clock starts"))
    ] = False,
) -> None:
    """Note that a contact was spoken with elsewhere."""
    session = session_of(ctx)
    with session.core() as core:
        told = {"channel": channel, "text": text, "at": at, "thread": thread, "inbound": inbound}
        session.report(core, core.do("log", contact=contact, **told))


def note(
    ctx: typer.Context,
    about: _About,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("what is to be remembered"))],
) -> None:
    """Write a note."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("note", about=about, text=text))


def answered_too(ctx: typer.Context, thread: _Thread) -> None:
    """Tell that a reply answered what arrived while it was being written, too."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("answered_too", thread=thread))


def adopt(ctx: typer.Context, thread: _Thread) -> None:
    """Take up a thread that was forgotten before mailcrm."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("adopt", thread=thread))


def task_add(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("what is to be done"))],
    about: Annotated[str, typer.Option(metavar="THREAD|CONTACT", help=_("what it is about, such as t12 or c7"))] = "",
    due: Annotated[str, typer.Option(metavar="TIME", help=_("until when, such as Thu 17:00 or +2wd"))] = "",
    owner: Annotated[str, typer.Option(metavar="USER", help=_("whose it is; default: yours"))] = "",
) -> None:
    """Write down a task."""
    from mailcrm.cli.plain.tasks import show_task

    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do("task_add", text=text, about=about, due=due, owner=owner)
        session.report(core, outcome)
        if not session.options.json:
            show_task(session.out, outcome.row, core)


def task_list(
    ctx: typer.Context,
    done: Annotated[bool, typer.Option("--done", help=_("show what was done, too"))] = False,
) -> None:
    """List tasks."""
    from mailcrm.cli.plain.tasks import show_tasks

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("tasks", done=done), show_tasks)


def task_done(
    ctx: typer.Context, task: Annotated[str, typer.Argument(metavar="ID", help=_("a task's id, such as k3"))]
) -> None:
    """Tell that a task is done."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("task_done", id=task))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = _("Work")
    app.command(cls=Command, rich_help_panel=panel, help=_("a contact was spoken with by phone, chat or face to face"))(
        log
    )
    app.command(cls=Command, rich_help_panel=panel, help=_("write something down about a thread or a contact"))(note)
    app.command(
        "answered-too", cls=Command, rich_help_panel=panel, help=_("a reply answered what arrived meanwhile, too")
    )(answered_too)
    app.command(cls=Command, rich_help_panel=panel, help=_("take up a thread that was forgotten before mailcrm"))(adopt)
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("what is to be done"))
    group.command("add", cls=Command, help=_("write down what is to be done"))(task_add)
    group.command("list", cls=Command, help=_("list what is to be done"))(task_list)
    group.command("done", cls=Command, help=_("a task is done"))(task_done)
    app.add_typer(group, name="task", rich_help_panel=panel)
