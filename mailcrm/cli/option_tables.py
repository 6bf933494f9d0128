"""Options that commands take alike, out of a table: one option each.

Room: cli. In: a function that ends in `**options`, and options by name. Out: one that does the same, with a parameter for each of them, as
typer wants to see it; what was not given is None.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

__all__ = ["given", "text_options", "with_options"]


def text_options(table: Mapping[str, tuple[str, str]], flags: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return options that take a text: `table` tells what stands for the value, and the help.

    A name is its flag too ("needed_by": --needed-by), unless `flags` has another one.
    """
    flags = flags or {}
    return {
        name: Annotated[
            str | None, typer.Option(flags.get(name, f"--{name.replace('_', '-')}"), metavar=value, help=told)
        ]
        for name, (value, told) in table.items()
    }


def with_options(command: Callable[..., None], options: Mapping[str, Any]) -> Callable[..., None]:
    """Return `command` with its `**options` made parameters of these kinds."""

    @functools.wraps(command)
    def taking(*args: Any, **given: Any) -> None:  # noqa: ANN401  (what `command` takes)
        command(*args, **given)

    signature = inspect.signature(command, eval_str=True)
    own = [one for one in signature.parameters.values() if one.kind is not inspect.Parameter.VAR_KEYWORD]
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
        for name, kind in options.items()
    ]
    taking.__signature__ = signature.replace(parameters=[*own, *more])  # type: ignore[attr-defined]
    taking.__annotations__ = {one.name: one.annotation for one in (*own, *more)}
    return taking


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that were given."""
    return {name: value for name, value in options.items() if value is not None}
