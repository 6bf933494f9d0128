"""`outbox`: outgoing mail.

Room: cli.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from mailcrm.cli.commands.reply import text_of
from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.message import Address
from mailcrm.domain.recipients import written
from mailcrm.domain.words import _, say

if TYPE_CHECKING:
    from mailcrm.queries.rows import Person

__all__ = ["cancel", "edit", "flush", "list_", "register", "resolve", "retry", "send", "show"]

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


def edit(
    ctx: typer.Context,
    item: _Id,
    *,
    body_file: Annotated[str | None, typer.Option(metavar="FILE", help=_("the text from now on; - is stdin"))] = None,
    to: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help=_("write to this address; may be repeated"))
    ] = None,
    cc: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help=_("give this address a copy; may be repeated"))
    ] = None,
    attach: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help=_("attach this file; may be repeated"))
    ] = None,
) -> None:
    """Write on with a draft; what isn't given stays as it is, and nothing leaves."""
    from mailcrm.cli.plain.outbox import show_outgoing

    given = {"body": None if body_file is None else text_of(body_file), "to": to, "cc": cc, "attachments": attach}
    session = session_of(ctx)
    with session.core() as core:
        row = core.ask("draft", id=item)
        if row.state != "draft":
            raise RefusedByRule(say("This mail is no draft any more."), say("Write a new reply."))
        stands = {
            "body": row.body,
            "to": tuple(_written(one) for one in row.to),
            "cc": tuple(_written(one) for one in row.cc),
            **{name: getattr(row, name) for name in ("variables", "attachments", "hold", "also", "ticks")},
        }
        fields = {**stands, **{name: value for name, value in given.items() if value is not None}}
        core.do("draft", thread=row.thread_id, draft=item, **fields)
        session.show(core, core.ask("outbox_item", id=item), show_outgoing)


def send(
    ctx: typer.Context,
    item: _Id,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help=_("send it then: morning (09:00 at the customer's), +3h …"))
    ] = None,
) -> None:
    """Send a draft as it stands; 3 where the server didn't take it."""
    from mailcrm.cli.plain.outbox import delivered, look_again

    session = session_of(ctx)
    with session.core() as core:
        row = core.ask("draft", id=item)
        if row.state != "draft":
            raise RefusedByRule(say("This mail is no draft any more."), say("Write a new reply."))
        stands = {name: getattr(row, name) for name in ("body", "variables", "attachments", "hold", "also")}
        people = {name: tuple(_written(one) for one in getattr(row, name)) for name in ("to", "cc")}
        mode = "send" if at is None else "at"
        outcome = core.do("reply", thread=row.thread_id, draft=item, mode=mode, at=at, **stands, **people)
        if not session.options.json:
            look_again(session.out, outcome.row)
        if mode == "at" or session.options.json:
            session.report(core, outcome)
    if mode == "send":
        delivered(session, (outcome.row,))
        session.out.said(say("{id} is sent.", id=outcome.row.id))


def _written(someone: Person) -> str:
    return written(Address(someone.name, someone.address))


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
    group.command("edit", cls=Command, help=_("write on with a draft; nothing leaves"))(edit)
    group.command("send", cls=Command, help=_("send a draft as it stands"))(send)
    group.command("flush", cls=Command, help=_("send what is due now"))(flush)
    group.command("retry", cls=Command, help=_("try again what failed or waits"))(retry)
    group.command("cancel", cls=Command, help=_("take back what hasn't left"))(cancel)
    group.command("resolve", cls=Command, help=_("tell what became of a mail that is in doubt"))(resolve)
    app.add_typer(group, name="outbox", rich_help_panel=_("Mail"))
