"""Who belongs to whom: our own people, free-mail domains, and the party that an address stands for.

Room: domain. A *party* is "company:5" where the address is linked to a company, "domain:acme.example" where its domain is
a company's own, else "address:jan@gmail.com" (see domain.clock.ledger).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mailcrm.domain.message import Address, ParsedMail, Side
from mailcrm.domain.patterns import lazy_pattern

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

__all__ = ["Ours", "company_name", "is_nobody", "only_in_copy", "party", "registrable"]

_NOBODY = lazy_pattern(
    r"^(?:(?:[\w.+-]{1,60}[-_.+])?(?:no[-_.]?reply|do[-_.]?not[-_.]?reply)"
    r"|mailer-daemon|postmaster|bounces?|notifications?|newsletters?|automailer)(?![a-z])",
    re.IGNORECASE,
)
_SHORTEST_NAME, _READ = 2, 4_000


@cache
def _suffixes(*, encoded: bool) -> PublicSuffixList:
    """Return the list; its international suffixes are encoded too (xn--…) only where a domain is, since that takes 20 ms."""
    from publicsuffixlist import PublicSuffixList  # 10 ms that only a domain needs

    return PublicSuffixList(accept_encoded_idn=encoded)


@lru_cache(maxsize=4096)
def registrable(domain: str) -> str:
    """Return the registrable part of a domain ("mx.acme.co.uk" -> "acme.co.uk"), the domain itself where there is none."""
    domain = domain.lower()
    return _suffixes(encoded="xn--" in domain).privatesuffix(domain) or domain


def is_nobody(address: Address) -> bool:
    """Whether nobody reads this address: no-reply, mailer-daemon, notifications …, or there is none."""
    return not address.addr_spec or bool(_NOBODY.match(address.addr_spec))


@dataclass(frozen=True, slots=True)
class Ours:
    """Our own addresses and domains (lower case), the domains that anybody can have a mailbox at, and our people's names."""

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    free_mail: frozenset[str] = field(default=frozenset(), repr=False)
    names: frozenset[str] = frozenset()

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


def only_in_copy(mail: ParsedMail, said: str, ours: Ours) -> bool:
    """Whether a mail has us in Cc only, and its newest part `said` calls none of us by name."""
    if any(ours.owns(one) for one in mail.to) or not any(ours.owns(one) for one in mail.cc):
        return False
    words = {word.lower() for name in ours.names for word in (name, *name.split()) if len(word) >= _SHORTEST_NAME}
    called = re.compile("|".join(rf"(?<![a-zà-ÿ]){re.escape(word)}(?![a-zà-ÿ])" for word in sorted(words)) or r"(?!)")
    return called.search(said[:_READ].lower()) is None


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
