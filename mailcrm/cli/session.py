"""What a command stands on: its options, its streams, the home, and the core while it is open.

Room: cli. In: the global options. Out: an open core, and the streams to answer on. Commands get it as `ctx.obj`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from mailcrm.cli.options import Options
from mailcrm.cli.output import Output
from mailcrm.domain.errors import HomeError, UsageError
from mailcrm.domain.words import say

if TYPE_CHECKING:
    import typer

    from mailcrm.core.facade import Core, Outcome
    from mailcrm.queries.rows import SyncReport

T = TypeVar("T")

__all__ = ["Session", "session_of"]


class Session:
    """One call of the command line."""

    def __init__(self, options: Options, out: Output) -> None:
        self.options = options
        self.out = out

    @property
    def home(self) -> Path:
        """The home that is meant: --home, else MAILCRM_HOME, else the platform's data directory."""
        from mailcrm.bootstrap import default_home

        return self.options.home or default_home()

    @contextmanager
    def core(self) -> Iterator[Core]:
        """Open the home's core for the length of a block."""
        from mailcrm.bootstrap import open_core

        core = open_core(self.home, now=self.options.now)
        try:
            yield core
        finally:
            core.close()

    def glance(self, account: str | None) -> SyncReport | None:
        """Return the report of a sync that found nothing; None where the whole sync has to look."""
        from mailcrm.bootstrap import nothing_new

        return nothing_new(self.home, account)

    def show(self, core: Core, value: T, plain: Callable[[Output, T, Core], object]) -> None:
        """Answer with `value`: one JSON document with --json, else as `plain` prints it."""
        from mailcrm.cli.documents import document

        if self.options.json:
            self.out.document(document(value, core.zone()))
        else:
            plain(self.out, value, core)

    def report(self, core: Core, outcome: Outcome) -> None:
        """Answer with what a command did: with --json its row and the action that undoes it, else its sentence."""
        from mailcrm.cli.documents import document

        if not self.options.json:
            self.out.said(outcome.said)
            if outcome.action is not None:
                self.out.said(say("`mailcrm undo {action}` takes it back.", action=outcome.action))
            return
        row: Any = document(outcome.row, core.zone())
        if row is None:
            row = {"said": str(outcome.said)}
        if isinstance(row, dict):
            row["action"] = outcome.action
        self.out.document(row)

    def show_version(self) -> None:
        """Print the release."""
        from mailcrm import __version__

        if self.options.json:
            self.out.document({"version": __version__})
        else:
            self.out.line(f"mailcrm {__version__}")

    def need_terminal(self) -> None:
        """Refuse to open the screens where nobody could see them or type."""
        import sys

        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UsageError(
                say("The screens need a terminal, and this is none."),
                say("In scripts use a command, such as `mailcrm worklist --json`; `mailcrm --help` lists them."),
            )

    def open_screens(self) -> None:
        """Open the TUI on the home."""
        if not self.home.is_dir():
            raise HomeError(
                say("There is nothing in {home} yet.", home=self.home),
                say("`mailcrm demo` shows mailcrm with a made-up mailbox; `mailcrm init` starts with your own."),
            )
        self.need_terminal()
        from mailcrm.bootstrap import open_screens

        open_screens(self.home, now=self.options.now)


def session_of(ctx: typer.Context) -> Session:
    """Return the call's session."""
    session = ctx.obj
    assert isinstance(session, Session)  # noqa: S101  (narrowing: parser.run puts it there)
    return session
