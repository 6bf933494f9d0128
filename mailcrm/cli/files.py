"""What `attachment` and `paper` do alike with one file.

Room: cli. How a file is written, and which are opened, is the core's to say (core.files).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Annotated

import typer

from mailcrm.cli.helptext import Command
from mailcrm.cli.session import session_of
from mailcrm.domain.words import _

__all__ = ["Into", "add_commands", "hand_over"]

Into = Annotated[str, typer.Option(metavar="DIR", help=_("the directory to save it in"))]


def hand_over(ctx: typer.Context, verb: str, **arguments: str) -> None:
    """Save or open a file, and tell where it lies."""
    session = session_of(ctx)
    with session.core() as core:
        outcome = core.do(verb, **arguments)
    if session.options.json:
        session.out.document(dataclasses.asdict(outcome.row))
    else:
        session.out.said(outcome.said)


def add_commands(group: typer.Typer, save: Callable[..., None], open_: Callable[..., None]) -> None:
    """Add both to a group."""
    group.command("save", cls=Command, help=_("write a file into a directory; nothing is overwritten"))(save)
    group.command("open", cls=Command, help=_("show a file, if by its bytes it is nothing but something to look at"))(
        open_
    )
