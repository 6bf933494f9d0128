"""`ports.Secrets`: a secret from where the account says it is.

Room: adapters. Kinds: "keyring", "file" (encrypted), "env" (a variable's name), "command" (a program's first line),
"memory" (handed in, for the demo). Nothing here puts a secret into a log, an error, a `repr` or an argument of a program.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from mailcrm.adapters.secrets.keychain import Keychain, fits, system_keychain
from mailcrm.adapters.secrets.strongbox import Strongbox
from mailcrm.domain.errors import SecretError
from mailcrm.domain.signin import sign_in_again
from mailcrm.domain.words import say
from mailcrm.ports import AccountLogin

__all__ = ["SecretStore"]

_SERVICE = "mailcrm"
_COMMAND_SECONDS = 30.0


class SecretStore:
    """The secrets of one home.

    `memory` maps account names to secrets of kind "memory". `find_keychain` is asked when a keyring is first needed;
    `command_seconds` is how long a password command may take.
    """

    def __init__(
        self,
        home: Path,
        *,
        memory: Mapping[str, str] | None = None,
        find_keychain: Callable[[], Keychain | None] = system_keychain,
        command_seconds: float = _COMMAND_SECONDS,
    ) -> None:
        self._home = home
        self._memory = dict(memory or {})
        self._find_keychain = find_keychain
        self._command_seconds = command_seconds
        self._box = Strongbox(home / "secrets")

    def __repr__(self) -> str:
        return f"SecretStore({self._home})"

    def get(self, login: AccountLogin) -> str:
        """Return the account's secret, never an empty one."""
        ways: dict[str, Callable[[AccountLogin], str]] = {
            "keyring": self._from_keyring,
            "env": _from_environment,
            "command": self._from_command,
            "file": self._from_box,
            "memory": self._from_memory,
        }
        if login.secret_kind not in ways and login.oauth:
            raise SecretError(
                say("Account {name} is not signed in yet.", name=login.name),
                say("Sign in: `mailcrm account authorize {name}`.", name=login.name),
            )
        if login.secret_kind not in ways:
            raise SecretError(
                say("Account {name} has no password set.", name=login.name),
                say("Add the account with --password-stdin, --password-env or --password-command."),
            )
        return ways[login.secret_kind](login)

    def put(self, account: str, secret: str) -> tuple[str, str]:
        """Keep `secret` in the keyring, else in an encrypted file; return (secret_kind, secret_ref)."""
        if not secret:
            raise SecretError(say("The password is empty."), say("Give it on the first line of the input."))
        reference = self._reference(account)
        keychain = self._find_keychain()
        if keychain is not None and _kept(keychain, reference, secret):
            return "keyring", reference
        self._box.put(reference, secret)
        return "file", reference

    def replace(self, login: AccountLogin, secret: str) -> None:
        """Keep `secret` where the one of `login` is kept; only for what `put` kept."""
        kind = login.secret_kind
        if kind == "file":
            self._box.put(login.secret_ref, secret)
        elif (keychain := self._find_keychain()) is None or not _kept(keychain, login.secret_ref, secret):
            raise _locked()

    def forget(self, login: AccountLogin) -> None:
        """Remove what `put` kept; variables and commands are the user's own."""
        kind = login.secret_kind
        if kind == "file":
            self._box.forget(login.secret_ref)
        elif kind == "keyring" and (keychain := self._find_keychain()) is not None:
            from keyring.errors import KeyringError, PasswordDeleteError

            try:
                keychain.delete_password(_SERVICE, login.secret_ref)
            except PasswordDeleteError:
                return
            except KeyringError:
                raise _locked() from None

    def _reference(self, account: str) -> str:
        """Name the entry: the account, and the home by a digest, since two homes may have accounts of one name."""
        readable = re.sub(r"[^a-z0-9]+", "-", account.lower()).strip("-")[:40] or "account"
        digest = hashlib.sha256(f"{self._home.absolute()}\0{account}".encode()).hexdigest()[:12]
        return f"{readable}-{digest}"

    def _from_box(self, login: AccountLogin) -> str:
        try:
            return self._box.get(login.secret_ref)
        except SecretError as error:
            if not login.oauth:
                raise
            raise SecretError(error.sentence, sign_in_again(login.name)) from error

    def _from_keyring(self, login: AccountLogin) -> str:
        from keyring.errors import KeyringError

        keychain = self._find_keychain()
        try:
            secret = keychain.get_password(_SERVICE, login.secret_ref) if keychain else None
        except KeyringError:
            raise _locked() from None
        if not secret:
            raise SecretError(
                say("The keyring of this computer holds no password for account {name}.", name=login.name),
                sign_in_again(login.name)
                if login.oauth
                else say("Give it anew with account add, from the desktop session that owns the keyring."),
            )
        return secret

    def _from_command(self, login: AccountLogin) -> str:
        mend = say("Run the command by hand: it must print the password on its first line and end with 0.")
        try:
            words = shlex.split(login.secret_ref)
            # The program's own words may hold the secret: they are dropped.
            done = subprocess.run(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._command_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SecretError(
                say("The password command of account {name} didn't end in time.", name=login.name), mend
            ) from None
        except (OSError, ValueError, IndexError):
            raise SecretError(
                say("The password command of account {name} can't be run.", name=login.name), mend
            ) from None
        secret = done.stdout.decode("utf-8", "replace").split("\n", 1)[0].rstrip("\r")
        if done.returncode != 0 or not secret:
            raise SecretError(
                say(
                    "The password command of account {name} gave no password (exit code {code}).",
                    name=login.name,
                    code=done.returncode,
                ),
                mend,
            )
        return secret

    def _from_memory(self, login: AccountLogin) -> str:
        if login.name not in self._memory:
            raise SecretError(
                say("The password of account {name} was kept for one run only.", name=login.name),
                say("Give it anew with account add."),
            )
        return self._memory[login.name]


def _from_environment(login: AccountLogin) -> str:
    secret = os.environ.get(login.secret_ref, "").rstrip("\r\n")
    if not secret:
        raise SecretError(
            say(
                "The variable {variable} that holds the password of account {name} is not set.",
                variable=login.secret_ref,
                name=login.name,
            ),
            say("Set it where mailcrm is started, for the service too."),
        )
    return secret


def _kept(keychain: Keychain, reference: str, secret: str) -> bool:
    from keyring.errors import KeyringError

    if not fits(keychain, secret):
        return False
    try:
        keychain.set_password(_SERVICE, reference, secret)
        return keychain.get_password(_SERVICE, reference) == secret
    except KeyringError:
        return False


def _locked() -> SecretError:
    return SecretError(
        say("The keyring of this computer is locked or can't be reached."),
        say("Unlock it in your desktop session and try again."),
    )
