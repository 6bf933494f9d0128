"""An account by its address alone: the provider's servers are known, any other's are guessed, and both are said."""

from __future__ import annotations

import pytest
from cli.running import Cli


@pytest.mark.parametrize(
    ("address", "imap", "smtp", "said"),
    [
        ("lin@163.com", "imaps://imap.163.com", "smtps://smtp.163.com", "授权码"),
        ("lin@yeah.net", "imaps://imap.yeah.net", "smtps://smtp.yeah.net", "授权码"),
        ("lin@QQ.com", "imaps://imap.qq.com", "smtps://smtp.qq.com", "IMAP/SMTP"),
        ("lin@gmail.com", "imaps://imap.gmail.com", "smtps://smtp.gmail.com", "app password"),
        ("lin@hotmail.com", "imaps://outlook.office365.com", "smtp+starttls://smtp.office365.com", "--oauth"),
        ("lin@ya.ru", "imaps://imap.yandex.com", "smtps://smtp.yandex.com", "Email clients"),
        ("lin@ningbo.example", "imaps://imap.ningbo.example", "smtps://smtp.ningbo.example", "a guess"),
    ],
)
def test_an_address_is_enough(cli: Cli, address: str, imap: str, smtp: str, said: str) -> None:
    answer = cli.ok("account", "add", "work", "--user", address)
    assert all(words in answer.out for words in (imap, smtp, said))
    (row,) = cli.ok("account", "list", "--json").json
    assert (row["imap"], row["smtp"], row["own_addresses"]) == (imap, smtp, [address.lower()])


def test_a_server_that_is_given_is_no_guess(cli: Cli) -> None:
    cli.ok("account", "add", "work", "--user", "lin@ningbo.example", "--imap", "imaps://mail.ningbo.example")
    (row,) = cli.ok("account", "list", "--json").json
    assert (row["imap"], row["smtp"]) == ("imaps://mail.ningbo.example", "smtps://smtp.ningbo.example")


def test_without_an_address_nothing_is_guessed(cli: Cli) -> None:
    answer = cli("account", "add", "work", "--user", "lin")
    assert (answer.code, answer.out) == (2, "")
    assert "--own-address" in answer.err


def test_the_providers_are_listed_with_what_to_click(cli: Cli) -> None:
    rows = {row["id"]: row for row in cli.ok("account", "providers", "--json").json}
    assert set(rows) >= {
        *("Gmail", "Microsoft 365", "NetEase", "QQ Mail", "Tencent Exmail", "Alibaba Mail", "NetEase enterprise"),
        *("263", "Zoho Mail", "Yandex Mail", "Another provider"),
    }
    assert list(rows)[-1] == "Another provider"
    assert [row["id"] for row in rows.values() if not row["hint"]] == ["Another provider"]
    assert (rows["NetEase"]["login"], rows["Microsoft 365"]["login"]) == ("code", "browser")
    assert "授权码" in cli.ok("account", "providers").out


def test_one_address_has_one_provider(cli: Cli) -> None:
    (row,) = cli.ok("account", "providers", "lin@126.com", "--json").json
    assert (row["id"], row["imap"], row["guessed"]) == ("NetEase", "imaps://imap.126.com", False)
    assert "guess" in cli.ok("account", "providers", "lin@ningbo.example").out
