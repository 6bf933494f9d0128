"""Signing in in the browser, by the command line: from `account add --oauth` to a mail that is read and one that is sent.

Dovecot and Postfix ask a provider on loopback whose an access token is; BROWSER names a person who agrees to everything.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli, Warm
from e2e.conftest import MakeDesk
from e2e.desk import Desk, complaint, letter
from servers.dovecot import Dovecot
from servers.postfix import Postfix
from servers.provider import BROWSER, Provider, Said

AUTHORIZE = ("account", "authorize", "main")


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """Where people sign in."""
    with Provider() as running:
        yield running


@pytest.fixture(scope="module")
def dovecot(server_root: Path, provider: Provider) -> Iterator[Dovecot]:
    """A Dovecot that takes access tokens."""
    with Dovecot(server_root / "sd", {}, introspection_url=provider.introspection_url) as server:
        yield server


@pytest.fixture(scope="module")
def postfix(server_root: Path, dovecot: Dovecot) -> Iterator[Postfix]:
    """A Postfix that lets in whom this Dovecot knows."""
    with Postfix(server_root / "sp", dovecot) as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path, empty_home: Path, warm: Warm, make_desk: MakeDesk, provider: Provider) -> Desk:
    """A desk whose account was added with --oauth; nobody signed in yet."""
    desk = make_desk(Cli(tmp_path / "mailcrm", warm))
    desk.open(like=empty_home)
    del desk.env["MAIL_PASSWORD"]
    desk.env |= {**provider.settings(), "BROWSER": BROWSER}
    provider.user, provider.wishes = desk.rep.user, "yes"
    for kept in (provider.asked, provider.given, provider.device, provider.script):
        kept.clear()
    added = add(desk)
    assert (added["oauth"], added["secret"]) == (True, "none")
    return desk


def add(desk: Desk, *words: str) -> dict[str, Any]:
    servers = ("--imap", desk.dovecot.imap_url, "--smtp", desk.postfix.smtp_url, "--go-live", "2026-01-01")
    row = desk.read("account", "add", "main", *servers, "--own-address", desk.rep.user, *(words or ("--oauth",)))
    assert isinstance(row, dict)
    return row


def check(desk: Desk, *words: str, name: str, code: int) -> str:
    """Return what a failed check says, and its mend."""
    (row,) = [row for row in desk.read(*words, code=code) if row["check"] == name]
    assert not row["ok"]
    return f"{row['detail']} {row['fix']}"


def test_from_the_first_command_to_the_first_answer(desk: Desk, provider: Provider) -> None:
    signed_in = desk(*AUTHORIZE)
    assert "Account main is signed in; `mailcrm account test main` tries it." in signed_in.out
    assert provider.endpoint("authorize") in signed_in.err  # also for who has to open it by hand

    buyer = desk.customer("anna@hamburg.example").user
    desk.postfix.deliver(buyer, desk.rep.user, letter(buyer, desk.rep.user, "Please quote 500 valves."))
    desk.postfix.wait_for(desk.rep.user)
    assert desk.sync() == 1
    desk("reply", desk.thread()["id"], "--template", "plain_reply", "--var", "body=USD 1.20 FOB.", "--send")
    assert len(desk.postfix.wait_for(buyer)) == 1
    assert len(desk.sent()) == 1
    assert all(row["ok"] for row in desk.read("account", "test", "main"))
    assert all(row["ok"] for row in desk.read("doctor"))


def test_before_anybody_signed_in_everything_says_how(desk: Desk) -> None:
    mend = "mailcrm account authorize main"
    assert mend in complaint(desk("sync", code=1), 1)
    assert mend in check(desk, "account", "test", "main", name="login", code=3)
    assert mend in check(desk, "account", "test", "main", name="smtp", code=3)
    assert mend in check(desk, "doctor", name="account main", code=1)


def test_each_process_keeps_the_new_refresh_token_for_the_next(desk: Desk, provider: Provider) -> None:
    desk(*AUTHORIZE)
    for _poll in range(3):
        desk("sync")
    shown = [form["refresh_token"] for form in provider.asked if form["grant_type"] == "refresh_token"]
    assert len(shown) == len(set(shown)) == 3


def test_a_sign_in_that_ended_is_told_everywhere_and_mended(desk: Desk, provider: Provider) -> None:
    mend = "mailcrm account authorize main"
    desk(*AUTHORIZE)
    desk("sync")
    provider.revoke_sign_ins()
    assert mend in complaint(desk("sync", code=3), 3)
    assert mend in check(desk, "account", "test", "main", name="login", code=3)
    assert mend in check(desk, "doctor", name="account main", code=1)
    (row,) = desk.read("account", "list")
    assert (mend in row["trouble"], row["next_try"] is not None) == (True, True)

    signed_in = desk.read(*AUTHORIZE)
    assert signed_in["next_try"] is None  # the service need not wait any longer
    desk("sync")
    assert all(row["ok"] for row in desk.read("doctor"))


def test_a_sign_in_that_expired_is_told_at_sending_too(desk: Desk, provider: Provider) -> None:
    desk(*AUTHORIZE)
    buyer = desk.customer("anna@hamburg.example").user
    desk.arrives(letter(buyer, desk.rep.user, "Please quote."), "2026-03-02T10:00")
    desk("sync")
    provider.revoke_sign_ins()
    answer = desk("reply", desk.thread()["id"], "--template", "plain_reply", "--var", "body=Yes.", "--send", code=3)
    assert "mailcrm account authorize main" in answer.out + answer.err
    desk(*AUTHORIZE)
    (row,) = desk.read("outbox")
    desk("outbox", "retry", row["id"])
    desk("outbox", "flush")
    assert len(desk.postfix.wait_for(buyer)) == 1


def test_a_provider_that_is_down_is_nothing_to_mend(desk: Desk, provider: Provider) -> None:
    desk(*AUTHORIZE)
    provider.script = [Said(503, b"down", {"Retry-After": "120"})]
    assert "by itself" in complaint(desk("sync", code=3), 3)
    desk("sync")


def test_with_a_code_on_another_device(desk: Desk, provider: Provider) -> None:
    answer = desk(*AUTHORIZE, "--device", "--json")
    assert (answer.json["name"], answer.json["secret"]) == ("main", "file")
    assert provider.endpoint("device-page") in answer.err
    assert "WDJB-MJHT" in answer.err
    assert desk.sync() == 0


@pytest.mark.parametrize("wishes", ["no", "state"])
def test_a_sign_in_that_fails_keeps_nothing(desk: Desk, provider: Provider, wishes: str) -> None:
    provider.wishes = wishes
    answer = desk(*AUTHORIZE, code=3)
    assert "mailcrm account authorize main" in answer.err
    (row,) = desk.read("account", "list")
    assert row["secret"] == "none"


def test_a_sign_in_that_would_end_within_the_hour_is_none(desk: Desk, provider: Provider) -> None:
    provider.script = [Said(200, {"access_token": "short-S3ntinel", "token_type": "Bearer"})]
    answer = desk(*AUTHORIZE, code=3)
    assert "offline_access" in answer.err
    (row,) = desk.read("account", "list")
    assert row["secret"] == "none"


def test_a_code_that_the_person_declines(desk: Desk, provider: Provider) -> None:
    provider.device = ["access_denied"]
    answer = desk(*AUTHORIZE, "--device", code=3)
    assert "access_denied" in answer.err
    assert "mailcrm account authorize main" in answer.err


def test_a_company_that_registered_nothing_is_told_what_to_set(desk: Desk) -> None:
    desk.env["MAILCRM__OAUTH__OWN__CLIENT_ID"] = ""
    assert "client_id` under [oauth.own]" in complaint(desk(*AUTHORIZE, code=1), 1)
    desk.env["MAILCRM__OAUTH__OWN__TOKEN_ENDPOINT"] = "http://login.example/token"
    desk.env["MAILCRM__OAUTH__OWN__CLIENT_ID"] = "some"
    assert "token_endpoint` under [oauth.own]" in complaint(desk(*AUTHORIZE, code=1), 1)


def test_an_account_with_a_password_is_not_signed_in(desk: Desk) -> None:
    desk.env["MAIL_PASSWORD"] = desk.rep.password
    assert add(desk, "--password-env", "MAIL_PASSWORD")["oauth"] is False
    assert "--oauth" in complaint(desk(*AUTHORIZE, code=2), 2)
    desk("sync")


def test_a_password_is_never_taken_for_a_refresh_token(desk: Desk, provider: Provider) -> None:
    desk("account", "add", "main", "--imap", desk.dovecot.imap_url, "--smtp", desk.postfix.smtp_url,
         "--own-address", desk.rep.user, "--password-stdin", stdin="correct horse\n")  # fmt: skip
    assert len(list((desk.home / "secrets").glob("*.box"))) == 1
    add(desk)
    assert list((desk.home / "secrets").glob("*.box")) == []
    desk("sync", code=1)
    assert provider.asked == []


def test_a_change_of_the_account_keeps_the_sign_in_and_its_end_forgets_it(desk: Desk) -> None:
    desk(*AUTHORIZE)
    assert add(desk, "--display-name", "Li Wei")["oauth"] is True
    desk("sync")
    desk("account", "remove", "main")
    assert list((desk.home / "secrets").glob("*.box")) == []


def traces(secret: str) -> list[bytes]:
    """Return a secret as it is, and as base64 writes its middle wherever it stands."""
    plain = secret.encode()
    return [plain, *(base64.b64encode(plain[skipped:])[4:-4] for skipped in range(3))]


def test_no_token_shows_anywhere(desk: Desk, provider: Provider, tmp_path: Path) -> None:
    spy = tmp_path / "spy.py"
    spy.write_text(SPY, "utf-8")
    desk.env["BROWSER"] = f"{BROWSER.split()[0]} {spy} {tmp_path / 'lines'} %s"
    desk(*AUTHORIZE, "--verbose")
    desk(*AUTHORIZE, "--device", "--verbose", "--json")
    buyer = desk.customer("anna@hamburg.example").user
    desk.arrives(letter(buyer, desk.rep.user, "Please quote."), "2026-03-02T10:00")
    desk("sync", "--verbose")
    desk("reply", desk.thread()["id"], "--template", "plain_reply", "--var", "body=Yes.", "--send", "--verbose")
    for words in (("account", "list", "--json"), ("account", "test", "main"), ("doctor", "--json")):
        desk(*words, "--verbose")
    provider.revoke_access()
    desk("sync", "--verbose")
    provider.revoke_sign_ins()
    desk("sync", "--verbose", code=3)
    desk("account", "test", "main", "--verbose", code=3)

    everything = {
        "printed": "".join(desk.cli.said).encode(),
        "command lines": (tmp_path / "lines").read_bytes(),
        **{str(path): path.read_bytes() for path in desk.home.rglob("*") if path.is_file()},
    }
    assert len(provider.given) > 10
    assert b"authorize" in everything["command lines"]
    secrets = [*provider.given, provider.client_secret]
    found = [
        (where, trace)
        for where, text in everything.items()
        for secret in secrets
        for trace in traces(secret)
        if trace in text
    ]
    assert found == []


# A browser that notes every command line of the moment, then does what the other one does.
SPY = """
import pathlib, sys, urllib.request
lines = b""
for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
    try:
        lines += path.read_bytes() + b"\\n"
    except OSError:
        pass
pathlib.Path(sys.argv[1]).write_bytes(lines)
urllib.request.urlopen(sys.argv[2], timeout=10)
"""
