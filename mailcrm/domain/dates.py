"""Days as mails name them: "Thursday", 周五, "bis 28. November", "in two days", "la próxima semana".

Room: domain. In: a sentence and the day it was written. Out: the day it names, never one in the past. Month names count
only beside a number ("may" is no May). Of several days the last one named is taken: a promise or a return names its end last.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from mailcrm.domain.date_words import (
    COUNTS,
    EARLY,
    END,
    MONTH_END,
    MONTHS,
    NEAR,
    NEXT,
    NEXT_MONTH,
    NEXT_WEEK,
    THIS_WEEK,
    WEEKDAYS,
)
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.phrasebook import Candidates, Phrasebook, matches
from mailcrm.domain.phrases import compile_phrases
from mailcrm.domain.said import Said

__all__ = ["named_day", "named_days"]

_NEXT_WEEKS_DAY = lazy_pattern(r"下(?:个)?(?:周|星期|礼拜|週)([一二三四五六日天])")
_NUMBER = r"(\d{1,2}|" + "|".join(sorted(COUNTS, key=len, reverse=True)) + ")"
_DAYS = lazy_pattern(
    rf"(?<!\w){_NUMBER}(?:[ -]?(?:to|or|-|a|bis|à)[ -]?\d{{1,2}})? ?(?:working |business |more |werk|arbeits)?(?:days?|dias?|tagen?|jours?|giorni|дня|дней|gun|dagen|dni|天|日内|个?工作日|日以内|일 ?(?:이내|안에|후)|ايام)(?!\w*ly)"
)
_WEEKS = lazy_pattern(
    rf"(?<!\w){_NUMBER} ?(?:weeks?|semanas?|wochen?|semaines?|settiman[ae]|недел[июь]|hafta|weken|tygodni\w*|周|星期|个星期|週間|주)"
)
_Group = tuple[str, int]
_THIS_WEEK, _NEXT_WEEK, _EARLY, _NEXT, _MONTH_END, _NEXT_MONTH, _END, _A_WEEK_ON = (
    (name, 0) for name in ("this week", "next week", "early", "next", "end of month", "next month", "end", "a week on")
)
_ISO = lazy_pattern(r"(?<!\d)(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_DOTTED = lazy_pattern(
    r"(?<![\d.,/-])(\d{1,2})(?:([./-])(\d{1,2})\2(20\d\d|\d\d)|/(\d{1,2})|\.(\d{1,2})\.)(?![\d/-])"
)  # "1.20" is a price: a day needs its last dot or its year
_MAY_BE_DATE = lazy_pattern(r"\d[-/.年]\d")  # without it a text holds none of the two above
_CHINESE = lazy_pattern(r"(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]")
_HOURS = lazy_pattern(
    r"(?<![\w.,])(24|48|72) ?(?:h\b|hours?|hrs|horas?|stunden|heures?|ore\b|saat|час|godzin|uur|小时|小時|個?時間|시간|ساعة)"
)
# Without any of these a text names no such span, no such day: they are found faster than the patterns.
_DAY_UNITS = ("day", "dia", "tag", "jour", "giorni", "дн", "gun", "dagen", "dni", "天", "日", "일", "ايام")
_WEEK_UNITS = (
    "week", "semana", "woche", "semaine", "settiman", "недел", "hafta", "weken", "tygodni", "周", "星期", "週", "주",
)  # fmt: skip
_HOURS_OF_DAYS = ("24", "48", "72")
_MAY_BE_OF_MONTH = lazy_pattern(
    r"\d(?:st|nd|rd|th|-?[ег]| ?[号號日일])| \d{1,2}[.e]?(?= ?(?:$|[,;!?]|числа|de este mes|de cada))"
)
_JOINED_END = lazy_pattern("[月월] ?[底末말]")
_DIGIT = lazy_pattern(r"\d")
_LAST_WORKDAY, _WEEK, _FAR, _SEASON = 4, 7, 330, 60
_AT_HAND = 2  # a weekday so near is called by no "next"
_DECEMBER, _CENTURY, _THIS_CENTURY = 12, 100, 2000


def named_day(text: str, today: date) -> date | None:
    """Return the last day that `text` names, seen from `today`; None where it names none that is still to come."""
    days = named_days(text, today)
    return days[-1] if days else None


def named_days(text: str, today: date) -> list[date]:
    """Return the days from `today` on that `text` names, in the order of the text."""
    heard = _Heard(text)
    found = [*_dates(heard, today), *_relative(heard, today)]
    return [day for _place, day in sorted(found) if day >= today]


class _Heard:
    """A sentence with the words for days that may stand in it."""

    def __init__(self, text: str) -> None:
        self._said = Said(text)
        self.folded = self._said.folded
        self._candidates: Candidates[_Group] = _book().candidates(self._said)

    def may_name(self, group: _Group) -> bool:
        return bool(self._candidates.of(group))

    def has(self, letters: tuple[str, ...]) -> bool:
        return any(map(self.folded.__contains__, letters))

    def places(self, group: _Group) -> list[int]:
        phrases = self._candidates.of(group)
        return [one.start() for one in matches(phrases, self._said)] if phrases else []


@cache
def _book() -> Phrasebook[_Group]:
    return Phrasebook(
        {
            _THIS_WEEK: THIS_WEEK, _NEXT_WEEK: NEXT_WEEK, _EARLY: EARLY, _NEXT: NEXT, _MONTH_END: MONTH_END,
            _NEXT_MONTH: NEXT_MONTH, _END: END, _A_WEEK_ON: "через неделю; za tydzień; خلال أسبوع; بعد أسبوع",
            **{("near", days): names for days, names in NEAR},
            **{("weekday", number): names for number, names in enumerate(WEEKDAYS)},
            **{("month", number): names for number, names in enumerate(MONTHS, 1)},
        }
    )  # fmt: skip


@cache
def _name(month: int) -> str:
    return compile_phrases(MONTHS[month - 1].split("; ")).pattern


@cache
def _day_of(month: int) -> re.Pattern[str]:
    name = _name(month)
    return re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|-го|'i)?(?: (?:de|of|d'|di))? ?(?:{name})\.?,?(?: (?:de )?(?P<y>20\d\d))?"
        rf"|(?:{name})\.? (?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.:]\d)(?:,? (?P<y2>20\d\d))?"
    )


@cache
def _end_of(month: int) -> re.Pattern[str]:
    name, ends = _name(month), compile_phrases(END.split("; ")).pattern
    return re.compile(
        rf"(?:{ends})(?: (?:of|de|di|van|d'))? ?(?:{name})|(?:{name})['’]?\w{{0,3}} sonu|(?<!\d){month} ?(?:月[底末]|월 ?말)"
    )


@cache
def _of_month() -> re.Pattern[str]:
    """Return what finds "the 5th": a number alone is a day only with its ending or at the end of a clause."""
    any_month = compile_phrases("; ".join(MONTHS).split("; ")).pattern
    return re.compile(
        rf"(?<![\w.,/-])(\d{{1,2}})(?:st|nd|rd|th|-?е|-?го)(?![\w-])(?! ?(?:of )?(?:{any_month}))|(?<![\d月월.])(\d{{1,2}}) ?(?:[号號]|日(?=まで|に|前|之前|以前|中に)|일(?=까지|에|전))"
        r"|\b(?:dia|el|il|le|am|zum|de|den|до|к|entro il|числа) (\d{1,2})(?:\.|e)?(?= ?(?:$|[,;!?]|числа|de este mes|de cada))"
    )


def _relative(heard: _Heard, today: date) -> list[tuple[int, date]]:
    monday = today - timedelta(days=today.weekday())
    found = [(place, today + timedelta(days=days)) for days, _names in NEAR for place in heard.places(("near", days))]
    next_week = heard.places(_NEXT_WEEK)
    weekdays = [(place, number) for number in range(_WEEK) for place in heard.places(("weekday", number))]
    for place, number in weekdays:
        ahead = (number - today.weekday()) % _WEEK or _WEEK
        if ahead <= _AT_HAND and heard.places(_NEXT):
            ahead += _WEEK
        found.append((place, monday + timedelta(days=_WEEK + number) if next_week else today + timedelta(days=ahead)))
    found += [
        (one.start(), monday + timedelta(days=_WEEK + "一二三四五六日天".index(one[1]) % _WEEK))
        for one in _NEXT_WEEKS_DAY.finditer(heard.folded)
    ]
    if next_week and not weekdays:
        found.append((next_week[0], monday + timedelta(days=_WEEK + (0 if heard.places(_EARLY) else _LAST_WORKDAY))))
    this_week = heard.places(_THIS_WEEK)
    if this_week and not weekdays:
        found.append((this_week[0], max(today, monday + timedelta(days=_LAST_WORKDAY))))
    return [*found, *_spans(heard, today), *_ends_of_months(heard, today)]


def _spans(heard: _Heard, today: date) -> list[tuple[int, date]]:
    """Return "in three days", "48 h", "in a week"."""
    found = [(place, _WEEK) for place in heard.places(_A_WEEK_ON)]
    if heard.has(_DAY_UNITS):
        found += [(one.start(), _count(one[1])) for one in _DAYS.finditer(heard.folded)]
    if heard.has(_WEEK_UNITS):
        found += [(one.start(), _WEEK * _count(one[1])) for one in _WEEKS.finditer(heard.folded)]
    if heard.has(_HOURS_OF_DAYS):
        found += [(one.start(), int(one[1]) // 24) for one in _HOURS.finditer(heard.folded)]
    return [(place, today + timedelta(days=days)) for place, days in found]


def _ends_of_months(heard: _Heard, today: date) -> list[tuple[int, date]]:
    """Return "end of the month", "end of November", "early next month"."""
    found = [(place, _last_day(today.year, today.month)) for place in heard.places(_MONTH_END)]
    following = _last_day(today.year, today.month) + timedelta(days=1)
    next_months = heard.places(_NEXT_MONTH)
    early = bool(next_months and heard.places(_EARLY))
    found += [(place, following if early else _last_day(following.year, following.month)) for place in next_months]
    joined = _JOINED_END.search(heard.folded) is not None
    named = joined or "sonu" in heard.folded or heard.may_name(_END)
    for month in range(1, _DECEMBER + 1) if named else ():
        if joined or heard.may_name(("month", month)):
            last = _last_day(today.year + (month < today.month), month)
            found += [(one.start(), last) for one in _end_of(month).finditer(heard.folded)]
    return found


def _last_day(year: int, month: int) -> date:
    return date(year + month // _DECEMBER, month % _DECEMBER + 1, 1) - timedelta(days=1)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else COUNTS[word]


def _dates(heard: _Heard, today: date) -> list[tuple[int, date]]:
    folded = heard.folded
    if not _DIGIT.search(folded):
        return []
    named: list[tuple[int, int | None, int, int]] = [
        (one.start(), None, int(one[1]), int(one[2])) for one in _CHINESE.finditer(folded)
    ]
    if _MAY_BE_DATE.search(folded):
        named += [(one.start(), int(one[1]), int(one[2]), int(one[3])) for one in _ISO.finditer(folded)]
        named += [_dotted(one, today) for one in _DOTTED.finditer(folded)]
    for month in filter(lambda month: heard.may_name(("month", month)), range(1, _DECEMBER + 1)):
        for one in _day_of(month).finditer(folded):
            year_word = one["y"] or one["y2"]
            named.append((one.start(), int(year_word) if year_word else None, month, int(one["d"] or one["d2"])))
    if _MAY_BE_OF_MONTH.search(folded):
        named += [
            (one.start(), None, *_next_such(int(one[1] or one[2] or one[3]), today))
            for one in _of_month().finditer(folded)
        ]
    made = [(place, _made(year, month, day, today)) for place, year, month, day in named]
    return [(place, day) for place, day in made if day is not None]


def _next_such(day: int, today: date) -> tuple[int, int]:
    """Return month and day of the next "5th"."""
    return (today.month, day) if day >= today.day else (today.month % _DECEMBER + 1, day)


def _dotted(found: re.Match[str], today: date) -> tuple[int, int | None, int, int]:
    """Return place, year, month and day: the day first, unless only the other order makes a date, or one that is near."""
    day, month = int(found[1]), int(found[3] or found[5] or found[6])
    year = int(found[4]) % _CENTURY + _THIS_CENTURY if found[4] else None
    other = month > _DECEMBER >= day
    if found[5] and not other:
        here, there = _made(None, month, day, today), _made(None, day, month, today)
        near = today + timedelta(days=_SEASON)
        other = there is not None and there <= near and (here is None or here > near)
    return (found.start(), year, day, month) if other else (found.start(), year, month, day)


def _made(year: int | None, month: int, day: int, today: date) -> date | None:
    """Return the date; without a year the next one, but not almost a year ahead: that is one just passed."""
    try:
        made = date(year or today.year, month, day)
        if year is None and made < today:
            made = date(today.year + 1, month, day)
    except ValueError:
        return None
    return None if year is None and (made - today).days > _FAR else made
