"""Frozen dataclasses as JSON values and back, by the types of their fields.

Room: domain. In: a dataclass of text, numbers, days, Decimals, Money, enums, tuples, mappings of text and dataclasses. Out: JSON values.
Decimals are text, so that none becomes a float on its way; a missing field has its default, an unknown one is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from mailcrm.domain.trade.money import Money

__all__ = ["read_value", "write_value"]


def write_value(value: object) -> Any:  # noqa: ANN401  (JSON)
    """Return a value as JSON."""
    if isinstance(value, Mapping):
        return {str(key): write_value(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [write_value(one) for one in value]
    if is_dataclass(value) and not isinstance(value, Money):
        return {one.name: write_value(getattr(value, one.name)) for one in fields(value)}
    return _write_plain(value)


def _write_plain(value: object) -> Any:  # noqa: ANN401  (JSON)
    if isinstance(value, Money):
        return value.to_json()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def read_value(kind: Any, value: Any) -> Any:  # noqa: ANN401  (any type, JSON)
    """Return JSON as a value of `kind`."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (inner,) = (one for one in arguments if one is not type(None))
        return None if value is None else read_value(inner, value)
    if origin is tuple:
        return tuple(read_value(arguments[0], one) for one in value)
    if origin is not None and issubclass(origin, Mapping):
        return {key: read_value(arguments[1], one) for key, one in value.items()}
    return _read_plain(kind, value)


def _read_plain(kind: Any, value: Any) -> Any:  # noqa: ANN401  (likewise)
    if kind is Money:
        return Money.from_json(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal or issubclass(kind, StrEnum):
        return kind(value)
    hints = _hints(kind)
    if hints:
        return kind(**{name: read_value(hints[name], one) for name, one in value.items()})
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:  # noqa: ANN401  (likewise)
    return get_type_hints(kind) if is_dataclass(kind) else {}
