"""Rows as JSON values (cli.md): names without a trailing underscore, instants with the offset of the account's zone.

Room: cli. In: rows of `queries.rows`, sentences, instants. Out: dicts, lists, strings and numbers for `json`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import Sentence
from mailcrm.queries.rows import ImportReport, MessageRow, OutboxRow, ThreadRow, Worklist

__all__ = ["document"]

_AS_THEY_ARE = (str, int, bool, float)
_WRITTEN_ONLY = ("checks", "questions")  # what only `reply` tells
# What only `show` fills in; in lists these would be empty words.
_SHOWN_ONLY = ("body", "reply", "signature", "quoted_lines", "attachments")


def document(value: object, zone: str) -> Any:  # noqa: ANN401  (a JSON value is any of six types)
    """Return `value` as JSON shows it; a row that has a `zone` of its own is told in that one."""
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Worklist):
        return document(value.rows, zone)
    if isinstance(value, Mapping):
        return {str(key): document(each, zone) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [document(each, zone) for each in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, Sentence | Money | type):
        return _row(value, str(getattr(value, "zone", "") or zone))
    return _plain(value, zone)


def _plain(value: object, zone: str) -> str | float | bool | dict[str, str] | None:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sentence | PurePath):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Money):
        return value.to_json()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(value)


def _row(row: Any, zone: str) -> dict[str, Any]:  # noqa: ANN401  (any row: its fields are read by name)
    fields = {field.name.rstrip("_"): getattr(row, field.name) for field in dataclasses.fields(row)}
    if isinstance(row, MessageRow) and row.body is None:
        fields = {name: value for name, value in fields.items() if name not in _SHOWN_ONLY}
    if isinstance(row, OutboxRow) and row.checks is None:
        fields = {name: value for name, value in fields.items() if name not in _WRITTEN_ONLY}
    if isinstance(row, ThreadRow) and row.there is None:
        del fields["there"]
    if isinstance(row, ImportReport):
        fields["errors"] = [{"file": file, "error": error} for file, error in row.errors]
    return {name: document(value, zone) for name, value in fields.items()}
