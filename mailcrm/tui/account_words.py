"""What the account wizard asks and explains, field by field, for the provider at hand.

Room: tui. In: a `ProviderRow`. Out: words of the moment.
"""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.queries.rows import AccountRow, ProviderRow
from mailcrm.tui.widgets import safe

__all__ = ["asked", "guidance", "provider_name", "remark"]


def asked(name: str, provider: ProviderRow | None) -> str:
    """Return the label of a field."""
    if name == "secret":
        return _("Code") if provider and provider.login == "code" else _("Password")
    return {
        "address": _("Address"),
        "person": _("Your name"),
        "imap": _("Reads from"),
        "smtp": _("Sends by"),
        "login": _("Login name"),
        "also": _("Also ours"),
        "live": _("Live from"),
    }[name]


def remark(name: str, provider: ProviderRow | None, known: AccountRow | None) -> str:
    """Return what stands beside a field."""
    unchanged = _("empty: as it is") if known else ""
    return {
        "secret": unchanged or (_("not your web mail's password") if provider and provider.login == "code" else ""),
        "person": unchanged or _("as customers see it"),
        "login": _("empty: the address"),
        "also": _("other addresses and domains"),
        "live": unchanged or _("empty: now"),
    }[name]


def provider_name(provider: ProviderRow | None, key: str, width: int) -> Content:
    """Return the line that names the provider, and how it is changed."""
    if provider is None:
        return safe.line((" " * 14, ""), (_("The provider is known by the address."), "$text-muted"), width=width)
    guessed = _("its servers are a guess") if provider.guessed else ""
    return safe.line(
        (" " * 14, ""),
        (str(provider.name), "bold"),
        (f" · {guessed}" if guessed else "", "$text-warning"),
        ("  ", ""),
        (_("{key}: another one", key=key), "$text-muted"),
        width=width,
    )


def guidance(provider: ProviderRow | None, *, by_browser: bool, home: Path) -> Content:
    """Return what to do at the provider before the account can work."""
    if provider is None:
        return safe.block("")
    if by_browser and not provider.registered:
        return safe.block(_unregistered(provider, home), "$text-warning")
    if by_browser:
        return safe.block(
            _("No password: you sign in in the browser, and are told how as soon as the account is kept.")
        )
    if provider.hint is not None:
        return safe.block(provider.hint)
    return safe.block(
        _(
            "Nobody here knows the servers of this domain; most call theirs so, and the test tells. Whoever runs your mail knows the right ones, and whether programs need a password of their own."
        )
    )


def _unregistered(provider: ProviderRow, home: Path) -> str:
    return _(
        "{provider} lets you in by the browser only, and does not know mailcrm yet: whoever runs your mail domain registers it there (a desktop program, led back to http://localhost) and puts the id that comes of it into {settings}: `client_id` under [oauth.{section}].",
        provider=provider.name,
        settings=home / "mailcrm.toml",
        section=provider.section,
    )
