"""keymap.toml: every id, every key, and a sentence with the line for what can't be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailcrm.domain.errors import ConfigError
from mailcrm.tui.keymap import chord_prefixes, read_keymap, strokes
from mailcrm.tui.keys import every_key
from mailcrm.tui.strokes import names

PACKAGED = Path(__file__).parents[2] / "config" / "keymap.toml"


def test_the_packaged_file_names_every_key_with_its_default() -> None:
    keymap = read_keymap(PACKAGED.read_text(encoding="utf-8"), "keymap.toml")
    defaults = {key.id: ",".join(strokes(part.strip()) for part in key.keys.split(",")) for key in every_key().values()}
    assert keymap == defaults


def test_a_home_changes_what_it_names_and_nothing_else() -> None:
    assert read_keymap('[verb]\nhold = "H, f5"\n', "k") == {"verb.hold": "H,f5"}


def test_keys_are_named_as_people_write_them_whether_remapped_or_not() -> None:
    packaged = names(read_keymap(PACKAGED.read_text(encoding="utf-8"), "keymap.toml"))
    assert packaged == names({})
    shown = {packaged[key] for key in ("app.search", "app.explain", "app.palette", "list.first", "verb.reply")}
    assert shown == {("/",), ("?",), ("Ctrl-P",), ("g g", "Home"), ("r",)}


def test_chords_are_found_by_their_first_stroke() -> None:
    assert chord_prefixes({}) == {"g", "c"}
    assert chord_prefixes(read_keymap('[verb]\nhold = "f h"\n', "k")) == {"g", "c", "f"}


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('[verb]\n\nhodl = "h"\n', 3, "verb.hodl"),
        ('[verb]\nhold = "hh"\n', 2, "hh"),
        ('[verb]\nhold = "ctrl+"\n', 2, "ctrl+"),
        ("[verb]\nhold = 7\n", 2, "7"),
        ('[app]\nundo = "U"\n[verb]\nhold = "j"\n', 4, "list.down"),
        ("[verb\n", 1, "k.toml"),
        ('hold = "h"\n', 1, "hold"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line_and_the_mend(text: str, line: int, word: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_keymap(text, "k.toml")
    assert f"line {line}" in str(caught.value)
    assert word in str(caught.value)
    assert caught.value.hint
