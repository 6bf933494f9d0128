"""What a price list changes: items that come and go, prices that rise and fall.

Room: domain. In: two lists. Out: a change for each line that differs, in the order of the item numbers; and, where a price moves more than
is usual, a remark, since a slipped decimal point looks like that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mailcrm.domain.sheets import Remark
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.trade.money import Money
from mailcrm.domain.trade.pricelist import PriceLine, PriceList, line_for
from mailcrm.domain.words import Sentence, say

__all__ = ["Change", "changes_between", "jumps", "percent_between"]

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Change:
    """A line that differs: `kind` "added", "removed" or "changed"; the percentages are those of the later over the earlier."""

    kind: str
    before: PriceLine | None
    after: PriceLine | None
    fob_percent: Decimal | None = None
    floor_percent: Decimal | None = None

    @property
    def line(self) -> PriceLine:
        """The later line, else the earlier one."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  (a change has one side at least)
        return found


def percent_between(before: Money, after: Money) -> Decimal | None:
    """Return by how much `after` is above `before`, in percent to one decimal; None where the currencies differ."""
    if before.currency != after.currency or not before.amount:
        return None
    return ((after.amount - before.amount) * 100 / before.amount).quantize(_TENTH, ROUND_HALF_UP)


def changes_between(earlier: PriceList, later: PriceList) -> tuple[Change, ...]:
    """Return every line that isn't the same in both; a description may change without being a change of price."""
    old = {line.key: line for line in earlier.lines}
    new = {line.key: line for line in later.lines}
    return tuple(_changes(old, new))


def _changes(old: dict[tuple[str, int], PriceLine], new: dict[tuple[str, int], PriceLine]) -> Iterator[Change]:
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            yield Change("removed" if after is None else "added", before, after)
        elif (before.fob, before.floor, before.unit) != (after.fob, after.floor, after.unit):
            percents = percent_between(before.fob, after.fob), percent_between(before.floor, after.floor)
            yield Change("changed", before, after, *percents)


def jumps(
    earlier: PriceList, lines: tuple[PriceLine, ...], rows: tuple[int, ...], limit: Decimal
) -> tuple[Remark, ...]:
    """Return a remark for each line whose price or floor moves by more than `limit` percent."""
    if lines and earlier.currency != lines[0].fob.currency:
        return (
            Remark(
                0,
                say(
                    "The earlier list {version} is in {currency}: its prices are not compared.",
                    version=earlier.validity.version,
                    currency=earlier.currency,
                ),
            ),
        )
    of_item: dict[str, list[PriceLine]] = {}
    for line in earlier.lines:
        of_item.setdefault(sku_key(line.sku), []).append(line)
    found: list[Remark] = []
    for row, line in zip(rows, lines, strict=True):
        before = line_for(of_item.get(sku_key(line.sku), ()), line.sku, line.qty_break)
        if before is not None:
            found += [Remark(row, reason) for reason in _moved(before, line, limit)]
    return tuple(found)


def _moved(before: PriceLine, after: PriceLine, limit: Decimal) -> Iterator[Sentence]:
    price = percent_between(before.fob, after.fob)
    if price is not None and abs(price) > limit:
        yield say(
            "The price of {sku} from {quantity} goes from {before} to {after} ({percent} %).",
            sku=after.sku,
            quantity=after.qty_break,
            before=before.fob,
            after=after.fob,
            percent=f"{price:+f}",
        )
    floor = percent_between(before.floor, after.floor)
    if floor is not None and abs(floor) > limit:
        yield say(
            "The floor price of {sku} from {quantity} goes from {before} to {after} ({percent} %).",
            sku=after.sku,
            quantity=after.qty_break,
            before=before.floor,
            after=after.floor,
            percent=f"{floor:+f}",
        )
