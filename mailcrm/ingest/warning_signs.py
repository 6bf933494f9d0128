"""What about a mail should make its reader careful, as far as the mail itself tells.

Room: ingest. In: a parsed mail and its newest text. Out: (code, what was seen) pairs. Codes (cli.md): bidi, zero_width,
display_name_spoof, reply_to_mismatch, lookalike_domain, bank_details. What needs the customer file is judged elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailcrm.domain.bank import accounts_in
from mailcrm.domain.lookalike import imitated
from mailcrm.domain.message import Address, ParsedMail
from mailcrm.domain.newest import Newest
from mailcrm.domain.parties import registrable
from mailcrm.domain.patterns import lazy_pattern

__all__ = ["warning_signs"]

Sign = tuple[str, str]

_BIDI = lazy_pattern("[\u202a-\u202e\u2066-\u2069]")
_ZERO_WIDTH = lazy_pattern("[\u200b\u2060\ufeff\U000e0000-\U000e007f]|(?<=[a-zA-Z0-9@.])[\u200c\u200d\u00ad]")
_ADDRESS = lazy_pattern(r"[^\s<>@\"'()\[\],;:]{1,64}@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6})", re.IGNORECASE)
_PEOPLE_CAP = 20
_SHOWN = 200


def warning_signs(mail: ParsedMail, said: str, newest: Newest | None = None) -> tuple[Sign, ...]:
    """Return the signs, each once; `said`: the newest part of the text, `newest`: the same as phrases are looked for in it."""
    senders = [one for one in (mail.from_, mail.sender, *mail.reply_to[:_PEOPLE_CAP]) if one.addr_spec]
    signs = (*_invisible(mail, senders), *_names(senders), *_reply_to(mail), *_domains(senders), *_bank(said, newest))
    return tuple(dict.fromkeys(signs))


def _invisible(mail: ParsedMail, senders: list[Address]) -> Iterator[Sign]:
    """Look for characters that turn the reading order or can't be seen, where names and titles are read."""
    people = (*senders, *mail.to[:_PEOPLE_CAP], *mail.cc[:_PEOPLE_CAP])
    names = [one.display_name + one.addr_spec for one in people]
    texts = [mail.subject, *names, *[file.filename for file in mail.attachments]]
    if "".join(texts).isascii():
        return
    for text in texts:
        if text.isascii():
            continue
        for code, pattern in (("bidi", _BIDI), ("zero_width", _ZERO_WIDTH)):
            found = pattern.search(text)
            if found:
                yield code, f"U+{ord(found[0]):04X}: {text[:_SHOWN]}"


def _names(senders: list[Address]) -> Iterator[Sign]:
    """Look for a sender whose name is somebody else's address."""
    for one in senders:
        found = _ADDRESS.search(one.display_name) if "@" in one.display_name else None
        if found and registrable(found[1].lower()) != registrable(one.domain):
            yield "display_name_spoof", f"{found[0]} <{one.addr_spec}>"


def _reply_to(mail: ParsedMail) -> Iterator[Sign]:
    if not mail.from_.domain:
        return
    for one in mail.reply_to[:_PEOPLE_CAP]:
        if one.domain and registrable(one.domain) != registrable(mail.from_.domain):
            yield "reply_to_mismatch", f"{mail.from_.addr_spec} / {one.addr_spec}"


def _domains(senders: list[Address]) -> Iterator[Sign]:
    for one in senders:
        other = imitated(one.domain)
        if other:
            yield "lookalike_domain", f"{one.domain} / {other}"


def _bank(said: str, newest: Newest | None) -> Iterator[Sign]:
    accounts = accounts_in(said, newest)
    if accounts:
        yield "bank_details", ", ".join(accounts)
