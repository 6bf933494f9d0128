"""Settings: what a person may choose, read once and frozen.

Room: core. In: the packaged `config/mailcrm.toml` (the defaults), HOME/mailcrm.toml, MAILCRM__SECTION__KEY from the
environment, later ones winning. Out: `Settings`. An unknown key, a value of the wrong type or a contradiction is a
ConfigError that names the place and the mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from mailcrm.core.settings_files import PREFIX, OwnDays, merged_settings, office_of, policy_of
from mailcrm.domain.clock.office import Office, PublicDays
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.errors import ConfigError
from mailcrm.domain.orders.policy import OrderPolicy
from mailcrm.domain.quotes.policy import QuotePolicy
from mailcrm.domain.samples.sequence import SamplePolicy
from mailcrm.domain.words import Sentence, say

if TYPE_CHECKING:
    from mailcrm.domain.policies import Policies
    from mailcrm.domain.trade.rules import TradeRules

__all__ = ["PhotoSettings", "Settings", "load_settings"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseSettings(_Section):
    """`url`: empty means the SQLite file in the home."""

    url: str


class ClockSettings(_Section):
    """The reply rule (reply-clock.md)."""

    reply_within: str
    count: str
    warn: str
    promise_extensions: int = Field(ge=0)


class DomesticSettings(_Section):
    """The reply rule for customers of our own country; what is "" here is as in `[clock]`."""

    reply_within: str
    count: str
    warn: str


class OverrideSettings(_Section):
    """`grade`: shorter times for customers of a grade (A to E), written like `clock.reply_within`."""

    grade: dict[Annotated[str, BeforeValidator(str.upper), Field(pattern="^[A-E]$")], str]


class OfficeSettings(_Section):
    """When our people work; `holidays`: the country whose public holidays they keep (ISO 3166-1), "" for none.

    `country`: whose customers are domestic, "" for that of `holidays`. `calendars`: files of our own rest days and make-up
    workdays, in the home. `quiet`: when nobody is told of a deadline; empty: outside of the hours.
    """

    zone: str
    days: tuple[str, ...]
    hours: tuple[str, ...]
    quiet: tuple[str, ...]
    holidays: str = Field(pattern="^([A-Z]{2}|)$")
    country: str = Field(pattern="^([A-Z]{2}|)$")
    calendars: tuple[str, ...]


class WaitingSettings(_Section):
    """`days`: after how many working days of the customer each nudge is due. `automatic`: which nudges leave unattended."""

    days: tuple[int, ...]
    automatic: tuple[int, ...]


class TradeSettings(_Section):
    """The rules of prices (trade.md). Figures are text, so that none passes through a float; `TradeRules` reads them.

    `containers`: m³ that fit, `payloads`: kg that may be carried, by the container's name.
    """

    enterprise_kind: str
    own_currency: str
    currency: str
    price_step: str
    cost_step: str
    vat: str
    profit: str
    bank: str
    insurance_mark_up: str
    rate_days: int = Field(ge=0, le=30)
    rate_margin: str
    incoterms: tuple[str, ...]
    minimum_deposit: str
    maximum_usance: int = Field(ge=0, le=720)
    lcl_minimum: str
    containers: dict[str, str]
    payloads: dict[str, str]


class SampleSettings(_Section):
    """How samples are followed (domain.samples.sequence.SamplePolicy); `stale`: our working days by state."""

    ask_within_hours: int = Field(ge=1, le=100)
    follow_ups: tuple[int, ...]
    expected_days: int = Field(ge=1, le=90)
    stale: dict[str, Annotated[int, Field(ge=1, le=365)]]
    automatic_tag: str

    def policy(self) -> SamplePolicy:
        """Return what they say."""
        return SamplePolicy.from_settings(
            self.ask_within_hours, self.follow_ups, self.expected_days, self.stale, self.automatic_tag.casefold()
        )


class PhotoSettings(_Section):
    """How a kept photo goes by mail: `longest_side` in pixels, `jpeg_quality` as JPEG counts it."""

    longest_side: int = Field(ge=320, le=8000)
    jpeg_quality: int = Field(ge=30, le=95)


class SendSettings(_Section):
    """`undo_seconds`: how long a mail waits before it leaves. `rate_per_minute`: an account sends no more by itself; 0: any."""

    undo_seconds: int = Field(ge=0, le=3600)
    rate_per_minute: int = Field(ge=0, le=10_000)


class QuoteSettings(_Section):
    """How long quotes hold and when they are followed up (domain.quotes.policy)."""

    valid_days: int = Field(ge=1, le=365)
    follow_up: tuple[int, ...]
    remind_days: int = Field(ge=0, le=90)
    approved_days: int = Field(ge=1, le=90)
    inspection_hs: tuple[str, ...]

    def policy(self) -> QuotePolicy:
        """Return what they say."""
        return QuotePolicy.from_settings(**self.model_dump())


class OrderSettings(_Section):
    """What orders are held against (domain.orders.policy); amounts are text, so that none becomes a float."""

    bank_charges: dict[str, Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]]
    bank_charges_percent: str = Field(pattern=r"^\d+(\.\d+)?$")
    warn_days: int = Field(ge=0, le=90)
    lc_warn_days: int = Field(ge=0, le=90)
    presentation_days: int = Field(ge=1, le=365)
    departments: tuple[str, ...]
    plan: dict[str, str]

    def policy(self) -> OrderPolicy:
        """Return what they say."""
        return OrderPolicy.from_settings(**self.model_dump())


class NoticeSettings(_Section):
    """How people are told of deadlines besides the screens."""

    mail: bool
    desktop: bool


class DocumentSettings(_Section):
    """`font_paths`: directories with fonts besides the system's. `fonts`: families that go before those that mailcrm looks for."""

    font_paths: tuple[str, ...]
    fonts: tuple[str, ...]


class SyncSettings(_Section):
    """`poll_seconds`: the service asks at least this often. `oversize_mb`: of larger mails only the head is fetched."""

    poll_seconds: int = Field(ge=5, le=3600)
    oversize_mb: int = Field(ge=1, le=50)


class NetworkSettings(_Section):
    """`ca_file`: a file of certificate authorities (PEM) to trust besides the system's; empty: none."""

    ca_file: str


class SignInSettings(_Section):
    """How mailcrm is registered with a provider of mailboxes; an empty endpoint or scope is what mailcrm knows of it."""

    client_id: str
    client_secret: SecretStr
    authorization_endpoint: str
    token_endpoint: str
    device_authorization_endpoint: str
    scope: str


class OAuthSettings(_Section):
    """The providers where one signs in in the browser; `own`: any other than these two."""

    google: SignInSettings
    microsoft: SignInSettings
    own: SignInSettings


class PriceSettings(_Section):
    """`jump_percent`: a price that moves by more from one list to the next is remarked."""

    jump_percent: int = Field(ge=1, le=1000)


class TrackingSettings(_Section):
    """Which service is asked where parcels are, "" for none. The key lies in a variable or is printed by a command, never here.

    `endpoint`: "" for the service's own. `per_minute`: so many questions at most; a parcel is asked for once in `every_hours`.
    """

    service: str = Field(pattern="^(17track|)$")
    endpoint: str
    key_env: str
    key_command: str
    per_minute: int = Field(ge=1, le=180)
    every_hours: int = Field(ge=1, le=168)


class InterfaceSettings(_Section):
    """`language`: "en", "zh" or empty for the system's. `theme`: the name of one, empty for our own."""

    language: str = Field(pattern="^(en|zh|)$")
    theme: str = Field(pattern="^[a-z0-9-]*$")


class Settings(_Section):
    """Everything that can be set, and the domain values made of it."""

    database: DatabaseSettings
    clock: ClockSettings
    domestic: DomesticSettings
    overrides: OverrideSettings
    office: OfficeSettings
    waiting: WaitingSettings
    trade: TradeSettings
    samples: SampleSettings
    photos: PhotoSettings
    send: SendSettings
    quotes: QuoteSettings
    orders: OrderSettings
    notices: NoticeSettings
    documents: DocumentSettings
    sync: SyncSettings
    network: NetworkSettings
    oauth: OAuthSettings
    prices: PriceSettings
    tracking: TrackingSettings
    interface: InterfaceSettings

    def office_hours(
        self, system_zone: str, public_days: Callable[[str], PublicDays], own_days: Callable[[str], OwnDays]
    ) -> Office:
        """Return the office; `system_zone` where none is set; `public_days` gives a country's, `own_days` those of a file."""
        return office_of(self.model_dump(), system_zone, public_days, own_days)

    def policy(self, office: Office) -> Policy:
        """Return the reply rule."""
        return policy_of(self.model_dump(), office)

    def trade_rules(self) -> TradeRules:
        """Return the rules of prices; a look for news alone has no need of them, so they are read here."""
        from mailcrm.domain.trade.rules import TradeRules

        return TradeRules.from_settings(self.trade.model_dump())

    def policies(self, office: Office, calendar_of: Callable[[str], Office]) -> Policies:
        """Return all that the house decides; `calendar_of`: a country's working days, ours for ""."""
        from mailcrm.domain.policies import Policies
        from mailcrm.domain.waiting.steps import WaitingPolicy

        return Policies(
            self.policy(office),
            WaitingPolicy.from_settings(self.waiting.days, self.waiting.automatic, calendar_of),
            self.quotes.policy(),
            self.samples.policy(),
            self.orders.policy(),
            self.trade_rules(),
        )


def load_settings(defaults: Path, own: Path, environ: Mapping[str, str]) -> Settings:
    """Read and check the settings; `own` may be absent."""
    merged = merged_settings(defaults, own, environ)
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise _explained(error, own, environ) from None


def _explained(error: ValidationError, own: Path, environ: Mapping[str, str]) -> ConfigError:
    first = error.errors()[0]
    keys = [str(key) for key in first["loc"]]
    name = ".".join(keys)
    place = _place(keys, own, environ)
    if first["type"] == "extra_forbidden":
        return ConfigError(
            say("Unknown setting {name} ({place}).", name=name, place=place),
            say("Known here are: {known}.", known=", ".join(_known(keys))),
        )
    value = "•••" if keys[-1] == "client_secret" else repr(first["input"])
    return ConfigError(
        say("The setting {name} ({place}) can't be {value}.", name=name, place=place, value=value),
        say("It must be: {reason}.", reason=first["msg"]),
    )


def _known(keys: list[str]) -> list[str]:
    model: type[BaseModel] = Settings
    for key in keys[:-1]:
        field = model.model_fields.get(key)
        if field is not None and isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            model = field.annotation
    return list(model.model_fields)


def _place(keys: list[str], own: Path, environ: Mapping[str, str]) -> Sentence:
    variable = PREFIX + "__".join(keys).upper()
    if variable in environ:
        return say("environment variable {name}", name=variable)
    line = _line(keys, own)
    return say("{file}, line {line}", file=own.name, line=line) if line else say("{file}", file=own.name)


def _line(keys: list[str], own: Path) -> int:
    """Return the line of `own` on which the setting stands, 0 where it isn't found."""
    section = ""
    for number, text in enumerate(own.read_text("utf-8").splitlines() if own.exists() else [], 1):
        head = re.match(r"\s*\[([^\]]+)\]", text)
        if head:
            section = head[1].strip()
            if section == ".".join(keys):
                return number
        elif re.match(rf"\s*{re.escape(keys[-1])}\s*=", text) and section == ".".join(keys[:-1]):
            return number
    return 0
