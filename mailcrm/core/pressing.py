"""A document of each kind with made-up content, to look at: our letterhead, our bank block, our templates.

Room: core.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailcrm.core.pressed import place_for, write_pages
from mailcrm.core.world import World
from mailcrm.domain.errors import MailcrmError, NotFound
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import PressedRow
from mailcrm.store import our_company

if TYPE_CHECKING:
    from mailcrm.domain.documents.examples import Example

__all__ = ["check_documents", "press_example"]


def press_example(world: World, *, kind: str, language: str, to: str) -> tuple[Sentence, PressedRow]:
    """Write an example document into the file `to`: PDF, or PNG (then a file for each page). Nothing is overwritten."""
    path = place_for(to, drawn=True)
    document = _example(world, kind, language)
    if path.suffix.lower() == ".pdf":
        pages: tuple[bytes, ...] = (world.press.press(document, language),)
    else:
        pages = world.press.draw(document, language)
    return write_pages(path, pages, kind, language)


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
