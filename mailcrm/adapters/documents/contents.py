"""A document's content made ready for its template: text that is only text, pictures that are pictures.

Room: adapters. In: what `Document.content` gave; its text may come from a mail or an import. Out: JSON values and picture files. Text
reaches the template as data and is never read as markup; what steers (C0, bidi controls) is shown as what it is, as on a screen.
ComposeError for what can't be printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mailcrm.domain.errors import ComposeError
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.text import printable_block
from mailcrm.domain.words import say

__all__ = ["Ready", "ready"]

_LETTERS, _PICTURES = 1_000_000, 400
_PICTURE_BYTES, _ALL_BYTES, _PIXELS = 15_000_000, 60_000_000, 60_000_000
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# A word without a place to break would run over the edge of the page: places are made, wide enough apart for IBANs and addresses.
_ENDLESS = lazy_pattern(r"[^\s\u200b\u2e80-\u9fff\uf900-\uffef]{40}(?=[^\s\u200b])")
_WHOLE = frozenset({"bank"})


@dataclass
class Ready:
    """`values` for the template; `pictures` by the name under which `values` speaks of them."""

    values: dict[str, object] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    letters: int = 0
    octets: int = 0

    def take(self, value: object, name: str = "") -> object:
        """Return `value` as JSON has it."""
        if isinstance(value, str):
            return self._text(value, name)
        if isinstance(value, bytes):
            return self._picture(value) if value else ""
        if isinstance(value, Mapping):
            return {str(key): self.take(each, str(key)) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.take(each, name) for each in value]
        if value is None or isinstance(value, bool | int):
            return value
        raise TypeError(value)

    def _text(self, text: str, name: str) -> str:
        self.letters += len(text)
        if self.letters > _LETTERS:
            raise ComposeError(
                say("The document holds more than {most} letters.", most=f"{_LETTERS:,}"),
                say("Shorten its texts, or make two of it."),
            )
        shown = printable_block(text)
        return shown if name in _WHOLE else _ENDLESS.sub(lambda run: f"{run[0]}\u200b", shown)

    def _picture(self, raw: bytes) -> str:
        suffix, pixels = _look(raw)
        self.octets += len(raw)
        if len(raw) > _PICTURE_BYTES or pixels > _PIXELS:
            raise ComposeError(
                say("A picture of the document is too large ({size} MB).", size=f"{len(raw) / 1e6:.0f}"),
                say("Make it smaller: a page needs no more than 2,000 pixels across."),
            )
        if self.octets > _ALL_BYTES or len(self.pictures) >= _PICTURES:
            raise ComposeError(
                say("The document holds too many pictures."), say("Leave some out, or make them smaller.")
            )
        name = f"picture-{len(self.pictures) + 1}.{suffix}"
        self.pictures[name] = raw
        return f"/{name}"


def ready(content: Mapping[str, object]) -> Ready:
    """Return content that a template may read."""
    made = Ready()
    made.values = {name: made.take(value, name) for name, value in content.items()}
    return made


def _look(raw: bytes) -> tuple[str, int]:
    """Return the kind of a picture and how many pixels it says it has. Only these two: an SVG could ask for other files."""
    if raw.startswith(b"\x89PNG\r\n\x1a\n") and raw[12:16] == b"IHDR":
        return "png", int.from_bytes(raw[16:20]) * int.from_bytes(raw[20:24])
    if raw.startswith(b"\xff\xd8\xff"):
        return "jpg", _jpeg_pixels(raw)
    raise ComposeError(
        say("A picture of the document is neither PNG nor JPEG."), say("Save it as one of them, and give that file.")
    )


def _jpeg_pixels(raw: bytes) -> int:
    """Return the pixels of the first frame header (ITU T.81, B.2.2), 0 where there is none: then it is no picture at all."""
    place = 2
    while place + 9 <= len(raw) and raw[place] == 0xFF:  # noqa: PLR2004  (every segment begins with it)
        marker = raw[place + 1]
        if marker in _JPEG_FRAMES:
            return int.from_bytes(raw[place + 5 : place + 7]) * int.from_bytes(raw[place + 7 : place + 9])
        place += 2 + int.from_bytes(raw[place + 2 : place + 4])
    return 0
