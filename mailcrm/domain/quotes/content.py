"""What a quotation says: its header and its lines, as they are printed, approved and kept.

Room: domain. In: values, or the JSON that a record keeps. Out: a `QuoteContent`, its canonical JSON and its hash. Decimals are written as
they are ("2.60" stays "2.60"): two texts of one number are two contents, since the paper shows them differently.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from mailcrm.domain.trade.money import Money

__all__ = ["Carriage", "Fee", "QuoteContent", "QuoteLine"]

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line. `price` is what the customer pays a unit, by the quote's Incoterm; `quantity` in `unit`.

    `carton` is its size in cm ("40x30x50"), `cbm` its volume in m³, the weights are a carton's in kg. `free`: pieces that come
    on top and cost nothing. `freight`: of this line a unit, None where the quote's holds. `cost_sheet` ("g2"): what stands behind the price, `photo` ("f12") a kept file.
    """

    sku: str
    quantity: int
    price: Decimal
    description: str = ""
    unit: str = "pcs"
    customer_item: str = ""
    hs: str = ""
    photo: str = ""
    moq: int | None = None
    pcs_per_carton: int | None = None
    carton: str = ""
    cbm: Decimal | None = None
    net_weight: Decimal | None = None
    gross_weight: Decimal | None = None
    colour: str = ""
    packing: str = ""
    free: int = 0
    freight: Decimal | None = None
    cost_sheet: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """What is paid once, for tooling or samples, and when it is paid back ("after 10,000 pcs")."""

    kind: str
    amount: Decimal
    refund: str = ""


@dataclass(frozen=True, slots=True)
class Carriage:
    """What the main carriage costs, where the freight of a piece is found from its carton: the `rate` of a `container`, or ("") of groupage.

    `volume` (m³) and `payload` (kg) of the container and the `minimum` that groupage charges (m³ or tons) are those of the day: settings
    that change later change no quote.
    """

    rate: Money
    container: str = ""
    volume: Decimal = _NOTHING
    payload: Decimal = _NOTHING
    minimum: Decimal = _NOTHING

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Carriage:
        """Return the carriage that `to_json` of a content gave."""
        amounts = {name: Decimal(stored[name]) for name in ("volume", "payload", "minimum")}
        return Carriage(Money.from_json(stored["rate"]), stored["container"], **amounts)


@dataclass(frozen=True, slots=True)
class QuoteContent:
    """The whole quotation. Percentages are parts of one: 5 % is 0.05.

    `incoterm` is a code with `place`, the named one. `freight` is a unit's, as are `charges` at destination and the `domestic` ones of EXW and FCA
    (domain.trade.netting); `carriage` finds a freight for each line instead, and `freight_until` is the last day on which either holds. `premium` is the share that the insurance takes of what is insured. `lead_time` counts from the event `lead_from`.
    `valid_until` ends in `zone`. `bank` is our block as it will be printed, to the byte; `step` what prices are rounded up to.
    """

    currency: str
    incoterm: str
    place: str
    lines: tuple[QuoteLine, ...] = ()
    customer: str = ""
    attention: str = ""
    entity: str = ""
    port_of_loading: str = ""
    discount: Decimal = _NOTHING
    commission: Decimal = _NOTHING
    freight: Decimal | None = None
    carriage: Carriage | None = None
    freight_until: date | None = None
    premium: Decimal | None = None
    markup: Decimal = Decimal("0.10")
    charges: Decimal | None = None
    domestic: Decimal | None = None
    fees: tuple[Fee, ...] = ()
    payment: str = ""
    lead_time: str = ""
    lead_from: str = ""
    tolerance: str = ""
    warranty: str = ""
    excluded: tuple[str, ...] = ()
    valid_until: date | None = None
    zone: str = "Asia/Shanghai"
    bank: str = ""
    remarks: str = ""
    step: Decimal = Decimal("0.01")

    def to_json(self) -> dict[str, Any]:
        """Return JSON values: Decimals as strings, days as ISO."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> QuoteContent:
        """Return the content that `to_json` gave."""
        known = dict(stored)
        lines = tuple(_line(one) for one in known.pop("lines", ()))
        paid = tuple(Fee(one["kind"], Decimal(one["amount"]), one.get("refund", "")) for one in known.pop("fees", ()))
        valid_until, freight_until = _day(known.pop("valid_until", None)), _day(known.pop("freight_until", None))
        carriage = known.pop("carriage", None)
        return QuoteContent(
            **_typed(known, _QUOTE_DECIMALS),
            lines=lines,
            fees=paid,
            carriage=Carriage.from_json(carriage) if carriage else None,
            valid_until=valid_until,
            freight_until=freight_until,
        )

    def content_hash(self) -> str:
        """Return the sha256 of the canonical JSON: what an approval is of."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def with_line(self, number: int, line: QuoteLine) -> QuoteContent:
        """Return it with another line in place `number` (from 0)."""
        return replace(self, lines=(*self.lines[:number], line, *self.lines[number + 1 :]))


_LINE_DECIMALS = frozenset({"price", "cbm", "net_weight", "gross_weight", "freight"})
_QUOTE_DECIMALS = frozenset({"discount", "commission", "freight", "premium", "markup", "charges", "domestic", "step"})


def _plain(value: Any) -> Any:  # noqa: ANN401  (any JSON value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _typed(stored: Mapping[str, Any], decimals: frozenset[str]) -> dict[str, Any]:
    typed = {
        name: Decimal(value) if name in decimals and value is not None else value for name, value in stored.items()
    }
    return {name: tuple(value) if isinstance(value, list) else value for name, value in typed.items()}


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _line(stored: Mapping[str, Any]) -> QuoteLine:
    return QuoteLine(**_typed(stored, _LINE_DECIMALS))
