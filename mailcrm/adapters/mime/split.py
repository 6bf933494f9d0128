"""The MIME tree of a mail, found by a byte scan.

Room: adapters. In: the raw mail. Out: its header block and its leaves as offsets into the raw bytes (RFC 2046). Never
raises. Caps of safety.md: depth 50, 1,000 parts, 1 MB of headers; what lies beyond stays unread and leaves a defect.

A multipart's own delimiters are looked for only inside what its parent gave it, so an unclosed inner part ends where the
outer one goes on. An attached mail (message/rfc822) is a leaf: nobody looks inside it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from mailcrm.adapters.mime.headers import Block, read_block
from mailcrm.adapters.mime.hints import Hints
from mailcrm.adapters.mime.params import read_params

__all__ = ["DEPTH_CAP", "PARTS_CAP", "Leaf", "Tree", "split"]

DEPTH_CAP = 50
PARTS_CAP = 1_000
_HEADERS_CAP = 1_000_000
_LONGEST_BOUNDARY = 1_000
_FALSE_ALARMS = 10_000
_GUESS = re.compile(rb"(?:\A|\n)--([!-~]{4,70})[ \t]*\r*\n(?=[Cc]ontent-)")
_GUESS_WITHIN = 65_536
_BLANKS = 8
_SAID_TWICE = 2
_TYPE = re.compile(r"[a-z0-9][\w.+-]*/[\w.+*-]+", re.ASCII)


class Leaf(NamedTuple):
    """A part without parts.

    `parents`: the multiparts it stands in as (content type, number), outermost first; `place`: its number in the innermost.
    """

    block: Block
    content_type: str
    params: dict[str, str]
    start: int
    end: int
    parents: tuple[tuple[str, int], ...] = ()
    place: int = 0


@dataclass(slots=True)
class Tree:
    """The header block of the mail, its content type, its leaves in order, and short defect codes."""

    block: Block
    content_type: str = "text/plain"
    leaves: list[Leaf] = field(default_factory=list)
    defects: dict[str, None] = field(default_factory=dict)
    parts: int = 0
    header_bytes: int = 0


def split(raw: bytes, hints: Hints) -> Tree:
    """Return the tree of `raw`, whose lines end in LF or CRLF."""
    block = read_block(raw, 0, len(raw), hints)
    tree = Tree(block)
    tree.content_type, params = _content_type(raw, tree, block, len(raw), hints)
    _walk(raw, tree, _Node(block, tree.content_type, params, len(raw)), (), hints)
    return tree


class _Node(NamedTuple):
    block: Block
    content_type: str
    params: dict[str, str]
    end: int
    place: int = 0


def _content_type(
    raw: bytes, tree: Tree, block: Block, end: int, hints: Hints, default: str = "text/plain"
) -> tuple[str, dict[str, str]]:
    """Return what the part says it is: of several the multipart that its delimiters bear out, else the first that is none."""
    if block.defects:
        tree.defects.update(dict.fromkeys(block.defects))
    values = [text for name, text in block.fields if name == "content-type"]
    if len(values) > 1:
        tree.defects["duplicate_content_type"] = None
    said = [_read_type(text, hints) for text in values if text]
    if len(said) < _SAID_TWICE:
        return said[0] if said else (default, {})
    framed = (one for one in said if _is_framed(raw, block.body, end, one))
    leaves = (one for one in said if not one[0].startswith("multipart/"))
    return next(framed, None) or next(leaves, said[0])


def _read_type(text: str, hints: Hints) -> tuple[str, dict[str, str]]:
    main, params = read_params(text, hints)
    if _TYPE.fullmatch(main):
        return main, params
    return ("text/html" if "html" in main else "text/plain"), params


def _is_framed(raw: bytes, start: int, end: int, said: tuple[str, dict[str, str]]) -> bool:
    """Whether it is a multipart and a delimiter opens the body, or one closes it: without either, what stands there is a text."""
    boundary = said[1].get("boundary", "").rstrip() if said[0].startswith("multipart/") else ""
    token = b"--" + boundary.encode("utf-8", "replace")[:_LONGEST_BOUNDARY]
    opens = raw[start : min(end, start + len(token) + _BLANKS)].lstrip(b"\r\n").startswith(token)
    return bool(boundary) and (opens or raw.find(token + b"--", start, end) >= 0)


def _walk(raw: bytes, tree: Tree, node: _Node, parents: tuple[tuple[str, int], ...], hints: Hints) -> None:
    """Add the leaves below `node`."""
    boundary = node.params.get("boundary", "").rstrip() if node.content_type.startswith("multipart/") else ""
    start = node.block.body
    if node.content_type.startswith("multipart/"):
        if len(parents) >= DEPTH_CAP:
            tree.defects["depth_cap"] = None
            return
        pieces = _pieces(raw, start, node.end, boundary, tree)
        if pieces:
            parents = (*parents, (node.content_type, tree.parts))
            _walk_pieces(raw, tree, pieces, parents, hints)
            return
        tree.defects["missing_boundary"] = None
        node = _Node(node.block, "text/plain", {}, node.end, node.place)
    tree.leaves.append(
        Leaf(node.block, node.content_type, node.params, min(start, node.end), node.end, parents, node.place)
    )


def _walk_pieces(
    raw: bytes, tree: Tree, pieces: list[tuple[int, int]], parents: tuple[tuple[str, int], ...], hints: Hints
) -> None:
    default = "message/rfc822" if parents[-1][0] == "multipart/digest" else "text/plain"
    for place, (start, end) in enumerate(pieces):
        if tree.parts >= PARTS_CAP or tree.header_bytes > _HEADERS_CAP:
            tree.defects["parts_cap"] = None
            return
        tree.parts += 1
        block = read_block(raw, start, end, hints, "content-")
        tree.header_bytes += block.body - start
        content_type, params = _content_type(raw, tree, block, end, hints, default)
        _walk(raw, tree, _Node(block, content_type, params, end, place), parents, hints)


def _pieces(raw: bytes, start: int, end: int, boundary: str, tree: Tree) -> list[tuple[int, int]]:
    """Return (begin, end) of each part of a multipart whose body is `raw[start:end]`."""
    token = boundary.encode("utf-8", "replace")[:_LONGEST_BOUNDARY]
    pieces = _cut(raw, start, end, token, tree) if token else []
    if pieces:
        return pieces
    guess = _GUESS.search(raw, max(start - 1, 0), min(end, start + _GUESS_WITHIN))
    if guess is None or guess[1] == token:
        return []
    tree.defects["wrong_boundary"] = None
    return _cut(raw, start, end, guess[1], tree)


def _cut(raw: bytes, start: int, end: int, token: bytes, tree: Tree) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    begin = -1
    for line_start, line_end, closing in _up_to_closing(raw, start, end, token):
        if begin >= 0:
            pieces.append((begin, max(begin, _before_line_end(raw, begin, line_start))))
        begin = -1 if closing else line_end
        if len(pieces) > PARTS_CAP:
            return pieces
    if begin >= 0:
        tree.defects["unclosed_boundary"] = None
        pieces.append((begin, end))
    return pieces


def _up_to_closing(raw: bytes, start: int, end: int, token: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield delimiter lines up to the closing one; before the first opening line nothing can close."""
    opened = False
    for line_start, line_end, closing in _delimiters(raw, start, end, b"--" + token):
        if closing and _opens_an_inner_part(raw, start, line_end, end, token):
            continue
        if closing and not opened:
            continue
        opened = True
        yield line_start, line_end, closing
        if closing:
            return


def _opens_an_inner_part(raw: bytes, start: int, line_end: int, end: int, token: bytes) -> bool:
    """Whether a line that looks like our closing one belongs to an inner multipart whose boundary is ours and two dashes."""
    if raw.find(b"\n--" + token, line_end - 1, end) < 0:
        return False
    declared = re.compile(rb"(?i)boundary\s*=\s*\"?" + re.escape(token) + rb"--[\s\";]")
    return declared.search(raw, start, min(end, start + _GUESS_WITHIN)) is not None


def _before_line_end(raw: bytes, begin: int, line_start: int) -> int:
    """Return where a part ends: the line end before a delimiter belongs to the delimiter."""
    stop = line_start
    if stop > begin and raw[stop - 1 : stop] == b"\n":
        stop -= 1
        if stop > begin and raw[stop - 1 : stop] == b"\r":
            stop -= 1
    return stop


def _delimiters(raw: bytes, start: int, end: int, needle: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield (line start, behind the line, whether it closes) of each delimiter line."""
    position = start
    for _ in range(_FALSE_ALARMS):
        found = raw.find(needle, position, end)
        if found < 0:
            return
        position = found + len(needle)
        if found > start and raw[found - 1 : found] != b"\n":
            continue
        line_end = raw.find(b"\n", position, end)
        line_end = end if line_end < 0 else line_end
        rest = raw[position : min(line_end, position + 200)].strip()
        if rest not in (b"", b"--") and not rest.startswith(b"-- "):
            continue
        position = min(line_end + 1, end)
        yield found, position, rest != b""
