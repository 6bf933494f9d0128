"""Days as mails name them: "Thursday", 周五, "bis 28. November", "in two days", "la próxima semana".

Room: domain. In: a sentence and the day it was written. Out: the day it names, never one in the past. Month names count
only beside a number ("may" is no May). Of several days the last one named is taken: a promise or a return names its end last.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from mailcrm.domain.phrases import compile_phrases, fold

__all__ = ["named_day", "named_days"]

_WEEKDAYS = (
    "monday; mon; lunes; montag*; lundi; segunda(-feira)?; lunedì; понедельник*; pazartesi*; maandag; poniedział*; الاثنين; الإثنين; 月曜; 월요일; (?<!下)(?<!上)(周|星期|礼拜|週)一",
    "tuesday; tue; martes; dienstag*; mardi; terça(-feira)?; martedì; вторник*; salı(ya)?; dinsdag; wtor(ek|ku); الثلاثاء; 火曜; 화요일; (?<!下)(?<!上)(周|星期|礼拜|週)二",
    "wednesday; wed; miércoles; mittwoch*; mercredi; quarta(-feira)?; mercoledì; сред[ауы]; çarşamba*; woensdag; środ[aęy]; الأربعاء; 水曜; 수요일; (?<!下)(?<!上)(周|星期|礼拜|週)三",
    "thursday; thu; thurs; jueves; donnerstag*; jeudi; quinta(-feira)?; giovedì; четверг*; perşembe*; donderdag; czwart(ek|ku); الخميس; 木曜; 목요일; (?<!下)(?<!上)(周|星期|礼拜|週)四",
    "friday; fri; viernes; freitag*; vendredi; sexta(-feira)?; venerdì; пятниц*; cuma(ya)?; vrijdag; piąt(ek|ku); الجمعة; 金曜; 금요일; (?<!下)(?<!上)(周|星期|礼拜|週)五",
    "saturday; sábado; samstag*; sonnabend; samedi; sabato; суббот*; cumartesi*; zaterdag; sobot[aęy]; السبت; 土曜; 토요일; (?<!下)(?<!上)(周|星期|礼拜|週)六",
    "sunday; domingo; sonntag*; dimanche; domenica; воскресень*; zondag; niedziel*; الأحد; 日曜; 일요일; (?<!下)(?<!上)(周|星期|礼拜|週)[日天]",
)
_NEXT_WEEKS_DAY = re.compile(r"下(?:个)?(?:周|星期|礼拜|週)([一二三四五六日天])")
_MONTHS = (
    "january; jan; enero; januar; janvier; janeiro; gennaio; январ[яьe]*; ocak; januari; stycz(eń|nia); يناير; jänner",
    "february; feb; febrero; februar; février; fevereiro; febbraio; феврал*; şubat; februari; lut(y|ego); فبراير",
    "march; mar; marzo; märz; mars; março; март*; mart; maart; marz(ec|ca); مارس",
    "april; apr; abril; avril; aprile; апрел*; nisan; kwie(cień|tnia); أبريل; ابريل",
    "may; mayo; mai; maio; maggio; ма[йя]; mayıs; mei; maja; مايو",
    "june; jun; junio; juni; juin; junho; giugno; июн*; haziran; czerw(iec|ca); يونيو",
    "july; jul; julio; juli; juillet; julho; luglio; июл*; temmuz; lip(iec|ca); يوليو",
    "august; aug; agosto; août; август*; ağustos; augustus; sierp(ień|nia); أغسطس; اغسطس",
    "september; sep; sept; septiembre; septembre; setembro; settembre; сентябр*; eylül; wrze(sień|śnia); سبتمبر",
    "october; oct; octubre; oktober; octobre; outubro; ottobre; октябр*; ekim; październik*; أكتوبر; اكتوبر",
    "november; nov; noviembre; novembre; novembro; ноябр*; kasım; listopad*; نوفمبر",
    "december; dec; diciembre; dezember; décembre; dezembro; dicembre; декабр*; aralık; grud(zień|nia); ديسمبر",
)
_NEAR = (
    (0, "today; tonight; hoy; heute; aujourd'hui; hoje; oggi; сегодня; bugün; vandaag; dzisiaj; dziś; اليوم; 今天; 今日; 本日; 오늘; 今晚"),
    (1, "tomorrow; tmr; mañana; morgen(?! früh um); demain; amanhã; domani; завтра; yarın*; jutro; غدا; 明天; 明日; 내일; 次日; within (24 hours|one day|a day)"),
    (2, "day after tomorrow; pasado mañana; übermorgen; après-demain; depois de amanhã; dopodomani; послезавтра; öbür gün; overmorgen; pojutrze; بعد غد; 后天; 後天; 明後日; 모레; (within |in |next )?48 hours"),
)  # fmt: skip
_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "un": 1, "una": 1, "dos": 2, "tres": 3, "einem": 1, "zwei": 2,
    "drei": 3, "deux": 2, "trois": 3, "dois": 2, "duas": 2, "due": 2, "tre": 3, "два": 2, "двух": 2, "три": 3, "трех": 3, "iki": 2, "uc": 3,
    "twee": 2, "drie": 3, "dwa": 2, "dwoch": 2, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "a": 1, "couple of": 2, "few": 3,
}  # fmt: skip
_NUMBER = r"(\d{1,2}|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + ")"
_DAYS = re.compile(
    rf"(?<!\w){_NUMBER}(?:[ -]?(?:to|or|-|a|bis|à)[ -]?\d{{1,2}})? ?(?:working |business |more |werk|arbeits)?(?:days?|dias?|tagen?|jours?|giorni|дня|дней|gun|dagen|dni|天|日内|个?工作日|日以内|일 ?(?:이내|안에|후)|ايام)(?!\w*ly)"
)
_WEEKS = re.compile(
    rf"(?<!\w){_NUMBER} ?(?:weeks?|semanas?|wochen?|semaines?|settiman[ae]|недел[июь]|hafta|weken|tygodni\w*|周|星期|个星期|週間|주)"
)
_THIS_WEEK = compile_phrases(
    [
        "this week",
        "weekend",
        "esta semana",
        "fin de semana",
        "diese woche",
        "dieser woche",
        "ende der woche",
        "cette semaine",
        "questa settimana",
        "на этой неделе",
        "bu hafta",
        "deze week",
        "w tym tygodniu",
        "هذا الأسبوع",
        "本周",
        "这周",
        "這週",
        "今週",
        "이번 주",
    ]
)
_NEXT_WEEK = compile_phrases(
    [
        "next week",
        "coming week",
        "próxima semana",
        "semana que viene",
        "semana que vem",
        "nächste[rn]? woche",
        "kommende[rn]? woche",
        "semaine prochaine",
        "prossima settimana",
        "settimana prossima",
        "на следующей неделе",
        "следующей недели",
        "gelecek hafta",
        "haftaya",
        "önümüzdeki hafta",
        "volgende week",
        "przyszłym tygodniu",
        "الأسبوع القادم",
        "الأسبوع المقبل",
        "下周(?![一二三四五六日天])",
        "下星期(?![一二三四五六日天])",
        "下週(?![一二三四五六日天])",
        "来週",
        "다음 주",
    ]
)
_EARLY = compile_phrases(
    [
        "early",
        "beginning",
        "start of",
        "anfang",
        "début",
        "principios",
        "inicio",
        "início",
        "comienzos",
        "inizio",
        "начале",
        "başında",
        "begin",
        "początku",
        "初",
        "年初",
        "أول",
        "بداية",
    ]
)
_WEEKDAY = tuple(compile_phrases(names.split("; ")) for names in _WEEKDAYS)
_NEAR_DAY = tuple((days, compile_phrases(names.split("; "))) for days, names in _NEAR)
_ANY_WEEKDAY = compile_phrases("; ".join(_WEEKDAYS).split("; "))
_ANY_NEAR_DAY = compile_phrases("; ".join(names for _days, names in _NEAR).split("; "))
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
    for name in (compile_phrases(names.split("; ")).pattern for names in _MONTHS)
)
_DIGIT = re.compile(r"\d")
_LAST_WORKDAY, _WEEK, _FAR = 4, 7, 330
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
    found += [(one.start(), today + timedelta(days=_count(one[1]))) for one in _DAYS.finditer(folded)]
    found += [(one.start(), today + timedelta(days=_WEEK * _count(one[1]))) for one in _WEEKS.finditer(folded)]
    return found


def _weekdays(folded: str) -> list[tuple[int, int]]:
    """Return (place, number of the weekday), Monday 0."""
    if not _ANY_WEEKDAY.search(folded):
        return []
    return [(one.start(), number) for number, pattern in enumerate(_WEEKDAY) for one in pattern.finditer(folded)]


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word]


def _dates(folded: str, today: date) -> list[tuple[int, date]]:
    if not _DIGIT.search(folded):
        return []
    named: list[tuple[int, int | None, int, int]] = [
        *((one.start(), int(one[1]), int(one[2]), int(one[3])) for one in _ISO.finditer(folded)),
        *((one.start(), None, int(one[1]), int(one[2])) for one in _CHINESE.finditer(folded)),
        *(_dotted(one) for one in _DOTTED.finditer(folded)),
    ]
    for month, pattern in enumerate(_MONTH, 1):
        for one in pattern.finditer(folded):
            year_word = one["y"] or one["y2"]
            named.append((one.start(), int(year_word) if year_word else None, month, int(one["d"] or one["d2"])))
    made = [(place, _made(year, month, day, today)) for place, year, month, day in named]
    return [(place, day) for place, day in made if day is not None]


def _dotted(found: re.Match[str]) -> tuple[int, int | None, int, int]:
    """Return place, year, month and day; the day first, unless only the other order makes a date."""
    day, month = int(found[1]), int(found[3] or found[5] or found[6])
    year = int(found[4]) % _CENTURY + _THIS_CENTURY if found[4] else None
    return (found.start(), year, day, month) if month > _DECEMBER >= day else (found.start(), year, month, day)


def _made(year: int | None, month: int, day: int, today: date) -> date | None:
    """Return the date; without a year the next one, but not almost a year ahead: that is one just passed."""
    try:
        made = date(year or today.year, month, day)
        if year is None and made < today:
            made = date(today.year + 1, month, day)
    except ValueError:
        return None
    return None if year is None and (made - today).days > _FAR else made
