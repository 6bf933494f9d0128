"""The commands on a fresh home: accounts, and lists that are empty."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cli.running import Cli

SECRET = "s3ntinel-Pa55phrase"
SERVERS = ("--imap", "imaps://imap.ningbo.example", "--smtp", "smtps://smtp.ningbo.example")


def add(cli: Cli, *words: str, stdin: str = "") -> dict[str, object]:
    found = cli.ok(
        "account", "add", "main", *SERVERS, "--own-address", "rep@ningbo.example", *words, "--json", stdin=stdin
    ).json
    assert isinstance(found, dict)
    return found


def test_init_makes_a_home_for_its_owner_only(nowhere: Cli) -> None:
    found = nowhere.ok("init", "--json").json
    assert found["home"] == str(nowhere.home)
    assert found["database"].startswith("sqlite")
    assert stat.S_IMODE(nowhere.home.stat().st_mode) == 0o700
    assert (nowhere.home / "mailcrm.toml").is_file()
    assert (nowhere.home / "templates").is_dir()


def test_init_twice_is_harmless(cli: Cli) -> None:
    settings = cli.home / "mailcrm.toml"
    settings.write_text(settings.read_text() + "\n# mine\n")
    add(cli)
    before = settings.read_bytes()
    cli.ok("init")
    assert settings.read_bytes() == before
    assert [row["name"] for row in cli.ok("account", "list", "--json").json] == ["main"]


@pytest.mark.parametrize(
    "words",
    [
        ("worklist",),
        ("threads",),
        ("search", "valve"),
        ("outbox",),
        ("outbox", "list"),
        ("company",),
        ("contact", "list"),
        ("account",),
    ],
)
def test_an_empty_list_is_a_list(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli.ok(*words, "--json").json == []
    assert cli.ok(*words).out.strip()


@pytest.mark.parametrize(
    "words",
    [
        ("show", "t1"), ("explain", "t99"), ("waive", "t1", "--reason", "spam"), ("done", "nobody@nowhere.example"),
        ("outbox", "show", "x1"), ("outbox", "cancel", "x1"), ("company", "show", "o1"), ("contact", "show", "c1"),
        ("company", "edit", "o1", "--role", "customer"), ("classify", "m1", "bulk"), ("reply", "t1"),
        ("account", "remove", "other"), ("template", "show", "nosuch"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named(cli: Cli, words: tuple[str, ...]) -> None:
    answer = cli(*words)
    assert (answer.code, answer.out) == (1, "")
    assert "Traceback" not in answer.err
    assert answer.err.startswith("mailcrm: ")


def test_an_account_is_added_without_a_connection(cli: Cli) -> None:
    found = add(cli, "--zone", "Europe/Madrid", "--go-live", "2026-11-02", "--skip-folder", "News")
    assert found["name"] == "main"
    assert found["own_addresses"] == ["rep@ningbo.example"]
    assert found["own_domains"] == ["ningbo.example"]
    assert found["go_live"] == "2026-11-02T00:00:00+01:00"
    assert found["skip_folders"] == ["News"]


def test_a_free_mail_address_makes_no_domain_ours(cli: Cli) -> None:
    found = cli.ok("account", "add", "main", *SERVERS, "--own-address", "wang.export@163.com", "--json").json
    assert found["own_domains"] == []


@pytest.mark.parametrize(
    ("imap", "smtp"),
    [
        ("imap://mail.ningbo.example", "smtps://smtp.ningbo.example"),
        ("imaps://imap.ningbo.example", "smtp://192.0.2.7"),
        ("pop3://mail.ningbo.example", "smtps://smtp.ningbo.example"),
        ("imap.ningbo.example", "smtps://smtp.ningbo.example"),
        ("imaps://", "smtps://smtp.ningbo.example"),
        ("imaps://imap.ningbo.example:port", "smtps://smtp.ningbo.example"),
    ],
)
def test_bad_servers_are_refused(cli: Cli, imap: str, smtp: str) -> None:
    answer = cli("account", "add", "main", "--imap", imap, "--smtp", smtp, "--own-address", "rep@ningbo.example")
    assert answer.code in (1, 2)
    assert answer.out == ""
    assert "Traceback" not in answer.err
    assert cli.ok("account", "list", "--json").json == []


def test_plain_connections_to_this_computer_are_allowed(cli: Cli) -> None:
    cli.ok("account", "add", "main", "--imap", "imap://127.0.0.1:1143", "--smtp", "smtp://localhost:1025",
           "--own-address", "rep@ningbo.example")  # fmt: skip


def test_adding_an_account_again_changes_it(cli: Cli) -> None:
    first = add(cli)
    again = cli.ok(
        "account", "add", "main", *SERVERS, "--own-address", "rep@ningbo.example", "--user", "rep-2", "--json"
    )
    assert (again.json["id"], again.json["user"], again.json["go_live"]) == (first["id"], "rep-2", first["go_live"])
    assert len(cli.ok("account", "list", "--json").json) == 1


def test_an_address_belongs_to_one_account(cli: Cli) -> None:
    add(cli)
    answer = cli("account", "add", "other", *SERVERS, "--own-address", "rep@ningbo.example")
    assert answer.code == 4
    assert "rep@ningbo.example" in answer.err


def files_with(home: Path, needle: bytes) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and needle in path.read_bytes()]


@pytest.mark.parametrize("way", ["--password-stdin", "--password-env", "--password-command"])
def test_the_password_is_nowhere_to_be_seen(cli: Cli, tmp_path: Path, way: str) -> None:
    file = tmp_path / "password"
    file.write_text(SECRET)
    value = {"--password-env": ["REP_PASSWORD"], "--password-command": [f"cat {file}"]}.get(way, [])
    environment = {"REP_PASSWORD": SECRET}
    cli.ok("account", "add", "main", "--imap", "imap://127.0.0.1:1", "--smtp", "smtp://127.0.0.1:1",
           "--own-address", "rep@ningbo.example", way, *value,
           stdin=f"{SECRET}\n" if way == "--password-stdin" else "", env=environment)  # fmt: skip
    for words in (
        ("account", "list"), ("account", "list", "--json"), ("account", "test", "main", "--verbose"),
        ("sync", "--verbose"), ("doctor", "--json"), ("account", "remove", "main"),
    ):  # fmt: skip
        cli(*words, env=environment)
    assert not any(SECRET in text for text in cli.said)
    assert files_with(cli.home, SECRET.encode()) == []


def test_an_empty_password_is_refused(cli: Cli) -> None:
    answer = cli("account", "add", "main", *SERVERS, "--own-address", "rep@ningbo.example", "--password-stdin")
    assert answer.code == 1
    assert cli.ok("account", "list", "--json").json == []


def test_a_server_that_is_not_there_is_no_catastrophe(cli: Cli) -> None:
    cli.ok("account", "add", "main", "--imap", "imap://127.0.0.1:1", "--smtp", "smtp://127.0.0.1:1",
           "--own-address", "rep@ningbo.example", "--password-env", "REP_PASSWORD")  # fmt: skip
    answer = cli("sync", "--json", env={"REP_PASSWORD": SECRET})
    assert answer.code == 3
    assert answer.json["new_messages"] == 0
    assert [account["name"] for account in answer.json["accounts"]] == ["main"]
    assert len(answer.json["errors"]) == 1
    assert "main" in answer.err


def test_an_unknown_setting_is_an_error_with_its_line(cli: Cli) -> None:
    settings = cli.home / "mailcrm.toml"
    settings.write_text(settings.read_text() + "\n[clok]\nwarn = '4h'\n")
    answer = cli("worklist")
    assert (answer.code, answer.out) == (1, "")
    assert "clok" in answer.err


def test_templates_are_listed_and_sound(cli: Cli) -> None:
    listed = {(row["name"], row["language"]) for row in cli.ok("template", "--json").json}
    assert {("holding", "en"), ("holding", "zh"), ("holding", "es"), ("plain_reply", "en")} <= listed
    assert "{{" in cli.ok("template", "show", "holding").out
    cli.ok("template", "check")


def test_a_template_with_an_undefined_variable_is_found(cli: Cli) -> None:
    (cli.home / "templates" / "en").mkdir(parents=True, exist_ok=True)
    (cli.home / "templates" / "en" / "mine.txt.j2").write_text("---\ntitle: Mine\n---\nDear {{ custmer }},\n")
    answer = cli("template", "check")
    assert answer.code == 1
    assert "custmer" in answer.out


def test_doctor_names_every_check(cli: Cli) -> None:
    found = cli("doctor", "--json")
    assert all(set(row) == {"check", "ok", "detail", "fix"} for row in found.json)
    assert found.code == (0 if all(row["ok"] for row in found.json) else 1)


def test_quiet_says_nothing_where_all_is_well(cli: Cli) -> None:
    assert cli.ok("init", "--quiet").out == ""


def test_an_unforeseen_failure_is_a_sentence(cli: Cli) -> None:
    short, long = (cli("import-mail", *words, "/proc/self/mem") for words in ((), ("--verbose",)))
    assert short.code != 0
    assert "Traceback" not in short.err
    assert long.code == short.code


def test_reading_under_another_time_writes_nothing(cli: Cli) -> None:
    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(cli.home.rglob("*")) if path.is_file()}

    cli.ok("worklist")
    before = content()
    for words in (("worklist",), ("threads",), ("outbox",), ("doctor",)):
        cli(*words, "--now", "2027-01-01T09:00")
    assert content() == before
