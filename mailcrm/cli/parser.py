"""The parser: command groups found by name, put together, run; wrong usage in sentences of ours.

Room: cli. In: the line without the global options. Out: a command's exit code. The groups are imported only here, after
the language was installed, since their help texts are sentences of the moment.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import typer
from typer.main import get_command

from mailcrm.cli.helptext import CommandList
from mailcrm.cli.usage import translated

if TYPE_CHECKING:
    from mailcrm.cli.session import Session

__all__ = ["GROUPS", "build", "run"]

# The order of the help page: a newcomer's way through it.
GROUPS = (
    "home", "accounts", "mail", "worklist", "threads", "search", "report", "reply", "samples", "decisions", "noting",
    "conversations", "outbox", "notices", "companies", "contacts", "inquiries", "products", "pricelists",
    "costsheets", "freight", "rates", "refunds", "quotes", "orders", "team", "our_company", "templates", "documents",
    "attachments", "papers", "quarantine", "parse", "doctor",
)  # fmt: skip


def build() -> typer.Typer:
    """Return the whole command line, in the language of the moment."""
    from mailcrm.domain.words import _

    app = typer.Typer(
        cls=CommandList,
        add_completion=False,
        rich_markup_mode=None,
        help=_("The inbox assistant of an export-sales rep: every customer answered within 24 hours, or told when."),
    )
    for name in GROUPS:
        import_module(f"mailcrm.cli.commands.{name}").register(app)
    return app


def run(line: list[str], session: Session) -> int:
    """Run the command that `line` names; wrong usage raises UsageError."""
    command = get_command(build())
    # Not command.main(): it would deal with interrupts and closed pipes in words and exit codes of its own.
    try:
        with command.make_context("mailcrm", line, obj=session) as ctx:
            command.invoke(ctx)
    except typer.Exit as leave:
        return leave.exit_code
    except typer.TyperException as error:
        raise translated(error) from None
    return 0
