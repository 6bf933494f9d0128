"""FETCH answers in the form that nearly every server gives, read at once; any other form is imapclient's to read.

Room: adapters. In: the untagged FETCH responses as imaplib hands them over: text, or (text, literal) where a literal follows, and
then the rest of that response. Out: {uid: {item: value}} as imapclient gives it. imapclient looks at each octet of the text in
Python, which costs more than everything else about a fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from imapclient.response_parser import parse_fetch_response

__all__ = ["Answers", "answers_in"]

Answers = dict[int, dict[bytes, Any]]

_ITEM = re.compile(rb' ?([A-Z0-9.-]+) (?:(\d{1,20})|"( ?\d{1,2}-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d [+-]\d{4})")')
_BEGIN = re.compile(rb"\d+ \(")
_LITERAL = re.compile(rb" ?(BODY\[(?:HEADER)?\]) \{\d+\}$")
_MONTHS = dict(zip(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), range(1, 13), strict=True))


class _Unusual(Exception):
    """The answer has another form."""


def answers_in(responses: Sequence[Any]) -> Answers:
    """Return what the responses tell of each uid."""
    found: Answers = {}
    try:
        for uid, answer in _plain(responses):
            found.setdefault(uid, {}).update(answer)  # a server may tell of a mail in pieces
    except _Unusual:
        found = parse_fetch_response(responses, normalise_times=False, uid_is_key=True)
    return found


def _plain(responses: Sequence[Any]) -> Iterator[tuple[int, dict[bytes, Any]]]:
    rest = iter(responses)
    for response in rest:
        answer: dict[bytes, Any] = {}
        text, literal = response if isinstance(response, tuple) else (response, None)
        begin = _BEGIN.match(text) if isinstance(text, bytes) else None
        if begin is None:
            raise _Unusual
        end = _items(text, begin.end(), answer)
        if literal is not None:
            named = _LITERAL.match(text, end)
            text, end = next(rest, b""), 0
            if named is None or not isinstance(text, bytes):
                raise _Unusual
            answer[named[1]] = literal
            end = _items(text, 0, answer)
        uid = answer.pop(b"UID", None)
        if text[end:] != b")" or not isinstance(uid, int):
            raise _Unusual
        yield uid, answer


def _items(text: bytes, place: int, answer: dict[bytes, Any]) -> int:
    """Add the items that stand at `place`, and return where they end."""
    while found := _ITEM.match(text, place):
        name, number, date = found.groups()
        answer[name] = int(number) if number else _moment(date)
        place = found.end()
    return place


def _moment(text: bytes) -> datetime:
    """Return a date-time of RFC 3501 ("26-Nov-2026 04:01:29 +0800")."""
    day, month, rest = text.split(b"-", 2)
    try:
        year, hour, minute, second = int(rest[:4]), int(rest[5:7]), int(rest[8:10]), int(rest[11:13])
        offset = timedelta(hours=int(rest[15:17]), minutes=int(rest[17:19]))
        zone = timezone(-offset if rest[14:15] == b"-" else offset)
        return datetime(year, _MONTHS[month], int(day), hour, minute, second, tzinfo=zone)
    except (ValueError, KeyError, OverflowError) as error:
        raise _Unusual from error
