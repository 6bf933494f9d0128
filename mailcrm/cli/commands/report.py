"""`report`: figures for a manager, as text, JSON or a page of its own.

Room: cli. The page is written for its owner only (0600) and takes the place of an earlier one at once: whoever reads it
meanwhile sees the old one or the new one. Nothing but a plain file is ever replaced.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkstemp
from typing import Annotated, Literal

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import session_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import _, say

__all__ = ["register", "report"]


def report(
    ctx: typer.Context,
    name: Annotated[Literal["replies"], typer.Argument(metavar="REPORT", help=_("replies (default)"))] = "replies",
    start: Annotated[
        str,
        typer.Option(
            "--from", metavar="DAY", help=_("the first day, such as 2026-11-23 (default: 28 days up to --to)")
        ),
    ] = "",
    end: Annotated[str, typer.Option("--to", metavar="DAY", help=_("the last day (default: today)"))] = "",
    by: Annotated[
        Literal["rep", "country", "grade", "week"],
        typer.Option(metavar="GROUP", help=_("rep (default), country, grade or week")),
    ] = "rep",
    html: Annotated[
        str | None, typer.Option(metavar="FILE", help=_("write a page with charts; an earlier one is replaced"))
    ] = None,
) -> None:
    """Print a report, or write its page."""
    from mailcrm.cli.plain.replies import show_replies

    session = session_of(ctx)
    page = _page_file(html) if html is not None else None
    with session.core() as core:
        rows = page is not None or session.options.json
        found = core.ask(f"report_{name}", start=start, end=end, by=by, rows=rows)
        if page is not None:
            from mailcrm.cli.pages.replies import replies_page

            _write(page, replies_page(found))
        if page is None or session.options.json:
            session.show(core, found, show_replies)
        else:
            session.out.said(say("Written to {path}.", path=page))


def _page_file(given: str) -> Path:
    path = Path(given).expanduser()
    if not path.parent.is_dir():
        raise UsageError(
            say("{directory} is no directory.", directory=path.parent), say("Make it first, or name another.")
        )
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise UsageError(
            say("{path} is no plain file, so no page is written there.", path=path),
            say("Name a file, such as replies.html."),
        )
    return path


def _write(path: Path, text: str) -> None:
    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600 from the first moment
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(cls=Command, rich_help_panel=_("Work"), help=_("how fast customers are answered, in figures"))(report)
