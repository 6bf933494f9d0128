"""Tables that a person names: read, looked at, and handed to a command exactly as they were looked at.

Room: core. In: the path of a file, and what the person says about it. Out: what importing it would do, beside the value that does it. Nothing
is written here, and no transaction is open while a file is read.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from mailcrm.core.world import World
from mailcrm.domain.errors import UsageError
from mailcrm.domain.quotes.lines_file import lines_in
from mailcrm.domain.sheets import Sheet
from mailcrm.domain.text import printable_line
from mailcrm.domain.trade.cells import day_in
from mailcrm.domain.trade.pricelist import checked_validity, next_version
from mailcrm.domain.trade.pricelist_file import NewPriceList, read_price_list
from mailcrm.domain.trade.product_file import NewProducts, read_products
from mailcrm.domain.words import say
from mailcrm.queries.pricelists import pricelist_preview as look_at
from mailcrm.queries.products import product_preview
from mailcrm.queries.rows import PriceListPreview, ProductPreview
from mailcrm.store.prices import known_lists

__all__ = ["preview_pricelist", "preview_products", "quote_lines", "read_table"]


def read_table(world: World, file: str) -> tuple[str, bytes, tuple[Sheet, ...]]:
    """Return a file's name, its bytes and its sheets."""
    try:
        path = Path(file).expanduser()
        with path.open("rb") as opened:
            content = opened.read(world.tables.most_octets + 1)  # one more: then it is refused as too large
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(
            say("{file} can't be read: {problem}.", file=file, problem=getattr(error, "strerror", None) or error),
            say("Name a file in .xlsx, .xls or .csv."),
        ) from error
    name = printable_line(path.name)
    return name, content, world.tables.read(name, content)


def preview_pricelist(
    world: World, *, file: str, version: str = "", valid_from: str = "", valid_until: str = "", currency: str = ""
) -> tuple[PriceListPreview, NewPriceList]:
    """Return what applying the list in `file` would do, and the list.

    What the person says goes before what stands in the file. Without a version it is the next one, without a first day today.
    """
    name, content, sheets = read_table(world, file)
    draft = read_price_list(name, sheets, currency)
    with world.store.read() as session:
        outlook = world.outlook(session)
        validity = checked_validity(
            version or draft.version or next_version(record.version for record in known_lists(session)),
            _day(valid_from) or draft.valid_from or outlook.today,
            _day(valid_until) or draft.valid_until,
        )
        new = NewPriceList(draft, validity, name, content)
        named = bool(version or draft.version or valid_from or draft.valid_from)
        limit = Decimal(world.settings.prices.jump_percent)
        return look_at(session, outlook, new, limit, named=named), new


def preview_products(world: World, *, file: str) -> tuple[ProductPreview, NewProducts]:
    """Return what importing the products of `file` would do, and the products."""
    name, _content, sheets = read_table(world, file)
    new = read_products(name, sheets)
    with world.store.read() as session:
        return product_preview(session, world.outlook(session), new, file=name), new


def quote_lines(world: World, *, file: str) -> str:
    """Return the lines of a quote that a table holds, as a person types them."""
    name, _content, sheets = read_table(world, file)
    return lines_in(name, sheets)


def _day(given: str) -> date | None:
    return day_in(given) if given.strip() else None
