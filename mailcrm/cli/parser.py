"""The parser: command groups found by name, put together, run; wrong usage in sentences of ours.

Room: cli. In: the line without the global options. Out: a command's exit code. The groups are imported only here, after
the language was installed, since their help texts are sentences of the moment.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import typer
from typer.main import get_group

from mailcrm.cli.helptext import CommandList
from mailcrm.cli.usage import translated

if TYPE_CHECKING:
    from mailcrm.cli.session import Session

__all__ = ["GROUPS", "build", "run"]

# What each group registers, in the order of the help page: a newcomer's way through it.
GROUPS = {
    "home": ("init", "demo", "run"),
    "accounts": ("account",),
    "mail": ("sync", "import-mail"),
    "worklist": ("worklist",),
    "threads": ("threads", "show", "explain"),
    "search": ("search",),
    "report": ("report",),
    "reply": ("reply",),
    "samples": ("sample",),
    "decisions": ("answered", "waive", "decide", "done", "wait", "snooze", "classify", "undo"),
    "noting": ("log", "note", "answered-too", "adopt", "task"),
    "conversations": ("merge", "split"),
    "outbox": ("outbox",),
    "notices": ("notices",),
    "companies": ("company",),
    "contacts": ("contact",),
    "inquiries": ("inquiry",),
    "products": ("product",),
    "pricelists": ("pricelist",),
    "costsheets": ("costsheet",),
    "freight": ("freight",),
    "rates": ("rate",),
    "refunds": ("refund",),
    "quotes": ("quote",),
    "orders": ("order",),
    "team": ("assign", "team", "absence", "duty"),
    "our_company": ("entity", "bank"),
    "templates": ("template",),
    "documents": ("document",),
    "attachments": ("attachment",),
    "papers": ("paper",),
    "quarantine": ("reparse", "rebuild", "quarantine"),
    "parse": ("parse",),
    "doctor": ("doctor",),
}


def build(word: str = "") -> typer.Typer:
    """Return the command line, in the language of the moment: the group of the command `word`, or all where there is none.

    To put all two hundred commands together takes longer than most of them take.
    """
    from mailcrm.domain.words import _

    app = typer.Typer(
        cls=CommandList,
        add_completion=False,
        rich_markup_mode=None,
        help=_("The inbox assistant of an export-sales rep: every customer answered within 24 hours, or told when."),
    )
    for name in [group for group, commands in GROUPS.items() if word in commands] or GROUPS:
        import_module(f"mailcrm.cli.commands.{name}").register(app)
    return app


def run(line: list[str], session: Session) -> int:
    """Run the command that `line` names; wrong usage raises UsageError."""
    command = get_group(build(line[0]))
    # Not command.main(): it would deal with interrupts and closed pipes in words and exit codes of its own.
    try:
        with command.make_context("mailcrm", line, obj=session) as ctx:
            command.invoke(ctx)
    except typer.Exit as leave:
        return leave.exit_code
    except typer.TyperException as error:
        raise translated(error) from None
    return 0
