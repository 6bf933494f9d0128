"""Keys as a person wants them: `keymap.toml`, the packaged one and the home's.

Room: tui. In: the text of a keymap file. Out: key id → keys, as Textual takes them. The file has a table per group and a
line per key (`[verb]` / `hold = "h"`); several keys are parted by commas, a chord's two strokes by a space. What can't
be used is a ConfigError that names the line. Files are read before the app starts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say
from mailcrm.tui.keys import SCOPES, every_key

__all__ = ["chord_prefixes", "chords", "read_keymap", "strokes"]

_NAMED = {key.value for key in Keys} | set(KEY_NAME_REPLACEMENTS.values()) | {"space", "enter", "escape", "tab"}
_MODIFIER = re.compile(r"^(?:(?:ctrl|alt|shift|super)\+)+(?=.)")


def strokes(key: str) -> str:
    """Return Textual's name of `key` ("?" is "question_mark"; a chord keeps its space); "" where there is no such key."""
    named = [_stroke(part) for part in key.split()]
    return " ".join(named) if named and all(named) else ""


def _stroke(part: str) -> str:
    if len(part) == 1:
        return _character_to_key(part)
    bare = _MODIFIER.sub("", part)
    return part if bare in _NAMED or part in _NAMED or len(bare) == 1 else ""


def read_keymap(text: str, file: str) -> Mapping[str, str]:
    """Return the keys that `text` (the content of `file`) sets; ConfigError names the line of what can't be used."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            say("{file} can't be read: {error}.", file=file, error=str(error)),
            say("Mend that line, or move the file away to get the keys it came with."),
        ) from error
    known, keymap = every_key(), dict[str, str]()
    for group, entries in tables.items():
        for name, keys in entries.items() if isinstance(entries, dict) else ((None, entries),):
            id_ = f"{group}.{name}" if name else group
            line = _line_of(text, group, name)
            if id_ not in known:
                raise _unknown_id(id_, file, line)
            keymap[id_] = _named_keys(keys, id_, file, line)
    _no_clash(keymap, text, file)
    return keymap


def _unknown_id(id_: str, file: str, line: int) -> ConfigError:
    return ConfigError(
        say("{file}, line {line}: there is no key called “{id}”.", file=file, line=line, id=id_),
        say("The names stand in the keymap.toml that mailcrm came with."),
    )


def _named_keys(keys: object, id_: str, file: str, line: int) -> str:
    parts = [part.strip() for part in keys.split(",")] if isinstance(keys, str) else [""]
    named = [strokes(part) for part in parts]
    if not all(named):
        wrong = parts[named.index("")] if isinstance(keys, str) else str(keys)
        raise ConfigError(
            say("{file}, line {line}: “{key}” for {id} is no key.", file=file, line=line, key=wrong, id=id_),
            say("A key is written like j, G, ?, f5, ctrl+d, pagedown, or a chord like g g."),
        )
    return ",".join(named)


def _no_clash(keymap: Mapping[str, str], text: str, file: str) -> None:
    for scope in SCOPES:
        taken: dict[str, str] = {}
        for key in (key for table in scope for key in table):
            for stroke in _keys_of(key.id, key.keys, keymap):
                if (other := taken.setdefault(stroke, key.id)) != key.id:
                    blamed = key.id if key.id in keymap else other
                    group, _dot, name = blamed.partition(".")
                    raise ConfigError(
                        say(
                            "{file}, line {line}: the key of {id} is already the key of {other}.",
                            file=file,
                            line=_line_of(text, group, name),
                            id=blamed,
                            other=other if blamed == key.id else key.id,
                        ),
                        say("Give one of them another key."),
                    )


def _keys_of(id_: str, default: str, keymap: Mapping[str, str]) -> Iterable[str]:
    if id_ in keymap:
        return keymap[id_].split(",")
    return [strokes(part.strip()) for part in default.split(",")]


def _line_of(text: str, group: str, name: str | None) -> int:
    """Return the line (from 1) on which `name` of `group` is set; 1 where it can't be found."""
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith("["):
            current = bare.strip("[] \"'")
        left = bare.partition("=")[0].strip().strip("\"'").replace('"', "")
        if left == f"{group}.{name}" or (current == group and left == name) or (name is None and left == group):
            return number
    return 1


def chords(keymap: Mapping[str, str]) -> frozenset[str]:
    """Return all chords: "g g"."""
    all_keys = (stroke for key in every_key().values() for stroke in _keys_of(key.id, key.keys, keymap))
    return frozenset(stroke for stroke in all_keys if " " in stroke)


def chord_prefixes(keymap: Mapping[str, str]) -> frozenset[str]:
    """Return the first strokes of all chords."""
    return frozenset(chord.split()[0] for chord in chords(keymap))
