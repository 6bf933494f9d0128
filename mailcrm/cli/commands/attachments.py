"""`attachment`: files in mails.

Room: cli. How a file is written, and which are opened, is the core's to say (core.files).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import Session, session_of
from mailcrm.domain.words import _

if TYPE_CHECKING:
    from mailcrm.core.facade import Outcome

__all__ = ["list_", "open_", "register", "save"]


def list_(
    ctx: typer.Context,
    thread: Annotated[str, typer.Argument(metavar="THREAD", help=_("a thread's id, such as t12"))],
) -> None:
    """List the files of a thread."""
    from mailcrm.cli.plain.threads import show_files

    session = session_of(ctx)
    with session.core() as core:
        found = core.ask("thread", id=thread)
        files = tuple(file for message in found.messages for file in message.attachments or ())
        session.show(core, files, show_files)


def save(
    ctx: typer.Context,
    attachment: Annotated[str, typer.Argument(metavar="ID", help=_("a file's id, such as f4"))],
    to: Annotated[str, typer.Option(metavar="DIR", help=_("the directory to save it in"))],
) -> None:
    """Write a file of a mail into a directory."""
    session = session_of(ctx)
    with session.core() as core:
        _tell(session, core.do("save_attachment", id=attachment, to=to))


def open_(
    ctx: typer.Context,
    attachment: Annotated[str, typer.Argument(metavar="ID", help=_("a file's id, such as f4"))],
) -> None:
    """Show a file of a mail, where it is nothing but something to look at."""
    session = session_of(ctx)
    with session.core() as core:
        _tell(session, core.do("open_attachment", id=attachment))


def _tell(session: Session, outcome: Outcome) -> None:
    if session.options.json:
        session.out.document(dataclasses.asdict(outcome.row))
    else:
        session.out.said(outcome.said)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("files in mails"))
    group.command("list", cls=Command, help=_("list the files of a thread"))(list_)
    group.command("save", cls=Command, help=_("write a file into a directory; nothing is overwritten"))(save)
    group.command("open", cls=Command, help=_("show a file, if by its bytes it is nothing but something to look at"))(
        open_
    )
    app.add_typer(group, name="attachment", rich_help_panel=_("Customers"))
