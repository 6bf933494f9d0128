"""What follows for a sample from what a courier, a page or a person tells of its parcel.

Room: domain. In: a status, the state of the sample. Out: the steps to make, in order; () where it tells nothing new. And statuses as
people paste them: a line a waybill, "number, status", with who signed behind it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailcrm.domain.errors import UsageError
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.words import say

__all__ = ["STATUSES", "Pasted", "pasted_statuses", "read_status", "steps_on"]

STATUSES = ("delivered", "in_transit", "exception", "lost")

_S = SampleState
_STEPS: dict[tuple[str, SampleState], tuple[SampleState, ...]] = {
    ("delivered", _S.SHIPPED): (_S.DELIVERED,),
    ("delivered", _S.EXCEPTION): (_S.SHIPPED, _S.DELIVERED),
    ("in_transit", _S.EXCEPTION): (_S.SHIPPED,),
    ("exception", _S.SHIPPED): (_S.EXCEPTION,),
    ("lost", _S.SHIPPED): (_S.EXCEPTION, _S.LOST),
    ("lost", _S.EXCEPTION): (_S.LOST,),
}
_WORDS = {
    "exception": r"customs|clearance|held|hold|exception|return|refus|undeliver|not delivered|failed|清关|海关|扣|退|异常|问题件|拒收|未妥投|失败",
    "lost": r"\blost\b|missing|丢|遗失",
    "delivered": r"deliver|signed|received|arrived|签收|妥投|已收|送达|派送成功",
    "in_transit": r"transit|on (?:the|its) way|shipped|under ?way|processing|out for|在途|运输|转运|派送|揽收|到达|离开|途中",
}
_SIGNED = re.compile(r"(?i)(?:signed(?: for)?(?: by)?|签收人)\s*[:：]?\s*(\S.*)")
_NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 -]{5,40}")
_MOST = 500


@dataclass(frozen=True, slots=True)
class Pasted:
    """A line that somebody pasted: the waybill, a status, who signed ("" where it isn't told), and the line itself."""

    awb: str
    status: str
    signed_by: str
    line: str


def steps_on(status: str, state: SampleState) -> tuple[SampleState, ...]:
    """Return the steps of a sample in `state` whose parcel is `status`."""
    return _STEPS.get((status, state), ())


def read_status(words: str) -> str:
    """Return the status that words tell, in English or Chinese; "" for none."""
    plain = words.strip().lower()
    if plain.replace(" ", "_") in STATUSES:
        return plain.replace(" ", "_")
    if re.search(r"out for delivery|派送中", plain):
        return "in_transit"
    return next((status for status, pattern in _WORDS.items() if re.search(pattern, plain)), "")


def pasted_statuses(text: str) -> tuple[Pasted, ...]:
    """Return what was pasted, line by line; UsageError names the first line that can't be read. A heading is passed over."""
    lines = [line for line in text.replace("，", ",").replace("；", ";").splitlines() if line.strip()]
    if len(lines) > _MOST:
        raise UsageError(say("These are {count} lines.", count=len(lines)), say("Paste at most {most}.", most=_MOST))
    found = [_pasted(line) for line in lines]
    if found and found[0] is None and len(found) > 1:
        lines, found = lines[1:], found[1:]
    wrong = next((line for line, one in zip(lines, found, strict=True) if one is None), None)
    if wrong is not None or not found:
        raise UsageError(
            say('"{line}" tells no waybill and status.', line=(wrong or text).strip()[:80]),
            say("Write a line for each: 1234567890,delivered (or in transit, customs, lost; behind it who signed)."),
        )
    return tuple(one for one in found if one is not None)


def _pasted(line: str) -> Pasted | None:
    cells = list(_cells(line))
    if len(cells) < 2 or not _NUMBER.fullmatch(cells[0]):  # noqa: PLR2004  (a number and its status)
        return None
    status = read_status(cells[1])
    signed = _SIGNED.search(cells[1])
    if not status:
        return None
    who = signed[1] if signed else cells[2] if len(cells) > 2 else ""  # noqa: PLR2004  (the third is who signed)
    return Pasted(re.sub(r"[ -]", "", cells[0]).upper(), status, who, line.strip())


def _cells(line: str) -> Iterator[str]:
    between = next((mark for mark in ("\t", ";", ",") if mark in line), ",")
    return (cell.strip() for cell in next(csv.reader([line], delimiter=between), []))
