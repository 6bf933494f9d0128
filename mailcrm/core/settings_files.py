"""Where settings are written, and the rules that are made of them; what a key may hold is checked by `settings`.

Room: core. In: the packaged defaults, HOME/mailcrm.toml, what was chosen in the screens, the environment. Out: sections as they are written, later ones winning; an
office and a reply rule made of them. The first paint makes do with these: to check everything takes longer than to paint.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from mailcrm.domain.clock.office import Office, PublicDays, parse_office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

__all__ = ["CHOSEN", "PREFIX", "OwnDays", "merged_settings", "office_of", "policy_of"]

PREFIX = "MAILCRM__"
CHOSEN = "desk.toml"  # what was chosen in the screens, beside HOME/mailcrm.toml
_LISTS = (
    "days",
    "hours",
    "quiet",
    "calendars",
    "automatic",
    "follow_up",
    "inspection_hs",
    "incoterms",
    "departments",
    "follow_ups",
)

OwnDays = tuple[frozenset[date], frozenset[date]]
Sections = Mapping[str, Any]


def merged_settings(defaults: Path, own: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return all sections; `own` may be absent, and what was chosen beside it. ConfigError for a file that can't be read."""
    merged = _read(defaults)
    for written in (own, own.with_name(CHOSEN)):
        if written.exists():
            _merge(merged, _read(written))
    _merge(merged, _from_environment(environ))
    return merged


def office_of(
    sections: Sections, system_zone: str, public_days: Callable[[str], PublicDays], own_days: Callable[[str], OwnDays]
) -> Office:
    """Return the office; `system_zone` where none is set; `public_days` gives a country's, `own_days` those of a file."""
    office = sections["office"]
    country, zone = office["holidays"], office["zone"] or system_zone
    files = [own_days(name) for name in office["calendars"]]
    rest = frozenset[date]().union(*(days for days, _make_up in files))
    make_up = frozenset[date]().union(*(days for _rest, days in files))
    hours = (office["days"], office["hours"], rest, make_up)
    if not country:
        return parse_office(zone, *hours, quiet=office["quiet"])
    return parse_office(zone, *hours, country, public_days(country), office["quiet"])


def policy_of(sections: Sections, office: Office) -> Policy:
    """Return the reply rule."""
    clock, domestic, home = sections["clock"], sections["domestic"], sections["office"]
    extensions, grades = int(clock["promise_extensions"]), sections["overrides"]["grade"]
    policy = Policy.from_settings(clock["reply_within"], clock["count"], clock["warn"], extensions, office, grades)
    country = home["country"] or home["holidays"]
    here = policy.domestic_from(country, domestic["reply_within"], domestic["count"], domestic["warn"])
    return replace(policy, domestic=here)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            say("The settings in {path} can't be read: {reason}.", path=path, reason=error),
            say("Make the file readable UTF-8, or remove it to go back to the defaults."),
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            say("The settings in {path} are not valid TOML: {reason}.", path=path, reason=error),
            say("Mend that line; text values stand in double quotes."),
        ) from error


def _merge(into: dict[str, Any], other: Mapping[str, Any]) -> None:
    for key, value in other.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in environ.items():
        if name.startswith(PREFIX):
            *sections, key = name.removeprefix(PREFIX).lower().split("__")
            place = found
            for section in sections:
                place = place.setdefault(section, {})
            place[key] = [item.strip() for item in value.split(",")] if key in _LISTS else value
    return found
