"""Who belongs to whom: our own people, free-mail domains, and the party that an address stands for.

Room: domain. A *party* is "company:5" where the address is linked to a company, "domain:acme.example" where its domain is
a company's own, else "address:jan@gmail.com" (see domain.clock.ledger).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

from mailcrm.domain.message import Address, Side

__all__ = ["Ours", "company_name", "is_nobody", "party", "registrable"]

_NOBODY = re.compile(
    r"^(?:(?:[\w.+-]{1,60}[-_.+])?(?:no[-_.]?reply|do[-_.]?not[-_.]?reply)"
    r"|mailer-daemon|postmaster|bounces?|notifications?|newsletters?|automailer)(?![a-z])",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=4096)
def registrable(domain: str) -> str:
    """Return the registrable part of a domain ("mx.acme.co.uk" -> "acme.co.uk"), the domain itself where there is none."""
    return _suffixes().privatesuffix(domain.lower()) or domain.lower()


def is_nobody(address: Address) -> bool:
    """Whether nobody reads this address: no-reply, mailer-daemon, notifications …, or there is none."""
    return not address.addr_spec or bool(_NOBODY.match(address.addr_spec))


@dataclass(frozen=True, slots=True)
class Ours:
    """Our own addresses and domains (lower case), and the domains that anybody can have a mailbox at."""

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    free_mail: frozenset[str] = field(default=frozenset(), repr=False)

    def owns(self, address: Address) -> bool:
        """Whether `address` is ours: an own address, or anybody at an own domain (or a host of it)."""
        domain = address.domain
        return address.key in self.addresses or any(domain == own or domain.endswith("." + own) for own in self.domains)

    def side(self, address: Address) -> Side:
        """Return who writes from `address`."""
        return Side.OURS if self.owns(address) else Side.THEIRS

    def is_free_mail(self, domain: str) -> bool:
        """Whether a mailbox at `domain` says nothing about the company."""
        return domain in self.free_mail or registrable(domain) in self.free_mail


def party(address: str, company_id: int | None, ours: Ours) -> str:
    """Return the party that `address` stands for (the names of the module's docstring)."""
    if company_id is not None:
        return f"company:{company_id}"
    domain = address.lower().rpartition("@")[2]
    if domain and not ours.is_free_mail(domain):
        return f"domain:{registrable(domain)}"
    return f"address:{address.lower()}"


def company_name(domain: str) -> str:
    """Suggest a company's name from its domain: "acme-valves.example" -> "Acme Valves"."""
    label = registrable(domain).split(".")[0]
    return " ".join(word.capitalize() for word in re.split(r"[-_]+", label) if word) or domain
