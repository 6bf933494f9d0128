"""`attachment`: files in mails.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.files import Into, add_commands, hand_over
from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["list_", "open_", "register", "save"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("a file's id, such as f4"))]


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
    attachment: _Id,
    to: Into,
) -> None:
    """Write a file of a mail into a directory."""
    hand_over(ctx, "save_attachment", id=attachment, to=to)


def open_(
    ctx: typer.Context,
    attachment: _Id,
) -> None:
    """Show a file of a mail, where it is nothing but something to look at."""
    hand_over(ctx, "open_attachment", id=attachment)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("files in mails"))
    group.command("list", cls=Command, help=_("list the files of a thread"))(list_)
    add_commands(group, save, open_)
    app.add_typer(group, name="attachment", rich_help_panel=_("Customers"))
