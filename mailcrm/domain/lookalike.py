"""Domains made to be taken for others.

Room: domain. In: a domain. Out: the well-known domain that it imitates. Letters that look alike are made equal first (a
skeleton in the sense of UTS #39: rn is m, 1 is l, Cyrillic а is a …); what then equals another domain's skeleton is a
look-alike, and so is a domain that carries another one in front of its own ("dhl.com.parcel.example").
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from mailcrm.domain.parties import registrable

__all__ = ["WELL_KNOWN", "imitated", "skeleton", "unicode_domain"]

# Mailbox providers, couriers and platforms whose name opens doors (as of November 2026).
WELL_KNOWN = frozenset(
    ("gmail.com", "googlemail.com", "google.com", "outlook.com", "hotmail.com", "live.com", "microsoft.com", "office.com",
     "yahoo.com", "icloud.com", "apple.com", "aol.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "mail.ru",
     "yandex.ru", "yandex.com", "qq.com", "163.com", "126.com", "yeah.net", "sina.com", "sohu.com", "foxmail.com",
     "aliyun.com", "naver.com", "daum.net", "proton.me", "protonmail.com", "zoho.com", "orange.fr", "libero.it", "uol.com.br",
     "dhl.com", "dhl.de", "fedex.com", "ups.com", "usps.com", "tnt.com", "dpd.com", "gls-group.com", "aramex.com",
     "sf-express.com", "ems.com.cn", "royalmail.com", "maersk.com", "alibaba.com", "made-in-china.com", "globalsources.com",
     "paypal.com", "wise.com", "payoneer.com", "docusign.com", "docusign.net")
)  # fmt: skip
_PAIRS = (("rn", "m"), ("nn", "m"), ("vv", "w"), ("cl", "d"))
_ALIKE = {
    "0": "o", "1": "l", "i": "l", "|": "l", "3": "e", "4": "a", "5": "s", "\u0131": "l", "\u01c0": "l", "\u0261": "g", "\u0251": "a",
    # Cyrillic
    "\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c", "\u0445": "x", "\u0443": "y", "\u0456": "l",
    "\u0458": "j", "\u0455": "s", "\u0501": "d", "\u04bb": "h", "\u051b": "q", "\u043c": "m", "\u043a": "k", "\u0442": "t",
    "\u043d": "h", "\u0432": "b", "\u04cf": "l", "\u0457": "l",
    # Greek
    "\u03bf": "o", "\u03b1": "a", "\u03bd": "v", "\u03c1": "p", "\u03b9": "l", "\u03ba": "k", "\u03c5": "u", "\u03c4": "t",
}  # fmt: skip
_LETTERS = str.maketrans(_ALIKE)
_LONG_NAME, _LABEL_CAP = 6, 63


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """Return `text` with letters that look alike made equal; accents and case don't tell letters apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    plain = plain.translate(_LETTERS)
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return plain


def unicode_domain(domain: str) -> str:
    """Return `domain` with its international labels (xn--…, RFC 3492) as they are shown; what can't be read stays."""
    return ".".join(_shown(label) for label in domain.split("."))


def _shown(label: str) -> str:
    if not label.startswith("xn--") or len(label) > _LABEL_CAP or not label.isascii():
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


@lru_cache(maxsize=4096)
def imitated(domain: str, known: frozenset[str] = WELL_KNOWN) -> str:
    """Return the domain of `known` that `domain` (lower case) can be taken for, "" where there is none."""
    own = registrable(domain)
    if own in known or not domain:
        return ""
    shown = skeleton(unicode_domain(own))
    name, _, rest = own.partition(".")
    for other, shape, wanted, end in _shapes(known):
        if shape == shown or domain.startswith(f"{other}.") or (rest == end and _mistyped(name, wanted)):
            return other
    return ""


@lru_cache(maxsize=16)
def _shapes(known: frozenset[str]) -> tuple[tuple[str, str, str, str], ...]:
    """Return what each domain of `known` is compared by: itself, its skeleton, its name and what stands behind that."""
    return tuple((other, skeleton(other), other.partition(".")[0], other.partition(".")[2]) for other in sorted(known))


def _mistyped(name: str, wanted: str) -> bool:
    """Whether two names of some length differ by one letter left out, put in, changed, or by two that changed places."""
    if len(wanted) < _LONG_NAME or abs(len(name) - len(wanted)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(name, wanted, strict=False)) if a != b), min(len(name), len(wanted)))
    left, right = name[start:], wanted[start:]
    swapped = left[1:2] + left[:1] + left[2:]
    return right in (left[1:], swapped) or right[1:] in (left, left[1:])
