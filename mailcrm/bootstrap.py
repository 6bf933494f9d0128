"""The composition root: settings in, a core out. The only place that knows adapters and stages together.

Everything heavy is imported inside the functions: `mailcrm --help` comes through here and loads none of it.
"""

from __future__ import annotations

import gettext
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailcrm.domain.errors import HomeError, ParseError, UsageError
from mailcrm.domain.words import LANGUAGES, _, install, say

if TYPE_CHECKING:
    import threading

    from mailcrm.adapters.demo.servers import DemoServers
    from mailcrm.adapters.imap.source import ImapSource
    from mailcrm.adapters.smtp import Smtp
    from mailcrm.core import Core
    from mailcrm.core.settings import Settings
    from mailcrm.core.world import World
    from mailcrm.domain.clock.policy import Policy
    from mailcrm.domain.health import Check
    from mailcrm.domain.message import TrustView
    from mailcrm.ports import AccountLogin, Clock, Secrets, Transport
    from mailcrm.records import MailAccount
    from mailcrm.store import Store

__all__ = [
    "default_home",
    "install_language",
    "make_home",
    "open_core",
    "open_demo",
    "packaged",
    "read_files",
    "run_tui",
]

_PACKAGE = Path(__file__).parent
_PRIVATE = 0o700
_MEGABYTE = 1024 * 1024


def packaged(name: str) -> Path:
    """Return a packaged directory ("templates", "config"): inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def default_home() -> Path:
    """Return MAILCRM_HOME, else the platform's data directory."""
    given = os.environ.get("MAILCRM_HOME")
    if given:
        return Path(given)
    from platformdirs import user_data_dir

    return Path(user_data_dir("mailcrm"))


def install_language(language: str | None) -> None:
    """Speak `language`; None: that of MAILCRM_LANG or the locale, English where it is neither Chinese nor English."""
    variables = ("MAILCRM_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = language or next((os.environ[name] for name in variables if os.environ.get(name)), "en")
    code = wanted.replace("-", "_").partition("_")[0].lower()
    code = code if code in LANGUAGES else "en"
    install(code, _catalogue(code))


def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("mailcrm", _PACKAGE / "locale", languages=[code], fallback=True)


def make_home(home: Path, url: str | None) -> tuple[Path, str]:
    """Make the home with settings, templates and database; twice is harmless. Returns (home, database URL)."""
    os.umask(0o077)
    try:
        (home / "templates").mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            home.chmod(_PRIVATE)
        settings = home / "mailcrm.toml"
        if not settings.exists():
            settings.write_text(_settings_text(url), "utf-8")
        elif url is not None:
            raise UsageError(
                say("{settings} exists already.", settings=settings), say("Change `url` under [database] there.")
            )
    except OSError as error:
        raise HomeError(
            say("The home {home} can't be made: {reason}.", home=home, reason=error.strerror or error),
            say("Choose another place with --home DIR."),
        ) from error
    core = open_core(home)
    core.close()
    from mailcrm.core.settings import load_settings

    shown = load_settings(packaged("config") / "mailcrm.toml", settings, os.environ).database.url
    return home, shown or _database_url(home)


def _database_url(home: Path) -> str:
    return f"sqlite:///{home.absolute() / 'mailcrm.db'}"


def _settings_text(url: str | None) -> str:
    """Return a settings file in which every default stands as a comment."""
    defaults = (packaged("config") / "mailcrm.toml").read_text("utf-8").splitlines()[1:]
    lines = [line if line.startswith("[") or not line else f"# {line}" for line in defaults]
    if url is not None:
        place = lines.index("[database]") + 1
        quoted = url.replace("\\", "\\\\").replace('"', '\\"')
        lines.insert(place, f'url = "{quoted}"')
    head = _("Your settings. A line without # in front counts; the values shown are the defaults.")
    return "\n".join([f"# {head}", *lines, ""])


def open_core(home: Path, *, now: str | None = None) -> Core:
    """Open the home; HomeError where there is none, or others may read it. `now`: the clock stands at this ISO time."""
    from mailcrm.adapters.secrets.store import SecretStore

    _check_home(home)
    return _core(_assemble(home, now, SecretStore(home)))


def _core(world: World) -> Core:
    from mailcrm.core import Core
    from mailcrm.service.engine import BackgroundEngine

    core = Core(world)
    core.use_engine(BackgroundEngine(core))
    return core


def _check_home(home: Path) -> None:
    os.umask(0o077)
    if not (home / "mailcrm.toml").exists():
        raise HomeError(
            say("There is no mailcrm home in {home}.", home=home),
            say("Run `mailcrm init` to make one, or `mailcrm demo` to look around first."),
        )
    if os.name == "posix" and stat.S_IMODE(home.stat().st_mode) & 0o077:
        raise HomeError(
            say("The home {home} is open to other users, and your customers' mail lies in it.", home=home),
            say("Close it with: chmod 700 {home}", home=home),
        )


def _assemble(home: Path, now: str | None, secrets: Secrets) -> World:
    from mailcrm.adapters.clock import FixedClock, SystemClock, system_zone
    from mailcrm.core.settings import load_settings
    from mailcrm.store import Store
    from mailcrm.store.schema import ensure_schema

    settings = load_settings(packaged("config") / "mailcrm.toml", home / "mailcrm.toml", os.environ)
    policy = settings.policy(settings.office_hours(system_zone()))
    store = Store(settings.database.url or _database_url(home))
    ensure_schema(store)
    zone = _zone_to_speak_in(store, policy.office.zone)
    clock: Clock = SystemClock() if now is None else FixedClock(_instant(now, zone))
    return _world(home, store, clock, secrets, zone, settings, policy)


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
    home: Path, store: Store, clock: Clock, secrets: Secrets, zone: str, settings: Settings, policy: Policy
) -> World:
    from mailcrm.adapters.clock import token
    from mailcrm.adapters.mime import Mime
    from mailcrm.core.world import World
    from mailcrm.outbox.render import TemplateStore
    from mailcrm.store.lock import EngineLock

    servers = _Servers(secrets, settings)
    return World(
        home=home,
        store=store,
        lock=EngineLock(home, store),
        settings=settings,
        policy=policy,
        zone=zone,
        actor=_actor(),
        clock=clock,
        parser=Mime(),
        secrets=secrets,
        templates=TemplateStore([home / "templates", packaged("templates")]),
        free_mail=_free_mail(),
        token=token,
        open_source=servers.source,
        open_transport=servers.transport,
        probe=servers.probe,
        files_sent_itself=servers.files_sent_itself,
        read_trust=_trust_view,
    )


def _trust_view(raw: bytes) -> TrustView:
    """Read a mail's route; what reads it is slow to load, and few mails are ever asked about."""
    from mailcrm.adapters.mime.trust import trust_view

    return trust_view(raw)


def _actor() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in this container
        return "me"


def _free_mail() -> frozenset[str]:
    lines = (packaged("config") / "freemail.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


class _Servers:
    """Opens what an account's servers offer, with the secret asked for at the last moment."""

    def __init__(self, secrets: Secrets, settings: Settings) -> None:
        self._secrets = secrets
        self._ca_file = Path(settings.network.ca_file).expanduser() if settings.network.ca_file else None
        self._oversize = settings.sync.oversize_mb * _MEGABYTE

    def source(self, account: MailAccount, stop: threading.Event | None = None) -> ImapSource:
        from mailcrm.adapters.imap.source import ImapSource
        from mailcrm.core.accounts import login_of

        login = login_of(account)
        return ImapSource(
            login, lambda: self._secrets.get(login), ca_file=self._ca_file, oversize=self._oversize, stop=stop
        )

    def transport(self, account: MailAccount) -> Transport:
        from mailcrm.core.accounts import login_of

        return self._smtp(login_of(account))

    def _smtp(self, login: AccountLogin) -> Smtp:
        from mailcrm.adapters.smtp import Smtp

        return Smtp(login, lambda: self._secrets.get(login), ca_file=self._ca_file)

    def probe(self, account: MailAccount) -> list[Check]:
        """Ask both servers, step by step."""
        from mailcrm.adapters.imap.probe import probe
        from mailcrm.core.accounts import login_of
        from mailcrm.domain.errors import MailcrmError
        from mailcrm.domain.health import Check

        checks = probe(
            lambda: self.source(account),
            account.only_folders,
            account.skip_folders,
            account.sent_folder or None,
        )
        smtp = self._smtp(login_of(account))
        try:
            smtp.probe()
        except MailcrmError as error:
            return [*checks, Check("smtp", ok=False, detail=error.sentence, fix=error.hint)]
        finally:
            smtp.close()
        return [*checks, Check("smtp", ok=True, detail=say("The outgoing server let mailcrm in."))]

    def files_sent_itself(self, account: MailAccount) -> bool:
        """Whether what leaves by this account's server lies in Sent without anybody appending it."""
        from urllib.parse import urlsplit

        from mailcrm.adapters.quirks import quirk_for

        return quirk_for(urlsplit(account.smtp_url).hostname or "").files_sent_itself


def read_files(paths: Iterable[str]) -> Iterator[dict[str, object]]:
    """Yield what mailcrm sees in each mail file; needs no home."""
    from mailcrm.adapters.mime import Mime
    from mailcrm.ingest.document import document
    from mailcrm.ingest.reading import read_mail

    parser = Mime()
    for path in paths:
        try:
            raw = Path(path).read_bytes()
        except OSError as error:
            yield {"file": path, "error": str(error.strerror or error)}
            continue
        try:
            yield document(path, read_mail(parser, raw))
        except ParseError as error:
            yield {
                "file": path,
                "body": raw.decode("latin-1"),
                "defects": ["unparseable"],
                "reason": str(error.sentence),
            }


@contextmanager
def open_demo() -> Iterator[Core]:
    """Yield a core on a made-up mailbox: embedded servers, a home under the temp dir, read once, its decisions made."""
    import tempfile

    from mailcrm.adapters.clock import SystemClock
    from mailcrm.adapters.demo.servers import DemoServers
    from mailcrm.adapters.demo.story import REP, USERS, mails
    from mailcrm.adapters.secrets.store import SecretStore

    now = SystemClock().now()
    with tempfile.TemporaryDirectory(prefix="mailcrm-demo-") as place, DemoServers(USERS) as servers:
        for mail in mails(now):
            servers.deliver(REP[1], mail.folder, mail.raw, mail.arrived_at)
        home = Path(place)
        (home / "mailcrm.toml").write_text('[office]\nzone = "Asia/Shanghai"\n', "utf-8")
        make_home(home, None)
        world = _assemble(home, None, SecretStore(home, memory={"demo": USERS[REP[1]]}))
        core = _core(world)
        try:
            _set_up_demo(core, servers, now)
            _replay(world, now)
            yield core
        finally:
            core.close()


def _set_up_demo(core: Core, servers: DemoServers, now: datetime) -> None:
    from mailcrm.adapters.demo.story import GO_LIVE, REP

    name, address = REP
    core.do(
        "add_account",
        name="demo",
        imap=f"imap://127.0.0.1:{servers.imap_port}",
        smtp=f"smtp://127.0.0.1:{servers.smtp_port}",
        user=address,
        secret=("memory", "demo"),
        own_addresses=(address,),
        zone="Asia/Shanghai",
        go_live=(now + GO_LIVE).isoformat(),
        display_name=name,
        signature=f"{name}\nBrightport Export Co., Ltd.\nNingbo, China",
    )
    core.do("sync")


def _replay(world: World, now: datetime) -> None:
    """Do what the demo's rep has done so far, each at its own time."""
    from dataclasses import replace

    from mailcrm.adapters.clock import FixedClock
    from mailcrm.adapters.demo.story import STEPS

    for step in STEPS:
        core = _core(replace(world, clock=FixedClock(now + step.at)))
        if step.verb == "role":
            company = next(row for row in core.ask("companies") if step.domain in row.domains)
            core.do("edit_company", id=company.id, role=step.role)
        else:
            core.do(
                "reply",
                thread=step.message_id,
                mode="send",
                hold=(now + step.estimate).isoformat(),
                reason=step.reason,
                seen_until=now + step.at,
            )


def run_tui(core: Core) -> None:
    """Open the terminal interface."""
    from mailcrm.tui import run_tui as run

    catalogues = {code: _catalogue(code) for code in LANGUAGES}
    run(core, catalogues, [packaged("config") / "keymap.toml", core.home() / "keymap.toml"])
