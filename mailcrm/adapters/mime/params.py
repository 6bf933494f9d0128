"""Parameters of Content-Type and Content-Disposition.

Room: adapters. In: an unfolded header value. Out: its main word and its parameters, continuations joined and charsets
decoded (RFC 2231), encoded words inside them too (RFC 2047, forbidden there and everywhere in use). Never raises.
"""

from __future__ import annotations

import re

from mailcrm.adapters.mime.charset import decode
from mailcrm.adapters.mime.headers import decode_words
from mailcrm.adapters.mime.hints import Hints

__all__ = ["read_params"]

_MAIN = re.compile(r"\s*([!-:<-~]*+)\s*(?:;|$|\s)")
_PARAM = re.compile(r"""[\s;]*+([^\s=;"]++)\s*+=\s*+(?:"((?:[^"\\]++|\\.)*+)"?+|([^;]*+))""", re.DOTALL)
_PLAIN = re.compile(r"""([!-:<-~]++)(?:;[ ]?([a-zA-Z-]++)=(?:"([^"\\]*+)"|([^\s";]++)))?""")
_SECTION = re.compile(r"([^*]+)\*(?:(\d{1,3})(\*)?)?")
_PARAMS_CAP = 200
_LONGEST = 65_536


def read_params(value: str, hints: Hints) -> tuple[str, dict[str, str]]:
    """Return (main word in lower case, {lower-case name: text}); of a repeated name the first counts."""
    value = value[:_LONGEST]
    plain = _PLAIN.fullmatch(value)  # one parameter or none, as nearly all have
    if plain:
        said, name, quoted, bare = plain.groups()
        return said.lower(), {name.lower(): decode_words(bare or quoted, hints)} if name else {}
    return _read_any(value, hints)


def _read_any(value: str, hints: Hints) -> tuple[str, dict[str, str]]:
    main = _MAIN.match(value)
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[bool, str]]] = {}
    position = main.end() if main else 0
    for _ in range(_PARAMS_CAP):
        found = _PARAM.match(value, position) if position < len(value) else None
        if found is None:
            break
        position = found.end()
        name, text = found[1].lower(), _value(found)
        section = _SECTION.fullmatch(name) if "*" in name else None
        if section:
            extended = section[2] is None or section[3] is not None
            sections.setdefault(section[1], {}).setdefault(int(section[2] or 0), (extended, text))
        else:
            plain.setdefault(name, text)
    if "=?" in value:
        plain = {name: decode_words(text, hints) for name, text in plain.items()}
    for name, parts in sections.items():
        plain[name] = _join(parts, hints)
    return (main[1].lower() if main else ""), plain


def _value(found: re.Match[str]) -> str:
    if found[2] is not None:
        return re.sub(r"\\(.)", r"\1", found[2]) if "\\" in found[2] else found[2]
    return found[3].strip().rstrip('"')


def _join(parts: dict[int, tuple[bool, str]], hints: Hints) -> str:
    """Join RFC 2231 sections: bytes first, since a character may be split over two of them."""
    from urllib.parse import unquote_to_bytes

    charset, data = "", b""
    for number in sorted(parts):
        extended, text = parts[number]
        if extended and number == min(parts) and text.count("'") >= 2:  # noqa: PLR2004  (charset'language'text)
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if extended else text.encode("utf-8", "surrogateescape")
    text, _ = decode(data, charset, hints)
    return decode_words(text.replace("\x00", ""), hints)
