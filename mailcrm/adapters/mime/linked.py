"""The links of a mail, read when a person asks for them.

Room: adapters. In: the raw mail and its leaves. Out: `Link`s (domain/links.py): of HTML the words and the target of each link that can
be seen, of plain text the addresses in it. Nothing is fetched. Never raises.
"""

from __future__ import annotations

from mailcrm.adapters.mime.body import read_texts
from mailcrm.adapters.mime.hints import Hints
from mailcrm.adapters.mime.links import is_link, real_host
from mailcrm.adapters.mime.split import Leaf
from mailcrm.domain.links import Link, urls_in

__all__ = ["read_links"]

_MANY = 300


def read_links(raw: bytes, leaves: list[Leaf], hints: Hints) -> tuple[Link, ...]:
    """Return the links of `raw`, each once, in order: those of HTML first, since their words may say something else."""
    from mailcrm.adapters.mime.html import html_links  # the HTML parser is a large import

    texts = read_texts(raw, leaves, hints)
    found = [link for text, html in texts if html for link in html_links(text)]
    found += [(url, url) for text, html in texts if not html for url in urls_in(text)]
    links: dict[tuple[str, str], Link] = {}
    known: set[str] = set()
    for shown, target in found:
        url = real_host(target)
        words = shown or url
        if is_link(url) and not (words == target and url in known):
            links.setdefault((words, url), Link(words, url))
            known.add(url)
    return tuple(links.values())[:_MANY]
