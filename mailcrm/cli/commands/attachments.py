"""`attachment`: files in mails.

Room: cli. A saved file's name is the safe one (domain.text); nothing that exists is overwritten.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["list_", "register", "save"]


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
        row, content = core.ask("attachment", id=attachment)
    path = _written(Path(to).expanduser(), row.safe_filename, content)
    if session.options.json:
        session.out.document({"id": row.id, "path": str(path), "size": row.size, "sha256": row.sha256})
    else:
        session.out.said(say("Saved as {path}.", path=path))


def _written(directory: Path, name: str, content: bytes) -> Path:
    if not directory.is_dir():
        raise UsageError(
            say("{directory} is no directory.", directory=directory), say("Make it first, or name another.")
        )
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in count(1):
        path = directory / (name if number == 1 else f"{stem} ({number}){suffix}")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        break
    return path


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=CommandList, rich_markup_mode=None, help=_("files in mails"))
    group.command("list", cls=Command, help=_("list the files of a thread"))(list_)
    group.command("save", cls=Command, help=_("write a file into a directory; nothing is overwritten"))(save)
    app.add_typer(group, name="attachment", rich_help_panel=_("Customers"))
