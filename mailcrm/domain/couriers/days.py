"""How long a parcel from China usually takes, by courier and region.

Room: domain. In: a courier and a country (ISO 3166-1). Out: working days. These are what couriers offered in November 2026, a first
guess: what our own parcels took says more.
"""

from __future__ import annotations

from functools import cache

from mailcrm.domain.couriers.registry import courier_named

__all__ = ["REGIONS", "expected_days"]

REGIONS = {
    "china": "CN HK MO TW",
    "asia": "AF AM AZ BD BN BT GE ID IN IO JP KG KH KP KR KZ LA LK MM MN MV MY NP PH PK SG TH TJ TL TM UZ VN",
    "middle east": "AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    "europe": "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    "north america": "BM CA GL PM US",
    "latin america": "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI",
    "oceania": "AQ AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
    "africa": "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW",
}


def expected_days(courier_name: str, country: str) -> int:
    """Return the working days until a parcel is usually delivered in `country`, "" for one that nobody knows."""
    courier = courier_named(courier_name)
    return courier.days.get(_regions().get(country.upper(), ""), courier.other_days)


@cache
def _regions() -> dict[str, str]:
    return {country: region for region, countries in REGIONS.items() for country in countries.split()}
