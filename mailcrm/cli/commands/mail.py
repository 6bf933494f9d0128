"""`sync` and `import-mail`: mail comes in.

Room: cli.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import Session, session_of
from mailcrm.domain.words import _, say

if TYPE_CHECKING:
    from mailcrm.queries.rows import SyncReport

__all__ = ["import_mail", "register", "sync"]

_REMOTE = 3


def sync(
    ctx: typer.Context,
    account: Annotated[str | None, typer.Option(metavar="NAME", help=_("only this account"))] = None,
    full: Annotated[
        bool, typer.Option("--full", help=_("compare every mail in the folders, not only what is new"))
    ] = False,
) -> None:
    """Poll all accounts; one that fails doesn't stop the others."""
    session = session_of(ctx)
    report = None if full or session.options.now else session.glance(account)
    if report is None:
        with session.core() as core:
            report = core.do("sync", account=account, full=full, progress=session.out.progress).row
    _show(session, report)
    codes = {each.error_code for each in report.accounts if each.error is not None}
    for each in report.accounts:
        if each.error is not None:
            session.out.error(each.error)  # it begins with the account's name
    if codes:
        raise typer.Exit(_REMOTE if _REMOTE in codes else max(codes))


def _show(session: Session, report: SyncReport) -> None:
    if session.options.json:
        from mailcrm.cli.documents import document

        session.out.document(document(report, "UTC"))  # there is no instant in it
    else:
        from mailcrm.cli.plain.reports import show_sync

        show_sync(session.out, report)


def import_mail(
    ctx: typer.Context,
    path: Annotated[
        list[str], typer.Argument(metavar="PATH", help=_(".eml files, mbox files, Maildirs, or folders of them"))
    ],
    account: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("the account it belongs to; default: the only one"))
    ] = None,
    live: Annotated[
        bool, typer.Option("--live", help=_("mail since go-live starts clocks; without this all of it is history"))
    ] = False,
) -> None:
    """Read mail from files; twice changes nothing."""
    from mailcrm.cli.plain.reports import show_import

    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do("import_mail", paths=tuple(path), account=account, live=live, progress=session.out.progress)
        session.show(core, outcome.row, show_import)
    for file, error in outcome.row.errors:
        session.out.error(say("{file} was not read: {error}", file=file, error=error))
    if outcome.row.errors:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = _("Mail")
    app.command(
        cls=Command, rich_help_panel=panel, help=_("read new mail now and bring the worklist up to date; sends nothing")
    )(sync)
    app.command(
        "import-mail", cls=Command, rich_help_panel=panel, help=_("read mail from files; twice changes nothing")
    )(import_mail)
