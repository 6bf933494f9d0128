"""The providers of mailboxes that mailcrm knows, as an address of theirs is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcrm.adapters.quirks import Quirk
    from mailcrm.core.settings import OAuthSettings
    from mailcrm.queries.rows import ProviderRow

__all__ = ["provider_rows"]


def provider_rows(settings: OAuthSettings, address: str) -> tuple[ProviderRow, ...]:
    """Return how a mailbox of `address` is set up, at each provider; at any other, by a guess, last."""
    from mailcrm.adapters.quirks import quirk_of_address, quirks

    domain = address.rpartition("@")[2]
    its = quirk_of_address(address)
    known = sorted(quirks(), key=lambda each: (not each.hosts, each.name.msgid.lower()))
    return tuple(_row(each, settings, domain, fits=each is its) for each in known)


def _row(quirk: Quirk, settings: OAuthSettings, domain: str, *, fits: bool) -> ProviderRow:
    from mailcrm.queries.rows import ProviderRow

    section = quirk.sign_in.section
    chosen = getattr(settings, section)
    registered = bool(chosen.client_id)
    imap, smtp = quirk.servers(domain)
    return ProviderRow(
        id=quirk.name.msgid,
        name=quirk.name,
        domains=quirk.domains or quirk.hosts[:1],
        imap=imap,
        smtp=smtp,
        login="code" if quirk.auth_code else "password" if quirk.takes_passwords else "browser",
        hint=quirk.hint,
        sign_in=registered or bool(quirk.sign_in.authorization_endpoint),
        registered=registered,
        section=section,
        fits=fits,
        guessed=not quirk.hosts,
    )
