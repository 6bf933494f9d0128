"""A page of an order into a file: the proforma, the work order.

Room: core.
"""

from __future__ import annotations

from mailcrm.core.pressed import place_for, write_pages
from mailcrm.core.world import World
from mailcrm.domain.words import Sentence
from mailcrm.queries.rows import PressedRow
from mailcrm.store.order_documents import document_of, spoken
from mailcrm.store.orders import open_order

__all__ = ["press_order"]


def press_order(
    world: World,
    *,
    id: str,  # noqa: A002  (as on the command line)
    to: str,
    kind: str = "work_order",
    language: str = "",
) -> tuple[Sentence, PressedRow]:
    """Write a page of an order into the file `to`; nothing is overwritten."""
    path = place_for(to)
    today = world.policies.day(world.clock.now())
    with world.store.read() as session:
        file = open_order(session, id)
        language = spoken(session, file, kind, language)
        document = document_of(session, file, kind, language, today, world.policies.orders.departments)
    return write_pages(path, [world.press.press(document, language)], kind, language)
