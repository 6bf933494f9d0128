"""Templates and previews for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.domain.words import Sentence, _
from mailcrm.queries.rows import Person, Preview, TemplateRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_preview", "show_problems", "show_templates"]


def show_templates(out: Output, rows: Sequence[TemplateRow], _core: Core) -> None:
    """Print templates, one a line."""
    cells = [(row.name, row.language, ", ".join(row.variables), row.title) for row in rows]
    columns(out, (_("name"), _("language"), _("asks for"), _("what it is")), cells)


def show_preview(out: Output, found: Preview, _core: Core) -> None:
    """Print a mail as it would leave."""
    if found.missing:
        return
    pairs(
        out,
        [
            (_("from"), _person(found.from_)),
            (_("to"), ", ".join(map(_person, found.to))),
            (_("cc"), ", ".join(map(_person, found.cc))),
            (_("subject"), found.subject),
        ],
    )
    out.line()
    for text in (found.body, found.signature, found.quoted):
        if text:
            out.block(text)


def show_problems(out: Output, problems: Sequence[Sentence], _core: Core) -> None:
    """Print what is wrong with the templates."""
    for problem in problems:
        out.line(str(problem))


def _person(person: Person) -> str:
    return f"{person.name} <{person.address}>" if person.name else person.address
