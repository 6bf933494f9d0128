"""Accounts: added and removed, with their secret kept where it is safest.

Room: core. Adding connects to nothing. A secret goes to the secret store before the row is written, never into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mailcrm.core.pipeline import chosen_accounts
from mailcrm.core.world import World
from mailcrm.domain.errors import ConfigError, RefusedByRule, UsageError
from mailcrm.domain.message import Address
from mailcrm.domain.servers import server_of
from mailcrm.domain.signin import Tell
from mailcrm.domain.words import Sentence, say
from mailcrm.ports import AccountLogin
from mailcrm.queries.desk import accounts
from mailcrm.queries.rows import AccountRow, ProviderRow
from mailcrm.records import MailAccount, Mailbox, OwnAddress, OwnDomain

__all__ = ["NOWHERE", "add_account", "authorize_account", "checked_url", "login_of", "remove_account"]

NOWHERE = "none"  # the secret_kind of an account that has no secret yet


def login_of(account: MailAccount) -> AccountLogin:
    """Return where the account's servers are and who logs in."""
    return AccountLogin(
        name=account.name,
        imap_url=account.imap_url,
        smtp_url=account.smtp_url,
        user=account.user,
        secret_kind=account.secret_kind,
        secret_ref=account.secret_ref,
        oauth=account.oauth,
    )


def add_account(  # noqa: PLR0913  (the options of `account add`)
    world: World,
    *,
    name: str,
    imap: str | None = None,
    smtp: str | None = None,
    user: str | None = None,
    password: str | None = None,
    password_env: str | None = None,
    password_command: str | None = None,
    secret: tuple[str, str] | None = None,
    oauth: bool = False,
    own_addresses: Sequence[str] = (),
    own_domains: Sequence[str] = (),
    zone: str | None = None,
    go_live: str | None = None,
    folders: Sequence[str] = (),
    skip_folders: Sequence[str] = (),
    owner: str = "",
    display_name: str = "",
    signature: str = "",
    authserv_ids: Sequence[str] = (),
) -> tuple[Sentence, AccountRow]:
    """Add an account, or change the one of this name; UsageError names what can't be read in the arguments.

    Without `imap` or `smtp` the servers are those that the provider of the address has, or a guess. `secret`: (kind,
    reference), as it stands. `oauth`: without a password, `authorize_account` comes next. A change without a new password
    keeps the old one or the sign-in, and go-live stays unless it is given.
    """
    user = user or urlsplit(imap or "").username or (own_addresses[0] if own_addresses else "")
    if not user:
        raise UsageError(
            say("The login name is missing."), say("Give --user, or --own-address where the login is the address.")
        )
    addresses = list(dict.fromkeys(a.strip().lower() for a in (*own_addresses, user) if "@" in a))
    if not addresses:
        raise UsageError(
            say("No address of yours is known."), say("Give --own-address ADDRESS, the one that you write from.")
        )
    zone = _checked_zone(zone or world.zone)
    provider = None if imap and smtp else _provider(world, addresses[0])
    known = _known(world, name)
    _refuse_taken(world, known, addresses)
    account = known or MailAccount(
        name=name,
        imap_url="",
        smtp_url="",
        user="",
        secret_kind=NOWHERE,
        zone=zone,
        go_live=world.clock.now(),
        created_at=world.clock.now(),
    )
    account.imap_url = checked_url(imap or (provider.imap if provider else ""), "imap")
    account.smtp_url = checked_url(smtp or (provider.smtp if provider else ""), "smtp")
    account.user, account.zone = user, zone
    account.owner = owner.strip().lower() or account.owner or world.actor
    account.display_name = display_name or account.display_name
    account.signature = signature or account.signature
    account.authserv_ids = [one.strip().lower() for one in authserv_ids if one.strip()] or account.authserv_ids
    account.only_folders, account.skip_folders = list(folders), list(skip_folders)
    if known is None or go_live:
        account.go_live = _instant(go_live, zone, world.clock.now())
    given = secret or password_env is not None or password_command is not None or password is not None
    if oauth != account.oauth and (oauth or given):
        world.secrets.forget(login_of(account))  # a password must not go to a provider as a refresh token
        account.secret_kind, account.secret_ref, account.oauth = NOWHERE, "", oauth
    kept = secret or _keep_secret(world, name, password, password_env, password_command)
    if kept is not None:
        account.secret_kind, account.secret_ref = kept
    account.failures, account.next_try = 0, None  # what was wrong may just have been mended
    account.send_failures, account.send_next_try, account.send_trouble = 0, None, None
    with world.store.begin() as session:
        account = session.merge(account)
        session.flush()
        _own(session, account, addresses, own_domains, world.free_mail)
    return _said(account, provider, new=known is None), _row(world, name)


def _provider(world: World, address: str) -> ProviderRow:
    """Return the provider of `address`, or the guess for one that nobody knows."""
    return next(row for row in world.providers(address) if row.fits)


def _said(account: MailAccount, provider: ProviderRow | None, *, new: bool) -> Sentence:
    if account.oauth and account.secret_kind == NOWHERE:
        return say("Account {name} is kept. Now sign in: `mailcrm account authorize {name}`.", name=account.name)
    if provider is None:
        return (
            say("Account {name} added.", name=account.name)
            if new
            else say("Account {name} changed.", name=account.name)
        )
    servers = {"name": account.name, "imap": account.imap_url, "smtp": account.smtp_url}
    if provider.guessed:
        return say(
            "Account {name} is kept with servers that are a guess: {imap} and {smtp}. `mailcrm account test {name}` tries them.",
            **servers,
        )
    told = say(
        "Account {name} is kept with the servers of {provider}: {imap} and {smtp}.", provider=provider.name, **servers
    )
    return Sentence("{sentence} {hint}", {"sentence": told, "hint": provider.hint}) if provider.hint else told


def _known(world: World, name: str) -> MailAccount | None:
    with world.store.read() as session:
        here = select(MailAccount).where(col(MailAccount.name) == name, col(MailAccount.removed_at).is_(None))
        return session.exec(here).first()


def _row(world: World, name: str) -> AccountRow:
    with world.store.read() as session:
        return next(row for row in accounts(session, world.outlook(session)) if row.name == name)


def checked_url(url: str, protocol: str) -> str:
    """Return `url` if it is the address of a mail server ("imap" or "smtp"); UsageError says how a right one looks."""
    try:
        server_of(url, protocol)
    except ConfigError as error:
        raise UsageError(error.sentence, error.hint) from error
    return url


def _checked_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            say("{zone} is no time zone.", zone=zone), say("Write it like Asia/Shanghai or Europe/Berlin.")
        ) from error
    return zone


def _instant(given: str | None, zone: str, now: datetime) -> datetime:
    if not given:
        return now
    try:
        at = datetime.fromisoformat(given)
    except ValueError as error:
        raise UsageError(
            say("{given} is no time.", given=given), say("Write a day as 2026-11-23, or 2026-11-23T09:00.")
        ) from error
    if "T" not in given and " " not in given:
        at = datetime.combine(at.date(), time(0))
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _refuse_taken(world: World, known: MailAccount | None, addresses: Sequence[str]) -> None:
    with world.store.read() as session:
        taken = session.exec(
            select(OwnAddress.address)
            .join(MailAccount)
            .where(
                col(OwnAddress.address).in_(addresses),
                col(MailAccount.removed_at).is_(None),
                col(MailAccount.id) != (known.id if known else None),
            )
        ).first()
    if taken is not None:
        raise RefusedByRule(
            say("{address} belongs to another account already.", address=taken),
            say("`mailcrm account list` shows which."),
        )


def _keep_secret(
    world: World, name: str, password: str | None, env: str | None, command: str | None
) -> tuple[str, str] | None:
    if env is not None:
        return "env", env
    if command is not None:
        return "command", command
    if password is not None:
        return world.secrets.put(name, password)
    return None


def _own(
    session: Session, account: MailAccount, addresses: Sequence[str], domains: Sequence[str], free_mail: frozenset[str]
) -> None:
    """Write our addresses and domains: an own address makes its domain ours unless anybody can have one there."""
    assert account.id is not None  # noqa: S101  (flush gave it one)
    for position, address in enumerate(dict.fromkeys(addresses)):
        session.merge(OwnAddress(address=address, account_id=account.id, main=position == 0))
    found = {domain.strip().lower().lstrip("@") for domain in domains}
    found |= {domain for domain in (Address("", a).domain for a in addresses) if domain not in free_mail}
    for domain in sorted(found - {""}):
        session.merge(OwnDomain(domain=domain, account_id=account.id))


def authorize_account(world: World, *, name: str, tell: Tell, device: bool = False) -> tuple[Sentence, AccountRow]:
    """Let the person sign in: `tell` says what to do, and this returns when it was done.

    `device`: with a code on any device, instead of in this computer's browser.
    """
    account = chosen_accounts(world, name)[0]
    if not account.oauth:
        raise UsageError(
            say("Account {name} logs in with a password.", name=name),
            say("Add it again with --oauth to sign in in the browser instead."),
        )
    kind, reference = world.secrets.put(name, world.sign_in(account, device, tell))
    with world.store.begin() as session:
        row = session.get_one(MailAccount, account.id)
        row.secret_kind, row.secret_ref = kind, reference
        row.failures, row.next_try = 0, None  # what was wrong may just have been mended
        row.send_failures, row.send_next_try, row.send_trouble = 0, None, None
        session.add(row)
    said = say("Account {name} is signed in; `mailcrm account test {name}` tries it.", name=name)
    return said, _row(world, name)


def remove_account(world: World, *, name: str) -> tuple[Sentence, None]:
    """Forget an account and its secret; what was read from it stays, with its deadlines."""
    account = chosen_accounts(world, name)[0]
    with world.store.begin() as session:
        row = session.get_one(MailAccount, account.id)
        if session.exec(select(Mailbox.id).where(col(Mailbox.account_id) == row.id).limit(1)).first() is not None:
            row.removed_at = world.clock.now()
            row.name = f"{name} #{row.id}"
            session.add(row)
        else:
            session.execute(delete(OwnAddress).where(col(OwnAddress.account_id) == row.id))
            session.execute(delete(OwnDomain).where(col(OwnDomain.account_id) == row.id))
            session.delete(row)
    world.secrets.forget(login_of(account))
    return say("Account {name} removed; the mail that was read stays.", name=name), None
