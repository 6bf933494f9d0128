"""What a mail calls the places of time zones, by language: cities of trade letters, and the names that they have abroad.

Room: outbox. In: an IANA zone, the language of the mail. Out: a name, "" for a zone that isn't among them.
"""

from __future__ import annotations

__all__ = ["named_place"]

_LANGUAGES = ("en", "zh", "es", "de", "fr", "pt", "ru")
_PLACES = {
    "Africa/Cairo": ("Cairo", "开罗", "El Cairo", "Kairo", "Le Caire", "Cairo", "Каир"),
    "Africa/Johannesburg": (
        "Johannesburg",
        "约翰内斯堡",
        "Johannesburgo",
        "Johannesburg",
        "Johannesburg",
        "Joanesburgo",
        "Йоханнесбург",
    ),
    "Africa/Lagos": ("Lagos", "拉各斯", "Lagos", "Lagos", "Lagos", "Lagos", "Лагос"),
    "Africa/Nairobi": ("Nairobi", "内罗毕", "Nairobi", "Nairobi", "Nairobi", "Nairóbi", "Найроби"),
    "America/Argentina/Buenos_Aires": (
        "Buenos Aires",
        "布宜诺斯艾利斯",
        "Buenos Aires",
        "Buenos Aires",
        "Buenos Aires",
        "Buenos Aires",
        "Буэнос-Айрес",
    ),
    "America/Bogota": ("Bogotá", "波哥大", "Bogotá", "Bogotá", "Bogota", "Bogotá", "Богота"),
    "America/Chicago": ("Chicago", "芝加哥", "Chicago", "Chicago", "Chicago", "Chicago", "Чикаго"),
    "America/Lima": ("Lima", "利马", "Lima", "Lima", "Lima", "Lima", "Лима"),
    "America/Los_Angeles": (
        "Los Angeles",
        "洛杉矶",
        "Los Ángeles",
        "Los Angeles",
        "Los Angeles",
        "Los Angeles",
        "Лос-Анджелес",
    ),
    "America/Mexico_City": (
        "Mexico City",
        "墨西哥城",
        "Ciudad de México",
        "Mexiko-Stadt",
        "Mexico",
        "Cidade do México",
        "Мехико",
    ),
    "America/New_York": ("New York", "纽约", "Nueva York", "New York", "New York", "Nova York", "Нью-Йорк"),
    "America/Santiago": ("Santiago", "圣地亚哥", "Santiago de Chile", "Santiago", "Santiago", "Santiago", "Сантьяго"),
    "America/Sao_Paulo": ("São Paulo", "圣保罗", "São Paulo", "São Paulo", "São Paulo", "São Paulo", "Сан-Паулу"),
    "America/Toronto": ("Toronto", "多伦多", "Toronto", "Toronto", "Toronto", "Toronto", "Торонто"),
    "Asia/Dhaka": ("Dhaka", "达卡", "Daca", "Dhaka", "Dacca", "Daca", "Дакка"),
    "Asia/Dubai": ("Dubai", "迪拜", "Dubái", "Dubai", "Dubaï", "Dubai", "Дубай"),
    "Asia/Ho_Chi_Minh": (
        "Ho Chi Minh City",
        "胡志明市",
        "Ciudad Ho Chi Minh",
        "Ho-Chi-Minh-Stadt",
        "Hô Chi Minh-Ville",
        "Cidade de Ho Chi Minh",
        "Хошимин",
    ),
    "Asia/Hong_Kong": ("Hong Kong", "香港", "Hong Kong", "Hongkong", "Hong Kong", "Hong Kong", "Гонконг"),
    "Asia/Istanbul": ("Istanbul", "伊斯坦布尔", "Estambul", "Istanbul", "Istanbul", "Istambul", "Стамбул"),
    "Asia/Jerusalem": ("Jerusalem", "耶路撒冷", "Jerusalén", "Jerusalem", "Jérusalem", "Jerusalém", "Иерусалим"),
    "Asia/Karachi": ("Karachi", "卡拉奇", "Karachi", "Karatschi", "Karachi", "Karachi", "Карачи"),
    "Asia/Kolkata": ("India", "印度", "India", "Indien", "Inde", "Índia", "Индия"),
    "Asia/Riyadh": ("Riyadh", "利雅得", "Riad", "Riad", "Riyad", "Riade", "Эр-Рияд"),
    "Asia/Seoul": ("Seoul", "首尔", "Seúl", "Seoul", "Séoul", "Seul", "Сеул"),
    "Asia/Shanghai": ("Beijing", "北京", "Pekín", "Peking", "Pékin", "Pequim", "Пекин"),
    "Asia/Singapore": ("Singapore", "新加坡", "Singapur", "Singapur", "Singapour", "Singapura", "Сингапур"),
    "Asia/Taipei": ("Taipei", "台北", "Taipéi", "Taipeh", "Taipei", "Taipé", "Тайбэй"),
    "Asia/Tokyo": ("Tokyo", "东京", "Tokio", "Tokio", "Tokyo", "Tóquio", "Токио"),
    "Australia/Sydney": ("Sydney", "悉尼", "Sídney", "Sydney", "Sydney", "Sydney", "Сидней"),
    "Europe/Amsterdam": ("Amsterdam", "阿姆斯特丹", "Ámsterdam", "Amsterdam", "Amsterdam", "Amsterdã", "Амстердам"),
    "Europe/Athens": ("Athens", "雅典", "Atenas", "Athen", "Athènes", "Atenas", "Афины"),
    "Europe/Berlin": ("Berlin", "柏林", "Berlín", "Berlin", "Berlin", "Berlim", "Берлин"),
    "Europe/Brussels": ("Brussels", "布鲁塞尔", "Bruselas", "Brüssel", "Bruxelles", "Bruxelas", "Брюссель"),
    "Europe/Copenhagen": (
        "Copenhagen",
        "哥本哈根",
        "Copenhague",
        "Kopenhagen",
        "Copenhague",
        "Copenhague",
        "Копенгаген",
    ),
    "Europe/Istanbul": ("Istanbul", "伊斯坦布尔", "Estambul", "Istanbul", "Istanbul", "Istambul", "Стамбул"),
    "Europe/Kyiv": ("Kyiv", "基辅", "Kiev", "Kyjiw", "Kyiv", "Kiev", "Киев"),
    "Europe/Lisbon": ("Lisbon", "里斯本", "Lisboa", "Lissabon", "Lisbonne", "Lisboa", "Лиссабон"),
    "Europe/London": ("London", "伦敦", "Londres", "London", "Londres", "Londres", "Лондон"),
    "Europe/Madrid": ("Madrid", "马德里", "Madrid", "Madrid", "Madrid", "Madri", "Мадрид"),
    "Europe/Moscow": ("Moscow", "莫斯科", "Moscú", "Moskau", "Moscou", "Moscou", "Москва"),
    "Europe/Paris": ("Paris", "巴黎", "París", "Paris", "Paris", "Paris", "Париж"),
    "Europe/Rome": ("Rome", "罗马", "Roma", "Rom", "Rome", "Roma", "Рим"),
    "Europe/Stockholm": ("Stockholm", "斯德哥尔摩", "Estocolmo", "Stockholm", "Stockholm", "Estocolmo", "Стокгольм"),
    "Europe/Vienna": ("Vienna", "维也纳", "Viena", "Wien", "Vienne", "Viena", "Вена"),
    "Europe/Warsaw": ("Warsaw", "华沙", "Varsovia", "Warschau", "Varsovie", "Varsóvia", "Варшава"),
    "Europe/Zurich": ("Zurich", "苏黎世", "Zúrich", "Zürich", "Zurich", "Zurique", "Цюрих"),
    "UTC": ("UTC", "UTC", "UTC", "UTC", "UTC", "UTC", "UTC"),
}


def named_place(zone: str, language: str) -> str:
    """Return the place of `zone` in `language`, English where that has no names here."""
    named = _PLACES.get(zone)
    if named is None:
        return ""
    return named[_LANGUAGES.index(language) if language in _LANGUAGES else 0]
