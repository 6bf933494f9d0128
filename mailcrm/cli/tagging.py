"""`+importer -old`: tags on the command line.

Room: cli. In: the words behind an id. Out: what is to be added and taken away. A word with a minus is no option here.
"""

from __future__ import annotations

from collections.abc import Sequence

from typer._click.core import Context

from mailcrm.cli.helptext import Command

__all__ = ["TagCommand", "changes"]

_MINUS = "\N{MINUS SIGN}"
_AWAY = ("-", "－", _MINUS)


class TagCommand(Command):
    """A command whose words may begin with a minus; options have two."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read `args`, with another minus before tags that are to go."""
        return super().parse_args(ctx, [_told(word) for word in args])


def _told(word: str) -> str:
    return _MINUS + word[1:] if word[:1] == "-" and word[1:2] not in ("", "-") else word


def changes(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the arguments of the verb `tag`; a word without a sign is one to be added."""
    return {
        "add": tuple(word.removeprefix("+").removeprefix("＋") for word in words if not word.startswith(_AWAY)),
        "remove": tuple(word[1:] for word in words if word.startswith(_AWAY)),
    }
