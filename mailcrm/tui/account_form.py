"""What is typed about a mail account, as the core takes it.

Room: tui. In: the fields of the form. Out: the arguments of the query that tries it and of the command that keeps it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from mailcrm.queries.rows import AccountRow

__all__ = ["Typed", "free_name", "is_address"]


def is_address(text: str) -> bool:
    """Whether `text` looks like a whole address: a name, an @, a domain."""
    local, at, domain = text.rpartition("@")
    return bool(local and at and domain) and not any(letter.isspace() for letter in text)


def free_name(address: str, taken: Collection[str]) -> str:
    """Return what to call the account of `address`: "lin", where that is taken "lin-163", then "lin-163-2"."""
    local, _at, domain = address.rpartition("@")
    longer = f"{local}-{domain.partition('.')[0]}"
    names = (local, longer, *(f"{longer}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _parts(text: str) -> tuple[str, ...]:
    for mark in (";", "；", "，", "、"):
        text = text.replace(mark, ",")
    return tuple(part.strip() for part in text.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class Typed:
    """The form. `known` is the account that is changed, None for a new one; `by_browser`: no password, one signs in."""

    address: str
    person: str
    secret: str = field(repr=False)
    imap: str
    smtp: str
    login: str
    also: str
    live: str
    by_browser: bool = False
    known: AccountRow | None = None

    def to_try(self) -> Mapping[str, object]:
        """Return the arguments of `try_account`."""
        return {
            "imap": self.imap,
            "smtp": self.smtp,
            "user": self.login or self.address,
            "password": self.secret or None,
            "name": self.known.name if self.known and not self.secret else None,
        }

    def to_keep(self, taken: Collection[str]) -> Mapping[str, object]:
        """Return the arguments of `add_account`; `taken`: the names that other accounts have."""
        ours = _parts(self.also)
        kept: dict[str, object] = {
            "name": self.known.name if self.known else free_name(self.address, taken),
            "imap": self.imap,
            "smtp": self.smtp,
            "user": self.login or self.address,
            "oauth": self.by_browser,
            "own_addresses": (self.address, *(one for one in ours if "@" in one.lstrip("@"))),
            "own_domains": tuple(one for one in ours if "@" not in one.lstrip("@")),
            "display_name": self.person,
            "go_live": self.live or None,
        }
        if self.secret:
            kept["password"] = self.secret
        if self.known:
            kept |= {
                "zone": self.known.zone, "folders": self.known.folders, "skip_folders": self.known.skip_folders,
            }  # fmt: skip
        return kept
