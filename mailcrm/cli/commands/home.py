"""`init`, `demo`: the first steps, and `run`: the service.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import Session, session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["demo", "init", "register", "run"]


def init(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(metavar="URL", help=_("keep the records in this database instead of a file in the home")),
    ] = None,
) -> None:
    """Make the home."""
    from mailcrm.bootstrap import make_home

    session = session_of(ctx)
    home, url = make_home(session.home, db)
    database = _without_password(url)
    if session.options.json:
        session.out.document({"home": str(home), "database": database})
        return
    session.out.said(say("mailcrm lives in {home}; its records are in {database}.", home=home, database=database))
    session.out.said(
        say("Next: `mailcrm`, which asks for your mailbox; or `mailcrm account add`, then `mailcrm sync`.")
    )


def _without_password(url: str) -> str:
    """Return a database URL as it may be shown."""
    parts = urlsplit(url)
    return url if not parts.password else url.replace(f":{parts.password}@", ":***@", 1)


def demo(
    ctx: typer.Context,
    headless: Annotated[
        bool, typer.Option("--headless", help=_("print the worklist and leave instead of opening the screens"))
    ] = False,
) -> None:
    """Show the made-up mailbox."""
    from mailcrm.bootstrap import open_demo, run_tui
    from mailcrm.cli.plain.worklist import show_worklist

    session = session_of(ctx)
    if not headless:
        session.need_terminal()
    with open_demo() as core:
        if headless:
            session.show(core, core.ask("worklist", view="all"), show_worklist)
        else:
            run_tui(core, core.home())


def run(ctx: typer.Context) -> None:
    """Run the service until it is told to stop."""
    session = session_of(ctx)
    if session.options.now is not None:
        raise UsageError(
            say("The service works by the real clock: --now doesn't go with `run`."),
            say("Leave --now out; `mailcrm worklist --now …` shows what another hour would look like."),
        )
    _serve(session)


def _serve(session: Session) -> None:
    import signal
    import threading
    from types import FrameType

    from mailcrm.cli.documents import document

    stop = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    with session.core() as core:
        zone = core.zone()

        def tell(event: Mapping[str, object]) -> None:
            session.out.event(document(event, zone))
            if event["event"] == "waiting":
                session.out.error(
                    say("Another mailcrm is at work on this home (process {pid}).", pid=event["holder"] or "?"),
                    say("This one waits and takes over when that one ends; Ctrl-C stops it."),
                )

        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, leave)
        core.run(stop, tell)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    panel = _("Start")
    app.command(
        cls=Command,
        rich_help_panel=panel,
        help=_("make the home: a directory of your own with settings, templates and database"),
    )(init)
    app.command(
        cls=Command,
        rich_help_panel=panel,
        help=_("look around in a made-up mailbox; nothing of yours is touched, no mail leaves the computer"),
    )(demo)
    app.command(
        cls=Command,
        rich_help_panel=panel,
        help=_(
            "the service: wait for mail, keep the clocks, send what is due, until it is told to stop; prints a JSON line for each event"
        ),
    )(run)
