"""A page of an order into a file: the proforma, the work order.

Room: core.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from mailcrm.core.files import write_new
from mailcrm.core.world import World
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import Sentence, say
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
    path = Path(to).expanduser()
    if path.suffix.lower() != ".pdf" or not path.parent.is_dir():
        raise UsageError(
            say("{path} can't be written as a document.", path=to),
            say("Name a file in a directory that exists, ending in .pdf."),
        )
    today = world.policies.day(world.clock.now())
    with world.store.read() as session:
        file = open_order(session, id)
        language = spoken(session, file, kind, language)
        document = document_of(session, file, kind, language, today, world.policies.orders.departments)
    page = world.press.press(document, language)
    written = str(write_new(path.parent, path.name, page))
    row = PressedRow(kind, language, (written,), (len(page),), (sha256(page).hexdigest(),))
    return say("Saved as {path}.", path=written), row
