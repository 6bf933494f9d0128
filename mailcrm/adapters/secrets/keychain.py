"""The keyring of the operating system: Windows Credential Locker, macOS Keychain, Secret Service, KWallet.

Room: adapters. The keyring library also has back ends that keep nothing, and add-ons that keep passwords in plain text
without a word; only a back end that is neither counts.
"""

from __future__ import annotations

from typing import Protocol, cast

__all__ = ["Keychain", "fits", "system_keychain"]

_NO_KEYCHAIN = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt", "keyrings.cryptfile")
_WINDOWS = "keyring.backends.Windows"
_WINDOWS_OCTETS = 2560  # of UTF-16; a refresh token of Microsoft may be longer


class Keychain(Protocol):
    """What a keyring back end can do. It raises keyring.errors.KeyringError."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the password; None where there is none."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the password."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Remove it; PasswordDeleteError where there is none."""
        ...


def system_keychain() -> Keychain | None:
    """Return the best real back end, None where this computer has none (a server without a desktop, a container)."""
    import keyring
    from keyring.errors import KeyringError

    try:
        chosen = keyring.get_keyring()
    except (KeyringError, RuntimeError, ImportError):
        return None
    candidates = getattr(chosen, "backends", [chosen])
    real = [each for each in candidates if not type(each).__module__.startswith(_NO_KEYCHAIN)]
    return cast("Keychain", real[0]) if real else None


def fits(keychain: Keychain, secret: str) -> bool:
    """Whether the back end can hold a secret of this length; Windows fails on a longer one with an error of its own."""
    return type(keychain).__module__ != _WINDOWS or len(secret.encode("utf-16-le")) <= _WINDOWS_OCTETS
