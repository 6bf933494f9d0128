"""Days, weeks and months as mails name them: phrases as in `mailcrm.domain.phrases`, parted by "; ".

Room: domain. In each tuple the place is the meaning: Monday first, January first.
"""

__all__ = [
    "COUNTS",
    "EARLY",
    "END",
    "MONTHS",
    "MONTH_END",
    "NEAR",
    "NEXT",
    "NEXT_MONTH",
    "NEXT_WEEK",
    "THIS_WEEK",
    "WEEKDAYS",
]

WEEKDAYS = (
    "monday; mon; lunes; montag*; lundi; segunda(-feira)?; lunedì; понедельник*; pazartesi*; maandag; poniedział*; الاثنين; الإثنين; 月曜; 월요일; (?<!下)(?<!上)(周|星期|礼拜|週)一",
    "tuesday; tue; martes; dienstag*; mardi; terça(-feira)?; martedì; вторник*; salı(ya)?; dinsdag; wtor(ek|ku); الثلاثاء; 火曜; 화요일; (?<!下)(?<!上)(周|星期|礼拜|週)二",
    "wednesday; wed; miércoles; mittwoch*; mercredi; quarta(-feira)?; mercoledì; сред[ауы]; çarşamba*; woensdag; środ[aęy]; الأربعاء; 水曜; 수요일; (?<!下)(?<!上)(周|星期|礼拜|週)三",
    "thursday; thu; thurs; jueves; donnerstag*; jeudi; quinta(-feira)?; giovedì; четверг*; perşembe*; donderdag; czwart(ek|ku); الخميس; 木曜; 목요일; (?<!下)(?<!上)(周|星期|礼拜|週)四",
    "friday; fri; viernes; freitag*; vendredi; sexta(-feira)?; venerdì; пятниц*; cuma(ya)?; vrijdag; piąt(ek|ku); الجمعة; 金曜; 금요일; (?<!下)(?<!上)(周|星期|礼拜|週)五",
    "saturday; sábado; samstag*; sonnabend; samedi; sabato; суббот*; cumartesi*; zaterdag; sobot[aęy]; السبت; 土曜; 토요일; (?<!下)(?<!上)(周|星期|礼拜|週)六",
    "sunday; domingo; sonntag*; dimanche; domenica; воскресень*; zondag; niedziel*; الأحد; 日曜; 일요일; (?<!下)(?<!上)(周|星期|礼拜|週)[日天]",
)
MONTHS = (
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
NEAR = (
    (0, "today; tonight; hoy; heute; aujourd'hui; hoje; oggi; сегодня; bugün; vandaag; dzisiaj; dziś; اليوم; 今天; 今日; 本日; 오늘; 今晚"),
    (1, "tomorrow; tmr; tmrw; tmw; 2moro; mañana; morgen(?! früh um); demain; amanhã; domani; завтра; yarın*; jutro; غدا; 明天; 明日; 내일; 次日; within (one day|a day); خلال يوم"),
    (2, "day after tomorrow; pasado mañana; übermorgen; après-demain; depois de amanhã; dopodomani; послезавтра; öbür gün; overmorgen; pojutrze; بعد غد; 后天; 後天; 明後日; 모레; يومين"),
)  # fmt: skip
COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "un": 1, "una": 1, "dos": 2, "tres": 3, "einem": 1, "zwei": 2,
    "drei": 3, "deux": 2, "trois": 3, "dois": 2, "duas": 2, "due": 2, "tre": 3, "два": 2, "двух": 2, "три": 3, "трех": 3, "iki": 2, "uc": 3,
    "twee": 2, "drie": 3, "dwa": 2, "dwoch": 2, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "a": 1, "eine": 1, "einer": 1, "einen": 1, "une": 1, "uma": 1, "um": 1, "bir": 1, "een": 1, "jeden": 1, "cuatro": 4, "vier": 4, "quatre": 4, "quatro": 4, "quattro": 4,
    "четыре": 4, "четырех": 4, "dort": 4, "cztery": 4, "cinco": 5, "funf": 5, "cinq": 5, "cinque": 5, "пять": 5, "пяти": 5, "bes": 5, "vijf": 5, "piec": 5, "ثلاثة": 3, "اربعة": 4, "خمسة": 5, "couple of": 2, "few": 3,
}  # fmt: skip

THIS_WEEK = "this week; weekend; esta semana; fin de semana; diese woche; dieser woche; ende der woche; cette semaine; questa settimana; на этой неделе; bu hafta; deze week; w tym tygodniu; هذا الأسبوع; 本周; 这周; 這週; 今週; 이번 주; end of the week; eow; week end; wochenende; fin de la semaine; fin de semaine; finales de (la )?semana; fin de la semana; fim de semana; fi(m|nal) da semana; fine (della )?settimana; конц[еау] недели; hafta sonu*; نهاية الأسبوع; eind(e)? van de week; weekeinde; końc* tygodnia; koniec tygodnia; 周末; 週末; 주말; 이번주"
NEXT_WEEK = "next week; coming week; próxima semana; semana que viene; semana que vem; nächste[rn]? woche; kommende[rn]? woche; semaine prochaine; prossima settimana; settimana prossima; на следующей неделе; следующей недели; gelecek hafta; haftaya; önümüzdeki hafta; volgende week; przyszłym tygodniu; الأسبوع القادم; الأسبوع المقبل; 下周(?![一二三四五六日天]); 下星期(?![一二三四五六日天]); 下週(?![一二三四五六日天]); 来週; 다음 주; nächster woche; nächste woche; kommender woche; proxima semana; 다음주; 下礼拜(?![一二三四五六日天]); przyszły tydzień"
EARLY = "early; beginning; start of; anfang; début; principios; inicio; início; comienzos; inizio; начале; başında; begin; początku; 初; 年初; أول; بداية; anfangs; начало; początek; inizi; başı; 月初; 上旬; 초에"
NEXT = "next; nächst(e|en|er)?; próxim[oa]; que viene; que vem; prochain; prossim[oa]; следующ\\w+; gelecek; önümüzdeki; volgende; przyszł\\w+; القادم; المقبل"
MONTH_END = "end of (the|this) month; eom; month ?-?end; ende des monats; ende (dieses|diesen) monats; monatsende; fin(es|ales)? de(l)? (este )?mes; fin (du|de ce|de) mois; (final|fim|finais) d[eo] mês; fine (del )?mese; конц[еау] (этого )?месяца; ay sonu*; نهاية الشهر; آخر الشهر; einde? van (de|deze) maand; einde? (deze )?maand; końc* miesiąca; koniec miesiąca; (?<!下)(?<!下个)(?<!\\d)月(底|末); 월말; 이번 ?달 말"
NEXT_MONTH = "next month; nächsten monats?; nächster monat; próximo mes; mes que viene; mois prochain; próximo mês; mês que vem; prossimo mese; mese prossimo; следующ\\w+ месяц*; gelecek ay*; önümüzdeki ay*; الشهر القادم; الشهر المقبل; volgende maand; przyszł\\w+ miesiąc*; 下个?月; 来月; 다음 ?달"
END = "end; late; ende; fin; finales; fines; fim; final; fine; eind; einde; конце; конца; концу; koniec; końca; końcem; نهاية"
