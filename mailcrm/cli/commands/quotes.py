"""`quote`: what we offer, from the first draft to yes or no.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.quote_terms import given_terms, with_terms
from mailcrm.cli.session import Session, session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["register"]

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("a quote's id or number, such as q2 or QUO-2026-0007/v2"))]
_Mail = Annotated[str, typer.Option(metavar="MESSAGE", help=_("the mail that says so, such as m34"))]


def list_(
    ctx: typer.Context,
    state: Annotated[
        str, typer.Option(metavar="STATE", help=_("draft, needs_approval, ready, sent, negotiating, …"))
    ] = "",
    thread: Annotated[str, typer.Option(metavar="THREAD", help=_("those on this thread"))] = "",
) -> None:
    """List quotes."""
    from mailcrm.cli.plain.quotes import show_quotes

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("quotes", state=state, thread=thread), show_quotes)


def show(ctx: typer.Context, quote: _Id) -> None:
    """Print a quote with its working, its checks and its timeline."""
    from mailcrm.cli.plain.quotes import show_quote

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("quote", id=quote), show_quote)


def new(
    ctx: typer.Context,
    thread: Annotated[str, typer.Argument(metavar="THREAD", help=_("the thread that is answered, such as t12"))],
    *,
    from_quote: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="ID",
            help=_("begin with this quote instead of the last one to the company; none: with nothing"),
        ),
    ] = "",
    **terms: Any,  # noqa: ANN401  (an option each: `with_terms`)
) -> None:
    """Begin a quote."""
    session = session_of(ctx)
    with session.core() as core:
        _looked(session, core, core.do("new_quote", thread=thread, from_quote=from_quote, **given_terms(terms, core)))


def edit(ctx: typer.Context, quote: _Id, **terms: Any) -> None:  # noqa: ANN401  (likewise)
    """Change a quote."""
    session = session_of(ctx)
    with session.core() as core:
        _looked(session, core, core.do("edit_quote", id=quote, **given_terms(terms, core)))


def revise(ctx: typer.Context, quote: _Id, **terms: Any) -> None:  # noqa: ANN401  (likewise)
    """Write the next version."""
    session = session_of(ctx)
    with session.core() as core:
        _looked(session, core, core.do("revise_quote", id=quote, **given_terms(terms, core)))


def check(ctx: typer.Context, quote: _Id) -> None:
    """Hold a quote against the ten checks."""
    session = session_of(ctx)
    with session.core() as core:
        _looked(session, core, core.do("check_quote", id=quote))


def advance(
    ctx: typer.Context,
    quote: _Id,
    state: Annotated[str, typer.Argument(metavar="STATE", help=_("ready, needs_approval, negotiating, re_check, accepted, declined"))],
    skip: Annotated[str, typer.Option("--skip", "--reason", metavar="REASON", help=_("why the step is taken by hand; it is written down"))] = "",
) -> None:  # fmt: skip
    """Take a step by hand."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("advance_quote", id=quote, state=state, reason=skip))


def ask(
    ctx: typer.Context,
    quote: _Id,
    note: Annotated[str, typer.Option(metavar="TEXT", help=_("why it should pass"))] = "",
) -> None:
    """Ask a manager to approve a quote."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("ask_approval", id=quote, note=note))


def approve(
    ctx: typer.Context,
    quote: _Id,
    *,
    hash_: Annotated[str, typer.Option("--hash", metavar="HASH", help=_("the content that was looked at; another one is refused"))] = "",
    own: Annotated[bool, typer.Option("--own", help=_("it is your own quote: that is written down"))] = False,
    note: Annotated[str, typer.Option(metavar="TEXT", help=_("a word on it"))] = "",
    mail: _Mail = "",
) -> None:  # fmt: skip
    """Let exactly this content pass."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("approve_quote", id=quote, hash=hash_, own=own, note=note, mail=mail))


def reject(
    ctx: typer.Context,
    quote: _Id,
    note: Annotated[str, typer.Option(metavar="TEXT", help=_("what is to be different"))],
    mail: _Mail = "",
) -> None:
    """Send a quote back to its author."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("reject_quote", id=quote, note=note, mail=mail))


def render(
    ctx: typer.Context,
    quote: _Id,
    language: Annotated[str, typer.Option(metavar="CODE", help=_("en or zh (default: the customer's, else en)"))] = "",
) -> None:
    """Make the PDF of a quote."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("render_quote", id=quote, language=language))


def send(
    ctx: typer.Context,
    quote: _Id,
    *,
    answers: Annotated[str, typer.Option(metavar="TEXT", help=_("answers to the customer's numbered questions"))] = "",
    body_file: Annotated[str | None, typer.Option(metavar="FILE", help=_("another text than the cover letter's; - is stdin"))] = None,
    to: Annotated[list[str] | None, typer.Option(metavar="ADDRESS", help=_("write to this address instead of the sender; may be repeated"))] = None,
    no_cc: Annotated[bool, typer.Option("--no-cc", help=_("leave out the others who had a copy"))] = False,
    draft: Annotated[bool, typer.Option("--draft", help=_("only write the mail"))] = False,
    at: Annotated[str | None, typer.Option(metavar="TIME", help=_("send it then, as in `mailcrm reply`"))] = None,
) -> None:  # fmt: skip
    """Send a quote with its PDF, and wait for the server's answer; 3 where it didn't take it."""
    from mailcrm.cli.commands.reply import text_of

    body = None if body_file is None else text_of(body_file)
    session = session_of(ctx)
    mode = _mode(draft=draft, at=at)
    with session.core() as core:
        more = {"cc": ()} if no_cc else {}
        outcome = core.do(
            "send_quote", id=quote, mode=mode, at=at, answers=answers, body=body, to=tuple(to or ()), **more
        )
        _left(session, core, outcome, mode)


def withdraw(
    ctx: typer.Context,
    quote: _Id,
    *,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=_("what the customer is told"))] = "",
    draft: Annotated[bool, typer.Option("--draft", help=_("only write the mail"))] = False,
    at: Annotated[str | None, typer.Option(metavar="TIME", help=_("send it then, as in `mailcrm reply`"))] = None,
) -> None:
    """Withdraw a quote by a mail to the customer."""
    session = session_of(ctx)
    mode = _mode(draft=draft, at=at)
    with session.core() as core:
        _left(session, core, core.do("withdraw_quote", id=quote, reason=reason, mode=mode, at=at), mode)


def accept(
    ctx: typer.Context,
    quote: _Id,
    mail: _Mail = "",
    text: Annotated[str, typer.Option(metavar="TEXT", help=_("how they said so, where it was no mail"))] = "",
) -> None:
    """Note that the customer accepted a quote."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("accept_quote", id=quote, mail=mail, text=text))


def decline(
    ctx: typer.Context,
    quote: _Id,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=_("why: price, time, quality, another supplier …"))],
    mail: _Mail = "",
) -> None:
    """Note that the customer declined a quote."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("decline_quote", id=quote, reason=reason, mail=mail))


def confirm(
    ctx: typer.Context,
    quote: _Id,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("freight, insurance or inspection"))],
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("the forwarder's or insurer's offer"))],
    expires: Annotated[
        str, typer.Option(metavar="DAY", help=_("the last day on which it holds (default: for ever)"))
    ] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help=_("a word on it"))] = "",
) -> None:
    """Keep a confirmation with a quote."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("confirm_quote", id=quote, kind=kind, file=file, expires=expires, note=note))


def _mode(*, draft: bool, at: str | None) -> str:
    if draft and at is not None:
        raise UsageError(say("Only one of --draft and --at can be meant."))
    return "draft" if draft else "send" if at is None else "at"


def _looked(session: Session, core: Core, outcome: Any) -> None:  # noqa: ANN401  (an Outcome, which would load the core)
    """Answer with the quote as it is now, and for people with what the checks say of it."""
    from mailcrm.cli.plain.quotes import show_findings

    session.report(core, outcome)
    if not session.options.json:
        show_findings(session.out, outcome.row)


def _left(session: Session, core: Core, outcome: Any, mode: str) -> None:  # noqa: ANN401  (likewise)
    from mailcrm.cli.plain.outbox import delivered

    session.report(core, outcome)
    if mode == "send":
        delivered(session, (core.ask("outbox_item", id=outcome.row.mail),))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        cls=CommandList, rich_markup_mode=None, help=_("what we offer, from the first draft to yes or no")
    )
    helps: dict[str, tuple[Callable[..., None], str]] = {
        "list": (list_, _("list quotes")),
        "show": (show, _("print a quote with its working, its checks and its timeline")),
        "new": (with_terms(new), _("begin a quote on a thread; what was offered to the company last is filled in")),
        "edit": (with_terms(edit), _("change a quote that has not left; an approval is void then")),
        "check": (check, _("hold it against the ten checks: ready, for a manager, or what is missing")),
        "confirm": (confirm, _("keep what the forwarder or insurer confirmed, with its last day")),
        "ask": (ask, _("put it before the managers, with a word on why")),
        "approve": (approve, _("let exactly this content pass, for some days")),
        "reject": (reject, _("send it back to its author, with a note")),
        "render": (render, _("make the PDF that the customer gets")),
        "send": (send, _("answer the thread with the PDF; the outgoing server's yes makes it sent")),
        "revise": (with_terms(revise), _("write the next version; sent, it takes the place of the one before")),
        "accept": (accept, _("they accepted it; what has expired is to be checked again first")),
        "decline": (decline, _("they declined it, and why")),
        "withdraw": (withdraw, _("write to the customer that it holds no more")),
        "advance": (advance, _("take a step by hand; the reason is written down")),
    }
    for name, (command, told) in helps.items():
        group.command(name, cls=Command, help=told)(command)
    app.add_typer(group, name="quote", rich_help_panel=_("Customers"))
