"""Places that tell a zone, in countries that have several: codes of states and provinces, and towns.

Room: domain. Codes count only where an address has them (before a postal code); towns are names as they are written in a
signature. Zones that are named after a town are known from their own name and aren't here.
"""

from __future__ import annotations

__all__ = ["CODES", "TOWNS"]

CODES: dict[str, dict[str, str]] = {
    "US": {
        "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
        "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
        "America/Denver": "CO ID MT NM UT WY",
        "America/Phoenix": "AZ",
        "America/Los_Angeles": "CA NV OR WA",
        "America/Anchorage": "AK",
        "Pacific/Honolulu": "HI",
    },
    "CA": {
        "America/Toronto": "ON QC",
        "America/Vancouver": "BC",
        "America/Edmonton": "AB",
        "America/Regina": "SK",
        "America/Winnipeg": "MB",
        "America/Halifax": "NB NS PE",
        "America/St_Johns": "NL",
    },
    "AU": {
        "Australia/Sydney": "NSW ACT VIC",
        "Australia/Brisbane": "QLD",
        "Australia/Adelaide": "SA",
        "Australia/Perth": "WA",
        "Australia/Darwin": "NT",
        "Australia/Hobart": "TAS",
    },
    "BR": {
        "America/Sao_Paulo": "SP RJ MG ES PR SC RS GO DF BA SE AL PE PB RN CE PI MA PA AP TO",
        "America/Manaus": "AM",
        "America/Cuiaba": "MT",
        "America/Campo_Grande": "MS",
        "America/Porto_Velho": "RO",
        "America/Boa_Vista": "RR",
        "America/Rio_Branco": "AC",
    },
}

TOWNS: dict[str, dict[str, str]] = {
    "US": {
        "America/New_York": "boston|philadelphia|atlanta|miami|tampa|orlando|charlotte|washington|baltimore|cleveland|cincinnati|pittsburgh|new jersey",
        "America/Chicago": "houston|dallas|austin|san antonio|fort worth|minneapolis|milwaukee|st. louis|kansas city|new orleans|memphis|nashville",
        "America/Denver": "salt lake city|albuquerque|colorado springs|el paso",
        "America/Phoenix": "tucson|scottsdale|tempe",
        "America/Los_Angeles": "san francisco|san diego|san jose|seattle|portland|las vegas|sacramento|oakland|long beach",
    },
    "CA": {
        "America/Toronto": "montreal|ottawa|mississauga|quebec|hamilton",
        "America/Edmonton": "calgary",
        "America/Regina": "saskatoon",
        "America/Vancouver": "burnaby|richmond bc|surrey bc|victoria bc",
    },
    "AU": {
        "Australia/Sydney": "canberra|newcastle",
        "Australia/Brisbane": "gold coast|townsville|cairns",
        "Australia/Perth": "fremantle",
    },
    "BR": {
        "America/Sao_Paulo": "rio de janeiro|curitiba|porto alegre|belo horizonte|campinas|joinville|santos|brasilia"
    },
    "MX": {
        "America/Mexico_City": "guadalajara|puebla|queretaro|leon|toluca|ciudad de mexico|cdmx",
        "America/Tijuana": "mexicali|ensenada|rosarito",
        "America/Ciudad_Juarez": "cd. juarez|cd juarez|juarez",
        "America/Mazatlan": "culiacan|los mochis|la paz",
        "America/Cancun": "playa del carmen|chetumal",
    },
    "RU": {
        "Europe/Moscow": "москва|санкт-петербург|спб|st. petersburg|saint petersburg|нижнии новгород|казань|kazan|краснодар|krasnodar|ростов|rostov|воронеж",
        "Europe/Kaliningrad": "калининград",
        "Europe/Samara": "самара|тольятти",
        "Asia/Yekaterinburg": "екатеринбург|ekaterinburg|челябинск|chelyabinsk|пермь|perm|уфа|ufa|тюмень|tyumen",
        "Asia/Omsk": "омск",
        "Asia/Novosibirsk": "новосибирск",
        "Asia/Krasnoyarsk": "красноярск|кемерово",
        "Asia/Irkutsk": "иркутск|улан-удэ",
        "Asia/Yakutsk": "якутск|благовещенск",
        "Asia/Vladivostok": "владивосток|хабаровск|khabarovsk|находка|nakhodka",
    },
    "ID": {
        "Asia/Jakarta": "surabaya|bandung|medan|semarang|tangerang|bekasi|batam",
        "Asia/Makassar": "denpasar|bali|balikpapan|samarinda|manado",
    },
    "ES": {"Atlantic/Canary": "las palmas|tenerife|gran canaria|canarias"},
    "PT": {"Atlantic/Azores": "ponta delgada|acores", "Atlantic/Madeira": "funchal"},
    "CD": {"Africa/Lubumbashi": "kolwezi|likasi|goma"},
    "NZ": {"Pacific/Auckland": "wellington|christchurch"},
    "KZ": {"Asia/Almaty": "astana|астана|алматы|шымкент"},
}
