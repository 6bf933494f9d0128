"""`account`: the mailboxes that mailcrm reads and answers from.

Room: cli. Passwords are read from stdin, a variable or a command; none is ever an argument, and none is printed.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from mailcrm.cli.helptext import Command, CommandList
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import SecretError, UsageError
from mailcrm.domain.signin import Invitation
from mailcrm.domain.words import _, say

__all__ = ["add", "authorize", "list_", "providers", "register", "remove", "test"]

# Checks that are about what is in the mailbox; every other one is about reaching a server.
_MAILBOX = frozenset({"folders", "sent", "sent_kept", "idle"})

_Name = Annotated[str, typer.Argument(metavar="NAME", help=_("what you call the account"))]


def add(  # noqa: PLR0913  (the options of cli.md, one parameter each)
    ctx: typer.Context,
    name: _Name,
    *,
    imap: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help=_(
                "where mail is read: imaps://HOST, imap+starttls://HOST; default: what the provider of the address has"
            ),
        ),
    ] = None,
    smtp: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help=_("where mail is sent: smtps://HOST or smtp+starttls://HOST; default: what the provider has"),
        ),
    ] = None,
    user: Annotated[
        str | None, typer.Option(metavar="USER", help=_("the login name; default: the own address"))
    ] = None,
    password_stdin: Annotated[
        bool,
        typer.Option("--password-stdin", help=_("read the password or authorisation code from stdin and keep it safe")),
    ] = False,
    password_env: Annotated[
        str | None, typer.Option(metavar="VAR", help=_("the password stands in this environment variable"))
    ] = None,
    password_command: Annotated[
        str | None, typer.Option(metavar="COMMAND", help=_("this command prints the password"))
    ] = None,
    oauth: Annotated[
        bool, typer.Option("--oauth", help=_("no password: sign in in the browser, with account authorize"))
    ] = False,
    own_address: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help=_("an address of ours, the first is written from; may be repeated")),
    ] = None,
    own_domain: Annotated[
        list[str] | None,
        typer.Option(metavar="DOMAIN", help=_("a domain whose people are colleagues; may be repeated")),
    ] = None,
    owner: Annotated[str, typer.Option(metavar="USER", help=_("the colleague whose mailbox it is; default: you"))] = "",
    display_name: Annotated[
        str, typer.Option(metavar="NAME", help=_("your name as customers see it; templates sign with it"))
    ] = "",
    signature: Annotated[
        str,
        typer.Option(metavar="TEXT", help=_("what stands below your mails: company, phone; may have several lines")),
    ] = "",
    zone: Annotated[
        str | None, typer.Option(metavar="ZONE", help=_("the account's time zone, such as Asia/Shanghai"))
    ] = None,
    go_live: Annotated[
        str | None,
        typer.Option(metavar="TIME", help=_("mail before this is history and starts no clock; default: now")),
    ] = None,
    authserv_id: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=_("your receiving server's name in Authentication-Results; default: learnt; may be repeated"),
        ),
    ] = None,
    folder: Annotated[
        list[str] | None, typer.Option(metavar="FOLDER", help=_("read only these folders; may be repeated"))
    ] = None,
    skip_folder: Annotated[
        list[str] | None, typer.Option(metavar="FOLDER", help=_("never read this folder; may be repeated"))
    ] = None,
) -> None:
    """Add an account without connecting to it."""
    if sum((password_stdin, password_env is not None, password_command is not None, oauth)) > 1:
        raise UsageError(
            say("Only one of --password-stdin, --password-env, --password-command and --oauth can say how to log in.")
        )
    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do(
            "add_account",
            name=name,
            imap=imap,
            smtp=smtp,
            user=user,
            password=_password() if password_stdin else None,
            password_env=password_env,
            password_command=password_command,
            oauth=oauth,
            own_addresses=tuple(own_address or ()),
            own_domains=tuple(own_domain or ()),
            owner=owner,
            display_name=display_name,
            signature=signature,
            zone=zone,
            go_live=go_live,
            authserv_ids=tuple(authserv_id or ()),
            folders=tuple(folder or ()),
            skip_folders=tuple(skip_folder or ()),
        )
        session.report(core, outcome)


def authorize(
    ctx: typer.Context,
    name: _Name,
    *,
    device: Annotated[
        bool, typer.Option("--device", help=_("sign in on any device with a code, where this computer has no browser"))
    ] = False,
) -> None:
    """Sign in to an account in the browser; it stays signed in until the provider or you end that."""
    session = session_of(ctx)

    def tell(invitation: Invitation) -> None:
        session.out.ask(
            _("Open this address, type the code {code} there and sign in:", code=invitation.code)
            if invitation.code
            else _("Sign in in the browser. If none opens, open this address on this computer:"),
            invitation.address,
        )

    with session.core() as core:
        session.report(core, core.do("authorize_account", name=name, device=device, tell=tell))


def _password() -> str:
    if sys.stdin.isatty():
        from getpass import getpass

        try:
            password = getpass(_("Password or authorisation code: "))
        except EOFError:
            password = ""
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise SecretError(
            say("No password came on stdin."),
            say("Pipe it in: `pass show mail | mailcrm account add … --password-stdin`."),
        )
    return password


def providers(
    ctx: typer.Context,
    address: Annotated[
        str, typer.Argument(metavar="[ADDRESS]", help=_("your address: its servers; without one, all"))
    ] = "",
) -> None:
    """List the providers of mailboxes: their servers, what they want in place of a password, and where to click for it."""
    from mailcrm.cli.plain.desk import show_providers

    session = session_of(ctx)
    with session.core() as core:
        rows = [row for row in core.ask("providers", address=address) if row.fits or not address]
        session.show(core, rows, show_providers)


def list_(ctx: typer.Context) -> None:
    """List the accounts."""
    from mailcrm.cli.plain.desk import show_accounts

    session = session_of(ctx)
    with session.core() as core:
        session.show(core, core.ask("accounts"), show_accounts)


def test(ctx: typer.Context, name: _Name) -> None:
    """Try an account's servers; 3 where one is unreachable or refuses, 1 where something in the mailbox is to be mended."""
    from mailcrm.cli.plain.desk import show_checks

    session = session_of(ctx)
    with session.core() as core:
        rows = core.ask("test_account", name=name)
        session.show(core, rows, show_checks)
    failed = {row.check for row in rows if not row.ok}
    if failed:
        raise typer.Exit(1 if failed <= _MAILBOX else 3)


def remove(ctx: typer.Context, name: _Name) -> None:
    """Remove an account."""
    session = session_of(ctx)
    with session.core() as core:
        session.report(core, core.do("remove_account", name=name))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        cls=CommandList, rich_markup_mode=None, help=_("the mailboxes that mailcrm reads and answers from")
    )
    group.command("add", cls=Command, help=_("add an account; nothing is connected yet"))(add)
    group.command("list", cls=Command, help=_("list the accounts"))(list_)
    group.command(
        "test", cls=Command, help=_("log in, list the folders, find Sent, and name what is wrong with its mend")
    )(test)
    group.command(
        "providers", cls=Command, help=_("list mail providers: servers, what they want for a password, where to click")
    )(providers)
    group.command("authorize", cls=Command, help=_("sign in to an account that was added with --oauth"))(authorize)
    group.command("remove", cls=Command, help=_("forget an account and its password; its mail stays"))(remove)
    app.add_typer(group, name="account", rich_help_panel=_("Start"))
