"""Secrets: kept where the account says, never shown, each trouble with its mend."""

from __future__ import annotations

import logging
import stat
import sys
import time
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked, PasswordDeleteError

from mailcrm.adapters.secrets.keychain import Keychain, system_keychain
from mailcrm.adapters.secrets.store import SecretStore
from mailcrm.domain.errors import SecretError
from mailcrm.ports import AccountLogin, Secrets

SECRET = "密码 p4ss'word"


class Drawer:
    """A keyring back end in memory."""

    def __init__(self, *, locked: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        self._try()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._try()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._try()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("no such entry")
        del self.kept[service, username]

    def _try(self) -> None:
        if self.locked:
            raise KeyringLocked("locked")


def login(kind: str, reference: str = "", name: str = "rep") -> AccountLogin:
    return AccountLogin(name, "imaps://mail.example", "", "rep@ningbo.example", kind, reference)


def store(home: Path, keychain: Keychain | None = None) -> SecretStore:
    return SecretStore(home, find_keychain=lambda: keychain, command_seconds=0.5)


class TestWhatPutKeeps:
    @pytest.fixture(params=["keyring", "file"])
    def kind(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    @pytest.fixture
    def secrets(self, kind: str, home: Path) -> Secrets:
        return store(home, Drawer() if kind == "keyring" else None)

    def test_is_had_again(self, secrets: Secrets, kind: str) -> None:
        place = secrets.put("rep", SECRET)
        assert place[0] == kind
        assert secrets.get(login(*place)) == SECRET

    def test_is_replaced_by_the_next_one(self, secrets: Secrets) -> None:
        secrets.put("rep", "old")
        assert secrets.get(login(*secrets.put("rep", SECRET))) == SECRET

    def test_is_gone_when_forgotten_and_forgetting_twice_is_harmless(self, secrets: Secrets) -> None:
        place = secrets.put("rep", SECRET)
        secrets.forget(login(*place))
        secrets.forget(login(*place))
        with pytest.raises(SecretError):
            secrets.get(login(*place))

    def test_two_accounts_keep_two_secrets_even_where_their_names_look_alike(self, secrets: Secrets) -> None:
        first, second = secrets.put("rep@a", "one"), secrets.put("rep a", "two")
        assert [secrets.get(login(*place)) for place in (first, second)] == ["one", "two"]

    def test_an_empty_one_is_refused(self, secrets: Secrets) -> None:
        with pytest.raises(SecretError):
            secrets.put("rep", "")


def test_the_file_is_encrypted_and_the_owners_alone(home: Path) -> None:
    store(home).put("rep", SECRET)
    files = [path for path in (home / "secrets").iterdir() if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((home / "secrets").stat().st_mode) == 0o700
    assert not any(SECRET.encode() in path.read_bytes() for path in files)


def test_another_process_reads_the_file(home: Path) -> None:
    place = store(home).put("rep", SECRET)
    assert store(home).get(login(*place)) == SECRET


def test_a_changed_box_is_told_with_its_mend(home: Path) -> None:
    place = store(home).put("rep", SECRET)
    (home / "secrets" / f"{place[1]}.box").write_bytes(b"something else")
    with pytest.raises(SecretError, match="account add"):
        store(home).get(login(*place))


def test_a_lost_key_is_told_with_its_mend(home: Path) -> None:
    place = store(home).put("rep", SECRET)
    (home / "secrets" / "key").write_bytes(b"no key")
    with pytest.raises(SecretError, match="is no key"):
        store(home).get(login(*place))


def test_a_reference_never_leads_out_of_the_secrets(home: Path) -> None:
    with pytest.raises(SecretError):
        store(home).get(login("file", "../../etc/passwd"))


def test_a_locked_keyring_gets_nothing_and_is_told(home: Path) -> None:
    secrets = store(home, Drawer(locked=True))
    assert secrets.put("rep", SECRET)[0] == "file"
    with pytest.raises(SecretError, match="Unlock"):
        secrets.get(login("keyring", "rep"))
    with pytest.raises(SecretError, match="Unlock"):
        secrets.forget(login("keyring", "rep"))


class WindowsLocker(Drawer):
    """Windows' own, as the keyring library has it: it holds 2560 octets of UTF-16."""

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError("The stub received bad data.")
        super().set_password(service, username, password)


WindowsLocker.__module__ = "keyring.backends.Windows"


def test_a_long_refresh_token_is_kept_in_a_file_where_windows_cannot_hold_it(home: Path) -> None:
    secrets = store(home, WindowsLocker())
    for length, kind in ((1280, "keyring"), (1281, "file")):
        place = secrets.put("rep", "r" * length)
        assert (place[0], secrets.get(login(*place))) == (kind, "r" * length)


@pytest.mark.parametrize("keychain", [Drawer(), None])
def test_a_refresh_token_is_replaced_where_it_is(home: Path, keychain: Drawer | None) -> None:
    secrets = store(home, keychain)
    place = login(*secrets.put("rep", "old"))
    secrets.replace(place, "new")
    assert (secrets.get(place), store(home, keychain).get(place)) == ("new", "new")


def test_a_locked_keyring_takes_no_new_refresh_token_and_is_told(home: Path) -> None:
    with pytest.raises(SecretError, match="Unlock"):
        store(home, Drawer(locked=True)).replace(login("keyring", "rep"), "new")


def test_two_homes_share_a_keyring_without_meeting(tmp_path: Path) -> None:
    drawer = Drawer()
    places = [store(tmp_path / name, drawer).put("rep", name) for name in ("one", "two")]
    assert [store(tmp_path, drawer).get(login(*place)) for place in places] == ["one", "two"]


def test_a_keyring_that_keeps_nothing_or_plain_text_is_no_keyring() -> None:
    import keyring
    from keyring.backends import fail, null

    before = keyring.get_keyring()
    try:
        for useless in (fail.Keyring, null.Keyring):
            keyring.set_keyring(useless())
            assert system_keychain() is None
    finally:
        keyring.set_keyring(before)


def test_a_variable(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REP_PASSWORD", SECRET + "\n")
    assert store(home).get(login("env", "REP_PASSWORD")) == SECRET
    monkeypatch.delenv("REP_PASSWORD")
    with pytest.raises(SecretError, match="REP_PASSWORD"):
        store(home).get(login("env", "REP_PASSWORD"))


def command(code: str) -> AccountLogin:
    return login("command", f'{sys.executable} -c "{code}"')


def test_a_command_gives_its_first_line(home: Path) -> None:
    assert store(home).get(command("print('s3cret'); print('and more')")) == "s3cret"


@pytest.mark.parametrize(
    "asked",
    [
        command("raise SystemExit(3)"),
        command("print('s3cret'); raise SystemExit(1)"),
        command("pass"),
        login("command", "/no/such/program"),
        login("command", "unbalanced 'quote"),
        login("command", ""),
    ],
)
def test_a_command_that_fails_is_told_and_its_words_are_dropped(
    home: Path, asked: AccountLogin, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(SecretError) as caught:
        store(home).get(asked)
    assert "s3cret" not in f"{caught.value}{caught.value!r}{caplog.text}"
    assert "by hand" in str(caught.value)


def test_a_command_has_no_shell(home: Path, tmp_path: Path) -> None:
    with pytest.raises(SecretError):
        store(home).get(login("command", f"true; touch {tmp_path}/pwned"))
    assert not (tmp_path / "pwned").exists()


def test_a_command_that_hangs_is_left(home: Path) -> None:
    started = time.monotonic()
    with pytest.raises(SecretError, match="in time"):
        store(home).get(command("import threading; threading.Event().wait(60)"))
    assert time.monotonic() - started < 10


def test_memory_is_for_one_run(home: Path) -> None:
    assert SecretStore(home, memory={"rep": SECRET}).get(login("memory")) == SECRET
    with pytest.raises(SecretError):
        SecretStore(home).get(login("memory"))


def test_an_account_without_a_password_names_the_ways(home: Path) -> None:
    with pytest.raises(SecretError, match="--password-stdin"):
        store(home).get(login(""))


def test_nothing_that_is_printed_shows_a_secret(home: Path) -> None:
    secrets = SecretStore(home, memory={"rep": SECRET})
    place = store(home).put("rep", SECRET)
    assert SECRET not in f"{secrets!r}{secrets}{place}"
