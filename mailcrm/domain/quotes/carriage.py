"""The freight of a quote's pieces, from their cartons and from what a container or the groupage costs.

Room: domain. In: what a person typed and the house's containers, once; then a content and one of its lines. Out: the exact freight of a piece,
with its working. A container is taken as full, whatever the quantity, since a rep offers shares of it; groupage is paid by what all
lines are together, its minimum once, and each line bears its part. A line that says its own freight has that one.
"""

from __future__ import annotations

from dataclasses import replace

from mailcrm.domain.errors import UsageError
from mailcrm.domain.quotes.content import Carriage, QuoteContent, QuoteLine
from mailcrm.domain.trade.freight import Carton, Container, Freight, Load, fcl, lcl, load, parse_size
from mailcrm.domain.trade.money import Money, parse_money
from mailcrm.domain.trade.rules import TradeRules
from mailcrm.domain.words import Sentence, say

__all__ = ["carried", "check_freight", "freight_of", "told"]

_FORMS = say("Write `--container 40HQ --rate 2800`, or `--lcl 60` for an m³ or ton of groupage.")


def carried(
    content: QuoteContent, rules: TradeRules, *, container: str | None, rate: str | None, lcl: str | None
) -> QuoteContent:
    """Return the content with its freight found this way; None leaves all as it is, "" for each takes it away."""
    if container is None and rate is None and lcl is None:
        return content
    if not (container or rate or lcl):
        return replace(content, carriage=None)
    if lcl and (container or rate):
        raise UsageError(say("Either a container is paid, or groupage."), _FORMS)
    if lcl:
        made = Carriage(_rate(lcl, content), minimum=rules.lcl_minimum)
    else:
        made = _full(content, rules, container or "", rate or "")
    return replace(content, carriage=made, freight=None)


def _full(content: QuoteContent, rules: TradeRules, container: str, rate: str) -> Carriage:
    """Return a container at its rate; what isn't said of the two is as it was."""
    known = content.carriage if content.carriage and content.carriage.container else None
    code = container or (known.container if known else "")
    paid = _rate(rate, content) if rate else known.rate if known else None
    if not code or paid is None:
        raise UsageError(say("A container and its rate are given together."), _FORMS)
    box = rules.container(code)
    return Carriage(paid, box.code, box.volume, box.payload)


def _rate(typed: str, content: QuoteContent) -> Money:
    return parse_money(typed, content.currency or "USD")


def freight_of(content: QuoteContent, line: QuoteLine) -> Freight | None:
    """Return the freight of a piece of `line`; None where the quote doesn't find it this way. UsageError where it can't be found."""
    carriage = content.carriage
    if carriage is None or line.freight is not None:
        return None
    if carriage.rate.currency != content.currency:
        raise UsageError(
            say("The freight is paid in {one}, the quote is in {other}.", one=carriage.rate.currency, other=content.currency),
            _FORMS,
        )  # fmt: skip
    carton = _carton(line)
    if carriage.container:
        return fcl(carriage.rate.amount, Container(carriage.container, carriage.volume, carriage.payload), carton)
    beside = _shipment(content) - load(carton, line.quantity + line.free)
    return lcl(carriage.rate.amount, carton, line.quantity + line.free, carriage.minimum, beside)


def _shipment(content: QuoteContent) -> Load:
    """Return what the lines without a freight of their own are together."""
    lines = (line for line in content.lines if line.freight is None)
    return sum((load(_carton(line), line.quantity + line.free) for line in lines), Load())


def _carton(line: QuoteLine) -> Carton:
    volume = line.cbm if line.cbm is not None or not line.carton else parse_size(line.carton)
    if volume is None or not line.pcs_per_carton:
        raise UsageError(
            say("{sku} has no carton data, so nobody knows its freight.", sku=line.sku),
            say(
                'Say what a carton is: `--line "{sku},pcs=12,carton=60x40x25"`, or `mailcrm product edit {sku} --set pcs_per_carton=12 --set carton=60x40x25`.',
                sku=line.sku,
            ),
        )
    return Carton(line.pcs_per_carton, volume, line.gross_weight or 0 * volume)


def check_freight(content: QuoteContent) -> None:
    """Refuse a content of which a line's freight can't be found."""
    for line in content.lines:
        freight_of(content, line)


def told(carriage: Carriage) -> Sentence:
    """Return how the freight is found, for people."""
    if not carriage.container:
        return say("{rate} for an m³ or ton of groupage", rate=carriage.rate)
    return say("{rate} for a {container} of {volume} m³", rate=carriage.rate, container=carriage.container, volume=carriage.volume)  # fmt: skip
