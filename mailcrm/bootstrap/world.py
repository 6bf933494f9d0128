"""The world of a home: settings, stores and adapters chosen and put together."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailcrm.bootstrap.homes import database_url
from mailcrm.bootstrap.places import packaged
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import say

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from mailcrm.adapters.documents.press import TypstPress
    from mailcrm.adapters.imap.source import ImapSource
    from mailcrm.adapters.smtp import Smtp
    from mailcrm.core.facade import Core
    from mailcrm.core.settings import PhotoSettings, Settings
    from mailcrm.core.world import World
    from mailcrm.domain.clock.office import Office
    from mailcrm.domain.health import Check
    from mailcrm.domain.message import TrustView
    from mailcrm.domain.policies import Policies
    from mailcrm.ports import AccountLogin, Clock, Secrets, Transport
    from mailcrm.records import MailAccount
    from mailcrm.store.engine import Store

__all__ = ["Servers", "actor", "assemble", "core_of"]

_MEGABYTE = 1024 * 1024


def core_of(world: World) -> Core:
    """Return a core on `world`, with an engine to start."""
    from mailcrm.core.facade import Core
    from mailcrm.core.rebuilding import follow_policy
    from mailcrm.service.engine import BackgroundEngine

    follow_policy(world)
    core = Core(world)
    core.use_engine(BackgroundEngine(core))
    return core


def assemble(home: Path, now: str | None, secrets: Secrets) -> World:
    """Return the world of `home`; `now`: the clock stands at this ISO time."""
    from mailcrm.adapters.calendar import public_days
    from mailcrm.adapters.calendar_file import own_days
    from mailcrm.adapters.clock import FixedClock, SystemClock, system_zone
    from mailcrm.core.settings import load_settings
    from mailcrm.store.engine import Store
    from mailcrm.store.schema import ensure_schema

    settings = load_settings(packaged("config") / "mailcrm.toml", home / "mailcrm.toml", os.environ)
    office = settings.office_hours(system_zone(), public_days, partial(own_days, home))
    policies = settings.policies(office, _calendars(office))
    store = Store(settings.database.url or database_url(home))
    ensure_schema(store)
    zone = _zone_to_speak_in(store, office.zone)
    clock: Clock = SystemClock() if now is None else FixedClock(_instant(now, zone))
    return _world(home, store, clock, secrets, zone, settings, policies)


def _zone_to_speak_in(store: Store, office_zone: str) -> str:
    """Return the first account's zone, the office's where there is no account yet."""
    from sqlmodel import col, select

    from mailcrm.records import MailAccount

    with store.read() as session:
        here = select(MailAccount.zone).where(col(MailAccount.removed_at).is_(None)).order_by(col(MailAccount.id))
        return session.exec(here).first() or office_zone


def _instant(given: str, zone: str) -> datetime:
    try:
        at = datetime.fromisoformat(given)
    except ValueError as error:
        raise UsageError(
            say("--now {given} is no time.", given=given), say("Write it like 2026-11-23T10:00 or with +08:00.")
        ) from error
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _world(
    home: Path, store: Store, clock: Clock, secrets: Secrets, zone: str, settings: Settings, policies: Policies
) -> World:
    from mailcrm.adapters.clock import token
    from mailcrm.adapters.mime import Mime
    from mailcrm.adapters.notify import desktop
    from mailcrm.adapters.opening import open_outside
    from mailcrm.adapters.tables import TableFiles
    from mailcrm.bootstrap.providers import provider_rows
    from mailcrm.bootstrap.tracking import tracker_of
    from mailcrm.core.world import World
    from mailcrm.outbox.render import TemplateStore
    from mailcrm.store.lock import EngineLock

    servers = Servers(secrets, settings)
    return World(
        home=home,
        store=store,
        lock=EngineLock(home, store),
        settings=settings,
        policies=policies,
        zone=zone,
        actor=actor(),
        clock=clock,
        desktop=desktop(),
        parser=Mime(),
        secrets=secrets,
        calendar=policies.waiting.calendar_of,
        templates=TemplateStore([home / "templates", packaged("templates")]),
        press=_press(home, settings),
        file_text=_file_text,
        mailable_photo=partial(_mailable_photo, settings.photos),
        free_mail=_free_mail(),
        token=token,
        open_source=servers.source,
        open_transport=servers.transport,
        probe=servers.probe,
        providers=partial(provider_rows, settings.oauth),
        files_sent_itself=servers.files_sent_itself,
        read_trust=_trust_view,
        read_links=Mime().links,
        tables=TableFiles(),
        sign_in=servers.sign_ins.sign_in,
        open_outside=open_outside,
        downloads=_downloads(),
        tracker=tracker_of(settings.tracking, secrets, servers.ca_file),
    )


def _press(home: Path, settings: Settings) -> TypstPress:
    """Return what makes documents; typst itself is loaded by the process that it runs in."""
    from mailcrm.adapters.documents.press import TypstPress

    chosen = settings.documents
    paths = [directory / "documents" for directory in (home / "templates", packaged("templates"))]
    return TypstPress(paths, [Path(each).expanduser() for each in chosen.font_paths], chosen.fonts)


def _file_text(name: str, content: bytes) -> str:
    """Read a file that is about to leave; few mails have one."""
    from mailcrm.adapters.documents.file_text import file_text

    return file_text(name, content)


def _mailable_photo(chosen: PhotoSettings, name: str, content: bytes) -> bytes:
    """Make a photo small that is about to leave; few mails have one."""
    from mailcrm.adapters.pictures import mailable_photo

    return mailable_photo(name, content, longest_side=chosen.longest_side, quality=chosen.jpeg_quality)


def _downloads() -> Path:
    """Return where this person's browser saves files, the person's own directory where there is no such place."""
    from platformdirs import user_downloads_path

    place = user_downloads_path()
    return place if place.is_dir() else Path.home()


def _calendars(ours: Office) -> Callable[[str], Office]:
    """Return what gives a country's working days and holidays by our own clock; ours for a country that nobody knows."""
    from mailcrm.adapters.calendar import holiday_names, public_days, working_week

    @cache
    def calendar_of(country: str) -> Office:
        week = working_week(country)
        return (
            replace(
                ours,
                days=week,
                holidays=frozenset(),
                make_up=frozenset(),
                country=country,
                public=public_days(country),
                named=holiday_names(country),
            )
            if week
            else ours
        )

    return calendar_of


def _trust_view(raw: bytes) -> TrustView:
    """Read a mail's route; what reads it is slow to load, and few mails are ever asked about."""
    from mailcrm.adapters.mime.trust import trust_view

    return trust_view(raw)


def actor() -> str:
    """Return who asks: the name of the system's user."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in this container
        return "me"


def _free_mail() -> frozenset[str]:
    lines = (packaged("config") / "freemail.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


class Servers:
    """Opens what an account's servers offer, with the secret asked for at the last moment."""

    def __init__(self, secrets: Secrets, settings: Settings) -> None:
        from mailcrm.bootstrap.signin import SignIns

        self.ca_file = Path(settings.network.ca_file).expanduser() if settings.network.ca_file else None
        self.sign_ins = SignIns(secrets, settings, self.ca_file)
        self._oversize = settings.sync.oversize_mb * _MEGABYTE

    def source(self, account: MailAccount, stop: threading.Event | None = None) -> ImapSource:
        """Connect to an account's mailbox."""
        from mailcrm.core.accounts import login_of

        return self.source_of(login_of(account), stop)

    def source_of(self, login: AccountLogin, stop: threading.Event | None = None) -> ImapSource:
        """Connect to the mailbox behind a login."""
        return self._imap(login, self.sign_ins.secret(login), stop)

    def _imap(self, login: AccountLogin, secret: Callable[[], str], stop: threading.Event | None = None) -> ImapSource:
        from mailcrm.adapters.imap.source import ImapSource

        return ImapSource(
            login,
            secret,
            renew=self.sign_ins.renewal(login),
            ca_file=self.ca_file,
            oversize=self._oversize,
            stop=stop,
        )

    def transport(self, account: MailAccount) -> Transport:
        """Connect to an account's outgoing server."""
        from mailcrm.core.accounts import login_of

        login = login_of(account)
        return self._smtp(login, self.sign_ins.secret(login))

    def _smtp(self, login: AccountLogin, secret: Callable[[], str]) -> Smtp:
        from mailcrm.adapters.smtp import Smtp

        return Smtp(login, secret, renew=self.sign_ins.renewal(login), ca_file=self.ca_file)

    def probe(self, account: MailAccount, password: str | None = None) -> Iterator[Check]:
        """Ask both servers, step by step; `password` in place of the one that is kept."""
        from mailcrm.adapters.imap.probe import probe
        from mailcrm.core.accounts import login_of

        login = login_of(account)
        secret = self.sign_ins.secret(login) if password is None else lambda: password
        yield from probe(
            lambda: self._imap(login, secret), account.only_folders, account.skip_folders, account.sent_folder or None
        )
        yield _sending(self._smtp(login, secret))

    def files_sent_itself(self, account: MailAccount) -> bool:
        """Whether what leaves by this account's server lies in Sent without anybody appending it."""
        from urllib.parse import urlsplit

        from mailcrm.adapters.quirks import quirk_for

        return quirk_for(urlsplit(account.smtp_url).hostname or "").files_sent_itself


def _sending(smtp: Smtp) -> Check:
    from mailcrm.domain.errors import MailcrmError
    from mailcrm.domain.health import Check

    try:
        smtp.probe()
    except MailcrmError as error:
        return Check("smtp", ok=False, detail=error.sentence, fix=error.hint)
    finally:
        smtp.close()
    return Check("smtp", ok=True, detail=say("The outgoing server let mailcrm in."))
