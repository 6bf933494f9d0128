"""The account wizard: an address and a code are enough, a test tells what is wrong, nothing that was typed is lost."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CoroutineType, FrameType, ModuleType
from typing import Any

import pytest
from servers.imapd import Answer, ScriptedImap
from servers.smtpd import ScriptedSmtp
from textual.pilot import Pilot
from tui.house import app_on, house, seen, until, until_seen

from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.account import AccountScreen
from mailcrm.tui.widgets.safe import Field

ME = "lin@brightport.example"
SECRET = "s3ntinel-Kqzv7"


@contextmanager
def servers(user: str = ME, secret: str = SECRET, **dialogue: Answer) -> Iterator[tuple[str, str]]:
    """Yield the URLs of a mailbox and an outgoing server on this computer, which lets in `user` only."""
    outgoing = ScriptedSmtp()
    outgoing.user, outgoing.password = user, secret
    with ScriptedImap(dialogue) as imap, outgoing as smtp:
        yield imap.imap_url, smtp.smtp_url


def field(pilot: Pilot[None], name: str) -> Field:
    return pilot.app.screen.query_one(f"#{name}", Field)


async def begin(pilot: Pilot[None], address: str = ME) -> None:
    """Type the address, as the first thing on the screen asks for."""
    await until(pilot, lambda: isinstance(pilot.app.screen, AccountScreen))
    await pilot.press(*address, "enter")
    await until(pilot, lambda: not field(pilot, "address").has_focus)


async def by_keys(pilot: Pilot[None], urls: tuple[str, str], secret: str = SECRET) -> None:
    """Fill the form up to the test."""
    await begin(pilot)
    for name, url in zip(("imap", "smtp"), urls, strict=True):
        field(pilot, name).put(url)
    await pilot.press(*"Lin Wei", "enter")
    await until(pilot, lambda: field(pilot, "secret").has_focus)
    await pilot.press(*secret, "enter")


def mentions(app: MailcrmApp, secret: str) -> list[str]:
    """Return the texts with `secret` in them that can be reached from the app: widgets, workers, messages, the core."""
    gc.collect()
    pending: list[Any] = [app]
    met, found = {id(app)}, list[str]()
    while pending:
        for thing in gc.get_referents(pending.pop()):
            if id(thing) in met or isinstance(thing, (type, ModuleType, FrameType, CoroutineType)):
                continue
            met.add(id(thing))
            if isinstance(thing, str):
                found.extend([thing] if secret in thing else [])
            elif not (isinstance(thing, dict) and "__builtins__" in thing):
                pending.append(thing)
    return found


def files_with(directory: Path, secret: str) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


async def test_an_empty_home_asks_for_the_account_first(tmp_path: Path) -> None:
    with house(tmp_path, (), account=False) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "A new mail account", "Address", "Your name", "Password")
            await pilot.press("escape")
            await until_seen(
                pilot, "There is no mail account yet.", "c m adds one", "mailcrm account add", "no mail account"
            )
            await pilot.press("c", "m")
            await until_seen(pilot, "A new mail account")


@pytest.mark.parametrize(
    ("address", "provider", "imap", "smtp", "words"),
    [
        ("lin@163.com", "NetEase", "imaps://imap.163.com", "smtps://smtp.163.com", "授权码"),
        ("lin@foxmail.com", "QQ Mail", "imaps://imap.qq.com", "smtps://smtp.qq.com", "authorisation code"),
        ("lin@gmail.com", "Gmail", "imaps://imap.gmail.com", "smtps://smtp.gmail.com", "app password"),
        (
            "lin@brightport.example",
            "Another provider · its servers are a guess",
            "imaps://imap.brightport.example",
            "smtps://smtp.brightport.example",
            "the test tells",
        ),
    ],
)
async def test_the_provider_is_known_by_the_address(
    tmp_path: Path, address: str, provider: str, imap: str, smtp: str, words: str
) -> None:
    with house(tmp_path, (), account=False) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 30), notifications=True) as pilot:
            await begin(pilot, address)
            await until_seen(pilot, provider, words)
            assert (field(pilot, "imap").value, field(pilot, "smtp").value) == (imap, smtp)
            assert field(pilot, "person").has_focus


async def test_address_name_code_and_enter_are_enough(tmp_path: Path) -> None:
    with house(tmp_path, (), account=False) as core, servers() as urls:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await by_keys(pilot, urls)
            await until_seen(
                pilot,
                "✓ The server let mailcrm in.",
                "✓ Sent mail lies in Sent",
                "✓ The outgoing server let mailcrm in.",
                "It works. Enter keeps",
            )
            assert core.ask("accounts") == ()
            await pilot.press("enter")
            await until_seen(pilot, "Account lin added.")
            await until(pilot, lambda: core.ask("accounts")[0].last_good_poll)
            (row,) = core.ask("accounts")
            assert (row.name, row.user, row.own_addresses) == ("lin", ME, (ME,))
            assert (row.imap, row.smtp, row.secret, row.own_domains) == (*urls, "file", ("brightport.example",))
            assert row.go_live == core.now()
            assert row.trouble is None


async def test_the_password_is_seen_nowhere_and_kept_nowhere_here(tmp_path: Path) -> None:
    secret = "never-shown-Xy9"
    with house(tmp_path, (), account=False) as core, servers(secret=secret) as urls:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await by_keys(pilot, urls, secret)
            await until_seen(pilot, "It works.")
            assert secret not in seen(app)
            assert "•" * len(secret) in seen(app)
            field(pilot, "secret").select_all()
            await pilot.press("ctrl+c")
            assert app.clipboard == ""
            await pilot.press("enter")
            await until(pilot, lambda: core.ask("accounts") and core.ask("accounts")[0].last_good_poll)
            await until(pilot, lambda: not isinstance(app.screen, AccountScreen))
            await pilot.pause()
            assert mentions(app, secret) == []
            assert mentions(app, "lin@brightport.example")  # these eyes see
    assert files_with(tmp_path, secret) == []


async def test_a_refused_login_names_the_mend_and_loses_nothing(tmp_path: Path) -> None:
    refusal = Answer("NO", "[AUTHENTICATIONFAILED] invalid credentials")
    with house(tmp_path, (), account=False) as core, servers(LOGIN=refusal, AUTHENTICATE=refusal) as urls:
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await by_keys(pilot, urls)
            await until_seen(pilot, "✗ ", "› ", "It doesn't work yet.")
            assert field(pilot, "secret").value == SECRET
            assert field(pilot, "secret").has_focus
            assert (field(pilot, "imap").value, field(pilot, "smtp").value) == urls
            assert core.ask("accounts") == ()
            await pilot.press("x")
            await until(pilot, lambda: "It doesn't work yet." not in seen(app))
            await pilot.press("ctrl+s")
            await until(pilot, lambda: core.ask("accounts"))
            assert core.ask("accounts")[0].secret == "file"


async def test_what_is_amiss_in_the_mailbox_alone_holds_nobody_up(tmp_path: Path) -> None:
    with (
        house(tmp_path, (), account=False) as core,
        servers(LIST=Answer(before=b'* LIST () "/" INBOX\r\n')) as urls,
    ):
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await by_keys(pilot, urls)
            await until_seen(pilot, "✗ There is no folder for sent mail", "It works, but see ✗ below.")
            await pilot.press("enter")
            await until(pilot, lambda: core.ask("accounts"))


async def test_what_cannot_be_a_server_is_said_in_place(tmp_path: Path) -> None:
    with house(tmp_path, (), account=False) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await by_keys(pilot, ("imap://mail.brightport.example", "smtps://mail.brightport.example"))
            await until_seen(pilot, "in plain text", "imaps://mail.brightport.example")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "in plain text")
            assert core.ask("accounts") == ()
            assert isinstance(app.screen, AccountScreen)


async def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with house(tmp_path, (), account=False) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await until_seen(pilot, "A new mail account")
            await pilot.press("enter")
            await until_seen(pilot, "This is still needed: Address.")
            await pilot.press(*"lin@163.com", "enter", "enter")
            await until_seen(pilot, "This is still needed: Your name.")
            await pilot.press("L", "enter", "enter")
            await until_seen(pilot, "This is still needed: Code.")


async def test_the_provider_of_a_domain_of_ones_own_is_chosen(tmp_path: Path) -> None:
    with house(tmp_path, (), account=False) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await begin(pilot)
            await pilot.press("ctrl+o")
            await until_seen(pilot, "Where is this mailbox?", "Tencent Exmail: exmail.qq.com", "Another provider")
            await pilot.press("G", "k", "k", "k", "enter")
            await until(pilot, lambda: isinstance(app.screen, AccountScreen))
            await until_seen(pilot, "Tencent Exmail", "client password")
            assert field(pilot, "imap").value == "imaps://imap.exmail.qq.com"
            assert field(pilot, "smtp").value == "smtps://smtp.exmail.qq.com"


async def test_a_server_of_ones_own_is_not_overwritten(tmp_path: Path) -> None:
    with house(tmp_path, (), account=False) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await begin(pilot)
            field(pilot, "imap").put("imaps://mail.brightport.example")
            field(pilot, "address").put("lin@brightport2.example")
            await until(pilot, lambda: field(pilot, "smtp").value == "smtps://smtp.brightport2.example")
            assert field(pilot, "imap").value == "imaps://mail.brightport.example"


async def test_a_sign_in_in_the_browser_is_told_with_its_one_command(tmp_path: Path) -> None:
    with house(tmp_path, (), account=False) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await begin(pilot, "lin@outlook.com")
            await until_seen(pilot, "Microsoft 365", "does not know mailcrm yet", "[oauth.microsoft]")
            assert not app.screen.query_one("#row-secret").display
            await pilot.press("ctrl+t")
            await until_seen(pilot, "nothing to test before you have signed in")
            await pilot.press(*"Lin Wei", "enter")
            await until_seen(pilot, "How things stand", "mailcrm account authorize lin")
            (row,) = core.ask("accounts")
            assert (row.oauth, row.secret, row.imap) == (True, "none", "imaps://outlook.office365.com")


async def test_more_of_ours_and_a_day_to_begin_with(tmp_path: Path) -> None:
    with house(tmp_path, (), account=False) as core, servers() as urls:
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await by_keys(pilot, urls)
            await until_seen(pilot, "It works.")
            field(pilot, "also").put("sales@brightport.example，brightport-group.example")
            field(pilot, "live").put("soon")
            await pilot.press("enter")
            await until_seen(pilot, "soon is no time")
            field(pilot, "live").put("2026-11-20")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: core.ask("accounts"))
            (row,) = core.ask("accounts")
            assert row.own_addresses == ("lin@brightport.example", "sales@brightport.example")
            assert row.own_domains == ("brightport-group.example", "brightport.example")
            assert row.go_live.isoformat() == "2026-11-19T16:00:00+00:00"


async def test_a_second_account_has_a_name_of_its_own(tmp_path: Path) -> None:
    with house(tmp_path, ()) as core, servers("sales@brightport.example") as urls:
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await until(pilot, lambda: app.health is not None)
            assert not isinstance(app.screen, AccountScreen)
            await pilot.press("c", "m")
            await begin(pilot, "sales@brightport.example")
            for name, url in zip(("imap", "smtp"), urls, strict=True):
                field(pilot, name).put(url)
            await pilot.press("S", "enter", *SECRET, "enter")
            await until_seen(pilot, "It works.")
            await pilot.press("enter")
            await until(pilot, lambda: len(core.ask("accounts")) == 2)
            assert [row.name for row in core.ask("accounts")] == ["sales", "sales-brightport"]


async def test_a_new_code_for_an_account_that_is_there(tmp_path: Path) -> None:
    with house(tmp_path, ()) as core, servers() as urls:
        app = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await until(pilot, lambda: app.health is not None)
            before = core.ask("accounts")[0]
            await pilot.press("D", "enter")
            await until_seen(pilot, "Mail account sales")
            for name, url in zip(("imap", "smtp"), urls, strict=True):
                field(pilot, name).put(url)
            await pilot.press(*SECRET, "enter")
            await until_seen(pilot, "It works.")
            await pilot.press("enter")
            await until(pilot, lambda: core.ask("accounts")[0].secret == "file")
            (after,) = core.ask("accounts")
            assert (after.name, after.go_live, after.zone) == (before.name, before.go_live, before.zone)
            assert (after.imap, after.own_addresses) == (urls[0], before.own_addresses)


async def test_all_of_it_in_the_other_language(tmp_path: Path) -> None:
    with house(tmp_path, (), account=False) as core:
        app: MailcrmApp = app_on(core)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await begin(pilot, "lin@163.com")
            app.action_language()
            await until_seen(pilot, "«A new mail account»", "«Code»", "«NetEase»", "«Reads from»")
