"""Header fields of a mail that leaves, safe by construction.

Room: outbox. In: text, addresses and identifiers as values. Out: header lines in 7-bit ASCII, folded with CRLF.

Every value is looked at raw and after RFC 2047 decoding: a reader, a gateway or a library that decodes once more than we
encode must not find a line end in it (`=?utf-8?q?x=0d=0aBcc:…?=` became a real Bcc line in two Python releases). Words
are encoded here and not by `email.policy`, which folds long identifiers into encoded words that nobody can match.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Sequence
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import quote

from mailcrm.domain.errors import ComposeError
from mailcrm.domain.message import Address
from mailcrm.domain.words import say

__all__ = [
    "address_list",
    "checked",
    "envelope_address",
    "identifiers",
    "is_identifier",
    "is_safe",
    "parameter",
    "text_field",
]

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLAIN_TEXT = re.compile(r"[!-~]{1,60}(?: [!-~]{1,60})*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,60}(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,60})*")
_DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_BARE_LOCAL = re.compile(r'[^\s"\\<>()\[\]:;,@]+')
_QUOTED_LOCAL = re.compile(r'"(?:[ !#-\[\]-~]|\\[ -~])*"')
_HOST_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_IDENTIFIER = re.compile(r"[!-;=?-~]{1,900}")

_WIDTH = 76
_WORD_OCTETS = 39  # in Subject, behind the field's name
_NAME_OCTETS = 45  # the most that one word holds: some readers put a space between two words of a name
_DECODING_ROUNDS = 4
_LONGEST_ADDRESS = 254  # RFC 5321 4.5.3.1.3: a path of 256 octets with its angle brackets


def checked(field: str, value: str) -> str:
    """Return `value`, or raise ComposeError where it holds a control character, raw or after RFC 2047 decoding."""
    if not is_safe(value):
        raise ComposeError(
            say("The field “{field}” holds a line break or another control character.", field=field),
            say("Type the text of that field again; pasted text can hide such characters."),
        )
    return value


def is_safe(value: str) -> bool:
    """Whether `value` stays on one line however often it is decoded."""
    for _round in range(_DECODING_ROUNDS):
        if _CONTROL.search(value):
            return False
        decoded = _decoded(value)
        if decoded == value:
            return True
        value = decoded
    return False


def _decoded(value: str) -> str:
    if "=?" not in value:
        return value
    try:
        chunks = decode_header(value)
    except (HeaderParseError, binascii.Error, ValueError):
        return value
    return "".join(chunk if isinstance(chunk, str) else _chunk_text(chunk, charset) for chunk, charset in chunks)


def _chunk_text(chunk: bytes, charset: str | None) -> str:
    try:
        return chunk.decode(charset or "latin-1")
    except (LookupError, UnicodeDecodeError):
        return chunk.decode("latin-1")


def text_field(name: str, value: str) -> str:
    """Return the line(s) of an unstructured field such as Subject (RFC 5322 3.6.5)."""
    checked(name, value)
    if "=?" not in value and (not value or _PLAIN_TEXT.fullmatch(value)):
        return _fold(name, value.split(" "), "")
    return f"{name}: " + "\r\n ".join(_encoded_words(value, _WORD_OCTETS))


def _fold(name: str, words: Sequence[str], between: str) -> str:
    lines, line = [], f"{name}:"
    for place, word in enumerate(words):
        piece = word + between if place < len(words) - 1 else word
        if place and len(line) + 1 + len(piece) > _WIDTH:
            lines.append(line)
            line = ""
        line += f" {piece}"
    return "\r\n".join([*lines, line])


def _encoded_words(value: str, most: int) -> list[str]:
    """Return RFC 2047 words of at most `most` octets each (75 characters), none of which cuts a character in two."""
    chunks: list[bytes] = [b""]
    for character in value:
        octets = character.encode()
        if len(chunks[-1]) + len(octets) > most:
            chunks.append(b"")
        chunks[-1] += octets
    return [f"=?utf-8?b?{base64.b64encode(chunk).decode('ascii')}?=" for chunk in chunks]


def address_list(name: str, addresses: Sequence[Address]) -> str:
    """Return the line(s) of From, To or Cc (RFC 5322 3.6.2, 3.6.3)."""
    return f"{name}: " + ",\r\n ".join(_mailbox(name, address) for address in addresses)


def _mailbox(field: str, address: Address) -> str:
    spec = envelope_address(address)
    shown = checked(field, address.display_name).strip()
    if not shown:
        return spec
    return f"{_phrase(shown)} <{spec}>"


def _phrase(shown: str) -> str:
    if "=?" not in shown and _ATOMS.fullmatch(shown):
        return shown
    if "=?" not in shown and _PLAIN_TEXT.fullmatch(shown) and len(shown) < _WIDTH:
        return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "\r\n ".join(_encoded_words(shown, _NAME_OCTETS))


def envelope_address(address: Address) -> str:
    """Return the ASCII form of an address for RFC 5321: the domain in punycode, an odd local part quoted."""
    written = checked("address", address.addr_spec)
    local, at, domain = written.strip().rpartition("@")
    host = _ascii_domain(domain)
    if not (at and host and local.isascii() and (_BARE_LOCAL.fullmatch(local) or _QUOTED_LOCAL.fullmatch(local))):
        raise _unusable(written, local)
    spec = f"{local}@{host}" if _DOT_ATOM.fullmatch(local) or local.startswith('"') else f'"{local}"@{host}'
    if len(spec) > _LONGEST_ADDRESS:
        raise _unusable(written, local)
    return spec


def _unusable(written: str, local: str) -> ComposeError:
    if local and not local.isascii():
        return ComposeError(
            say(
                "The address “{address}” has non-Latin letters before the @, and mail can't be sent there.",
                address=written,
            ),
            say("Ask the contact for an address in Latin letters and put it into the file."),
        )
    return ComposeError(
        say("“{address}” is not an address that mail can be sent to.", address=written),
        say("Correct it: name@company.example, one address in each field."),
    )


def _ascii_domain(domain: str) -> str:
    """Return the domain in ASCII, "" where it is none. IDNA 2008 letters (RFC 5891): ß stays ß, unlike in Python's codec."""
    labels = unicodedata.normalize("NFKC", domain).replace("\u3002", ".").lower().split(".")
    plain = [_ascii_label(label) for label in labels]
    return ".".join(plain) if all(_HOST_LABEL.fullmatch(label) for label in plain) else ""


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    if not all(sign.isalnum() or sign == "-" or unicodedata.category(sign).startswith("M") for sign in label):
        return ""
    return "xn--" + label.encode("punycode").decode("ascii")


def is_identifier(written: str) -> bool:
    """Whether `written` (no angle brackets) can stand in a header as a Message-ID."""
    return bool(_IDENTIFIER.fullmatch(written))


def identifiers(name: str, ids: Sequence[str]) -> str:
    """Return the line(s) of Message-ID, In-Reply-To or References (RFC 5322 3.6.4); `ids` without angle brackets.

    An identifier never becomes an encoded word: one that is too long for its line just gets a line of its own.
    """
    for identifier in ids:
        if not is_identifier(identifier):
            raise ComposeError(
                say("“{identifier}” can't stand in the field “{field}”.", identifier=identifier, field=name),
                say("Write a new mail instead of a reply."),
            )
    return _fold(name, [f"<{identifier}>" for identifier in ids], "")


def parameter(name: str, value: str) -> str:
    """Return `; name=…` for a MIME header (RFC 2045 5.1), in RFC 2231 continuations where plain ASCII won't do."""
    checked(name, value)
    if _PLAIN_TEXT.fullmatch(value) and len(value) < _WIDTH - len(name) - 5 and not re.search(r'["\\%]|=\?', value):
        return f';\r\n {name}="{value}"'
    plain = f"{name}*=utf-8''{quote(value, safe='')}"
    if len(plain) < _WIDTH:
        return f";\r\n {plain}"
    pieces = _percent_pieces(value, _WIDTH - len(name) - len("; *00*=utf-8''"))
    return "".join(
        f";\r\n {name}*{place}*={chr(39).join(('utf-8', '', '')) if place == 0 else ''}{piece}"
        for place, piece in enumerate(pieces)
    )


def _percent_pieces(value: str, width: int) -> list[str]:
    pieces = [""]
    for character in value:
        encoded = quote(character, safe="")
        if len(pieces[-1]) + len(encoded) > width:
            pieces.append("")
        pieces[-1] += encoded
    return pieces
