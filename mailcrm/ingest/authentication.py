"""What servers say about a mail's sender: Authentication-Results (RFC 8601).

Room: ingest. In: a parsed mail, and the names of our own receiving servers. Out: the verdicts of SPF, DKIM and DMARC, and
whether to believe them. Anybody can write such a header, so it is trusted only where one of our own servers signs it, and
only above the first `Received` of a server that isn't ours: what stands below was in the mail when it came.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mailcrm.domain.message import Authentication, ParsedMail
from mailcrm.domain.parties import registrable
from mailcrm.domain.patterns import lazy_pattern

__all__ = ["read_authentication"]

_HEADER = "authentication-results"
_CARRIED_IN = frozenset({_HEADER})
_COMMENT = lazy_pattern(r"\([^()]*\)")
_NESTED = 4
_BY = lazy_pattern(r"(?i)\bby[ \t]+(\[?[0-9a-z][0-9a-z.:_-]*)")
_RESULT = lazy_pattern(r"(?i)^\s*([a-z0-9-]{2,20})(?:/\d{1,3})?\s*=\s*([a-z]{2,20})")
_SIGNER = lazy_pattern(r"(?i)\bheader\.(?:d|i)\s*=\s*\"?(?:[^@\s;\"]{0,64}@)?([a-z0-9.-]{1,253})")
_LONGEST, _RESULTS_CAP = 10_000, 50


@dataclass(frozen=True, slots=True)
class _Stamp:
    server: str
    results: str


def read_authentication(mail: ParsedMail, own_servers: frozenset[str] = frozenset()) -> Authentication | None:
    """Return the verdicts of the topmost stamp of `own_servers` (names in lower case), else of the topmost stamp at all, untrusted.

    None where the mail carries no stamp.
    """
    if not mail.has_any(_CARRIED_IN):
        return None
    first: _Stamp | None = None
    for stamp, ours in _stamps(mail, own_servers):
        if ours:
            return replace(_verdicts(stamp, mail), trusted=True, server=stamp.server)
        first = first or stamp
    if first is None:
        return None
    topmost, last_server_s = next(_stamps(mail, frozenset({first.server})))
    return replace(_verdicts(first, mail), server=topmost.server if last_server_s else "")


def _stamps(mail: ParsedMail, own_servers: frozenset[str]) -> Iterator[tuple[_Stamp, bool]]:
    """Yield each stamp, and whether one of our servers set it before any foreign server had the mail."""
    inside, arrived, by = bool(own_servers), False, ""
    for name, value in mail.headers:
        if name == "received" and (inside or not by):
            by = _by(value)
            if by in own_servers or registrable(by) in {registrable(own) for own in own_servers}:
                arrived = True
            elif arrived or "." in by.strip("[]0123456789.:"):
                inside = (
                    False  # a foreign name; a bare address is a hop inside our own server, until the mail has arrived
                )
        elif name == _HEADER:
            stamp = _stamp(value, by)
            yield stamp, inside and stamp.server in own_servers


def _by(received: str) -> str:
    found = _BY.search(received[:_LONGEST])
    return found[1].lower().rstrip(".") if found else ""


def _stamp(value: str, taken_by: str) -> _Stamp:
    """Read a stamp; `taken_by`: the server of the `Received` line above it."""
    text = value[:_LONGEST]
    for _ in range(_NESTED):
        text = _COMMENT.sub(" ", text)
    server, _, results = text.partition(";")
    if "=" in server:
        return _Stamp(registrable(taken_by) if taken_by else "", text)
    return _Stamp(next(iter(server.split()), "").strip('"').lower(), results)


def _verdicts(stamp: _Stamp, mail: ParsedMail) -> Authentication:
    """Return the verdicts; of several DKIM signatures the one that passed for the sender's own domain counts most."""
    sender = registrable(mail.from_.domain) if mail.from_.domain else ""
    found: dict[str, str] = {}
    signer = ""
    for part in stamp.results.split(";")[:_RESULTS_CAP]:
        result = _RESULT.match(part)
        if not result:
            continue
        method, verdict = result[1].lower(), result[2].lower()
        domain = _SIGNER.search(part)
        aligned = bool(method == "dkim" and verdict == "pass" and domain and registrable(domain[1].lower()) == sender)
        if aligned and domain:
            signer = domain[1].lower()
        if method not in found or (method == "dkim" and (aligned or (verdict == "pass" and not signer))):
            found[method] = verdict
    return Authentication(
        spf=found.get("spf", ""), dkim=found.get("dkim", ""), dmarc=found.get("dmarc", ""), dkim_domain=signer
    )
