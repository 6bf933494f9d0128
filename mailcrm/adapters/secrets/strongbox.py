"""An encrypted file for secrets, for computers without a keyring.

Room: adapters. `HOME/secrets/NAME.box` holds one secret (Fernet: AES-128-CBC and HMAC-SHA256), `HOME/secrets/key` the
key, each 0600 in a directory 0700.

What this protects against, honestly: a secret never stands in plain text on the disk, so it isn't found by a search, in
an editor's preview or in a single copied file. It does **not** protect against somebody who can read the whole home, or
a backup of it with the key: key and box lie side by side, since nobody is there to type a passphrase when the service
starts. Who needs more uses a keyring, or a command that asks a password store.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mailcrm.domain.errors import SecretError
from mailcrm.domain.words import say

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

__all__ = ["Strongbox"]

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,120}")


class Strongbox:
    """The boxes below `directory`, made when the first secret is kept."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def put(self, name: str, secret: str) -> None:
        """Keep `secret` as `name`; the new box replaces the old one in one step."""
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            sealed = self._cipher(make=True).encrypt(secret.encode())
            waiting = self._box(name).with_suffix(".new")
            waiting.unlink(missing_ok=True)
            _write_new(waiting, sealed)
            waiting.replace(self._box(name))
        except OSError as error:
            raise SecretError(
                say("The password can't be kept in {path}.", path=self._directory),
                say("See that the home is writable and its disk not full."),
            ) from error

    def get(self, name: str) -> str:
        """Return the secret `name`."""
        from cryptography.fernet import InvalidToken

        try:
            return self._cipher(make=False).decrypt(self._box(name).read_bytes()).decode()
        except FileNotFoundError as error:
            raise _gone(name) from error
        except (OSError, InvalidToken, UnicodeDecodeError) as error:
            raise SecretError(
                say("The password in {path} can't be opened.", path=self._box(name)),
                say("Give it anew with account add; the file or its key was changed."),
            ) from error

    def forget(self, name: str) -> None:
        """Remove the box."""
        with contextlib.suppress(FileNotFoundError):
            self._box(name).unlink()

    def _box(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise _gone(name)
        return self._directory / f"{name}.box"

    def _cipher(self, *, make: bool) -> Fernet:
        try:
            from cryptography.fernet import Fernet
        except ImportError as error:
            raise SecretError(
                say("This computer has no keyring, and the package that encrypts files is not installed."),
                say("Install the package cryptography, or give the password by --password-env or --password-command."),
            ) from error
        path = self._directory / "key"
        if make:
            with contextlib.suppress(FileExistsError):
                _write_new(path, Fernet.generate_key())
        try:
            return Fernet(path.read_bytes())
        except ValueError as error:
            raise SecretError(
                say("The key in {path} is no key.", path=path),
                say("Remove that file, then give the passwords anew with account add."),
            ) from error


def _write_new(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _gone(name: str) -> SecretError:
    return SecretError(say("There is no password kept as {name}.", name=name), say("Give it anew with account add."))
