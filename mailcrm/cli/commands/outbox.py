"""`outbox`: outgoing mail.

Room: cli.
"""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["cancel", "flush", "list_", "register", "resolve", "retry", "show"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("an outgoing mail's id, such as x3"))]
_Fate = Literal["sent", "resend"]


def list_(ctx: typer.Context) -> None:
    """List outgoing mail."""
    from mailcrm.cli.plain.outbox import show_outbox

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("outbox"), show_outbox)


def show(ctx: typer.Context, item: _Id) -> None:
    """Print an outgoing mail with its text."""
    from mailcrm.cli.plain.outbox import show_outgoing

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("outbox_item", id=item), show_outgoing)


def flush(ctx: typer.Context) -> None:
    """Send what is due now."""
    from mailcrm.cli.plain.outbox import delivered, show_outbox

    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do("outbox_flush")
        session.show(core, outcome.row, show_outbox)
        session.out.said(outcome.said)
    delivered(session, outcome.row)


def retry(ctx: typer.Context, item: _Id) -> None:
    """Try a mail again that failed or waits."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("outbox_retry", id=item))


def cancel(ctx: typer.Context, item: _Id) -> None:
    """Take back a mail that hasn't left."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("outbox_cancel", id=item))


def resolve(
    ctx: typer.Context,
    item: _Id,
    fate: Annotated[
        _Fate,
        typer.Argument(metavar="sent|resend", help=_("sent: it did arrive; resend: it did not, send it again")),
    ],
) -> None:
    """Tell what became of a mail that is in doubt."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("outbox_resolve", id=item, as_=fate))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        cls=CommandList, rich_markup_mode=None, help=_("outgoing mail: drafts, what waits, what failed")
    )
    group.command("list", cls=Command, help=_("list outgoing mail, the newest first"))(list_)
    group.command("show", cls=Command, help=_("print an outgoing mail with its text"))(show)
    group.command("flush", cls=Command, help=_("send what is due now"))(flush)
    group.command("retry", cls=Command, help=_("try again what failed or waits"))(retry)
    group.command("cancel", cls=Command, help=_("take back what hasn't left"))(cancel)
    group.command("resolve", cls=Command, help=_("tell what became of a mail that is in doubt"))(resolve)
    app.add_typer(group, name="outbox", rich_help_panel=_("Mail"))
