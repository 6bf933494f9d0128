"""Signing in before anybody connects: what is missing, what is not possible, and what a settings file may say."""

from __future__ import annotations

import pytest
from cli.running import Cli

from mailcrm.adapters.quirks import quirks
from mailcrm.core.settings import OAuthSettings

GOOGLE = ("--imap", "imaps://imap.gmail.com", "--smtp", "smtps://smtp.gmail.com")
MICROSOFT = ("--imap", "imaps://outlook.office365.com", "--smtp", "smtp+starttls://smtp.office365.com")
CHINA = ("--imap", "imaps://partner.outlook.cn", "--smtp", "smtp+starttls://smtp.partner.outlook.cn")
OWN = ("--imap", "imaps://mail.ningbo.example", "--smtp", "smtps://mail.ningbo.example")


def add(cli: Cli, servers: tuple[str, ...]) -> None:
    added = cli.ok("account", "add", "main", *servers, "--own-address", "rep@ningbo.example", "--oauth")
    assert "mailcrm account authorize main" in added.out


@pytest.mark.parametrize("device", [(), ("--device",)])
@pytest.mark.parametrize(
    ("servers", "section"), [(MICROSOFT, "microsoft"), (CHINA, "microsoft"), (GOOGLE, "google"), (OWN, "own")]
)
def test_mailcrm_is_registered_by_the_company(
    cli: Cli, servers: tuple[str, ...], section: str, device: tuple[str, ...]
) -> None:
    add(cli, servers)
    answer = cli("account", "authorize", "main", *device)
    if (section, device) == ("google", ("--device",)):
        assert answer.code == 2
        assert "Leave --device out" in answer.err
        return
    assert (answer.code, answer.out) == (1, "")
    assert f"`client_id` under [oauth.{section}]" in answer.err


def test_a_company_s_own_provider_is_named_by_its_addresses(cli: Cli) -> None:
    add(cli, OWN)
    settings = cli.home / "mailcrm.toml"
    settings.write_text(settings.read_text().replace("[oauth.own]\n", '[oauth.own]\nclient_id = "some"\n'))
    assert "`authorization_endpoint` under [oauth.own]" in cli("account", "authorize", "main").err
    answer = cli("account", "authorize", "main", "--device")
    assert "endpoint` under [oauth.own]" in answer.err


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('[oauth.gogle]\nclient_id = "x"', "oauth.gogle"),
        ('[oauth.own]\nclientid = "x"', "oauth.own.clientid"),
        ("[oauth.own]\nclient_secret = 5311", "oauth.own.client_secret"),
    ],
)
def test_a_setting_that_cannot_be_is_named_and_no_secret_shown(cli: Cli, lines: str, told: str) -> None:
    (cli.home / "mailcrm.toml").write_text(f"{lines}\n")
    answer = cli("worklist")
    assert answer.code == 1
    assert told in answer.err
    assert "5311" not in answer.err


def test_every_provider_has_a_section_of_the_settings() -> None:
    assert {quirk.sign_in.section for quirk in quirks()} == set(OAuthSettings.model_fields)


@pytest.mark.parametrize("words", [("--password-stdin",), ("--password-env", "P"), ("--password-command", "pass mail")])
def test_a_password_or_a_sign_in(cli: Cli, words: tuple[str, ...]) -> None:
    answer = cli("account", "add", "main", *OWN, "--own-address", "rep@ningbo.example", "--oauth", *words)
    assert answer.code == 2
    assert "--oauth" in answer.err
