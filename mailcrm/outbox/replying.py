"""What a reply takes over from the mail that it answers: subject, recipients, references, the quoted text.

Room: outbox. In: values of the original, all of them untrusted. Out: values for a `Draft`. Nothing here fails on an odd
original: a customer with a broken mail program is answered too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from mailcrm.domain.message import Address, ParsedMail
from mailcrm.domain.threading import without_prefixes
from mailcrm.outbox.dates import full_moment
from mailcrm.outbox.headers import is_identifier, is_safe

__all__ = ["attribution", "clean_text", "quoted", "reference_chain", "reply_recipients", "reply_subject"]

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_SUBJECT_CONTROL = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")

_LONGEST_SUBJECT = 400
_LONGEST_CHAIN = 20
_QUOTED_LINES = 1000
_QUOTED_LINE = 4000

_WROTE = {
    "en": "On {date}, {name} wrote:",
    "zh": "{date}，{name} 写道：",
    "es": "El {date}, {name} escribió:",
    "de": "Am {date}, schrieb {name}:",
    "fr": "Le {date}, {name} a écrit :",
    "pt": "Em {date}, {name} escreveu:",
    "ru": "{date}, {name} пишет:",
}


def clean_text(text: str) -> str:
    r"""Return `text` with \n line ends and without control characters (tabs stay) or broken surrogates."""
    plain = _CONTROL.sub("", _LINE_END.sub("\n", text))
    return plain.encode("utf-8", "replace").decode("utf-8")


def reply_subject(subject: str) -> str:
    """Return "Re: " and the base subject (RFC 5256 2.1), whatever prefixes stand there; a tag such as [PO 8812] stays."""
    base = _SUBJECT_CONTROL.sub(" ", clean_text(subject).replace("\n", " ")).strip()
    base = without_prefixes(base)
    if not is_safe(base):  # an encoded word that hides a line end: shown as it stands, never decoded again
        base = base.replace("=?", "= ?")
    return f"Re: {base[:_LONGEST_SUBJECT].strip()}".strip()


def reply_recipients(
    original: ParsedMail, is_ours: Callable[[Address], bool]
) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """Return (to, cc): Reply-To or From of the original, its Cc without ours and without anybody twice."""
    to = _once(original.reply_to or (original.from_,), ())
    cc = _once((address for address in original.cc if not is_ours(address)), to)
    return to, cc


def _once(addresses: Iterable[Address], taken: Sequence[Address]) -> tuple[Address, ...]:
    seen = {address.key for address in taken}
    kept = []
    for address in addresses:
        if address.addr_spec and address.key not in seen:
            seen.add(address.key)
            kept.append(Address(_shown_name(address), address.addr_spec))
    return tuple(kept)


def _shown_name(address: Address) -> str:
    name = " ".join(clean_text(address.display_name).split())
    return name if is_safe(name) else ""


def reference_chain(message_id: str, references: Sequence[str] = (), in_reply_to: str = "") -> tuple[str, ...]:
    """Return the References of a reply to `message_id` (RFC 5322 3.6.4): the parent's chain, then the parent.

    A long chain keeps its first and its newest identifiers; what isn't an identifier is left out.
    """
    chain = [*(references or ((in_reply_to,) if in_reply_to else ())), message_id]
    kept = [known for known in dict.fromkeys(reversed(chain)) if is_identifier(known)][::-1]
    return tuple(kept if len(kept) <= _LONGEST_CHAIN else [kept[0], *kept[-_LONGEST_CHAIN + 1 :]])


def attribution(name: str, date: datetime, language: str) -> str:
    """Return the line above a quoted mail, in the mail's `language`; `date` is aware, in the zone to be shown."""
    shown = " ".join(clean_text(name).split())[:120]
    return _WROTE.get(language, _WROTE["en"]).format(date=full_moment(date, language), name=shown)


def quoted(original_body: str, attribution: str) -> str:
    """Return the attribution and the original, each line behind "> " (RFC 3676 4.5: no space before another ">")."""
    lines = clean_text(original_body).strip("\n").split("\n")
    shown = [f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in _bounded(lines)]
    return "\n".join([attribution, *shown])


def _bounded(lines: Sequence[str]) -> list[str]:
    shown = [line if len(line) <= _QUOTED_LINE else line[:_QUOTED_LINE] + " […]" for line in lines[:_QUOTED_LINES]]
    return shown if len(lines) <= _QUOTED_LINES else [*shown, "[…]"]
