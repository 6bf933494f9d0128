"""Paragraphs of format=flowed made whole (RFC 3676).

Room: adapters. In: the text of a text/plain part with `format=flowed`, and whether it has `delsp=yes`. Out: one line a
paragraph, quote marks kept in front as `> `. Never raises, linear time.
"""

from __future__ import annotations

import re

__all__ = ["unflowed"]

_LINE = re.compile(r"(>*) ?(.*)", re.DOTALL)
_SIGNATURE = "-- "


def unflowed(text: str, *, delsp: bool) -> str:
    r"""Return `text` (lines joined by `\n`) with its soft line breaks undone: a line that ends in a blank goes on below.

    The line above a signature ends in a blank too and stays by itself. A quotation never runs into a line of another depth.
    """
    out: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        found = _LINE.fullmatch(line)
        assert found is not None  # noqa: S101  (narrowing; the pattern matches any line)
        marks, said = len(found[1]), found[2]
        if pieces and (marks != depth or said == _SIGNATURE):
            out.append(_quoted(depth, "".join(pieces)))
            pieces = []
        depth = marks
        soft = said.endswith(" ") and said != _SIGNATURE
        pieces.append(said[:-1] if soft and delsp else said)
        if not soft:
            out.append(_quoted(depth, "".join(pieces)))
            pieces = []
    if pieces:
        out.append(_quoted(depth, "".join(pieces)))
    return "\n".join(out)


def _quoted(depth: int, text: str) -> str:
    return f"{'>' * depth} {text}" if depth and text else ">" * depth + text
