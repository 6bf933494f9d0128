"""Help pages in both languages: widths in terminal cells, and no word of a library in between.

Room: cli. In: typer's commands. Out: their help pages. typer's own pages measure Chinese by characters and keep some of
their English, so these commands lay theirs out themselves. typer carries its own copy of click in a private package; its
minor release is pinned.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from itertools import chain

from typer._click.core import Command as AnyCommand
from typer._click.core import Context, Parameter
from typer.core import TyperCommand, TyperGroup

from mailcrm.cli.usage import name_of, unknown_command, unwanted
from mailcrm.domain.words import _

__all__ = ["Command", "CommandList"]

_WIDEST = 100
_NARROWEST = 50
_NAMES_WIDEST = 30


class Command(TyperCommand):
    """A command: words that nothing takes are named, and the help page is ours."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read `args`; what is left over is wrong usage."""
        ctx.allow_extra_args = True
        left = super().parse_args(ctx, args)
        if left:
            raise unwanted(left[0], ctx.command_path)
        return left

    def get_help(self, ctx: Context) -> str:
        """Return the help page."""
        return "\n".join(_page(self, ctx, _parameters(self, ctx)))


class CommandList(TyperGroup):
    """A list of commands. Without a word it runs its `list`, where it has one."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read `args`, `list` where there are none."""
        return super().parse_args(ctx, args or (["list"] if "list" in self.commands else []))

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Return the command that `args` begin with."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise unknown_command(args[0], list(self.commands), ctx.command_path)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: Context) -> str:
        """Return the help page."""
        more = _global_options() if ctx.parent is None else _first_page()
        return "\n".join(_page(self, ctx, chain(self._lists(), more)))

    def _lists(self) -> Iterator[str]:
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            panels.setdefault(_panel(command), []).append((name, command.help or ""))
        width = max(len(name) for name in self.commands)
        for panel, rows in panels.items():
            yield from _definitions(panel, rows, width)


def _panel(command: AnyCommand) -> str:
    panel = getattr(command, "rich_help_panel", None)
    return panel if isinstance(panel, str) else _("Commands")


def _page(command: AnyCommand, ctx: Context, body: Iterable[str]) -> Iterator[str]:
    yield _("Usage: {line}", line=" ".join((ctx.command_path, *_line(command, ctx))))
    yield ""
    yield from _indented(command.help or "", 2)
    yield from body


def _line(command: AnyCommand, ctx: Context) -> Iterator[str]:
    if isinstance(command, CommandList):
        yield _("COMMAND …")
        return
    for parameter in command.get_params(ctx):
        if parameter.param_type_name == "argument":
            name = name_of(parameter) + ("…" if parameter.nargs != 1 else "")
            yield name if parameter.required else f"[{name}]"
    yield _("[OPTIONS]")


def _parameters(command: AnyCommand, ctx: Context) -> Iterator[str]:
    of_kind: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for parameter in command.get_params(ctx):
        if parameter.name != "help":
            of_kind[parameter.param_type_name].append((_spelled(parameter), getattr(parameter, "help", "") or ""))
    width = max((len(name) for rows in of_kind.values() for name, _help in rows), default=0)
    yield from _definitions(_("Arguments"), of_kind["argument"], width)
    yield from _definitions(_("Options"), of_kind["option"], width)
    yield from _first_page()


def _spelled(parameter: Parameter) -> str:
    if parameter.param_type_name == "argument":
        return name_of(parameter)
    names = ", ".join((*parameter.opts, *parameter.secondary_opts))
    return f"{names} {parameter.metavar}" if parameter.metavar else names


def _first_page() -> Iterator[str]:
    yield ""
    yield from _indented(_("The options of every command are on the first page: `mailcrm --help`."), 0)


def _global_options() -> Iterator[str]:
    rows = [
        ("--home DIR", _("the directory that mailcrm lives in; else MAILCRM_HOME, else the system's place for data")),
        ("--json", _("print one JSON document instead of text")),
        ("--quiet", _("print no progress and no confirmations")),
        ("--verbose", _("tell on stderr what is done")),
        ("--now TIME", _("act as if it were this time, in ISO 8601; without an offset in the account's zone")),
        ("--lang en|zh", _("speak English or Chinese; else MAILCRM_LANG, else the system's language")),
        ("--version", _("print the release; without a command")),
        ("--help", _("print the help page of a command")),
    ]
    yield from _definitions(_("Options of every command, before or after it"), rows, 0)


def _definitions(heading: str, rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    if not rows:
        return
    from mailcrm.tui.widgets.cells import wrap

    width = min(max(width, *(len(name) for name, _help in rows)), _NAMES_WIDEST)
    yield ""
    yield _("{heading}:", heading=heading)
    for name, text in rows:
        first, *more = wrap(text, _width() - width - 4)
        if len(name) > width:
            yield f"  {name}"
        yield f"  {name if len(name) <= width else '':<{width}}  {first}"
        yield from (f"{'':<{width + 4}}{line}" for line in more)


def _indented(text: str, indent: int) -> Iterator[str]:
    from mailcrm.tui.widgets.cells import wrap

    return (f"{'':<{indent}}{line}" for line in wrap(text, _width() - indent))


def _width() -> int:
    return max(min(shutil.get_terminal_size().columns, _WIDEST), _NARROWEST)
