"""Text measured in terminal cells, never in characters.

Room: tui. In: showable text (`domain.text`). Out: text cut, padded or wrapped to a number of cells; a Chinese character
takes two, a combining mark none.
"""

from __future__ import annotations

from rich.cells import cell_len, chop_cells, set_cell_size

__all__ = ["fit", "shorten", "wrap"]

ELLIPSIS = "…"
FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))  # two of them are one flag


def shorten(text: str, width: int) -> str:
    """Return `text` cut to at most `width` cells, an ellipsis where something is missing."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return ELLIPSIS[:width]
    return _without_half_a_flag(set_cell_size(text, width - 1).rstrip()) + ELLIPSIS


def _without_half_a_flag(text: str) -> str:
    """Return what was cut, without a letter that lost the other half of its flag: terminals don't agree on how wide that is."""
    letters = len(text) - len(text.rstrip(FLAG_LETTERS))
    return text[:-1] if letters % 2 else text


def fit(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells: shortened or padded with spaces."""
    return set_cell_size(shorten(text, width), width)


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of `text` (line breaks kept), none wider than `width` cells; breaks at spaces where there are any."""
    width = max(width, 2)
    lines: list[str] = []
    for line in text.expandtabs(4).split("\n"):
        lines.extend([line] if cell_len(line) <= width else _broken(line, width))
    return lines


def _broken(line: str, width: int) -> list[str]:
    lines: list[str] = []
    current, room = "", width
    for word in _words(line):
        size = cell_len(word)
        if cell_len(word.rstrip()) <= room:
            current, room = current + word, room - size
        elif cell_len(word.rstrip()) <= width:
            lines.append(current.rstrip())
            current, room = word, width - size
        else:
            *full, current = chop_cells(current + word, width)
            lines.extend(full)
            room = width - cell_len(current)
    lines.append(current.rstrip())
    return lines


def _words(line: str) -> list[str]:
    """Return the words of `line`, each with the spaces behind it."""
    words: list[str] = []
    for piece in line.split(" "):
        if piece or not words:
            words.append(f"{piece} ")
        else:
            words[-1] += " "
    return words
