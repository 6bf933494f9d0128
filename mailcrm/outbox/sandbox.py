"""The small language of mail templates, and the walls around it.

Room: outbox. In: the text of a template file (never text that came by mail), plain values. Out: rendered text.

A template may write values, use the filters below, `if`, `for` over a list, `set` to a constant, and `loop.…`; nothing
else: no calls, no arithmetic, no macros, no includes. With that a text can only grow by what it prints, so three limits
bound a rendering in time and size: 32 KB of source, 200,000 characters of output, 100,000 steps of work (each turn of a
loop counts what stands in the loop, each filter the length of its text).
Jinja2's ImmutableSandboxedEnvironment stands behind it for attributes and methods. A name without a value is an error.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast

import jinja2
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailcrm.domain.errors import TemplateError
from mailcrm.domain.words import say
from mailcrm.outbox.dates import day_in_words, in_both_zones
from mailcrm.outbox.frontmatter import broken

__all__ = ["Value", "Walled", "names_and_lines"]

Value = str | int | Decimal | date | datetime

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For, nodes.Assign),
    *(nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr),
    *(nodes.Dict, nodes.Pair, nodes.List, nodes.Tuple, nodes.Getitem, nodes.Getattr),
)
_FILTERS = ("capitalize", "default", "first", "last", "length", "lower", "title", "trim", "upper")
_STEPS = 100_000
_LETTERS_A_STEP = 10
_LONGEST = 200_000
# SyntaxError, RecursionError and MemoryError: Python itself refuses what is nested too deeply.
_FAILURES = (
    *(jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError),
    *(SyntaxError, RecursionError, MemoryError),
)
_UNDEFINED = re.compile(r"'([^']+)' is undefined")


@dataclass(frozen=True, slots=True)
class Walled:
    """A piece of a template (its text or its subject) that has been parsed and found harmless."""

    path: Path
    language: str
    source: str

    def render(self, values: Mapping[str, object]) -> str:
        """Return the text; TemplateError names line and variable."""
        environment = _environment(self.language)
        try:
            code = environment.compile(_bounded(self._tree(environment)), filename=str(self.path))
            template = environment.template_class.from_code(environment, code, environment.make_globals(None))
            return _limited(self.path, template.generate(dict(values)))
        except TemplateError:
            raise
        except _FAILURES as error:
            raise self._explained(error) from error

    def undeclared(self) -> dict[str, int]:
        """Return the names that the text takes from outside, each with the line it first stands in."""
        tree = self._tree(_environment(self.language))
        outside = find_undeclared_variables(tree)
        lines: dict[str, int] = {}
        for name in tree.find_all(nodes.Name):
            if name.ctx == "load" and name.name in outside:
                lines[name.name] = min(lines.get(name.name, name.lineno), name.lineno)
        return lines

    def _tree(self, environment: jinja2.Environment) -> nodes.Template:
        try:
            tree = environment.parse(self.source, filename=str(self.path))
        except jinja2.TemplateSyntaxError as error:
            what = say("the template is broken: {why}", why=error.message or "")
            raise broken(
                self.path, error.lineno, what, say("Look at the brackets {{{{ }}}} and {{% %}} around that line.")
            ) from error
        except RecursionError as error:
            raise broken(
                self.path, 1, say("it is nested too deeply."), say("Write the conditions one after another.")
            ) from error
        for node in _descendants(tree):
            _refuse(self.path, node)
        return tree

    def _explained(self, error: Exception) -> TemplateError:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(self.path)]
        line = frames[-1].lineno if frames and frames[-1].lineno else 1
        undefined = _UNDEFINED.search(str(error))
        if isinstance(error, jinja2.UndefinedError) and undefined:
            return broken(
                self.path,
                line,
                say("there is no value for {name}.", name=undefined[1]),
                say("Give it with --var {name}=…, or ask for it in the template's block.", name=undefined[1]),
            )
        return broken(
            self.path, line, say("the text can't be made: {why}", why=error), say("Correct that line of the template.")
        )


def names_and_lines(pieces: Iterable[Walled]) -> dict[str, int]:
    """Return the names that `pieces` of one file take from outside, with their first lines."""
    lines: dict[str, int] = {}
    for piece in pieces:
        for name, line in piece.undeclared().items():
            lines.setdefault(name, line)
    return lines


def _environment(language: str) -> ImmutableSandboxedEnvironment:
    """Return a fresh environment: the count of turns belongs to one rendering."""

    @jinja2.pass_context
    def in_words(context: Context, value: object) -> object:
        return _in_words(context, value, language)

    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=in_words,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    work = _Work()
    environment.filters |= {"items": _items, "counted": work.turns, "weighed": work.weighed}
    return environment


class _Work:
    """What one rendering may still do."""

    def __init__(self) -> None:
        self._left = _STEPS

    def turns(self, values: Iterable[object], cost: int) -> Iterator[object]:
        """Yield the values of a loop whose every turn costs `cost` steps."""
        for value in values:
            self._spend(cost)
            yield value

    def weighed(self, value: object) -> object:
        """Return the value that a filter is about to read."""
        self._spend(1 + len(value) // _LETTERS_A_STEP if isinstance(value, str) else 1)
        return value

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise jinja2.TemplateRuntimeError("it takes too many steps")


def _items(text: str) -> list[str]:
    """Return the parts of "a, b; c", as a rep types a list."""
    return [part.strip() for part in re.split(r"[,;，；、\n]", text) if part.strip()]


def _in_words(context: Context, value: object, language: str) -> object:
    """Return a value as a mail writes it: dates with the month in words, instants in both zones."""
    if isinstance(value, datetime):
        ours = (str(context.get("our_zone", "")), str(context.get("our_place", "")))
        theirs = (str(context.get("their_zone", "")), str(context.get("their_place", "")))
        return in_both_zones(value, language, ours, theirs)
    if isinstance(value, date):
        return day_in_words(value, language, with_year=True)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (str, int, jinja2.Undefined)):
        return value
    raise jinja2.TemplateRuntimeError("only text, numbers and dates can be written")


def _descendants(tree: nodes.Node) -> Iterator[nodes.Node]:
    """Yield every node without recursion: a hostile file may be nested deeply."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.iter_child_nodes())


def _refuse(path: Path, node: nodes.Node) -> None:
    """Raise TemplateError where `node` isn't part of the small language."""
    strange = not isinstance(node, _ALLOWED)
    if isinstance(node, nodes.Filter):
        strange = node.name not in (*_FILTERS, "items") or node.node is None
    elif isinstance(node, nodes.Getattr):
        strange = not (isinstance(node.node, nodes.Name) and node.node.name == "loop")
    elif isinstance(node, nodes.Assign):
        strange = not _is_constant(node.node)
    elif isinstance(node, nodes.For):
        strange = node.recursive
    if strange:
        what = node.name if isinstance(node, nodes.Filter) else type(node).__name__.lower()
        raise broken(
            path,
            node.lineno,
            say("“{what}” is not possible in a mail template.", what=what),
            say(
                "Use {{{{ name }}}}, the filters {filters}, if, for and set to a constant.",
                filters=", ".join((*_FILTERS, "items")),
            ),
        )


def _is_constant(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.Expr):
        return False
    try:
        node.as_const()
    except nodes.Impossible:
        return False
    return True


def _bounded(tree: nodes.Template) -> nodes.Template:
    """Let every loop and every filter draw its value through the count of steps."""
    for used in list(tree.find_all(nodes.Filter)):
        if used.node is not None:
            used.node = _through("weighed", used.node, [])
    for loop in list(tree.find_all(nodes.For)):
        loop.iter = _through("counted", loop.iter, [nodes.Const(sum(1 for _node in _descendants(loop)))])
    return tree


def _through(name: str, value: nodes.Node, arguments: list[nodes.Expr]) -> nodes.Filter:
    return nodes.Filter(cast("nodes.Expr", value), name, arguments, [], None, None, lineno=value.lineno)


def _limited(path: Path, pieces: Iterable[str]) -> str:
    text, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > _LONGEST:
            raise broken(path, 1, say("the mail becomes too long."), say("Attach long texts as a file."))
        text.append(piece)
    return "".join(text)
