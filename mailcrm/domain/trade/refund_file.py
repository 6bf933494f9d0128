"""Reading a table of refund rates out of a .csv file, as customs brokers and the tax office give it out.

Room: domain. In: the file's bytes. Out: rates, and the rows that say none, each with the reason. Columns are found by their heads, in English
or Chinese; parted by comma, semicolon or tab. In such a table a bare 13 is 13 %.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.days import parse_day
from mailcrm.domain.trade.refunds import RefundRate, checked_hs
from mailcrm.domain.trade.shares import parse_share
from mailcrm.domain.words import Sentence, say

__all__ = ["ReadRefund", "SkippedRow", "read_refund_file"]

_HEADS = {
    "hs": "hs|hs code|hscode|code|商品代码|商品编码|税号|海关编码|hs编码",
    "rate": "rate|refund|refund rate|退税率|出口退税率",
    "since": "from|since|valid from|start|生效日期|起始日期|开始日期|有效期起",
    "until": "to|until|valid to|end|终止日期|结束日期|失效日期|有效期止",
    "source": "source|来源|依据|文号",
}
_NAMES = {name: field for field, names in _HEADS.items() for name in names.split("|")}


@dataclass(frozen=True, slots=True)
class ReadRefund:
    """A rate that was read; `row` counts the lines of the file from 1, its heads are the first."""

    row: int
    rate: RefundRate
    source: str = ""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that says no rate, and why."""

    row: int
    reason: Sentence


def read_refund_file(content: bytes) -> tuple[tuple[ReadRefund, ...], tuple[SkippedRow, ...]]:
    """Return what the file says; UsageError where its first line names no columns."""
    lines = _lines(content)
    columns = [_NAMES.get(_head(cell), "") for cell in (lines[0] if lines else [])]
    lacking = [field for field in ("hs", "rate", "since") if field not in columns]
    if lacking:
        raise UsageError(
            say("The file's first line names no column for: {columns}.", columns=", ".join(lacking)),
            say("Its heads are hs, rate, from, and perhaps to and source."),
        )
    read: list[ReadRefund] = []
    skipped: list[SkippedRow] = []
    for number, fields in _rows(lines, columns):
        try:
            read.append(_read(number, fields))
        except UsageError as error:
            skipped.append(SkippedRow(number, error.sentence))
    return tuple(read), tuple(skipped)


def _lines(content: bytes) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(_decoded(content)), delimiter=_parted_by(content)))
    except csv.Error as error:
        raise UsageError(
            say("The file is no table: {reason}.", reason=error), say("Save it as .csv, one rate a line.")
        ) from error


def _rows(lines: Sequence[Sequence[str]], columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(lines[1:], 2):
        fields = {field: cell.strip() for field, cell in zip(columns, cells, strict=False) if field}
        if any(fields.values()):
            yield number, fields


def _read(row: int, fields: dict[str, str]) -> ReadRefund:
    until = fields.get("until", "")
    rate = RefundRate(
        checked_hs(fields.get("hs", "")),
        _rate(fields.get("rate", "")),
        parse_day(fields.get("since", "")),
        parse_day(until) if until else None,
    )
    return ReadRefund(row, rate, fields.get("source", ""))


def _rate(given: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", given).strip()
    return parse_share(f"{plain}%" if re.fullmatch(r"[1-9]\d?(?:\.\d+)?", plain) else plain)


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8, else what a Chinese Excel writes."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _parted_by(content: bytes) -> str:
    head = content.split(b"\n", 1)[0]
    return max((",", ";", "\t"), key=lambda sign: head.count(sign.encode()))


def _head(cell: str) -> str:
    plain = unicodedata.normalize("NFKC", cell).strip().lower()
    return re.sub(r"\s*\(?%\)?$", "", plain).replace("_", " ")
