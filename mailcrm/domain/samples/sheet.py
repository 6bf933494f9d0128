"""The sample sheet (打样单): what is to be made, for whom, until when, who pays, and what customs ask.

Room: domain. In: fields as people fill them in. Out: a frozen `Sheet`, what is still missing in it, its storable form, and the hash
that a signature holds. What is only known later (where the duplicate lies, what customs ask) is no part of what is signed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from mailcrm.domain.errors import UsageError
from mailcrm.domain.samples.kinds import Direction, Kind, is_made
from mailcrm.domain.trade.money import Money, parse_money
from mailcrm.domain.words import Sentence, say

__all__ = ["FIELD_WORDS", "PAYERS", "PAYER_WORDS", "SPEC", "Sheet"]

PAYERS = ("us", "customer", "shared")
PAYER_WORDS: dict[str, Sentence] = {"us": say("we"), "customer": say("the customer"), "shared": say("both, shared")}
SPEC = ("item", "material", "colour", "size", "quantity")
"""The lines that say what the sample is: they are made by, checked by, and quoted to the customer."""

_UNSIGNED = frozenset(
    {"kept_at", "true_value", "hs", "consignee", "consignee_tax_id", "consignee_phone", "cost", "order", "stops_on"}
)
_ASKED_WHEN_MADE = (*SPEC, "purpose", "needed_by", "sample_paid_by", "freight_paid_by")
_ASKED_FROM_STOCK = ("item", "quantity", "sample_paid_by", "freight_paid_by")
_ASKED_OF_THEIRS = ("item", "quantity")
_ENUMS: dict[str, type[Kind | Direction]] = {"kind": Kind, "direction": Direction}
_DATES = frozenset({"needed_by", "stops_on"})
_MONEY = frozenset({"true_value", "cost"})

FIELD_WORDS: dict[str, Sentence] = {
    "item": say("item"),
    "material": say("material"),
    "colour": say("colour"),
    "size": say("size"),
    "quantity": say("quantity"),
    "kind": say("kind"),
    "direction": say("direction"),
    "purpose": say("purpose"),
    "needed_by": say("needed by"),
    "sample_paid_by": say("who pays the sample"),
    "freight_paid_by": say("who pays the freight"),
    "collect_account": say("collect account"),
    "cost": say("cost of the sample"),
    "true_value": say("true value"),
    "hs": say("HS code"),
    "consignee": say("consignee"),
    "consignee_tax_id": say("consignee's tax id"),
    "consignee_phone": say("consignee's phone"),
    "kept_at": say("where the duplicate lies"),
    "order": say("order"),
    "stops_on": say("stops without approval on"),
}
"""What each field is called for people."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sample sheet. "" and None: not filled in.

    `colour` is a Pantone or RAL number where there is one; `size` "-" where it has none. `sample_paid_by` and `freight_paid_by`
    are of `PAYERS`; freight that the customer pays goes on the customer's `collect_account` with the courier. `true_value` is what
    customs are told, `cost` what the sample costs us. `order`: whose pre-production or shipment sample it is, and `stops_on` when
    production or loading stops without approval.
    """

    item: str = ""
    material: str = ""
    colour: str = ""
    size: str = ""
    quantity: str = ""
    kind: Kind = Kind.SALES
    direction: Direction = Direction.OURS
    purpose: str = ""
    needed_by: date | None = None
    sample_paid_by: str = ""
    freight_paid_by: str = ""
    collect_account: str = ""
    cost: Money | None = None
    true_value: Money | None = None
    hs: str = ""
    consignee: str = ""
    consignee_tax_id: str = ""
    consignee_phone: str = ""
    kept_at: str = ""
    order: str = ""
    stops_on: date | None = None

    @property
    def is_made(self) -> bool:
        """Whether anybody has to make it."""
        return is_made(self.kind, self.direction)

    def missing(self) -> tuple[str, ...]:
        """Return the fields that the sheet can't go on without."""
        if self.direction is Direction.THEIRS:
            asked: tuple[str, ...] = _ASKED_OF_THEIRS
        else:
            asked = _ASKED_WHEN_MADE if self.is_made else _ASKED_FROM_STOCK
        lacking = [name for name in asked if not getattr(self, name)]
        if self.direction is Direction.OURS and self.freight_paid_by == "customer" and not self.collect_account:
            lacking.append("collect_account")
        return tuple(lacking)

    def changed(self, given: Mapping[str, object]) -> Sheet:
        """Return the sheet with fields as people typed them ("" empties one); UsageError names what can't be read."""
        unknown = sorted(given.keys() - FIELD_WORDS.keys())
        if unknown:
            raise UsageError(
                say("A sample sheet has no field {name}.", name=unknown[0]),
                say("Its fields are: {names}.", names=", ".join(FIELD_WORDS)),
            )
        read: dict[str, Any] = {name: _read(name, value) for name, value in given.items()}
        return replace(self, **read)

    def to_json(self) -> dict[str, Any]:
        """Return the storable form: dates ISO, amounts as strings."""
        return {each.name: _stored(getattr(self, each.name)) for each in fields(self)}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Sheet:
        """Return what `to_json` stored; a field that an older release didn't know is as it is by default."""
        known: dict[str, Any] = {name: _revived(name, value) for name, value in stored.items() if value is not None}
        return Sheet(**known)

    def content_hash(self) -> str:
        """Return the hash of what is signed: any change in it voids the signature."""
        signed = {name: value for name, value in self.to_json().items() if name not in _UNSIGNED}
        canonical = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def _read(name: str, value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip() and name not in _ENUMS):
        return None if name in _DATES | _MONEY else ""
    if not isinstance(value, str):
        return str(value) if isinstance(value, int) else value
    text = " ".join(value.split())
    if name in _ENUMS:
        return _word(name, text)
    if name in _DATES:
        return _day(name, text)
    if name in _MONEY:
        return parse_money(text)
    if name.endswith("_paid_by") and text not in PAYERS:
        raise UsageError(
            say("{value} can't be {field}.", value=text, field=FIELD_WORDS[name]),
            say("Write one of: {known}.", known=", ".join(PAYERS)),
        )
    return text


def _word(name: str, text: str) -> Kind | Direction:
    known = _ENUMS[name]
    try:
        return known(text.lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise UsageError(
            say("{value} can't be {field}.", value=text, field=FIELD_WORDS[name]),
            say("Write one of: {known}.", known=", ".join(known)),
        ) from None


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            say("{value} can't be {field}.", value=text, field=FIELD_WORDS[name]), say("Write a day as 2026-12-01.")
        ) from None


def _stored(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.to_json() if isinstance(value, Money) else value


def _revived(name: str, value: object) -> object:
    if name in _ENUMS:
        return _ENUMS[name](str(value))
    if name in _DATES:
        return date.fromisoformat(str(value))
    if name in _MONEY:
        assert isinstance(value, Mapping)  # noqa: S101  (what to_json made)
        return Money.from_json(value)
    return value
