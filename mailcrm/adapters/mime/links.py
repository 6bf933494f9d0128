"""Links of HTML mail: which ones are shown, and with which host.

Room: adapters. In: the target of a link and its text. Out: whether it leads anywhere, whether the text tells it already,
the address to show. Nothing is fetched. Never raises.
"""

from __future__ import annotations

import re

__all__ = ["is_link", "real_host", "says_itself"]

_URL_CAP, _HOST_CAP = 2_000, 253
_LINK = re.compile(r"(?i)(?:https?|ftps?|mailto|tel):\S")
_HOST = re.compile(r"(?i)([a-z]+://(?:[^/?#@]*@)?)([^/?#:]*)(.*)", re.DOTALL)


def is_link(target: str) -> bool:
    """Whether `target` leads out of the mail: the web, a file server, an address, a phone."""
    return bool(_LINK.match(target))


def says_itself(shown: str, target: str) -> bool:
    """Whether the text of a link is its target, so that a footnote would say it twice."""
    plain = re.sub(r"(?i)^(?:https?://|mailto:|tel:)|/$", "", target).partition("?")[0].lower()
    return plain in shown.lower() or re.sub(r"(?i)^https?://|/$", "", shown).lower() == plain


def real_host(url: str) -> str:
    """Write the host of an international domain as the network knows it, so that look-alikes show."""
    url = url[:_URL_CAP]
    found = _HOST.fullmatch("".join(url.split()))
    if not found or found[2].isascii() or len(found[2]) > _HOST_CAP:
        return "".join(url.split())
    try:
        host = found[2].encode("idna").decode("ascii")
    except UnicodeError:
        return "".join(url.split())
    return f"{found[1]}{host}{found[3]}"
