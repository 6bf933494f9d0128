"""Sentences for people, in the language of the moment.

Room: domain. In: English sentences as they stand in the code, with named places. Out: the same sentence in the active
language (gettext catalogues, installed by the composition root). Nothing here reads a file.

`_` translates at once and is for screens. `say` keeps the sentence open until it is shown: errors and stored reasons
use it, so that switching the language switches them too and a stored reason can be read in either language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from gettext import NullTranslations

__all__ = ["LANGUAGES", "Sentence", "_", "active_language", "install", "plural", "say"]

LANGUAGES = ("en", "zh")

_active: dict[str, object] = {"language": "en", "catalogue": NullTranslations()}


def install(language: str, catalogue: NullTranslations) -> None:
    """Make `language` the one that every sentence is shown in from now on."""
    _active["language"] = language
    _active["catalogue"] = catalogue


def active_language() -> str:
    """Return the language of the moment: "en" or "zh"."""
    return str(_active["language"])


def _catalogue() -> NullTranslations:
    catalogue = _active["catalogue"]
    assert isinstance(catalogue, NullTranslations)  # noqa: S101  (narrowing; install() is the only writer)
    return catalogue


@dataclass(frozen=True)
class Sentence:
    """A sentence that is translated when it is shown: `str(sentence)`.

    `values` fill the `{named}` places; a value that is a Sentence itself is shown in the same language.
    """

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        template = _catalogue().gettext(self.msgid) if self.msgid else ""
        return template.format_map({name: str(value) for name, value in self.values.items()})

    def __hash__(self) -> int:
        """Let a sentence be a key: `values` is a mapping, which has no hash of its own."""
        return hash(self.msgid)

    def to_json(self) -> str:
        """Return the storable form: the English sentence and its values."""
        return self._stored

    @cached_property
    def _stored(self) -> str:
        return json.dumps(
            [self.msgid, {name: _plain(value) for name, value in self.values.items()}], ensure_ascii=False
        )

    @staticmethod
    def from_json(stored: str) -> Sentence:
        """Return the sentence that `to_json` stored."""
        msgid, values = json.loads(stored)
        sentence = Sentence(msgid, {name: _revive(value) for name, value in values.items()})
        sentence.__dict__["_stored"] = stored  # what it would be stored as again
        return sentence


def _plain(value: object) -> object:
    return {"say": value.to_json()} if isinstance(value, Sentence) else str(value)


def _revive(value: object) -> object:
    return Sentence.from_json(value["say"]) if isinstance(value, dict) else value


def say(msgid: str, **values: object) -> Sentence:
    """Return the sentence `msgid`, open until shown."""
    return Sentence(msgid, values)


def _(msgid: str, **values: object) -> str:
    """Return the sentence `msgid` in the active language, its `{named}` places filled."""
    return str(Sentence(msgid, values))


def plural(one: str, many: str, count: int, **values: object) -> str:
    """Return `one` or `many` by `count` (also the value of `{count}`), in the active language."""
    return (
        _catalogue().ngettext(one, many, count).format_map({"count": count, **{k: str(v) for k, v in values.items()}})
    )
