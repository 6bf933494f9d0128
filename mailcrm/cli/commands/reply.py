"""`reply`: write to the customer.

Room: cli.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["register", "reply", "text_of", "variables_of"]

_Reason = Literal["price", "factory", "sample", "documents", "other"]


def reply(  # noqa: PLR0913  (the options of cli.md, one parameter each)
    ctx: typer.Context,
    thread: Annotated[str, typer.Argument(metavar="THREAD", help=_("a thread's id, such as t12"))],
    *,
    template: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("start from this template; `mailcrm template` lists them"))
    ] = None,
    var: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help=_("what the template asks for; may be repeated"))
    ] = None,
    body_file: Annotated[
        str | None, typer.Option(metavar="FILE", help=_("the text, instead of a template's; - is stdin"))
    ] = None,
    attach: Annotated[list[str] | None, typer.Option(metavar="FILE", help=_("attach a file; may be repeated"))] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help=_("write to this address instead of the sender; may be repeated")),
    ] = None,
    no_cc: Annotated[bool, typer.Option("--no-cc", help=_("leave out the others who had a copy"))] = False,
    no_quote: Annotated[bool, typer.Option("--no-quote", help=_("don't quote the customer's mail"))] = False,
    also: Annotated[
        list[str] | None,
        typer.Option(metavar="THREAD", help=_("it answers this thread of the customer's too; may be repeated")),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help=_("keep it as a draft (default)"))] = False,
    send: Annotated[bool, typer.Option("--send", help=_("send it now and wait for the server's answer"))] = False,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help=_("send it then: morning (09:00 at the customer's), tomorrow 09:00, +3h …")),
    ] = None,
    unless_reply: Annotated[
        bool, typer.Option("--unless-reply", help=_("with --at: don't send it if the customer writes first"))
    ] = False,
    hold: Annotated[
        str | None,
        typer.Option(metavar="ESTIMATE", help=_("the holding reply: tell the customer when; such as Thu 17:00, +2wd")),
    ] = None,
    reason: Annotated[
        _Reason | None,
        typer.Option(metavar="REASON", help=_("why it takes time: price, factory, sample, documents, other")),
    ] = None,
    manager_agreed: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help=_("who agreed to what is a manager's to say: a promise moved again, an account not ours"),
        ),
    ] = "",
) -> None:
    """Write to the customer; 3 where the server didn't take it."""
    from mailcrm.cli.plain.outbox import delivered, look_again

    mode = _mode(draft=draft, send=send, at=at)
    if reason is not None and hold is None:
        raise UsageError(say("--reason says why a holding reply is needed: it goes with --hold."))
    if unless_reply and at is None:
        raise UsageError(say("--unless-reply is for a mail that waits: it goes with --at."))
    arguments: dict[str, Any] = {
        "template": template,
        "variables": variables_of(var or []),
        "body": None if body_file is None else text_of(body_file),
        "to": tuple(to or ()),
        "attachments": tuple(attach or ()),
        "quote": not no_quote,
        "also": tuple(also or ()),
        "at": at,
        "unless_reply": unless_reply,
        "hold": hold,
        "reason": reason,
        "manager_agreed": manager_agreed,
    }
    if no_cc:
        arguments["cc"] = ()
    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do("reply", thread=thread, mode=mode, **arguments)
        if not session.options.json:  # there they stand in the document
            look_again(session.out, outcome.row)
        if mode != "send" or session.options.json:
            session.report(core, outcome)
    if mode == "send":
        delivered(session, (outcome.row,))
        session.out.said(say("{id} is sent.", id=outcome.row.id))


def _mode(*, draft: bool, send: bool, at: str | None) -> str:
    if sum((draft, send, at is not None)) > 1:
        raise UsageError(say("Only one of --draft, --send and --at can be meant."))
    return "send" if send else "at" if at is not None else "draft"


def variables_of(pairs: list[str]) -> dict[str, str]:
    """Return the NAME=VALUE pairs of --var; of a repeated name the last one."""
    variables = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not name or not equals:
            raise UsageError(
                say("{pair} names no variable.", pair=pair), say("Write it as NAME=VALUE: `--var quantity=500`.")
            )
        variables[name] = value
    return variables


def text_of(file: str) -> str:
    """Return the text of a file, or of stdin."""
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).expanduser().read_bytes()
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise UsageError(
            say("{file} can't be read: {problem}.", file=file, problem=error.strerror or error),
            say("Give --body-file a text file, or - for stdin."),
        ) from None
    except UnicodeDecodeError:
        raise UsageError(say("{file} is no UTF-8 text.", file=file), say("Save it as UTF-8 and try again.")) from None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        cls=Command,
        rich_help_panel=_("Work"),
        help=_("write to the customer from a template or a text; without --send or --at it stays a draft"),
    )(reply)
