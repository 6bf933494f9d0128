"""Making foreign text showable: nothing that a mail, a file or a server says may steer a terminal.

Room: domain. In: any `str`, hostile or not. Out: a `str` fit for a terminal, a log line or a file name (safety.md,
"Untrusted text"). Control sequences are those of ECMA-48 in their 7-bit and 8-bit forms. Linear time everywhere.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["printable_block", "printable_line", "safe_filename"]

_STRING_START = r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])"
# The payload stops at the next introducer too, so that a row of unterminated ones costs one pass, not one pass each.
_STRING = _STRING_START + r"[^\x07\x1b\x9c\x90\x98\x9d-\x9f]*+(?:\x07|\x1b\\|\x9c)"
_CSI = r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]"
_SEQUENCES = re.compile(f"{_STRING}|{_CSI}")

_BIDI = {
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip
_SUSPECT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NOT_IN_BLOCKS = re.compile(
    "[\u200b\u200e\u200f\u061c\u2060-\u2065\u206a-\u206f\ufeff\u180e\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_EMOJI = "\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_NOT_IN_LINES = re.compile(
    f"[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200c\u3164\uffa0\ufe00-\ufe0e]|(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])"
)
_LINE_BREAKS = re.compile(r"[\t\n\x0b\x0c\r\u2028\u2029]+")
_BLOCK_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\u2028\u2029]")

_C0, _DEL, _C1_END = 0x20, 0x7F, 0xA0
_ESCAPED_BYTES = range(0xDC80, 0xDD00)

_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?=\s*(?:\.|$))")
_NOT_IN_NAMES = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_NAME_BYTES = 200
_EXTENSION = 16


def printable_line(text: str) -> str:
    """Return `text` as one showable line: no control sequences, no line breaks, no invisible characters.

    For names, subjects, addresses and log lines. ZWJ stays inside emoji; the zero-width non-joiner goes, though Persian
    words lose a little of their looks by it, because names are where look-alikes are sold.
    """
    if text.isascii() and text.isprintable():
        return text
    cleaned = _LINE_BREAKS.sub(" ", _SEQUENCES.sub("", text))
    return _shown(_NOT_IN_LINES.sub("", _NOT_IN_BLOCKS.sub("", cleaned)), keep="")


def printable_block(text: str) -> str:
    r"""Return `text` as showable lines joined by `\n`; tabs stay. Joiners stay too: scripts need them in running text."""
    cleaned = _BLOCK_BREAKS.sub("\n", _SEQUENCES.sub("", text))
    return _shown(_NOT_IN_BLOCKS.sub("", cleaned), keep="\n\t")


def _shown(text: str, keep: str) -> str:
    """Make what is left of control and bidi characters visible, but for those in `keep`."""
    return _SUSPECT.sub(lambda found: found[0] if found[0] in keep else _visible(found[0]), text)


def _visible(char: str) -> str:
    if char in _BIDI:
        return f"‹{_BIDI[char]}›"
    code = ord(char)
    if code < _C0:
        return chr(0x2400 + code)
    if code == _DEL:
        return "\u2421"
    if code < _C1_END:
        return f"\\x{code:02x}"
    if code in _ESCAPED_BYTES:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}"


def safe_filename(name: str) -> str:
    """Return the last component of `name`, fit for every file system: "attachment" where nothing is left.

    No separators, NUL, control or bidi characters, device names (CON, LPT1 …), leading dots, trailing dots or spaces;
    at most 200 bytes of UTF-8, the extension kept.
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    base = printable_line(_NOT_IN_NAMES.sub("", _SEQUENCES.sub("", base)))
    base = _FORBIDDEN.sub("_", base).strip().strip(". ")
    if _DEVICES.match(base):
        base = f"_{base}"
    return _shortened(base) or "attachment"


def _shortened(name: str) -> str:
    if len(name.encode()) <= _NAME_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > _EXTENSION:
        stem, dot, extension = name, "", ""
    room = _NAME_BYTES - len((dot + extension).encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + dot + extension
