"""Checks: what is wrong and how it is mended, for `doctor` and `account test`.

Room: core.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable

from sqlmodel import func, select

from mailcrm.core.accounts import NOWHERE, checked_url
from mailcrm.core.pipeline import chosen_accounts
from mailcrm.core.world import World
from mailcrm.domain.health import Check
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import DoctorRow
from mailcrm.records import MailAccount, Mailbox, Message, QuarantinedMail
from mailcrm.store import HEAD
from mailcrm.store.schema import revision
from mailcrm.store.search_index import indexed_mails

__all__ = ["doctor", "test_account", "try_account"]

_LOW_DISK = 500 * 1024 * 1024
_PRIVATE = 0o700


def test_account(world: World, *, name: str) -> tuple[DoctorRow, ...]:
    """Ask the account's servers, step by step."""
    return _rows(world.probe(chosen_accounts(world, name)[0]))


def try_account(
    world: World,
    *,
    imap: str,
    smtp: str,
    user: str,
    password: str | None = None,
    name: str | None = None,
    tell: Callable[[DoctorRow], None] = lambda _row: None,
) -> tuple[DoctorRow, ...]:
    """Ask the servers of an account that isn't kept yet, and `tell` each answer as it comes.

    Without `password` the account of this `name` is tried, with the one that it has. Nothing is kept.
    """
    account = _unkept(world, chosen_accounts(world, name)[0] if name else None)
    account.imap_url, account.smtp_url, account.user = checked_url(imap, "imap"), checked_url(smtp, "smtp"), user
    account.oauth = account.oauth and not password
    rows: list[DoctorRow] = []
    for row in map(_row, world.probe(account, password or None)):
        rows.append(row)
        tell(row)
    return tuple(rows)


def _unkept(world: World, known: MailAccount | None) -> MailAccount:
    now = world.clock.now()
    return MailAccount(
        name=known.name if known else "",
        imap_url="",
        smtp_url="",
        user="",
        secret_kind=known.secret_kind if known else NOWHERE,
        secret_ref=known.secret_ref if known else "",
        oauth=known.oauth if known else False,
        only_folders=known.only_folders if known else [],
        skip_folders=known.skip_folders if known else [],
        sent_folder=known.sent_folder if known else "",
        zone=world.zone,
        go_live=now,
        created_at=now,
    )


def doctor(world: World) -> tuple[DoctorRow, ...]:
    """Look at everything that can be seen from here; no server is asked."""
    accounts = chosen_accounts(world, None)
    checks = [_home(world), _database(world), _search_index(world), _disk(world), _quarantine(world), _templates(world)]
    if not accounts:
        fix = say("Add one with `mailcrm account add NAME --imap URL --smtp URL`.")
        checks.append(Check("accounts", ok=False, detail=say("There is no mail account yet."), fix=fix))
    checks += [_polled(world, account) for account in accounts]
    checks += [check for account in accounts for check in _not_handed_over(world, account)]
    return _rows(checks)


def _rows(checks: Iterable[Check]) -> tuple[DoctorRow, ...]:
    return tuple(map(_row, checks))


def _row(check: Check) -> DoctorRow:
    return DoctorRow(check.name, check.ok, check.detail, check.fix)


def _home(world: World) -> Check:
    mode = stat.S_IMODE(world.home.stat().st_mode)
    if os.name == "posix" and mode != _PRIVATE:
        return Check(
            "home",
            ok=False,
            detail=say("The home {home} is open to others.", home=world.home),
            fix=say("Close it: chmod 700 {home}", home=world.home),
        )
    return Check("home", ok=True, detail=say("The home {home} is yours alone.", home=world.home))


def _database(world: World) -> Check:
    found = revision(world.store)
    with world.store.read() as session:
        well = not world.store.is_sqlite or session.connection().exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
    if found == HEAD and well:
        return Check("database", ok=True, detail=say("The database is whole and of this release."))
    return Check(
        "database",
        ok=False,
        detail=say(
            "The database is damaged or of another release (schema {found}, here {head}).", found=found, head=HEAD
        ),
        fix=say("Restore a backup; the mail itself still lies on the server."),
    )


def _search_index(world: World) -> Check:
    with world.store.read() as session:
        known, count = indexed_mails(session), session.exec(select(func.count()).select_from(Message)).one()
    if known == count:
        return Check("search", ok=True, detail=say("Every mail can be searched for."))
    return Check(
        "search",
        ok=False,
        detail=say("The search index knows {known} mails, and there are {count}.", known=known, count=count),
        fix=say("Make it anew: `mailcrm rebuild`."),
    )


def _disk(world: World) -> Check:
    free = shutil.disk_usage(world.home).free
    megabytes = free // (1024 * 1024)
    if free < _LOW_DISK:
        return Check(
            "disk",
            ok=False,
            detail=say("Only {megabytes} MB are free where the home lies.", megabytes=megabytes),
            fix=say("Free some space; when it runs out, no new mail is stored."),
        )
    return Check("disk", ok=True, detail=say("{megabytes} MB are free.", megabytes=megabytes))


def _quarantine(world: World) -> Check:
    with world.store.read() as session:
        count = session.exec(
            select(func.count()).select_from(QuarantinedMail).where(QuarantinedMail.state == "open")
        ).one()
    if count:
        return Check(
            "quarantine",
            ok=False,
            detail=say("Mails that could not be read: {count}.", count=count),
            fix=say("They stand on the worklist; look at them in another mail program."),
        )
    return Check("quarantine", ok=True, detail=say("Every mail could be read."))


def _templates(world: World) -> Check:
    problems = world.templates.check()
    if problems:
        return Check(
            "templates",
            ok=False,
            detail=say("Templates with a mistake: {count}.", count=len(problems)),
            fix=say("`mailcrm template check` names each."),
        )
    return Check("templates", ok=True, detail=say("Every template renders."))


def _not_handed_over(world: World, account: MailAccount) -> list[Check]:
    """Tell of mails that the server lists and doesn't give; they are asked for at every poll."""
    with world.store.read() as session:
        mailboxes = list(session.exec(select(Mailbox).where(Mailbox.account_id == account.id)))
    waiting = {mailbox.name: len(mailbox.skipped) for mailbox in mailboxes if mailbox.skipped}
    if not waiting:
        return []
    detail = say(
        "Mails that the server lists and does not hand over: {count}, in {folders}.",
        count=sum(waiting.values()),
        folders=", ".join(waiting),
    )
    fix = say("Look into these folders in the web mail; mailcrm asks for the mails again at every poll.")
    return [Check(f"not_handed_over {account.name}", ok=False, detail=detail, fix=fix)]


def _polled(world: World, account: MailAccount) -> Check:
    name = f"account {account.name}"
    if account.oauth and account.secret_kind == NOWHERE:
        return Check(
            name,
            ok=False,
            detail=say("Account {name} is not signed in yet.", name=account.name),
            fix=say("Sign in: `mailcrm account authorize {name}`.", name=account.name),
        )
    if account.trouble:
        return Check(
            name,
            ok=False,
            detail=Sentence.from_json(account.trouble),
            fix=say(
                "`mailcrm account test {name}` finds what is wrong; `mailcrm sync` tries at once.", name=account.name
            ),
        )
    if account.send_trouble:
        return Check(
            name,
            ok=False,
            detail=Sentence.from_json(account.send_trouble),
            fix=say(
                "`mailcrm account test {name}` finds what is wrong; `mailcrm outbox retry ID` sends again.",
                name=account.name,
            ),
        )
    if account.last_good_poll is None:
        return Check(name, ok=False, detail=say("It was never read."), fix=say("Run `mailcrm sync`."))
    minutes = int((world.clock.now() - account.last_good_poll).total_seconds() // 60)
    return Check(name, ok=True, detail=say("Last read {minutes} minutes ago.", minutes=minutes))
