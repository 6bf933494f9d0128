"""Keystrokes as they are meant: full-width letters are letters, two strokes can be one key.

Room: tui. In: key events. Out: key events that bindings know. A Chinese input method sends "ｊ", "？" or "、" where the
person meant "j", "?" or "/".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from textual import events
from textual.keys import _character_to_key

from mailcrm.tui.keymap import chord_prefixes, chords
from mailcrm.tui.keys import every_key

__all__ = ["Strokes", "half_width", "names"]

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_OFFSET = 0xFEE0
_CHINESE = {"\u3000": " ", "、": "/", "。": ".", "，": ",", "《": "<", "》": ">", "【": "[", "】": "]"}
_WORDS = {
    "enter": "Enter", "escape": "Esc", "tab": "Tab", "space": "Space", "pagedown": "PgDn", "pageup": "PgUp",
    "up": "Up", "down": "Down", "left": "Left", "right": "Right", "home": "Home", "end": "End",
    "slash": "/", "backslash": "\\", "at": "@", "minus": "-", "plus": "+", "underscore": "_",
}  # fmt: skip


def half_width(character: str | None) -> str | None:
    """Return the key that a full-width or Chinese punctuation character stands for; None where it stands for itself."""
    if character is None or len(character) != 1:
        return None
    if ord(character) in _FULL_WIDTH:
        return chr(ord(character) - _OFFSET)
    return _CHINESE.get(character)


def _character(key: str) -> str | None:
    """Return the full-width character that a key is named after, where a terminal sends no character with it."""
    if not key.startswith("fullwidth_"):
        return None
    try:
        return unicodedata.lookup(key.replace("_", " ").upper())
    except KeyError:
        return None


class Strokes:
    """Remembers the first stroke of a chord."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        self._prefixes = chord_prefixes(keymap)
        self._chords = chords(keymap)
        self._first = ""

    def stroke(self, event: events.Key, alone: Callable[[str], bool] = lambda _key: False) -> events.Key | None:
        """Return the event as it is meant; None while a chord waits for its second stroke.

        `alone`: whether a key means something by itself where the person is: then it begins no chord.
        """
        meant = half_width(event.character or _character(event.key))
        if meant is not None:
            event = events.Key(_character_to_key(meant), meant)
        first, self._first = self._first, ""
        if first and f"{first} {event.key}" in self._chords:
            return events.Key(f"{first} {event.key}", None)
        if event.key in self._prefixes and not alone(event.key):
            self._first = event.key
            return None
        return event


def names(keymap: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return the keys of each binding as people write them: "Ctrl-P", "?", "g g"."""
    return {
        key.id: tuple(
            " ".join(_name(part) for part in stroke.split()) for stroke in keymap.get(key.id, key.keys).split(",")
        )
        for key in every_key().values()
    }


def _name(stroke: str) -> str:
    *modifiers, bare = stroke.split("+") if len(stroke) > 1 else [stroke]
    if len(bare) > 1:
        bare = _WORDS.get(bare) or _symbol(bare)
    elif modifiers:
        bare = bare.upper()
    return "-".join([*(modifier.capitalize() for modifier in modifiers), bare])


def _symbol(name: str) -> str:
    try:
        return unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return name.upper() if name.startswith("f") else name.capitalize()
