"""Days as mails name them: "Thursday", 周五, "bis 28. November", "in two days", "la próxima semana".

Room: domain. In: a sentence and the day it was written. Out: the day it names, never one in the past. Month names count
only beside a number ("may" is no May). Of several days the last one named is taken: a promise or a return names its end last.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

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
from mailcrm.domain.phrases import compile_phrases, fold

__all__ = ["named_day", "named_days"]

_NEXT_WEEKS_DAY = re.compile(r"下(?:个)?(?:周|星期|礼拜|週)([一二三四五六日天])")
_NUMBER = r"(\d{1,2}|" + "|".join(sorted(COUNTS, key=len, reverse=True)) + ")"
_DAYS = re.compile(
    rf"(?<!\w){_NUMBER}(?:[ -]?(?:to|or|-|a|bis|à)[ -]?\d{{1,2}})? ?(?:working |business |more |werk|arbeits)?(?:days?|dias?|tagen?|jours?|giorni|дня|дней|gun|dagen|dni|天|日内|个?工作日|日以内|일 ?(?:이내|안에|후)|ايام)(?!\w*ly)"
)
_WEEKS = re.compile(
    rf"(?<!\w){_NUMBER} ?(?:weeks?|semanas?|wochen?|semaines?|settiman[ae]|недел[июь]|hafta|weken|tygodni\w*|周|星期|个星期|週間|주)"
)
_THIS_WEEK, _NEXT_WEEK, _EARLY, _NEXT, _MONTH_END, _NEXT_MONTH = (
    compile_phrases(words.split("; ")) for words in (THIS_WEEK, NEXT_WEEK, EARLY, NEXT, MONTH_END, NEXT_MONTH)
)
_WEEKDAY = tuple(compile_phrases(names.split("; ")) for names in WEEKDAYS)
_NEAR_DAY = tuple((days, compile_phrases(names.split("; "))) for days, names in NEAR)
_ANY_WEEKDAY = compile_phrases("; ".join(WEEKDAYS).split("; "))
_ANY_NEAR_DAY = compile_phrases("; ".join(names for _days, names in NEAR).split("; "))
_ISO = re.compile(r"(?<!\d)(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_DOTTED = re.compile(
    r"(?<![\d.,/-])(\d{1,2})(?:([./-])(\d{1,2})\2(20\d\d|\d\d)|/(\d{1,2})|\.(\d{1,2})\.)(?![\d/-])"
)  # "1.20" is a price: a day needs its last dot or its year
_CHINESE = re.compile(r"(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]")
_MONTH = tuple(
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|-го|'i)?(?: (?:de|of|d'|di))? ?(?:{name})\.?,?(?: (?:de )?(?P<y>20\d\d))?"
        rf"|(?:{name})\.? (?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.:]\d)(?:,? (?P<y2>20\d\d))?"
    )
    for name in (compile_phrases(names.split("; ")).pattern for names in MONTHS)
)
_ANY_MONTH = compile_phrases("; ".join(MONTHS).split("; ")).pattern
_ENDS = compile_phrases(END.split("; ")).pattern
_ENDING_MONTH = tuple(
    re.compile(
        rf"(?:{_ENDS})(?: (?:of|de|di|van|d'))? ?(?:{name})|(?:{name})['’]?\w{{0,3}} sonu|(?<!\d){number} ?(?:月[底末]|월 ?말)"
    )
    for number, name in enumerate((compile_phrases(names.split("; ")).pattern for names in MONTHS), 1)
)
_ANY_END = re.compile(rf"{_ENDS}|{_MONTH_END.pattern}|{_NEXT_MONTH.pattern}|sonu|[月월].?[底末말]")
_OF_MONTH = re.compile(
    rf"(?<![\w.,/-])(\d{{1,2}})(?:st|nd|rd|th|-?е|-?го)(?![\w-])(?! ?(?:of )?(?:{_ANY_MONTH}))|(?<![\d月월.])(\d{{1,2}}) ?(?:[号號]|日(?=まで|に|前|之前|以前|中に)|일(?=까지|에|전))"
    r"|\b(?:dia|el|il|le|am|zum|de|den|до|к|entro il|числа) (\d{1,2})(?:\.|e)?(?= ?(?:$|[,;!?]|числа|de este mes|de cada))"
)  # a number alone is a day only with its ending or at the end of a clause
_HOURS = re.compile(
    r"(?<![\w.,])(24|48|72) ?(?:h\b|hours?|hrs|horas?|stunden|heures?|ore\b|saat|час|godzin|uur|小时|小時|個?時間|시간|ساعة)"
)
_A_WEEK_ON = compile_phrases(["через неделю", "za tydzień", "خلال أسبوع", "بعد أسبوع"])
_DIGIT = re.compile(r"\d")
_LAST_WORKDAY, _WEEK, _FAR, _SEASON = 4, 7, 330, 60
_AT_HAND = 2  # a weekday so near is called by no "next"
_DECEMBER, _CENTURY, _THIS_CENTURY = 12, 100, 2000


def named_day(text: str, today: date) -> date | None:
    """Return the last day that `text` names, seen from `today`; None where it names none that is still to come."""
    days = named_days(text, today)
    return days[-1] if days else None


def named_days(text: str, today: date) -> list[date]:
    """Return the days from `today` on that `text` names, in the order of the text."""
    folded = fold(text)
    found = [*_dates(folded, today), *_relative(folded, today)]
    return [day for _place, day in sorted(found) if day >= today]


def _relative(folded: str, today: date) -> list[tuple[int, date]]:
    monday = today - timedelta(days=today.weekday())
    found: list[tuple[int, date]] = []
    for days, pattern in _NEAR_DAY if _ANY_NEAR_DAY.search(folded) else ():
        found += [(one.start(), today + timedelta(days=days)) for one in pattern.finditer(folded)]
    next_week = _NEXT_WEEK.search(folded)
    weekdays = _weekdays(folded)
    for place, number in weekdays:
        ahead = (number - today.weekday()) % _WEEK or _WEEK
        if ahead <= _AT_HAND and _NEXT.search(folded):
            ahead += _WEEK
        found.append((place, monday + timedelta(days=_WEEK + number) if next_week else today + timedelta(days=ahead)))
    for one in _NEXT_WEEKS_DAY.finditer(folded):
        found.append((one.start(), monday + timedelta(days=_WEEK + "一二三四五六日天".index(one[1]) % _WEEK)))
    if next_week and not weekdays:
        found.append(
            (next_week.start(), monday + timedelta(days=_WEEK + (0 if _EARLY.search(folded) else _LAST_WORKDAY)))
        )
    this_week = _THIS_WEEK.search(folded)
    if this_week and not weekdays:
        found.append((this_week.start(), max(today, monday + timedelta(days=_LAST_WORKDAY))))
    return [*found, *_spans(folded, today), *_ends_of_months(folded, today)]


def _spans(folded: str, today: date) -> list[tuple[int, date]]:
    """Return "in three days", "48 h", "in a week"."""
    found = [(one.start(), _count(one[1])) for one in _DAYS.finditer(folded)]
    found += [(one.start(), _WEEK * _count(one[1])) for one in _WEEKS.finditer(folded)]
    found += [(one.start(), _WEEK) for one in _A_WEEK_ON.finditer(folded)]
    found += [(one.start(), int(one[1]) // 24) for one in _HOURS.finditer(folded)]
    return [(place, today + timedelta(days=days)) for place, days in found]


def _ends_of_months(folded: str, today: date) -> list[tuple[int, date]]:
    """Return "end of the month", "end of November", "early next month"."""
    if not _ANY_END.search(folded):
        return []
    found = [(one.start(), _last_day(today.year, today.month)) for one in _MONTH_END.finditer(folded)]
    following = _last_day(today.year, today.month) + timedelta(days=1)
    early = _EARLY.search(folded) is not None
    found += [
        (one.start(), following if early else _last_day(following.year, following.month))
        for one in _NEXT_MONTH.finditer(folded)
    ]
    for month, pattern in enumerate(_ENDING_MONTH, 1):
        year = today.year + (month < today.month)
        found += [(one.start(), _last_day(year, month)) for one in pattern.finditer(folded)]
    return found


def _last_day(year: int, month: int) -> date:
    return date(year + month // _DECEMBER, month % _DECEMBER + 1, 1) - timedelta(days=1)


def _weekdays(folded: str) -> list[tuple[int, int]]:
    """Return (place, number of the weekday), Monday 0."""
    if not _ANY_WEEKDAY.search(folded):
        return []
    return [(one.start(), number) for number, pattern in enumerate(_WEEKDAY) for one in pattern.finditer(folded)]


def _count(word: str) -> int:
    return int(word) if word.isdigit() else COUNTS[word]


def _dates(folded: str, today: date) -> list[tuple[int, date]]:
    if not _DIGIT.search(folded):
        return []
    named: list[tuple[int, int | None, int, int]] = [
        *((one.start(), int(one[1]), int(one[2]), int(one[3])) for one in _ISO.finditer(folded)),
        *((one.start(), None, int(one[1]), int(one[2])) for one in _CHINESE.finditer(folded)),
        *(_dotted(one, today) for one in _DOTTED.finditer(folded)),
    ]
    for month, pattern in enumerate(_MONTH, 1):
        for one in pattern.finditer(folded):
            year_word = one["y"] or one["y2"]
            named.append((one.start(), int(year_word) if year_word else None, month, int(one["d"] or one["d2"])))
    named += [
        (one.start(), None, *_next_such(int(one[1] or one[2] or one[3]), today)) for one in _OF_MONTH.finditer(folded)
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
