"""What people write into the cells of a list of parcels: a state, a day, a heading; in English and Chinese.

Room: domain. In: one cell. Out: what it says, or nothing. Read by `batch`.
"""

from __future__ import annotations

import re
from datetime import date

from mailcrm.domain.couriers.notices import held_by_customs, state_in
from mailcrm.domain.patterns import lazy_pattern

__all__ = ["day_in", "heading_of", "status_in"]

_HEADINGS = {
    "number": r"awb|(?:air ?)?way ?bill|track(?:ing)?(?: (?:no\.?|number|id|code|#))?|number|no\.?|(?:运|快递|物流|提)?单号?码?|运单编号|awb (?:no\.?|number)",
    "courier": r"courier|carrier|express|快递(?:公司)?|承运(?:商|人)|物流(?:公司|商)?",
    "status": r"status|state|(?:物流|快递|签收|当前)?状态",
    "on": r"date|time|day|delivered(?: on| at)?|日期|时间|(?:签收|更新|妥投)(?:日期|时间)",
    "signed_by": r"signed(?: for)?(?: by)?|signatory|receiver|received by|签收人|收件人|签收",
}
_CUSTOMS = lazy_pattern(r"(?:in |at )?customs|海关|清关中?", re.IGNORECASE)
_CELLS = (
    (lazy_pattern(r"lost|returned?|refused|problem|丢失|遗失|退件|破损|问题件?", re.IGNORECASE), "exception"),
    (lazy_pattern(r"on the way|transit|moving|途中|在路上|运输|转运中|派送", re.IGNORECASE), "in_transit"),
    (lazy_pattern(r"ok|done|signed|received|收到|已收到?|已签|已送达|送达", re.IGNORECASE), "delivered"),
    (lazy_pattern(r"sent|collected|已发|发出|已寄", re.IGNORECASE), "shipped"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = lazy_pattern(r"(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_BARE = lazy_pattern(r"(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_YEAR_LAST = lazy_pattern(r"(\d{1,2})([-/.])(\d{1,2})\2(20\d\d)(?!\d)")
_DAY_MONTH = lazy_pattern(r"(\d{1,2})[ -]([a-z]{3})[a-z]*\.?,?[ -](20\d\d)(?!\d)", re.IGNORECASE)
_MONTH_DAY = lazy_pattern(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (20\d\d)(?!\d)", re.IGNORECASE)
_HIGHEST_MONTH = 12


def heading_of(cell: str) -> str:
    """Return which column a heading names: number, courier, status, on or signed_by; "" for anything else."""
    return next((name for name, words in _HEADINGS.items() if re.fullmatch(words, cell.strip(), re.IGNORECASE)), "")


def status_in(cell: str) -> tuple[str, bool]:
    """Return the state that a cell tells ("" for none), and whether customs hold the parcel."""
    plain = cell.strip()
    if _CUSTOMS.fullmatch(plain):
        return "exception", True
    state = next((state for words, state in _CELLS if words.fullmatch(plain)), "") or state_in(plain)
    return state, state == "exception" and held_by_customs(plain)


def day_in(cell: str) -> date | None:
    """Return the day at the start of a cell; None where there is none, or where day and month could be either."""
    plain = cell.strip()
    if found := _YEAR_FIRST.match(plain) or _BARE.match(plain):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_MONTH.match(plain):
        return _made(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.match(plain):
        return _made(int(found[3]), _month(found[1]), int(found[2]))
    if found := _YEAR_LAST.match(plain):
        return _either_order(int(found[1]), int(found[3]), int(found[4]), dotted=found[2] == ".")
    return None


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0


def _either_order(first: int, second: int, year: int, *, dotted: bool) -> date | None:
    """Return the day of "25/11/2026" or "11/25/2026"; with dots the day always comes first."""
    if dotted or first > _HIGHEST_MONTH or first == second:
        return _made(year, second, first)
    return _made(year, first, second) if second > _HIGHEST_MONTH else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
