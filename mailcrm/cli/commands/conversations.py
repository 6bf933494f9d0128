"""`merge`, `split`: which mails are one conversation, where a person knows better.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["merge", "register", "split"]


def merge(
    ctx: typer.Context,
    thread: Annotated[str, typer.Argument(metavar="THREAD", help=_("the thread that stays, such as t12"))],
    other: Annotated[str, typer.Argument(metavar="THREAD", help=_("the thread that is moved into it, such as t15"))],
) -> None:
    """Make two threads one."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("merge", thread=thread, other=other))


def split(
    ctx: typer.Context,
    message: Annotated[str, typer.Argument(metavar="MESSAGE", help=_("a mail's id, such as m340, or its Message-ID"))],
) -> None:
    """Take a thread apart."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("split", message=message))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = _("Work")
    app.command(cls=Command, rich_help_panel=panel, help=_("make two threads one; a later mail joins them both"))(merge)
    app.command(cls=Command, rich_help_panel=panel, help=_("make a mail, and what answers it, a thread of its own"))(
        split
    )
