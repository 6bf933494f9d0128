"""Links in mail: where they lead, and whether their words say something else.

Room: domain. In: text, the words of a link, its target (the host of an international domain as the network knows it). Out: targets,
hosts, a warning. Nothing is fetched. Never raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from mailcrm.domain.parties import registrable

__all__ = ["Link", "can_be_opened", "footnotes", "host_of", "is_foreign", "misleads", "urls_in", "with_hosts"]

_URL = re.compile(
    r"(?i)(?<![a-z0-9])(?:https?://|ftp://|www\.)[^\s<>\"“”‘’«»（）【】《》，。；、！？\x00-\x1f\x7f]{1,2000}"
)
_AFTER = ".,;:!?'*_~"
_NOTE = re.compile(r"(?m)^\[(\d{1,3})\] (\S+)$")
_MARK = re.compile(r"\[(\d{1,3})\](?! \w+:)")
_NAMED = re.compile(r"(?i)(?:(?:https?|ftp)://)?((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})(?::\d{1,5})?(?:[/?#]\S*)?/?")
_OPENED = ("http", "https")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a mail: its words (its target where there are none), and where it leads."""

    shown: str
    url: str


def urls_in(text: str) -> list[str]:
    """Return the addresses of pages that stand in plain text, each once, without what only ends the sentence."""
    found: dict[str, None] = {}
    for match in _URL.finditer(text):
        url = match[0].rstrip(_AFTER)
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(_AFTER)
        found[url if "://" in url else f"http://{url}"] = None
    return list(found)


def host_of(url: str) -> str:
    """Return the host that `url` leads to: what stands before an @ is no host; of a mail address or a phone, all of it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.netloc else parts.path


def can_be_opened(url: str) -> bool:
    """Whether a browser may be asked for `url`: a page of the web with a host."""
    try:
        return urlsplit(url).scheme.lower() in _OPENED and bool(host_of(url))
    except ValueError:
        return False


def is_foreign(url: str) -> bool:
    """Whether the host is an international one, written in letters that may look like others."""
    host = host_of(url)
    return not host.isascii() or any(label.startswith("xn--") for label in host.split("."))


def misleads(shown: str, url: str) -> bool:
    """Whether the words of a link name another house than it leads to."""
    named = _NAMED.fullmatch(shown.strip())
    if not named or not can_be_opened(url):
        return False
    return registrable(named[1].lower()) != registrable(host_of(url).lower())


def footnotes(body: str) -> dict[str, str]:
    """Return the targets of the numbered links of a text that was HTML, by their number."""
    return {note[1]: note[2] for note in _NOTE.finditer(body)}


def with_hosts(text: str, notes: dict[str, str]) -> str:
    """Return `text` with the host that each numbered link really leads to beside its number."""

    def told(mark: re.Match[str]) -> str:
        host = host_of(notes.get(mark[1], ""))
        return f"[{mark[1]} {host}]" if host else mark[0]

    return _MARK.sub(told, text) if notes else text
