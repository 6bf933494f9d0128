"""Address lists of RFC 5322, read the way people and programs really write them.

Room: adapters. In: an unfolded header value with its encoded words still undecoded, since a decoded name may hold commas
and angle brackets. Out: mailboxes with decoded names. One pass, at most 2,000 addresses, never raises.
"""

from __future__ import annotations

import re

from mailcrm.adapters.mime.headers import decode_words
from mailcrm.adapters.mime.hints import Hints
from mailcrm.domain.message import Address

__all__ = ["ADDRESS_CAP", "read_addresses"]

ADDRESS_CAP = 2_000
_MARKS = re.compile(r'\\.|[",;:<>()]', re.DOTALL)
_SIMPLE = re.compile(r'(?:"([^"\\<>]*)"|([^"\\<>,;:()@]*))\s?<([^<>\s@,;:"]+@[^<>\s@,;:"]+)>')
_BARE = re.compile(r"[^\s<>\"',;:()\[\]]+@[^\s<>\"',;:()]+")
_LISTED = re.compile(
    r"""\s*+(?:(?:"([^"\\<>]*+)"\s?|([^"\\<>,;:()@]*+))<([^\\'<>\s@,;:"()]++@[^\\'<>\s@,;:"()]++)>"""
    r"""|([^\s<>"',;:()\[\]\\@]++@[^\s<>"',;:()\[\]\\@]++))\s*+(?:,|\Z)"""
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def read_addresses(value: str, hints: Hints) -> tuple[Address, ...]:
    """Return the mailboxes of `value` in order; groups are flattened, comments serve as names where no name stands."""
    if not value:
        return ()
    simple = _SIMPLE.fullmatch(value)
    if simple:
        return (Address(_name(simple[1] or simple[2] or "", hints), simple[3]),)
    listed = _listed(value, hints)
    return _as_written(value, hints) if listed is None else tuple(listed)


def _listed(value: str, hints: Hints) -> list[Address] | None:
    """Return the mailboxes of a plain list, `Name <a@b>` or `a@b` and a comma; None for any other."""
    addresses: list[Address] = []
    position = 0
    while position < len(value) and len(addresses) < ADDRESS_CAP:
        found = _LISTED.match(value, position)
        if found is None:
            return None
        quoted, name, spec, bare = found.groups()
        addresses.append(Address("", bare) if bare else Address(_name(quoted or name or "", hints), spec))
        position = found.end()
    return addresses


def _as_written(value: str, hints: Hints) -> tuple[Address, ...]:
    """Read any list, sign by sign."""
    addresses: list[Address] = []
    pending = ""
    for segment in _segments(value, quotes=True):
        if len(addresses) >= ADDRESS_CAP:
            break
        found = _mailbox(segment, hints)
        if found is None:
            continue
        if not found.addr_spec:
            # "Doe, John <j@x.example>" without quotes: a name that a comma cut in two.
            pending = f"{pending}, {found.display_name}" if pending else found.display_name
            continue
        if pending and found.display_name:
            found = Address(f"{pending}, {found.display_name}", found.addr_spec)
        addresses.append(found)
        pending = ""
    if pending and not addresses:
        addresses.append(Address(pending, ""))
    return tuple(addresses)


def _segments(value: str, *, quotes: bool) -> list[tuple[str, str, str]]:
    """Cut at commas and semicolons of the top level: (text outside, text inside angle brackets, comment) each."""
    cutter = _Cutter(quotes=quotes)
    position = 0
    for mark in _MARKS.finditer(value):
        cutter.target.append(value[position : mark.start()])
        cutter.sign(mark[0])
        position = mark.end()
        if len(cutter.segments) > 2 * ADDRESS_CAP:
            return cutter.segments
    if cutter.in_quotes:
        return _segments(value.replace('"', " "), quotes=False)
    cutter.target.append(value[position:])
    cutter.cut()
    return cutter.segments


class _Cutter:
    """Reads one address list, sign by sign."""

    def __init__(self, *, quotes: bool) -> None:
        self.quotes = quotes
        self.segments: list[tuple[str, str, str]] = []
        self.in_quotes = self.in_angle = False
        self.depth = 0
        self._begin()

    def _begin(self) -> None:
        self.outside: list[str] = []
        self.angle: list[str] = []
        self.comment: list[str] = []

    @property
    def target(self) -> list[str]:
        if self.depth:
            return self.comment
        return self.angle if self.in_angle else self.outside

    def cut(self) -> None:
        self.segments.append(("".join(self.outside), "".join(self.angle), "".join(self.comment)))
        self._begin()
        self.in_angle = False

    def sign(self, sign: str) -> None:
        if sign == '"' and self.quotes and not self.depth:
            self.in_quotes = not self.in_quotes
            self.target.append(sign)
        elif self.in_quotes:
            self.target.append(sign)
        elif sign in "()" and not self.in_angle:
            self.depth = max(0, self.depth + (1 if sign == "(" else -1))
        elif self.depth:
            self.comment.append(sign)
        else:
            self._top_level(sign)

    def _top_level(self, sign: str) -> None:
        if sign in "<>":
            self.in_angle = sign == "<"
        elif sign == ";" or (sign == "," and not self.in_angle):
            self.cut()
        elif sign == ":" and not self.in_angle:
            self.outside.clear()  # the name of a group
        else:
            self.target.append(sign)


def _mailbox(segment: tuple[str, str, str], hints: Hints) -> Address | None:
    outside, angle, comment = (text.strip() for text in segment)
    if angle:
        name = outside or comment
        spec = _spec(angle.rpartition(":")[2] if angle.startswith("@") else angle)
        return Address(_name(name, hints), spec) if spec else Address(_name(name or angle, hints), "")
    bare = _BARE.search(outside)
    if bare:
        name = (outside[: bare.start()] + outside[bare.end() :]).strip(" \"'[]")
        return Address(_name(name or comment, hints), bare[0])
    if "@" in outside:
        spec = _spec(outside)
        return Address(_name(comment, hints), spec)
    return Address(_name(outside or comment, hints), "") if outside or comment else None


def _spec(text: str) -> str:
    text = text.strip()
    if '"' in text:
        return text
    text = "".join(text.split())
    return text.removeprefix("mailto:").strip("'")


def _name(text: str, hints: Hints) -> str:
    text = text.strip()
    if '"' in text:
        text = _ESCAPED.sub(r"\1", text.replace('\\"', "\x00").replace('"', "")).replace("\x00", '"')
    elif "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    text = decode_words(text, hints).strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    return " ".join(text.split())
