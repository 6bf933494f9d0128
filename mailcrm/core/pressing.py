"""A document of each kind with made-up content, to look at: our letterhead, our bank block, our templates.

Room: core.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailcrm.core.files import write_new
from mailcrm.core.world import World
from mailcrm.domain.errors import MailcrmError, NotFound, UsageError
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import PressedRow
from mailcrm.store import our_company

if TYPE_CHECKING:
    from mailcrm.domain.documents.examples import Example

__all__ = ["check_documents", "press_example"]

_FORMS = (".pdf", ".png")


def press_example(world: World, *, kind: str, language: str, to: str) -> tuple[Sentence, PressedRow]:
    """Write an example document into the file `to`: PDF, or PNG (then a file for each page). Nothing is overwritten."""
    path = Path(to).expanduser()
    if path.suffix.lower() not in _FORMS or not path.parent.is_dir():
        raise UsageError(
            say("{path} can't be written as a document.", path=to),
            say("Name a file in a directory that exists, ending in .pdf or .png."),
        )
    document = _example(world, kind, language)
    if path.suffix.lower() == ".pdf":
        pages: tuple[bytes, ...] = (world.press.press(document, language),)
    else:
        pages = world.press.draw(document, language)
    names = (
        [path.name] if len(pages) == 1 else [f"{path.stem}-{place}{path.suffix}" for place in range(1, len(pages) + 1)]
    )
    written = [write_new(path.parent, name, page) for name, page in zip(names, pages, strict=True)]
    row = PressedRow(
        kind,
        language,
        tuple(map(str, written)),
        tuple(map(len, pages)),
        tuple(sha256(page).hexdigest() for page in pages),
    )
    return say("Saved as {path}.", path=", ".join(row.paths)), row


def check_documents(world: World) -> tuple[Sentence, ...]:
    """Press every kind in every language; return what is wrong, a sentence each."""
    from mailcrm.domain.documents.examples import EXAMPLES

    wrong = []
    for kind in EXAMPLES:
        for language in ("en", "zh"):
            try:
                world.press.press(_example(world, kind, language), language)
            except MailcrmError as error:
                wrong.append(say("{kind}, {language}: {problem}", kind=kind, language=language, problem=error.whole))
    return tuple(wrong)


def _example(world: World, kind: str, language: str) -> Example:
    from mailcrm.domain.documents.examples import EXAMPLES, letterhead

    if kind not in EXAMPLES:
        raise NotFound(
            say("There is no document {kind}.", kind=kind), say("There are: {kinds}.", kinds=", ".join(EXAMPLES))
        )
    with world.store.read() as session:
        ours = our_company.letterhead(session) if our_company.entities(session) else letterhead()
        bank = our_company.registered_block(session, "USD")
    return EXAMPLES[kind](language, ours, bank, _today(world), b"")


def _today(world: World) -> date:
    return world.clock.now().astimezone(ZoneInfo(world.zone)).date()
